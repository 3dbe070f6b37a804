"""A register on paper (台账导出): the list with its filters as xlsx, applicants masked."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import xlsxwriter
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.registers import queries
from taizhang.registers.kind import RegisterKind
from taizhang.registers.light_sql import Day
from taizhang.registers.models import RegisterEntry
from taizhang.registers.presenting import said
from taizhang.registers.queries import Filters
from taizhang.registers.schemas import EntrySort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing typed by a person becomes a formula, a link or a number.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
CELL_MAX = 32_767
MOST_ROWS = 20_000
LIGHT_WORDS = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝"}


def workbook(session: Session, actor: Actor, kind: RegisterKind, filters: Filters, sort: EntrySort, day: Day) -> bytes:
    """The entries a list would show, one a row, every field with its label; at most ``MOST_ROWS``."""
    statement = queries.listing(actor, kind, filters, sort, day).add_columns(col(RegisterEntry.data).label("data"))
    rows = session.connection().execute(statement.limit(MOST_ROWS)).mappings()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        sheet = book.add_worksheet(kind.title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        headings = [*_headings(kind), *(shape.label for shape in kind.fields)]
        sheet.write_row(0, 0, headings, bold)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, len(headings) - 1, 18)
        sheet.freeze_panes(1, 2)
        for number, row in enumerate(rows, start=1):
            for place, words in enumerate([str(number), *_common(kind, row), *_own(kind, row["data"])]):
                sheet.write_string(number, place, words[:CELL_MAX], plain)
    return buffer.getvalue()


def _headings(kind: RegisterKind) -> list[str]:
    party = ["申请人类型", "申请人（已遮掩）"] if kind.party else []
    return [
        "序号",
        kind.title_words,
        kind.ref_words,
        "单位",
        kind.opened_words,
        "到期日",
        "办结日",
        "状态",
        "灯",
        "结果",
        *party,
    ]


def _common(kind: RegisterKind, row: Mapping[Any, Any]) -> list[str]:
    party = [row["party_words"] or "", row["party_name"] or ""] if kind.party else []
    return [
        row["title"],
        row["ref_no"] or "",
        row["unit"]["name"],
        *(_day(row[name]) for name in ("opened_on", "due_on", "closed_on")),
        row["state_words"],
        f"{LIGHT_WORDS[row['light']]}：{row['light_words']}",
        kind.outcomes.get(row["outcome"] or "", row["outcome"] or ""),
        *party,
    ]


def _own(kind: RegisterKind, data: dict[str, Any]) -> list[str]:
    words = dict(said(kind.fields, data))
    return [words.get(shape.label, "") for shape in kind.fields]


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
