"""Routes of imports (分解表导入)."""

import uuid
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi import Query as QueryParameter

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.versions import IfMatch, etag
from taizhang.documents.sniffing import MAXIMUM_BYTES
from taizhang.documents.uploads import Upload, open_upload
from taizhang.documents.workbooks import XLSX
from taizhang.plans import committing, deciding, differences, drafts, queries, sources
from taizhang.plans.import_schemas import (
    CommittedPlan,
    FixesInput,
    FixUndo,
    ImportCommit,
    ImportComparison,
    LeftRow,
    PlanImportPage,
    PlanImportPatch,
    PlanImportPublic,
    PlanImportSourcePublic,
)
from taizhang.plans.importing.problems import standing
from taizhang.plans.importing.workbook import checked_workbook
from taizhang.plans.schemas import Year

router = APIRouter(tags=["分解表导入"], route_class=IdempotentRoute)

Writer = Annotated[Actor, Depends(Requires(Permission.PLAN_WRITE))]


def _read_upload(
    _: Writer, file: Annotated[UploadFile, File(description="分解表：docx、xlsx、xls、html、csv 或 txt")]
) -> Upload:
    return open_upload(file.file.read(MAXIMUM_BYTES + 1), file.filename or "")


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
    return found


@router.get("/plan-imports", response_model=PlanImportPage)
def list_imports(request: Request, session: Transaction, actor: Writer, paging: Paging) -> Response:
    """导入草稿列表，新的在前。"""
    return json_page(session, queries.imports(actor), paging, request)


@router.get("/plan-imports/{import_id}")
def get_import(session: Transaction, response: Response, actor: Writer, import_id: uuid.UUID) -> PlanImportPublic:
    """一份导入草稿，附原文各段。"""
    found, unit = queries.one_import(session, actor, import_id)
    response.headers["ETag"] = etag(found.version)
    return drafts.present(found, unit, actor)


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
    found = drafts.correct(session, actor, import_id, data, if_match)
    response.headers["ETag"] = etag(found.version)
    return found


@router.post("/plan-imports/{import_id}/fixes")
def fix_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    import_id: uuid.UUID,
    data: FixesInput,
    now: Now,
    if_match: IfMatch = None,
) -> PlanImportPublic:
    """一次改好全部同类之处：认作某单位（可记为别名）、新建单位、指定责任单位、看过了、去掉不合理的时限。

    草稿的 problem_groups 给出了现成的改法；每次改法都可以撤回。记别名与新建单位另须有维护单位的权限。
    """
    found = deciding.fix(session, actor, import_id, data.fixes, if_match, now=now)
    response.headers["ETag"] = etag(found.version)
    return found


@router.post("/plan-imports/{import_id}/fixes/undo")
def undo_import_fix(
    session: Transaction,
    response: Response,
    actor: Writer,
    import_id: uuid.UUID,
    data: FixUndo,
    if_match: IfMatch = None,
) -> PlanImportPublic:
    """撤回一次改法，连同它记下的别名、新建的单位；之后又被人改过的地方不动。"""
    found = deciding.undo(session, actor, import_id, data.number, if_match)
    response.headers["ETag"] = etag(found.version)
    return found


@router.get("/plan-imports/{import_id}/source")
def import_source(session: Transaction, actor: Writer, import_id: uuid.UUID) -> PlanImportSourcePublic:
    """原文的各段与各表格，单元格带合并与行列，与草稿各行的 source 对得上。"""
    return sources.of(session, queries.one_import(session, actor, import_id)[0])


@router.get("/plan-imports/{import_id}/comparison")
def compare_import(
    session: Transaction,
    actor: Writer,
    import_id: uuid.UUID,
    plan_id: Annotated[uuid.UUID | None, QueryParameter(description="与哪一份分解表比；不给则取最像的")] = None,
    other_id: Annotated[uuid.UUID | None, QueryParameter(description="与哪一份更早的导入草稿比")] = None,
) -> ImportComparison:
    """与同一单位同一年度先前那份的差异：新增、有改动（逐项前后）、没有变、少了。"""
    found, _ = queries.one_import(session, actor, import_id)
    return differences.comparison(session, actor, found, plan_id=plan_id, other_id=other_id)


@router.post("/plan-imports/{import_id}/commit", status_code=201, dependencies=[Once])
def commit_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    import_id: uuid.UUID,
    now: Now,
    data: ImportCommit | None = None,
    if_match: IfMatch = None,
) -> CommittedPlan:
    """成表：草稿变为未印发的分解表，或并入已有的一份未印发的分解表。

    全部成表时，还有没指定的责任单位就拒绝，逐处指出；只成好行时，其余留在草稿里，以后再成到同一份表。
    """
    done = committing.commit(session, actor, import_id, data or ImportCommit(), now=now, if_match=if_match)
    response.headers["ETag"] = etag(done.plan.version)
    response.headers["Location"] = f"/api/v1/plans/{done.plan.id}"
    left = [
        LeftRow(position=row.position, title=row.title, problems=[problem.message for problem in standing(row)])
        for row in done.left
    ]
    described = queries.described(session, actor, done.plan.id)
    return CommittedPlan.model_validate({**described, "committed_rows": len(done.rows), "left_rows": left})


@router.post("/plan-imports/{import_id}/undo")
def undo_import(
    session: Transaction, response: Response, actor: Writer, import_id: uuid.UUID, if_match: IfMatch = None
) -> PlanImportPublic:
    """撤销成表：把这份导入写下的都收回，草稿恢复原样。已经印发、成表后有人改过的，不能撤销，说明原因。"""
    found = committing.undo(session, actor, import_id, if_match=if_match)
    response.headers["ETag"] = etag(found.version)
    return found


@router.get("/plan-imports/{import_id}/workbook", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def import_workbook(session: Transaction, actor: Writer, import_id: uuid.UUID) -> Response:
    """核对表（xlsx）：原来的表格照样，旁边加一列“错误说明”；末页逐行列出读到的内容。"""
    found, _ = queries.one_import(session, actor, import_id)
    name = quote(f"{found.title}（核对表）.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    book = checked_workbook(drafts.rows_of(found), sources.grids(session, found))
    return Response(book, media_type=XLSX, headers=headers)
