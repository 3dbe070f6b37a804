"""Laying out rows of cells (排布): where each cell stands once those above have spread down beside it."""

from dataclasses import dataclass, field

from taizhang.documents.grid import Cell
from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS, too_long, too_wide


@dataclass(slots=True)
class Layout:
    """Cells placed row by row, as a browser does: each in the first free place, spans cut off where they overlap."""

    where: str
    cells: list[Cell] = field(default_factory=list)
    width: int = 0
    row: int = -1
    _free_from: list[int] = field(default_factory=list)
    _column: int = 0

    def next_row(self) -> None:
        """Begin a row.

        Raises:
            Unreadable: ``document-too-long``.
        """
        self.row += 1
        self._column = 0
        if self.row >= MAXIMUM_ROWS:
            raise too_long(self.where)

    def place(self, text: str, row_span: int, column_span: int) -> None:
        """Put a cell into the row; ``row_span`` reaches at most to the last row there is (see ``closed``).

        Raises:
            Unreadable: ``document-too-wide``.
        """
        while self._column < len(self._free_from) and self._free_from[self._column] > self.row:
            self._column += 1
        start = self._column
        end = start
        while end < start + min(column_span, MAXIMUM_COLUMNS):
            if end < len(self._free_from) and self._free_from[end] > self.row:
                break
            end += 1
        if start >= MAXIMUM_COLUMNS:
            raise too_wide(self.where)
        # A span wider than any table is a mistake of the page, not a column.
        end = min(end, MAXIMUM_COLUMNS)
        self._free_from.extend([0] * (end - len(self._free_from)))
        self._free_from[start:end] = [self.row + row_span] * (end - start)
        self._column = end
        self.width = max(self.width, end if column_span <= MAXIMUM_COLUMNS else start + 1)
        if text:
            self.cells.append(Cell(text, self.row, start, row_span, end - start))

    def closed(self) -> tuple[Cell, ...]:
        """The cells with text, none reaching past the last row or the last column."""
        return tuple(
            Cell(
                cell.text,
                cell.row,
                cell.column,
                min(cell.row_span, self.row + 1 - cell.row),
                min(cell.column_span, self.width - cell.column),
            )
            for cell in self.cells
        )
