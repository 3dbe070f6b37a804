"""Submissions, claims and late permits (进展填报、逐条申报、补报许可)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

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
from taizhang.progress.rules import ClaimOutcome as ClaimOutcome
from taizhang.workflow.rules import State


class Submission(Table, table=True):
    """One period's report on one assignment (一期进展填报)."""

    __table_args__ = (
        owned(),
        of_one_unit("assignment_id", "assignment"),
        UniqueConstraint("assignment_id", "period_id"),
        Index(None, "unit_id", "state"),
        {"comment": "一期进展填报"},
    )

    id: uuid.UUID = primary_key()
    assignment_id: uuid.UUID = foreign_key("assignment.id", "责任分工", index=False)
    period_id: uuid.UUID = foreign_key("period.id", "填报周期")
    unit_id: uuid.UUID = foreign_key("unit.id", "单位", index=False)
    state: State = enum_column(State, "状态", default=State.DRAFT, index=True)
    progress: str = text_column("进展情况", default="")
    measures: str = text_column("工作措施", default="")
    problems: str = text_column("存在问题", default="")
    next_steps: str = text_column("下步打算", default="")
    revision: int = plain("提交版次，未提交为 0", default=0)
    first_submitted_at: datetime | None = plain("首次提交时间（及时与否看它）", default=None)
    submitted_at: datetime | None = plain("最近提交时间", default=None)
    accepted_at: datetime | None = plain("审核通过时间", default=None)
    created_by: uuid.UUID = foreign_key("app_user.id", "填报人", index=False)
    created_at: datetime = plain("建立时间")
    version: int = version_column()


class Claim(Table, table=True):
    """What a submission says of one duty (逐条申报)."""

    __table_args__ = (UniqueConstraint("submission_id", "duty_id"), {"comment": "对一条要求的申报"})

    id: uuid.UUID = primary_key()
    submission_id: uuid.UUID = foreign_key("submission.id", "填报", index=False)
    duty_id: uuid.UUID = foreign_key("duty.id", "要求")
    outcome: ClaimOutcome = enum_column(ClaimOutcome, "申报结果")
    value: float | None = plain("数值（门槛类要求）", default=None)
    done_on: date | None = plain("完成日期", default=None)
    note: str | None = text_column("说明", nullable=True)
    difference_reason: str | None = text_column("与专项台账不一致的说明", nullable=True)


class SubmissionEvidence(Table, table=True):
    """Which evidence a submission shows, and for which duty (填报所附佐证)."""

    __table_args__ = (
        of_one_unit("submission_id", "submission"),
        of_one_unit("evidence_id", "evidence"),
        UniqueConstraint("submission_id", "evidence_id", "duty_id", postgresql_nulls_not_distinct=True),
        {"comment": "填报所附佐证"},
    )

    id: uuid.UUID = primary_key()
    submission_id: uuid.UUID = foreign_key("submission.id", "填报", index=False)
    evidence_id: uuid.UUID = foreign_key("evidence.id", "佐证材料")
    unit_id: uuid.UUID = plain("单位")
    duty_id: uuid.UUID | None = foreign_key("duty.id", "证明哪条要求，空为整体", nullable=True, index=False)


class SubmissionRevision(Table, table=True):
    """What was handed in, word for word (提交快照). Never changed."""

    __table_args__ = (UniqueConstraint("submission_id", "number"), {"comment": "提交快照，只增不改"})

    id: uuid.UUID = primary_key()
    submission_id: uuid.UUID = foreign_key("submission.id", "填报", index=False)
    number: int = plain("版次")
    content: dict[str, Any] = jsonb_column("提交时的全部内容")
    made_at: datetime = plain("提交时间")
    made_by: uuid.UUID = foreign_key("app_user.id", "提交人", index=False)


class LatePermit(Table, table=True):
    """Leave to report after a period has closed (补报许可); what is reported under it stays late."""

    __table_args__ = (UniqueConstraint("assignment_id", "period_id"), {"comment": "补报许可"})

    id: uuid.UUID = primary_key()
    assignment_id: uuid.UUID = foreign_key("assignment.id", "责任分工", index=False)
    period_id: uuid.UUID = foreign_key("period.id", "填报周期", index=False)
    reason: str = text_column("理由")
    granted_by: uuid.UUID = foreign_key("app_user.id", "批准人", index=False)
    granted_by_name: str = string_column(100, "批准人姓名（当时）")
    granted_at: datetime = plain("批准时间")
    until: date = plain("补报截止日（含）")


class ProgressRelease(Table, table=True):
    """A period's progress as the office made it public (进展公布), frozen; withdrawn with a reason, never deleted."""

    __table_args__ = (
        Index("uq_progress_release_shown", "period_id", unique=True, postgresql_where="withdrawn_at IS NULL"),
        {"comment": "向社会公布的一期进展，公布时定格"},
    )

    id: uuid.UUID = primary_key()
    plan_id: uuid.UUID = foreign_key("plan.id", "分解表")
    period_id: uuid.UUID = foreign_key("period.id", "填报周期", index=False)
    statement: str = text_column("情况说明")
    standings: list[Any] = jsonb_column("各责任单位当时的办理状态：任务、单位、分工、状态")
    released_at: datetime = plain("公布时间")
    released_by: uuid.UUID = foreign_key("app_user.id", "公布人", index=False)
    released_by_name: str = string_column(100, "公布人姓名（当时）")
    withdrawn_at: datetime | None = plain("撤下时间", default=None)
    withdrawn_by_name: str | None = string_column(100, "撤下人姓名（当时）", nullable=True)
    withdraw_reason: str | None = text_column("撤下的理由", nullable=True)
