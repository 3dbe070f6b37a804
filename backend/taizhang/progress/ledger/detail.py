"""One assignment in full (责任分工详情): its duties with what was last said of each, and every report on it."""

import uuid
from typing import Any

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.core.clock import local_day
from taizhang.core.lights import LightColour
from taizhang.core.problems import NotFound
from taizhang.plans import queries as plans
from taizhang.plans import rules
from taizhang.plans.models import Assignment, Period, Plan, PlanStatus
from taizhang.plans.schemas import DutyPublic, PeriodPublic
from taizhang.progress import queries as progress
from taizhang.progress.ledger import listing, queries
from taizhang.progress.ledger.listing import Filters
from taizhang.progress.ledger.queries import Day
from taizhang.progress.ledger.schemas import (
    AssignedDuty,
    AssignmentDetail,
    AssignmentSort,
    DutyClaim,
    SubmissionMention,
    TaskLedger,
)
from taizhang.progress.models import Claim, Submission
from taizhang.progress.rules import OUTCOME_WORDS, Window, is_late
from taizhang.units.models import Unit
from taizhang.workflow.rules import STATE_WORDS, State

HANDED_IN = (State.SUBMITTED, State.SIGNED, State.ACCEPTED)


def assignment(session: Session, actor: Actor, assignment_id: uuid.UUID, day: Day) -> AssignmentDetail:
    """Everything about one assignment.

    Raises:
        NotFound: absent, outside the scope, or of a plan not yet issued.
    """
    statement = queries.visible_to(actor, day).where(col(Assignment.id) == assignment_id)
    row = session.connection().execute(statement).mappings().one_or_none()
    if row is None:
        raise NotFound
    held, unit, _, plan = progress.assignment(session, actor, assignment_id)
    claims, said = _claims(session, assignment_id), plans.judgements(session, assignment_id)
    duties = [
        AssignedDuty(
            **duty.model_dump(),
            claim=claims.get(duty.id),
            judgement=plans.described_judgement(said[duty.id]) if duty.id in said else None,
        )
        for duty in plans.duties(session, row["task"]["id"])
        if _applies(duty, row["unit"]["id"])
    ]
    return AssignmentDetail.model_validate(
        {
            **row,
            **held.model_dump(include={"version", "contact", "note"}),
            "duties": duties,
            "submissions": _submissions(session, assignment_id, day),
            "actions": _actions(session, actor, held, unit, plan, day),
        }
    )


def _applies(duty: DutyPublic, unit_id: str) -> bool:
    return duty.owner_unit is None or str(duty.owner_unit.id) == unit_id


def _claims(session: Session, assignment_id: uuid.UUID) -> dict[uuid.UUID, DutyClaim]:
    """What was last said of each duty: the latest accepted word, else the latest handed in."""
    statement = (
        select(Claim, Submission.state, Period.label)
        .join(Submission, col(Submission.id) == Claim.submission_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(Submission.assignment_id == assignment_id, col(Submission.state).in_(HANDED_IN))
        .order_by((col(Submission.state) == State.ACCEPTED), col(Period.position))
    )
    return {
        claim.duty_id: DutyClaim(
            **claim.model_dump(include={"outcome", "value", "done_on", "note"}),
            outcome_words=OUTCOME_WORDS[claim.outcome],
            accepted=state is State.ACCEPTED,
            period_label=label,
        )
        for claim, state, label in session.exec(statement)
    }


def _submissions(session: Session, assignment_id: uuid.UUID, day: Day) -> list[SubmissionMention]:
    statement = (
        select(Submission, Period)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(Submission.assignment_id == assignment_id)
        .order_by(col(Period.position).desc())
    )
    return [_mention(submission, period, day) for submission, period in session.exec(statement)]


def _mention(submission: Submission, period: Period, day: Day) -> SubmissionMention:
    first_day = local_day(submission.first_submitted_at) if submission.first_submitted_at else None
    kept: dict[str, Any] = submission.model_dump(
        include={"id", "state", "first_submitted_at", "submitted_at", "revision"}
    )
    return SubmissionMention(
        **kept,
        state_words=STATE_WORDS[submission.state],
        period=described_period(period, day),
        late=is_late(first_day, period.due_on),
    )


def described_period(period: Period, day: Day) -> PeriodPublic:
    """A period and where it stands."""
    state = Window(period.opens_on, period.due_on, period.closes_on).state(day.today)
    return PeriodPublic(**period.model_dump(exclude={"plan_id"}), state=state)


def _actions(session: Session, actor: Actor, held: Assignment, unit: Unit, plan: Plan, day: Day) -> list[str]:
    """``report``: a period takes a report the unit has not begun; ``permit``: leave may be given for a closed one;
    ``edit``: contact and note may be changed."""
    actions = _reporting(session, actor, held, unit, plan, day) if plan.status is PlanStatus.ISSUED else []
    return actions + ["edit"] * (actor.may(Permission.PLAN_WRITE) and plan.status is not PlanStatus.CLOSED)


def _reporting(session: Session, actor: Actor, held: Assignment, unit: Unit, plan: Plan, day: Day) -> list[str]:
    actions: list[str] = []
    if actor.may(Permission.PROGRESS_WRITE) and unit.id == actor.unit_id:
        begun = set(session.exec(select(Submission.period_id).where(Submission.assignment_id == held.id)))
        permits = progress.permits(session, held.id)
        if any(
            period.id not in begun and progress.window(plan, period, permits.get(period.id)).refusal(day.today) is None
            for period in progress.periods(session, plan.id)
        ):
            actions.append("report")
    if actor.may(Permission.LATE_PERMIT):
        actions.append("permit")
    return actions


def task(session: Session, actor: Actor, task_id: uuid.UUID, day: Day) -> TaskLedger:
    """One task with its units and their lights.

    Raises:
        NotFound: absent or outside the caller's scope.
    """
    head = plans.task(session, actor, task_id)
    plan, _ = plans.one(session, actor, head["plan_id"])
    statement = listing.page(actor, Filters(task=task_id), AssignmentSort.UNIT, day)
    parts = session.connection().execute(statement).mappings().all()
    return TaskLedger.model_validate(
        {
            **head,
            "plan": {"id": plan.id, "name": plan.title},
            "duties": plans.duties(session, task_id),
            "assignments": parts,
            "lights": {each.value: sum(part["light"] == each for part in parts) for each in LightColour},
            "actions": rules.task_actions(plan.status, may_write=actor.may(Permission.PLAN_WRITE)),
        }
    )
