"""Routes of attachments and evidence (附件与佐证材料)."""

import uuid
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response, UploadFile
from fastapi.responses import FileResponse

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.attachments import queries, service
from taizhang.attachments.schemas import (
    AttachmentPublic,
    EvidenceCreate,
    EvidencePage,
    EvidencePatch,
    EvidencePublic,
)
from taizhang.attachments.storage import Store
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import Conflict
from taizhang.core.schemas import Query as Search
from taizhang.core.versions import IfMatch, etag

UPLOAD_LIMIT = 64 * 1024 * 1024
"""What the server reads of one upload at all; how much of it is kept is ``TAIZHANG_ATTACHMENT_MAX_BYTES``."""

router = APIRouter(tags=["佐证材料"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.EVIDENCE_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.EVIDENCE_WRITE))]


async def _store(request: Request) -> Store:
    return Store(request.app.state.settings.data_dir / "store")


Files = Annotated[Store, Depends(_store)]


@router.post("/attachments", status_code=201, dependencies=[Once], max_body_size=UPLOAD_LIMIT)
def upload_attachment(
    request: Request, session: Transaction, actor: Writer, files: Files, file: UploadFile, now: Now
) -> AttachmentPublic:
    """上传附件：pdf、png、jpg、xlsx、docx，按内容识别；同样的内容只存一份。"""
    limit = request.app.state.settings.attachment_max_bytes
    kept = service.keep_file(session, actor, files, file.filename or "", file.file, max_bytes=limit, now=now)
    return AttachmentPublic.model_validate(kept)


@router.get("/attachments/{attachment_id}", response_class=FileResponse)
def download_attachment(
    request: Request, session: Transaction, actor: Reader, files: Files, attachment_id: uuid.UUID
) -> Response:
    """下载附件。"""
    found = queries.attachment(session, actor, attachment_id)
    path = files.path(found.sha256)
    headers = {
        "ETag": f'"{found.sha256}"',
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not path.is_file():
        raise Conflict("file-missing", "附件内容缺失", detail="附件的内容不在存储中，请联系管理员恢复备份")
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


@router.get("/evidence", response_model=EvidencePage)
def list_evidence(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    q: Search = None,
    unit: uuid.UUID | None = None,
) -> Response:
    """佐证材料列表，新登记的在前；按标题、文号、渠道、链接查找。"""
    return json_page(session, queries.listing(actor, q=q, unit=unit), paging, request)


@router.post("/evidence", status_code=201, dependencies=[Once])
def create_evidence(
    session: Transaction, response: Response, actor: Writer, data: EvidenceCreate, now: Now
) -> EvidencePublic:
    """登记佐证材料，可附已上传的文件。"""
    evidence = service.create_evidence(session, actor, data, now=now)
    response.headers.update({"ETag": etag(evidence.version), "Location": f"/api/v1/evidence/{evidence.id}"})
    return EvidencePublic.model_validate(queries.described(session, [evidence.id])[0])


@router.get("/evidence/{evidence_id}")
def get_evidence(session: Transaction, response: Response, actor: Reader, evidence_id: uuid.UUID) -> EvidencePublic:
    """一件佐证材料。"""
    evidence = queries.one(session, actor, evidence_id)
    response.headers["ETag"] = etag(evidence.version)
    return EvidencePublic.model_validate(queries.described(session, [evidence.id])[0])


@router.patch("/evidence/{evidence_id}")
def change_evidence(
    session: Transaction,
    response: Response,
    actor: Writer,
    evidence_id: uuid.UUID,
    data: EvidencePatch,
    now: Now,
    if_match: IfMatch = None,
) -> EvidencePublic:
    """修改佐证材料，须带 If-Match；旧版留存。"""
    evidence = service.change_evidence(session, actor, evidence_id, data, if_match, now=now)
    response.headers["ETag"] = etag(evidence.version)
    return EvidencePublic.model_validate(queries.described(session, [evidence.id])[0])
