"""The ledger's list (台账): assignments as labelled columns that PostgreSQL turns into JSON."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, or_, select, true
from sqlmodel import col

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.plans.models import Assignment, AssignmentRole, AssignmentState, Period, Plan, PlanStatus, Task
from taizhang.plans.schemas import ASSIGNMENT_ROLE_WORDS, ASSIGNMENT_STATE_WORDS
from taizhang.progress import light_sql
from taizhang.progress.ledger.schemas import AssignmentSort
from taizhang.progress.lights import LightColour, Thresholds
from taizhang.progress.listing import WAITS_FOR
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like, named_like
from taizhang.workflow.rules import STATE_WORDS

TASK_ORDER = (col(Plan.year).desc(), col(Task.plan_id), col(Task.position))


@dataclass(frozen=True, slots=True)
class Day:
    """The day lights are read on, and how near is near."""

    today: date
    thresholds: Thresholds

    @property
    def colour(self) -> ColumnElement[str]:
        return light_sql.colour(light_sql.of_assignment(self.today), self.today, self.thresholds)

    @property
    def words(self) -> ColumnElement[str]:
        return light_sql.words(light_sql.of_assignment(self.today), self.today, self.thresholds)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list."""

    plan: uuid.UUID | None = None
    year: int | None = None
    unit: uuid.UUID | None = None
    category: str | None = None
    task: uuid.UUID | None = None
    states: Sequence[AssignmentState] = ()
    lights: Sequence[LightColour] = ()
    role: AssignmentRole | None = None
    due_from: date | None = None
    due_to: date | None = None
    q: str | None = None
    review: bool = False
    mine: bool = False


def visible_to(actor: Actor, day: Day) -> Select[Any]:
    """Assignments within the caller's scope, as columns of ``AssignmentPublic``."""
    latest = _latest_submission()
    names = ("id", "role", "phrase", "state", "due_on", "completed_on", "report_due_on")
    plain: list[Any] = [col(getattr(Assignment, name)).label(name) for name in names]
    owed = case((col(Period.id).is_not(None), json_object(Period, "id", "label")), else_=None)
    return (
        select(
            *plain,
            words_of(ASSIGNMENT_ROLE_WORDS, col(Assignment.role)).label("role_words"),
            words_of(ASSIGNMENT_STATE_WORDS, col(Assignment.state)).label("state_words"),
            day.colour.label("light"),
            day.words.label("light_words"),
            json_object(Plan, "id", "year", "title").label("plan"),
            json_object(Task, "id", "position", "category", "title").label("task"),
            json_object(Unit, "id", "name", "short_name", "path").label("unit"),
            owed.label("report_period"),
            latest.c.shown.label("submission"),
        )
        .select_from(Assignment)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .outerjoin(Period, col(Period.id) == Assignment.report_period_id)
        .outerjoin(latest, true())
        .where(in_sight(actor))
    )


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Assignments of the caller's scope; those of a plan still being prepared only for those who prepare it."""
    scope = actor.scope(col(Unit.path))
    return scope if actor.may(Permission.PLAN_WRITE) else and_(scope, issued())


def issued() -> ColumnElement[bool]:
    """Plans that have reached their units."""
    return col(Plan.status) != PlanStatus.DRAFT


def page(actor: Actor, filters: Filters, sort: AssignmentSort, day: Day) -> Select[Any]:
    """The list with its filters, in its order. A plan in preparation is listed only if it or its task is named."""
    statement = visible_to(actor, day).where(*_equal(filters), *_ranges(filters))
    if filters.plan is None and filters.task is None:
        statement = statement.where(issued())
    if filters.unit is not None:
        statement = statement.where(within_unit(filters.unit))
    if filters.lights:
        statement = statement.where(day.colour.in_([each.value for each in filters.lights]))
    if filters.q:
        statement = statement.where(_matching(filters.q))
    if filters.review:
        statement = statement.where(_waiting(actor))
    if filters.mine:
        statement = statement.where(col(Assignment.unit_id) == actor.unit_id)
    return statement.order_by(*_order(sort, day), col(Assignment.id))


def _equal(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[tuple[Any, Any]] = [
        (Assignment.plan_id, filters.plan),
        (Assignment.task_id, filters.task),
        (Assignment.role, filters.role),
        (Plan.year, filters.year),
        (Task.category, filters.category),
    ]
    return [col(column) == value for column, value in wanted if value is not None]


def _ranges(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.states:
        found.append(col(Assignment.state).in_(filters.states))
    if filters.due_from is not None:
        found.append(col(Assignment.due_on) >= filters.due_from)
    if filters.due_to is not None:
        found.append(col(Assignment.due_on) <= filters.due_to)
    return found


def _matching(q: str) -> ColumnElement[bool]:
    """Found in the task or among the unit's names. Plain ILIKE: trigrams do not index terms of two characters, as
    most Chinese ones are, and a district has a few hundred rows."""
    like = escaped_like(q)
    return or_(col(Task.title).ilike(like), col(Task.content).ilike(like), named_like(q))


def _waiting(actor: Actor) -> ColumnElement[bool]:
    """Assignments with a submission that waits for this caller."""
    return exists().where(
        col(Submission.assignment_id) == Assignment.id, col(Submission.state).in_(WAITS_FOR.get(actor.role, ()))
    )


def _order(sort: AssignmentSort, day: Day) -> tuple[Any, ...]:
    by_task = (*TASK_ORDER, col(Unit.path))
    due, report_due = col(Assignment.due_on), col(Assignment.report_due_on)
    match sort:
        case AssignmentSort.UNIT:
            return (col(Unit.path), *TASK_ORDER)
        case AssignmentSort.DUE:
            return (due.nulls_last(), *by_task)
        case AssignmentSort.DUE_DESC:
            return (due.desc().nulls_last(), *by_task)
        case AssignmentSort.REPORT_DUE:
            return (report_due.nulls_last(), due.nulls_last(), *by_task)
        case AssignmentSort.LIGHT:
            return (light_sql.urgency(day.colour), func.least(due, report_due).nulls_last(), *by_task)
        case AssignmentSort.TASK:
            return by_task


def within_unit(unit_id: uuid.UUID) -> ColumnElement[bool]:
    """The unit and what lies below it. A unit that does not exist holds nothing."""
    unit = Unit.__table__.alias("top")  # type: ignore[attr-defined]
    top = select(unit.c.path).where(unit.c.id == unit_id).scalar_subquery()
    return and_(col(Unit.path) >= top, col(Unit.path) < top + "~")


def _latest_submission() -> Any:
    """The submission of an assignment's latest period, as a lateral row with one column ``shown``."""
    period = Period.__table__.alias("reported")  # type: ignore[attr-defined]
    words = words_of(STATE_WORDS, col(Submission.state))
    said = ("id", Submission.id, "state", Submission.state, "state_words", words, "period_label", period.c.label)
    return (
        select(func.json_build_object(*said).label("shown"))
        .select_from(Submission)
        .join(period, period.c.id == Submission.period_id)
        .where(col(Submission.assignment_id) == Assignment.id)
        .order_by(period.c.position.desc())
        .limit(1)
        .correlate(Assignment)
        .lateral("latest")
    )


def words_of(words: Mapping[Any, str], column: Any) -> ColumnElement[str]:
    """The Chinese words of an enum's member."""
    return case({member.value: word for member, word in words.items()}, value=column)


def json_object(model: Any, *names: str) -> ColumnElement[Any]:
    """These columns as a JSON object."""
    return func.json_build_object(*(part for name in names for part in (name, getattr(model, name))))


def rows_as_json(statement: Select[Any] | None, name: str) -> ColumnElement[Any]:
    """All rows as one JSON array, in their order; empty where there is nothing to ask."""
    empty: ColumnElement[Any] = literal_column("'[]'::json")
    if statement is None:
        return empty
    whole = func.json_agg(func.row_to_json(literal_column(name)))
    return select(func.coalesce(whole, empty)).select_from(statement.subquery(name)).scalar_subquery()
