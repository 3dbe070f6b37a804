"""Settling an assignment (办理情况结算): gathers the facts, asks the rules, writes what they say."""

import uuid

from sqlalchemy import or_, select
from sqlmodel import Session, col

from taizhang.core.clock import local_day
from taizhang.plans import queries as plans
from taizhang.plans.models import Assignment, AssignmentState, Duty, DutyJudgement, Period
from taizhang.progress.models import Claim, Submission
from taizhang.progress.rules import AssignmentFacts, ClaimFact, DutyFact, JudgedDuty, PeriodFact, settlement
from taizhang.workflow.rules import State

Facts = AssignmentFacts[uuid.UUID]


def settle(session: Session, assignment: Assignment) -> bool:
    """Bring an assignment's facts up to date with its submissions; whether anything changed.

    The caller holds the assignment's row locked. Its version stays: what is settled is no edit of somebody's, and must
    not make a workbook exported before it look out of date. Nothing here depends on the day: what is overdue is read
    from these facts when somebody looks.
    """
    session.flush()
    facts = gather(session, assignment)
    values = {
        "state": AssignmentState(facts.state),
        "due_on": facts.due_on,
        "completed_on": facts.completed_on,
        "was_late": facts.was_late,
        "report_period_id": facts.report_period_id,
        "report_due_on": facts.report_due_on,
    }
    changed = {name: value for name, value in values.items() if getattr(assignment, name) != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(assignment, name, value)
    return True


def gather(session: Session, assignment: Assignment) -> Facts:
    """Where an assignment stands by what was reported and accepted."""
    connection = session.connection()
    own = or_(col(Duty.owner_unit_id).is_(None), col(Duty.owner_unit_id) == assignment.unit_id)
    duties = connection.execute(
        select(col(Duty.id), col(Duty.kind), col(Duty.due_on)).where(col(Duty.task_id) == assignment.task_id, own)
    )
    periods = connection.execute(
        select(col(Period.id), col(Period.due_on), col(Period.ends_on))
        .where(col(Period.plan_id) == assignment.plan_id)
        .order_by(col(Period.position))
    ).all()
    handed_in = connection.execute(
        select(col(Submission.period_id), col(Submission.first_submitted_at)).where(
            col(Submission.assignment_id) == assignment.id, col(Submission.first_submitted_at).is_not(None)
        )
    ).all()
    ends = {period.id: period.ends_on for period in periods}
    reported_on = {row.period_id: min(local_day(row.first_submitted_at), ends[row.period_id]) for row in handed_in}
    claims = connection.execute(
        select(col(Claim.duty_id), col(Claim.outcome), col(Claim.done_on), col(Submission.period_id))
        .join(Submission, col(Submission.id) == Claim.submission_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(col(Submission.assignment_id) == assignment.id, col(Submission.state) == State.ACCEPTED)
        .order_by(col(Period.position))
    )
    return settlement(
        [DutyFact(duty.id, duty.kind.value, duty.due_on) for duty in duties],
        [ClaimFact(claim.duty_id, claim.outcome, claim.done_on, reported_on[claim.period_id]) for claim in claims],
        [PeriodFact(period.id, period.due_on) for period in periods],
        set(reported_on),
        {duty_id: judged(found) for duty_id, found in plans.judgements(session, assignment.id).items()},
    )


def judged(found: DutyJudgement) -> JudgedDuty:
    """What counts of a judgement: the office's word and day where it gave them, the register's figure."""
    done_on = found.overruled_done_on if found.overruled_verdict else found.done_on
    return JudgedDuty(found.effective, found.value, found.unit_words, done_on, found.final)
