"""Paging (分页): lists as ``{items, total, page, size}``, their JSON built by PostgreSQL.

Object graphs are what a list costs (``docs/decisions/0006``), so hot lists select labelled columns, let the
database write the JSON, and hand the bytes through. The route keeps its ``response_model`` for the contract, and
``tests/architecture`` validates every such answer against it.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from psycopg.sql import Literal
from pydantic import BaseModel
from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Subquery,
    bindparam,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import psycopg
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


async def _page_params(
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
    page = statement.limit(params.size).offset(params.offset)
    total = select(func.count()).select_from(_count_of(statement)).scalar_subquery()
    row = session.connection().execute(_envelope(page, total)).one()
    return _answer(row, params, request)


class WrittenList:
    """A list whose SQL is written once and kept.

    To build a large statement and compute its cache key costs more than PostgreSQL needs to answer it. What varies
    from request to request must be a ``bindparam`` with a name of its own; every other value stands in the text.
    """

    def __init__(self, statement: Select[Any], key: Any, names: Collection[str]) -> None:
        paged = _written(statement, key)
        compiled = paged.compile(dialect=_DIALECT)
        fixed = {name: value for name, value in compiled.params.items() if name not in {*names, *_PAGE_NAMES}}
        self._sql = _PARAMETER.sub(
            lambda found: _in_text(fixed[found[1]]) if found[1] in fixed else found[0], compiled.string
        )

    def page(self, session: Session, params: PageParams, request: Request, values: Mapping[str, Any]) -> Response:
        """One page of the list, like :func:`json_page`."""
        bound = {**values, "page_size": params.size, "page_offset": params.offset}
        return _answer(session.connection().exec_driver_sql(self._sql, bound).one(), params, request)


_DIALECT: Dialect = psycopg.dialect()  # type: ignore[no-untyped-call]
_PARAMETER = re.compile(r"%\((\w+)\)s")
_PAGE_NAMES = ("page_size", "page_offset")


def _in_text(value: Any) -> str:
    plain = value.value if isinstance(value, Enum) else value
    return Literal(plain).as_string(None).replace("%", "%%")


def _written(statement: Select[Any], key: Any) -> Select[Any]:
    """One walk finds a page's keys and counts what it passed; what is shown is computed for those rows alone.

    A page beyond the last has no row to carry the count, which is then taken by itself.
    """
    size, offset = (bindparam(name, type_=Integer) for name in _PAGE_NAMES)
    columns = (key.label("key"), func.count().over().label("counted"))
    hit = statement.with_only_columns(*columns).limit(size).offset(offset).correlate(None).cte("hit")
    counted = select(func.max(hit.c.counted)).scalar_subquery()
    total = func.coalesce(counted, select(func.count()).select_from(_count_of(statement)).scalar_subquery())
    shown = statement.where(key == hit.c.key)
    return _envelope(shown, total)


def _count_of(statement: Select[Any]) -> Subquery:
    return statement.with_only_columns(literal(1)).order_by(None).subquery()


def _envelope(page: Select[Any], total: ColumnElement[int]) -> Select[Any]:
    items = select(func.coalesce(func.json_agg(func.row_to_json(literal_column("item"))), literal_column("'[]'::json")))
    rows = page.subquery("item")
    return select(items.select_from(rows).scalar_subquery().op("::")(literal_column("text")), total)


def _answer(row: Any, params: PageParams, request: Request) -> Response:
    text, count = row
    body = f'{{"items":{text},"total":{count},"page":{params.page},"size":{params.size}}}'.encode()
    return json_bytes(body, request)


def json_bytes(body: bytes, request: Request) -> Response:
    """Ready JSON bytes with their ETag, or 304 if the caller holds them."""
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
