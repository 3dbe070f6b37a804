"""Keeping house in the store (附件巡检): contents nobody refers to go, contents that are missing or damaged are named.

Run by ``taizhang fsck``; harmless when repeated.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session, select

from taizhang.attachments import queries
from taizhang.attachments.models import Attachment, ScanState
from taizhang.attachments.scanning import scan
from taizhang.attachments.storage import Store
from taizhang.audit import service as audit

ORPHAN_DAYS = 7
LOCK = 7210000714
"""Uploads share it, the sweep has it alone: nothing is swept between being stored and being referred to."""


class Damage(NamedTuple):
    """One content the database refers to and the store does not hold whole."""

    sha256: str
    missing: bool


def while_uploading(session: Session) -> None:
    """Hold off the sweep until this transaction has ended."""
    session.connection().execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": LOCK})


def sweep(session: Session, store: Store, *, now: datetime) -> list[str]:
    """Delete contents that have had no row for a week: uploads whose transaction failed."""
    session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    held = set(session.exec(select(Attachment.sha256).distinct()))
    return store.discard_older((now - timedelta(days=ORPHAN_DAYS)).timestamp(), spare=held.__contains__)


def damaged(session: Session, store: Store) -> list[Damage]:
    """Hash every content again that a row refers to; what is missing or has changed."""
    held = session.exec(select(Attachment.sha256).distinct().order_by(Attachment.sha256)).all()
    return [Damage(sha256, not store.path(sha256).is_file()) for sha256 in held if not store.intact(sha256)]


def scan_waiting(session: Session, store: Store, address: str | None) -> dict[ScanState, int]:
    """Ask the scanner about every content it has not spoken of; how many came out how."""
    counts = dict.fromkeys(ScanState, 0)
    for sha256 in queries.waiting_for_scan(session) if address else []:
        if not store.path(sha256).is_file():
            continue
        with store.path(sha256).open("rb") as content:
            found = scan(address, content)
        counts[found] += 1
        if found is not ScanState.UNSCANNED:
            rows = select(Attachment).where(Attachment.sha256 == sha256, Attachment.scan == ScanState.UNSCANNED)
            for row in session.exec(rows):
                row.scan = found
                after = {"scan": found}
                audit.record(session, None, "attachment.scan", "attachment", row.id, after=after)
    return counts
