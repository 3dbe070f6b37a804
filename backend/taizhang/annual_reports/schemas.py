"""Shapes of the year's aggregates at the interface."""

import uuid
from datetime import date, datetime

from taizhang.annual_reports.report_schemas import FiguresOutput
from taizhang.annual_reports.sum_schemas import ReportSums
from taizhang.core.schemas import Output, Ref
from taizhang.progress.ledger.schemas import LightCounts


class AssignmentCounts(Output):
    """责任分工，按办理状态。"""

    total: int
    not_started: int
    in_progress: int
    continuing: int
    completed: int


class RateFigure(Output):
    """比率及其分子、分母；分母为零时没有比率。"""

    numerator: int
    denominator: int
    value: float | None


class DutyCounts(Output):
    """要求的落实：met + not_met + ongoing = total；不涉及的另计。"""

    total: int
    met: int
    not_met: int
    ongoing: int
    not_applicable: int


class AggregateStats(Output):
    """一组责任分工的数目。on_time_rate 为按时报送 ÷ 应报，accepted_rate 为审核通过 ÷ 已报。"""

    assignments: AssignmentCounts
    lights: LightCounts
    on_time_rate: RateFigure
    accepted_rate: RateFigure
    duties: DutyCounts


class AggregatePlan(Output):
    """计入的分解表。"""

    id: uuid.UUID
    title: str


class AggregateTaskHead(Output):
    """任务。"""

    id: uuid.UUID
    position: int
    title: str


class DutyRow(Output):
    """一个单位的一条要求，以最近一次审核通过的申报为准。"""

    duty_id: uuid.UUID
    text: str
    unit: Ref
    assignment_id: uuid.UUID
    done_on: date | None


class AcceptedText(Output):
    """审核通过的一段进展情况。"""

    unit: Ref
    period_label: str
    text: str
    submission_id: uuid.UUID
    accepted_at: datetime


class AggregateTask(AggregateStats):
    """一项任务的汇总。"""

    task: AggregateTaskHead
    duties_met: list[DutyRow]
    duties_not_met: list[DutyRow]
    texts: list[AcceptedText]


class AggregateCategory(AggregateStats):
    """一个类别的汇总。"""

    category: str
    tasks: list[AggregateTask]


class CountedUnit(Ref):
    """有填报审核通过的单位。"""

    short_name: str
    assignments: int
    submissions: int


class MissingUnit(Ref):
    """承担任务而没有一件填报审核通过的单位；owed 为应报未报，submitted 为已报未通过。"""

    short_name: str
    assignments: int
    owed: int
    submitted: int


class ExcludedUnit(Ref):
    """不计入的单位及缘由。"""

    short_name: str
    reason: str


class Roster(Output):
    """编制范围：计入、缺报、不计入的单位。"""

    counted: list[CountedUnit]
    missing: list[MissingUnit]
    excluded: list[ExcludedUnit]


class Aggregate(Output):
    """一个单位及其下级一年的汇总。figures 为已通过的年度报告之和，一份都没有时为空；reports 写明由哪些报告相加。"""

    year: int
    unit: Ref
    generated_at: datetime
    plans: list[AggregatePlan]
    by_category: list[AggregateCategory]
    totals: AggregateStats
    roster: Roster
    figures: FiguresOutput | None
    reports: ReportSums
