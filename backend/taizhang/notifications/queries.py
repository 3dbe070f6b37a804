"""Reading the inbox."""

import uuid
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from taizhang.notifications.models import Notification


def inbox(user_id: uuid.UUID, *, unread: bool | None) -> Select[Any]:
    """A person's own messages, unread first, newest first."""
    names = ("id", "kind", "title", "text", "subject_type", "subject_id", "created_at", "read_at")
    columns: list[Any] = [col(getattr(Notification, name)).label(name) for name in names]
    statement = (
        select(*columns)
        .where(col(Notification.user_id) == user_id)
        .order_by(
            col(Notification.read_at).is_not(None), col(Notification.created_at).desc(), col(Notification.id).desc()
        )
    )
    return statement if unread is None else statement.where(col(Notification.read_at).is_(None) == unread)
