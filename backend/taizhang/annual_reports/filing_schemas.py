"""Shapes of stored reports at the interface (年度报告的编制、流转)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.forms import FormVersion
from taizhang.annual_reports.procedure import ReportAction, ReportState
from taizhang.annual_reports.report_schemas import (
    FiguresInput,
    FiguresOutput,
    FindingPublic,
    PartsPublic,
    Prose,
    ReportYear,
    Version,
)
from taizhang.annual_reports.sections import Origin
from taizhang.core.paging import Page
from taizhang.core.schemas import Input, LongText, OptionalText, Output, Ref
from taizhang.workflow.rules import PointReason, PointTarget
from taizhang.workflow.schemas import AnswerInput, PointText, StepPublic

Reason = Annotated[LongText, Field(min_length=1, max_length=2000)]
CellKey = Annotated[str, Field(min_length=1, max_length=64, description="格，如 t3.r1.natural")]
FigureValue = Annotated[int | str | None, Field(description="格的数；空为 null。金额以万元计，是小数文字")]
FactsInput = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[int, Field(ge=0, le=999_999_999, strict=True)] | None],
    Field(max_length=100, description="第一部分所述的数：项到数；空为 null"),
]

# -- what callers send


class SectionsInput(Input):
    """一、五、六部分的文字；没有给出的部分不变。"""

    overview: Prose | None = None
    problems: Prose | None = None
    other: Prose | None = None


class ReportCreate(Input):
    """新建一份年度报告（草稿）。不填单位时是您所在的单位，本级政府的报告则是您所服务的政府。"""

    unit_id: uuid.UUID | None = None
    year: ReportYear
    scope: Scope = Scope.ORGAN
    form: Version | None = None
    figures: FiguresInput = {}
    sections: SectionsInput = SectionsInput()
    facts: FactsInput = {}


class ReportPatch(Input):
    """修改草稿或退回件：给出哪几格、哪部分、哪几项就改哪些。restore 列出要恢复为汇编结果的格、项或部分。"""

    figures: FiguresInput = {}
    sections: SectionsInput = SectionsInput()
    facts: FactsInput = {}
    restore: Annotated[list[CellKey], Field(max_length=500)] = []
    answers: Annotated[list[AnswerInput], Field(max_length=50)] = []


class ReportPointInput(Input):
    """一条退回要点：针对哪一部分或哪一格、什么原因、具体意见、何时前补正。"""

    target: Literal[
        PointTarget.WHOLE, PointTarget.FIGURES, PointTarget.OVERVIEW, PointTarget.PROBLEMS, PointTarget.OTHER
    ] = PointTarget.WHOLE
    cell: CellKey | None = None
    reason: PointReason
    text: PointText
    due_on: date | None = None


class ReportReturn(Input):
    """退回：至少一条要点，重新提交时须逐条答复。"""

    points: Annotated[list[ReportPointInput], Field(min_length=1, max_length=50)]
    reason: OptionalText = None


class WithReason(Input):
    """须写明理由的一步。"""

    reason: Reason


class Publication(Input):
    """公布；不填日期时为今天。"""

    published_on: date | None = None


class WaiverInput(Input):
    """对一条核对发现说明理由：规则与所涉的格照发现填写。"""

    rule: Annotated[str, Field(min_length=2, max_length=8)]
    cells: Annotated[list[CellKey], Field(max_length=500)] = []
    reason: Reason


class AdjustmentInput(Input):
    """一行调整：哪一格、加减多少、为什么。"""

    cell: CellKey
    delta: Annotated[
        Any,
        WithJsonSchema({"type": ["number", "string"], "description": "加减数，可为负；金额以万元计，是小数文字"}),
    ]
    reason: Reason


class ZeroInput(Input):
    """申报“本单位无此项业务”：哪一组格，见 zero_groups。"""

    group: Annotated[str, Field(min_length=2, max_length=32)]


# -- what we answer


class ReportUnit(Ref):
    """编制单位。"""

    short_name: str


class AnnualReportSummary(Output):
    """列表中的一份年度报告。"""

    id: uuid.UUID
    version: int
    unit: ReportUnit
    year: int
    scope: Scope
    scope_words: str
    form: FormVersion
    title: str
    state: ReportState
    state_words: str
    revision: int
    due_on: date
    late: bool
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    published_on: date | None
    open_points: int
    updated_at: datetime
    actions: list[ReportAction]


class AnnualReportPage(Page[AnnualReportSummary]):
    """年度报告列表。"""


class ReportSort(StrEnum):
    """列表次序。"""

    YEAR = "-year"
    UNIT = "unit"
    UPDATED = "-updated_at"


class LockedCell(Output):
    """不由人填的一格：求和的，或者取自上年报告的。"""

    cell: str
    reason: Literal["sum", "carried"]
    words: str


class FactPublic(Output):
    """第一部分要写的一个数。"""

    key: str
    group: str
    label: str
    unit_words: str
    value: int | None
    compiled: int | None
    edited: bool


class SectionPublic(Output):
    """一部分文字。"""

    text: str
    compiled: str
    origin: Origin


class SectionsPublic(Output):
    """一、五、六部分。"""

    overview: SectionPublic
    problems: SectionPublic
    other: SectionPublic


class PreviousReport(Output):
    """上年报告。"""

    report_id: uuid.UUID
    year: int
    form: FormVersion
    state: ReportState
    figures: FiguresOutput
    sections: PartsPublic


class ZeroGroup(Output):
    """可以申报“无此项业务”的一组格；filled 表示其中有不为零的数。"""

    key: str
    label: str
    cells: list[str]
    filled: bool


class Signed(Output):
    """谁在何时作出，谁在何时撤回。"""

    id: uuid.UUID
    made_by: str
    made_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None


class ZeroPublic(Signed):
    """一次“无此项业务”的申报。"""

    group: str
    label: str
    cells: list[str]


class WaiverPublic(Signed):
    """对一条核对发现的理由。holds 为否：撤回了，或者数字已变，须重新说明。"""

    rule: str
    cells: list[str]
    message: str
    reason: str
    holds: bool


class AdjustmentPublic(Signed):
    """一行调整。"""

    cell: str
    label: str
    delta: FigureValue
    reason: str


class ReportInput(Output):
    """汇总所取的一份报告，在当时的版本。"""

    report_id: uuid.UUID
    unit: ReportUnit
    scope: Scope
    version: int
    revision: int
    state: ReportState


class ReportPoint(Output):
    """一条退回要点及其答复。"""

    id: uuid.UUID
    target: PointTarget
    target_words: str
    cell: str | None
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


class AnnualReportPublic(AnnualReportSummary):
    """一份年度报告的全部：数字、文字、说明、经过，以及您接下来能做什么。"""

    alert_on: date
    figures: FiguresOutput
    compiled: FiguresOutput | None
    edited: list[str]
    locked: list[LockedCell]
    facts: list[FactPublic]
    sections: SectionsPublic
    previous: PreviousReport | None
    zero_groups: list[ZeroGroup]
    zero_declarations: list[ZeroPublic]
    waivers: list[WaiverPublic]
    adjustments: list[AdjustmentPublic]
    inputs: list[ReportInput]
    points: list[ReportPoint]
    steps: list[StepPublic]
    compiled_at: datetime | None
    signed_at: datetime | None
    signed_by: str | None
    accepted_at: datetime | None
    accepted_by: str | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdraw_reason: str | None
    created_by: Ref
    created_at: datetime


class CompileChange(Output):
    """汇编带来的一处不同。edited 为真：现有的是手填的，没有改动，now 是汇编的结果。"""

    kind: Literal["figure", "fact", "section"]
    key: str
    label: str
    was: int | str | None
    now: int | str | None
    edited: bool


class CompileResult(Output):
    """汇编的结果。"""

    report: AnnualReportPublic
    changes: list[CompileChange]


class ReportFinding(FindingPublic):
    """一条核对发现；waivable 表示可以说明理由后放行，waiver 是已有的说明。"""

    key: str
    waivable: bool
    waiver: WaiverPublic | None


class ReportCheck(Output):
    """核对结果；blocking 为没有说明理由的、不能报送的条数。"""

    findings: list[ReportFinding]
    blocking: int
    warnings: int


class FigureChange(Output):
    """一格的改动。"""

    cell: str
    label: str
    before: FigureValue
    after: FigureValue


class FactChange(Output):
    """一项数的改动。"""

    key: str
    label: str
    before: int | None
    after: int | None


class SectionChange(Output):
    """一部分文字的改动。"""

    part: Part
    label: str
    before: str
    after: str


class ReportChanges(Output):
    """两版之间改了什么；首次提交时没有前一版。"""

    from_revision: int | None
    to_revision: int
    figures: list[FigureChange]
    facts: list[FactChange]
    sections: list[SectionChange]
