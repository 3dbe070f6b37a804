"""Postmaster (数据库主进程): what a running PostgreSQL says of itself, and whether to believe it.

Imports: nothing of ours.
"""

import socket
import struct
from pathlib import Path
from typing import NamedTuple

PORT = 5432  # only names the socket file
SSL_REQUEST = struct.pack("!II", 8, 80877103)  # the one question every PostgreSQL answers before authentication


class Postmaster(NamedTuple):
    """The lines of ``postmaster.pid`` that matter here."""

    pid: int
    socket_dir: str
    ready: bool

    def listens(self) -> bool:
        """Whether somebody serves the socket: an answer tells the living from a stale pid file or a reused pid."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(10)
            try:
                probe.connect(f"{self.socket_dir}/.s.PGSQL.{PORT}")
                probe.sendall(SSL_REQUEST)
                return probe.recv(1) in (b"N", b"S")
            except OSError:
                return False


def read(pgdata: Path) -> Postmaster | None:
    """What the pid file of a data folder says; None without one, or while it is being written."""
    try:
        lines = (pgdata / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return Postmaster(int(lines[0]), lines[4], lines[7].strip() == "ready")
    except (OSError, IndexError, ValueError):
        return None


def forget_stale(pgdata: Path) -> None:
    """Drop a pid file left by a crash whose pid now belongs to something else (containers reuse small pids)."""
    pid_file = pgdata / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
        stale = b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return
    if stale:
        pid_file.unlink()
