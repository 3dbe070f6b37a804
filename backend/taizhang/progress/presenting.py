"""A submission as its reader sees it (填报全貌): content, history, and what this caller may do next."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.accounts.models import AppUser
from taizhang.attachments import queries as evidence
from taizhang.core.clock import local_day
from taizhang.core.schemas import Ref
from taizhang.plans import queries as plans
from taizhang.plans.models import DutyJudgement, Period
from taizhang.plans.schemas import PeriodPublic
from taizhang.progress import changes, queries
from taizhang.progress.models import Claim, LatePermit, Submission
from taizhang.progress.queries import Dossier
from taizhang.progress.rules import FIELD_WORDS, PeriodState, difference, is_late
from taizhang.progress.schemas import (
    AssignedUnit,
    AssignmentBrief,
    ClaimChange,
    ClaimPublic,
    ComparedJudgement,
    EvidenceChanges,
    EvidenceMention,
    EvidenceShown,
    FieldChange,
    PreviousTexts,
    SubmissionChanges,
    SubmissionPublic,
    TaskBrief,
)
from taizhang.progress.settling import judged
from taizhang.workflow import queries as history
from taizhang.workflow import service as workflow
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import STATE_WORDS, Action, State, allowed_actions


def submission(session: Session, actor: Actor, dossier: Dossier, today: date) -> SubmissionPublic:
    """Everything about one submission."""
    row = dossier.submission
    said = plans.judgements(session, row.assignment_id)
    claims = [claim for claim, _ in queries.claims(session, row.id)]
    permit = queries.permits(session, row.assignment_id).get(row.period_id)
    window = queries.window(dossier.plan, dossier.period, permit)
    first_day = local_day(row.first_submitted_at) if row.first_submitted_at else None
    return SubmissionPublic(
        **row.model_dump(include={"id", "version", "state", "revision", "first_submitted_at", "submitted_at"}),
        **{name: getattr(row, name) for name in FIELD_WORDS},
        state_words=STATE_WORDS[row.state],
        assignment=_assignment(dossier),
        period=_period(dossier.period, window.state(today)),
        late=is_late(first_day, dossier.period.due_on),
        actions=_actions(actor, dossier, permit, today),
        claims=[_claim(claim) for claim in claims],
        judgements=_compared(claims, said),
        evidence=_evidence(session, row.id),
        points=[history.described_point(point) for point in history.points(session, row.id)],
        steps=[history.described_step(step) for step in history.steps(session, row.id)],
        created_by=Ref.model_validate(session.get_one(AppUser, row.created_by)),
        accepted_at=row.accepted_at,
        permit_until=permit.until if permit else None,
        previous=_previous(session, dossier),
    )


def _actions(actor: Actor, dossier: Dossier, permit: LatePermit | None, today: date) -> list[Action]:
    state = dossier.submission.state
    actions = allowed_actions(state, workflow.parts_of(actor, dossier.unit.path))
    if state is State.DRAFT and queries.window(dossier.plan, dossier.period, permit).refusal(today) is not None:
        return [action for action in actions if action is not Action.SUBMIT]
    return actions


def _assignment(dossier: Dossier) -> AssignmentBrief:
    return AssignmentBrief(
        id=dossier.assignment.id,
        task=TaskBrief.model_validate(dossier.task),
        unit=AssignedUnit.model_validate(dossier.unit),
        role=dossier.assignment.role,
    )


def _period(period: Period, state: PeriodState) -> PeriodPublic:
    return PeriodPublic(**period.model_dump(exclude={"plan_id"}), state=state)


def _claim(claim: Claim) -> ClaimPublic:
    return ClaimPublic(**claim.model_dump(exclude={"id", "submission_id"}))


def _compared(claims: Sequence[Claim], said: Mapping[uuid.UUID, DutyJudgement]) -> list[ComparedJudgement]:
    """What the registers say now, beside the claims."""
    claimed = {claim.duty_id: claim for claim in claims}
    return [
        ComparedJudgement(
            **dict(plans.described_judgement(found)),
            difference=difference(claim.outcome, claim.value, judged(found))
            if (claim := claimed.get(duty_id))
            else None,
        )
        for duty_id, found in said.items()
    ]


def _evidence(session: Session, submission_id: uuid.UUID) -> list[EvidenceShown]:
    links = queries.evidence_duties(session, submission_id)
    return [EvidenceShown(**item, duty_ids=links[item["id"]]) for item in evidence.described(session, links)]


def _previous(session: Session, dossier: Dossier) -> PreviousTexts | None:
    found = queries.previous(session, dossier.submission, dossier.period)
    if found is None:
        return None
    earlier, label = found
    return PreviousTexts(period_label=label, **{name: getattr(earlier, name) for name in FIELD_WORDS})


def _kept(claim: Claim) -> dict[str, Any]:
    """A claim as it is handed in; what was not to be explained is not mentioned."""
    said = _claim(claim).model_dump(mode="json")
    if claim.difference_reason is None:
        del said["difference_reason"]
    return said


def content(
    session: Session, row: Submission, claims: Sequence[Claim], points: Sequence[ReviewPoint]
) -> dict[str, Any]:
    """Everything a submission says now, as it is kept word for word when it is handed in."""
    return {
        **{name: getattr(row, name) for name in FIELD_WORDS},
        "claims": [_kept(claim) for claim in claims],
        "evidence": [
            item.model_dump(mode="json", exclude={"unit", "created_at"}) for item in _evidence(session, row.id)
        ],
        "answers": [{"point_id": str(point.id), "answer": point.answer} for point in points if point.answer],
    }


def differences(session: Session, dossier: Dossier, from_revision: int | None) -> SubmissionChanges:
    """What changed since a revision; unless one is named, since the one last returned, or the one before.

    While the unit is at work on it, its present words are compared with what it handed in.
    """
    row = dossier.submission
    at_work = row.state in (State.DRAFT, State.RETURNED)
    to_revision = row.revision + 1 if at_work else row.revision
    points = history.points(session, row.id)
    if from_revision is None:
        returned = [point.revision for point in points if point.revision < to_revision]
        from_revision = max(returned, default=to_revision - 1)
    before = queries.revision(session, row.id, from_revision) if from_revision < to_revision else None
    after = None if at_work else queries.revision(session, row.id, to_revision)
    claims = [claim for claim, _ in queries.claims(session, row.id)]
    now = after.content if after else content(session, row, claims, points)
    found = changes.difference(before.content if before else None, now)
    texts = {str(duty.id): duty.text for duty in queries.duties(session, dossier.task.id, dossier.unit.id)}
    return SubmissionChanges(
        from_revision=before.number if before else None,
        to_revision=to_revision,
        fields=[FieldChange.model_validate(change) for change in found.fields],
        claims=[
            ClaimChange(
                duty_id=uuid.UUID(shift.duty_id),
                duty_text=texts.get(shift.duty_id, ""),
                before=ClaimPublic.model_validate(shift.before) if shift.before else None,
                after=ClaimPublic.model_validate(shift.after) if shift.after else None,
            )
            for shift in found.claims
        ],
        evidence=EvidenceChanges(
            added=[EvidenceMention.model_validate(item) for item in found.added],
            removed=[EvidenceMention.model_validate(item) for item in found.removed],
            changed=[EvidenceMention.model_validate(item) for item in found.changed],
        ),
    )
