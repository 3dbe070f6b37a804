"""The real server under trial: ``taizhang run`` with two workers and its own PostgreSQL, in a folder of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path

from taizhang import migrating
from taizhang.core.cluster import Cluster
from taizhang.core.database import create_pool, open_session
from taizhang.plans.models import Assignment, AssignmentRole
from tests.bench.servers import fetch, free_port
from tests.district import District, build_district
from tests.progress import ledger

TODAY = "2023-09-20"
PATIENCE = 240.0
WORKERS = 2


def plant(data: Path, reporters: int) -> list[tuple[str, str]]:
    """A district with an issued plan; the reporters' usernames, each with an assignment of their own to report on."""
    with Cluster(data) as cluster:
        migrating.migrate(cluster.url)
        engine = create_pool(cluster.url, size=1, transaction_timeout="0", idle_in_transaction_session_timeout="0")
        with open_session(engine) as session, session.begin():
            district = build_district(session, now=datetime.now(UTC))
            issued = ledger.issue(session, district)
            logins = _reporters(district, reporters)
            planted = []
            for login in logins:
                found = issued.assignments.get(login) or _assign(issued, district, login)
                session.add(found)
                session.flush()
                planted.append((login, str(found.id)))
        engine.dispose()
    return planted


def _reporters(district: District, count: int) -> list[str]:
    return [name.removesuffix("-signer") for name in district.people if name.endswith("-signer")][1 : count + 1]


def _assign(issued: ledger.Ledger, district: District, login: str) -> Assignment:
    july = issued.periods[7]
    return Assignment(
        plan_id=issued.plan.id,
        task_id=issued.task.id,
        unit_id=district.units[login].id,
        role=AssignmentRole.SUPPORT,
        phrase="各街镇",
        report_period_id=july.id,
        report_due_on=july.due_on,
    )


class Served:
    """A running server, its processes, and whether it is ready."""

    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self.data = data
        self.port = free_port()
        self.log = (data / "run.log").open("ab")
        command = [sys.executable, "-m", "taizhang.cli", "run", "--no-demo", f"--workers={WORKERS}"]
        self.process = subprocess.Popen(
            [*command, f"--port={self.port}", f"--data={data}"],
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")},
                "TAIZHANG_TODAY": TODAY,
                "PYTHONUNBUFFERED": "1",
                **environment,
            },
            stdout=self.log,
            stderr=self.log,
        )

    @property
    def ready(self) -> bool:
        try:
            return fetch(self.port, "/readyz", {})[0] == 200
        except (OSError, HTTPException):
            return False

    def wait_until_ready(self, patience: float = PATIENCE) -> float:
        """Seconds until it was ready, three times in a row; SystemExit if it never was."""
        started = time.monotonic()
        in_a_row = 0
        while in_a_row < 3:
            if self.process.poll() is not None or time.monotonic() - started > patience:
                raise SystemExit(f"服务没有恢复：\n{(self.data / 'run.log').read_text(encoding='utf-8')[-2000:]}")
            in_a_row = in_a_row + 1 if self.ready else 0
            time.sleep(0.02)
        return time.monotonic() - started

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in children(self.process.pid) if b"spawn_main" in command_line(pid)]

    def postmaster(self) -> int:
        """The process every other one of PostgreSQL comes from."""
        return int((self.data / "postgres/pgdata/postmaster.pid").read_text(encoding="ascii").split()[0])

    def backends(self) -> list[int]:
        """The processes of PostgreSQL that serve connections."""
        return [pid for pid in children(self.postmaster()) if b"[local]" in command_line(pid)]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


@contextmanager
def served(data: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """A ready server for as long as the block lasts."""
    running = Served(data, environment)
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


def children(pid: int) -> list[int]:
    """The living children of a process."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in listed]


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
