"""Shapes of progress submissions at the interface."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from taizhang.attachments.schemas import EvidencePublic
from taizhang.core.paging import Page
from taizhang.core.schemas import Input, LongText, OptionalText, Output, Ref
from taizhang.plans.models import AssignmentRole
from taizhang.plans.schemas import DutyJudgementPublic, PeriodPublic
from taizhang.progress.rules import ClaimOutcome
from taizhang.workflow.rules import Action, State
from taizhang.workflow.schemas import AnswerInput, PointPublic, StepPublic

# -- what callers send


class ClaimInput(Input):
    """对一条要求的申报。"""

    duty_id: uuid.UUID
    outcome: ClaimOutcome
    value: Annotated[float | None, Field(ge=0, le=1e12, allow_inf_nan=False, description="门槛类要求的数值")] = None
    done_on: Annotated[date | None, Field(description="完成日期")] = None
    note: OptionalText = None
    difference_reason: Annotated[OptionalText, Field(description="与专项台账不一致的，须说明原因")] = None


class EvidenceLink(Input):
    """所附的一件佐证，以及它证明哪些要求；不指明即为整体。"""

    evidence_id: uuid.UUID
    duty_ids: Annotated[list[uuid.UUID], Field(max_length=50)] = []


Claims = Annotated[list[ClaimInput], Field(max_length=100)]
EvidenceLinks = Annotated[list[EvidenceLink], Field(max_length=50)]


class SubmissionCreate(Input):
    """新建一期填报（草稿）；不指明周期时取下一个应报周期。"""

    assignment_id: uuid.UUID
    period_id: uuid.UUID | None = None
    progress: LongText = ""
    measures: LongText = ""
    problems: LongText = ""
    next_steps: LongText = ""
    claims: Claims = []
    evidence: EvidenceLinks = []


class SubmissionPatch(Input):
    """修改草稿或退回件；没有给出的项不变，逐条申报与佐证各以整份清单替换。"""

    progress: LongText | None = None
    measures: LongText | None = None
    problems: LongText | None = None
    next_steps: LongText | None = None
    claims: Claims | None = None
    evidence: EvidenceLinks | None = None
    answers: Annotated[list[AnswerInput], Field(max_length=50)] = []


class BatchInput(Input):
    """成批提交、签发或审核通过；逐件办理，互不影响。"""

    action: Literal["submit", "sign", "accept"]
    ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=100)]


class LatePermitInput(Input):
    """准予补报：哪一期、为何、到哪天为止。"""

    period_id: uuid.UUID
    reason: Annotated[LongText, Field(min_length=1, max_length=2000)]
    until: date


# -- what we answer


class TaskBrief(Output):
    """任务。"""

    id: uuid.UUID
    position: int
    category: str
    title: str


class AssignedUnit(Output):
    """承担任务的单位。"""

    id: uuid.UUID
    name: str
    short_name: str
    path: str


class AssignmentBrief(Output):
    """责任分工。"""

    id: uuid.UUID
    task: TaskBrief
    unit: AssignedUnit
    role: AssignmentRole


class ClaimPublic(Output):
    """对一条要求的申报。"""

    duty_id: uuid.UUID
    outcome: ClaimOutcome
    value: float | None
    done_on: date | None
    note: str | None
    difference_reason: str | None = None


class EvidenceShown(EvidencePublic):
    """填报所附的一件佐证，以及它证明的要求。"""

    duty_ids: list[uuid.UUID]


class PreviousTexts(Output):
    """上一期填报的文字，供对照与沿用。"""

    period_label: str
    progress: str
    measures: str
    problems: str
    next_steps: str


class SubmissionBase(Output):
    """一期进展填报的概要。"""

    id: uuid.UUID
    version: int
    assignment: AssignmentBrief
    period: PeriodPublic
    state: State
    state_words: str
    progress: str
    revision: int
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    late: bool
    actions: list[Action]


class SubmissionSummary(SubmissionBase):
    """列表中的一件填报。"""

    open_points: int


class SubmissionPage(Page[SubmissionSummary]):
    """进展填报列表。"""


class ComparedJudgement(DutyJudgementPublic):
    """专项台账的判定，与这件填报的申报相比；difference 说出差在哪里。"""

    difference: str | None


class SubmissionPublic(SubmissionBase):
    """一期进展填报的全部：内容、逐条申报、佐证、退回要点、流转记录，以及您接下来能做什么。

    judgements 是专项台账对各条要求的判定；与申报不一致的，difference 说出差在哪里，提交前须在
    claims[].difference_reason 说明原因。
    """

    measures: str
    problems: str
    next_steps: str
    claims: list[ClaimPublic]
    judgements: list[ComparedJudgement]
    evidence: list[EvidenceShown]
    points: list[PointPublic]
    steps: list[StepPublic]
    created_by: Ref
    accepted_at: datetime | None
    permit_until: date | None
    previous: PreviousTexts | None


class FieldChange(Output):
    """一处文字改动。"""

    field: str
    label: str
    before: str
    after: str


class ClaimChange(Output):
    """一条申报的改动；before 为空即新增，after 为空即删去。"""

    duty_id: uuid.UUID
    duty_text: str
    before: ClaimPublic | None
    after: ClaimPublic | None


class EvidenceMention(Output):
    """所涉的一件佐证。"""

    id: uuid.UUID
    title: str


class EvidenceChanges(Output):
    """佐证的增减与改动。"""

    added: list[EvidenceMention]
    removed: list[EvidenceMention]
    changed: list[EvidenceMention]


class SubmissionChanges(Output):
    """两版之间改了什么；首次提交时没有前一版。"""

    from_revision: int | None
    to_revision: int
    fields: list[FieldChange]
    claims: list[ClaimChange]
    evidence: EvidenceChanges


class Refusal(Output):
    """未能办理的一件及其原因。"""

    id: uuid.UUID
    problem: dict[str, object]


class BatchResult(Output):
    """成批办理的结果。"""

    done: list[uuid.UUID]
    refused: list[Refusal]


class LatePermitPublic(Output):
    """补报许可；凭此补报仍记为逾期。"""

    id: uuid.UUID
    assignment_id: uuid.UUID
    period_id: uuid.UUID
    reason: str
    granted_by: str
    granted_at: datetime
    until: date


class SubmissionSort(StrEnum):
    """列表次序。"""

    NEWEST = "-submitted_at"
    OLDEST = "submitted_at"
    DUE = "due_on"
    UNIT = "unit"
