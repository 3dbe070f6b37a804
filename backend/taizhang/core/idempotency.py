"""Idempotency (幂等): the same creating request sent twice is carried out once and answered twice alike.

The key is claimed in the caller's own transaction, so a refused or failed request leaves no trace of it, and a
concurrent twin waits on the row until the first one has ended. Kept seven days: units retry after a weekend.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, col, select

from taizhang.core.columns import Table, plain, primary_key, string_column
from taizhang.core.database import FORMS, Transaction
from taizhang.core.problems import BadRequest, Invalid

KEY_PATTERN = r"^[A-Za-z0-9_-]{16,64}$"


class IdempotencyKey(Table, table=True):
    """One claimed key and the answer it got (幂等键)."""

    __table_args__ = (UniqueConstraint("user_id", "key"), {"comment": "幂等键：同一创建请求只执行一次"})

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = plain("提出请求的用户")
    key: str = string_column(64, "请求方给出的键")
    fingerprint: str = string_column(64, "方法、路径与请求体的 SHA-256")
    status: int = plain("应答状态码", default=0)
    body: bytes = Field(default=b"", sa_type=LargeBinary, sa_column_kwargs={"comment": "应答内容"})
    created_at: datetime = plain("首次请求时间", index=True)


class Replay(Exception):
    """The answer given the first time, to be given again."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


async def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    if not request.headers.get("content-type", "").startswith(FORMS):  # a form's body has been read into its fields
        digest.update(await request.body())
    return digest.hexdigest()


def claim(
    request: Request,
    session: Transaction,
    fingerprint: Annotated[str, Depends(_fingerprint)],
    key: Annotated[
        str | None,
        Header(alias="Idempotency-Key", pattern=KEY_PATTERN, description="同一键重复提交只执行一次，应答相同"),
    ] = None,
) -> None:
    """Claim the caller's key, or raise :class:`Replay` with the first answer.

    Raises:
        BadRequest: another system sent no key (400 ``idempotency-key-required``): it retries by itself.
        Invalid: the key was used before for another request (422 ``idempotency-mismatch``).
    """
    if key is None:
        if request.state.actor.scopes is not None:
            raise BadRequest("idempotency-key-required", "缺少幂等键", detail="外部系统新建内容时须带 Idempotency-Key")
        return
    user_id: uuid.UUID = request.state.actor.user_id
    claimed = (
        session.connection()
        .execute(
            insert(IdempotencyKey)
            .values(user_id=user_id, key=key, fingerprint=fingerprint, status=0, body=b"", created_at=datetime.now(UTC))
            .on_conflict_do_nothing()
            .returning(col(IdempotencyKey.id))
        )
        .scalar_one_or_none()
    )
    if claimed is None:
        _replay(session, user_id, key, fingerprint)
    else:
        request.state.remember = lambda status, body: _remember(session, claimed, status, body)


def _replay(session: Session, user_id: uuid.UUID, key: str, fingerprint: str) -> None:
    mine = (IdempotencyKey.user_id == user_id, IdempotencyKey.key == key)
    stored = session.exec(select(IdempotencyKey).where(*mine)).one()
    if stored.fingerprint != fingerprint:
        raise Invalid(
            "idempotency-mismatch", "幂等键已用于另一请求", detail="同一个 Idempotency-Key 只能用于完全相同的请求"
        )
    raise Replay(stored.status, stored.body)


def _remember(session: Session, key_id: uuid.UUID, status: int, body: bytes) -> None:
    stored = session.get_one(IdempotencyKey, key_id)
    stored.status, stored.body = status, body
    session.flush()


def _without_secrets(request: Request, response: Response) -> bytes:
    """The answer to keep: what a route says is shown once (``request.state.shown_once``) is blank when given again."""
    names = getattr(request.state, "shown_once", ())
    body = bytes(response.body)
    return json.dumps(json.loads(body) | dict.fromkeys(names), ensure_ascii=False).encode() if names else body


class IdempotentRoute(APIRoute):
    """Keeps the answer of a request that claimed a key, inside that request's transaction."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response = await original(request)
            except Replay as replay:
                headers = {"Idempotent-Replayed": "true"}
                return Response(replay.body, replay.status, headers=headers, media_type="application/json")
            remember = getattr(request.state, "remember", None)
            if remember is not None and response.status_code < 400:
                await run_in_threadpool(remember, response.status_code, _without_secrets(request, response))
            return response

        return handler


Once = Depends(claim)
"""Put in a creating route's ``dependencies``."""
