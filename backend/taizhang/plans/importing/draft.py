"""The draft (导入草稿): what was read, what is doubtful, what waits for a person; the shape of ``/plan-imports``."""

import re
import uuid
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from taizhang.documents.grid import Document
from taizhang.plans.importing.deadlines import DueKind, impossible_deadlines, read_due
from taizhang.plans.importing.duties import DutyDraft, find_duties
from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.rows import RawRow, read_rows
from taizhang.plans.importing.splitting import times_in
from taizhang.plans.importing.units import Assignee, AssigneeState, Candidate, UnitDirectory, read_units


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True, json_schema_serialization_defaults_required=True)


class DraftProblem(_Shape):
    """Something a person should look at. ``acknowledged``: somebody has, and lets it stand."""

    code: str
    message: str
    column: str | None = None
    acknowledged: bool = False


class DraftCandidate(_Shape):
    """A unit a phrase may mean; score 0 where likeness says nothing."""

    unit_id: uuid.UUID
    name: str
    score: float


class DraftAssignee(_Shape):
    """One phrase of the units' column. ``decided``: a person has said which units it means, perhaps none."""

    text: str
    role: Literal["lead", "support", "responsible"]
    state: AssigneeState
    unit_ids: list[uuid.UUID]
    candidates: list[DraftCandidate] = []
    note: str | None = None
    decided: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a person."""
        return not self.decided and self.state not in (AssigneeState.MATCHED, AssigneeState.GROUP)


class DraftDue(_Shape):
    """The task's own deadline."""

    text: str
    kind: DueKind
    on: date | None = None


class DraftWithin(_Shape):
    """So long after the trigger."""

    amount: int
    unit: Literal["day", "workday", "month"]


class DraftThreshold(_Shape):
    """What a ratio or a count must reach."""

    op: Literal[">=", "=", "<="]
    value: float
    unit: str


class DraftDuty(_Shape):
    """A suggested duty; ``content[start:end] == text``."""

    position: int
    text: str
    start: int
    end: int
    kind: Literal["date", "event", "ratio", "count", "period", "setup", "continuous", "conditional", "ban"]
    due_on: date | None = None
    within: DraftWithin | None = None
    threshold: DraftThreshold | None = None
    per: Literal["year", "half-year", "quarter", "month", "week"] | None = None
    trigger: str | None = None
    owner_unit_id: uuid.UUID | None = None
    confirmed: bool = False


class DraftSource(_Shape):
    """Where in the file it stands, counted from 1; ``grid`` from 0. ``places``: (row, column) of a column's cells."""

    sheet: str | None
    row: int
    column: int
    paragraph: int | None
    grid: int | None = None
    places: dict[str, list[tuple[int, int]]] = {}


class DraftRow(_Shape):
    """One task as read. ``task_id``: the task it has become; from then on it is changed in the plan."""

    position: int
    category: str
    subcategory: str | None
    title: str
    content: str
    assignees: list[DraftAssignee]
    due: DraftDue | None
    duties: list[DraftDuty]
    source: DraftSource
    problems: list[DraftProblem]
    task_id: uuid.UUID | None = None


class TokenCounts(_Shape):
    """Distinct phrases of the units' column; ``undecided`` ones are among the collective."""

    collective: int
    named: int
    undecided: int
    unknown: int


class DraftSummary(_Shape):
    """Counts over the whole draft; ``undecided`` and ``unknown`` are places that still wait for a person."""

    categories: int
    tasks: int
    duties: int
    tokens: TokenCounts
    assignments: int
    rows_with_problems: int
    undecided: int
    unknown: int


class Draft(_Shape):
    """A document as read."""

    title: str
    year: int | None
    document_no: str | None
    issuer_text: str | None
    issued_on: date | None
    rows: list[DraftRow]
    problems: list[DraftProblem]
    source_paragraphs: list[str]
    summary: DraftSummary


_DOCUMENT_NO = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（]20\d{2}[〕\]］)）]\d{1,4}号")
_DATE_LINE = re.compile(r"^(20\d{2})年(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日$")
_POSTED = re.compile(r"(20\d{2})-(\d{2})-(\d{2})")
_TITLE = re.compile(r"《([^《》]*(?:任务|分解|分工|责任)[^《》]*)》")
_TITLE_LINE = re.compile(
    r"(?:(?:任务|责任|分工).{0,6}(?:表|清单|方案|台账|安排)|要点.{0,4}分工|任务分工|公开工作要点)$"
)
_YEAR = re.compile(r"(20\d{2})年")


def read_draft(document: Document, *, year: int | None, directory: UnitDirectory) -> Draft:
    """Read a document into a draft against the units that existed then.

    Raises:
        Unreadable: ``not-a-task-table``.
    """
    reading = read_rows(document)
    lines = _lines(document)
    title = _title(lines)
    issued_on = issue_date(document)
    found = year or _year(title, lines) or (issued_on.year if issued_on else None)
    problems = [DraftProblem.model_validate(problem) for problem in reading.problems]
    if found is None:
        problems.append(DraftProblem(code="year-unknown", message="没有读出年度，请填写", column="year"))
    plan_year = found or date.max.year
    rows = [_row(position, row, plan_year, directory) for position, row in enumerate(reading.rows, 1)]
    number = next((match[0] for line in lines if (match := _DOCUMENT_NO.search(line))), None)
    return Draft(
        title=title or "政务公开重点任务分解表",
        year=found,
        document_no=number,
        issuer_text=_issuer(lines),
        issued_on=issued_on,
        rows=rows,
        problems=problems,
        source_paragraphs=lines,
        summary=summarise(rows),
    )


def summarise(rows: Sequence[DraftRow]) -> DraftSummary:
    """The counts of a draft, anew after every correction."""
    assignees = [assignee for row in rows for assignee in row.assignees]

    def phrases(*states: AssigneeState) -> int:
        return len({assignee.text for assignee in assignees if assignee.state in states})

    return DraftSummary(
        categories=len({row.category for row in rows}),
        tasks=len(rows),
        duties=sum(len(row.duties) for row in rows),
        tokens=TokenCounts(
            collective=phrases(AssigneeState.GROUP, AssigneeState.UNDECIDED),
            named=phrases(AssigneeState.MATCHED),
            undecided=phrases(AssigneeState.UNDECIDED),
            unknown=phrases(AssigneeState.UNKNOWN, AssigneeState.SUGGESTED),
        ),
        assignments=sum(len({unit for assignee in row.assignees for unit in assignee.unit_ids}) for row in rows),
        rows_with_problems=sum(bool(row.problems) for row in rows),
        undecided=sum(assignee.is_open and assignee.state is AssigneeState.UNDECIDED for assignee in assignees),
        unknown=sum(assignee.is_open and assignee.state is not AssigneeState.UNDECIDED for assignee in assignees),
    )


def row_problems(row: DraftRow) -> list[DraftProblem]:
    """What a person should look at in a row as it now is."""
    problems = [
        DraftProblem(
            code=f"assignee-{assignee.state}", message=f"“{assignee.text}”：{assignee.note}", column="assignees"
        )
        for assignee in row.assignees
        if assignee.is_open
    ]
    if not row.assignees:
        problems.append(DraftProblem(code="no-assignee", message="没有责任单位", column="assignees"))
    if not row.title:
        problems.append(DraftProblem(code="no-title", message="没有任务名称", column="title"))
    if not row.duties:
        problems.append(DraftProblem(code="no-duty", message="没有读出可核验的要求，请看是否需要补充", column="duties"))
    return problems


def _row(position: int, raw: RawRow, year: int, directory: UnitDirectory) -> DraftRow:
    content = raw.content or raw.title
    found = find_duties(content, year)
    words = raw.due or "；".join(filter(None, (times_in(text) for _, text in raw.units)))
    due, due_problems = _due(words, found, year)
    row = DraftRow(
        position=position,
        category=raw.category or "未分类",
        subcategory=raw.subcategory,
        title=raw.title or content[:40],
        content=content,
        assignees=[_assignee(item) for column, text in raw.units for item in read_units(text, column, directory)],
        due=due,
        duties=[_duty(number, duty) for number, duty in enumerate(found, 1)],
        source=_source(raw),
        problems=[],
    )
    if raw.first_leads and row.assignees:
        row.assignees[0].role = "lead"
    row.problems = [
        *row_problems(row),
        *(DraftProblem.model_validate(problem) for problem in raw.problems),
        *due_problems,
        *_reading_problems(content, found, year),
    ]
    return row


def _source(raw: RawRow) -> DraftSource:
    return DraftSource(
        sheet=raw.sheet,
        row=raw.row,
        column=raw.column,
        paragraph=raw.paragraph,
        grid=raw.grid,
        places={column.value: places for column, places in raw.places.items()},
    )


def _reading_problems(content: str, duties: list[DutyDraft], year: int) -> list[DraftProblem]:
    problems = [
        DraftProblem(
            code="date-restored",
            message=f"“{duty.text[:20]}…”的日期漏了字，读作 {duty.due_on}",
            column=Column.CONTENT.value,
        )
        for duty in duties
        if duty.restored
    ]
    problems += [
        DraftProblem(
            code="date-implausible", message=f"时限 {duty.due_on} 不在本年度，请核对", column=Column.CONTENT.value
        )
        for duty in duties
        if not duty.plausible
    ]
    problems += [
        DraftProblem(
            code="date-impossible", message=f"“{words}”不是一个确定的日期，请核对", column=Column.CONTENT.value
        )
        for words in impossible_deadlines(content, year)
    ]
    return problems


def _assignee(item: Assignee) -> DraftAssignee:
    return DraftAssignee(
        text=item.text,
        role=item.role,
        state=item.state,
        unit_ids=list(item.unit_ids),
        candidates=[_candidate(candidate) for candidate in item.candidates],
        note=item.note,
    )


@lru_cache(maxsize=4096)
def _candidate(candidate: Candidate) -> DraftCandidate:
    """One for all the places a phrase stands in: nobody changes it."""
    return DraftCandidate.model_validate(candidate)


def _duty(position: int, duty: DutyDraft) -> DraftDuty:
    fields = ("text", "start", "end", "kind", "due_on", "within", "threshold", "per", "trigger")
    return DraftDuty.model_validate({"position": position} | {name: getattr(duty, name) for name in fields})


def _due(text: str, duties: list[DutyDraft], year: int) -> tuple[DraftDue | None, list[DraftProblem]]:
    """The words of the deadline's column; without one, the earliest day the task's own text names."""
    due = read_due(text, year)
    if due is not None:
        problems = [
            DraftProblem(code=problem.code, message=problem.message, column=Column.DUE.value)
            for problem in due.problems
        ]
        return DraftDue(text=due.text, kind=due.kind, on=due.on), problems
    dated = min((duty for duty in duties if duty.due_on), key=lambda duty: duty.due_on or date.max, default=None)
    return (DraftDue(text=dated.text, kind="date", on=dated.due_on) if dated else None), []


def _lines(document: Document) -> list[str]:
    return [
        *(line for line in document.paragraphs),
        *(cell.text for grid in document.grids for cell in grid.cells),
    ]


def _title(lines: list[str]) -> str | None:
    for line in lines[:30]:
        if match := _TITLE.search(line):
            return match[1]
    return next((line[:300] for line in lines[:30] if _TITLE_LINE.search(line)), None)


def _year(title: str | None, lines: list[str]) -> int | None:
    for text in [title or "", *lines[:30]]:
        if match := _YEAR.search(text):
            return int(match[1])
    return None


def issue_date(document: Document) -> date | None:
    """The day the document says it was issued: units are read as they were on it."""
    return _date_in(_lines(document))


def _date_in(lines: list[str]) -> date | None:
    for line in lines[:60]:
        if match := _DATE_LINE.match(line):
            return date(int(match[1]), int(match[2]), int(match[3]))
    for line in lines[:10]:
        if match := _POSTED.search(line):
            return date(int(match[1]), int(match[2]), int(match[3]))
    return None


def _issuer(lines: list[str]) -> str | None:
    """The line above the date is who signed."""
    for above, line in zip(lines, lines[1:60], strict=False):
        if _DATE_LINE.match(line):
            return above[:200]
    return None
