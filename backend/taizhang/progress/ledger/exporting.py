"""The ledger on paper (台账导出): its rows with the columns offices keep, and the docx. The xlsx is a round trip."""

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from sqlalchemy import Text, case, func, literal, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.attachments.models import Evidence
from taizhang.core.clock import SHANGHAI
from taizhang.plans.models import Assignment, Period, Task
from taizhang.progress.ledger import listing
from taizhang.progress.ledger.listing import Filters
from taizhang.progress.ledger.queries import Day
from taizhang.progress.ledger.schemas import AssignmentSort
from taizhang.progress.models import Submission, SubmissionEvidence
from taizhang.workflow.models import ReviewPoint, ReviewStep
from taizhang.workflow.rules import State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIGHT_WORDS = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝"}

# Heading, and its width in the document in millimetres.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("序号", 8),
    ("类别", 18),
    ("任务", 24),
    ("内容", 52),
    ("责任单位", 18),
    ("分工", 9),
    ("时限", 15),
    ("最新进展", 44),
    ("状态", 11),
    ("灯", 18),
    ("佐证", 24),
    ("存在问题", 22),
    ("下步打算", 22),
    ("审核意见", 20),
    ("更新日期", 15),
)

Row = tuple[str, ...]
_COMMA: Any = literal("；", Text)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One assignment as the ledger shows it, with what the office keeps beside it."""

    id: uuid.UUID
    version: int
    contact: str
    note: str
    cells: Row


def ledger(session: Session, actor: Actor, plan_id: uuid.UUID, day: Day) -> list[LedgerLine]:
    """The assignments a caller sees, in the plan's order, with the words of the latest report handed in."""
    latest = _latest_report()
    beside: list[Any] = [col(getattr(Assignment, name)).label(name) for name in ("version", "contact", "note")]
    statement = (
        listing.page(actor, Filters(plan=plan_id), AssignmentSort.TASK, day)
        .add_columns(col(Task.content).label("content"), *beside, *latest.c)
        .outerjoin(latest, true())
    )
    return [
        LedgerLine(found["id"], found["version"], found["contact"], found["note"], _row(found))
        for found in session.connection().execute(statement).mappings()
    ]


def _latest_report() -> Any:
    period = Period.__table__.alias("told_period")  # type: ignore[attr-defined]
    told = Submission.__table__.alias("told")  # type: ignore[attr-defined]
    return (
        select(
            told.c.progress,
            told.c.problems,
            told.c.next_steps,
            func.date(func.timezone(SHANGHAI.key, told.c.submitted_at)).label("updated_on"),
            _evidence(told).label("evidence"),
            _opinion(told).label("opinion"),
        )
        .join(period, period.c.id == told.c.period_id)
        .where(told.c.assignment_id == Assignment.id, told.c.first_submitted_at.is_not(None))
        .order_by(period.c.position.desc())
        .limit(1)
        .correlate(Assignment)
        .lateral("report")
    )


def _evidence(told: Any) -> Any:
    titles = (
        select(col(Evidence.title).label("title"), col(Evidence.id).label("id"))
        .join(SubmissionEvidence, col(SubmissionEvidence.evidence_id) == Evidence.id)
        .where(col(SubmissionEvidence.submission_id) == told.c.id)
        .distinct()
        .correlate(told)
        .subquery("shown")
    )
    return select(func.string_agg(titles.c.title, aggregate_order_by(_COMMA, titles.c.id))).scalar_subquery()


def _opinion(told: Any) -> Any:
    """What was said when it was accepted, or the points it was returned with."""
    note = (
        select(func.concat_ws("：", "审核通过", func.nullif(col(ReviewStep.reason), "")))
        .where(col(ReviewStep.subject_id) == told.c.id, col(ReviewStep.to_state) == State.ACCEPTED)
        .order_by(col(ReviewStep.at).desc())
        .limit(1)
        .correlate(told)
        .scalar_subquery()
    )
    points = (
        select(
            func.string_agg(
                ReviewPoint.text, aggregate_order_by(_COMMA, col(ReviewPoint.raised_at), col(ReviewPoint.id))
            )
        )
        .where(col(ReviewPoint.subject_id) == told.c.id, col(ReviewPoint.revision) == told.c.revision)
        .correlate(told)
        .scalar_subquery()
    )
    returned = func.concat("退回：", points)
    return case((told.c.state == State.ACCEPTED, note), (told.c.state == State.RETURNED, returned), else_=None)


def _row(found: Any) -> Row:
    return (
        str(found["task"]["position"]),
        found["task"]["category"],
        found["task"]["title"],
        found["content"],
        found["unit"]["short_name"],
        found["role_words"],
        found["due_on"].isoformat() if found["due_on"] else "",
        found["progress"] or "",
        found["state_words"],
        f"{LIGHT_WORDS[found['light']]}（{found['light_words']}）",
        found["evidence"] or "",
        found["problems"] or "",
        found["next_steps"] or "",
        found["opinion"] or "",
        found["updated_on"].isoformat() if found["updated_on"] else "",
    )


def document(title: str, rows: Sequence[Row]) -> bytes:
    """An A3 landscape document with one table, its headings repeated on every page."""
    paper = Document()
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(420), Mm(297)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(15))
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(heading, title, size=18, font="方正小标宋简体")
    table = paper.add_table(rows=1 + len(rows), cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    cells = table._cells  # row.cells walks the whole table for each row
    for column, (words, width) in enumerate(COLUMNS):
        table.columns[column].width = Mm(width * 39 // 32)
        _write(cells[column].paragraphs[0], words, size=10, font="黑体")
    for cell, value in zip(cells[len(COLUMNS) :], (value for row in rows for value in row), strict=True):
        _write(cell.paragraphs[0], value, size=9, font="仿宋")
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _write(paragraph: Any, text: str, *, size: int, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
