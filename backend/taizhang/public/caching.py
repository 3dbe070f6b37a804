"""Caching (缓存): what is public may be kept by anybody for a minute, and asked for again by its ETag."""

import hashlib

from fastapi import Request, Response

from taizhang import __version__

FRESH = "public, max-age=60"


def tag_of(*parts: object) -> str:
    """The ETag of what is made from these by this version of the code."""
    said = "\n".join(map(str, (*parts, __version__)))
    return f'W/"{hashlib.blake2b(said.encode(), digest_size=12).hexdigest()}"'


def held(request: Request, tag: str) -> Response | None:
    """304 if the caller holds what bears this tag, so that it need not be made again."""
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": FRESH})
    return None


def answer(
    request: Request, content: bytes, media_type: str, *, headers: dict[str, str] | None = None, tag: str | None = None
) -> Response:
    """Ready bytes with their ETag, or 304."""
    known = tag or tag_of(hashlib.blake2b(content, digest_size=12).hexdigest())
    said = {"ETag": known, "Cache-Control": FRESH, **(headers or {})}
    return held(request, known) or Response(content, media_type=media_type, headers=said)
