"""Shapes of the ledger at the interface."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from taizhang.core.lights import LightColour
from taizhang.core.paging import Page
from taizhang.core.schemas import Output, Ref
from taizhang.plans.models import AssignmentRole, AssignmentState
from taizhang.plans.schemas import DutyJudgementPublic, DutyPublic, PeriodPublic, TaskPublic
from taizhang.progress.rules import ClaimOutcome
from taizhang.progress.schemas import AssignedUnit, SubmissionSummary, TaskBrief
from taizhang.units.models import UnitKind
from taizhang.workflow.rules import State


class AssignmentSort(StrEnum):
    """列表次序。"""

    TASK = "task"
    UNIT = "unit"
    DUE = "due_on"
    DUE_DESC = "-due_on"
    REPORT_DUE = "report_due_on"
    LIGHT = "light"


class PlanBrief(Output):
    """所属分解表。"""

    id: uuid.UUID
    year: int
    title: str


class PeriodBrief(Output):
    """填报周期。"""

    id: uuid.UUID
    label: str


class LatestSubmission(Output):
    """最近一期填报。"""

    id: uuid.UUID
    state: State
    state_words: str
    period_label: str


class JudgedCounts(Output):
    """由专项台账判定的要求：几条，达到、未达到、改判各几条；没有登记的不算。"""

    judged: int
    met: int
    not_met: int
    overruled: int


class AssignmentPublic(Output):
    """责任分工：一个单位承担的一项任务，办到哪一步，亮什么灯。"""

    id: uuid.UUID
    plan: PlanBrief
    task: TaskBrief
    unit: AssignedUnit
    role: AssignmentRole
    role_words: str
    phrase: str
    state: AssignmentState
    state_words: str
    light: LightColour
    light_words: str
    due_on: date | None
    completed_on: date | None
    report_due_on: date | None
    report_period: PeriodBrief | None
    submission: LatestSubmission | None
    duties_judged: JudgedCounts


class AssignmentPage(Page[AssignmentPublic]):
    """责任分工列表。"""


class DutyClaim(Output):
    """对一条要求最近一次的申报；通过的优先。"""

    outcome: ClaimOutcome
    outcome_words: str
    value: float | None
    done_on: date | None
    note: str | None
    accepted: bool
    period_label: str


class AssignedDuty(DutyPublic):
    """一条要求及其办理情况。"""

    claim: DutyClaim | None
    judgement: DutyJudgementPublic | None


class SubmissionMention(Output):
    """一期填报的概要。"""

    id: uuid.UUID
    state: State
    state_words: str
    period: PeriodPublic
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    late: bool
    revision: int


class AssignmentDetail(AssignmentPublic):
    """责任分工的全部：逐条要求、历次填报、责任人与备注。

    actions 是您接下来能做什么：report 填报，permit 准予补报，edit 改责任人与备注。
    """

    version: int
    contact: str
    note: str

    duties: list[AssignedDuty]
    submissions: list[SubmissionMention]
    actions: list[str]


class LightCounts(Output):
    """各色灯的数目。"""

    red: int
    yellow: int
    green: int
    blue: int


class TaskLedger(TaskPublic):
    """一项任务：原文、逐条要求、各责任单位及其灯。"""

    plan: Ref
    duties: list[DutyPublic]
    assignments: list[AssignmentPublic]
    lights: LightCounts
    actions: list[str]


class ReportingCounts(Output):
    """灯，以及本期应报、已报、已通过各多少。"""

    lights: LightCounts
    owed: int
    submitted: int
    accepted: int


class BoardTask(ReportingCounts):
    """看板中的一项任务及其合计。"""

    id: uuid.UUID
    position: int
    category: str
    title: str


class BoardUnit(ReportingCounts):
    """看板中的一个单位及其合计。"""

    id: uuid.UUID
    name: str
    short_name: str
    kind: UnitKind


class BoardCell(Output):
    """看板的一格：一个单位的一项任务，及其本期填报。"""

    task_id: uuid.UUID
    unit_id: uuid.UUID
    assignment_id: uuid.UUID
    light: LightColour
    light_words: str
    state: AssignmentState
    submission_state: State | None
    submission_id: uuid.UUID | None


class BoardTotals(ReportingCounts):
    """全表合计；overdue 为亮红灯的，waiting 为本期等您处理的。"""

    overdue: int
    waiting: int


class Board(Output):
    """看板：单位 × 任务。"""

    plan: PlanBrief
    periods: list[PeriodPublic]
    period: PeriodPublic | None
    tasks: list[BoardTask]
    units: list[BoardUnit]
    cells: list[BoardCell]
    totals: BoardTotals


class ReturnedSubmission(SubmissionSummary):
    """退回要改的一件，及其退回要点（未答复的在前，至多三条）。"""

    points: list[str]


class ReportCounts(Output):
    """应报、按时、迟报、未报；accepted 是其中审核通过的。"""

    expected: int
    on_time: int
    late: int
    missing: int
    accepted: int


class TrendPeriod(ReportCounts):
    """一期。"""

    id: uuid.UUID
    label: str
    due_on: date


class TrendUnit(ReportCounts):
    """一个单位，各期合计。"""

    id: uuid.UUID
    name: str
    short_name: str


class Trend(Output):
    """报送走势：只含有应报的期与单位。"""

    plan: PlanBrief
    periods: list[TrendPeriod]
    units: list[TrendUnit]


class SilentUnit(Output):
    """该填报而一件也没有报过的单位。"""

    id: uuid.UUID
    name: str
    short_name: str
    owed: int


class OpenImport(Output):
    """还没有成为分解表的导入，及其待定的责任单位措辞数。"""

    id: uuid.UUID
    title: str
    year: int
    undecided: int
    created_at: datetime


class HomeCounts(Output):
    """首页的数目；各清单至多列一百件，这里是全数。"""

    total: int
    red: int
    yellow: int
    green: int
    blue: int
    overdue: int
    owed: int
    returned: int
    to_sign: int
    to_review: int
    silent: int
    imports: int


class Home(Output):
    """首页：您眼下要办的。"""

    owed: list[AssignmentPublic]
    returned: list[ReturnedSubmission]
    to_sign: list[SubmissionSummary]
    to_review: list[SubmissionSummary]
    silent: list[SilentUnit]
    imports: list[OpenImport]
    counts: HomeCounts
