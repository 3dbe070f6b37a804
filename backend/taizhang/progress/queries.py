"""Reading submissions: the record with everything around it, and the rows its rules need."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.core.problems import NotFound
from taizhang.plans.models import Assignment, Duty, Period, Plan, PlanStatus, Task
from taizhang.progress.models import Claim, LatePermit, Submission, SubmissionEvidence, SubmissionRevision
from taizhang.progress.rules import Window
from taizhang.units.models import Unit


class Dossier(NamedTuple):
    """A submission and what it belongs to (卷宗)."""

    submission: Submission
    assignment: Assignment
    unit: Unit
    task: Task
    plan: Plan
    period: Period


def dossier(session: Session, actor: Actor, submission_id: uuid.UUID, *, lock: bool = False) -> Dossier:
    """A submission within the caller's scope; locked together with its assignment, so that steps on it queue up.

    Raises:
        NotFound: absent or outside the scope.
    """
    statement = (
        select(Submission, Assignment, Unit)
        .join(Assignment, col(Assignment.id) == Submission.assignment_id)
        .join(Unit, col(Unit.id) == Submission.unit_id)
        .where(Submission.id == submission_id, actor.scope(col(Unit.path)))
    )
    if lock:
        statement = statement.with_for_update(of=[Submission, Assignment]).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    submission, assignment, unit = found
    task, plan, period = _surroundings(session, assignment.task_id, submission.period_id)
    return Dossier(submission, assignment, unit, task, plan, period)


def _surroundings(session: Session, task_id: uuid.UUID, period_id: uuid.UUID) -> tuple[Task, Plan, Period]:
    statement = (
        select(Task, Plan, Period)
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Period, col(Period.plan_id) == Plan.id)
        .where(Task.id == task_id, Period.id == period_id)
    )
    return session.exec(statement).one()


def assignment(
    session: Session, actor: Actor, assignment_id: uuid.UUID, *, lock: bool = False
) -> tuple[Assignment, Unit, Task, Plan]:
    """An assignment within the caller's scope.

    Raises:
        NotFound: absent or outside the scope.
    """
    statement = (
        select(Assignment, Unit, Task, Plan)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .where(Assignment.id == assignment_id, actor.scope(col(Unit.path)))
    )
    if lock:
        statement = statement.with_for_update(of=Assignment).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def periods(session: Session, plan_id: uuid.UUID) -> Sequence[Period]:
    """A plan's reporting periods in order."""
    return session.exec(select(Period).where(Period.plan_id == plan_id).order_by(col(Period.position))).all()


def permits(session: Session, assignment_id: uuid.UUID) -> dict[uuid.UUID, LatePermit]:
    """Late permits of an assignment, by period."""
    statement = select(LatePermit).where(LatePermit.assignment_id == assignment_id)
    return {permit.period_id: permit for permit in session.exec(statement)}


def window(plan: Plan, period: Period, permit: LatePermit | None) -> Window:
    """When a report on this period may be handed in."""
    return Window(
        period.opens_on,
        period.due_on,
        period.closes_on,
        plan_issued=plan.status is PlanStatus.ISSUED,
        permit_until=permit.until if permit else None,
    )


def duties(session: Session, task_id: uuid.UUID, unit_id: uuid.UUID) -> Sequence[Duty]:
    """The duties of a task that apply to a unit: all but those another unit owns."""
    statement = (
        select(Duty)
        .where(Duty.task_id == task_id, or_(col(Duty.owner_unit_id).is_(None), col(Duty.owner_unit_id) == unit_id))
        .order_by(col(Duty.position))
    )
    return session.exec(statement).all()


def claims(session: Session, submission_id: uuid.UUID) -> list[tuple[Claim, Duty]]:
    """A submission's claims with their duties, in the duties' order."""
    statement = (
        select(Claim, Duty)
        .join(Duty, col(Duty.id) == Claim.duty_id)
        .where(Claim.submission_id == submission_id)
        .order_by(col(Duty.position), col(Duty.id))
    )
    return list(session.exec(statement).all())


def evidence_duties(session: Session, submission_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The evidence a submission shows: for each piece the duties it is for, none meaning the whole."""
    statement = (
        select(SubmissionEvidence)
        .where(SubmissionEvidence.submission_id == submission_id)
        .order_by(col(SubmissionEvidence.evidence_id), col(SubmissionEvidence.id))
    )
    shown: dict[uuid.UUID, list[uuid.UUID]] = {}
    for link in session.exec(statement):
        shown.setdefault(link.evidence_id, []).extend([link.duty_id] if link.duty_id else [])
    return shown


def existing(session: Session, assignment_id: uuid.UUID, period_id: uuid.UUID) -> uuid.UUID | None:
    """The submission already made for a period, if any."""
    statement = select(Submission.id).where(
        Submission.assignment_id == assignment_id, Submission.period_id == period_id
    )
    return session.exec(statement).one_or_none()


def previous(session: Session, submission: Submission, period: Period) -> tuple[Submission, str] | None:
    """The last earlier period's submission of the same assignment that was handed in, with the period's label."""
    statement = (
        select(Submission, Period.label)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(
            Submission.assignment_id == submission.assignment_id,
            col(Submission.first_submitted_at).is_not(None),
            Period.position < period.position,
        )
        .order_by(col(Period.position).desc())
        .limit(1)
    )
    return session.exec(statement).one_or_none()


def revision(session: Session, submission_id: uuid.UUID, number: int) -> SubmissionRevision | None:
    """One snapshot of what was handed in."""
    statement = select(SubmissionRevision).where(
        SubmissionRevision.submission_id == submission_id, SubmissionRevision.number == number
    )
    return session.exec(statement).one_or_none()
