"""Releasing a period's progress to the public (进展公布): frozen when released, withdrawn with a reason.

What goes out is where each unit stood by what was accepted up to that period, and the office's own words. What units
wrote stays inside (``docs/decisions/0026``).
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.clock import local_day
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, Invalid, NotFound
from taizhang.plans import queries as plans
from taizhang.plans.models import Assignment, Duty, Period, Plan, PlanStatus, Task
from taizhang.progress.models import Claim, ProgressRelease, Submission
from taizhang.progress.release_schemas import ReleaseCreate, ReleaseWithdraw
from taizhang.progress.rules import ClaimFact, DutyFact, settlement
from taizhang.units.models import Unit
from taizhang.workflow.rules import State

CONSTRAINTS["uq_progress_release_shown"] = "这一期已经公布，撤下后才能重新公布"


def listing(session: Session, actor: Actor, plan_id: uuid.UUID) -> Sequence[tuple[ProgressRelease, Period]]:
    """A plan's releases, withdrawn ones included, newest first.

    Raises:
        NotFound: the plan is absent or outside the scope.
    """
    plans.one(session, actor, plan_id)
    statement = (
        rows(ProgressRelease, Period)
        .join(Period, col(Period.id) == ProgressRelease.period_id)
        .where(ProgressRelease.plan_id == plan_id)
        .order_by(col(ProgressRelease.released_at).desc(), col(ProgressRelease.id).desc())
    )
    return session.exec(statement).all()


def release(
    session: Session, actor: Actor, plan_id: uuid.UUID, data: ReleaseCreate, *, now: datetime
) -> tuple[ProgressRelease, Period]:
    """Make a period's progress public as it now stands.

    Raises:
        Conflict: the plan is not issued, the period is not over, or it is public already.
        Invalid: the period is not of this plan.
    """
    plan, _ = plans.one(session, actor, plan_id, lock=True)
    period = session.get(Period, data.period_id)
    if period is None or period.plan_id != plan.id:
        raise Invalid.field("#/period_id", "period-unknown", "分解表里没有这个填报周期")
    if plan.status is PlanStatus.DRAFT:
        raise Conflict("plan-not-issued", "分解表还没有印发")
    if period.ends_on >= local_day(now):
        raise Conflict("period-not-over", "这一期还没有结束", detail=f"{period.label}结束以后才能公布")
    found = ProgressRelease(
        plan_id=plan.id,
        period_id=period.id,
        statement=data.statement,
        standings=standings(session, plan, period),
        released_at=now,
        released_by=actor.user_id,
        released_by_name=actor.name,
    )
    session.add(found)
    session.flush()
    after = {"period": period.label, "statement": data.statement}
    audit.record(session, actor, "progress-release.publish", "progress_release", found.id, after=after)
    return found, period


def withdraw(
    session: Session, actor: Actor, plan_id: uuid.UUID, release_id: uuid.UUID, data: ReleaseWithdraw, *, now: datetime
) -> tuple[ProgressRelease, Period]:
    """Take a release back.

    Raises:
        NotFound: there is none such.
        Conflict: it was withdrawn before.
    """
    plans.one(session, actor, plan_id)
    statement = (
        rows(ProgressRelease, Period)
        .join(Period, col(Period.id) == ProgressRelease.period_id)
        .where(ProgressRelease.id == release_id, ProgressRelease.plan_id == plan_id)
        .with_for_update(of=ProgressRelease)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    row, _ = found
    if row.withdrawn_at is not None:
        raise Conflict("release-withdrawn", "已经撤下")
    row.withdrawn_at, row.withdrawn_by_name, row.withdraw_reason = now, actor.name, data.reason
    session.flush()
    after = {"reason": data.reason}
    audit.record(session, actor, "progress-release.withdraw", "progress_release", row.id, after=after)
    return found


def standings(session: Session, plan: Plan, period: Period) -> list[dict[str, Any]]:
    """Where every unit stood by what was accepted up to a period, in the order of the plan. Three questions in all."""
    connection = session.connection()
    parts = connection.execute(
        select(col(Assignment.id), col(Assignment.task_id), col(Assignment.unit_id), col(Assignment.role))
        .add_columns(col(Unit.short_name))
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(col(Assignment.plan_id) == plan.id)
        .order_by(col(Task.position), col(Assignment.role), col(Unit.path))
    ).all()
    duties = _duties(session, plan)
    reported, claims = _accepted(session, plan, period)
    found = []
    for part in parts:
        own = [duty for owner, duty in duties[part.task_id] if owner in (None, part.unit_id)]
        stand = settlement(own, claims[part.id], [], reported[part.id])
        said = {"task_id": str(part.task_id), "unit": part.short_name, "role": part.role.value, "state": stand.state}
        found.append(said)
    return found


def _duties(session: Session, plan: Plan) -> dict[uuid.UUID, list[tuple[uuid.UUID | None, DutyFact[uuid.UUID]]]]:
    found: dict[uuid.UUID, list[tuple[uuid.UUID | None, DutyFact[uuid.UUID]]]] = defaultdict(list)
    statement = rows(Duty).join(Task, col(Task.id) == Duty.task_id).where(Task.plan_id == plan.id)
    for duty in session.exec(statement):
        found[duty.task_id].append((duty.owner_unit_id, DutyFact(duty.id, duty.kind.value, duty.due_on)))
    return found


def _accepted(
    session: Session, plan: Plan, until: Period
) -> tuple[dict[uuid.UUID, set[uuid.UUID]], dict[uuid.UUID, list[ClaimFact[uuid.UUID]]]]:
    """Periods accepted and claims accepted, by assignment, no further than a period."""
    statement = (
        select(col(Submission.assignment_id), col(Submission.first_submitted_at), col(Period.id).label("period_id"))
        .add_columns(col(Period.ends_on), col(Claim.duty_id), col(Claim.outcome), col(Claim.done_on))
        .join(Period, col(Period.id) == Submission.period_id)
        .outerjoin(Claim, col(Claim.submission_id) == Submission.id)
        .where(
            col(Period.plan_id) == plan.id,
            col(Period.position) <= until.position,
            col(Submission.state) == State.ACCEPTED,
        )
        .order_by(col(Period.position))
    )
    reported: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    claims: dict[uuid.UUID, list[ClaimFact[uuid.UUID]]] = defaultdict(list)
    for row in session.connection().execute(statement):
        reported[row.assignment_id].add(row.period_id)
        if row.duty_id is not None:
            said_on = min(local_day(row.first_submitted_at), row.ends_on)
            claims[row.assignment_id].append(ClaimFact(row.duty_id, row.outcome, row.done_on, said_on))
    return reported, claims
