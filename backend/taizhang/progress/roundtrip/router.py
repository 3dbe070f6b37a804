"""Routes of the round trip (导出、回读)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.audit.deps import Exported
from taizhang.core.clock import Now
from taizhang.core.database import Transaction, apart
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.versions import IfMatch, etag
from taizhang.documents.sniffing import MAXIMUM_BYTES
from taizhang.plans import queries as plans
from taizhang.progress.ledger import exporting
from taizhang.progress.ledger.router import OnDay, Reader, attached
from taizhang.progress.roundtrip import leaving, service
from taizhang.progress.roundtrip.schemas import LedgerApply, LedgerImportPublic
from taizhang.progress.roundtrip.service import Returned

router = APIRouter(tags=["台账回读"], route_class=IdempotentRoute)

EXPORTED = Depends(Exported("plan.export", "plan", "plan_id"), scope="function")

Writer = Annotated[Actor, Depends(Requires(Permission.PLAN_WRITE))]


@router.get("/plans/{plan_id}/ledger.xlsx", response_class=Response, tags=["分解表"], dependencies=[EXPORTED])
def download_workbook(session: Transaction, actor: Reader, plan_id: uuid.UUID, day: OnDay) -> Response:
    """工作台账（xlsx）：查看范围内的全部分工与最新进展。

    政务公开科的另有“任务”表；隐藏列是编号与版本，改好后可由 `POST /plans/{plan_id}/ledger-imports` 交回。
    """
    plan, _ = plans.one(session, actor, plan_id)
    content = leaving.workbook_of(session, actor, plan, day)
    return attached(content, f"{plan.title}（工作台账）.xlsx", exporting.XLSX)


def _in_sight(request: Request, actor: Writer, plan_id: uuid.UUID) -> None:
    """A stranger's workbook is not even opened. A session of its own: reading comes next."""
    with apart(request) as session:
        plans.one(session, actor, plan_id)


def _read_upload(
    _: Annotated[None, Depends(_in_sight)],
    file: Annotated[UploadFile, File(description="从本系统导出并改过的工作台账（xlsx）")],
) -> Returned:
    return service.open_workbook(file.file.read(MAXIMUM_BYTES + 1), file.filename or "")


Uploaded = Depends(_read_upload)
"""Stands before ``Once`` and the transaction: reading takes seconds and must hold no connection."""


@router.post(
    "/plans/{plan_id}/ledger-imports",
    status_code=201,
    dependencies=[Uploaded, Once],
    max_body_size=MAXIMUM_BYTES + 1024 * 1024,
)
def create_ledger_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    plan_id: uuid.UUID,
    now: Now,
    returned: Annotated[Returned, Uploaded],
) -> LedgerImportPublic:
    """交回改过的工作台账，得到逐行对照；写入之前库里什么也不变。

    各行按隐藏的编号认，各列按表头认，排序、筛选、换列都不要紧。state：unchanged 没改、changed 改了、
    conflict 导出后库里又变了、new 表里新加的、missing 表里没有了、invalid 不能写入（见 problems）。
    """
    found = service.create(session, actor, plan_id, returned, now=now)
    response.headers["Location"] = f"/api/v1/ledger-imports/{found.id}"
    return _answer(session, response, actor, found.id)


def _answer(session: Transaction, response: Response, actor: Actor, import_id: uuid.UUID) -> LedgerImportPublic:
    found, plan, _ = service.one(session, actor, import_id)
    response.headers["ETag"] = etag(found.version)
    return service.present(session, actor, found, plan)


@router.get("/ledger-imports/{ledger_import_id}")
def get_ledger_import(
    session: Transaction, response: Response, actor: Writer, ledger_import_id: uuid.UUID
) -> LedgerImportPublic:
    """交回的工作台账，与库里现在的内容对照。"""
    return _answer(session, response, actor, ledger_import_id)


@router.post("/ledger-imports/{ledger_import_id}/apply", dependencies=[Once])
def apply_ledger_import(
    session: Transaction,
    response: Response,
    actor: Writer,
    ledger_import_id: uuid.UUID,
    data: LedgerApply | None = None,
    if_match: IfMatch = None,
) -> LedgerImportPublic:
    """写入改过的各行；每处冲突须选用表里的（mine）还是库里的（theirs），有一处没定就一行也不写。

    有问题的行与新加的行不写，其余照写，数目见 result。
    """
    service.apply(session, actor, ledger_import_id, data or LedgerApply(), if_match)
    return _answer(session, response, actor, ledger_import_id)
