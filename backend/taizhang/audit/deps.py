"""What is recorded of requests that change nothing (读取的审计): exports, and what a caller was refused."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import Request
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.audit import service
from taizhang.core.database import apart
from taizhang.core.problems import Forbidden


@dataclass(frozen=True)
class Exported:
    """Dependency of a route that hands data out as a file: once it has succeeded, the export is an event.

    ``parameter`` names the path parameter that is the subject's id. Use with ``scope="function"``.
    """

    action: str
    subject_type: str
    parameter: str | None = None

    def __call__(self, request: Request) -> Iterator[None]:
        yield
        named = request.path_params.get(self.parameter or "")
        subject = named if isinstance(named, uuid.UUID) else _uuid(named)
        asked = {name: value for name, value in request.path_params.items() if name != self.parameter}
        asked |= dict(request.query_params)
        asked = {name: str(value)[:200] for name, value in asked.items()}
        with _apart(request) as session:
            service.record(session, request.state.actor, self.action, self.subject_type, subject, after=asked)


def _uuid(text: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


@contextmanager
def _apart(request: Request) -> Iterator[Session]:
    """A transaction of its own: the request's leaves nothing when refused, and writes nothing when it reads."""
    with apart(request) as session:
        yield session
        session.commit()


def record_refusal(request: Request, actor: Actor, refusal: Forbidden) -> None:
    """Somebody signed in asked for what their role may not do."""
    route = getattr(request.scope.get("route"), "path", request.url.path)
    after = {"method": request.method, "route": route, "code": refusal.code}
    with _apart(request) as session:
        service.record(session, actor, "access.refuse", "route", None, after=after, outcome="refused")
