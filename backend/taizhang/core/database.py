"""Database (数据库): the engine, and the one transaction every request runs in."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from anyio import CancelScope
from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine, create_engine
from sqlmodel import Session

APP_ROLE = "taizhang_app"
READING = frozenset({"GET", "HEAD"})

# Every wait has an end (trust.md R10, R11): a locked table, a lost network or a forgotten transaction answers 503.
SERVER_OPTIONS = {
    "statement_timeout": "10s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "15s",
    "transaction_timeout": "30s",
    "timezone": "UTC",
    "application_name": "taizhang",
}
NETWORK_OPTIONS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def connect_args(*, role: str | None, **overrides: str) -> dict[str, Any]:
    """libpq arguments for one connection; ``role`` is what the session acts as from its first statement on."""
    options = SERVER_OPTIONS | ({"role": role} if role else {}) | overrides
    return NETWORK_OPTIONS | {"options": " ".join(f"-c {name}={value}" for name, value in options.items())}


def create_pool(url: str, *, size: int = 20, role: str | None = APP_ROLE, **overrides: str) -> Engine:
    """An engine whose sessions act as the application role, which may not touch what is append-only."""
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=2,
        pool_recycle=1800,
        hide_parameters=True,  # a failed statement is logged; what people wrote is not
        connect_args=connect_args(role=role, **overrides),
    )


def open_session(engine: Engine) -> Session:
    """A session whose objects stay readable after the commit."""
    return Session(engine, expire_on_commit=False)


async def transaction(request: Request) -> AsyncIterator[Session]:
    """One transaction per request: committed before the answer leaves, rolled back on any problem.

    A request that only reads asks each question in autocommit, which saves the trips to begin and to end. Nothing here
    waits for the database on the event loop: a session connects when it is first asked, in the route's thread.
    """
    if request.method in READING:
        with request.app.state.readers() as session:
            yield session
        return
    session = request.app.state.sessions()
    try:
        yield session
        await run_in_threadpool(session.commit)
    finally:
        with CancelScope(shield=True):
            await run_in_threadpool(session.close)


Transaction = Annotated[Session, Depends(transaction, scope="function")]
"""Scope ``function`` matters: with the default scope a failed commit would follow a 201 already sent."""
