"""The audit log (审计日志)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint, func
from sqlmodel import Field

from taizhang.core.columns import Table, jsonb_column, plain, primary_key, string_column


class AuditEvent(Table, table=True):
    """One thing somebody did. Inserted once; the database seals ``seq`` and both hashes at commit."""

    __table_args__ = (
        UniqueConstraint("seq", "at", name="uq_audit_event_seq"),
        {"comment": "审计日志：只增不改，哈希成链", "postgresql_partition_by": "RANGE (at)"},
    )

    id: uuid.UUID = primary_key()
    seq: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"comment": "链上序号，提交时由数据库填写"}
    )
    at: datetime = Field(
        default=None,
        primary_key=True,  # of which a partitioned table's key is a part
        index=True,
        sa_column_kwargs={"comment": "发生时间（真实时间）", "server_default": func.clock_timestamp()},
    )
    actor_id: uuid.UUID | None = plain("操作人", default=None, index=True)
    actor_name: str = string_column(100, "操作人姓名与账号（当时）")
    role: str = string_column(32, "操作人角色（当时）")
    unit_id: uuid.UUID | None = plain("操作人单位", default=None, index=True)
    action: str = string_column(64, "动作，如 submission.accept", index=True)
    subject_type: str = string_column(64, "对象类别")
    subject_id: uuid.UUID | None = plain("对象编号", default=None, index=True)
    before: dict[str, Any] | None = jsonb_column("之前", nullable=True)
    after: dict[str, Any] | None = jsonb_column("之后", nullable=True)
    outcome: str = string_column(16, "结果：ok 或 refused", default="ok")
    request_id: str | None = string_column(64, "请求编号", nullable=True)
    previous_hash: bytes | None = Field(default=None, sa_type=LargeBinary, sa_column_kwargs={"comment": "前一条的哈希"})
    hash: bytes | None = Field(default=None, sa_type=LargeBinary, sa_column_kwargs={"comment": "本条哈希（SHA-256）"})
