"""Grids (表格): one shape for every source, each cell with its merges and its address.

A cell is addressed by its top-left corner. Inside the program rows and columns count from 0; whatever leaves it for a
person (``RawRow.row``, ``RawRow.places``, a draft's ``source``) counts from 1.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with text: the text, its top-left corner (0-based) and how far it spreads."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; cells without text are left out.

    ``width`` is how many columns its source gives it, blank ones included. ``after`` is how many of the document's
    paragraphs stand before it. ``within`` is the number of the grid it is nested in, whose cell repeats its text.
    """

    cells: tuple[Cell, ...]
    name: str | None = None
    width: int = 0
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    after: int = 0
    within: int | None = None

    @cached_property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def column_count(self) -> int:
        return max((self.width, *(cell.column + cell.column_span for cell in self.cells)))

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
class Remark:
    """Something a reader could not take over as it stands. ``row`` and ``column`` are 0-based, in ``grid``."""

    code: str
    message: str
    grid: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: its paragraphs outside tables and its tables, both in order, and what was left out."""

    format: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...]
    remarks: tuple[Remark, ...] = ()
