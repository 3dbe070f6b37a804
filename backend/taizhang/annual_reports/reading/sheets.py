"""Sheets (版面): a grid as published, row by row, with its address; and what was found on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from taizhang.documents.grid import Cell, Grid


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: a stable code, words, the cell it is about and where it stands in the file."""

    code: str
    message: str
    cell: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What stands where a cell of the form is; ``text`` is empty for a blank one."""

    key: str
    text: str
    where: str
    unit: str = ""


@dataclass
class Harvest:
    """Everything one table was read into. ``rows`` counts the rows or columns its labels were recognised in."""

    written: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def is_filled(self) -> bool:
        return any(each.text for each in self.written)


@dataclass(frozen=True)
class Sheet:
    """A grid of the file, upright or transposed."""

    grid: Grid
    number: int
    rigid: bool = False
    """Whether cells stand where the file puts them; on a web page, wrong spans push them aside."""
    transposed: bool = False

    @cached_property
    def by_row(self) -> dict[int, list[Cell]]:
        """The cells that begin in a row, left to right."""
        found: dict[int, list[Cell]] = {}
        for cell in sorted(self.grid.cells, key=lambda cell: (cell.row, cell.column)):
            found.setdefault(cell.row, []).append(cell)
        return found

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return iter(self.by_row.items())

    def where(self, row: int, column: int) -> str:
        """The address of a place, as a person would look for it."""
        if self.transposed:
            row, column = column, row
        name = f"工作表“{self.grid.name}”" if self.grid.name else f"第 {self.number} 张表"
        return f"{name}第 {row + 1} 行第 {column + 1} 列"

    @cached_property
    def turned(self) -> "Sheet":
        """The same sheet with rows and columns exchanged."""
        cells = tuple(
            Cell(cell.text, cell.column, cell.row, cell.column_span, cell.row_span) for cell in self.grid.cells
        )
        return Sheet(Grid(cells, self.grid.name), self.number, self.rigid, transposed=not self.transposed)
