"""Routes of annual reports (年度报告). The fixed path stands before any ``/annual-reports/{id}`` to come."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, UploadFile

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.annual_reports import examining, queries, rolling
from taizhang.annual_reports.aggregating import aggregate
from taizhang.annual_reports.report_schemas import CheckRequest, CheckResult, FormPublic, ReadResult
from taizhang.annual_reports.schemas import Aggregate
from taizhang.calendars.queries import calendar
from taizhang.core.clock import Now
from taizhang.core.database import Transaction
from taizhang.documents.sniffing import MAXIMUM_BYTES
from taizhang.progress.ledger.router import OnDay

router = APIRouter(tags=["年度报告"])

Reader = Annotated[Actor, Depends(Requires(Permission.REPORT_READ))]


@router.get("/annual-reports/aggregate")
def get_aggregate(
    session: Transaction,
    actor: Reader,
    day: OnDay,
    now: Now,
    year: Annotated[int, Query(ge=2000, le=2100, description="年度")],
    unit_id: Annotated[uuid.UUID | None, Query(description="单位，含其下级；不填为您所服务的政府或所在单位")] = None,
) -> Aggregate:
    """年度汇总：按类别与任务统计分工、灯、按时率与通过率，列出已落实与未落实的要求、审核通过的进展文字，以及编制范围。

    `figures` 是直接下级已通过的年度报告之和（本机关与本级政府分开，不重复计），`reports` 写明计入、缺报、不计入的单位。
    """
    top = queries.unit(session, actor, unit_id)
    sums = rolling.sums(session, top, year, calendar(session), today=day.today)
    return aggregate(queries.facts(session, top, year, day), top, year, sums, now=now, today=day.today)


@router.get("/annual-reports/forms")
def list_forms(_: Reader) -> list[FormPublic]:
    """年度报告表样：两套表样的格、栏目名、版面与勾稽关系，供填报、核对与展示。

    `cells` 的次序固定；`sum_of` 不空的是求和格。`places` 是印出来的版面：每块占几行几列，是栏目名还是某一格。
    """
    return examining.forms()


@router.post("/annual-reports/check")
def check_figures(_: Reader, data: CheckRequest) -> CheckResult:
    """核对年度报告：对任意一组数字与文字，核对全部勾稽关系，不保存任何内容。

    数字是 `{格: 数}`，空为 `null`，与 0 不同；收费金额以万元计，是小数文字。给了上年数字、上年文字、信息处理费的，
    一并与之核对。每条发现写明规则、级别（`block` 不能报送，`warn` 须说明）、涉及的格、两边的数；
    能一次改平的附修正提示。
    """
    return examining.check_request(data)


@router.post("/annual-reports/read", max_body_size=MAXIMUM_BYTES + 1024 * 1024)
def read_report(
    _: Reader, file: Annotated[UploadFile, File(description="已发布的年度报告：html、docx 或 xlsx")]
) -> ReadResult:
    """读取已发布的年度报告：按栏目名读出三张表的数字与一、五、六部分的文字，并核对，不保存任何内容。

    读不准的一律为空，在 `problems` 里写明是哪一格、在文件何处、为什么。
    不是年度报告的文件拒绝（422 `not-an-annual-report`）。
    """
    return examining.read_upload(file.file.read(MAXIMUM_BYTES + 1), file.filename or "")
