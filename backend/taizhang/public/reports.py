"""Published annual reports (已公布的年度报告). Nothing here reaches a report in any other state; a report taken back
shows only that it was, when and why."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, tuple_
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.exporting import FORMATS
from taizhang.annual_reports.forms import FormVersion
from taizhang.annual_reports.models import AnnualReport, ReportState
from taizhang.annual_reports.records import SCOPE_WORDS
from taizhang.core.clock import SHANGHAI
from taizhang.core.problems import Gone, NotFound
from taizhang.progress.ledger.queries import words_of
from taizhang.units.models import Unit, UnitKind

PUBLISHED = col(AnnualReport.state) == ReportState.PUBLISHED
WITHDRAWN = and_(col(AnnualReport.state) != ReportState.PUBLISHED, col(AnnualReport.withdrawn_at).is_not(None))
CHANGED_AT: ColumnElement[datetime] = case(
    (PUBLISHED, col(AnnualReport.published_at)), else_=col(AnnualReport.withdrawn_at)
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. ``updated_since`` brings what was taken back as well, oldest change first."""

    year: int | None = None
    unit_code: str | None = None
    scope: Scope | None = None
    updated_since: datetime | None = None
    after_id: uuid.UUID | None = None


def listing(filters: Filters) -> Select[Any]:
    """Reports as labelled columns of :class:`~taizhang.public.schemas.ReportSummary`."""
    since, after = filters.updated_since, filters.after_id
    statement = select(*_summary()).join(Unit, col(Unit.id) == AnnualReport.unit_id).where(_wanted(filters))
    if since is None:
        order = (col(AnnualReport.year).desc(), col(Unit.path), col(AnnualReport.scope), col(AnnualReport.id))
        return statement.where(PUBLISHED).order_by(*order)
    statement = statement.where(or_(PUBLISHED, WITHDRAWN), CHANGED_AT >= since)
    if after is not None:
        statement = statement.where(tuple_(CHANGED_AT, col(AnnualReport.id)) > tuple_(literal(since), literal(after)))
    return statement.order_by(CHANGED_AT, col(AnnualReport.id))


def _wanted(filters: Filters) -> ColumnElement[bool]:
    wanted: list[tuple[Any, Any]] = [
        (filters.year, col(AnnualReport.year)),
        (filters.unit_code, col(Unit.code)),
        (filters.scope, col(AnnualReport.scope)),
    ]
    return and_(literal(True), *(column == value for value, column in wanted if value is not None))


def _summary() -> list[Any]:
    names = ("id", "year", "scope", "form")
    plain: list[Any] = [col(getattr(AnnualReport, name)).label(name) for name in names]
    status = case((PUBLISHED, "published"), else_="withdrawn")
    base = func.concat("/public/v1/annual-reports/", AnnualReport.id)
    page = func.concat("/public/annual-reports/", Unit.code, "/", AnnualReport.year)
    links: list[Any] = [part for suffix in FORMATS for part in (suffix, func.concat(base, ".", suffix))]
    withdrawn_on = func.date(func.timezone(SHANGHAI.key, col(AnnualReport.withdrawn_at)))
    return [
        *plain,
        words_of(SCOPE_WORDS, col(AnnualReport.scope)).label("scope_words"),
        func.json_build_object("code", Unit.code, "name", Unit.name).label("unit"),
        func.concat(Unit.name, AnnualReport.year, "年政府信息公开工作年度报告").label("title"),
        status.label("status"),
        CHANGED_AT.label("changed_at"),
        case((PUBLISHED, col(AnnualReport.version))).label("version"),
        case((PUBLISHED, col(AnnualReport.published_on))).label("published_on"),
        case((WITHDRAWN, withdrawn_on)).label("withdrawn_on"),
        case((WITHDRAWN, col(AnnualReport.withdraw_reason))).label("reason"),
        case((PUBLISHED, func.json_build_object("page", page, *links))).label("links"),
    ]


def one(session: Session, report_id: uuid.UUID) -> tuple[AnnualReport, Unit]:
    """A published report.

    Raises:
        NotFound: there is none, or it was never published.
        Gone: it was taken back.
    """
    return _shown(session, AnnualReport.id == report_id)


def of_unit(session: Session, code: str, year: int) -> tuple[AnnualReport, Unit]:
    """A unit's published report on a year: a government's on its whole area, anybody else's on itself.

    Raises:
        NotFound: there is none, or it was never published.
        Gone: it was taken back.
    """
    return _shown(session, and_(col(Unit.code) == code, col(AnnualReport.year) == year))


def _shown(session: Session, wanted: Any) -> tuple[AnnualReport, Unit]:
    statement = (
        rows(AnnualReport, Unit)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(wanted, or_(PUBLISHED, WITHDRAWN))
        .order_by(PUBLISHED.desc(), col(AnnualReport.scope))
        .limit(1)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound("not-found", "没有找到，或没有公布")
    report, unit = found
    if report.state is not ReportState.PUBLISHED:
        detail = f"《{title(unit, report)}》已撤下：{report.withdraw_reason}"
        raise Gone("report-withdrawn", "这份年度报告已撤下", detail=detail, withdrawn_at=report.withdrawn_at)
    return report, unit


def title(unit: Unit, report: AnnualReport) -> str:
    """The title of a report."""
    return f"{unit.name}{report.year}年政府信息公开工作年度报告"


def history(session: Session, code: str) -> Sequence[tuple[AnnualReport, Unit]]:
    """A unit's published reports, the oldest year first."""
    statement = (
        rows(AnnualReport, Unit)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(Unit.code == code, PUBLISHED)
        .order_by(col(AnnualReport.year), col(AnnualReport.scope))
    )
    return session.exec(statement).all()


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as an index names it."""

    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    year: int
    scope: Scope
    published_on: Any


def index(session: Session, year: int | None) -> tuple[list[int], list[Listed]]:
    """The years there are reports of, the latest first, and the reports of one of them (the latest unless named)."""
    years = list(session.exec(rows(AnnualReport.year).where(PUBLISHED).distinct()))
    years.sort(reverse=True)
    if not years:
        return [], []
    columns: list[Any] = [col(Unit.code), col(Unit.name), col(Unit.kind), col(AnnualReport.year)]
    columns += [col(AnnualReport.scope), col(AnnualReport.published_on)]
    statement = (
        select(*columns)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(PUBLISHED, col(AnnualReport.year) == (year or years[0]))
        .order_by(col(Unit.path), col(AnnualReport.scope))
    )
    return years, [Listed(*row) for row in session.connection().execute(statement)]


@dataclass(frozen=True, slots=True)
class Filed:
    """The numbers of a published report, for the open data."""

    unit_code: str
    unit_name: str
    year: int
    scope: Scope
    form: FormVersion
    version: int
    published_on: Any
    figures: list[int | None]


def filed(session: Session, filters: Filters, *, most: int) -> list[Filed]:
    """The numbers of published reports, one more than ``most`` where there are more."""
    columns: list[Any] = [col(Unit.code), col(Unit.name), col(AnnualReport.year), col(AnnualReport.scope)]
    columns += [col(getattr(AnnualReport, name)) for name in ("form", "version", "published_on", "figures")]
    statement = (
        select(*columns)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(PUBLISHED, _wanted(filters))
        .order_by(col(AnnualReport.year), col(Unit.path), col(AnnualReport.scope))
        .limit(most + 1)
    )
    return [Filed(*row) for row in session.connection().execute(statement)]
