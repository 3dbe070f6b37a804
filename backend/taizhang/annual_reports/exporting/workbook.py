"""The workbook (xlsx): a sheet a part, the tables as the form prints them, numbers as numbers."""

import io
from typing import Any

import xlsxwriter

from taizhang.annual_reports.checks.findings import Part
from taizhang.annual_reports.exporting.printed import SECTIONS, PrintedReport, label_of
from taizhang.annual_reports.forms import CellKind, Place, TableSpec
from taizhang.annual_reports.forms.figures import FEN_PER_WAN

# Nothing typed by a person becomes a formula, a link or a number.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
CELL_MAX = 32_767
TEXT_WIDTH = 90
# Widths of the columns of each table, in characters.
WIDTHS = {"t2": [22, 24, 24, 26], "t3": [10, 16, 46, *[10] * 7], "t4": [9] * 15}
HEAD_ROWS = {"t2": 0, "t3": 3, "t4": 3}
ROW_HEIGHT = 24
_AMOUNT_FORMAT = "0.######"


def workbook(report: PrintedReport) -> bytes:
    """A report as xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        book.set_properties({"title": report.title, "author": report.unit_name})
        styles = _styles(book)
        for number, heading, content in SECTIONS:
            sheet = book.add_worksheet(f"{number} {heading}"[:31])
            _page(sheet, report)
            top = 0
            if number == SECTIONS[0][0]:
                sheet.write_string(0, 0, report.title, styles["title"])
                top = 1
            sheet.write_string(top, 0, f"{number}、{heading}", styles["heading"])
            if isinstance(content, Part):
                _texts(sheet, report.lines(content), top + 1, styles)
            else:
                _table(sheet, report, report.table(content), top + 1, styles)
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "valign": "vcenter", "font_name": "仿宋", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_name": "方正小标宋简体", "font_size": 18, "text_wrap": True}),
        "heading": book.add_format({"font_name": "黑体", "font_size": 14}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "font_name": "仿宋", "font_size": 12}),
        "head": book.add_format({**cell, "text_wrap": True, "align": "center", "font_name": "黑体"}),
        "label": book.add_format({**cell, "text_wrap": True}),
        "count": book.add_format({**cell, "align": "center", "num_format": "0"}),
        "money": book.add_format({**cell, "align": "center", "num_format": _AMOUNT_FORMAT}),
    }


def _page(sheet: Any, report: PrintedReport) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    if report.notice:
        sheet.set_header(f"&R{report.notice}")


def _texts(sheet: Any, lines: list[str], top: int, styles: dict[str, Any]) -> None:
    """A paragraph a row; one that a cell cannot hold goes on in the next, and nothing is lost."""
    sheet.set_column(0, 0, TEXT_WIDTH)
    pieces = [line[at : at + CELL_MAX] for line in lines for at in range(0, len(line), CELL_MAX)]
    for row, piece in enumerate(pieces, start=top):
        sheet.write_string(row, 0, piece, styles["text"])


def _table(sheet: Any, report: PrintedReport, table: TableSpec, top: int, styles: dict[str, Any]) -> None:
    for column, width in enumerate(WIDTHS[table.slug]):
        sheet.set_column(column, column, width)
    if table.slug != "t2":
        sheet.set_landscape()
    for row in range(table.row_count):
        sheet.set_row(top + row, ROW_HEIGHT)
    sheet.freeze_panes(top + HEAD_ROWS[table.slug], 0)
    for place in table.places:
        _write(sheet, report, place, top, styles)


def _write(sheet: Any, report: PrintedReport, place: Place, top: int, styles: dict[str, Any]) -> None:
    value: str | int | float | None = label_of(place)
    style = styles["label" if place.scope == "row" else "head"]
    if place.cell is not None:
        value, money = report.figures.get(place.cell), report.form.by_key[place.cell].kind is CellKind.MONEY
        style = styles["money" if money else "count"]
        value = value / FEN_PER_WAN if money and value is not None else value
    row = top + place.row
    if place.row_span > 1 or place.column_span > 1:
        last = row + place.row_span - 1, place.column + place.column_span - 1
        sheet.merge_range(row, place.column, *last, None, style)
    if value is None:
        sheet.write_blank(row, place.column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place.column, value, style)
    else:
        sheet.write_number(row, place.column, value, style)
