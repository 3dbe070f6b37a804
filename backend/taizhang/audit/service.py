"""Recording and verifying the audit chain."""

import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import to_jsonable_python
from sqlalchemy import text
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.audit.models import AuditEvent
from taizhang.core.envelope import current_request_id


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    subject_type: str,
    subject_id: uuid.UUID | None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    outcome: str = "ok",
    actor_name: str = "系统",
) -> None:
    """Add one event to the caller's transaction: no audit row, no write.

    ``before`` and ``after`` hold only what changed, never secrets or an applicant's personal data.
    """
    session.add(
        AuditEvent(
            actor_id=actor.user_id if actor else None,
            actor_name=f"{actor.name}（{actor.username}）" if actor else actor_name,
            role=actor.role.value if actor else "system",
            unit_id=actor.unit_id if actor else None,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            before=to_jsonable_python(before),
            after=to_jsonable_python(after),
            outcome=outcome,
            request_id=current_request_id.get(),
        )
    )
    session.flush()


class Verification(NamedTuple):
    """What a walk along the chain found: how many events, which are broken, and the head."""

    events: int
    broken: list[int]
    head: str | None


def verify(session: Session) -> Verification:
    """Recompute every hash and link in the database."""
    rows = (
        session.connection()
        .execute(text("SELECT seq, intact, encode(hash, 'hex') FROM audit_verify() ORDER BY seq"))
        .all()
    )
    return Verification(len(rows), [row.seq for row in rows if not row.intact], rows[-1][2] if rows else None)


class Head(NamedTuple):
    """Where the chain has got to: printed or kept elsewhere, it shows whether the log was rewritten since."""

    seq: int
    hash: str


def head(session: Session) -> Head | None:
    """The last sealed event; None before the first."""
    statement = text(
        "SELECT seq, encode(hash, 'hex') AS hash FROM audit_event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
    )
    row = session.connection().execute(statement).one_or_none()
    return Head(row.seq, row.hash) if row else None
