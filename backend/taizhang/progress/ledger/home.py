"""The home page (首页): what this caller should see first, by role, in one statement."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission, Role
from taizhang.core.lights import LightColour
from taizhang.plans import queries as plans
from taizhang.plans.models import Assignment, AssignmentState, ImportState, Period, Plan, PlanImport, PlanStatus
from taizhang.progress import listing
from taizhang.progress.ledger.queries import Day, rows_as_json, visible_to
from taizhang.progress.models import Submission
from taizhang.progress.schemas import SubmissionSort
from taizhang.units.models import Unit
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import State

SHOWN = 100
POINTS_SHOWN = 3


def body(session: Session, actor: Actor, day: Day) -> bytes:
    """Everything on the home page as JSON. A list that is not this role's business is empty."""
    lists = {
        "owed": _owed(actor, day) if actor.own_unit_only else None,
        "returned": _returned(actor, day) if actor.own_unit_only else None,
        "to_sign": _in_state(actor, State.SUBMITTED, day) if actor.role is Role.SIGNER else None,
        "to_review": _in_state(actor, State.SIGNED, day) if actor.role is Role.OFFICE else None,
        "silent": None if actor.own_unit_only else _silent(actor, day),
        "imports": _imports(actor) if actor.may(Permission.PLAN_WRITE) else None,
    }
    parts: list[Any] = []
    for name, statement in lists.items():
        parts += [name, rows_as_json(None if statement is None else statement.limit(SHOWN), name)]
    parts += ["counts", _counts(actor, day, lists)]
    text: str = session.connection().execute(select(cast(func.json_build_object(*parts), Text))).scalar_one()
    return text.encode()


def _owed(actor: Actor, day: Day) -> Select[Any]:
    """What the own unit has to report, missed periods first."""
    return (
        visible_to(actor, day)
        .where(_owing(day), col(Plan.status) == PlanStatus.ISSUED)
        .order_by(col(Assignment.report_due_on), col(Assignment.due_on).nulls_last(), col(Assignment.id))
    )


def _owing(day: Day) -> ColumnElement[bool]:
    """A period has opened, nothing has been handed in, and the work is not done. Wants the owed ``Period`` joined."""
    return and_(col(Period.opens_on) <= day.today, col(Assignment.state) != AssignmentState.COMPLETED)


def _in_state(actor: Actor, state: State, day: Day) -> Select[Any]:
    return listing.page(actor, listing.Filters(states=(state,)), SubmissionSort.OLDEST, day.today)


def _returned(actor: Actor, day: Day) -> Select[Any]:
    """With the points of the last return: a revision handed in and taken back unread has none of its own."""
    raised = ReviewPoint.__table__.alias("raised")  # type: ignore[attr-defined]
    last = (
        select(func.max(raised.c.revision))
        .where(raised.c.subject_id == col(Submission.id))
        .correlate(Submission)
        .scalar_subquery()
    )
    first = (
        select(col(ReviewPoint.text).label("text"), col(ReviewPoint.raised_at).label("at"))
        .where(col(ReviewPoint.subject_id) == Submission.id, col(ReviewPoint.revision) == last)
        .order_by(col(ReviewPoint.answer).is_not(None), col(ReviewPoint.raised_at), col(ReviewPoint.id))
        .limit(POINTS_SHOWN)
        .correlate(Submission)
        .subquery("first_point")
    )
    texts = func.json_agg(aggregate_order_by(first.c.text, first.c.at))
    points = select(func.coalesce(texts, func.json_build_array())).correlate(Submission).scalar_subquery()
    return _in_state(actor, State.RETURNED, day).add_columns(points.label("points"))


def _silent(actor: Actor, day: Day) -> Select[Any]:
    """Units of which reports are due and which have never handed one in."""
    reported = exists().where(
        col(Submission.unit_id) == Unit.id,
        col(Submission.first_submitted_at).is_not(None),
        col(Submission.assignment_id).in_(select(col(Assignment.id)).where(col(Assignment.plan_id) == Plan.id)),
    )
    columns: list[Any] = [col(getattr(Unit, name)).label(name) for name in ("id", "name", "short_name")]
    return (
        select(*columns, func.count().label("owed"))
        .select_from(Assignment)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Period, col(Period.id) == Assignment.report_period_id)
        .where(actor.scope(col(Unit.path)), col(Plan.status) == PlanStatus.ISSUED, _owing(day), ~reported)
        .group_by(col(Unit.id))
        .order_by(col(Unit.path), col(Unit.id))
    )


def _imports(actor: Actor) -> Select[Any]:
    """Documents read in that have not become a plan, with the phrases nobody has decided."""
    summary = col(PlanImport.draft)["summary"]
    undecided = sum(
        (func.coalesce(cast(summary[name].astext, Integer), 0) for name in ("undecided", "unknown")),
        start=cast(0, Integer),
    )
    head = plans.imports(actor).where(col(PlanImport.state) == ImportState.DRAFT)
    columns: list[Any] = [col(getattr(PlanImport, name)).label(name) for name in ("id", "title", "year", "created_at")]
    return head.with_only_columns(*columns, undecided.label("undecided"), maintain_column_froms=True)


def _counts(actor: Actor, day: Day, lists: dict[str, Select[Any] | None]) -> ColumnElement[Any]:
    shown = visible_to(actor, day).where(col(Plan.status) == PlanStatus.ISSUED)
    lit = shown.with_only_columns(day.colour.label("light"), maintain_column_froms=True).subquery("lit")
    lights = [(each.value, func.count().filter(lit.c.light == each.value)) for each in LightColour]
    numbers: list[Any] = [
        ("total", func.count()),
        ("overdue", func.count().filter(lit.c.light == LightColour.RED.value)),
        *lights,
    ]
    numbers += [(name, _number(statement)) for name, statement in lists.items()]
    pairs = (part for pair in numbers for part in pair)
    return select(func.json_build_object(*pairs)).select_from(lit).scalar_subquery()


def _number(statement: Select[Any] | None) -> ColumnElement[Any]:
    if statement is None:
        return literal(0)
    return select(func.count()).select_from(statement.order_by(None).subquery()).scalar_subquery()
