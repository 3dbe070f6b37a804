"""Documents applied for often (申请频次高的文件): a list for 评估审查, from which what can be opened is opened.

《政府信息公开条例》第四十四条: what many apply for and can be opened goes into 主动公开. Applications are for
one document where the name entered with them, or else their own title, is the same, marks and blanks aside.
"""

import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.core.paging import Page
from taizhang.core.schemas import Output
from taizhang.documents.cells import fitted
from taizhang.documents.workbooks import TEXT_ONLY
from taizhang.registers.grounds import ROW_WORDS
from taizhang.registers.kind import Openness
from taizhang.registers.models import ClockEvent, EntryState, RegisterEntry
from taizhang.units.models import Unit

APPLICATIONS, ATTRIBUTES = "applications", "openness-attributes"
OPEN, PARTLY = "r3.1", "r3.2"
CLOSED = tuple(row for row in ROW_WORDS if row.startswith("r3.3"))
MARKS = r"[\s《》〈〉“”\"''「」『』（）()\[\]【】〔〕，,。．.、：:；;—-]"
MOST_ROWS = 5_000
HEADINGS = (
    ("序号", 6),
    ("文件", 44),
    ("申请次数", 9),
    ("首次申请", 12),
    ("最近申请", 12),
    ("收到申请的单位", 30),
    ("予以公开", 9),
    ("部分公开", 9),
    ("不予公开", 9),
    ("其他处理", 9),
    ("在办", 6),
    ("评估结论", 14),
    ("公开链接", 40),
)


class Assessment(Output):
    """评估结论：公文公开属性台账里同名文件的属性与链接。"""

    id: uuid.UUID
    openness_words: str | None
    closed_reason: str | None
    url: str | None


class FrequentDocument(Output):
    """一份申请频次高的文件：几次、谁收到、怎样答复、评估到哪一步。"""

    document: str
    count: int
    first_on: date
    last_on: date
    units: list[str]
    open: int
    partly: int
    closed: int
    others: int
    running: int
    assessment: Assessment | None


class FrequentPage(Page[FrequentDocument]):
    """申请频次高的文件。"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which applications to count, and from how many on a document is listed."""

    least: int
    opened_from: date | None = None
    opened_to: date | None = None


def listing(actor: Actor, asked: Asked) -> Select[Any]:
    """Documents by how often they were applied for, most often first."""
    entry = RegisterEntry
    name: ColumnElement[Any] = func.coalesce(func.nullif(col(entry.data)["document"].astext, ""), col(entry.title))
    key = _plain(name)
    outcome, state = col(entry.outcome), col(entry.state)
    running = state == EntryState.OPEN
    counted = func.count()
    known = (OPEN, PARTLY, *CLOSED)
    numbers: list[Any] = [
        counted.filter(outcome == OPEN).label("open"),
        counted.filter(outcome == PARTLY).label("partly"),
        counted.filter(outcome.in_(CLOSED)).label("closed"),
        counted.filter(and_(outcome.not_in(known), state == EntryState.CLOSED)).label("others"),
        counted.filter(running).label("running"),
    ]
    units = func.json_agg(aggregate_order_by(Unit.short_name.distinct(), col(Unit.short_name)))  # type: ignore[attr-defined]
    statement = (
        select(
            key.label("key"),
            func.min(name).label("document"),
            counted.label("count"),
            func.min(col(entry.opened_on)).label("first_on"),
            func.max(col(entry.opened_on)).label("last_on"),
            units.label("units"),
            *numbers,
        )
        .join(Unit, col(Unit.id) == entry.unit_id)
        .where(col(entry.slug) == APPLICATIONS, state != EntryState.VOIDED, actor.scope(col(entry.unit_path)))
        .group_by(literal_column("1"))
        .having(counted >= asked.least)
    )
    if asked.opened_from is not None:
        statement = statement.where(col(entry.opened_on) >= asked.opened_from)
    if asked.opened_to is not None:
        statement = statement.where(col(entry.opened_on) <= asked.opened_to)
    found = statement.subquery("found")
    shown: list[Any] = [found.c[name] for name in FrequentDocument.model_fields if name in found.c]
    return (
        select(*shown, _assessment(actor, found.c.key).label("assessment"))
        .select_from(found)
        .order_by(found.c.count.desc(), found.c.last_on.desc(), found.c.key)
    )


def _plain(name: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.lower(func.regexp_replace(name, literal(MARKS), "", "g"))


def _assessment(actor: Actor, key: Any) -> Any:
    """What the register of 公文公开属性 says of a document of that name, the latest word of it."""
    held = RegisterEntry.__table__.alias("held")  # type: ignore[attr-defined]
    settled = ClockEvent.__table__.alias("settled")  # type: ignore[attr-defined]
    openness = held.c.data["openness"].astext
    words = case({each.value: each.words for each in Openness}, value=openness)
    url = (
        select(settled.c.data["url"].astext)
        .where(settled.c.entry_id == held.c.id, settled.c.voided_at.is_(None))
        .order_by(settled.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    told = func.json_build_object(
        "id", held.c.id, "openness_words", words, "closed_reason", held.c.data["closed_reason"].astext, "url", url
    )
    return (
        select(told)
        .where(
            held.c.slug == ATTRIBUTES,
            held.c.state != EntryState.VOIDED,
            actor.scope(held.c.unit_path),
            _plain(held.c.title) == key,
        )
        .order_by(held.c.opened_on.desc(), held.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def workbook(session: Session, actor: Actor, asked: Asked) -> bytes:
    """The same list as xlsx."""
    rows = session.connection().execute(listing(actor, asked).limit(MOST_ROWS)).mappings()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        sheet = book.add_worksheet("申请频次高的文件")
        heading = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for place, (words, width) in enumerate(HEADINGS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, heading)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(_cells(number, row)):
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(number, place, value if isinstance(value, int) else fitted(value), text)
        sheet.freeze_panes(1, 2)
    return buffer.getvalue()


def _cells(number: int, row: Mapping[Any, Any]) -> list[str | int]:
    found = row["assessment"] or {}
    numbers: list[str | int] = [row[name] for name in ("open", "partly", "closed", "others", "running")]
    return [
        number,
        row["document"],
        row["count"],
        row["first_on"].isoformat(),
        row["last_on"].isoformat(),
        "、".join(row["units"]),
        *numbers,
        found.get("openness_words") or ("已登记，属性未定" if found else "还没有评估"),
        found.get("url") or "",
    ]
