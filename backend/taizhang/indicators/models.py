"""Frozen values (指标快照): what an indicator stood at on the last day of a month."""

import uuid
from datetime import date, datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from taizhang.core.columns import Table, enum_column, foreign_key, plain, primary_key, string_column
from taizhang.plans.judgements import Verdict


class IndicatorSnapshot(Table, table=True):
    """A value frozen at the end of a month (期末冻结值). Never changed; computed late, it says so."""

    __table_args__ = (
        UniqueConstraint("unit_id", "subtree", "indicator_key", "ends_on"),
        Index(None, "unit_path", "ends_on"),
        {"comment": "指标的期末冻结值，只增不改"},
    )

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "单位", index=False)
    unit_path: str = Field(sa_column=Column(Text(collation="C"), nullable=False, comment="单位的机构路径，子树即区间"))
    subtree: bool = plain("含下级")
    indicator_key: str = string_column(64, "指标")
    definition_version: int = plain("按第几版定义")
    year: int = plain("年度")
    ends_on: date = plain("期末")
    value: float | None = plain("数值；不适用的为空", default=None)
    numerator: int = plain("分子")
    denominator: int = plain("分母")
    target: float = plain("目标")
    due_on: date | None = plain("时限", default=None)
    verdict: Verdict = enum_column(Verdict, "判定")
    words: str = string_column(500, "判定的说明")
    frozen_at: datetime = plain("冻结时间")
    late: bool = plain("补冻结：晚于期末次日，按冻结时的登记计算")
