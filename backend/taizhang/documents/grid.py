"""Grids (表格): one shape for every source, each cell with its merges and its address."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, its top-left corner (0-based) and how far it spreads."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. ``flowed`` marks text whose cells stand one below the other, a paragraph a row."""

    cells: tuple[Cell, ...]
    name: str | None = None
    flowed: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def column_count(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        covering: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            rows = range(cell.row, cell.row + cell.row_span)
            for place in product(rows, range(cell.column, cell.column + cell.column_span)):
                covering.setdefault(place, cell)
        return covering

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, merged or not."""
        return self._covering.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The text that covers a place; empty where nothing does."""
        cell = self.at(row, column)
        return cell.text if cell else ""

    def row_cells(self, row: int) -> list[Cell]:
        """The distinct cells that cover a row, left to right."""
        found: list[Cell] = []
        for column in range(self.column_count):
            cell = self.at(row, column)
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: its paragraphs outside tables, in order, and its tables."""

    format: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...]
