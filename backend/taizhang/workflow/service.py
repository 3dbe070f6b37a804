"""Moving a reviewed record along (流转): the step on record, the points raised and answered.

Which record it is, and what a step means for it, is the business of the package that owns it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.core.problems import Conflict, FieldError, Forbidden, Invalid
from taizhang.core.schemas import Input
from taizhang.workflow import queries, rules
from taizhang.workflow.models import ReviewPoint, ReviewStep
from taizhang.workflow.rules import ACTION_WORDS, STATE_WORDS, Action, Part, State
from taizhang.workflow.schemas import AnswerInput


@dataclass(frozen=True, slots=True)
class Subject:
    """The record under review, at one of its revisions."""

    type: str
    id: uuid.UUID
    revision: int


class Move(NamedTuple):
    """One step taken."""

    action: Action
    before: State
    after: State


def parts_of(actor: Actor, unit_path: str) -> frozenset[Part]:
    """The parts the caller plays towards a record of the unit at this path."""
    return rules.parts_of(actor.role, own_unit=actor.unit_path == unit_path, in_scope=actor.sees(unit_path))


def permitted(state: State, action: Action, parts: frozenset[Part], *, returned_before: bool = False) -> Move:
    """The step, if it may happen now.

    Raises:
        Forbidden: the action is never this caller's.
        Conflict: it is, but not in the record's present state (409, with ``state`` and ``actions``).
    """
    if not rules.ever_may(action, parts):
        raise Forbidden
    after = rules.next_state(state, action, parts, returned_before=returned_before)
    if after is None:
        raise Conflict(
            "submission-not-editable" if action is Action.EDIT else "step-not-allowed",
            "当前状态不允许这一步",
            detail=f"现为“{STATE_WORDS[state]}”，不能{ACTION_WORDS[action]}",
            state=state,
            actions=rules.allowed_actions(state, parts),
        )
    return Move(action, state, after)


def record_step(
    session: Session,
    actor: Actor,
    subject: Subject,
    move: tuple[str, str, str],
    *,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Put a step (action, state before and after) on record; it is never changed."""
    action, before, after = move
    session.add(
        ReviewStep(
            subject_type=subject.type,
            subject_id=subject.id,
            revision=subject.revision,
            action=action,
            from_state=before,
            to_state=after,
            actor_id=actor.user_id,
            actor_name=actor.name,
            unit_name=actor.unit_name,
            at=at,
            reason=reason,
        )
    )


def raise_points(session: Session, actor: Actor, subject: Subject, points: Sequence[Input], *, at: datetime) -> None:
    """Return a record for these points: :class:`PointInput`, or the owner's own shape of one."""
    session.add_all(
        ReviewPoint(
            subject_type=subject.type,
            subject_id=subject.id,
            revision=subject.revision,
            raised_by=actor.user_id,
            raised_by_name=actor.name,
            raised_at=at,
            **point.model_dump(),
        )
        for point in points
    )


def answer(session: Session, actor: Actor, subject: Subject, answers: Sequence[AnswerInput], *, at: datetime) -> int:
    """Answer points of the latest return; how many answers are new. Those of earlier rounds stand as they were.

    Raises:
        Invalid: a point that is not one of them (422 ``point-unknown``).
    """
    held = queries.points(session, subject.id)
    latest = max((point.revision for point in held), default=0)
    current = {point.id: point for point in held if point.revision == latest}
    faults = [
        FieldError(f"#/answers/{index}/point_id", "point-unknown", "没有这条待答复的退回要点")
        for index, given in enumerate(answers)
        if given.point_id not in current
    ]
    if faults:
        raise Invalid(errors=faults, detail=faults[0].detail)
    changed = [given for given in answers if current[given.point_id].answer != given.answer]
    for given in changed:
        point = current[given.point_id]
        point.answer, point.answered_at = given.answer, at
        point.answered_by, point.answered_by_name = actor.user_id, actor.name
    return len(changed)
