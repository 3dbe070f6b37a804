"""The application (应用组装): every router, handler and shared object, put together in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

import taizhang.tables  # noqa: F401 - mappers must be whole before the first query
from taizhang import __version__, migrating
from taizhang.accounts import clients_router, own_router
from taizhang.accounts import router as accounts
from taizhang.accounts.deps import authenticate
from taizhang.accounts.tokens import TokenSigner
from taizhang.annual_reports import exports_router as annual_report_exports
from taizhang.annual_reports import filing_router as report_filing
from taizhang.annual_reports import router as annual_reports
from taizhang.attachments import router as attachments
from taizhang.audit import router as audit
from taizhang.audit.deps import record_refusal
from taizhang.calendars import router as calendars
from taizhang.core import errors, openapi
from taizhang.core.admission import Admission, Room, require_room
from taizhang.core.clock import Today
from taizhang.core.database import AUTH, create_pool, open_session
from taizhang.core.envelope import Envelope
from taizhang.core.guard import Guard
from taizhang.core.problems import Forbidden
from taizhang.core.schemas import Output
from taizhang.core.settings import Settings
from taizhang.finding import router as finding
from taizhang.indicators import router as indicators
from taizhang.notifications import router as notifications
from taizhang.notifications.hub import Hub
from taizhang.plans import imports_router, upstream_router
from taizhang.plans import router as plans
from taizhang.progress import releases_router
from taizhang.progress import router as progress
from taizhang.progress.ledger import router as ledger
from taizhang.progress.roundtrip import router as roundtrip
from taizhang.public import pages as public_pages
from taizhang.public import router as public
from taizhang.registers import imports_router as register_imports
from taizhang.registers import letters_router as letters
from taizhang.registers import router as registers
from taizhang.secrets import party_keys, signing_secret
from taizhang.units import router as units

PREFIX = "/api/v1"
PUBLIC_PREFIX = "/public/v1"
BODY_LIMIT = 1024 * 1024
# Tokens allow half a minute between two machines' clocks; a process further off would refuse its peers' tokens.
MAXIMUM_SKEW = timedelta(seconds=20)


class Meta(Output):
    """系统信息。"""

    today: str
    pinned: bool
    demo: bool
    version: str


class Application(FastAPI):
    """FastAPI inside our envelope: its own middlewares, the limit on bodies among them, answer in plain text."""

    def build_middleware_stack(self) -> ASGIApp:
        """Everything FastAPI builds, then the guard, then the envelope around all of it."""
        settings: Settings = self.state.settings
        guarded = Guard(super().build_middleware_stack(), hosts=settings.hosts, body_limit=BODY_LIMIT)
        return Envelope(guarded, public_url=settings.public_url)


def create_app(settings: Settings, database_url: str) -> FastAPI:
    """The ASGI application. Opens nothing until it starts."""
    app = Application(
        lifespan=partial(_lifespan, settings=settings, database_url=database_url),
        docs_url=None if settings.production else "/api/docs",
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        max_body_size=BODY_LIMIT,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.settings = settings
    app.state.signer = TokenSigner(signing_secret(settings), minutes=settings.access_token_minutes)
    app.state.staff_ranges = settings.staff_ranges
    app.state.room = Room(settings.data_dir, settings.storage_floor_bytes)
    app.state.party_keys = cache(partial(party_keys, settings))
    if settings.production:
        app.state.party_keys()  # a missing key is found at the start, not by the first applicant
    errors.install(app)
    app.add_exception_handler(Forbidden, _refuse)
    openapi.install(app)
    app.include_router(_health)
    _install_api(app)
    if settings.frontend_dir is not None and Path(settings.frontend_dir, "index.html").is_file():
        app.frontend("/", directory=settings.frontend_dir, fallback="index.html")
    app.add_middleware(
        Admission,
        limit=2 * settings.database_pool_size,
        prefix=PREFIX,
        unbounded=frozenset({f"{PREFIX}/events"}),
        refuse=lambda scope, problem: errors.answer(Request(scope), problem),
    )
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, *, settings: Settings, database_url: str) -> AsyncIterator[None]:
    # Twice what is admitted: beginning and ending a transaction takes a thread beside the route's own.
    current_default_thread_limiter().total_tokens = 4 * settings.database_pool_size
    engine = create_pool(database_url, size=settings.database_pool_size)
    app.state.engine = engine
    app.state.sessions = partial(open_session, engine)
    app.state.hub = Hub(database_url.replace("postgresql+psycopg://", "postgresql://", 1))
    async with app.state.hub.listening():
        yield
    engine.dispose()


def _refuse(request: Request, refusal: Exception) -> JSONResponse:
    """403, and the attempt in the audit log: what was refused is worth knowing as much as what was done."""
    assert isinstance(refusal, Forbidden)
    actor = getattr(request.state, "actor", None)
    if actor is not None:
        record_refusal(request, actor, refusal)
    return errors.answer(request, refusal)


def _install_api(app: FastAPI) -> None:
    """One level of routers: FastAPI matches a request anew at every level of nesting."""
    for open_router in (_meta, accounts.open_router, clients_router.open_router, notifications.stream_router):
        app.include_router(open_router, prefix=PREFIX)
    for module in (
        ledger,
        progress,
        plans,
        imports_router,
        roundtrip,
        releases_router,
        upstream_router,
        accounts,
        own_router,
        clients_router,
        units,
        annual_report_exports,
        annual_reports,
        report_filing,
        attachments,
        notifications,
        calendars,
        register_imports,
        letters,
        registers,
        indicators,
        audit,
        finding,
    ):
        app.include_router(module.router, prefix=PREFIX, dependencies=[Depends(authenticate), Depends(require_room)])
    app.add_api_route(f"{PREFIX}/{{path:path}}", _absent, methods=["GET"], include_in_schema=False)
    app.include_router(public.router, prefix=PUBLIC_PREFIX)
    app.include_router(public_pages.router)


def _absent(path: str) -> None:
    raise HTTPException(404)


_meta = APIRouter(tags=["系统"])
_health = APIRouter(tags=["系统"])


@_meta.get("/meta")
def meta(request: Request, today: Today) -> Meta:
    """系统信息：业务日期、是否固定日期、是否演示环境。无须登录。"""
    settings: Settings = request.app.state.settings
    return Meta(today=today.isoformat(), pinned=settings.today is not None, demo=settings.demo, version=__version__)


@_health.get("/healthz", include_in_schema=False)
async def healthz() -> dict[str, str]:
    """Alive: no I/O, so that a locked database does not get the process killed."""
    return {"status": "ok"}


@_health.get("/readyz", include_in_schema=False)
def readyz(request: Request) -> JSONResponse:
    """Ready: the database answers, is at the revision this code expects, and tells the same time as this machine."""
    checks = {"database": False, "migrations": False, "clock": False}
    try:
        with request.app.state.sessions(AUTH) as session:
            checks["migrations"] = _revision(session) == migrating.head()
            checks["clock"] = abs(_clock(session) - datetime.now(UTC)) <= MAXIMUM_SKEW
            checks["database"] = True
    except SQLAlchemyError:
        pass
    return JSONResponse(checks, 200 if all(checks.values()) else 503)


def _clock(session: Session) -> datetime:
    clock: datetime = session.connection().execute(text("SELECT clock_timestamp()")).scalar_one()
    return clock


def _revision(session: Session) -> str | None:
    revision: str | None = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision
