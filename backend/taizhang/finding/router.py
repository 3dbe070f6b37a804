"""Routes of finding (查找、常用筛选)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Query as QueryParameter

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.schemas import Query
from taizhang.finding import queries, views
from taizhang.finding.schemas import Found, PagePath, SavedViewCreate, SavedViewPublic, SearchResult

router = APIRouter(tags=["查找"], route_class=IdempotentRoute)

Anyone = Annotated[Actor, Depends(Requires(Permission.SELF))]
Each = Annotated[int, QueryParameter(ge=1, le=20, description="每种至多几项")]


@router.get("/search")
def search(session: Transaction, actor: Anyone, q: Query = None, each: Each = 5) -> SearchResult:
    """在看得到的单位、任务、分解表、专项台账里查找；几个词之间用空格，须都有。“教体局”找得到“教育体育局”。"""
    words = q or ""
    items = queries.found(session, actor, words, each) if words else []
    return SearchResult(q=words, items=[Found.model_validate(item) for item in items])


@router.get("/saved-views")
def list_views(
    session: Transaction, actor: Anyone, page: Annotated[PagePath, QueryParameter()]
) -> list[SavedViewPublic]:
    """一页的常用筛选：自己存的在前，其后是政务公开科给大家共用的。"""
    found = session.connection().execute(views.listing(actor, page)).mappings()
    return [SavedViewPublic.model_validate(dict(row)) for row in found]


@router.post("/saved-views", status_code=201, dependencies=[Once])
def create_view(session: Transaction, actor: Anyone, data: SavedViewCreate, now: Now) -> SavedViewPublic:
    """把这一页现在的条件存为常用；shared 只有政务公开科可用。"""
    view = views.create(session, actor, data, now=now)
    return SavedViewPublic.model_validate({**view.model_dump(), "mine": True, "owner_name": actor.name})


@router.delete("/saved-views/{view_id}", status_code=204)
def delete_view(session: Transaction, actor: Anyone, view_id: uuid.UUID) -> None:
    """删去自己存的一个常用筛选。"""
    views.delete(session, actor, view_id)
