"""Reading a workbook of our own back, to the letter (逐字读取): hidden sheets and columns too, and no text cleaned.

An issued table is read for its meaning, and padding is dropped; here what was exported is compared with what came back,
and a blank too few would be a change nobody made.
"""

import io
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook
from python_calamine import CalamineSheet, CalamineWorkbook

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.sniffing import format_of
from taizhang.documents.unreadable import Unreadable

MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 200
NO_VALUE = "#VALUE!"

Place = tuple[int, int]


def read(data: bytes, filename: str) -> Document:
    """Every sheet of an xlsx as a grid, its text exactly as it stands in the cells.

    Numbers and dates are written as a person would (1, 2023-09-30); a cell that holds an error, or a formula without a
    value, is the error's text.

    Raises:
        Unreadable: as for any document, and ``document-unsupported`` for what is no xlsx.
    """
    if format_of(data, filename) != "xlsx":
        raise Unreadable("document-unsupported", "请交回从这里导出的 Excel 工作簿（.xlsx）")
    try:
        return _read(data)
    except Unreadable:
        raise
    except Exception as error:  # a hostile or broken file makes parsers fail in every way there is
        raise Unreadable("document-damaged", "文件内容无法解析，可能已损坏，请重新保存后再交") from error


def _read(data: bytes) -> Document:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in workbook.sheet_names:
        _require_size(workbook.get_sheet_by_name(name))
    unreadable = _without_value(data)
    grids = [_grid(workbook.get_sheet_by_name(name), unreadable.get(name, {})) for name in workbook.sheet_names]
    return Document("xlsx", (), tuple(grids))


def _require_size(sheet: CalamineSheet) -> None:
    if sheet.total_height > MAXIMUM_ROWS or sheet.total_width > MAXIMUM_COLUMNS:
        raise Unreadable("document-too-large", f"工作表“{sheet.name}”超过 {MAXIMUM_ROWS} 行或 {MAXIMUM_COLUMNS} 列")


def _without_value(data: bytes) -> dict[str, dict[Place, str]]:
    """Errors and formulas by place: the fast reader gives nothing for them, which would look like a cell emptied."""
    found: dict[str, dict[Place, str]] = {}
    if not _may_lack_values(data):
        return found
    book = load_workbook(io.BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type in ("e", "f"):
                    text = str(cell.value) if cell.data_type == "e" else NO_VALUE
                    found.setdefault(sheet.title, {})[cell.row - 1, cell.column - 1] = text
    book.close()
    return found


def _may_lack_values(data: bytes) -> bool:
    """Whether any sheet holds an error or a formula at all: few do, and the reader that tells them is slow."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(b't="e"' in part or b"<f" in part for part in map(package.read, sheets))


def _grid(sheet: CalamineSheet, without_value: dict[Place, str]) -> Grid:
    merged = dict(sheet.merged_cell_ranges or [])
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = _words(value)
            if not text:
                continue
            last_row, last_column = merged.get((row, column), (row, column))
            cells.append(Cell(text, row, column, last_row - row + 1, last_column - column + 1))
    filled = {(cell.row, cell.column) for cell in cells}
    cells += [Cell(text, *place) for place, text in without_value.items() if place not in filled]
    return Grid(tuple(cells), name=sheet.name)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date() if value.time().isoformat() == "00:00:00" else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
