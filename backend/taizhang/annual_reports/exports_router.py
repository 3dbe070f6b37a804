"""Routes of the report as a file (年度报告导出). They stand before ``/annual-reports/{id}``, which would take them."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.annual_reports import records
from taizhang.annual_reports.copies import FILES, printed
from taizhang.annual_reports.exporting import FORMATS, headers, package_schema
from taizhang.core.database import Transaction

router = APIRouter(tags=["年度报告"])

Reader = Annotated[Actor, Depends(Requires(Permission.REPORT_READ))]


@router.get("/annual-reports/schema.json")
def get_schema(_: Reader) -> dict[str, Any]:
    """年度报告数据包（`….json`）的 JSON Schema。"""
    return package_schema()


@router.get("/annual-reports/{report_id}.docx", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.xlsx", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.html", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.json", responses=FILES, response_class=Response)
def download_report(request: Request, session: Transaction, actor: Reader, report_id: uuid.UUID) -> Response:
    """下载年度报告：docx 公文、xlsx 表格、html 单页、json 数据包，四者数字相同。没有公布的，每份都注明“尚未发布”。"""
    suffix = request.url.path.rpartition(".")[2]
    report = printed(*records.dossier(session, records.seat(session, actor), report_id))
    made = FORMATS[suffix]
    return Response(made.write(report), media_type=made.media_type, headers=headers(report, suffix))
