"""Routes of imports (分解表导入)."""

import uuid
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.versions import IfMatch, etag
from taizhang.documents.sniffing import MAXIMUM_BYTES
from taizhang.plans import drafts, queries
from taizhang.plans.drafts import Upload
from taizhang.plans.import_schemas import PlanImportPage, PlanImportPatch, PlanImportPublic
from taizhang.plans.importing.workbook import draft_workbook
from taizhang.plans.schemas import PlanPublic, Year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(tags=["分解表导入"], route_class=IdempotentRoute)

Writer = Annotated[Actor, Depends(Requires(Permission.PLAN_WRITE))]


def _read_upload(
    _: Writer, file: Annotated[UploadFile, File(description="分解表：docx、xlsx、html、csv 或 txt")]
) -> Upload:
    return drafts.open_upload(file.file.read(MAXIMUM_BYTES + 1), file.filename or "")


Uploaded = Depends(_read_upload)
"""Stands before ``Once`` and the transaction: reading takes up to half a minute and must hold no connection."""


@router.post("/plan-imports", status_code=201, dependencies=[Uploaded, Once], max_body_size=MAXIMUM_BYTES + 1024 * 1024)
def create_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    now: Now,
    upload: Annotated[Upload, Uploaded],
    year: Annotated[Year | None, Form()] = None,
    unit_id: Annotated[uuid.UUID | None, Form()] = None,
) -> PlanImportPublic:
    """读取一份分解表，得到草稿。

    读出类别、任务、责任单位、时限与逐句要求；“有关…”之类留待人指定，认不出的单位只提示相近者，不会自行新建。
    成表之前，分解表里什么也不会有。
    """
    found = drafts.read(session, actor, upload, year=year, unit_id=unit_id, now=now)
    response.headers["ETag"] = etag(found.version)
    response.headers["Location"] = f"/api/v1/plan-imports/{found.id}"
    return drafts.present(found, queries.one_import(session, actor, found.id)[1])


@router.get("/plan-imports", response_model=PlanImportPage)
def list_imports(request: Request, session: Transaction, actor: Writer, paging: Paging) -> Response:
    """导入草稿列表，新的在前。"""
    return json_page(session, queries.imports(actor), paging, request)


@router.get("/plan-imports/{import_id}")
def get_import(session: Transaction, response: Response, actor: Writer, import_id: uuid.UUID) -> PlanImportPublic:
    """一份导入草稿，附原文各段。"""
    found, unit = queries.one_import(session, actor, import_id)
    response.headers["ETag"] = etag(found.version)
    return drafts.present(found, unit)


@router.patch("/plan-imports/{import_id}")
def correct_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    import_id: uuid.UUID,
    data: PlanImportPatch,
    if_match: IfMatch = None,
) -> PlanImportPublic:
    """修改草稿：标题、年度、各行文字、责任单位的指向、要求。"""
    found, unit = drafts.correct(session, actor, import_id, data, if_match)
    response.headers["ETag"] = etag(found.version)
    return drafts.present(found, unit)


@router.post("/plan-imports/{import_id}/commit", status_code=201, dependencies=[Once])
def commit_import(
    session: Transaction, response: Response, actor: Writer, import_id: uuid.UUID, now: Now
) -> PlanPublic:
    """成表：草稿变为未印发的分解表。还有没指定的责任单位时不能成表，逐处指出。"""
    plan = drafts.commit(session, actor, import_id, now=now)
    response.headers["ETag"] = etag(plan.version)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return PlanPublic.model_validate(queries.described(session, actor, plan.id))


@router.get("/plan-imports/{import_id}/workbook", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def import_workbook(session: Transaction, actor: Writer, import_id: uuid.UUID) -> Response:
    """核对表（xlsx）：逐行列出读到的内容与错误说明。"""
    found, unit = queries.one_import(session, actor, import_id)
    name = quote(f"{found.title}（核对表）.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(draft_workbook(drafts.present(found, unit).rows), media_type=XLSX, headers=headers)
