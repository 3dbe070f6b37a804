"""The board (看板): unit × task in one period, with counts per row and column, built by PostgreSQL in one statement."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Text, and_, cast, false, func, literal_column, or_, select
from sqlmodel import Session, col

from taizhang.access.actor import Actor, within
from taizhang.core.lights import LightColour
from taizhang.core.problems import NotFound
from taizhang.plans import queries as plans
from taizhang.plans.models import Assignment, AssignmentState, Period, Plan, Task
from taizhang.plans.schemas import PeriodPublic
from taizhang.progress import light_sql
from taizhang.progress.ledger.listing import within_unit
from taizhang.progress.ledger.queries import Day, in_sight, issued, rows_as_json
from taizhang.progress.ledger.schemas import PlanBrief
from taizhang.progress.listing import WAITS_FOR
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.workflow.rules import State


@dataclass(frozen=True, slots=True)
class Aim:
    """What the board is to show."""

    plan: uuid.UUID | None = None
    period: uuid.UUID | None = None
    category: str | None = None
    unit: uuid.UUID | None = None


def body(session: Session, actor: Actor, aim: Aim, day: Day) -> bytes:
    """The board as JSON: by default of the newest issued plan and the latest period that has opened.

    Raises:
        NotFound: no such plan or period for this caller, or nothing has been issued yet.
    """
    plan_id = aim.plan or session.connection().execute(_newest(actor)).scalar()
    if plan_id is None:
        raise NotFound("no-plan", "还没有印发的分解表")
    plan, _ = plans.one(session, actor, plan_id)
    periods = plans.periods(session, plan_id, today=day.today)
    period = _chosen(periods, aim.period)
    grid = _grid(_cells(actor, plan_id, period, aim, day), actor)
    head = ",".join(
        (
            f'"plan":{PlanBrief.model_validate(plan).model_dump_json()}',
            f'"periods":[{",".join(each.model_dump_json() for each in periods)}]',
            f'"period":{period.model_dump_json() if period else "null"}',
        )
    )
    rest: str = session.connection().execute(select(cast(grid, Text))).scalar_one()
    return f"{{{head},{rest.lstrip()[1:]}".encode()


def _newest(actor: Actor) -> Select[Any]:
    return (
        select(col(Plan.id))
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(within(col(Unit.path), actor.scope_path), issued())
        .order_by(col(Plan.year).desc(), col(Plan.created_at).desc(), col(Plan.id).desc())
        .limit(1)
    )


def _chosen(periods: list[PeriodPublic], wanted: uuid.UUID | None) -> PeriodPublic | None:
    if wanted is None:
        opened = [period for period in periods if period.state != "future"]
        return opened[-1] if opened else next(iter(periods), None)
    chosen = next((period for period in periods if period.id == wanted), None)
    if chosen is None:
        raise NotFound
    return chosen


def _cells(actor: Actor, plan_id: uuid.UUID, period: PeriodPublic | None, aim: Aim, day: Day) -> CTE:
    """One row an assignment. A report is owed of whatever is not completed, or was reported all the same."""
    handed_in = func.coalesce(col(Submission.first_submitted_at).is_not(None), false())
    owed = or_(col(Assignment.state) != AssignmentState.COMPLETED, handed_in) if period else false()
    of_period = and_(
        col(Submission.assignment_id) == Assignment.id, col(Submission.period_id) == (period.id if period else None)
    )
    columns: list[Any] = [
        *_columns(Assignment, "task_id", "unit_id", "state"),
        col(Assignment.id).label("assignment_id"),
        day.colour.label("light"),
        day.words.label("light_words"),
        col(Submission.state).label("submission_state"),
        col(Submission.id).label("submission_id"),
        owed.label("owed"),
        handed_in.label("handed_in"),
    ]
    statement = (
        select(*columns)
        .select_from(Assignment)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .outerjoin(Period, col(Period.id) == Assignment.report_period_id)
        .outerjoin(Submission, of_period)
        .where(col(Assignment.plan_id) == plan_id, in_sight(actor))
        .order_by(col(Task.position), col(Unit.path))
    )
    if aim.category is not None:
        statement = statement.where(col(Task.category) == aim.category)
    if aim.unit is not None:
        statement = statement.where(within_unit(aim.unit))
    return statement.cte("cell")


def _grid(cell: CTE, actor: Actor) -> ColumnElement[Any]:
    shown = ("task_id", "unit_id", "assignment_id", "light", "light_words", "state", "submission_state")
    tasks = (
        select(*_columns(Task, "id", "position", "category", "title"), *_tally(cell))
        .join(cell, cell.c.task_id == Task.id)
        .group_by(col(Task.id))
        .order_by(col(Task.position))
    )
    units = (
        select(*_columns(Unit, "id", "name", "short_name", "kind"), *_tally(cell))
        .join(cell, cell.c.unit_id == Unit.id)
        .group_by(col(Unit.id))
        .order_by(col(Unit.path))
    )
    cells = select(*(cell.c[name] for name in (*shown, "submission_id")))
    waiting = cell.c.submission_state.in_(WAITS_FOR.get(actor.role, ()))
    totals = select(
        *_tally(cell),
        func.count().filter(cell.c.light == LightColour.RED.value).label("overdue"),
        func.count().filter(waiting).label("waiting"),
    ).subquery("total")
    return func.json_build_object(
        "tasks",
        rows_as_json(tasks, "task_row"),
        "units",
        rows_as_json(units, "unit_row"),
        "cells",
        rows_as_json(cells, "cell_row"),
        "totals",
        select(func.row_to_json(literal_column("total"))).select_from(totals).scalar_subquery(),
    )


def _columns(model: Any, *names: str) -> list[Any]:
    return [col(getattr(model, name)).label(name) for name in names]


def _tally(cell: CTE) -> list[Any]:
    return [
        light_sql.tally(cell.c.light).label("lights"),
        func.count().filter(cell.c.owed).label("owed"),
        func.count().filter(cell.c.handed_in).label("submitted"),
        func.count().filter(cell.c.submission_state == State.ACCEPTED).label("accepted"),
    ]
