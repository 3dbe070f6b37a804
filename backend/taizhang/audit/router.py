"""Routes of the audit log (审计日志)."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import ROLE_WORDS, Permission, Role
from taizhang.audit import queries, service
from taizhang.audit import words as words_for
from taizhang.core.database import Transaction
from taizhang.core.schemas import Output
from taizhang.core.schemas import Query as Search

MAXIMUM_SEQ = 2**63 - 1

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
    role_words: str
    unit_id: uuid.UUID | None
    action: str
    action_words: str
    subject_type: str
    subject_words: str
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
    _: Auditor,
    after: Annotated[int, Query(ge=0, le=MAXIMUM_SEQ, description="接着这个序号往下读；0 为从头")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    newest: Annotated[bool, Query(description="新的在前")] = False,
    action: Annotated[str | None, Query(max_length=64, description="动作，如 submission.accept")] = None,
    q: Annotated[Search, Query(description="操作人的姓名或账号，部分即可")] = None,
) -> AuditPage:
    """审计日志，按序号排列；登录失败也在其中。"""
    statement = queries.following(after, newest=newest, limit=limit, action=action, actor=q)
    items = [_public(dict(row)) for row in session.connection().execute(statement).mappings()]
    return AuditPage(items=items, next=items[-1].seq if len(items) == limit else None)


def _public(row: dict[str, Any]) -> AuditEventPublic:
    role = ROLE_WORDS[Role(row["role"])] if row["role"] in set(Role) else "系统"
    words = {"action_words": words_for.ACTIONS.get(row["action"], row["action"]), "role_words": role}
    words["subject_words"] = words_for.SUBJECTS.get(row["subject_type"], row["subject_type"])
    return AuditEventPublic.model_validate(row | words)


@router.get("/audit-events/chain")
def verify_chain(session: Transaction, actor: Auditor) -> ChainState:
    """核验哈希链：逐条重算，列出对不上的序号。"""
    found = service.verify(session)
    return ChainState(events=found.events, broken=found.broken, head=found.head)
