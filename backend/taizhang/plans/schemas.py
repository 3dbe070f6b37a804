"""Shapes of plans and tasks at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, OptionalText, Output, Ref
from taizhang.plans.judgements import Ruling, Verdict
from taizhang.plans.models import AssignmentRole, AssignmentState, Cycle, DutyKind, PlanStatus
from taizhang.plans.upstream_schemas import Upstream, UpstreamInput

Year = Annotated[int, Field(ge=2008, le=2100, description="年度")]
Title = Annotated[str, Field(min_length=1, max_length=300)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]

DUTY_KIND_WORDS = {
    DutyKind.DATE: "限期完成",
    DutyKind.EVENT: "事后限时",
    DutyKind.RATIO: "比例要求",
    DutyKind.COUNT: "次数要求",
    DutyKind.PERIOD: "定期开展",
    DutyKind.SETUP: "建章立制",
    DutyKind.CONTINUOUS: "持续推进",
    DutyKind.CONDITIONAL: "涉及才做",
    DutyKind.BAN: "禁止事项",
}
ASSIGNMENT_ROLE_WORDS = {
    AssignmentRole.LEAD: "牵头",
    AssignmentRole.SUPPORT: "配合",
    AssignmentRole.RESPONSIBLE: "责任",
}
ASSIGNMENT_STATE_WORDS = {
    AssignmentState.NOT_STARTED: "未启动",
    AssignmentState.IN_PROGRESS: "推进中",
    AssignmentState.CONTINUING: "持续推进",
    AssignmentState.COMPLETED: "已完成",
}


class PlanCreate(Input):
    """手工新建分解表。"""

    year: Year
    title: Title
    document_no: OptionalText = None
    issued_on: date | None = None
    unit_id: uuid.UUID | None = None
    cycle: Cycle = Cycle.MONTH


class PlanPatch(Input):
    """修改分解表；没有给出的项不变。"""

    title: Title | None = None
    document_no: OptionalText = None
    issued_on: date | None = None
    cycle: Cycle | None = None
    due_day: DayOfMonth | None = None
    closes_day: DayOfMonth | None = None


class PlanIssue(Input):
    """印发：填报周期与首个周期。"""

    cycle: Cycle | None = None
    first_period: Annotated[date | None, Field(description="首个填报周期内的任一天；不填为今天所在周期")] = None


class PlanCopy(Input):
    """沿用到另一年度。"""

    year: Year


class PlanCounts(Output):
    """任务、分工、要求、单位各多少。"""

    tasks: int
    assignments: int
    duties: int
    units: int


class PlanPublic(Output):
    """年度任务分解表。"""

    id: uuid.UUID
    version: int
    year: int
    title: str
    document_no: str | None
    issued_on: date | None
    unit: Ref
    cycle: Cycle
    status: PlanStatus
    due_day: int
    closes_day: int
    counts: PlanCounts
    actions: list[str]


class PlanPage(Page[PlanPublic]):
    """分解表列表。"""


class PeriodPublic(Output):
    """填报周期：开放、应报、关闭三个日期。"""

    id: uuid.UUID
    position: int
    label: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    closes_on: date
    state: Literal["future", "open", "late", "closed"]


class DutyPublic(Output):
    """一条可核验的要求，附原文位置。"""

    id: uuid.UUID
    position: int
    text: str
    start: int
    end: int
    kind: DutyKind
    kind_words: str
    due_on: date | None
    within: dict[str, Any] | None
    threshold: dict[str, Any] | None
    per: str | None
    trigger: str | None
    register_slug: str | None
    indicator_key: str | None
    owner_unit: Ref | None


class Overruling(Output):
    """政务公开科的改判。"""

    verdict: Ruling
    verdict_words: str
    done_on: date | None
    reason: str
    by: str
    at: datetime


class DutyJudgementPublic(Output):
    """专项台账对一条要求的判定：effective 是算数的那个，有改判以改判为准；没有登记（not_kept）以填报为准。"""

    id: uuid.UUID
    version: int
    duty_id: uuid.UUID
    indicator_key: str
    indicator_name: str
    register_slug: str
    unit_words: str
    verdict: Verdict
    verdict_words: str
    words: str
    value: float | None
    numerator: int | None
    denominator: int | None
    done_on: date | None
    judged_on: date
    overruled: Overruling | None
    effective: Verdict
    effective_words: str


class TaskAssignment(Output):
    """任务中一个单位的分工。"""

    id: uuid.UUID
    unit: Ref
    short_name: str
    role: AssignmentRole
    role_words: str
    phrase: str
    state: AssignmentState
    state_words: str


class TaskPublic(Output):
    """任务：分解表的一行。"""

    id: uuid.UUID
    plan_id: uuid.UUID
    plan_year: int
    position: int
    category: str
    subcategory: str | None
    title: str
    content: str
    assignees_text: str
    duty_count: int
    assignment_count: int
    upstream: Upstream | None
    downstream_count: int
    version: int


class TaskPage(Page[TaskPublic]):
    """任务列表。"""


class TaskDetail(TaskPublic):
    """任务及其要求与分工。"""

    plan: Ref
    duties: list[DutyPublic]
    assignments: list[TaskAssignment]
    actions: list[str]


class TaskPatch(Input):
    """修改任务：文字只能在分解表印发前改；来自哪项上级任务，办结之前都可以指定，null 为清除。"""

    category: Title | None = None
    title: Title | None = None
    content: Annotated[str | None, Field(min_length=1, max_length=20_000)] = None
    upstream: UpstreamInput | None = None


class AssignmentCreate(Input):
    """增加一个责任单位（分解表印发前）。"""

    unit_id: uuid.UUID
    role: AssignmentRole = AssignmentRole.RESPONSIBLE


class AssignmentPatch(Input):
    """修改责任人及联系方式、备注；没有给出的项不变。"""

    contact: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""


class AssignmentMemo(Output):
    """分工旁的责任人及联系方式、备注。"""

    id: uuid.UUID
    version: int
    contact: str
    note: str
