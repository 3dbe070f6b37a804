"""Envelope (请求外壳): request ids, security headers and one log line for every request."""

import json
import re
import time
import uuid
from contextvars import ContextVar
from urllib.parse import urlsplit

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)

REQUEST_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}")

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Envelope:
    """Outermost ASGI middleware: what must hold for every answer, errors of the server itself included."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        self.secure = urlsplit(public_url).scheme == "https"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        current_request_id.set(request_id)
        started = time.perf_counter()
        status = 0
        replacement: bytes | None = None
        complete = False

        async def wrapped(message: Message) -> None:
            nonlocal status, replacement, complete
            if message["type"] == "http.response.start":
                status = message["status"]
                replacement = _too_large(message, scope["path"], request_id)
                self._dress(message, scope["path"], request_id)
            elif replacement is not None:
                message = {"type": "http.response.body", "body": replacement}
                replacement = b""
            complete = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self.app(scope, receive, wrapped)
        except Exception:
            # The handler has answered and logged it; an answer broken off can only be told by hanging up.
            if not complete:
                raise
        finally:
            self._log(scope, status, request_id, time.perf_counter() - started)

    @staticmethod
    def _request_id(scope: Scope) -> str:
        for name, value in scope["headers"]:
            if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
                return str(value.decode())
        return uuid.uuid4().hex

    def _dress(self, message: Message, path: str, request_id: str) -> None:
        headers = COMMON_HEADERS | {"X-Request-ID": request_id}
        if path.startswith(("/api/", "/public/v1/")):
            headers["Content-Security-Policy"] = API_POLICY
        else:
            headers["Content-Security-Policy"] = PAGE_POLICY
        if message["status"] == 413:
            headers["Connection"] = "close"  # the rest of the body is not waited for
        if self.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        present = {name.lower() for name, _ in message["headers"]}
        if path.startswith("/api/") and b"cache-control" not in present:
            headers["Cache-Control"] = "no-store"
        message["headers"] = [
            *message["headers"],
            *(
                (name.lower().encode(), value.encode())
                for name, value in headers.items()
                if name.lower().encode() not in present
            ),
        ]

    @staticmethod
    def _log(scope: Scope, status: int, request_id: str, seconds: float) -> None:
        route = scope.get("route")
        log.info(
            "request",
            method=scope["method"],
            route=getattr(route, "path", None) or "-",
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=request_id,
            user=scope["state"].get("username"),
        )


def _too_large(message: Message, path: str, request_id: str) -> bytes | None:
    """The framework answers an oversized body as plain text before any handler runs; give it our form."""
    if message["status"] != 413 or not any(value.startswith(b"text/plain") for _, value in message["headers"]):
        return None
    problem = {
        "type": "/problems/body-too-large",
        "code": "body-too-large",
        "title": "提交的内容过大",
        "status": 413,
        "detail": "提交的内容过大，请减小后再试",
        "instance": path,
        "request_id": request_id,
        "errors": [],
    }
    body = json.dumps(problem, ensure_ascii=False).encode()
    message["headers"] = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    return body
