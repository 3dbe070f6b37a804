"""The workbook that goes back (核对表): the user's own tables with a 错误说明 column beside them, and what was read."""

import io
import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import xlsxwriter

from taizhang.documents.grid import Cell, Grid
from taizhang.documents.workbooks import TEXT_ONLY
from taizhang.plans.importing.draft import DraftRow

HEADINGS = (
    ("序号", 6),
    ("类别", 20),
    ("任务名称", 28),
    ("具体任务内容", 70),
    ("责任单位", 40),
    ("时限", 12),
    ("要求条数", 9),
    ("原文位置", 12),
    ("错误说明", 50),
)
SHEET = "核对表"
REMARKS = "错误说明"
CELL_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
WIDEST = 60


def checked_workbook(rows: Sequence[DraftRow], grids: Sequence[Grid]) -> bytes:
    """An xlsx: a sheet for each table of the source, remarks beside it, and last one row a task as read."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        looks = _looks(book)
        names = _sheet_names([grid.name for grid in grids])
        for number, grid in enumerate(grids):
            own = [row for row in rows if row.source.grid == number]
            _source_sheet(book.add_worksheet(names[number]), grid, own, looks)
        _rows_sheet(book.add_worksheet(SHEET), rows, looks)
    return buffer.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    plain = {"text_wrap": True, "valign": "top", "border": 1}
    heading = {"bold": True, "border": 1, "bg_color": "#E8EEF3", "align": "center", "valign": "vcenter"}
    return {
        "heading": book.add_format(heading),
        "text": book.add_format(plain),
        "merged": book.add_format({**plain, "valign": "vcenter"}),
        "wrong": book.add_format({**plain, "bg_color": "#FBEAE6"}),
    }


def _sheet_names(wanted: Sequence[str | None]) -> list[str]:
    """Names Excel takes: no forbidden character, at most 31, none twice, and not the one of the last sheet."""
    names: list[str] = []
    for number, name in enumerate(wanted, start=1):
        plain = re.sub(r"[\[\]:*?/\\]", "", name or "").strip("' ")[: SHEET_NAME_LIMIT - 4] or f"表{number}"
        taken = {SHEET, "history", *(each.lower() for each in names)}
        while plain.lower() in taken:
            plain = f"{plain[: SHEET_NAME_LIMIT - 5]}({number})" if f"({number})" not in plain else f"{plain}_"
        names.append(plain)
    return names


def _source_sheet(sheet: Any, grid: Grid, rows: Sequence[DraftRow], looks: dict[str, Any]) -> None:
    for cell in grid.cells:
        _write_cell(sheet, grid, cell, looks)
    for column in range(grid.column_count):
        longest = max((len(cell.text) for cell in grid.cells if cell.column == column), default=0)
        sheet.set_column(column, column, min(max(longest * 2, 8), WIDEST))
    place = grid.column_count
    sheet.set_column(place, place, 50)
    remarks: dict[int, list[str]] = {}
    for row in rows:
        remarks.setdefault(row.source.row - 1, []).extend(_remarks(row))
    if rows:
        sheet.write_string(max(min(remarks) - 1, 0), place, REMARKS, looks["heading"])
    for number, words in remarks.items():
        if words:
            sheet.write_string(number, place, _cut("；".join(words)), looks["wrong"])


def _write_cell(sheet: Any, grid: Grid, cell: Cell, looks: dict[str, Any]) -> None:
    text = _cut(cell.text)
    last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
    places = product(range(cell.row, last_row + 1), range(cell.column, last_column + 1))
    # Where a damaged file merges one place twice, the first merge holds.
    if (last_row, last_column) != (cell.row, cell.column) and all(grid.at(*place) is cell for place in places):
        sheet.merge_range(cell.row, cell.column, last_row, last_column, "", looks["merged"])
        sheet.write_string(cell.row, cell.column, text, looks["merged"])
    else:
        sheet.write_string(cell.row, cell.column, text, looks["text"])


def _rows_sheet(sheet: Any, rows: Sequence[DraftRow], looks: dict[str, Any]) -> None:
    for column, (words, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, looks["heading"])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(_values(row)):
            sheet.write_string(number, column, _cut(value), looks["text"])
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.repeat_rows(0)


def _remarks(row: DraftRow) -> list[str]:
    return [problem.message for problem in row.problems if not problem.acknowledged]


def _cut(text: str) -> str:
    return text[:CELL_LIMIT]


def _values(row: DraftRow) -> tuple[str, ...]:
    where = (
        f"第 {row.source.paragraph} 段" if row.source.paragraph else f"{row.source.sheet or ''} 第 {row.source.row} 行"
    )
    due = str(row.due.on or row.due.text) if row.due else ""
    return (
        str(row.position),
        row.category,
        row.title,
        row.content,
        "、".join(assignee.text for assignee in row.assignees),
        due,
        str(len(row.duties)),
        where.strip(),
        "；".join(_remarks(row)),
    )
