"""Routes of the public face for machines (公众接口): nobody signs in, and only what is published shows."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.copies import FILES, printed
from taizhang.annual_reports.exporting import FORMATS, headers, package_schema
from taizhang.annual_reports.forms import present
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.records import SCOPE_WORDS
from taizhang.core.database import Transaction, as_public
from taizhang.core.downloads import attached
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import FieldError, Invalid
from taizhang.public import open_data, plans, reports
from taizhang.public.caching import FRESH, answer, held, tag_of
from taizhang.public.reports import Filed, Filters
from taizhang.public.schemas import (
    Dictionary,
    OpenData,
    PlanSummaryPage,
    PublicPlan,
    PublicReport,
    ReportSummaryPage,
    UnitName,
)
from taizhang.units.models import Unit

router = APIRouter(tags=["公众查询"], dependencies=[Depends(as_public)])

JSON = "application/json"
CSV = "text/csv; charset=utf-8"
MOST_REPORTS = 1000
CSV_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {}}}}

Year = Annotated[int | None, Query(ge=2000, le=2100, description="报告年度")]
UnitCode = Annotated[str | None, Query(max_length=32, description="单位代码")]
ReportId = Annotated[uuid.UUID, Path(description="年度报告编号")]


@router.get("/annual-reports", response_model=ReportSummaryPage)
def list_reports(
    request: Request,
    session: Transaction,
    paging: Paging,
    year: Year = None,
    unit: UnitCode = None,
    scope: Scope | None = None,
    updated_since: Annotated[
        datetime | None, Query(description="只要此时及以后公布、撤下的，连同撤下的，早的在前")
    ] = None,
    after_id: Annotated[uuid.UUID | None, Query(description="与 updated_since 同用：接着上次最后一条")] = None,
) -> Response:
    """已公布的年度报告，新的年度在前。

    定期取用的给 `updated_since`：撤下的也在内（`status` 为 `withdrawn`，附理由）。取满一页的，
    以最后一条的 `changed_at`、`id` 作 `updated_since`、`after_id` 再取，直到不足一页；
    下次从上次开始取的时刻往前五分钟取起，按 `id` 合并。
    """
    if after_id is not None and updated_since is None:
        raise Invalid.field("query:after_id", "updated-since-missing", "after_id 须与 updated_since 同用")
    if updated_since is not None and updated_since.tzinfo is None:
        raise Invalid.field("query:updated_since", "timezone-missing", "时间须带时区，如 2024-01-31T00:00:00+08:00")
    filters = Filters(year, unit, scope, updated_since, after_id)
    page = json_page(session, reports.listing(filters), paging, request)
    page.headers["Cache-Control"] = FRESH
    return page


@router.get("/annual-reports/schema.json")
def get_package_schema(request: Request, response: Response) -> dict[str, Any]:
    """年度报告数据包的 JSON Schema。"""
    response.headers["Cache-Control"] = FRESH
    return package_schema()


@router.get("/annual-reports/{report_id}.docx", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.xlsx", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.html", responses=FILES, response_class=Response)
@router.get("/annual-reports/{report_id}.json", responses=FILES, response_class=Response)
def download_published_report(request: Request, session: Transaction, report_id: ReportId) -> Response:
    """下载已公布的年度报告：docx、xlsx、html、json，四者数字相同。撤下的答 410，写明理由。"""
    suffix = request.url.path.rpartition(".")[2]
    row, unit = reports.one(session, report_id)
    tag = _tag(row, suffix)
    if kept := held(request, tag):
        return kept
    report = printed(row, unit)
    made = FORMATS[suffix]
    return answer(request, made.write(report), made.media_type, headers=headers(report, suffix), tag=tag)


@router.get("/annual-reports/{report_id}", response_model=PublicReport)
def get_published_report(request: Request, session: Transaction, report_id: ReportId) -> Response:
    """一份已公布的年度报告：数字与文字。从未公布的答 404，撤下的答 410，写明理由。"""
    row, unit = reports.one(session, report_id)
    tag = _tag(row, "report")
    return held(request, tag) or answer(request, _public(row, unit).model_dump_json().encode(), JSON, tag=tag)


def _tag(row: AnnualReport, what: str) -> str:
    return tag_of(row.id, row.version, row.published_at, what)


def _public(row: AnnualReport, unit: Unit) -> PublicReport:
    report, base = printed(row, unit), f"/public/v1/annual-reports/{row.id}"
    page = f"/public/annual-reports/{unit.code}/{row.year}"
    return PublicReport(
        id=row.id,
        unit=UnitName.model_validate(unit),
        scope_words=SCOPE_WORDS[row.scope],
        form=report.form.version,
        figures=present(report.form, report.figures),
        texts={part.value: report.texts[part] for part in Part},  # type: ignore[arg-type]
        links={"page": page} | {suffix: f"{base}.{suffix}" for suffix in FORMATS},
        **{name: getattr(report, name) for name in ("year", "scope", "title", "version", "published_on")},
    )


@router.get("/plans", response_model=PlanSummaryPage)
def list_public_plans(request: Request, session: Transaction, paging: Paging, year: Year = None) -> Response:
    """已印发的年度任务分解表，与最近公布的一期进展。"""
    items, total = plans.page(session, year, offset=paging.offset, size=paging.size)
    page = PlanSummaryPage(items=items, total=total, page=paging.page, size=paging.size)
    return answer(request, page.model_dump_json().encode(), JSON)


@router.get("/plans/{plan_id}", response_model=PublicPlan)
def get_public_plan(
    request: Request, session: Transaction, plan_id: Annotated[uuid.UUID, Path(description="分解表编号")]
) -> Response:
    """一份已印发的分解表：各项任务、责任单位，公布那一期时各单位的办理状态，主动公开的佐证。还没有公布的一期，什么也没有。"""
    return answer(request, plans.one(session, plan_id).model_dump_json().encode(), JSON)


@router.get("/open-data/annual-reports.csv", responses=CSV_FILE, response_class=Response)
def open_cells_csv(request: Request, session: Transaction, year: Year = None, unit: UnitCode = None) -> Response:
    """开放数据：已公布的年度报告的全部数字，一格一行（CSV，UTF-8 带 BOM），列与格的含义见数据字典。

    至多一千份报告，多了请按年度取。
    """
    content = open_data.cells_csv(_filed(session, year, unit))
    return answer(request, content, CSV, headers={"Content-Disposition": attached(_named(year, "csv"))})


@router.get("/open-data/annual-reports.json", response_model=OpenData)
def open_cells_json(request: Request, session: Transaction, year: Year = None, unit: UnitCode = None) -> Response:
    """开放数据：已公布的年度报告的全部数字，一份报告一个对象。至多一千份，多了请按年度取。"""
    found = open_data.open_reports(_filed(session, year, unit))
    whole = OpenData(dictionary="/public/v1/open-data/dictionary.json", reports=found)
    return answer(request, whole.model_dump_json().encode(), JSON)


@router.get("/open-data/dictionary.csv", responses=CSV_FILE, response_class=Response)
def open_dictionary_csv(request: Request) -> Response:
    """数据字典：每一格是什么（UTF-8，带 BOM）。"""
    content = open_data.dictionary_csv()
    return answer(request, content, CSV, headers={"Content-Disposition": attached("年度报告数据字典.csv")})


@router.get("/open-data/dictionary.json", response_model=Dictionary)
def open_dictionary_json(request: Request) -> Response:
    """数据字典：开放数据各列与每一格的含义。"""
    return answer(request, open_data.dictionary().model_dump_json().encode(), JSON)


def _filed(session: Transaction, year: int | None, unit: str | None) -> list[Filed]:
    found = reports.filed(session, Filters(year, unit), most=MOST_REPORTS)
    if len(found) > MOST_REPORTS:
        detail = f"一次至多 {MOST_REPORTS} 份报告，请用 year 或 unit 缩小范围"
        errors = [FieldError("query:year", "too-many-reports", detail)]
        raise Invalid("too-many-reports", "范围太大", detail=detail, errors=errors)
    return found


def _named(year: int | None, suffix: str) -> str:
    return f"{f'{year}年' if year else ''}政府信息公开工作年度报告数据.{suffix}"


@router.get("/{path:path}", include_in_schema=False)
def absent(path: str) -> None:
    """Nothing else is public."""
    raise HTTPException(404)
