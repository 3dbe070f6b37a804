"""The ledger's list (台账列表): its filters, its orders, and its SQL, written once for each way of asking."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlmodel import col

from taizhang.access.actor import Actor
from taizhang.core.lights import LightColour
from taizhang.core.paging import WrittenList
from taizhang.plans.models import Assignment, AssignmentRole, AssignmentState, Plan, Task
from taizhang.progress import light_sql
from taizhang.progress.ledger.queries import Day, issued, scope_of, visible_to
from taizhang.progress.ledger.schemas import AssignmentSort
from taizhang.progress.listing import WAITS_FOR
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like, named_like

Values = dict[str, Any]
_TASK_ORDER = (col(Plan.year).desc(), col(Task.plan_id), col(Task.position))
_written: dict[Any, WrittenList] = {}
_WRITTEN_MAX = 500


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


def written(actor: Actor, filters: Filters, sort: AssignmentSort, day: Day) -> tuple[WrittenList, Values]:
    """The list for this way of asking, and the values of this asking."""
    values = {name: bound.value for name, bound in _parameters(actor, filters).items()}
    values |= {**day.values, "scope": scope_of(actor)}
    chosen = (frozenset(filters.states), frozenset(filters.lights), filters.role, filters.review)
    shape = (actor.role, sort, frozenset(values), chosen)
    found = _written.get(shape)
    if found is None:
        found = WrittenList(page(actor, filters, sort, day), col(Assignment.id), values.keys())
        if len(_written) < _WRITTEN_MAX:
            _written[shape] = found
    return found, values


def page(actor: Actor, filters: Filters, sort: AssignmentSort, day: Day) -> Select[Any]:
    """The list with its filters, in its order. A plan in preparation is listed only if it or its task is named."""
    bound = _parameters(actor, filters)
    statement = visible_to(actor, day).where(*(_WHERE[name](value) for name, value in bound.items()))
    if filters.plan is None and filters.task is None:
        statement = statement.where(issued())
    if filters.states:
        statement = statement.where(_any(col(Assignment.state), filters.states))
    if filters.lights:
        statement = statement.where(_any(day.colour, filters.lights))
    if filters.role is not None:
        statement = statement.where(col(Assignment.role) == filters.role)
    if filters.review:
        statement = statement.where(_waiting(actor))
    return statement.order_by(*_order(sort, day), col(Assignment.id))


def _parameters(actor: Actor, filters: Filters) -> dict[str, Any]:
    """Filters that take any value, as named parameters; those with a few members each become part of the text."""
    given: list[tuple[str, Any, Any]] = [
        ("plan", filters.plan, Uuid),
        ("year", filters.year, Integer),
        ("unit", filters.unit, Uuid),
        ("category", filters.category, Text),
        ("task", filters.task, Uuid),
        ("due_from", filters.due_from, Date),
        ("due_to", filters.due_to, Date),
        ("q", escaped_like(filters.q) if filters.q else None, Text),
        ("own_unit", actor.unit_id if filters.mine else None, Uuid),
    ]
    return {name: bindparam(name, value, kind) for name, value, kind in given if value is not None}


def _matching(like: Any) -> ColumnElement[bool]:
    """Found in the task or among the unit's names. Plain ILIKE: trigrams do not index terms of two characters, as
    most Chinese ones are, and a district has a few hundred rows.
    """
    return or_(col(Task.title).ilike(like), col(Task.content).ilike(like), named_like(like))


def within_unit(unit_id: Any) -> ColumnElement[bool]:
    """The unit and what lies below it. A unit that does not exist holds nothing."""
    unit = Unit.__table__.alias("top")  # type: ignore[attr-defined]
    top = select(unit.c.path).where(unit.c.id == unit_id).scalar_subquery()
    return and_(col(Unit.path) >= top, col(Unit.path) < top + "~")


_WHERE: dict[str, Any] = {
    "plan": lambda plan: col(Assignment.plan_id) == plan,
    "year": lambda year: col(Plan.year) == year,
    "unit": within_unit,
    "category": lambda category: col(Task.category) == category,
    "task": lambda task: col(Assignment.task_id) == task,
    "due_from": lambda day: col(Assignment.due_on) >= day,
    "due_to": lambda day: col(Assignment.due_on) <= day,
    "q": _matching,
    "own_unit": lambda unit: col(Assignment.unit_id) == unit,
}


def _any(column: Any, members: Sequence[Any]) -> ColumnElement[bool]:
    """IN, without the parameter list that a kept text cannot have."""
    return or_(*(column == member for member in members))


def _waiting(actor: Actor) -> ColumnElement[bool]:
    """Assignments with a submission that waits for this caller."""
    waits = WAITS_FOR.get(actor.role, ())
    if not waits:
        return false()
    return exists().where(col(Submission.assignment_id) == Assignment.id, _any(col(Submission.state), waits))


def _order(sort: AssignmentSort, day: Day) -> tuple[Any, ...]:
    by_task = (*_TASK_ORDER, col(Unit.path))
    due, report_due = col(Assignment.due_on), col(Assignment.report_due_on)
    match sort:
        case AssignmentSort.UNIT:
            return (col(Unit.path), *_TASK_ORDER)
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
