"""Writing what a submission says (填报内容): its texts, its claims, its evidence. Each list is replaced as a whole."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from taizhang.attachments import queries as evidence
from taizhang.core.problems import FieldError, Invalid
from taizhang.plans.models import Duty
from taizhang.progress import queries
from taizhang.progress.models import Claim, Submission, SubmissionEvidence
from taizhang.progress.rules import FIELD_WORDS
from taizhang.progress.schemas import ClaimInput, EvidenceLink, SubmissionCreate, SubmissionPatch

WHOLE: Sequence[uuid.UUID | None] = (None,)

Change = tuple[dict[str, Any], dict[str, Any]]
"""What was and what is, of that alone which differs."""


def write(
    session: Session,
    submission: Submission,
    duties: Sequence[Duty],
    data: SubmissionCreate | SubmissionPatch,
    *,
    fresh: bool = False,
) -> Change:
    """Write what ``data`` gives; the parts it leaves out stay. ``fresh``: nothing was written before.

    Raises:
        Invalid: a claim on a duty that does not apply, evidence that is not the unit's own (422, with pointers).
    """
    _check(session, submission, {duty.id for duty in duties}, data)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in FIELD_WORDS:
        given = getattr(data, name)
        if given is not None and given != getattr(submission, name):
            before[name], after[name] = getattr(submission, name), given
            setattr(submission, name, given)
    if data.claims is not None:
        claims = [] if fresh else [claim for claim, _ in queries.claims(session, submission.id)]
        _note("claims", _write_claims(session, submission.id, claims, data.claims), before, after)
    if data.evidence is not None:
        shown = {} if fresh else queries.evidence_duties(session, submission.id)
        _note("evidence", _write_evidence(session, submission, shown, data.evidence), before, after)
    return before, after


def _note(name: str, change: tuple[Any, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    if change[0] != change[1]:
        before[name], after[name] = change


def _check(
    session: Session, submission: Submission, duty_ids: set[uuid.UUID], data: SubmissionCreate | SubmissionPatch
) -> None:
    faults: list[FieldError] = []
    links = data.evidence or []
    own = evidence.of_unit(session, submission.unit_id, [link.evidence_id for link in links])
    seen: set[uuid.UUID] = set()
    for index, claim in enumerate(data.claims or []):
        faults += _duty_fault(f"#/claims/{index}/duty_id", claim.duty_id, duty_ids)
        if claim.duty_id in seen:
            faults.append(FieldError(f"#/claims/{index}/duty_id", "duty-repeated", "同一条要求申报了两次"))
        seen.add(claim.duty_id)
    shown: set[uuid.UUID] = set()
    for index, link in enumerate(links):
        if link.evidence_id not in own:
            faults.append(FieldError(f"#/evidence/{index}/evidence_id", "evidence-unknown", "本单位没有这件佐证材料"))
        if link.evidence_id in shown:
            faults.append(FieldError(f"#/evidence/{index}/evidence_id", "evidence-repeated", "同一件佐证附了两次"))
        shown.add(link.evidence_id)
        for place, duty_id in enumerate(link.duty_ids):
            faults += _duty_fault(f"#/evidence/{index}/duty_ids/{place}", duty_id, duty_ids)
    if faults:
        raise Invalid(errors=faults, detail=faults[0].detail)


def _duty_fault(pointer: str, duty_id: uuid.UUID, duty_ids: set[uuid.UUID]) -> list[FieldError]:
    return [] if duty_id in duty_ids else [FieldError(pointer, "duty-not-applicable", "这条要求不属于本单位承担的任务")]


def _write_claims(
    session: Session, submission_id: uuid.UUID, claims: Sequence[Claim], given: Sequence[ClaimInput]
) -> tuple[Any, Any]:
    held = [claim.model_dump(exclude={"id", "submission_id"}) for claim in claims]
    wanted = [claim.model_dump() for claim in given]
    if sorted(held, key=_by_duty) == sorted(wanted, key=_by_duty):
        return held, held
    if held:
        session.connection().execute(delete(Claim).where(col(Claim.submission_id) == submission_id))
    session.add_all(Claim(submission_id=submission_id, **claim) for claim in wanted)
    return held, wanted


def _by_duty(claim: dict[str, Any]) -> str:
    return str(claim["duty_id"])


def _write_evidence(
    session: Session, submission: Submission, held: dict[uuid.UUID, list[uuid.UUID]], given: Sequence[EvidenceLink]
) -> tuple[Any, Any]:
    wanted = {link.evidence_id: list(dict.fromkeys(link.duty_ids)) for link in given}
    if {key: set(duties) for key, duties in held.items()} == {key: set(duties) for key, duties in wanted.items()}:
        return held, held
    if held:
        session.connection().execute(
            delete(SubmissionEvidence).where(col(SubmissionEvidence.submission_id) == submission.id)
        )
    session.add_all(
        SubmissionEvidence(
            submission_id=submission.id, evidence_id=evidence_id, unit_id=submission.unit_id, duty_id=duty_id
        )
        for evidence_id, duty_ids in wanted.items()
        for duty_id in (duty_ids or WHOLE)
    )
    return _keyed(held), _keyed(wanted)


def _keyed(links: dict[uuid.UUID, list[uuid.UUID]]) -> dict[str, list[str]]:
    return {str(key): [str(duty_id) for duty_id in duties] for key, duties in links.items()}
