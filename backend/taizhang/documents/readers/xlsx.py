"""Excel workbooks: every visible sheet a grid, merged ranges and hidden rows kept."""

import io
from datetime import date, datetime

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.unreadable import Unreadable
from taizhang.documents.words import clean

MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 200


def read(data: bytes) -> Document:
    """The workbook's sheets. Read in a child process: a hostile dimension makes the parser ask for all memory."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = [meta.name for meta in workbook.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
    grids = [_grid(workbook.get_sheet_by_name(name)) for name in visible]
    return Document("xlsx", (), tuple(grid for grid in grids if grid.cells))


def _grid(sheet: CalamineSheet) -> Grid:
    if sheet.total_height > MAXIMUM_ROWS or sheet.total_width > MAXIMUM_COLUMNS:
        raise Unreadable("document-too-large", f"工作表“{sheet.name}”超过 {MAXIMUM_ROWS} 行或 {MAXIMUM_COLUMNS} 列")
    merged = dict(sheet.merged_cell_ranges or [])
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if text := _words(value):
                last_row, last_column = merged.get((row, column), (row, column))
                cells.append(Cell(text, row, column, last_row - row + 1, last_column - column + 1))
    return Grid(tuple(cells), name=sheet.name)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date() if value.time().isoformat() == "00:00:00" else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
