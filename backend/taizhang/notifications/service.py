"""Telling people (通知): inbox rows written in the transaction of what they tell."""

import uuid
from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlmodel import Session, col

from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser
from taizhang.core.problems import NotFound
from taizhang.notifications.models import Notification


def notify_unit(
    session: Session,
    unit_id: uuid.UUID,
    roles: set[Role],
    *,
    kind: str,
    title: str,
    text: str,
    subject_type: str,
    subject_id: uuid.UUID,
    now: datetime,
) -> None:
    """Put one message in the inbox of everyone in a unit who holds one of the roles, in one statement."""
    readers = select(
        col(AppUser.id),
        literal(kind),
        literal(title),
        literal(text),
        literal(subject_type),
        literal(subject_id),
        literal(now),
    ).where(
        col(AppUser.unit_id) == unit_id,
        col(AppUser.role).in_(roles),
        col(AppUser.disabled).is_(False),
        col(AppUser.is_client).is_(False),
    )
    columns = ["user_id", "kind", "title", "text", "subject_type", "subject_id", "created_at"]
    session.connection().execute(insert(Notification).from_select(columns, readers))


def mark_read(session: Session, user_id: uuid.UUID, notification_id: uuid.UUID, *, now: datetime) -> Notification:
    """Mark an own message as read; marking twice changes nothing.

    Raises:
        NotFound: no such message of this person.
    """
    message = session.get(Notification, notification_id)
    if message is None or message.user_id != user_id:
        raise NotFound
    if message.read_at is None:
        message.read_at = now
        session.flush()
    return message
