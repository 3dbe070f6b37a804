"""Steps and points of a review (流转记录、退回要点), for any record that is submitted, signed and accepted."""

import uuid
from datetime import date, datetime

from sqlalchemy import Index

from taizhang.core.columns import Table, enum_column, foreign_key, plain, primary_key, string_column, text_column
from taizhang.workflow.rules import PointReason as PointReason
from taizhang.workflow.rules import PointTarget as PointTarget


class ReviewStep(Table, table=True):
    """Who did what when (流转记录). Never changed."""

    __table_args__ = (Index(None, "subject_id", "at"), {"comment": "流转记录，只增不改"})

    id: uuid.UUID = primary_key()
    subject_type: str = string_column(32, "对象类别")
    subject_id: uuid.UUID = plain("对象编号")
    revision: int = plain("当时的提交版次")
    action: str = string_column(32, "动作")
    from_state: str = string_column(32, "之前状态")
    to_state: str = string_column(32, "之后状态")
    actor_id: uuid.UUID = foreign_key("app_user.id", "操作人", index=False)
    actor_name: str = string_column(100, "操作人姓名（当时）")
    unit_name: str = string_column(200, "操作人单位（当时）")
    at: datetime = plain("时间")
    reason: str | None = text_column("理由或附言", nullable=True)


class ReviewPoint(Table, table=True):
    """One thing a record was returned for (退回要点); each must be answered before it goes in again."""

    __table_args__ = (Index(None, "subject_id", "raised_at"), {"comment": "退回要点，逐条答复"})

    id: uuid.UUID = primary_key()
    subject_type: str = string_column(32, "对象类别")
    subject_id: uuid.UUID = plain("对象编号")
    revision: int = plain("针对的提交版次")
    target: PointTarget = enum_column(PointTarget, "针对的部分")
    target_id: uuid.UUID | None = plain("针对的要求或材料", default=None)
    cell: str | None = string_column(64, "针对的格（年度报告）", nullable=True)
    reason: PointReason = enum_column(PointReason, "退回原因")
    text: str = text_column("具体意见")
    due_on: date | None = plain("请于何日前补正", default=None)
    raised_by: uuid.UUID = foreign_key("app_user.id", "提出人", index=False)
    raised_by_name: str = string_column(100, "提出人姓名（当时）")
    raised_at: datetime = plain("提出时间")
    answer: str | None = text_column("答复", nullable=True)
    answered_by: uuid.UUID | None = foreign_key("app_user.id", "答复人", nullable=True, index=False)
    answered_by_name: str | None = string_column(100, "答复人姓名（当时）", nullable=True)
    answered_at: datetime | None = plain("答复时间", default=None)
