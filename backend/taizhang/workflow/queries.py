"""Reading the history of a reviewed record: its steps and its points, in the order they were made."""

import uuid
from collections.abc import Sequence

from sqlmodel import Session, col, select

from taizhang.workflow.models import ReviewPoint, ReviewStep
from taizhang.workflow.rules import ACTION_WORDS, REASON_WORDS, TARGET_WORDS, Action
from taizhang.workflow.schemas import PointPublic, StepPublic


def points(session: Session, subject_id: uuid.UUID) -> Sequence[ReviewPoint]:
    """Every point a record was ever returned for, oldest first."""
    statement = (
        select(ReviewPoint)
        .where(ReviewPoint.subject_id == subject_id)
        .order_by(col(ReviewPoint.raised_at), col(ReviewPoint.id))
    )
    return session.exec(statement).all()


def steps(session: Session, subject_id: uuid.UUID) -> Sequence[ReviewStep]:
    """Every step of a record, oldest first."""
    statement = (
        select(ReviewStep).where(ReviewStep.subject_id == subject_id).order_by(col(ReviewStep.at), col(ReviewStep.id))
    )
    return session.exec(statement).all()


def described_point(point: ReviewPoint) -> PointPublic:
    """A point with its words."""
    return PointPublic(
        target_words=TARGET_WORDS[point.target],
        reason_words=REASON_WORDS[point.reason],
        raised_by=point.raised_by_name,
        answered_by=point.answered_by_name,
        **point.model_dump(
            include={"id", "target", "target_id", "reason", "text", "due_on", "raised_at", "answer", "answered_at"}
        ),
        revision=point.revision,
    )


def described_step(step: ReviewStep) -> StepPublic:
    """A step with its words."""
    return StepPublic(
        action=step.action,
        action_words=ACTION_WORDS[Action(step.action)],
        actor_name=step.actor_name,
        unit_name=step.unit_name,
        at=step.at,
        reason=step.reason,
        revision=step.revision,
    )
