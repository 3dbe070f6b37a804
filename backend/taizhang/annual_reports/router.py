"""Routes of annual reports (年度报告). The fixed path stands before any ``/annual-reports/{id}`` to come."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.annual_reports import queries
from taizhang.annual_reports.aggregating import aggregate
from taizhang.annual_reports.schemas import Aggregate
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.progress.ledger.router import OnDay

router = APIRouter(tags=["年度报告"])

Reader = Annotated[Actor, Depends(Requires(Permission.REPORT_READ))]


@router.get("/annual-reports/aggregate")
def get_aggregate(
    session: Transaction,
    actor: Reader,
    day: OnDay,
    now: Now,
    year: Annotated[int, Query(ge=2000, le=2100, description="年度")],
    unit_id: Annotated[uuid.UUID | None, Query(description="单位，含其下级；不填为您所服务的政府或所在单位")] = None,
) -> Aggregate:
    """年度汇总：按类别与任务统计分工、灯、按时率与通过率，列出已落实与未落实的要求、审核通过的进展文字，以及编制范围。"""
    top = queries.unit(session, actor, unit_id)
    return aggregate(queries.facts(session, top, year, day), top, year, now=now, today=day.today)
