"""The draft as a workbook (核对表): each row with what was read of it and a 错误说明 column, for checking in Excel."""

import io
from collections.abc import Sequence

import xlsxwriter

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
# Text is text: nothing a file holds becomes a formula, a link or a number here.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def draft_workbook(rows: Sequence[DraftRow]) -> bytes:
    """An xlsx of the draft, one row a task."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        sheet = book.add_worksheet("核对表")
        heading = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#E8EEF3", "align": "center", "valign": "vcenter"}
        )
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for column, (words, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, heading)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(_values(row)):
                sheet.write_string(number, column, value, text)
        sheet.freeze_panes(1, 3)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(0)
    return buffer.getvalue()


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
        "；".join(problem.message for problem in row.problems),
    )
