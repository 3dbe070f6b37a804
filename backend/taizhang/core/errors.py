"""Errors (错误处理): every refusal leaves as ``application/problem+json``, in Chinese, with nothing internal in it."""

import errno
import uuid
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from taizhang.core.problems import (
    MEDIA_TYPE,
    Conflict,
    FieldError,
    Invalid,
    NotFound,
    Problem,
    Stale,
    StorageFull,
    Unavailable,
    UnsupportedMedia,
    problem_response,
)

log = structlog.get_logger()

# One table for pydantic's error types; {name} takes the error's own context.
MESSAGES = {
    "missing": "必须填写",
    "extra_forbidden": "没有这一项",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "至多 {max_length} 个字",
    "string_type": "应为文字",
    "string_pattern_mismatch": "格式不对",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "greater_than": "应大于 {gt}",
    "less_than": "应小于 {lt}",
    "date_from_datetime_parsing": "应为日期，如 2023-09-30",
    "date_parsing": "应为日期，如 2023-09-30",
    "date_type": "应为日期，如 2023-09-30",
    "datetime_parsing": "应为时间",
    "datetime_from_date_parsing": "应为时间",
    "uuid_parsing": "编号格式不对",
    "uuid_type": "编号格式不对",
    "enum": "不在可选范围内",
    "literal_error": "不在可选范围内",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_attributes_type": "应为对象",
    "model_type": "应为对象",
    "too_long": "至多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "json_invalid": "不是有效的 JSON",
    "url_parsing": "网址格式不对",
    "url_scheme": "网址应以 http 或 https 开头",
    "text_unfit": "含有不可见的控制字符",
    "value_error": "内容不符合要求",
}

# Constraint name → what the person should read. Packages add theirs at import.
CONSTRAINTS: dict[str, str] = {}

STATUS_PROBLEMS = {
    400: ("bad-request", "请求无法读懂"),
    404: ("not-found", "没有找到，或不在您的查看范围内"),
    405: ("method-not-allowed", "此地址不支持这种操作"),
    413: ("body-too-large", "提交的内容过大"),
    416: ("range-not-satisfiable", "请求的范围超出文件"),
}


def pointer(location: tuple[Any, ...]) -> str:
    """A JSON pointer for a body field, or ``?name`` for a parameter."""
    place, *rest = location or ("body",)
    if place == "body":
        return "#/" + "/".join(str(part) for part in rest)
    return f"{place}:{'/'.join(str(part) for part in rest)}"


def words_of(error: dict[str, Any]) -> str:
    """A pydantic error in Chinese."""
    context = error.get("ctx") or {}
    return MESSAGES.get(error["type"], "内容不符合要求").format_map(_Blank(context))


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def validation_problem(error: RequestValidationError) -> Problem:
    """What FastAPI found wrong with a request, as one problem."""
    if any(isinstance(item.get("input"), bytes) and item["loc"] == ("body",) for item in error.errors()):
        return UnsupportedMedia("media-type-unsupported", "请求体须是 JSON", detail="请求体须是 application/json")
    errors = [FieldError(pointer(tuple(item["loc"])), item["type"], words_of(item)) for item in error.errors()]
    named = "；".join(f"{item.pointer.removeprefix('#/')}：{item.detail}" for item in errors[:3])
    return Invalid("validation", "提交的内容有误", detail=named, errors=errors)


def integrity_problem(error: IntegrityError) -> Problem:
    """A broken database invariant: the constraint's name is the error's name."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or "unknown"
    return Conflict("constraint", "与已有数据冲突", detail=CONSTRAINTS.get(name, "与已有数据冲突，请刷新后再试"))


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"
# A transaction that idled or lasted too long, or a server that has just become a standby: asking again may help.
PASSING = {"25P02", "25P03", "25P04", "25006"}


def database_problem(error: DBAPIError) -> Problem:
    """A failed statement or connection: no room, a wait that came to its end, or a fault of ours."""
    state = getattr(error.orig, "sqlstate", None)
    if state == DISK_FULL:
        return StorageFull()
    if isinstance(error, OperationalError) or error.connection_invalidated or state in PASSING:
        return Unavailable()
    return incident(error)


def file_problem(error: OSError) -> Problem:
    """A file that could not be written or read."""
    return StorageFull() if error.errno in NO_ROOM else incident(error)


def http_problem(error: HTTPException) -> Problem:
    """What the framework refuses; a body it could not spool to a full disk is no fault of the caller's."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, OSError) and cause.errno in NO_ROOM:
        return StorageFull()
    return _HttpProblem(error.status_code, str(error.detail))


def answer(request: Request, problem: Problem) -> JSONResponse:
    """The response for a problem."""
    return problem_response(request.scope, problem)


class _HttpProblem(Problem):
    def __init__(self, status: int, detail: str) -> None:
        code, title = STATUS_PROBLEMS.get(status, ("http-error", "请求无法处理"))
        super().__init__(code, title, detail=title if status in STATUS_PROBLEMS else detail)
        self.status = status  # type: ignore[misc]


def install(app: FastAPI) -> None:
    """Register one handler per kind of failure."""

    def on(kind: type[Exception], translate: Any) -> None:
        async def handler(request: Request, error: Exception) -> JSONResponse:
            return answer(request, translate(error))

        app.add_exception_handler(kind, handler)

    on(Problem, lambda error: error)
    on(RequestValidationError, validation_problem)
    on(HTTPException, http_problem)
    on(IntegrityError, integrity_problem)
    on(DataError, lambda _: Invalid("unstorable", "内容无法保存", detail="含有超出范围的数字或无法保存的字符"))
    on(StaleDataError, lambda _: Stale())
    for kind in (OperationalError, InterfaceError, InternalError):
        on(kind, database_problem)
    on(OSError, file_problem)
    on(PoolTimeout, lambda _: Unavailable("overloaded"))
    on(Exception, incident)


def incident(error: Exception) -> Problem:
    """The answer to what nobody foresaw: a number to quote, and nothing of the inside."""
    number = uuid.uuid4().hex[:12]
    log.error("incident", incident=number, exc_info=error)
    problem = Problem("internal", "系统内部错误", detail=f"系统内部错误，请将事件号 {number} 告知管理员")
    problem.status = 500  # type: ignore[misc]
    return problem


__all__ = ["CONSTRAINTS", "MEDIA_TYPE", "NotFound", "answer", "incident", "install", "pointer", "validation_problem"]
