"""Paging (分页): lists as ``{items, total, page, size}``, their JSON built by PostgreSQL.

Object graphs are what a list costs (``docs/decisions/0006``), so hot lists select labelled columns, let the
database write the JSON, and hand the bytes through. The route keeps its ``response_model`` for the contract, and
``tests/architecture`` validates every such answer against it.
"""

import hashlib
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Select, func, literal, literal_column, select
from sqlmodel import Session

from taizhang.core.schemas import Output

Item = TypeVar("Item")


class PageParams(BaseModel):
    """Which page, of what size."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def _page_params(
    page: Annotated[int, Query(ge=1, le=100_000, description="页码，从 1 起")] = 1,
    size: Annotated[int, Query(ge=1, le=100, description="每页条数，至多 100")] = 20,
) -> PageParams:
    return PageParams(page=page, size=size)


Paging = Annotated[PageParams, Depends(_page_params)]


class Page(Output, Generic[Item]):
    """One page of a list. Subclass it per list, so that clients get a readable name."""

    items: list[Item]
    total: int
    page: int
    size: int


def json_page(session: Session, statement: Select[Any], params: PageParams, request: Request) -> Response:
    """The page of ``statement`` (a select of labelled columns, ordered, its order ending in an id) as JSON bytes.

    One round trip: count and rows come back together. Answers 304 when the caller already holds these bytes.
    """
    counted = statement.with_only_columns(literal(1)).order_by(None).subquery()
    rows = statement.limit(params.size).offset(params.offset).subquery("item")
    items = select(func.coalesce(func.json_agg(func.row_to_json(literal_column("item"))), literal_column("'[]'::json")))
    total = select(func.count()).select_from(counted).scalar_subquery()
    text, count = (
        session.connection()
        .execute(select(items.select_from(rows).scalar_subquery().op("::")(literal_column("text")), total))
        .one()
    )
    body = f'{{"items":{text},"total":{count},"page":{params.page},"size":{params.size}}}'.encode()
    return json_bytes(body, request)


def json_bytes(body: bytes, request: Request) -> Response:
    """Ready JSON bytes with their ETag, or 304 if the caller holds them."""
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
