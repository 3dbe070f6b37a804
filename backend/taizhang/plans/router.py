"""Routes of plans and tasks (分解表与任务)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as QueryParameter

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now, Today
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.schemas import Query
from taizhang.core.versions import IfMatch, etag
from taizhang.plans import assigning, queries, rules, service
from taizhang.plans.models import Plan, PlanStatus
from taizhang.plans.schemas import (
    AssignmentCreate,
    AssignmentMemo,
    AssignmentPatch,
    PeriodPublic,
    PlanCopy,
    PlanCreate,
    PlanIssue,
    PlanPage,
    PlanPatch,
    PlanPublic,
    TaskDetail,
    TaskPage,
    TaskPatch,
)
from taizhang.units import queries as units

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.PLAN_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.PLAN_WRITE))]
Issuer = Annotated[Actor, Depends(Requires(Permission.PLAN_ISSUE))]


def _answer(session: Transaction, response: Response, actor: Actor, plan: Plan) -> PlanPublic:
    session.flush()
    response.headers["ETag"] = etag(plan.version)
    return PlanPublic.model_validate(queries.described(session, actor, plan.id))


@router.get("/plans", response_model=PlanPage, tags=["分解表"])
def list_plans(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    year: int | None = None,
    status: PlanStatus | None = None,
) -> Response:
    """年度任务分解表，新的在前；未印发的只有编制的人看得到。"""
    return json_page(session, queries.listing(actor, year=year, status=status), paging, request)


@router.post("/plans", status_code=201, dependencies=[Once], tags=["分解表"])
def create_plan(session: Transaction, response: Response, actor: Writer, data: PlanCreate, now: Now) -> PlanPublic:
    """手工新建一份空的分解表。"""
    plan = service.create(session, actor, data, now=now)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return _answer(session, response, actor, plan)


@router.get("/plans/{plan_id}", tags=["分解表"])
def get_plan(session: Transaction, response: Response, actor: Reader, plan_id: uuid.UUID) -> PlanPublic:
    """一份分解表；actions 是当前可做的操作。"""
    plan, _ = queries.one(session, actor, plan_id)
    return _answer(session, response, actor, plan)


@router.patch("/plans/{plan_id}", tags=["分解表"])
def change_plan(
    session: Transaction,
    response: Response,
    actor: Writer,
    plan_id: uuid.UUID,
    data: PlanPatch,
    if_match: IfMatch = None,
) -> PlanPublic:
    """修改分解表；填报周期与日期只能在印发前改。"""
    return _answer(session, response, actor, service.change(session, actor, plan_id, data, if_match))


@router.post("/plans/{plan_id}/issue", tags=["分解表"])
def issue_plan(
    session: Transaction,
    response: Response,
    actor: Issuer,
    plan_id: uuid.UUID,
    now: Now,
    data: PlanIssue | None = None,
) -> PlanPublic:
    """印发：排定填报周期，各责任单位即可填报。"""
    return _answer(session, response, actor, service.issue(session, actor, plan_id, data or PlanIssue(), now=now))


@router.post("/plans/{plan_id}/close", tags=["分解表"])
def close_plan(session: Transaction, response: Response, actor: Issuer, plan_id: uuid.UUID) -> PlanPublic:
    """关闭：年度终了，不再填报。"""
    return _answer(session, response, actor, service.close(session, actor, plan_id))


@router.post("/plans/{plan_id}/copy", status_code=201, dependencies=[Once], tags=["分解表"])
def copy_plan(
    session: Transaction, response: Response, actor: Writer, plan_id: uuid.UUID, data: PlanCopy, now: Now
) -> PlanPublic:
    """沿用到另一年度：任务、要求、分工照搬，时限顺延，仍为草稿。"""
    plan = service.copy(session, actor, plan_id, data.year, now=now)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return _answer(session, response, actor, plan)


@router.get("/plans/{plan_id}/periods", tags=["分解表"])
def list_periods(session: Transaction, actor: Reader, plan_id: uuid.UUID, today: Today) -> list[PeriodPublic]:
    """填报周期：开放、应报、关闭日期与当前状态。"""
    queries.one(session, actor, plan_id)
    return queries.periods(session, plan_id, today=today)


@router.get("/tasks", response_model=TaskPage, tags=["任务"])
def list_tasks(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    plan: uuid.UUID | None = None,
    year: int | None = None,
    category: Annotated[str | None, QueryParameter(max_length=200)] = None,
    unit: Annotated[uuid.UUID | None, QueryParameter(description="该单位及其下级有分工的任务")] = None,
    q: Query = None,
) -> Response:
    """任务列表，按分解表的次序。"""
    path = units.one(session, actor, unit).path if unit else None
    statement = queries.tasks(actor, plan_id=plan, year=year, category=category, unit_path=path, q=q)
    return json_page(session, statement, paging, request)


def _task(session: Transaction, response: Response, actor: Actor, task_id: uuid.UUID) -> TaskDetail:
    task = queries.task(session, actor, task_id)
    plan, _ = queries.one(session, actor, task["plan_id"])
    response.headers["ETag"] = etag(task["version"])
    return TaskDetail.model_validate(
        {
            **task,
            "plan": {"id": plan.id, "name": plan.title},
            "duties": queries.duties(session, task_id),
            "assignments": queries.assignments(session, actor, task_id),
            "actions": rules.task_actions(plan.status, may_write=actor.may(Permission.PLAN_WRITE)),
        }
    )


@router.patch("/tasks/{task_id}", tags=["任务"])
def change_task(
    session: Transaction,
    response: Response,
    actor: Writer,
    task_id: uuid.UUID,
    data: TaskPatch,
    if_match: IfMatch = None,
) -> TaskDetail:
    """修改任务文字（印发前），或指定、清除上级任务（办结前）。"""
    service.change_task(session, actor, task_id, data, if_match)
    return _task(session, response, actor, task_id)


@router.post("/tasks/{task_id}/assignments", status_code=201, dependencies=[Once], tags=["任务"])
def assign_unit(
    session: Transaction, response: Response, actor: Writer, task_id: uuid.UUID, data: AssignmentCreate
) -> TaskDetail:
    """增加责任单位（印发前）。"""
    service.assign(session, actor, task_id, data)
    return _task(session, response, actor, task_id)


@router.patch("/assignments/{assignment_id}", tags=["任务"])
def change_assignment(
    session: Transaction,
    response: Response,
    actor: Writer,
    assignment_id: uuid.UUID,
    data: AssignmentPatch,
    if_match: IfMatch = None,
) -> AssignmentMemo:
    """修改一项分工的责任人及联系方式、备注；分解表办结之前都可以改。"""
    changed = assigning.change(session, actor, assignment_id, data, if_match)
    response.headers["ETag"] = etag(changed.version)
    return AssignmentMemo.model_validate(changed)


@router.delete("/assignments/{assignment_id}", status_code=204, tags=["任务"])
def unassign_unit(session: Transaction, actor: Writer, assignment_id: uuid.UUID) -> None:
    """移除责任单位（印发前）。"""
    service.unassign(session, actor, assignment_id)
