"""Routes of the audit log (审计日志)."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.audit import queries, service
from taizhang.core.database import Transaction
from taizhang.core.schemas import Output

router = APIRouter(tags=["审计"])

Auditor = Annotated[Actor, Depends(Requires(Permission.AUDIT_READ))]


class AuditEventPublic(Output):
    """一条审计记录。"""

    seq: int
    id: uuid.UUID
    at: datetime
    actor_id: uuid.UUID | None
    actor_name: str
    role: str
    unit_id: uuid.UUID | None
    action: str
    subject_type: str
    subject_id: uuid.UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    outcome: str
    request_id: str | None
    hash: str


class AuditPage(Output):
    """审计记录；用 next 作为下一次的 after。"""

    items: list[AuditEventPublic]
    next: int | None


class ChainState(Output):
    """哈希链核验结果。"""

    events: int
    broken: list[int]
    head: str | None


@router.get("/audit-events")
def list_audit_events(
    session: Transaction,
    actor: Auditor,
    after: Annotated[int, Query(ge=0, description="从这个序号之后读起")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    action: Annotated[str | None, Query(max_length=64)] = None,
) -> AuditPage:
    """审计日志，按序号递增；登录失败也在其中。"""
    rows = session.connection().execute(queries.after(after, limit=limit, action=action)).mappings().all()
    items = [AuditEventPublic.model_validate(dict(row)) for row in rows]
    return AuditPage(items=items, next=items[-1].seq if len(items) == limit else None)


@router.get("/audit-events/chain")
def verify_chain(session: Transaction, actor: Auditor) -> ChainState:
    """核验哈希链：逐条重算，列出对不上的序号。"""
    found = service.verify(session)
    return ChainState(events=found.events, broken=found.broken, head=found.head)
