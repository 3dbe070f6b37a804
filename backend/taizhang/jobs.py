"""Background jobs (后台任务): what runs by the clock rather than by a request, queued in PostgreSQL.

A job may be run twice (a worker killed after its work and before its note of it), so each is written to be harmless
when repeated. Run by ``taizhang worker``; ``python -m taizhang.jobs`` asks whether the worker of this machine is alive.

Imports: indicators and below. Imported by: cli.
"""

import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.job_context import JobContext
from sqlmodel import Session

import taizhang.tables  # noqa: F401 - mappers must be whole before the first query
from taizhang.core.clock import business_now, local_day
from taizhang.core.database import SYSTEM_ROLE, connect_args, create_pool, open_session
from taizhang.indicators import freezing, judging

log = structlog.get_logger()

IDEMPOTENCY_DAYS = 7  # units retry after a weekend
SESSION_DAYS = 30  # long enough to look into a stolen session
FINISHED_JOB_HOURS = 30 * 24
STALLED_SECONDS = 120.0
BEAT_SECONDS = 15.0
ALIVE_SECONDS = 60.0
Night = Callable[[Session, datetime], None]
Job = Callable[[JobContext, int], Coroutine[Any, Any, None]]
PULSE = Path(tempfile.gettempdir()) / "taizhang-worker.alive"


async def forget_idempotency_keys(context: JobContext, timestamp: int) -> None:
    """Drop remembered answers once nobody retries any more."""
    await _purge(context.app.connector, "idempotency_key", "created_at", IDEMPOTENCY_DAYS)


async def forget_sessions(context: JobContext, timestamp: int) -> None:
    """Drop refresh tokens long expired."""
    await _purge(context.app.connector, "refresh_session", "expires_at", SESSION_DAYS)


async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Drop the records of jobs that ended well; failed ones stay for a person to look at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=FINISHED_JOB_HOURS)


async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again what a killed worker left half done."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("job_stalled", job=job.id, task=job.task_name)
        await context.app.job_manager.retry_job(job)


def judge_and_freeze(session: Session, now: datetime) -> None:
    """Judge duties by the new day, then freeze the months that are over."""
    judged = judging.judge_all(session, local_day(now))
    frozen = freezing.freeze(session, now)
    log.info("indicators", judged=judged, frozen=frozen)


async def prepare_audit_months(context: JobContext, timestamp: int) -> None:
    """Make the audit log's partitions of this month and the next three."""
    await context.app.connector.execute_query_one_async(
        "SELECT audit_prepare_months(current_date, (current_date + interval '3 months')::date) AS made"
    )


async def log_audit_head(context: JobContext, timestamp: int) -> None:
    """Write where the audit chain has got to into the logs: whoever rewrites the chain would have to rewrite those."""
    rows = await context.app.connector.execute_query_all_async(
        "SELECT seq, encode(hash, 'hex') AS hash FROM audit_event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
    )
    for head in rows:
        log.info("audit_head", seq=head["seq"], hash=head["hash"])


async def _purge(connector: BaseConnector, table: str, column: str, days: int) -> None:
    gone = await connector.execute_query_one_async(
        f"WITH gone AS (DELETE FROM {table} WHERE {column} < now() - make_interval(days => %(days)s) RETURNING 1) "
        "SELECT count(*) AS rows FROM gone",
        days=days,
    )
    log.info("purged", table=table, rows=gone["rows"])


# 00:20 in Beijing: judgements that a day brings, and the month that has just ended.
NIGHTLY: tuple[tuple[Night, str], ...] = ((judge_and_freeze, "20 16 * * *"),)

PERIODIC: tuple[tuple[Job, str], ...] = (
    (forget_idempotency_keys, "17 * * * *"),
    (forget_sessions, "27 18 * * *"),  # 02:27 in Beijing
    (forget_finished_jobs, "37 18 * * *"),
    (prepare_audit_months, "47 18 * * *"),
    (log_audit_head, "7 * * * *"),
    (retry_stalled_jobs, "*/5 * * * *"),
)


def job_queue(database_url: str, today: date | None = None) -> App:
    """The queue with all its tasks; opens nothing until used. Its sessions act as the system role."""
    connector = PsycopgConnector(
        conninfo=database_url.replace("postgresql+psycopg://", "postgresql://", 1),
        kwargs=connect_args(role=SYSTEM_ROLE, application_name="taizhang-worker"),
        min_size=1,
        max_size=4,
    )
    queue = App(connector=connector)
    for job, cron in PERIODIC:
        name = job.__name__
        queue.periodic(cron=cron)(queue.task(name=name, queueing_lock=name, pass_context=True)(job))
    for night, cron in NIGHTLY:
        name = night.__name__
        queue.periodic(cron=cron)(queue.task(name=name, queueing_lock=name)(_in_session(night, database_url, today)))
    return queue


def _in_session(night: Night, database_url: str, today: date | None) -> Callable[[int], Coroutine[Any, Any, None]]:
    """A job over the models: one transaction, in a thread of its own, on the business day."""

    def work() -> None:
        engine = create_pool(database_url, size=1, statement_timeout="5min", transaction_timeout="10min")
        try:
            with open_session(engine) as session, session.begin():
                night(session, business_now(today, datetime.now(UTC)))
        finally:
            engine.dispose()

    async def run(timestamp: int) -> None:
        await asyncio.to_thread(work)

    return run


def run_worker(database_url: str, today: date | None = None) -> None:
    """Work until told to stop (SIGINT, SIGTERM); jobs under way get half a minute to end."""
    asyncio.run(_work(database_url, today))


async def _work(database_url: str, today: date | None) -> None:
    told = _told_to_stop()
    async with job_queue(database_url, today).open_async() as queue:
        pulse = asyncio.create_task(_beat(queue))
        worker = asyncio.create_task(
            queue.run_worker_async(
                concurrency=2,
                shutdown_graceful_timeout=30,
                stalled_worker_timeout=STALLED_SECONDS,
                install_signal_handlers=False,
            )
        )
        try:
            await asyncio.wait({worker, told}, return_when=asyncio.FIRST_COMPLETED)
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
        finally:
            pulse.cancel()
            told.cancel()
            PULSE.unlink(missing_ok=True)


def _told_to_stop() -> asyncio.Task[Literal[True]]:
    """Listen from the very start: the queue's own handlers come only once its worker is registered."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return asyncio.create_task(stop.wait())


async def _beat(queue: App) -> None:
    """Leave a sign of life as long as this process and its way to the database work."""
    while True:
        try:
            await queue.check_connection_async()
            PULSE.touch()
        except Exception:
            log.warning("worker_database_unreachable", exc_info=True)
        await asyncio.sleep(BEAT_SECONDS)


def is_alive() -> bool:
    """Whether a worker on this machine gave a sign of life within the last minute."""
    try:
        return time.time() - PULSE.stat().st_mtime < ALIVE_SECONDS
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(not is_alive())
