"""The list of submissions (填报列表), as labelled columns that PostgreSQL turns into JSON."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, false, func, or_, select
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import col

from taizhang.access.actor import Actor
from taizhang.access.permissions import Role
from taizhang.core.clock import SHANGHAI
from taizhang.plans.models import Assignment, Period, Plan, PlanStatus, Task
from taizhang.progress.models import LatePermit, Submission
from taizhang.progress.schemas import SubmissionSort
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import STATE_WORDS, Action, Part, State, allowed_actions, parts_of

WAITS_FOR: dict[Role, tuple[State, ...]] = {
    Role.REPORTER: (State.RETURNED,),
    Role.SIGNER: (State.SUBMITTED,),
    Role.OFFICE: (State.SIGNED,),
}

ORDERS: dict[SubmissionSort, tuple[Any, ...]] = {
    SubmissionSort.NEWEST: (col(Submission.submitted_at).desc().nulls_first(),),
    SubmissionSort.OLDEST: (col(Submission.submitted_at).nulls_last(),),
    SubmissionSort.DUE: (col(Period.due_on), col(Unit.path), col(Task.position)),
    SubmissionSort.UNIT: (col(Unit.path), col(Task.position), col(Period.position)),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list."""

    plan: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    task: uuid.UUID | None = None
    assignment: uuid.UUID | None = None
    period: uuid.UUID | None = None
    states: Sequence[State] = ()
    waiting: bool = False
    q: str | None = None


def visible_to(actor: Actor, today: date) -> Select[Any]:
    """Submissions within the caller's scope, as columns of ``SubmissionSummary``."""
    words = case({state.value: word for state, word in STATE_WORDS.items()}, value=col(Submission.state))
    plain: list[Any] = [
        col(getattr(Submission, name)).label(name)
        for name in ("id", "version", "state", "progress", "revision", "first_submitted_at", "submitted_at")
    ]
    return (
        select(
            *plain,
            words.label("state_words"),
            _assignment().label("assignment"),
            _period(today).label("period"),
            func.coalesce(_first_day() > col(Period.due_on), false()).label("late"),
            _actions(actor, today).label("actions"),
            _open_points().label("open_points"),
        )
        .select_from(Submission)
        .join(Assignment, col(Assignment.id) == Submission.assignment_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .join(Unit, col(Unit.id) == Submission.unit_id)
        .where(actor.scope(col(Unit.path)))
    )


def page(actor: Actor, filters: Filters, sort: SubmissionSort, today: date) -> Select[Any]:
    """The list with its filters, in its order."""
    statement = visible_to(actor, today)
    equal = (
        (Assignment.plan_id, filters.plan),
        (Assignment.task_id, filters.task),
        (Submission.assignment_id, filters.assignment),
        (Submission.period_id, filters.period),
    )
    for column, value in equal:
        if value is not None:
            statement = statement.where(col(column) == value)
    if filters.unit is not None:
        top = select(col(Unit.path)).where(col(Unit.id) == filters.unit).correlate(None).scalar_subquery()
        statement = statement.where(and_(col(Unit.path) >= top, col(Unit.path) < top + "~"))
    if filters.states:
        statement = statement.where(col(Submission.state).in_(filters.states))
    if filters.waiting:
        statement = statement.where(col(Submission.state).in_(WAITS_FOR.get(actor.role, ())))
    if filters.q:
        like = escaped_like(filters.q)
        texts = (Task.title, Unit.name, Unit.short_name, Submission.progress)
        statement = statement.where(or_(*(col(text).ilike(like) for text in texts)))
    return statement.order_by(*ORDERS[sort], col(Submission.id))


def _assignment() -> ColumnElement[Any]:
    task = _object(Task, "id", "position", "category", "title")
    unit = _object(Unit, "id", "name", "short_name", "path")
    return func.json_build_object("id", Assignment.id, "task", task, "unit", unit, "role", Assignment.role)


def _period(today: date) -> ColumnElement[Any]:
    state = case(
        (col(Period.opens_on) > today, "future"),
        (col(Period.due_on) >= today, "open"),
        (col(Period.closes_on) >= today, "late"),
        else_="closed",
    )
    names = ("id", "position", "label", "starts_on", "ends_on", "opens_on", "due_on", "closes_on")
    return func.json_build_object(*(part for name in names for part in (name, getattr(Period, name))), "state", state)


def _object(model: Any, *names: str) -> ColumnElement[Any]:
    return func.json_build_object(*(part for name in names for part in (name, getattr(model, name))))


def _first_day() -> ColumnElement[date]:
    """The day of the first hand-in, in Beijing."""
    return func.date(func.timezone(SHANGHAI.key, col(Submission.first_submitted_at)))


def _actions(actor: Actor, today: date) -> ColumnElement[Any]:
    """What the caller may do next. The rows of one list differ in state alone, for all lie in the caller's scope."""
    parts: frozenset[Part] = parts_of(actor.role, own_unit=actor.own_unit_only, in_scope=True)
    allowed = {state: allowed_actions(state, parts) for state in State}
    branches: list[Any] = []
    if Action.SUBMIT in allowed[State.DRAFT]:
        closed = and_(col(Submission.state) == State.DRAFT, ~_window_open(today))
        branches.append((closed, _json(action for action in allowed[State.DRAFT] if action is not Action.SUBMIT)))
    branches += [(col(Submission.state) == state, _json(actions)) for state, actions in allowed.items()]
    return case(*branches, else_=_json([]))


def _json(actions: Any) -> ColumnElement[Any]:
    return func.json_build_array(*(cast(action.value, Text) for action in actions), type_=JSON)


def _window_open(today: date) -> ColumnElement[bool]:
    permit = exists().where(
        col(LatePermit.assignment_id) == Submission.assignment_id,
        col(LatePermit.period_id) == Submission.period_id,
        col(LatePermit.until) >= today,
    )
    return and_(
        col(Plan.status) == PlanStatus.ISSUED,
        col(Period.opens_on) <= today,
        or_(col(Period.closes_on) >= today, permit),
    )


def _open_points() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(ReviewPoint)
        .where(col(ReviewPoint.subject_id) == Submission.id, col(ReviewPoint.answer).is_(None))
        .correlate(Submission)
        .scalar_subquery()
    )
