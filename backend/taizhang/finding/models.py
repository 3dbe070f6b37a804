"""Saved views (常用筛选)."""

import uuid
from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from taizhang.core.columns import Table, foreign_key, plain, primary_key, string_column


class SavedView(Table, table=True):
    """A page with its filters, kept under a name (常用筛选); the office may share its own with the government."""

    __table_args__ = (
        UniqueConstraint("user_id", "page", "name"),
        Index(None, "page", "scope_path"),
        {"comment": "常用筛选"},
    )

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = foreign_key("app_user.id", "谁的", index=False)
    scope_path: str = Field(
        sa_column=Column(Text(collation="C"), nullable=False, comment="存的人所在政府的机构路径，共用以此为界")
    )
    page: str = string_column(200, "页面，如 /ledger")
    query: str = string_column(2000, "地址里的条件，问号之后的部分")
    name: str = string_column(30, "名称")
    shared: bool = plain("是否给本级政府的人共用")
    created_at: datetime = plain("存的时间")
