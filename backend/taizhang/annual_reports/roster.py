"""The roster (编制范围): which units make a report, and of them who has handed in and who is missing.

A government's report is the sum of its direct children's: its organs' own, and the reports of the governments below.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.annual_reports import deadlines
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing_schemas import ReportInput, ReportUnit
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.procedure import FINAL, STATE_WORDS, ReportState
from taizhang.annual_reports.sum_schemas import ExcludedFromSum, ReportRoster, RosterUnit
from taizhang.calendars.workdays import Calendar
from taizhang.core.clock import local_day
from taizhang.units.models import Unit, UnitKind
from taizhang.units.rules import existed

BRANCH_REASON = "派出（垂管）机构，不列入本级政府汇总"
OTHER_REASON = "非本级政府年度报告编制主体"


class Standing(StrEnum):
    """Whether a unit's report is in the sum."""

    COUNTED = "counted"
    MISSING = "missing"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below a government, with its report of the year if it has one."""

    unit: ReportUnit
    kind: UnitKind
    scope: Scope
    counts: bool
    report_id: uuid.UUID | None
    state: ReportState | None
    version: int | None
    revision: int | None
    first_submitted_at: datetime | None

    @property
    def standing(self) -> Standing:
        if not self.counts:
            return Standing.EXCLUDED
        return Standing.COUNTED if self.state in FINAL else Standing.MISSING

    @property
    def reason(self) -> str:
        """Why it is not in the sum, in words."""
        if not self.counts:
            return BRANCH_REASON if self.kind is UnitKind.BRANCH else OTHER_REASON
        if self.state is None:
            return "还没有编制"
        return "" if self.state in FINAL else f"还没有通过，现为“{STATE_WORDS[self.state]}”"

    def input(self) -> ReportInput:
        """As an input of the sum, in its present version."""
        assert self.report_id
        assert self.state
        return ReportInput(
            report_id=self.report_id,
            unit=self.unit,
            scope=self.scope,
            version=self.version or 0,
            revision=self.revision or 0,
            state=self.state,
        )


def makes_report(unit: Unit, year: int, scope: Scope) -> bool:
    """Whether a unit owes a report on a year: it stood at the year's end, and counts as an organ of its own
    (编制主体) or is itself a government."""
    if not existed(unit.valid_from, unit.valid_to, date(year, 12, 31)):
        return False
    return scope is Scope.GOVERNMENT or unit.counts_in_report


def children(session: Session, top: Unit, year: int) -> list[Child]:
    """The units directly below a government that stood at the year's end, in tree order."""
    scope = case((col(Unit.kind) == UnitKind.GOVERNMENT, Scope.GOVERNMENT.value), else_=Scope.ORGAN.value)
    report = and_(
        col(AnnualReport.unit_id) == Unit.id, col(AnnualReport.year) == year, col(AnnualReport.scope) == scope
    )
    last_day = date(year, 12, 31)
    names: list[Any] = [col(getattr(Unit, name)) for name in ("id", "name", "short_name", "kind", "counts_in_report")]
    held: list[Any] = [
        col(getattr(AnnualReport, name)).label(f"report_{name}")
        for name in ("id", "state", "version", "revision", "first_submitted_at")
    ]
    statement = (
        select(*names, *held)
        .select_from(Unit)
        .outerjoin(AnnualReport, report)
        .where(
            col(Unit.parent_id) == top.id,
            func.coalesce(col(Unit.valid_from), last_day) <= last_day,
            func.coalesce(col(Unit.valid_to), last_day) >= last_day,
        )
        .order_by(col(Unit.path))
    )
    return [_child(row) for row in session.connection().execute(statement)]


def _child(row: Any) -> Child:
    return Child(
        unit=ReportUnit(id=row.id, name=row.name, short_name=row.short_name),
        kind=row.kind,
        scope=Scope.GOVERNMENT if row.kind is UnitKind.GOVERNMENT else Scope.ORGAN,
        counts=row.counts_in_report,
        report_id=row.report_id,
        state=row.report_state,
        version=row.report_version,
        revision=row.report_revision,
        first_submitted_at=row.report_first_submitted_at,
    )


def roster(session: Session, top: Unit, year: int, calendar: Calendar, *, today: date) -> ReportRoster:
    """Who has handed in, who is missing and who does not count; 本机关 and 本级政府 kept apart."""
    below = children(session, top, year) if top.kind is UnitKind.GOVERNMENT else []
    shown = {child.unit.id: _shown(child, year, today) for child in below if child.counts}
    office = next((child for child in below if child.kind is UnitKind.OFFICE and child.counts), None)
    is_government = top.kind is UnitKind.GOVERNMENT
    itself = _own(session, top, year, Scope.GOVERNMENT if is_government else Scope.ORGAN, today)
    return ReportRoster(
        year=year,
        unit=ReportUnit.model_validate(top),
        due_on=deadlines.due_on(year, Scope.ORGAN),
        alert_on=deadlines.alert_on(year, Scope.ORGAN, calendar),
        government_due_on=deadlines.due_on(year, Scope.GOVERNMENT),
        government_alert_on=deadlines.alert_on(year, Scope.GOVERNMENT, calendar),
        counted=[shown[child.unit.id] for child in below if child.standing is Standing.COUNTED],
        missing=[shown[child.unit.id] for child in below if child.standing is Standing.MISSING],
        excluded=[
            ExcludedFromSum(**child.unit.model_dump(), reason=child.reason)
            for child in below
            if child.standing is Standing.EXCLUDED
        ],
        own=(shown[office.unit.id] if office else None) if is_government else itself,
        government=itself if is_government else None,
    )


def _shown(child: Child, year: int, today: date) -> RosterUnit:
    handed_in = local_day(child.first_submitted_at) if child.first_submitted_at else None
    late = deadlines.days_late(year, child.scope, handed_in, today)
    return RosterUnit(
        **child.unit.model_dump(),
        scope=child.scope,
        report_id=child.report_id,
        state=child.state,
        state_words=STATE_WORDS[child.state] if child.state else "未编制",
        version=child.version,
        first_submitted_at=child.first_submitted_at,
        late=late > 0,
        days_late=late,
        reason=child.reason,
    )


def _own(session: Session, top: Unit, year: int, scope: Scope, today: date) -> RosterUnit:
    statement = rows(AnnualReport).where(
        AnnualReport.unit_id == top.id, AnnualReport.year == year, AnnualReport.scope == scope
    )
    report = session.exec(statement).one_or_none()
    child = Child(
        unit=ReportUnit.model_validate(top),
        kind=top.kind,
        scope=scope,
        counts=top.counts_in_report,
        report_id=report.id if report else None,
        state=report.state if report else None,
        version=report.version if report else None,
        revision=report.revision if report else None,
        first_submitted_at=report.first_submitted_at if report else None,
    )
    return _shown(child, year, today)
