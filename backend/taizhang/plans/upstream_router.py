"""Routes between the levels (上级任务、下级承接)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.plans import queries, upstream
from taizhang.plans.upstream_schemas import (
    DownstreamPage,
    UpstreamCandidate,
    UpstreamLinked,
    UpstreamLinks,
    UpstreamSuggestionPage,
)

router = APIRouter(tags=["上下级任务"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.PLAN_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.PLAN_WRITE))]


@router.get("/tasks/{task_id}/upstream-candidates")
def list_upstream_candidates(session: Transaction, actor: Writer, task_id: uuid.UUID) -> list[UpstreamCandidate]:
    """可能的上级任务：上级各政府印发的、年度相同或相邻的分解表里，文字最像的在前，至多一百项。

    上级印发的分解表对其下各级公开，这里只给任务文字，不给办理情况。
    """
    return upstream.candidates(session, actor, task_id)


@router.get("/tasks/{task_id}/downstream", response_model=DownstreamPage)
def list_downstream(
    request: Request, session: Transaction, actor: Reader, paging: Paging, task_id: uuid.UUID
) -> Response:
    """下级承接：查看范围内，来自这项任务的任务。"""
    queries.task(session, actor, task_id)
    return json_page(session, upstream.downstream(actor, task_id), paging, request)


@router.get("/plans/{plan_id}/upstream-suggestions")
def list_upstream_suggestions(
    session: Transaction, actor: Writer, paging: Paging, plan_id: uuid.UUID
) -> UpstreamSuggestionPage:
    """整份分解表的上级任务建议：每项任务最像的三项，足够像的一项列为 suggested，由人确认。"""
    return upstream.suggestions(session, actor, plan_id, paging)


@router.post("/plans/{plan_id}/upstream", dependencies=[Once])
def link_upstream(session: Transaction, actor: Writer, plan_id: uuid.UUID, data: UpstreamLinks) -> UpstreamLinked:
    """一次指定或清除多项任务的上级任务；有一项的版本过时，就一项也不写。"""
    return UpstreamLinked(changed=upstream.link_many(session, actor, plan_id, data))
