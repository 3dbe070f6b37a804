"""Shapes of review steps and points at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from taizhang.core.schemas import Input, LongText, OptionalText, Output
from taizhang.workflow.rules import PointReason, PointTarget

PointText = Annotated[str, Field(min_length=1, max_length=2000)]


class PointInput(Input):
    """一条退回要点：针对哪一部分、什么原因、具体意见、何时前补正。"""

    target: Literal[
        PointTarget.WHOLE,
        PointTarget.PROGRESS,
        PointTarget.MEASURES,
        PointTarget.PROBLEMS,
        PointTarget.NEXT_STEPS,
        PointTarget.DUTY,
        PointTarget.EVIDENCE,
    ] = PointTarget.WHOLE
    target_id: Annotated[uuid.UUID | None, Field(description="针对某条要求或某件佐证时，其编号")] = None
    reason: PointReason
    text: PointText
    due_on: date | None = None


class AnswerInput(Input):
    """对一条退回要点的答复。"""

    point_id: uuid.UUID
    answer: PointText


class Note(Input):
    """附言，可不填。"""

    note: OptionalText = None


class ReturnInput(Input):
    """退回：至少一条要点，重新提交时须逐条答复。"""

    points: Annotated[list[PointInput], Field(min_length=1, max_length=50)]
    reason: OptionalText = None


class ReopenInput(Input):
    """重新打开已通过的记录，须写明理由。"""

    reason: Annotated[LongText, Field(min_length=1, max_length=2000)]


class PointPublic(Output):
    """一条退回要点及其答复。"""

    id: uuid.UUID
    target: PointTarget
    target_words: str
    target_id: uuid.UUID | None
    reason: PointReason
    reason_words: str
    text: str
    due_on: date | None
    raised_by: str
    raised_at: datetime
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    revision: int


class StepPublic(Output):
    """一步流转：谁在何时做了什么。"""

    action: str
    action_words: str
    actor_name: str
    unit_name: str
    at: datetime
    reason: str | None
    revision: int
