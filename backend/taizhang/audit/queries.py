"""Reading the audit log, by keyset: it only grows."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col

from taizhang.audit.models import AuditEvent

NAMES = (
    "seq",
    "id",
    "at",
    "actor_id",
    "actor_name",
    "role",
    "unit_id",
    "action",
    "subject_type",
    "subject_id",
    "before",
    "after",
    "outcome",
    "request_id",
)


def after(seq: int, *, limit: int, action: str | None) -> Select[Any]:
    """Sealed events after a sequence number, oldest first."""
    columns: list[Any] = [col(getattr(AuditEvent, name)).label(name) for name in NAMES]
    columns.append(func.encode(col(AuditEvent.hash), "hex").label("hash"))
    statement = select(*columns).where(col(AuditEvent.seq) > seq).order_by(col(AuditEvent.seq)).limit(limit)
    return statement if action is None else statement.where(col(AuditEvent.action) == action)
