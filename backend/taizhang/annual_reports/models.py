"""The stored annual report and what is kept with it (年度报告、提交快照、理由、调整、零申报)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from taizhang.annual_reports.checks.findings import Scope as Scope
from taizhang.annual_reports.forms import FormVersion as FormVersion
from taizhang.annual_reports.procedure import ReportState as ReportState
from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    plain,
    primary_key,
    string_column,
    text_column,
    version_column,
)


def _figures(comment: str, *, nullable: bool = False) -> Any:
    return Field(
        default=None,
        sa_type=ARRAY(BigInteger),
        nullable=nullable,
        sa_column_kwargs={"comment": comment},
    )


class AnnualReport(Table, table=True):
    """One unit's report on one year (年度报告), of the organ itself or of the government it is."""

    __table_args__ = (
        UniqueConstraint("unit_id", "year", "scope"),
        Index(None, "year", "unit_path"),
        Index("ix_annual_report_published", "published_at", "id", postgresql_where=text("state = 'published'")),
        {"comment": "政府信息公开工作年度报告"},
    )

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "编制单位", index=False)
    unit_path: str = Field(
        sa_column=Column(Text(collation="C"), nullable=False, comment="编制单位的机构路径，子树即区间")
    )
    year: int = plain("报告年度")
    scope: Scope = enum_column(Scope, "本机关 organ，本级政府 government")
    form: FormVersion = enum_column(FormVersion, "表样")
    state: ReportState = enum_column(ReportState, "状态", default=ReportState.DRAFT, index=True)
    figures: list[int | None] = _figures("三张表的数字，按表样的格序；空为 NULL，金额以分计")
    compiled: list[int | None] | None = _figures("最近一次汇编得出的数字", nullable=True)
    edited: list[str] = jsonb_column("手工填写的格，重新汇编时不动", default_factory=list)
    facts: dict[str, Any] = jsonb_column("第一部分所述的数：填写的与汇编的", default_factory=dict)
    sections: dict[str, Any] = jsonb_column("第一、五、六部分的文字：现文、汇编文、来历", default_factory=dict)
    inputs: list[Any] = jsonb_column("汇总所取的各份报告及其版本，公布时冻结", default_factory=list)
    revision: int = plain("提交版次，未提交为 0", default=0)
    compiled_at: datetime | None = plain("最近汇编时间", default=None)
    first_submitted_at: datetime | None = plain("首次提交时间（及时与否看它）", default=None)
    submitted_at: datetime | None = plain("最近提交时间", default=None)
    signed_at: datetime | None = plain("签发时间", default=None)
    signed_by: str | None = string_column(100, "签发人姓名（当时）", nullable=True)
    accepted_at: datetime | None = plain("审核通过时间", default=None)
    accepted_by: str | None = string_column(100, "审核人姓名（当时）", nullable=True)
    published_on: date | None = plain("公布日期", default=None)
    published_at: datetime | None = plain("公布的时间", default=None)
    withdrawn_at: datetime | None = plain("最近一次撤下的时间", default=None)
    withdraw_reason: str | None = text_column("撤下的理由", nullable=True)
    created_by: uuid.UUID = foreign_key("app_user.id", "编制人", index=False)
    created_at: datetime = plain("建立时间")
    updated_at: datetime = plain("最近变动时间")
    version: int = version_column()


class ReportRevision(Table, table=True):
    """What was handed in, word for word (提交快照). Never changed."""

    __table_args__ = (UniqueConstraint("report_id", "number"), {"comment": "年度报告提交快照，只增不改"})

    id: uuid.UUID = primary_key()
    report_id: uuid.UUID = foreign_key("annual_report.id", "年度报告", index=False)
    number: int = plain("版次")
    content: dict[str, Any] = jsonb_column("提交时的全部内容")
    made_at: datetime = plain("提交时间")
    made_by: uuid.UUID = foreign_key("app_user.id", "提交人", index=False)


class ReportWaiver(Table, table=True):
    """A finding let stand, and why (核对发现的说明). It lapses when the numbers it was given for change."""

    __table_args__ = ({"comment": "核对发现的说明理由"},)

    id: uuid.UUID = primary_key()
    report_id: uuid.UUID = foreign_key("annual_report.id", "年度报告")
    rule: str = string_column(8, "核对规则")
    cells: list[str] = jsonb_column("涉及的格")
    sides: list[Any] = jsonb_column("当时两边的数")
    message: str = text_column("当时的发现")
    reason: str = text_column("理由")
    made_by: uuid.UUID = foreign_key("app_user.id", "说明人", index=False)
    made_by_name: str = string_column(100, "说明人姓名（当时）")
    made_at: datetime = plain("说明时间")
    withdrawn_by_name: str | None = string_column(100, "撤回人姓名（当时）", nullable=True)
    withdrawn_at: datetime | None = plain("撤回时间", default=None)


class ReportAdjustment(Table, table=True):
    """A signed line added to a sum, with its reason (调整说明)."""

    __table_args__ = ({"comment": "汇总与结转的调整行，逐行说明理由"},)

    id: uuid.UUID = primary_key()
    report_id: uuid.UUID = foreign_key("annual_report.id", "年度报告")
    cell: str = string_column(64, "格")
    delta: int = Field(sa_type=BigInteger, sa_column_kwargs={"comment": "加减数，金额以分计"})
    reason: str = text_column("理由")
    made_by: uuid.UUID = foreign_key("app_user.id", "说明人", index=False)
    made_by_name: str = string_column(100, "说明人姓名（当时）")
    made_at: datetime = plain("说明时间")
    withdrawn_by_name: str | None = string_column(100, "撤回人姓名（当时）", nullable=True)
    withdrawn_at: datetime | None = plain("撤回时间", default=None)


class ZeroDeclaration(Table, table=True):
    """A unit's word that it has no such business (零申报): explicit zeros, with who said so and when."""

    __table_args__ = ({"comment": "本单位无此项业务的申报，可撤回"},)

    id: uuid.UUID = primary_key()
    report_id: uuid.UUID = foreign_key("annual_report.id", "年度报告")
    group: str = string_column(32, "申报的一组格，如 t3、t2.licensing")
    before: dict[str, Any] = jsonb_column("申报前各格的数，撤回时恢复")
    made_by: uuid.UUID = foreign_key("app_user.id", "申报人", index=False)
    made_by_name: str = string_column(100, "申报人姓名（当时）")
    made_at: datetime = plain("申报时间")
    withdrawn_by_name: str | None = string_column(100, "撤回人姓名（当时）", nullable=True)
    withdrawn_at: datetime | None = plain("撤回时间", default=None)
