"""Shapes of the roster, the sums and what is behind a cell, at the interface (编制范围、汇总、一格的来历)."""

import uuid
from datetime import date, datetime
from typing import Literal

from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing_schemas import AdjustmentPublic, FigureValue, LockedCell, ReportUnit
from taizhang.annual_reports.procedure import ReportState
from taizhang.annual_reports.report_schemas import FiguresOutput
from taizhang.core.schemas import Output


class RosterUnit(ReportUnit):
    """编制范围内的一个单位及其报告。late 一旦逾期即为真；reason 为未计入的缘由。"""

    scope: Scope
    report_id: uuid.UUID | None
    state: ReportState | None
    state_words: str
    version: int | None
    first_submitted_at: datetime | None
    late: bool
    days_late: int
    reason: str


class ExcludedFromSum(ReportUnit):
    """不计入汇总的单位及缘由。"""

    reason: str


class ReportRoster(Output):
    """编制范围：已通过的计入，其余为缺；own 为本机关的报告，government 为本级政府的报告。"""

    year: int
    unit: ReportUnit
    due_on: date
    alert_on: date
    government_due_on: date
    government_alert_on: date
    counted: list[RosterUnit]
    missing: list[RosterUnit]
    excluded: list[ExcludedFromSum]
    own: RosterUnit | None
    government: RosterUnit | None


class CellCount(Output):
    """一格由几份报告相加，其中几份是空的。"""

    counted: int
    blank: int


class ReportSums(Output):
    """各份报告之和，不含调整；cells 写明每格由几份相加，adjusted 是本级政府报告里的调整。"""

    roster: ReportRoster
    figures: FiguresOutput
    cells: dict[str, CellCount]
    adjusted: dict[str, FigureValue]


class CellEntry(Output):
    """一格里的一件：台账的一条。amount 为它计入本格的数。"""

    id: uuid.UUID
    slug: str
    register_words: str
    title: str
    ref_no: str | None
    opened_on: date
    closed_on: date | None
    outcome: str | None
    amount: FigureValue
    unit: ReportUnit


class CellRegister(Output):
    """本格取数的台账，及其列表的地址。"""

    slug: str
    title: str
    path: str


class CellChild(Output):
    """一格里的一份下级报告。"""

    unit: ReportUnit
    report_id: uuid.UUID | None
    state: ReportState | None
    scope: Scope
    value: FigureValue
    standing: Literal["counted", "missing", "excluded"]
    reason: str


class CellDetail(Output):
    """一格的来历：台账的各条，下级的各份报告，调整，上年的数。"""

    cell: str
    label: str
    value: FigureValue
    compiled: FigureValue
    edited: bool
    locked: LockedCell | None
    sum_of: list[str]
    entries: list[CellEntry]
    entry_count: int
    truncated: bool
    registers: list[CellRegister]
    children: list[CellChild]
    adjustments: list[AdjustmentPublic]
    previous_value: FigureValue
