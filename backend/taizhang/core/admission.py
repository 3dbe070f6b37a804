"""Admission (接纳): how many requests one process works on at a time, and when it takes no writes.

Under a locked or lost database every request waits for its limit of a few seconds. Without a bound at the door those
waits add up behind each other; with it, whoever cannot be served soon is told so at once (503 with ``Retry-After``).
"""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from taizhang.core.problems import Problem, StorageFull, Unavailable

PATIENCE_SECONDS = 0.5
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FLOOR_SHARE = 0.05  # of a small volume: a floor of a gigabyte would refuse every write there
FRESH_SECONDS = 2.0


class Admission:
    """ASGI middleware: at most ``limit`` requests under ``prefix`` at once, streams that stay open not counted."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit: int,
        prefix: str,
        unbounded: frozenset[str],
        refuse: Callable[[Scope, Problem], ASGIApp],
    ) -> None:
        self.app = app
        self.free = asyncio.Semaphore(limit)
        self.prefix = prefix
        self.unbounded = unbounded
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(self.prefix) or path in self.unbounded:
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.free.acquire()
        except TimeoutError:
            await self.refuse(scope, Unavailable("overloaded"))(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.free.release()


class Room:
    """Whether a volume has room for writes; asked of the disk every other second at most."""

    def __init__(self, folder: Path, floor: int) -> None:
        self.folder = folder
        self.floor = floor
        self._asked = 0.0
        self._enough = True

    def enough(self) -> bool:
        if time.monotonic() - self._asked > FRESH_SECONDS:
            place = next(place for place in (self.folder, *self.folder.absolute().parents) if place.exists())
            disk = shutil.disk_usage(place)
            self._enough = disk.free >= min(self.floor, disk.total * FLOOR_SHARE)
            self._asked = time.monotonic()
        return self._enough


async def require_room(request: Request) -> None:
    """Dependency of every writing route.

    Raises:
        StorageFull: less is free than the database needs to keep its own promises (507 ``storage-low``).
    """
    room: Room = request.app.state.room
    if request.method not in READING and not room.enough():
        raise StorageFull("storage-low")
