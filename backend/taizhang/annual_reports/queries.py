"""Reading a year (年度汇总的取数): every fact in one statement, so that all of them are of one moment.

One statement sees one snapshot: what REPEATABLE READ would give to several, without a second transaction.
"""

import json
import uuid
from typing import Any

from sqlalchemy import CTE, Select, Text, and_, case, cast, false, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor, within
from taizhang.core.clock import SHANGHAI
from taizhang.core.problems import NotFound
from taizhang.plans.models import Assignment, Duty, Period, Plan, PlanStatus, Task
from taizhang.progress.ledger.queries import Day, rows_as_json
from taizhang.progress.models import Claim, Submission
from taizhang.units.models import Unit, UnitKind
from taizhang.workflow.rules import State

Facts = dict[str, list[dict[str, Any]]]


def unit(session: Session, actor: Actor, unit_id: uuid.UUID | None) -> Unit:
    """The unit asked for, or the one the caller serves.

    Raises:
        NotFound: absent or outside the caller's scope.
    """
    own = actor.unit_path if actor.own_unit_only else actor.scope_path
    wanted = col(Unit.path) == own if unit_id is None else col(Unit.id) == unit_id
    found = session.exec(rows(Unit).where(wanted, actor.scope(col(Unit.path)))).one_or_none()
    if found is None:
        raise NotFound
    return found


def facts(session: Session, top: Unit, year: int, day: Day) -> Facts:
    """Everything a year's aggregate is computed from, of the unit and what lies below it."""
    held = _held(top, year, day)
    parts: list[Any] = []
    for name, statement in {
        "plans": _plans(held),
        "tasks": _tasks(held),
        "units": _units(top, held, year),
        "assignments": select(held).order_by(held.c.unit_path, held.c.id),
        "duties": _duties(held),
        "periods": _periods(held),
        "submissions": _submissions(held),
        "claims": _claims(held),
    }.items():
        parts += [name, rows_as_json(statement, f"{name}_row")]
    whole = session.connection().execute(select(cast(func.json_build_object(*parts), Text))).scalar_one()
    found: Facts = json.loads(whole)
    return found


def _held(top: Unit, year: int, day: Day) -> CTE:
    """Assignments of the year's issued plans. A unit that does not count towards the sum of a government above it
    still has a sum of its own."""
    names = ("id", "plan_id", "task_id", "unit_id", "state", "completed_on")
    columns: list[Any] = [col(getattr(Assignment, name)).label(name) for name in names]
    counts = or_(col(Unit.counts_in_report), col(Unit.id) == top.id)
    return (
        select(*columns, day.colour.label("light"), col(Unit.path).label("unit_path"))
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(col(Plan.year) == year, col(Plan.status) != PlanStatus.DRAFT, within(col(Unit.path), top.path), counts)
        .cte("held")
    )


def _plans(held: CTE) -> Select[Any]:
    columns: list[Any] = [col(Plan.id).label("id"), col(Plan.title).label("title")]
    return select(*columns).where(col(Plan.id).in_(select(held.c.plan_id))).order_by(col(Plan.created_at), col(Plan.id))


def _tasks(held: CTE) -> Select[Any]:
    names = ("id", "plan_id", "position", "category", "title")
    columns: list[Any] = [col(getattr(Task, name)).label(name) for name in names]
    return (
        select(*columns)
        .join(Plan, col(Plan.id) == Task.plan_id)
        .where(col(Task.id).in_(select(held.c.task_id)))
        .order_by(col(Plan.created_at), col(Plan.id), col(Task.position))
    )


def _units(top: Unit, held: CTE, year: int) -> Select[Any]:
    """Units that hold assignments, and those of the subtree that do not count."""
    names = ("id", "name", "short_name", "kind")
    columns: list[Any] = [col(getattr(Unit, name)).label(name) for name in names]
    alive = and_(
        or_(col(Unit.valid_from).is_(None), func.extract("year", col(Unit.valid_from)) <= year),
        or_(col(Unit.valid_to).is_(None), func.extract("year", col(Unit.valid_to)) >= year),
    )
    excluded = and_(
        within(col(Unit.path), top.path),
        col(Unit.id) != top.id,
        ~col(Unit.counts_in_report),
        col(Unit.kind) != UnitKind.GOVERNMENT,
        alive,
    )
    return (
        select(*columns, excluded.label("excluded"))
        .where(or_(excluded, col(Unit.id).in_(select(held.c.unit_id))))
        .order_by(col(Unit.path))
    )


def _duties(held: CTE) -> Select[Any]:
    names = ("id", "task_id", "text", "kind", "due_on", "owner_unit_id")
    columns: list[Any] = [col(getattr(Duty, name)).label(name) for name in names]
    return (
        select(*columns)
        .where(col(Duty.task_id).in_(select(held.c.task_id)))
        .order_by(col(Duty.task_id), col(Duty.position))
    )


def _periods(held: CTE) -> Select[Any]:
    names = ("id", "plan_id", "label", "starts_on", "due_on")
    columns: list[Any] = [col(getattr(Period, name)).label(name) for name in names]
    return (
        select(*columns)
        .where(col(Period.plan_id).in_(select(held.c.plan_id)))
        .order_by(col(Period.plan_id), col(Period.position))
    )


def _submissions(held: CTE) -> Select[Any]:
    """What was handed in, in the order of its periods; the words only of what was accepted."""
    names = ("id", "assignment_id", "period_id", "accepted_at")
    columns: list[Any] = [col(getattr(Submission, name)).label(name) for name in names]
    accepted = col(Submission.state) == State.ACCEPTED
    return (
        select(
            *columns,
            accepted.label("accepted"),
            func.coalesce(_first_day() <= col(Period.due_on), false()).label("on_time"),
            case((accepted, col(Submission.progress)), else_=None).label("progress"),
        )
        .join(held, held.c.id == Submission.assignment_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(col(Submission.first_submitted_at).is_not(None))
        .order_by(held.c.unit_path, col(Period.position), col(Submission.id))
    )


def _claims(held: CTE) -> Select[Any]:
    """Accepted claims, in the order of their periods."""
    reported = func.least(_first_day(), col(Period.ends_on))
    return (
        select(
            col(Submission.assignment_id).label("assignment_id"),
            col(Claim.duty_id).label("duty_id"),
            col(Claim.outcome).label("outcome"),
            col(Claim.done_on).label("done_on"),
            reported.label("reported_on"),
        )
        .join(Submission, col(Submission.id) == Claim.submission_id)
        .join(held, held.c.id == Submission.assignment_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(col(Submission.state) == State.ACCEPTED)
        .order_by(col(Period.position), col(Claim.id))
    )


def _first_day() -> Any:
    """The day of the first hand-in, in Beijing."""
    return func.date(func.timezone(SHANGHAI.key, col(Submission.first_submitted_at)))
