"""The live stream (实时变更): one LISTEN connection per process, fanned out to the open pages that may hear of it."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg
import structlog
from psycopg import sql

from taizhang.access.actor import Actor
from taizhang.core.notify import CHANNEL

log = structlog.get_logger()

QUEUE_LIMIT = 200
RECONNECT_SECONDS = (0.5, 1, 2, 5, 10)


class Hub:
    """Hands each change to the subscribers whose scope covers the unit it happened in."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._subscribers: dict[asyncio.Queue[dict[str, Any]], Actor] = {}

    @contextmanager
    def subscribe(self, actor: Actor) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of changes for one open page. A page too slow to read loses the oldest and reloads anyway."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(QUEUE_LIMIT)
        self._subscribers[queue] = actor
        try:
            yield queue
        finally:
            del self._subscribers[queue]

    def deliver(self, payload: str) -> None:
        """Pass one notification on."""
        event = json.loads(payload)
        path = event.pop("unit_path")
        for queue, actor in self._subscribers.items():
            if actor.sees(path):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(event)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen for as long as the application runs."""
        task = asyncio.create_task(self._listen_forever())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen_forever(self) -> None:
        failures = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    failures = 0
                    async for notice in connection.notifies():
                        self.deliver(notice.payload)
            except psycopg.Error as error:
                log.warning("listener lost", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS) - 1)])
            failures += 1
