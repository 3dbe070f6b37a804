"""Versions (版本与并发): strong ETags over an integer version, and the preconditions built on them."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header

from taizhang.core.problems import PreconditionRequired, Stale

IfMatch = Annotated[str | None, Header(alias="If-Match", description='读取时得到的 ETag，例如 "3"', max_length=64)]


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'


def require_version(if_match: str | None, version: int, *, current: Callable[[], Any] | None = None) -> None:
    """Refuse an edit that does not name the version it started from.

    Raises:
        PreconditionRequired: no If-Match (428).
        Stale: someone saved first, or the tag is weak, ``*`` or a list (412); ``current()`` is put in the answer.
    """
    if if_match is None:
        raise PreconditionRequired
    check_version(if_match, version, current=current)


def check_version(if_match: str | None, version: int, *, current: Callable[[], Any] | None = None) -> None:
    """Like :func:`require_version`, for steps where the precondition is the caller's choice."""
    if if_match is not None and if_match.strip() != etag(version):
        raise Stale(current=current() if current else None, etag=etag(version))
