"""Routes of units (责任单位)."""

import uuid
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.schemas import Query as Search
from taizhang.core.versions import IfMatch, etag
from taizhang.units import queries, service
from taizhang.units.models import UnitKind
from taizhang.units.schemas import UnitCreate, UnitGroupPublic, UnitNode, UnitPage, UnitPatch, UnitPublic

router = APIRouter(tags=["责任单位"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.UNIT_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.UNIT_WRITE))]


@router.get("/units", response_model=UnitPage)
def list_units(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    q: Search = None,
    kind: Annotated[list[UnitKind], Query(description="类别，可重复")] = [],  # noqa: B006
    parent: uuid.UUID | None = None,
    holds_tasks: bool | None = None,
    counts_in_report: bool | None = None,
    on: Annotated[date | None, Query(description="只列当日存续的单位")] = None,
) -> Response:
    """单位列表：按全称、简称、别名查找，按机构树排序。"""
    statement = queries.listing(
        actor, q=q, kinds=kind, parent=parent, holds_tasks=holds_tasks, counts_in_report=counts_in_report, on=on
    )
    return json_page(session, statement, paging, request)


@router.get("/units/tree")
def unit_tree(session: Transaction, actor: Reader, on: date | None = None) -> list[UnitNode]:
    """机构树；给出日期则只含当日存续的单位。"""
    statement = queries.visible_to(actor)
    if on is not None:
        statement = statement.where(queries.existing_on(on))
    nodes: dict[uuid.UUID, dict[str, Any]] = {
        row["id"]: {**row, "children": []} for row in session.connection().execute(statement).mappings()
    }
    roots: list[dict[str, Any]] = []
    for node in nodes.values():
        siblings = nodes[node["parent_id"]]["children"] if node["parent_id"] in nodes else roots
        siblings.append(node)
    return [UnitNode.model_validate(root) for root in roots]


@router.get("/unit-groups")
def list_unit_groups(session: Transaction, actor: Reader) -> list[UnitGroupPublic]:
    """统称（各街镇、区政府各部门…）及其所指；“有关…”须由人指定。"""
    return [UnitGroupPublic.model_validate(group) for group in queries.groups(session, actor)]


@router.post("/units", status_code=201, dependencies=[Once])
def create_unit(session: Transaction, response: Response, actor: Writer, data: UnitCreate) -> UnitPublic:
    """新增单位。"""
    unit = service.create(session, actor, data)
    response.headers["ETag"] = etag(unit.version)
    response.headers["Location"] = f"/api/v1/units/{unit.id}"
    return UnitPublic.model_validate(queries.described(session, unit.id))


@router.get("/units/{unit_id}")
def get_unit(session: Transaction, response: Response, actor: Reader, unit_id: uuid.UUID) -> UnitPublic:
    """一个单位。"""
    unit = queries.one(session, actor, unit_id)
    response.headers["ETag"] = etag(unit.version)
    return UnitPublic.model_validate(queries.described(session, unit.id))


@router.patch("/units/{unit_id}")
def change_unit(
    session: Transaction,
    response: Response,
    actor: Writer,
    unit_id: uuid.UUID,
    data: UnitPatch,
    if_match: IfMatch = None,
) -> UnitPublic:
    """修改单位；改名后旧名自动成为别名，撤并时填存续止日与承继单位。"""
    unit = service.change(session, actor, unit_id, data, if_match)
    response.headers["ETag"] = etag(unit.version)
    return UnitPublic.model_validate(queries.described(session, unit.id))
