"""Routes of the inbox and the live stream (消息与实时变更)."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.accounts.identity import identify
from taizhang.core.database import AUTH, Transaction
from taizhang.core.paging import Paging, json_page
from taizhang.notifications import queries, service
from taizhang.notifications.schemas import NotificationPage, NotificationPublic

HEARTBEAT_SECONDS = 15.0

router = APIRouter(tags=["消息"])

Self = Annotated[Actor, Depends(Requires(Permission.SELF))]
Listener = Annotated[Actor, Depends(Requires(Permission.EVENTS_READ))]


async def authenticate_stream(request: Request) -> None:
    """Like ``authenticate``, but gives its database connection back before the stream begins."""

    def ask() -> Actor:
        with request.app.state.sessions(AUTH) as session:
            return identify(session, request).actor

    request.state.actor = await run_in_threadpool(ask)


stream_router = APIRouter(tags=["消息"], dependencies=[Depends(authenticate_stream)])


@router.get("/notifications", response_model=NotificationPage)
def list_notifications(
    request: Request, session: Transaction, actor: Self, paging: Paging, unread: bool | None = None
) -> Response:
    """我的消息：未读在前，新的在前。"""
    return json_page(session, queries.inbox(actor.user_id, unread=unread), paging, request)


@router.post("/notifications/{notification_id}/read")
def read_notification(session: Transaction, actor: Self, notification_id: uuid.UUID) -> NotificationPublic:
    """标为已读。"""
    message = service.mark_read(session, actor.user_id, notification_id, now=datetime.now(UTC))
    return NotificationPublic.model_validate(message)


@stream_router.get("/events", response_class=EventSourceResponse)
async def stream_events(request: Request, actor: Listener) -> AsyncIterator[ServerSentEvent]:
    """实时变更（SSE）：查看范围内一有填报、分工、分解表变动，一秒内送达。

    每个事件只有类别、编号、单位和动作，内容另行读取。访问令牌 10 分钟到期时连接随之结束，换发令牌后重连即可。
    """
    lifetime = request.app.state.signer.lifetime.total_seconds()
    ends = asyncio.get_running_loop().time() + lifetime
    with request.app.state.hub.subscribe(actor) as queue:
        yield ServerSentEvent(event="ready", data={"at": datetime.now(UTC).isoformat()}, retry=2000)
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            try:
                change = await asyncio.wait_for(queue.get(), min(HEARTBEAT_SECONDS, left))
            except TimeoutError:
                yield ServerSentEvent(comment="keep-alive")
                continue
            yield ServerSentEvent(event=change["kind"], data=change)
