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
from taizhang.attachments.models import ScanState
from taizhang.attachments.scanning import scan
from taizhang.attachments.schemas import (
    AttachmentPublic,
    EvidenceCreate,
    EvidencePage,
    EvidencePatch,
    EvidencePublic,
)
from taizhang.attachments.service import Limits
from taizhang.attachments.storage import Store
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import Conflict, Forbidden
from taizhang.core.schemas import Query as Search
from taizhang.core.settings import Settings
from taizhang.core.versions import IfMatch, etag

UPLOAD_LIMIT = 64 * 1024 * 1024
"""What the server reads of one upload at all; how much of it is kept is ``TAIZHANG_ATTACHMENT_MAX_BYTES``."""

router = APIRouter(tags=["佐证材料"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.EVIDENCE_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.EVIDENCE_WRITE))]


async def _store(request: Request) -> Store:
    return Store(request.app.state.settings.data_dir / "store")


async def _limits(request: Request) -> Limits:
    settings: Settings = request.app.state.settings
    return Limits(file=settings.attachment_max_bytes, unit=settings.attachment_quota_bytes)


def _scan(request: Request, _: Writer, file: UploadFile) -> ScanState:
    return scan(request.app.state.settings.clamav_address, file.file)


Files = Annotated[Store, Depends(_store)]
UnitLimits = Annotated[Limits, Depends(_limits)]
Scanned = Annotated[ScanState, Depends(_scan)]
"""Asked before the transaction begins: a scanner takes seconds, and must hold no connection."""


@router.post("/attachments", status_code=201, dependencies=[Once], max_body_size=UPLOAD_LIMIT)
def upload_attachment(
    session: Transaction, actor: Writer, files: Files, limits: UnitLimits, scan: Scanned, file: UploadFile, now: Now
) -> AttachmentPublic:
    """上传附件：pdf、png、jpg、xlsx、docx，按内容识别；同样的内容只存一份。接有查杀服务时先查杀，有毒的留存备查，不可下载。"""
    name = file.filename or ""
    kept = service.keep_file(session, actor, files, name, file.file, limits=limits, now=now, scan=scan)
    return AttachmentPublic.model_validate(kept)


@router.get("/attachments/{attachment_id}", response_class=FileResponse)
def download_attachment(
    request: Request, session: Transaction, actor: Reader, files: Files, attachment_id: uuid.UUID
) -> Response:
    """下载附件。"""
    found = queries.attachment(session, actor, attachment_id)
    if found.scan is ScanState.INFECTED:
        raise Forbidden(
            "file-infected", "附件含有病毒", detail="查杀服务在这个附件中发现病毒，已停止下载；请联系上传单位换一份"
        )
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
