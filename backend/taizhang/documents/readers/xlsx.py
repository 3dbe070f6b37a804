"""Excel workbooks (Excel 工作簿), .xlsx and .xls: every visible sheet a grid, merges and hidden rows kept."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from taizhang.documents.grid import Cell, Document, Grid, Remark
from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS, too_long, too_wide
from taizhang.documents.package import Package
from taizhang.documents.readers.xlsx_sheets import SheetFacts, monthly_styles, read_facts, sheet_parts
from taizhang.documents.words import clean


def read(data: bytes) -> Document:
    """The workbook's visible sheets; a hidden one is left out and said so.

    Raises:
        Unreadable: ``document-damaged``, ``-too-long``, ``-too-wide``.
    """
    package = Package(data)
    monthly = monthly_styles(package)
    parts = sheet_parts(package)
    # Where a value stands too far out, calamine asks for all the memory between: look before it does.
    facts = {name: read_facts(package, part, name, monthly) for name, part in parts.items()}
    return _document("xlsx", CalamineWorkbook.from_filelike(io.BytesIO(data)), facts)


def read_old(data: bytes) -> Document:
    """The same of a workbook of Excel 97–2003. It does not say which rows are hidden.

    Raises:
        Unreadable: ``document-too-long``, ``-too-wide``.
    """
    return _document("xls", CalamineWorkbook.from_filelike(io.BytesIO(data)), {})


def _document(form: str, workbook: CalamineWorkbook, facts: dict[str, SheetFacts]) -> Document:
    grids: list[Grid] = []
    remarks: list[Remark] = []
    for meta in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(meta.name)
        known = facts.get(meta.name) or SheetFacts()
        grid = _grid(sheet, known)
        if not grid.cells and not known.unvalued:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            remarks.append(Remark("sheet-hidden", f"工作表“{meta.name}”是隐藏的，没有读入"))
            continue
        remarks.extend(_remarks(len(grids), meta.name, known))
        grids.append(grid)
    return Document(form, (), tuple(grids), tuple(remarks))


def _remarks(grid: int, name: str, facts: SheetFacts) -> Iterator[Remark]:
    for row, column in facts.unvalued:
        yield Remark("formula-without-value", "单元格是公式而没有结果，请在 Excel 中重新计算并保存", grid, row, column)
    for row, column, error in facts.errors:
        yield Remark("cell-error", f"单元格是错误值 {error}，没有读入", grid, row, column)


def _grid(sheet: CalamineSheet, facts: SheetFacts) -> Grid:
    where = f"工作表“{sheet.name}”"
    end_row, end_column = sheet.end or (0, 0)
    if end_row >= MAXIMUM_ROWS:
        raise too_long(where)
    if end_column >= MAXIMUM_COLUMNS:
        raise too_wide(where)
    values = {
        (row, column): text
        for row, line in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(line)
        if (text := _words(value, is_monthly=(row, column) in facts.monthly))
    }
    bottom = max((row for row, _ in values), default=0)
    right = max((column for _, column in values), default=0)
    merged = dict(sheet.merged_cell_ranges or [])
    cells = []
    for (row, column), text in values.items():
        last_row, last_column = merged.get((row, column), (row, column))
        # A title merged to the last column Excel has reaches no further than the table.
        height, width = min(last_row, max(bottom, row)) - row + 1, min(last_column, max(right, column)) - column + 1
        cells.append(Cell(text, row, column, height, width))
    return Grid(
        tuple(cells),
        name=sheet.name,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
    )


def _words(value: object, *, is_monthly: bool) -> str:
    if isinstance(value, datetime):
        value = value.date() if value.time().isoformat() == "00:00:00" else value
    if isinstance(value, date):
        day = "" if is_monthly else f"{value.day}日"
        return f"{value.year}年{value.month}月{day}" + (f"{value:%H:%M}" if isinstance(value, datetime) else "")
    if isinstance(value, float) and isfinite(value):
        # As a cell shows it, and never 9.1e-05.
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return clean(str(value))
