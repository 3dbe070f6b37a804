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


def following(after: int, *, newest: bool, limit: int, action: str | None, actor: str | None) -> Select[Any]:
    """Sealed events beyond a sequence number: forwards from 0, or backwards from the newest (where 0 means its end)."""
    seq = col(AuditEvent.seq)
    columns: list[Any] = [col(getattr(AuditEvent, name)).label(name) for name in NAMES]
    columns.append(func.encode(col(AuditEvent.hash), "hex").label("hash"))
    statement = select(*columns).where(seq.is_not(None)).order_by(seq.desc() if newest else seq).limit(limit)
    if not newest:
        statement = statement.where(seq > after)
    elif after:
        statement = statement.where(seq < after)
    if action is not None:
        statement = statement.where(col(AuditEvent.action) == action)
    if actor is not None:
        statement = statement.where(col(AuditEvent.actor_name).contains(actor, autoescape=True))
    return statement
