"""Public pages (公众网页): rendered here, without script, at addresses that stay."""

import re
import uuid
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from taizhang.annual_reports.copies import printed
from taizhang.annual_reports.exporting import article
from taizhang.annual_reports.exporting.page import article_css
from taizhang.core.database import Transaction, as_public
from taizhang.core.problems import Gone, Problem
from taizhang.core.templates import render, style
from taizhang.plans.models import AssignmentRole, AssignmentState
from taizhang.plans.schemas import ASSIGNMENT_STATE_WORDS
from taizhang.public import history, open_data, plans, reports
from taizhang.public.caching import answer, tag_of
from taizhang.public.schemas import TaskUnit

router = APIRouter(include_in_schema=False, dependencies=[Depends(as_public)])
# Those who look for dead links on government sites ask for the head alone.
at = partial(router.api_route, methods=["GET", "HEAD"])

HTML = "text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HERE = "taizhang.public"
MOST_PLANS = 50
STATES = [(state.value, ASSIGNMENT_STATE_WORDS[state]) for state in reversed(AssignmentState)]
_YEARS = {str(year) for year in range(2000, 2101)}
_CODE = re.compile(r"[\w.-]{1,32}")


@at("/public")
def home(request: Request, session: Transaction) -> Response:
    """公众首页：各年度任务分解表与最近一年的年度报告。"""
    found, _ = plans.page(session, None, offset=0, size=MOST_PLANS)
    years, listed = reports.index(session, None)
    return _page(request, "home.html", "政务公开", plans=found, years=years, listed=listed)


@at("/public/plans/{plan_id}")
def plan(request: Request, session: Transaction, plan_id: str) -> Response:
    """一份任务分解表与公布了的进展。"""
    key = _uuid(plan_id)
    if key is None:
        return _missing(request)
    try:
        found = plans.one(session, key)
    except Problem as refusal:
        return _missing(request, refusal)
    categories: dict[str, list[Any]] = {}
    for task in found.task_list:
        categories.setdefault(task.category, []).append(task)
    return _page(
        request, "plan.html", found.title, plan=found, categories=categories, states=STATES, standings=_standings
    )


def _standings(units: list[TaskUnit]) -> list[tuple[str, str, list[str]]]:
    """A task's units by where they stand: the state, its words, the units, the leading one named as such."""
    found: dict[AssignmentState | None, list[str]] = {}
    for unit in units:
        lead = f"（{unit.role_words}）" if unit.role is AssignmentRole.LEAD else ""
        found.setdefault(unit.state, []).append(f"{unit.name}{lead}")
    order = [state for state in (None, *reversed(AssignmentState)) if state in found]
    return [
        (state.value, ASSIGNMENT_STATE_WORDS[state], found[state]) if state else ("", "责任单位", found[None])
        for state in order
    ]


@at("/public/annual-reports")
def report_index(request: Request, session: Transaction, year: str = "") -> Response:
    """一个年度的年度报告目录。"""
    years, listed = reports.index(session, int(year) if year in _YEARS else None)
    shown = listed[0].year if listed else None
    return _page(request, "reports.html", "政府信息公开工作年度报告", years=years, listed=listed, year=shown)


@at("/public/annual-reports/{code}")
def unit_history(request: Request, session: Transaction, code: str) -> Response:
    """一个单位历年的年度报告与比较。"""
    of_years = [printed(row, unit) for row, unit in reports.history(session, code)] if _CODE.fullmatch(code) else []
    if not of_years:
        return _missing(request)
    years = [report.year for report in of_years]
    measures = history.compared([report.figures for report in of_years])
    drawn = history.chart(years, measures)
    last = of_years[-1]
    values: dict[str, Any] = {
        "reports": of_years,
        "years": years,
        "measures": measures,
        "chart": drawn,
        "unit": last.unit_name,
    }
    return _page(request, "unit.html", f"{last.unit_name}历年年度报告", code=code, **values)


@at("/public/annual-reports/{code}/{year}")
def report_page(request: Request, session: Transaction, code: str, year: str) -> Response:
    """一个单位一个年度的年度报告。"""
    if year not in _YEARS or not _CODE.fullmatch(code):
        return _missing(request)
    try:
        row, unit = reports.of_unit(session, code, int(year))
    except Problem as refusal:
        return _missing(request, refusal)
    report = printed(row, unit)
    values: dict[str, Any] = {"report": report, "code": code, "base": f"/public/v1/annual-reports/{row.id}"}
    return _page(request, "report.html", report.title, article=article(report), **values)


@at("/public/open-data")
def data_page(request: Request, session: Transaction) -> Response:
    """开放数据的下载与字典。"""
    years, _ = reports.index(session, None)
    return _page(request, "data.html", "开放数据", years=years, dictionary=open_data.dictionary())


@at("/public/public.css")
def stylesheet(request: Request) -> Response:
    """公众网页的样式。"""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"} if request.url.query == f"v={_style_tag()}" else {}
    return answer(request, _css().encode(), "text/css; charset=utf-8", headers=kept)


@at("/public/{path:path}")
def missing(request: Request, path: str) -> Response:
    """没有这一页。"""
    return _missing(request)


def _css() -> str:
    return style(_HERE, "public.css") + article_css()


def _style_tag() -> str:
    return tag_of(_css())[3:11]


def _page(request: Request, template: str, title: str, status: int = 200, **values: Any) -> Response:
    path = request.url.path
    words: Markup = render(_HERE, template, title=title, path=path, style_tag=_style_tag(), **values)
    said = {"Content-Security-Policy": POLICY}
    if status != 200:
        return Response(words.encode(), status, headers=said | {"Cache-Control": "no-cache"}, media_type=HTML)
    return answer(request, words.encode(), HTML, headers=said)


def _missing(request: Request, refusal: Problem | None = None) -> Response:
    gone = isinstance(refusal, Gone)
    words = refusal.detail if refusal and gone else "没有这一页，或其中的内容没有公布。"
    title = refusal.title if refusal and gone else "没有找到"
    return _page(request, "missing.html", title, status=410 if gone else 404, words=words)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
