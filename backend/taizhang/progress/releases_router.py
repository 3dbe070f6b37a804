"""Routes of released progress (进展公布)."""

import uuid
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.plans.models import AssignmentState, Period
from taizhang.progress import releasing
from taizhang.progress.models import ProgressRelease
from taizhang.progress.release_schemas import ReleaseCreate, ReleasePublic, ReleaseWithdraw

router = APIRouter(tags=["进展公布"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.PROGRESS_READ))]
Releaser = Annotated[Actor, Depends(Requires(Permission.RELEASE_WRITE))]


def _shown(found: tuple[ProgressRelease, Period]) -> ReleasePublic:
    row, period = found
    states = Counter(each["state"] for each in row.standings)
    return ReleasePublic(
        id=row.id,
        period_id=period.id,
        period_label=period.label,
        statement=row.statement,
        counts={state.value: states[state.value] for state in AssignmentState},
        released_at=row.released_at,
        released_by=row.released_by_name,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by_name,
        withdraw_reason=row.withdraw_reason,
    )


@router.get("/plans/{plan_id}/releases")
def list_releases(session: Transaction, actor: Reader, plan_id: uuid.UUID) -> list[ReleasePublic]:
    """向社会公布过的各期进展，撤下的也在内，新的在前。"""
    return [_shown(found) for found in releasing.listing(session, actor, plan_id)]


@router.post("/plans/{plan_id}/releases", status_code=201, dependencies=[Once])
def release_progress(
    session: Transaction, actor: Releaser, plan_id: uuid.UUID, data: ReleaseCreate, now: Now
) -> ReleasePublic:
    """公布一期进展：按截至该期审核通过的填报，定格各责任单位的办理状态，连同情况说明向社会公开。

    单位填报的文字不公开；标为主动公开、经保密审查且有公开网址的佐证，列出题名与网址。
    """
    return _shown(releasing.release(session, actor, plan_id, data, now=now))


@router.post("/plans/{plan_id}/releases/{release_id}/withdraw")
def withdraw_release(
    session: Transaction, actor: Releaser, plan_id: uuid.UUID, release_id: uuid.UUID, data: ReleaseWithdraw, now: Now
) -> ReleasePublic:
    """撤下已公布的一期进展，须写明理由；公众看到的退回到此前公布的一期。"""
    return _shown(releasing.withdraw(session, actor, plan_id, release_id, data, now=now))
