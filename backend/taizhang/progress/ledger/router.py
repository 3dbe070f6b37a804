"""Routes of the ledger (台账、看板、首页)."""

import uuid
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.audit.deps import Exported
from taizhang.core.clock import Today
from taizhang.core.database import Transaction
from taizhang.core.lights import LightColour
from taizhang.core.paging import Paging, json_bytes
from taizhang.core.schemas import Query as Search
from taizhang.core.settings import Settings
from taizhang.core.versions import etag
from taizhang.plans import queries as plans
from taizhang.plans.models import AssignmentRole, AssignmentState
from taizhang.progress.ledger import board, detail, exporting, home, listing, trend
from taizhang.progress.ledger.listing import Filters
from taizhang.progress.ledger.queries import Day
from taizhang.progress.ledger.schemas import (
    AssignmentDetail,
    AssignmentPage,
    AssignmentSort,
    Board,
    Home,
    TaskLedger,
    Trend,
)
from taizhang.progress.lights import Thresholds

router = APIRouter(tags=["台账"])

EXPORTED = Depends(Exported("plan.export", "plan", "plan_id"), scope="function")

Reader = Annotated[Actor, Depends(Requires(Permission.PROGRESS_READ))]
Category = Annotated[str | None, Query(max_length=200, description="任务类别")]


async def day_of(request: Request, today: Today) -> Day:
    """Dependency: the business day and the district's thresholds."""
    settings: Settings = request.app.state.settings
    return Day(today, Thresholds(settings.near_due_days, settings.report_near_due_days))


OnDay = Annotated[Day, Depends(day_of)]


@router.get("/assignments", response_model=AssignmentPage)
def list_assignments(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    day: OnDay,
    plan: uuid.UUID | None = None,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    unit: Annotated[uuid.UUID | None, Query(description="单位，含其下级")] = None,
    category: Category = None,
    task: uuid.UUID | None = None,
    state: Annotated[list[AssignmentState], Query(description="办理状态，可重复")] = [],  # noqa: B006
    light: Annotated[list[LightColour], Query(description="灯色，可重复")] = [],  # noqa: B006
    role: AssignmentRole | None = None,
    due_from: Annotated[date | None, Query(description="完成时限不早于")] = None,
    due_to: Annotated[date | None, Query(description="完成时限不晚于")] = None,
    q: Search = None,
    review: Annotated[bool, Query(description="只列有填报等您处理的")] = False,
    mine: Annotated[bool, Query(description="只列本单位的")] = False,
    sort: AssignmentSort = AssignmentSort.TASK,
) -> Response:
    """台账：责任分工列表，可按任务名称、内容和单位的全称、简称、别名查找；灯按当日判定。"""
    filters = Filters(plan, year, unit, category, task, state, light, role, due_from, due_to, q, review, mine)
    ledger, values = listing.written(actor, filters, sort, day)
    return ledger.page(session, paging, request, values)


@router.get("/assignments/{assignment_id}")
def get_assignment(
    session: Transaction, response: Response, actor: Reader, assignment_id: uuid.UUID, day: OnDay
) -> AssignmentDetail:
    """一项责任分工：逐条要求及其办理情况、历次填报、责任人与备注，以及您接下来能做什么。"""
    found = detail.assignment(session, actor, assignment_id, day)
    response.headers["ETag"] = etag(found.version)
    return found


@router.get("/tasks/{task_id}", tags=["任务"])
def get_task(session: Transaction, response: Response, actor: Reader, task_id: uuid.UUID, day: OnDay) -> TaskLedger:
    """一项任务：原文、逐条要求、各责任单位及其灯。"""
    found = detail.task(session, actor, task_id, day)
    response.headers["ETag"] = etag(found.version)
    return found


@router.get("/board", response_model=Board)
def get_board(
    request: Request,
    session: Transaction,
    actor: Reader,
    day: OnDay,
    plan: Annotated[uuid.UUID | None, Query(description="不填为最近印发的一份")] = None,
    period: Annotated[uuid.UUID | None, Query(description="不填为最近开放的一期")] = None,
    category: Category = None,
    unit: Annotated[uuid.UUID | None, Query(description="单位，含其下级")] = None,
) -> Response:
    """看板：单位 × 任务，每格有灯、缘由和本期填报的状态，行列与全表有合计；信息员只见本单位。"""
    aim = board.Aim(plan=plan, period=period, category=category, unit=unit)
    return json_bytes(board.body(session, actor, aim, day), request)


@router.get("/plans/{plan_id}/trend", response_model=Trend)
def get_trend(request: Request, session: Transaction, actor: Reader, plan_id: uuid.UUID, day: OnDay) -> Response:
    """报送走势：逐期、逐单位的应报、按时、迟报、未报；到期未报的算未报，事前已完成的不算应报。"""
    return json_bytes(trend.body(session, actor, plan_id, day), request)


@router.get("/home", response_model=Home)
def get_home(request: Request, session: Transaction, actor: Reader, day: OnDay) -> Response:
    """首页：您眼下要办的。信息员看应报与退回，分管领导看待签发，政务公开科看待审核、未报单位与未办完的导入。"""
    return json_bytes(home.body(session, actor, day), request)


@router.get("/plans/{plan_id}/ledger.docx", response_class=Response, tags=["分解表"], dependencies=[EXPORTED])
def download_document(session: Transaction, actor: Reader, plan_id: uuid.UUID, day: OnDay) -> Response:
    """工作台账（docx）：横排表格，表头逐页重复。"""
    plan, _ = plans.one(session, actor, plan_id)
    lines = exporting.ledger(session, actor, plan_id, day)
    content = exporting.document(plan.title, [line.cells for line in lines])
    return attached(content, f"{plan.title}（工作台账）.docx", exporting.DOCX)


def attached(content: bytes, name: str, media_type: str) -> Response:
    """A file to be saved under a name."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=media_type, headers=headers)
