"""Writing the workbook (导出): what may be edited is marked, and every row carries its id and version, hidden."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from taizhang.documents.cells import fitted
from taizhang.documents.workbooks import TEXT_FORMAT, TEXT_ONLY
from taizhang.progress.roundtrip.columns import ASSIGNMENTS, TASKS, LedgerColumn, LedgerSheet

FIXED_COLOUR, EDITABLE_COLOUR = "#E8EEF3", "#FFF1C9"
MANUAL_TITLE = "填写说明"
MANUAL = (
    "黄底表头的列可以在这里改，改完在分解表页面“导出 / 回读”处交回，逐行核对后才写入。",
    "蓝底表头的列由填报、审核或分解表算出，只供查看；改了会在回读时指出，不会采用。",
    "可以排序、筛选、调换列的次序、增加自己的列；不要删去隐藏的编号列和版本列，不要合并单元格。",
    "删去一行不等于删去任务；新加的行不会写入。",
    "导出以后别人又改过的行，回读时会并列三份内容，由您选用哪一份。",
)


@dataclass(frozen=True, slots=True)
class ExportedRow:
    """One row: its id and version, and its cells by column."""

    id: str
    version: int
    cells: Mapping[str, str]


def workbook(title: str, assignments: Sequence[ExportedRow], tasks: Sequence[ExportedRow] | None, status: str) -> bytes:
    """A3 landscape sheets, their headings frozen on the screen and repeated on paper.

    ``tasks`` is None for those who take the ledger home only to read it: they get no second sheet and no copy.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        looks = _looks(book)
        _sheet(book, looks, title, ASSIGNMENTS, assignments, status if tasks is not None else "closed")
        if tasks is not None:
            _sheet(book, looks, title, TASKS, tasks, status)
            _manual(book)
            for sheet, rows in ((ASSIGNMENTS, assignments), (TASKS, tasks)):
                _copy(book, sheet, rows)
    return buffer.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    heading = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "fixed": book.add_format({**heading, "bg_color": FIXED_COLOUR}),
        "editable": book.add_format({**heading, "bg_color": EDITABLE_COLOUR}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": TEXT_FORMAT}),
    }


def _sheet(
    book: Any, looks: dict[str, Any], title: str, sheet: LedgerSheet, rows: Sequence[ExportedRow], status: str
) -> None:
    page = book.add_worksheet(sheet.title)
    last = len(sheet.columns) - 1
    page.merge_range(0, 0, 0, last, title, looks["title"])
    page.set_row(0, 32)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(1, number, column.heading, looks["editable" if status in column.editable_in else "fixed"])
    for number, heading in enumerate((sheet.id_heading, sheet.version_heading), start=last + 1):
        page.set_column(number, number, 12, None, {"hidden": True})
        page.write_string(1, number, heading, looks["fixed"])
    _write_rows(page, sheet.columns, rows, start=2, look=looks["text"])
    page.freeze_panes(2, 4 if sheet is TASKS else 3)
    page.autofilter(1, 0, len(rows) + 1, last)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    page.print_area(0, 0, len(rows) + 1, last)


def _write_rows(
    page: Any, columns: Sequence[LedgerColumn], rows: Sequence[ExportedRow], *, start: int, look: Any
) -> None:
    for line, row in enumerate(rows, start=start):
        for number, column in enumerate(columns):
            page.write_string(line, number, fitted(row.cells[column.key]), look)
        page.write_string(line, len(columns), row.id, look)
        page.write_string(line, len(columns) + 1, str(row.version), look)


def _copy(book: Any, sheet: LedgerSheet, rows: Sequence[ExportedRow]) -> None:
    """The cells as exported, out of reach of sorting and of hands: what an edit is told from."""
    page = book.add_worksheet(sheet.copy_title)
    for number, heading in enumerate([column.heading for column in sheet.columns]):
        page.write_string(0, number, heading)
    page.write_string(0, len(sheet.columns), sheet.id_heading)
    page.write_string(0, len(sheet.columns) + 1, sheet.version_heading)
    _write_rows(page, sheet.columns, rows, start=1, look=None)
    page.very_hidden()


def _manual(book: Any) -> None:
    page = book.add_worksheet(MANUAL_TITLE)
    page.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, words in enumerate(MANUAL):
        page.write_string(line, 0, words, wrapped)
