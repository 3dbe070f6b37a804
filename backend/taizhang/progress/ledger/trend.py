"""The trend (报送走势): who reported on time, period by period and unit by unit, in one statement."""

import uuid
from typing import Any

from sqlalchemy import CTE, Text, and_, cast, func, or_, select
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.core.clock import SHANGHAI
from taizhang.plans import queries as plans
from taizhang.plans.models import Assignment, Period, Plan
from taizhang.progress.ledger.queries import Day, in_sight, rows_as_json
from taizhang.progress.ledger.schemas import PlanBrief
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.workflow.rules import State


def body(session: Session, actor: Actor, plan_id: uuid.UUID, day: Day) -> bytes:
    """A plan's trend as JSON.

    Raises:
        NotFound: no such plan for this caller.
    """
    plan, _ = plans.one(session, actor, plan_id)
    report = _reports(actor, plan_id, day)
    periods = (
        select(*_columns(Period, "id", "label", "due_on"), *_tally(report))
        .join(report, report.c.period_id == Period.id)
        .group_by(col(Period.id))
        .order_by(col(Period.position))
    )
    units = (
        select(*_columns(Unit, "id", "name", "short_name"), *_tally(report))
        .join(report, report.c.unit_id == Unit.id)
        .group_by(col(Unit.id))
        .order_by(col(Unit.path))
    )
    parts = ("periods", rows_as_json(periods, "period_row"), "units", rows_as_json(units, "unit_row"))
    rest: str = session.connection().execute(select(cast(func.json_build_object(*parts), Text))).scalar_one()
    return f'{{"plan":{PlanBrief.model_validate(plan).model_dump_json()},{rest.lstrip()[1:]}'.encode()


def _reports(actor: Actor, plan_id: uuid.UUID, day: Day) -> CTE:
    """Reports that count, one row each: what was handed in, and what is past due of work not done before its period.

    The annual report counts by the same rule (``annual_reports.rules.expected``).
    """
    first_day = func.date(func.timezone(SHANGHAI.key, col(Submission.first_submitted_at)))
    handed_in = col(Submission.first_submitted_at).is_not(None)
    undone = or_(col(Assignment.completed_on).is_(None), col(Assignment.completed_on) >= col(Period.starts_on))
    of_period = and_(
        col(Submission.assignment_id) == Assignment.id,
        col(Submission.period_id) == Period.id,
        handed_in,
    )
    return (
        select(
            col(Assignment.unit_id).label("unit_id"),
            col(Period.id).label("period_id"),
            handed_in.label("handed_in"),
            (first_day <= col(Period.due_on)).label("on_time"),
            (col(Submission.state) == State.ACCEPTED).label("accepted"),
        )
        .select_from(Assignment)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Period, col(Period.plan_id) == Assignment.plan_id)
        .outerjoin(Submission, of_period)
        .where(
            col(Assignment.plan_id) == plan_id,
            in_sight(actor),
            or_(handed_in, and_(col(Period.due_on) < day.today, undone)),
        )
        .cte("report")
    )


def _tally(report: CTE) -> list[Any]:
    return [
        func.count().label("expected"),
        func.count().filter(report.c.on_time).label("on_time"),
        func.count().filter(report.c.handed_in, ~report.c.on_time).label("late"),
        func.count().filter(~report.c.handed_in).label("missing"),
        func.count().filter(report.c.accepted).label("accepted"),
    ]


def _columns(model: Any, *names: str) -> list[Any]:
    return [col(getattr(model, name)).label(name) for name in names]
