"""Plans, tasks, duties, assignments and reporting periods (任务分解表及其各部分)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    of_one_unit,
    owned,
    plain,
    primary_key,
    string_column,
    text_column,
    version_column,
)
from taizhang.plans.judgements import Ruling, Verdict


class PlanStatus(StrEnum):
    """A plan is prepared, issued to its units, and closed after the year."""

    DRAFT = "draft"
    ISSUED = "issued"
    CLOSED = "closed"


class Cycle(StrEnum):
    """How often units report."""

    MONTH = "month"
    QUARTER = "quarter"


class ImportState(StrEnum):
    """An import is a draft until it has become a plan, wholly or its good rows first."""

    DRAFT = "draft"
    PARTLY = "partly"
    COMMITTED = "committed"


class DutyKind(StrEnum):
    """How a duty can be verified (domain: DATE, EVENT, RATIO, COUNT, PERIOD, SETUP, CONT, COND, BAN)."""

    DATE = "date"
    EVENT = "event"
    RATIO = "ratio"
    COUNT = "count"
    PERIOD = "period"
    SETUP = "setup"
    CONTINUOUS = "continuous"
    CONDITIONAL = "conditional"
    BAN = "ban"


class AssignmentRole(StrEnum):
    """A unit's part in a task."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"


class AssignmentState(StrEnum):
    """How far a unit is with its part."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    CONTINUING = "continuing"
    COMPLETED = "completed"


class Plan(Table, table=True):
    """A year's breakdown of tasks (年度任务分解表)."""

    __table_args__ = (owned(), Index(None, "unit_id", "year"), {"comment": "年度任务分解表"})

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "印发单位", index=False)
    year: int = plain("年度")
    title: str = string_column(300, "标题")
    document_no: str | None = string_column(100, "文号", nullable=True)
    issued_on: date | None = plain("印发日期", default=None)
    cycle: Cycle = enum_column(Cycle, "填报周期", default=Cycle.MONTH)
    due_day: int = plain("期后几日前应报", default=8)
    closes_day: int = plain("期后几日关闭", default=20)
    status: PlanStatus = enum_column(PlanStatus, "状态", default=PlanStatus.DRAFT, index=True)
    copied_from_id: uuid.UUID | None = foreign_key("plan.id", "沿用自", nullable=True, index=False)
    created_by: uuid.UUID = foreign_key("app_user.id", "建立人", index=False)
    created_at: datetime = plain("建立时间")
    version: int = version_column()


class PlanImport(Table, table=True):
    """A document read into a draft (导入草稿); nothing of it is in a plan before it is committed."""

    __table_args__ = (
        of_one_unit("plan_id", "plan"),
        Index(None, "unit_id", "created_at"),
        {"comment": "分解表导入草稿"},
    )

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "印发单位", index=False)
    file_name: str = string_column(255, "文件名")
    format: str = string_column(16, "格式")
    sha256: str = string_column(64, "文件的 SHA-256")
    state: ImportState = enum_column(ImportState, "状态", default=ImportState.DRAFT)
    title: str = string_column(300, "标题")
    year: int = plain("年度")
    document_no: str | None = string_column(100, "文号", nullable=True)
    issuer_text: str | None = string_column(200, "落款单位", nullable=True)
    issued_on: date | None = plain("印发日期", default=None)
    draft: dict[str, Any] = jsonb_column("行、问题与改法")
    plan_id: uuid.UUID | None = foreign_key("plan.id", "成为的分解表", nullable=True, index=False)
    made: dict[str, Any] | None = jsonb_column("成表时写了什么、原来是什么，供撤销", nullable=True)
    created_by: uuid.UUID = foreign_key("app_user.id", "导入人", index=False)
    created_at: datetime = plain("导入时间")
    version: int = version_column()


class PlanImportSource(Table, table=True):
    """The document an import was read from (导入原文): apart from the draft, because it is long and never changes."""

    __table_args__ = ({"comment": "导入草稿的原文：各段与各表格"},)

    import_id: uuid.UUID = Field(
        primary_key=True, foreign_key="plan_import.id", sa_column_kwargs={"comment": "导入草稿"}
    )
    document: dict[str, Any] = jsonb_column("各段文字，各表格的单元格与合并")


class Task(Table, table=True):
    """One row of the table (任务)."""

    __table_args__ = (
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("upstream_task_id IS NULL OR upstream_title IS NULL", name="one_upstream"),
        {"comment": "任务：分解表的一行"},
    )

    id: uuid.UUID = primary_key()
    plan_id: uuid.UUID = foreign_key("plan.id", "分解表", index=False)
    position: int = plain("序号")
    category: str = string_column(200, "类别")
    subcategory: str | None = string_column(200, "二级类别", nullable=True)
    title: str = string_column(300, "任务名称")
    content: str = text_column("具体任务内容")
    assignees_text: str = text_column("责任单位栏原文")
    copied_from_id: uuid.UUID | None = foreign_key("task.id", "沿用自哪项任务", nullable=True, index=False)
    upstream_task_id: uuid.UUID | None = foreign_key("task.id", "来自上级分解表中的哪项任务", nullable=True)
    upstream_plan_title: str | None = string_column(300, "上级分解表的标题（不在本系统时）", nullable=True)
    upstream_document_no: str | None = string_column(100, "上级分解表的文号（不在本系统时）", nullable=True)
    upstream_title: str | None = string_column(300, "上级任务的名称（不在本系统时）", nullable=True)
    upstream_text: str | None = text_column("上级任务的原文（不在本系统时）", nullable=True)
    version: int = version_column()


class Duty(Table, table=True):
    """One verifiable requirement in a task (可核验的要求), with the verbatim words and where they stand."""

    __table_args__ = (UniqueConstraint("task_id", "position"), {"comment": "可核验的要求"})

    id: uuid.UUID = primary_key()
    task_id: uuid.UUID = foreign_key("task.id", "任务", index=False)
    position: int = plain("序号")
    text: str = text_column("原文")
    start: int = plain("在任务内容中的起点（字）")
    end: int = plain("在任务内容中的终点（字，不含）")
    kind: DutyKind = enum_column(DutyKind, "类型")
    due_on: date | None = plain("完成时限", default=None)
    within: dict[str, Any] | None = jsonb_column("触发后多久：数量与单位", nullable=True)
    threshold: dict[str, Any] | None = jsonb_column("门槛：比较、数值与单位", nullable=True)
    per: str | None = string_column(16, "每何周期", nullable=True)
    trigger: str | None = string_column(200, "触发事件", nullable=True)
    register_slug: str | None = string_column(64, "由哪本专项台账佐证", nullable=True)
    indicator_key: str | None = string_column(64, "由哪项指标判定", nullable=True, index=True)
    owner_unit_id: uuid.UUID | None = foreign_key("unit.id", "专责单位（非全体责任单位时）", nullable=True, index=False)


class Assignment(Table, table=True):
    """A unit's part in a task (责任分工), with the facts its light is read from."""

    __table_args__ = (
        owned(),
        UniqueConstraint("task_id", "unit_id"),
        Index(None, "unit_id", "plan_id"),
        Index(None, "plan_id", "state"),
        {"comment": "责任分工"},
    )

    id: uuid.UUID = primary_key()
    plan_id: uuid.UUID = foreign_key("plan.id", "分解表", index=False)
    task_id: uuid.UUID = foreign_key("task.id", "任务", index=False)
    unit_id: uuid.UUID = foreign_key("unit.id", "单位", index=False)
    role: AssignmentRole = enum_column(AssignmentRole, "分工")
    phrase: str = string_column(300, "责任单位栏中的措辞")
    contact: str = string_column(200, "责任人及联系方式", default="")
    note: str = string_column(1000, "备注", default="")
    state: AssignmentState = enum_column(AssignmentState, "状态", default=AssignmentState.NOT_STARTED)
    due_on: date | None = plain("尚未完成的要求中最早的时限", default=None, index=True)
    completed_on: date | None = plain("完成日期", default=None)
    was_late: bool = plain("曾有要求逾期完成", default=False)
    report_period_id: uuid.UUID | None = foreign_key("period.id", "下一个应报周期", nullable=True, index=False)
    report_due_on: date | None = plain("下一个应报周期的应报日", default=None, index=True)
    version: int = version_column()


class DutyJudgement(Table, table=True):
    """What a register says of a duty for one unit (对要求的判定), and what the office decided instead.

    Written by the indicators, which lie above; read by progress, which may not know them.
    """

    __table_args__ = (UniqueConstraint("assignment_id", "duty_id"), {"comment": "由专项台账对一条要求的判定"})

    id: uuid.UUID = primary_key()
    assignment_id: uuid.UUID = foreign_key("assignment.id", "责任分工", index=False, cascade=True)
    duty_id: uuid.UUID = foreign_key("duty.id", "要求", cascade=True)
    indicator_key: str = string_column(64, "指标")
    indicator_name: str = string_column(100, "指标名称")
    register_slug: str = string_column(64, "所据的专项台账")
    unit_words: str = string_column(16, "数值的单位：%、次、天、个")
    verdict: Verdict = enum_column(Verdict, "判定")
    words: str = string_column(500, "判定的说明")
    value: float | None = plain("数值；不适用的为空", default=None)
    numerator: int | None = plain("分子", default=None)
    denominator: int | None = plain("分母", default=None)
    done_on: date | None = plain("达到之日", default=None)
    final: bool = plain("年度已过，不会再变", default=False)
    judged_on: date = plain("按哪一天判定")
    overruled_verdict: Ruling | None = enum_column(Ruling, "改判", nullable=True)
    overruled_done_on: date | None = plain("改判的达到之日", default=None)
    overrule_reason: str | None = string_column(500, "改判理由", nullable=True)
    overruled_by_name: str | None = string_column(100, "改判人姓名（当时）", nullable=True)
    overruled_at: datetime | None = plain("改判时间", default=None)
    version: int = version_column()

    @property
    def effective(self) -> Verdict:
        """What counts: the office's word where it gave one."""
        return Verdict(self.overruled_verdict.value) if self.overruled_verdict else self.verdict


class Period(Table, table=True):
    """A reporting period of a plan (填报周期): three dates on one line, open, due and closed."""

    __table_args__ = (UniqueConstraint("plan_id", "position"), {"comment": "填报周期"})

    id: uuid.UUID = primary_key()
    plan_id: uuid.UUID = foreign_key("plan.id", "分解表", index=False)
    position: int = plain("序号")
    label: str = string_column(32, "名称，如 2023年9月")
    starts_on: date = plain("期起")
    ends_on: date = plain("期止")
    opens_on: date = plain("开放填报日")
    due_on: date = plain("应报日（含）")
    closes_on: date = plain("关闭日（含）")
