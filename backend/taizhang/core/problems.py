"""Problems (错误应答): one tree of refusals, each answered as RFC 9457 problem+json in Chinese.

Problem
├── BadRequest            400  the request itself is malformed or lacks what it must carry
├── Unauthenticated       401  no valid credential
├── Forbidden             403  visible, but not this caller's to do
├── NotFound              404  absent, or outside the caller's scope
├── Conflict              409  the record's state does not allow it
├── Gone                  410  was public, and was taken back
├── Stale                 412  someone saved first
├── TooLarge              413  the body is over the limit
├── UriTooLong            414  the address is over the limit
├── UnsupportedMedia      415  the body is not of a kind we take
├── Misdirected           421  the request names another host
├── Invalid               422  the payload itself is wrong
├── PreconditionRequired  428  If-Match is missing
├── TooMany               429  slow down
├── HeadersTooLarge       431  the headers are over the limit
├── Unavailable           503  try again shortly
└── StorageFull           507  no room to keep what was sent; reading goes on

``code`` (the last segment of ``type``) is the contract; the words are not.
"""

from typing import Any, ClassVar, NamedTuple

from pydantic_core import to_jsonable_python
from starlette.responses import JSONResponse
from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"


class FieldError(NamedTuple):
    """One fault in the payload: JSON pointer, stable code, words."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """A refusal: ``code`` is stable, ``title`` is fixed per code, ``detail`` tells this case."""

    status: ClassVar[int] = 400

    def __init__(
        self,
        code: str,
        title: str,
        *,
        detail: str | None = None,
        errors: list[FieldError] | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or title)
        self.code = code
        self.title = title
        self.detail = detail or title
        self.errors = errors or []
        self.headers = headers or {}
        self.extra = extra

    def body(self, *, instance: str, request_id: str) -> dict[str, Any]:
        """The problem document of RFC 9457."""
        return {
            "type": f"/problems/{self.code}",
            "code": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id,
            "errors": [error._asdict() for error in self.errors],
            **to_jsonable_python(self.extra),
        }


class BadRequest(Problem):
    status = 400


class Unauthenticated(Problem):
    """401. One wording for every cause, so that nothing can be learned from it."""

    status = 401

    def __init__(self, code: str = "unauthenticated", title: str = "请先登录", **rest: Any) -> None:
        super().__init__(code, title, headers={"WWW-Authenticate": "Bearer"}, **rest)


class Forbidden(Problem):
    status = 403

    def __init__(self, code: str = "forbidden", title: str = "您的账号没有此项权限", **rest: Any) -> None:
        super().__init__(code, title, **rest)


class NotFound(Problem):
    """404. The same answer for what is absent and for what lies outside the caller's scope."""

    status = 404

    def __init__(self, code: str = "not-found", title: str = "没有找到，或不在您的查看范围内", **rest: Any) -> None:
        super().__init__(code, title, **rest)


class Conflict(Problem):
    status = 409


class Gone(Problem):
    status = 410


class Stale(Problem):
    """412. ``current`` carries the record as it now is, so that the page can show both versions."""

    status = 412

    def __init__(self, *, current: Any = None, etag: str | None = None) -> None:
        headers = {"ETag": etag} if etag else None
        extra = {} if current is None else {"current": current}
        super().__init__(
            "version-conflict",
            "内容已被他人修改",
            detail="您打开之后，这条记录已被修改，请核对后再保存",
            headers=headers,
            **extra,
        )


class TooLarge(Problem):
    status = 413


class UriTooLong(Problem):
    status = 414

    def __init__(self) -> None:
        super().__init__("uri-too-long", "地址过长")


class UnsupportedMedia(Problem):
    status = 415


class Misdirected(Problem):
    status = 421

    def __init__(self) -> None:
        super().__init__("misdirected-request", "此处不是您要找的站点")


class Invalid(Problem):
    status = 422

    def __init__(
        self,
        code: str = "invalid",
        title: str = "提交的内容有误",
        *,
        detail: str | None = None,
        errors: list[FieldError] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code, title, detail=detail, errors=errors, **extra)

    @classmethod
    def field(cls, pointer: str, code: str, detail: str) -> "Invalid":
        """One faulty field."""
        return cls(detail=detail, errors=[FieldError(pointer, code, detail)])


class PreconditionRequired(Problem):
    status = 428

    def __init__(self) -> None:
        super().__init__("if-match-required", "缺少版本号", detail="修改前请先读取，并在 If-Match 中带上读到的 ETag")


class TooMany(Problem):
    status = 429


class HeadersTooLarge(Problem):
    status = 431

    def __init__(self) -> None:
        super().__init__("headers-too-large", "请求头过多或过长")


class Unavailable(Problem):
    status = 503

    def __init__(self, code: str = "unavailable", title: str = "系统繁忙，请稍后再试", **rest: Any) -> None:
        super().__init__(code, title, headers={"Retry-After": "5"}, **rest)


class StorageFull(Problem):
    status = 507

    def __init__(self, code: str = "storage-full", title: str = "存储空间不足", **rest: Any) -> None:
        detail = "服务器的磁盘将满，暂时不能保存，查阅不受影响；请联系管理员清理后再试"
        super().__init__(code, title, detail=detail, headers={"Retry-After": "60"}, **rest)


def problem_response(scope: Scope, problem: Problem) -> JSONResponse:
    """The answer for a problem, wherever in the stack it was found."""
    body = problem.body(instance=scope["path"], request_id=scope.get("state", {}).get("request_id", ""))
    return JSONResponse(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)
