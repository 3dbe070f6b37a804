"""Background jobs (后台任务): what is purged, what is kept, and a worker that stops when told."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from taizhang import jobs


@pytest.fixture
def admin(deployed_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(deployed_database.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def run_once(database: str, name: str) -> None:
    async def go() -> None:
        async with jobs.job_queue(database).open_async() as queue:
            await queue.configure_task(name).defer_async(timestamp=0)
            await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    asyncio.run(go())


def test_answers_older_than_a_week_are_forgotten(deployed_database: str, admin: psycopg.Connection) -> None:
    insert = (
        "INSERT INTO idempotency_key (user_id, key, fingerprint, status, body, created_at) "
        "VALUES (%s, %s, '', 201, '', now() - make_interval(days => %s))"
    )
    for key, age in (("of-last-week-000001", 8), ("of-this-week-000001", 6)):
        admin.execute(insert, [uuid.uuid4(), key, age])
    run_once(deployed_database, "forget_idempotency_keys")
    assert admin.execute("SELECT key FROM idempotency_key").fetchall() == [("of-this-week-000001",)]


@pytest.mark.parametrize("name", [job.__name__ for job, _ in (*jobs.PERIODIC, *jobs.NIGHTLY)])
def test_every_job_succeeds_as_the_application_role(
    deployed_database: str, admin: psycopg.Connection, name: str
) -> None:
    run_once(deployed_database, name)
    last = admin.execute("SELECT status FROM procrastinate_jobs WHERE task_name = %s ORDER BY id DESC LIMIT 1", [name])
    assert last.fetchone() == ("succeeded",)


def test_a_worker_shows_it_is_alive_and_stops_within_seconds_of_being_told(
    deployed_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PULSE", tmp_path / jobs.PULSE.name)
    code = "import sys; from taizhang.jobs import run_worker; run_worker(sys.argv[1])"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    worker = subprocess.Popen([sys.executable, "-c", code, deployed_database], env=environment)
    try:
        deadline = time.monotonic() + 30
        while not jobs.is_alive() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert jobs.is_alive()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
        assert not jobs.is_alive()
    finally:
        worker.kill()
        worker.wait()
