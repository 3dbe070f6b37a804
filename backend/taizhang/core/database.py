"""Database (数据库): the engine, and the one transaction every request runs in.

Nothing is read or written before the transaction has said who acts: the connection's own role may touch no table.
:class:`GuardedSession` says it in the round trip that begins the transaction, and it ends with the transaction, so
that a connection which comes back to the pool knows nothing (``docs/decisions/0028``).
"""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Self, cast

from anyio import CancelScope
from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from psycopg import Cursor
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

APP_ROLE = "taizhang_app"
AUTH_ROLE = "taizhang_auth"
SYSTEM_ROLE = "taizhang_system"
PUBLIC_ROLE = "taizhang_public"
FORMS = ("multipart/", "application/x-www-form-urlencoded")

# Every wait has an end (trust.md R10, R11): a locked table, a lost network or a forgotten transaction answers 503.
SERVER_OPTIONS = {
    "statement_timeout": "10s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "15s",
    "transaction_timeout": "30s",
    "timezone": "UTC",
    "application_name": "taizhang",
}
# What takes as long as it takes, and no request waits for.
PATIENT = {"transaction_timeout": "0", "idle_in_transaction_session_timeout": "0"}
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


@dataclass(frozen=True, slots=True)
class Context:
    """Who a transaction acts as (访问上下文): the call that says so to the database."""

    call: str

    @classmethod
    def of_person(cls, user_id: uuid.UUID) -> Self:
        """Somebody with an account; the call answers with the live row, or with nothing."""
        return cls(f"SELECT * FROM guard.enter('{user_id}')")

    @classmethod
    def of_role(cls, role: str) -> Self:
        """Nobody in particular."""
        return cls(f"SELECT guard.enter_as('{role}')")


AUTH = Context.of_role(AUTH_ROLE)
"""A request that has not shown whose it is: it reaches what signing in needs."""
PUBLIC = Context.of_role(PUBLIC_ROLE)
"""Anybody: what is published."""
SYSTEM = Context.of_role(SYSTEM_ROLE)
"""The command line and the background jobs."""


class FirstWord(Cursor[Any]):
    """A cursor that answers ``BEGIN; SELECT …``, sent in one round trip, with what the SELECT found."""

    def execute(self, query: Any, *arguments: Any, **options: Any) -> Self:
        super().execute(query, *arguments, **options)
        if isinstance(query, str) and query.startswith("BEGIN;"):
            self.nextset()
        return self


class GuardedSession(Session):
    """A session each of whose transactions begins by saying who acts."""

    context: Context
    entered: Any = None
    """The caller's live row, as the database gave it when the transaction began."""


@event.listens_for(GuardedSession, "after_begin")
def _enter(session: GuardedSession, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        session.entered = _say(connection, session.context)


def _say(connection: Connection, context: Context) -> Any:
    held: Any = connection.connection.driver_connection
    begin = "BEGIN; " if held.info.transaction_status == TransactionStatus.IDLE else ""
    return connection.exec_driver_sql(begin + context.call).one_or_none()


@contextmanager
def acting_as(session: Session, context: Context) -> Iterator[None]:
    """Act as somebody else for a part of the transaction, such as what follows for other governments.

    Parts may lie within parts. A part that fails ends with the transaction or savepoint it was begun in.
    """
    guarded = cast(GuardedSession, session)
    before = guarded.context
    if before == context:
        yield
        return
    session.flush()
    _say(session.connection(), context)
    guarded.context = context
    try:
        yield
        session.flush()
    finally:
        guarded.context = before
    _say(session.connection(), before)


def create_pool(url: str, *, size: int = 20, role: str | None = APP_ROLE, **overrides: str) -> Engine:
    """An engine for guarded sessions. Its connections may do nothing before they have said who acts.

    In autocommit, because the sessions begin their transactions themselves.
    """
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=2,
        pool_recycle=1800,
        hide_parameters=True,  # a failed statement is logged; what people wrote is not
        connect_args=connect_args(role=role, **overrides) | {"cursor_factory": FirstWord},
        isolation_level="AUTOCOMMIT",
    )


def open_session(engine: Engine, context: Context = SYSTEM) -> GuardedSession:
    """A session whose objects stay readable after the commit."""
    session = GuardedSession(engine, expire_on_commit=False)
    session.context = context
    return session


async def transaction(request: Request) -> AsyncIterator[GuardedSession]:
    """One transaction per request: committed before the answer leaves, rolled back on any problem.

    Nothing here waits for the database on the event loop: a session connects when it is first asked, in a thread.
    """
    session: GuardedSession = request.app.state.sessions(AUTH)
    try:
        yield session
        await run_in_threadpool(_commit, session)
    except BaseException:
        with CancelScope(shield=True):
            await run_in_threadpool(session.close)
        raise


def _commit(session: GuardedSession) -> None:
    session.commit()
    session.close()


Transaction = Annotated[GuardedSession, Depends(transaction, scope="function")]
"""Scope ``function`` matters: with the default scope a failed commit would follow a 201 already sent."""


def apart(request: Request) -> GuardedSession:
    """Another session of the same caller, for what is read or written apart from the request's transaction."""
    session: GuardedSession = request.app.state.sessions(request.state.context)
    return session


def as_public(session: Transaction) -> None:
    """Dependency of routes for everybody: the session reads what is published and nothing else."""
    session.context = PUBLIC
