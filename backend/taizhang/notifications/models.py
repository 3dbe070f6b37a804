"""The inbox (消息)."""

import uuid
from datetime import datetime

from sqlalchemy import Index

from taizhang.core.columns import Table, foreign_key, plain, primary_key, string_column, text_column


class Notification(Table, table=True):
    """One message for one person (消息), written in the transaction of what it tells."""

    __table_args__ = (Index(None, "user_id", "created_at"), {"comment": "消息"})

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = foreign_key("app_user.id", "收件人", index=False)
    kind: str = string_column(32, "类别：returned、to_sign、to_review、accepted、issued")
    title: str = string_column(200, "标题")
    text: str = text_column("内容")
    subject_type: str = string_column(32, "所指对象类别")
    subject_id: uuid.UUID = plain("所指对象编号")
    created_at: datetime = plain("时间")
    read_at: datetime | None = plain("阅读时间", default=None)
