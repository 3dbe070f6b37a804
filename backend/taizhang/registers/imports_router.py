"""Routes of imports into a register (台账导入)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.versions import IfMatch, etag
from taizhang.documents.sniffing import MAXIMUM_BYTES
from taizhang.documents.uploads import Upload, open_upload
from taizhang.documents.workbooks import XLSX
from taizhang.registers import import_committing, import_presenting, imports
from taizhang.registers.import_schemas import (
    RegisterCommit,
    RegisterCommitted,
    RegisterFixes,
    RegisterFixUndo,
    RegisterImportPage,
    RegisterImportPatch,
    RegisterImportPublic,
)
from taizhang.registers.importing.draft import Draft
from taizhang.registers.importing.workbook import template
from taizhang.registers.models import RegisterImport
from taizhang.registers.router import Keep, Kind, Slug, attached
from taizhang.registers.service import Keeping, register

router = APIRouter(tags=["台账导入"], route_class=IdempotentRoute)

Writer = Annotated[Actor, Depends(Requires(Permission.REGISTER_WRITE))]
IMPORT = "/registers/{slug}/imports/{register_import_id}"


def _read_upload(
    _: Writer, slug: Slug, file: Annotated[UploadFile, File(description="照模板填好的工作簿：xlsx，也可 xls、csv")]
) -> Upload:
    register(slug)
    name = file.filename or ""
    return open_upload(file.file.read(MAXIMUM_BYTES + 1), name, exactly=name.lower().endswith(".xlsx"))


Uploaded = Depends(_read_upload)
"""Stands before ``Once`` and the transaction: reading takes seconds and must hold no connection."""


def _answer(keeping: Keeping, response: Response, found: RegisterImport, draft: Draft) -> RegisterImportPublic:
    response.headers["ETag"] = etag(found.version)
    return import_presenting.present(keeping.session, keeping.kind, found, draft)


@router.get("/registers/{slug}/template.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def download_template(session: Transaction, actor: Writer, kind: Kind) -> Response:
    """导入模板（xlsx）：空表带下拉与必填标记，另有示例与填写说明；“单位”一栏可选我能登记的单位。"""
    return attached(template(kind, imports.unit_names(session, actor)), f"{kind.title}台账（导入模板）.xlsx")


@router.post(
    "/registers/{slug}/imports",
    status_code=201,
    dependencies=[Uploaded, Once],
    max_body_size=MAXIMUM_BYTES + 1024 * 1024,
)
def create_register_import(
    keeping: Keep, response: Response, upload: Annotated[Upload, Uploaded]
) -> RegisterImportPublic:
    """读取一份照模板填好的工作簿，得到草稿，逐格核对，与逐条登记同一套规则。

    一行一条；同一步经过有两次的，下面另起一行，序号写同一个。登记之前台账里什么也没有。
    草稿加密保存，只有本单位看得到，申请人信息一律遮掩。
    """
    found, draft = imports.create(keeping, upload)
    response.headers["Location"] = f"/api/v1/registers/{found.slug}/imports/{found.id}"
    return _answer(keeping, response, found, draft)


@router.get("/registers/{slug}/imports", response_model=RegisterImportPage)
def list_register_imports(
    request: Request, session: Transaction, actor: Writer, kind: Kind, paging: Paging
) -> Response:
    """本单位的导入，新的在前；丢弃的不列。"""
    return json_page(session, imports.listing(actor, kind.slug), paging, request)


@router.get(IMPORT)
def get_register_import(keeping: Keep, response: Response, register_import_id: uuid.UUID) -> RegisterImportPublic:
    """一份导入草稿：各行、问题、归好类的问题与改法。"""
    return _answer(keeping, response, *imports.one(keeping, register_import_id))


@router.patch(IMPORT)
def correct_register_import(
    keeping: Keep,
    response: Response,
    register_import_id: uuid.UUID,
    data: RegisterImportPatch,
    if_match: IfMatch = None,
) -> RegisterImportPublic:
    """修改草稿的几行：给出的格代替原来的，没有给出的不变；改后即重新核对。"""
    return _answer(keeping, response, *imports.correct(keeping, register_import_id, data, if_match))


@router.post(f"{IMPORT}/fixes")
def fix_register_import(
    keeping: Keep, response: Response, register_import_id: uuid.UUID, data: RegisterFixes, if_match: IfMatch = None
) -> RegisterImportPublic:
    """一次改好全部同类之处：某栏写作甚么的都改作甚么；或者这一类都看过了。草稿的 problem_groups 给出了现成的改法。"""
    return _answer(keeping, response, *imports.fix(keeping, register_import_id, data, if_match))


@router.post(f"{IMPORT}/fixes/undo")
def undo_register_import_fix(
    keeping: Keep, response: Response, register_import_id: uuid.UUID, data: RegisterFixUndo, if_match: IfMatch = None
) -> RegisterImportPublic:
    """撤回一次改法；之后又被人改过的地方不动。"""
    return _answer(keeping, response, *imports.undo_fix(keeping, register_import_id, data.number, if_match))


@router.post(f"{IMPORT}/commit", status_code=201, dependencies=[Once])
def commit_register_import(
    keeping: Keep,
    response: Response,
    register_import_id: uuid.UUID,
    data: RegisterCommit | None = None,
    if_match: IfMatch = None,
) -> RegisterCommitted:
    """登记：草稿各行成为台账条目，连同各步经过；一次写完，有一处不成就全不写。

    全部登记时，还有不合规定的行就拒绝，逐处指出；只登记好行时，其余留在草稿里，改好再登记。
    """
    found, draft, count = import_committing.commit(keeping, register_import_id, data or RegisterCommit(), if_match)
    response.headers["ETag"] = etag(found.version)
    return import_presenting.committed(keeping.session, keeping.kind, found, draft, count)


@router.post(f"{IMPORT}/undo")
def undo_register_import(
    keeping: Keep, response: Response, register_import_id: uuid.UUID, if_match: IfMatch = None
) -> RegisterImportPublic:
    """撤销登记：把这份导入登记的都收回，草稿恢复原样。有一条登记后又改过、又有经过的，不能撤销，说明是哪几条。"""
    return _answer(keeping, response, *import_committing.undo(keeping, register_import_id, if_match))


@router.post(f"{IMPORT}/discard", status_code=204)
def discard_register_import(keeping: Keep, register_import_id: uuid.UUID, if_match: IfMatch = None) -> None:
    """丢弃草稿：读入的内容（含申请人信息）清除，不能恢复；已经登记的条目不受影响。"""
    imports.discard(keeping, register_import_id, if_match)


@router.get(f"{IMPORT}/workbook", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def register_import_workbook(keeping: Keep, register_import_id: uuid.UUID) -> Response:
    """还没有登记的各行（xlsx），加一列“错误说明”，有错的格着色；申请人信息已遮掩，改好再交时须填原来的。"""
    found, draft = imports.one(keeping, register_import_id)
    book = import_presenting.workbook(keeping.kind, draft)
    return attached(book, f"{found.file_name.rsplit('.', 1)[0]}（错误说明）.xlsx")
