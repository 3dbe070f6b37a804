"""A row's cells under the columns (一行各格): which cell stands in which column, its own or merged from above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.documents.grid import Cell, Grid
from taizhang.plans.importing.columns import Header, Leaf, Roles
from taizhang.plans.importing.unit_cells import is_blank


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row by leaf; ``own`` are those that begin in it, the others are merged from above."""

    number: int
    by_leaf: dict[Leaf, tuple[Cell, ...]]

    def cells(self, leaves: Sequence[Leaf]) -> list[Cell]:
        """The distinct cells of some leaves, in order."""
        return list(dict.fromkeys(cell for leaf in leaves for cell in self.by_leaf.get(leaf, ())))

    def text(self, leaves: Sequence[Leaf]) -> str:
        """Their texts, blank marks such as / left out."""
        texts = (cell.text for cell in self.cells(leaves) if not is_blank(cell.text))
        return "\n".join(texts)

    def owns(self, leaves: Sequence[Leaf]) -> bool:
        """Whether one of the cells begins in this row."""
        return any(cell.row == self.number for cell in self.cells(leaves))

    def has(self, leaves: Sequence[Leaf]) -> bool:
        """Whether there is a text at all, be it from above."""
        return bool(self.text(leaves))


def cells_of(grid: Grid, header: Header, number: int) -> RowCells:
    """Give each cell of a row to the columns it covers, or where the edges do not meet to the one it covers most."""
    by_leaf: dict[Leaf, list[Cell]] = {}
    exact = header.by_edges
    for cell in grid.row_cells(number):
        if (same := exact.get((cell.column, cell.column + cell.column_span))) is not None:
            by_leaf.setdefault(same, []).append(cell)
            continue
        overlaps = {
            leaf: min(leaf.end, cell.column + cell.column_span) - max(leaf.start, cell.column) for leaf in header.leaves
        }
        whole = [leaf for leaf, shared in overlaps.items() if shared == leaf.end - leaf.start]
        most = max(header.leaves, key=lambda leaf: overlaps[leaf])
        for leaf in whole or ([most] if overlaps[most] > 0 else []):
            by_leaf.setdefault(leaf, []).append(cell)
    return RowCells(number, {leaf: tuple(cells) for leaf, cells in by_leaf.items()})


def is_parent(grid: Grid, header: Header, roles: Roles, cells: RowCells) -> bool:
    """Whether a row is a heading by its number: 1 主动公开, which nobody owes, over 1.1 and 1.2."""
    number = cells.text(roles.number)
    if not number.isdigit() or cells.has(roles.units):
        return False
    below = cells_of(grid, header, cells.number + 1).text(roles.number)
    return bool(re.match(rf"{number}[.．-]\d", below))
