"""Shapes of indicators at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, Output
from taizhang.indicators.definitions import Level
from taizhang.indicators.formulas import Direction, Shape
from taizhang.plans.judgements import Ruling, Verdict
from taizhang.plans.schemas import DutyJudgementPublic
from taizhang.registers.models import EntryState


class OverruleInput(Input):
    """改判：与专项台账算出的不同，须说明理由。"""

    verdict: Ruling
    reason: Annotated[str, Field(min_length=1, max_length=500, description="理由")]
    done_on: Annotated[date | None, Field(description="改判为达到的，达到之日")] = None


class IndicatorUnit(Output):
    """单位。"""

    id: uuid.UUID
    name: str
    short_name: str


class IndicatorRegister(Output):
    """所据的专项台账。"""

    slug: str
    title: str


class FrozenValue(Output):
    """期末冻结值；late 为补冻结，按冻结时的登记计算。"""

    ends_on: date
    value: float | None
    numerator: int
    denominator: int
    target: float
    verdict: Verdict
    verdict_words: str
    words: str
    frozen_at: datetime
    late: bool
    definition_version: int


class StatedValue(Output):
    """单位填报时自己报的数；difference 是与专项台账的出入，reason 是单位的说明。"""

    value: float | None
    outcome_words: str
    period_label: str
    submission_id: uuid.UUID
    accepted: bool
    difference: str | None
    reason: str | None


class IndicatorCell(Output):
    """一项指标在一个范围内的值与判定。

    verdict：met 达到，not_met 未达到，pending 未到时限，not_applicable 不适用，not_kept 没有登记。
    small 为真的，件数很少，比例仅供参考。
    """

    key: str
    value: float | None
    numerator: int
    denominator: int
    kept: bool
    verdict: Verdict
    verdict_words: str
    words: str
    small: bool
    done_on: date | None
    stated: StatedValue | None


class IndicatorPublic(IndicatorCell):
    """一项指标：定义、目标、现值、最近的冻结值，以及所据条目的链接。"""

    name: str
    registers: list[IndicatorRegister]
    shape: Shape
    direction: Direction
    direction_words: str
    unit_of_value: str
    numerator_words: str
    denominator_words: str
    zero_words: str
    target: float
    target_words: str
    due_on: date | None
    level: Level
    version: int
    basis: str
    frozen: FrozenValue | None
    rows: str


class IndicatorList(Output):
    """一个范围一年的各项指标。"""

    year: int
    as_of: date
    unit: IndicatorUnit
    subtree: bool
    items: list[IndicatorPublic]
    total: int


class MatrixRow(Output):
    """一个单位的各项指标；没有登记也没有填报的格为空。"""

    unit: IndicatorUnit
    cells: dict[str, IndicatorCell]


class MatrixColumn(Output):
    """矩阵的一列。"""

    key: str
    name: str
    target_words: str
    unit_of_value: str
    level: Level


class IndicatorMatrix(Output):
    """各单位 × 各指标。"""

    year: int
    as_of: date
    unit: IndicatorUnit
    columns: list[MatrixColumn]
    rows: list[MatrixRow]


class JudgedDuty(Output):
    """由这项指标判定的一条要求。"""

    duty_id: uuid.UUID
    task_id: uuid.UUID
    task_title: str
    text: str
    due_on: date | None
    units: int


class UnitValue(IndicatorCell):
    """一个单位的值。"""

    unit: IndicatorUnit
    judgement: DutyJudgementPublic | None
    assignment_id: uuid.UUID | None


class IndicatorDetail(IndicatorPublic):
    """一项指标的全部：由它判定的要求、各单位的值、历期冻结值。"""

    year: int
    as_of: date
    unit: IndicatorUnit
    subtree: bool
    duties: list[JudgedDuty]
    units: list[UnitValue]
    history: list[FrozenValue]
    may_overrule: bool


class CountedRow(Output):
    """计入指标的一条；short 为真的使指标够不着目标。"""

    id: uuid.UUID
    slug: str
    title: str
    ref_no: str | None
    unit: IndicatorUnit
    opened_on: date
    due_on: date | None
    closed_on: date | None
    state: EntryState
    state_words: str
    numerator: int
    denominator: int
    worst: int | None
    short: bool


class CountedRowPage(Page[CountedRow]):
    """计入指标的条目。"""
