"""Route of finding (查找)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Query as QueryParameter

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.database import Transaction
from taizhang.core.schemas import Query
from taizhang.finding import queries
from taizhang.finding.schemas import Found, SearchResult

router = APIRouter(tags=["查找"])

Anyone = Annotated[Actor, Depends(Requires(Permission.SELF))]
Each = Annotated[int, QueryParameter(ge=1, le=20, description="每种至多几项")]


@router.get("/search")
def search(session: Transaction, actor: Anyone, q: Query = None, each: Each = 5) -> SearchResult:
    """在看得到的单位、任务、分解表、专项台账里查找；几个词之间用空格，须都有。“教体局”找得到“教育体育局”。"""
    words = q or ""
    items = queries.found(session, actor, words, each) if words else []
    return SearchResult(q=words, items=[Found.model_validate(item) for item in items])
