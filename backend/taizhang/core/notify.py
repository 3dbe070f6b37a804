"""Notify (变更通知): tells open pages what changed, through PostgreSQL, when the transaction commits."""

import json
import uuid

from sqlalchemy import text
from sqlmodel import Session

CHANNEL = "taizhang_changes"


def publish(
    session: Session, kind: str, subject_id: uuid.UUID, *, action: str, unit_id: uuid.UUID, unit_path: str
) -> None:
    """Queue one change event; PostgreSQL delivers it to listeners only if the transaction commits.

    The payload carries ids and the unit's path alone: a listener decides who may hear of it and reads the rest itself.
    """
    payload = {"kind": kind, "id": str(subject_id), "action": action, "unit_id": str(unit_id), "unit_path": unit_path}
    session.connection().execute(
        text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": json.dumps(payload)}
    )
