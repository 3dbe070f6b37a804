"""Keeping the log (审计日志的留存): months past their time are put away, and the chain says where they ended.

At least a year stays in the database (GB/T 22239-2019 8.1.4.3 and 网络安全法 ask for six months). What is put away is a
file whose hash, with the place and the hash the chain had reached, is an event of the chain that goes on.
"""

import gzip
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from taizhang.audit import service

MONTHS_KEPT_AT_LEAST = 12


class NotArchived(RuntimeError):
    """Nothing was put away; the message says why, in Chinese."""


@dataclass(frozen=True)
class Archived:
    """One month put away."""

    month: str
    events: int
    last_seq: int
    path: Path
    sha256: str


def archive_oldest(session: Session, folder: Path, *, keep_months: int, now: datetime) -> Archived | None:
    """Put the oldest month away if it is past its time; None if it is not. The caller is the table's owner.

    Raises:
        NotArchived: the chain is broken, or the month's events are not the chain's first (a transaction that straddled
            the end of the month: they go together with the next one).
    """
    month = _oldest(session)
    if month is None or month > _last_to_go(keep_months, now):
        return None
    if service.verify(session).broken:
        raise NotArchived("审计链有对不上的地方，先查清再归档。")
    bounds = (
        session.connection()
        .execute(text(f"SELECT min(seq), max(seq), count(*) FROM audit_months.m{month} WHERE seq IS NOT NULL"))
        .one()
    )
    after = text(f"SELECT min(seq) FROM audit_event WHERE tableoid <> 'audit_months.m{month}'::regclass")
    following = session.connection().execute(after).scalar()
    if bounds[2] and following is not None and following < bounds[1]:
        raise NotArchived(f"{month} 月末的记录与下月的交错，等下月一并归档。")
    path = folder / f"audit-{month}.jsonl.gz"
    digest = _write(session, month, path)
    archived = Archived(month, bounds[2], bounds[1] or 0, path, digest)
    _note(session, archived)
    session.connection().execute(text(f"ALTER TABLE audit_event DETACH PARTITION audit_months.m{month}"))
    session.connection().execute(text(f"DROP TABLE audit_months.m{month}"))
    return archived


def _oldest(session: Session) -> str | None:
    names = text(
        "SELECT min(relname) FROM pg_class WHERE relnamespace = 'audit_months'::regnamespace "
        "AND relname ~ '^m[0-9]{6}$' AND relispartition"
    )
    found: str | None = session.connection().execute(names).scalar()
    return found[1:] if found else None


def _last_to_go(keep_months: int, now: datetime) -> str:
    months = now.astimezone(UTC).year * 12 + now.astimezone(UTC).month - 1 - max(keep_months, MONTHS_KEPT_AT_LEAST) - 1
    return f"{months // 12:04d}{months % 12 + 1:02d}"


def _write(session: Session, month: str, path: Path) -> str:
    """One event a line, on the disk to stay; the file's SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = session.connection().execute(text(f"SELECT to_jsonb(e) FROM audit_months.m{month} AS e ORDER BY seq"))
    with path.open("xb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
            for (event,) in rows:
                packed.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(session: Session, archived: Archived) -> None:
    if not archived.events:
        return
    last = session.connection().execute(
        text("SELECT encode(hash, 'hex') FROM audit_event WHERE seq = :seq"), {"seq": archived.last_seq}
    )
    after = {
        "month": archived.month,
        "events": archived.events,
        "last_seq": archived.last_seq,
        "last_hash": last.scalar_one(),
        "sha256": archived.sha256,
    }
    service.record(session, None, "audit.archive", "audit_event", None, after=after)
    # Sealed now: a table with a trigger still to fire cannot lose a partition.
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
