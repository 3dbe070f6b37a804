"""Archive (日志归档): the write-ahead log, streamed into ``wal/`` and on the disk there within moments of its commit.

``pg_receivewal`` with a slot: the server keeps what has not arrived, up to ``max_slot_wal_keep_size``. A gap therefore
never goes unnoticed: beyond that bound the slot is lost, and said to be.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang.backups.source import BackupError, Source, program

SLOT = "taizhang_archive"
PATIENCE_SECONDS = 120.0


def folder_of(target: Path) -> Path:
    """Where a backup folder keeps the log."""
    return target / "wal"


def start(source: Source, target: Path) -> "subprocess.Popen[bytes] | None":
    """Begin to receive; None when somebody does so already.

    Raises:
        BackupError: the log has a gap, or the server cannot be followed.
    """
    with source.connect() as connection:
        connection.execute(
            "SELECT pg_create_physical_replication_slot(%s) "
            "WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = %s)",
            [SLOT, SLOT],
        )
        row = connection.execute(
            "SELECT active, wal_status FROM pg_replication_slots WHERE slot_name = %s", [SLOT]
        ).fetchone()
    if row is not None and row[1] == "lost":
        raise BackupError(
            "日志归档中断过久，中间已有缺口。请换一个空的备份目录，"
            f"并先执行 SELECT pg_drop_replication_slot('{SLOT}')。"
        )
    if row is not None and row[0]:
        return None
    folder_of(target).mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [program("pg_receivewal"), f"--directory={folder_of(target)}", f"--slot={SLOT}", "--synchronous"]
    return subprocess.Popen(
        [*command, "--no-password", f"--dbname={source.conninfo}"],
        env=source.environment,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def receiving(source: Source, target: Path) -> Iterator[None]:
    """The log is received for as long as the block lasts."""
    process = start(source, target)
    try:
        _await(source, process)
        yield
    finally:
        if process is not None:
            process.terminate()
            process.wait(30)


def _await(source: Source, process: "subprocess.Popen[bytes] | None") -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not followed(source):
        if (process is not None and process.poll() is not None) or time.monotonic() > deadline:
            raise BackupError("跟不上数据库的日志：pg_receivewal 没有连上。")
        time.sleep(0.05)


def followed(source: Source) -> bool:
    """Whether somebody receives the log."""
    with source.connect() as connection:
        row = connection.execute("SELECT active FROM pg_replication_slots WHERE slot_name = %s", [SLOT]).fetchone()
    return bool(row and row[0])


def await_segment(source: Source, target: Path, lsn: str) -> None:
    """Wait until the log up to a place is here, its segment complete.

    Raises:
        BackupError: it did not come.
    """
    with source.connect() as connection:
        connection.execute("SELECT pg_switch_wal()")
        row = connection.execute("SELECT pg_walfile_name(%s::pg_lsn)", [lsn]).fetchone()
    segment = folder_of(target) / (row[0] if row else "")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not segment.is_file():
        if time.monotonic() > deadline:
            raise BackupError(f"日志段 {segment.name} 没有归档到 {segment.parent}。")
        time.sleep(0.05)
