"""Guard (请求把关): what is refused before a route sees it — foreign names and origins, swollen headers, odd JSON.

The server in front (nginx) refuses most of this too; the rules stand here because a single process has none in front.
"""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taizhang.core.problems import (
    BadRequest,
    FieldError,
    Forbidden,
    HeadersTooLarge,
    Invalid,
    Misdirected,
    Problem,
    UriTooLong,
    problem_response,
)

MAXIMUM_HEADERS = 64
MAXIMUM_HEADER_BYTES = 16 * 1024
MAXIMUM_TARGET_BYTES = 8 * 1024
MAXIMUM_DEPTH = 32

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*)(?::\d{1,5})?")
_JSON_TYPE = re.compile(rb"application/(?:[a-z0-9.+-]+\+)?json\s*(?:;|$)", re.IGNORECASE)
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


class Guard:
    """ASGI middleware just inside the envelope."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], body_limit: int) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts) | LOOPBACK_NAMES
        self.body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _require_bounded(scope)
            self._require_our_name(scope)
            self._require_our_origin(scope)
            if scope["method"] not in SAFE_METHODS and _is_json(scope) and not self._is_too_large(scope):
                receive = await self._checked_json(receive)
        except Problem as problem:
            await problem_response(scope, problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _require_our_name(self, scope: Scope) -> None:
        names = _values(scope, b"host")
        if len(names) != 1:
            raise BadRequest("host-missing", "请求须有且只有一个 Host 头")
        name = _HOST.fullmatch(names[0].lower())
        if name is None or name[1] not in self.hosts:
            raise Misdirected

    def _require_our_origin(self, scope: Scope) -> None:
        """A page of another site may make a browser send a request; it cannot make it lie about where it comes from."""
        if scope["method"] in SAFE_METHODS:
            return
        for origin in _values(scope, b"origin"):
            host = (urlsplit(origin).hostname or "") if "://" in origin else ""
            if host not in self.hosts and f"[{host}]" not in self.hosts:
                raise Forbidden("csrf", "请从本系统页面操作")
        if "cross-site" in _values(scope, b"sec-fetch-site"):
            raise Forbidden("csrf", "请从本系统页面操作")

    def _is_too_large(self, scope: Scope) -> bool:
        """Whether the length announced is over the limit anyway, so that reading a byte of it would be too much."""
        return any(length.isdigit() and int(length) > self.body_limit for length in _values(scope, b"content-length"))

    async def _checked_json(self, receive: Receive) -> Receive:
        """Read a JSON body whole, look at it, and hand it on; one over the limit is handed on unread to be refused."""
        chunks: list[Message] = []
        size = 0
        while size <= self.body_limit:
            message = await receive()
            chunks.append(message)
            size += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        if size <= self.body_limit:
            require_plain_json(b"".join(chunk.get("body", b"") for chunk in chunks))
        waiting = iter(chunks)

        async def replay() -> Message:
            return next(waiting, None) or await receive()

        return replay


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for header, value in scope["headers"] if header == name]


def _is_json(scope: Scope) -> bool:
    return any(header == b"content-type" and _JSON_TYPE.match(value) for header, value in scope["headers"])


def _require_bounded(scope: Scope) -> None:
    headers = scope["headers"]
    if len(headers) > MAXIMUM_HEADERS or sum(len(n) + len(v) for n, v in headers) > MAXIMUM_HEADER_BYTES:
        raise HeadersTooLarge
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MAXIMUM_TARGET_BYTES:
        raise UriTooLong


def require_plain_json(body: bytes) -> None:
    """Refuse what parsers disagree about or choke on: depth, names given twice, NaN, numbers of thousands of digits.

    What is not JSON at all is left to the framework, which says where it stops being it.

    Raises:
        Invalid: see above.
    """
    if body.count(b"[") + body.count(b"{") > MAXIMUM_DEPTH and _depth(body) > MAXIMUM_DEPTH:
        raise _odd("json-too-deep", f"嵌套不得超过 {MAXIMUM_DEPTH} 层")
    try:
        json.loads(body, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError:
        return
    except (ValueError, RecursionError) as error:
        raise _odd("json-invalid", "不是有效的 JSON") from error


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _odd("json-duplicate-name", "同一个名字给了两次")
    return found


def _no_constant(name: str) -> None:
    raise _odd("json-invalid", f"{name} 不是有效的 JSON 数")


def _odd(code: str, detail: str) -> Invalid:
    return Invalid(code, "提交的内容有误", detail=detail, errors=[FieldError("#/", code, detail)])
