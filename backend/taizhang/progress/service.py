"""Reporting progress (进展填报): create, edit, and every step of the review, each in the caller's transaction.

Time is an argument, so that these functions serve requests, tests and the demonstration alike.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, FieldError, Invalid, NotFound, Problem
from taizhang.core.versions import check_version, require_version
from taizhang.plans import queries as plans
from taizhang.plans.judgements import Verdict
from taizhang.plans.models import Assignment, Duty, DutyJudgement, Period, Plan
from taizhang.progress import content, presenting, queries, rules, telling
from taizhang.progress.models import Claim, LatePermit, Submission, SubmissionRevision
from taizhang.progress.queries import Dossier
from taizhang.progress.schemas import (
    BatchResult,
    ClaimInput,
    LatePermitInput,
    Refusal,
    SubmissionCreate,
    SubmissionPatch,
)
from taizhang.progress.settling import judged, settle
from taizhang.units.models import Unit
from taizhang.workflow import queries as history
from taizhang.workflow import service as workflow
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import Action, PointReason, PointTarget, State
from taizhang.workflow.schemas import PointInput
from taizhang.workflow.service import Subject

SUBJECT = "submission"
CONSTRAINTS["uq_submission_assignment_id_period_id"] = "这一期已有填报，请打开已有的继续"
NAMED_FAULTS = {"point-unanswered", "difference-unexplained"}
REFUSALS = {
    "plan-not-issued": "分解表没有印发，或已经关闭",
    "period-not-open": "这一期还没有开放填报",
    "period-closed": "这一期已经关闭，请向区政务公开科申请补报",
}


# -- writing


def create(session: Session, actor: Actor, data: SubmissionCreate, *, now: datetime) -> Submission:
    """Begin a report on one period of an assignment of the caller's unit.

    Raises:
        NotFound: no such assignment or period within the caller's scope.
        Conflict: already begun (409 ``submission-exists``, with ``existing``), or the period takes no report now
            (``period-not-open``, ``period-closed``, ``plan-not-issued``).
        Invalid: see ``content.write``.
    """
    assignment, unit, task, plan = queries.assignment(session, actor, data.assignment_id, lock=True)
    period = _period(session, assignment, plan, data.period_id, local_day(now))
    if (existing := queries.existing(session, assignment.id, period.id)) is not None:
        detail = f"{period.label}已有填报，请打开已有的继续"
        raise Conflict("submission-exists", "这一期已有填报", detail=detail, existing=str(existing))
    workflow.permitted(State.DRAFT, Action.EDIT, workflow.parts_of(actor, unit.path))
    submission = Submission(
        assignment_id=assignment.id,
        period_id=period.id,
        unit_id=unit.id,
        created_by=actor.user_id,
        created_at=now,
        **data.model_dump(include=set(rules.FIELD_WORDS)),
    )
    session.add(submission)
    session.flush()
    duties = queries.duties(session, task.id, unit.id)
    data = _with_judged(session, assignment, duties, data)
    content.write(session, submission, duties, data, fresh=True)
    session.flush()
    after = data.model_dump(mode="json", exclude_defaults=True) | {"period": period.label}
    audit.record(session, actor, "submission.create", SUBJECT, submission.id, after=after)
    _publish(session, submission.id, unit, "create")
    return submission


def _with_judged(
    session: Session, assignment: Assignment, duties: Sequence[Duty], data: SubmissionCreate
) -> SubmissionCreate:
    """What the registers say is claimed without anyone typing it; what the unit says itself stands."""
    said = plans.judgements(session, assignment.id)
    given = {claim.duty_id for claim in data.claims}
    added = []
    for duty in duties:
        found = said.get(duty.id)
        if found is None or found.effective is Verdict.NOT_KEPT or duty.id in given:
            continue
        outcome, done_on = rules.prefilled(duty.kind.value, duty.due_on, judged(found))
        added.append(ClaimInput(duty_id=duty.id, outcome=outcome, value=found.value, done_on=done_on))
    return data.model_copy(update={"claims": [*data.claims, *added]}) if added else data


def _period(session: Session, assignment: Assignment, plan: Plan, wanted: uuid.UUID | None, today: date) -> Period:
    """The period asked for, else the one owed next, else the one now open; it must take reports."""
    periods = {period.id: period for period in queries.periods(session, plan.id)}
    permits = queries.permits(session, assignment.id)
    refusals = {key: queries.window(plan, period, permits.get(key)).refusal(today) for key, period in periods.items()}
    if wanted is None:
        owed = assignment.report_period_id
        taking = [key for key, refusal in refusals.items() if refusal is None]
        wanted = owed if owed in taking or not taking else taking[-1]
    if wanted is None or wanted not in periods:
        raise NotFound
    if (refusal := refusals[wanted]) is not None:
        raise _closed(refusal, periods[wanted])
    return periods[wanted]


def _closed(refusal: str, period: Period) -> Conflict:
    dates = f"{period.label}：{period.opens_on}开放，{period.due_on}应报，{period.closes_on}关闭"
    return Conflict(refusal, REFUSALS[refusal], detail=f"{REFUSALS[refusal]}（{dates}）")


def edit(
    session: Session,
    actor: Actor,
    submission_id: uuid.UUID,
    data: SubmissionPatch,
    if_match: str | None,
    *,
    now: datetime,
) -> Submission:
    """Change a draft or a returned report, and answer the points it was returned with.

    Raises:
        NotFound, Conflict (409 ``submission-not-editable``).
        PreconditionRequired, Stale: see ``core.versions``; the present record is in the answer.
        Invalid: see ``content.write`` and ``workflow.service.answer``.
    """
    dossier = queries.dossier(session, actor, submission_id, lock=True)
    submission = dossier.submission
    require_version(if_match, submission.version, current=_current(session, actor, dossier, now))
    workflow.permitted(submission.state, Action.EDIT, workflow.parts_of(actor, dossier.unit.path))
    duties = queries.duties(session, dossier.task.id, dossier.unit.id)
    before, after = content.write(session, submission, duties, data)
    if workflow.answer(session, actor, _subject(submission), data.answers, at=now):
        after["answers"] = [answer.model_dump() for answer in data.answers]
    if after:
        submission.version += 1
        session.flush()
        audit.record(session, actor, "submission.edit", SUBJECT, submission.id, before=before, after=after)
        _publish(session, submission.id, dossier.unit, "edit")
    return submission


# -- steps


def act(
    session: Session,
    actor: Actor,
    submission_id: uuid.UUID,
    action: Action,
    *,
    now: datetime,
    if_match: str | None = None,
    points: Sequence[PointInput] = (),
    reason: str | None = None,
) -> Submission:
    """Take one step: submit, sign, accept, return (with points), withdraw, or reopen (with a reason).

    Raises:
        NotFound, Forbidden, Conflict (409 ``step-not-allowed``), Stale.
        Invalid: submitting what is not complete, or returning with points that aim at nothing (422, with pointers).
    """
    dossier = queries.dossier(session, actor, submission_id, lock=True)
    submission, unit = dossier.submission, dossier.unit
    check_version(if_match, submission.version, current=_current(session, actor, dossier, now))
    returned_before = action is Action.WITHDRAW and bool(history.points(session, submission.id))
    parts = workflow.parts_of(actor, unit.path)
    move = workflow.permitted(submission.state, action, parts, returned_before=returned_before)
    if action is Action.SUBMIT:
        _hand_in(session, actor, dossier, now)
    elif action is Action.WITHDRAW and move.after is State.DRAFT:
        # Taken back unread: timeliness is counted from the next hand-in.
        submission.first_submitted_at = submission.submitted_at = None
    elif action in (Action.RETURN, Action.REOPEN):
        _send_back(session, actor, dossier, _points(action, points, reason), now)
    submission.accepted_at = now if move.after is State.ACCEPTED else None
    submission.state = move.after
    submission.version += 1
    workflow.record_step(session, actor, _subject(submission), move, at=now, reason=reason)
    settled = action is not Action.SIGN and settle(session, dossier.assignment)
    session.flush()
    states = ({"state": move.before}, {"state": move.after, "revision": submission.revision, "reason": reason})
    audit.record(session, actor, f"submission.{action}", SUBJECT, submission.id, before=states[0], after=states[1])
    _publish(session, submission.id, unit, action)
    if settled:
        notify.publish(
            session, "assignment", dossier.assignment.id, action="settle", unit_id=unit.id, unit_path=unit.path
        )
    telling.of_step(session, dossier, action, now=now)
    return submission


def _hand_in(session: Session, actor: Actor, dossier: Dossier, now: datetime) -> None:
    submission, today = dossier.submission, local_day(now)
    if submission.state is State.DRAFT:
        permit = queries.permits(session, submission.assignment_id).get(submission.period_id)
        refusal = queries.window(dossier.plan, dossier.period, permit).refusal(today)
        if refusal is not None:
            raise _closed(refusal, dossier.period)
    claims, points = queries.claims(session, submission.id), history.points(session, submission.id)
    _require_complete(submission, claims, points, plans.judgements(session, submission.assignment_id), today)
    submission.revision += 1
    submission.submitted_at = now
    submission.first_submitted_at = submission.first_submitted_at or now
    session.add(
        SubmissionRevision(
            submission_id=submission.id,
            number=submission.revision,
            content=presenting.content(session, submission, [claim for claim, _ in claims], points),
            made_at=now,
            made_by=actor.user_id,
        )
    )


def _require_complete(
    submission: Submission,
    claims: Sequence[tuple[Claim, Duty]],
    points: Sequence[ReviewPoint],
    said: Mapping[uuid.UUID, DutyJudgement],
    today: date,
) -> None:
    claimed = [
        rules.ClaimedDuty(
            kind=duty.kind.value,
            due_on=duty.due_on,
            threshold=(duty.threshold["op"], float(duty.threshold["value"])) if duty.threshold else None,
            outcome=claim.outcome,
            value=claim.value,
            done_on=claim.done_on,
            judged=judged(said[duty.id]) if duty.id in said else None,
            difference_reason=claim.difference_reason,
        )
        for claim, duty in claims
    ]
    answered = [point.answer is not None for point in points]
    faults = rules.faults(submission.progress, claimed, answered, today)
    if faults:
        codes = {fault.code for fault in faults}
        code = codes.pop() if len(codes) == 1 and codes <= NAMED_FAULTS else "submission-incomplete"
        errors = [FieldError(*fault) for fault in faults]
        raise Invalid(code, "还不能提交", detail="；".join(dict.fromkeys(f.detail for f in faults)), errors=errors)


def _points(action: Action, points: Sequence[PointInput], reason: str | None) -> Sequence[PointInput]:
    if action is Action.REOPEN:
        if not reason:
            raise Invalid.field("#/reason", "missing", "必须填写")
        return [PointInput(target=PointTarget.WHOLE, reason=PointReason.OTHER, text=reason)]
    if not points:
        raise Invalid.field("#/points", "too_short", "退回须至少写明一条要点")
    return points


def _send_back(session: Session, actor: Actor, dossier: Dossier, points: Sequence[PointInput], now: datetime) -> None:
    duties = {duty.id for duty in queries.duties(session, dossier.task.id, dossier.unit.id)}
    shown = queries.evidence_duties(session, dossier.submission.id)
    aims = {PointTarget.DUTY: duties, PointTarget.EVIDENCE: set(shown)}
    faults = [
        FieldError(f"#/points/{index}/target_id", "target-unknown", "这件填报里没有所指的要求或佐证")
        for index, point in enumerate(points)
        if (point.target_id is not None or point.target in aims) and point.target_id not in aims.get(point.target, ())
    ]
    today = local_day(now)
    faults += [
        FieldError(f"#/points/{index}/due_on", "date-in-past", "补正期限已经过去")
        for index, point in enumerate(points)
        if point.due_on is not None and point.due_on < today
    ]
    if faults:
        raise Invalid(errors=faults, detail=faults[0].detail)
    workflow.raise_points(session, actor, _subject(dossier.submission), points, at=now)


def batch(session: Session, actor: Actor, action: Action, ids: Sequence[uuid.UUID], *, now: datetime) -> BatchResult:
    """Take the same step on many, each for itself: one refusal undoes nothing of the others."""
    done: list[uuid.UUID] = []
    refused: list[Refusal] = []
    for submission_id in sorted(set(ids)):
        try:
            with session.begin_nested():
                act(session, actor, submission_id, action, now=now)
            done.append(submission_id)
        except Problem as problem:
            body = problem.body(instance=f"/api/v1/progress-submissions/{submission_id}/{action}", request_id="")
            refused.append(Refusal(id=submission_id, problem=body))
    return BatchResult(done=done, refused=refused)


# -- late permits


def permit(
    session: Session, actor: Actor, assignment_id: uuid.UUID, data: LatePermitInput, *, now: datetime
) -> LatePermit:
    """Give leave to report on a period after it has closed; given again, it is prolonged.

    Raises:
        NotFound: no such assignment within the caller's scope.
        Invalid: the period is not the plan's, or the leave would have ended before it began (422).
    """
    assignment, unit, _, plan = queries.assignment(session, actor, assignment_id, lock=True)
    period = next((each for each in queries.periods(session, plan.id) if each.id == data.period_id), None)
    if period is None:
        raise Invalid.field("#/period_id", "period-unknown", "分解表没有这个填报周期")
    if data.until < local_day(now):
        raise Invalid.field("#/until", "date-in-past", "补报截止日已经过去")
    held = queries.permits(session, assignment.id).get(period.id)
    before = {"reason": held.reason, "until": held.until} if held else None
    granted = held or LatePermit(assignment_id=assignment.id, period_id=period.id)
    granted.reason, granted.until = data.reason, data.until
    granted.granted_by, granted.granted_by_name, granted.granted_at = actor.user_id, actor.name, now
    session.add(granted)
    session.flush()
    after = {"period": period.label, "reason": data.reason, "until": data.until}
    audit.record(session, actor, "late-permit.grant", "assignment", assignment.id, before=before, after=after)
    notify.publish(session, "assignment", assignment.id, action="late-permit", unit_id=unit.id, unit_path=unit.path)
    telling.of_permit(session, unit, assignment, period, granted)
    return granted


# -- shared


def _subject(submission: Submission) -> Subject:
    return Subject(SUBJECT, submission.id, submission.revision)


def _current(session: Session, actor: Actor, dossier: Dossier, now: datetime) -> Callable[[], object]:
    return lambda: presenting.submission(session, actor, dossier, local_day(now)).model_dump(mode="json")


def _publish(session: Session, submission_id: uuid.UUID, unit: Unit, action: str) -> None:
    notify.publish(session, SUBJECT, submission_id, action=action, unit_id=unit.id, unit_path=unit.path)
