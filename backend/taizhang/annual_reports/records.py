"""Reading stored reports (查年度报告): who may see which, one, the list, last year's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, cast, func, or_, select
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor, within
from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.deadlines import LAST_DAY
from taizhang.annual_reports.filing_schemas import ReportSort
from taizhang.annual_reports.forms import FormVersion
from taizhang.annual_reports.models import (
    AnnualReport,
    ReportAdjustment,
    ReportRevision,
    ReportWaiver,
    ZeroDeclaration,
)
from taizhang.annual_reports.procedure import FINAL, STATE_WORDS, ReportAction, ReportState, allowed_actions, parts_of
from taizhang.core.clock import SHANGHAI
from taizhang.core.database import SYSTEM, acting_as
from taizhang.core.problems import NotFound
from taizhang.core.schemas import Ref
from taizhang.units.models import Unit, UnitKind
from taizhang.units.queries import escaped_like
from taizhang.units.rules import ancestors
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import Part

SCOPE_WORDS = {Scope.ORGAN: "本机关", Scope.GOVERNMENT: "本级政府"}
TITLE = "{unit}{year}年政府信息公开工作年度报告"


@dataclass(frozen=True, slots=True)
class Seat:
    """A caller, and the government whose office their unit is: its report is their business too."""

    actor: Actor
    government: str | None

    def parts(self, scope: Scope, unit_path: str) -> frozenset[Part]:
        """The parts the caller plays towards a report."""
        actor = self.actor
        own = unit_path == (actor.scope_path if actor.role is Role.OFFICE else self.government)
        return parts_of(
            actor.role,
            scope,
            own_unit=actor.unit_path == unit_path,
            in_scope=actor.sees(unit_path),
            own_government=own,
        )

    def sees(self, scope: Scope, unit_path: str) -> bool:
        """Whether a report lies within the caller's scope."""
        return self.actor.sees(unit_path) or (scope is Scope.GOVERNMENT and unit_path == self.government)

    def visible(self) -> ColumnElement[bool]:
        """The same as SQL."""
        path = col(AnnualReport.unit_path)
        scope = self.actor.scope(path)
        if self.government is None:
            return scope
        return or_(scope, and_(col(AnnualReport.scope) == Scope.GOVERNMENT, path == self.government))


def seat(session: Session, actor: Actor) -> Seat:
    """Where the caller sits: those of a government's office (本级政府办公室) see its report as well as their own."""
    statement = rows(Unit.kind).where(Unit.id == actor.unit_id)
    office = actor.own_unit_only and session.exec(statement).one() is UnitKind.OFFICE
    return Seat(actor, actor.scope_path if office else None)


class Dossier(NamedTuple):
    """A report and whose it is."""

    report: AnnualReport
    unit: Unit


def dossier(session: Session, seat: Seat, report_id: uuid.UUID, *, lock: bool = False) -> Dossier:
    """A report within the caller's scope.

    Raises:
        NotFound: absent or outside it.
    """
    statement = (
        rows(AnnualReport, Unit)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(AnnualReport.id == report_id, seat.visible())
    )
    if lock:
        statement = statement.with_for_update(of=AnnualReport).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return Dossier(*found)


def unit(session: Session, seat: Seat, unit_id: uuid.UUID | None, scope: Scope) -> Unit:
    """The unit asked for; else the caller's own, or for a government's report the government it serves.

    Raises:
        NotFound: absent or outside the caller's scope.
    """
    actor, path = seat.actor, col(Unit.path)
    serves = actor.scope_path if not actor.own_unit_only else seat.government
    if unit_id is None:
        wanted = path == (serves or actor.unit_path) if scope is Scope.GOVERNMENT else path == actor.unit_path
    else:
        wanted = col(Unit.id) == unit_id
    found = session.exec(rows(Unit).where(wanted)).one_or_none()
    if found is None or not seat.sees(scope, found.path):
        raise NotFound
    return found


def existing(session: Session, unit_id: uuid.UUID, year: int, scope: Scope) -> uuid.UUID | None:
    """The report a unit already has for a year, if any."""
    statement = rows(AnnualReport.id).where(
        AnnualReport.unit_id == unit_id, AnnualReport.year == year, AnnualReport.scope == scope
    )
    return session.exec(statement).one_or_none()


def previous(session: Session, report: AnnualReport) -> AnnualReport | None:
    """Last year's report of the same unit and scope, once it was accepted."""
    statement = rows(AnnualReport).where(
        AnnualReport.unit_id == report.unit_id,
        AnnualReport.year == report.year - 1,
        AnnualReport.scope == report.scope,
        col(AnnualReport.state).in_(FINAL),
    )
    return session.exec(statement).one_or_none()


def merged(session: Session, report: AnnualReport) -> Sequence[AnnualReport]:
    """Last year's reports of units that ended since then with this one as their successor (撤并)."""
    statement = (
        rows(AnnualReport)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(
            Unit.successor_id == report.unit_id,
            col(Unit.valid_to).between(date(report.year - 1, 12, 31), date(report.year, 12, 30)),
            AnnualReport.year == report.year - 1,
            AnnualReport.scope == report.scope,
            col(AnnualReport.state).in_(FINAL),
        )
        .order_by(col(AnnualReport.id))
    )
    with acting_as(session, SYSTEM):  # they ended, and nobody of theirs is left to look
        return session.exec(statement).all()


def peers(session: Session, report: AnnualReport) -> list[tuple[str, dict[str, Any]]]:
    """The words of the other units of the same government that handed in a report of the same kind on the year."""
    government = ancestors(report.unit_path)[-1:]
    if not government:
        return []
    path = col(AnnualReport.unit_path)
    statement = (
        select(col(Unit.short_name), col(AnnualReport.sections))
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
        .where(
            col(AnnualReport.year) == report.year,
            col(AnnualReport.scope) == report.scope,
            within(path, government[0]),
            func.length(path) == len(report.unit_path),
            col(AnnualReport.id) != report.id,
            col(AnnualReport.first_submitted_at).is_not(None),
        )
        .order_by(path)
    )
    with acting_as(session, SYSTEM):  # a unit is told what it shares with others, and sees nothing else of theirs
        return [(name, sections) for name, sections in session.connection().execute(statement)]


def author(session: Session, report: AnnualReport) -> Ref:
    """Who began a report: of the unit, or of the office on its behalf (代录)."""
    with acting_as(session, SYSTEM):
        return Ref.model_validate(session.get_one(AppUser, report.created_by))


def revision(session: Session, report_id: uuid.UUID, number: int) -> ReportRevision | None:
    """One snapshot of what was handed in."""
    statement = rows(ReportRevision).where(ReportRevision.report_id == report_id, ReportRevision.number == number)
    return session.exec(statement).one_or_none()


def waivers(session: Session, report_id: uuid.UUID) -> Sequence[ReportWaiver]:
    """Every reason ever given, oldest first."""
    statement = rows(ReportWaiver).where(ReportWaiver.report_id == report_id).order_by(col(ReportWaiver.id))
    return session.exec(statement).all()


def adjustments(session: Session, report_id: uuid.UUID) -> Sequence[ReportAdjustment]:
    """Every line ever added, oldest first."""
    statement = rows(ReportAdjustment).where(ReportAdjustment.report_id == report_id).order_by(col(ReportAdjustment.id))
    return session.exec(statement).all()


def lines(session: Session, report_id: uuid.UUID) -> dict[str, int]:
    """What the lines that stand add to each cell."""
    found: dict[str, int] = {}
    for each in adjustments(session, report_id):
        if each.withdrawn_at is None:
            found[each.cell] = found.get(each.cell, 0) + each.delta
    return found


def zero_declarations(session: Session, report_id: uuid.UUID) -> Sequence[ZeroDeclaration]:
    """Every declaration ever made, oldest first."""
    statement = rows(ZeroDeclaration).where(ZeroDeclaration.report_id == report_id).order_by(col(ZeroDeclaration.id))
    return session.exec(statement).all()


# -- the list


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list."""

    year: int | None = None
    unit: uuid.UUID | None = None
    scope: Scope | None = None
    form: FormVersion | None = None
    states: Sequence[ReportState] = ()
    waiting: bool = False
    q: str | None = None


_PLAIN = (
    "id",
    "version",
    "year",
    "scope",
    "form",
    "state",
    "revision",
    "first_submitted_at",
    "submitted_at",
    "published_on",
    "updated_at",
)
_ORDERS: dict[ReportSort, tuple[Any, ...]] = {
    ReportSort.YEAR: (col(AnnualReport.year).desc(), col(Unit.path), col(AnnualReport.scope).desc()),
    ReportSort.UNIT: (col(Unit.path), col(AnnualReport.scope).desc(), col(AnnualReport.year).desc()),
    ReportSort.UPDATED: (col(AnnualReport.updated_at).desc(),),
}
_WAITING = {
    Part.WRITER: (ReportState.DRAFT, ReportState.RETURNED),
    Part.SIGNER: (ReportState.SUBMITTED,),
    Part.REVIEWER: (ReportState.SIGNED,),
}


def listing(seat: Seat, filters: Filters, sort: ReportSort) -> Select[Any]:
    """Reports within the caller's scope as labelled columns of
    :class:`~taizhang.annual_reports.filing_schemas.AnnualReportSummary`."""
    statement = _columns(seat).where(seat.visible())
    wanted: list[tuple[Any, Any]] = [
        (filters.year, col(AnnualReport.year) == filters.year),
        (filters.scope, col(AnnualReport.scope) == filters.scope),
        (filters.form, col(AnnualReport.form) == filters.form),
    ]
    for given, condition in wanted:
        if given is not None:
            statement = statement.where(condition)
    if filters.unit is not None:
        top = select(col(Unit.path)).where(col(Unit.id) == filters.unit).correlate(None).scalar_subquery()
        path = col(AnnualReport.unit_path)
        statement = statement.where(path >= top, path < top + "~")
    if filters.states:
        statement = statement.where(col(AnnualReport.state).in_(filters.states))
    if filters.waiting:
        statement = statement.where(_waiting(seat))
    if filters.q:
        like = escaped_like(filters.q)
        statement = statement.where(or_(col(Unit.name).ilike(like), col(Unit.short_name).ilike(like)))
    return statement.order_by(*_ORDERS[sort], col(AnnualReport.id))


def _columns(seat: Seat) -> Select[Any]:
    plain: list[Any] = [col(getattr(AnnualReport, name)).label(name) for name in _PLAIN]
    unit = func.json_build_object("id", Unit.id, "name", Unit.name, "short_name", Unit.short_name)
    first_day = func.date(func.timezone(SHANGHAI.key, col(AnnualReport.first_submitted_at)))
    return (
        select(
            *plain,
            unit.label("unit"),
            func.concat(col(Unit.name), col(AnnualReport.year), "年政府信息公开工作年度报告").label("title"),
            _words(SCOPE_WORDS, col(AnnualReport.scope)).label("scope_words"),
            _words(STATE_WORDS, col(AnnualReport.state)).label("state_words"),
            _due().label("due_on"),
            func.coalesce(first_day > _due(), False).label("late"),
            _open_points().label("open_points"),
            _actions(seat).label("actions"),
        )
        .select_from(AnnualReport)
        .join(Unit, col(Unit.id) == AnnualReport.unit_id)
    )


def _words(words: dict[Any, str], column: Any) -> ColumnElement[Any]:
    return case({member.value: word for member, word in words.items()}, value=column)


def _due() -> ColumnElement[Any]:
    """The last day, as ``deadlines.due_on`` has it."""
    return case(
        *(
            (col(AnnualReport.scope) == scope, func.make_date(col(AnnualReport.year) + 1, month, day))
            for scope, (month, day) in LAST_DAY.items()
        )
    )


def _open_points() -> ColumnElement[int]:
    return (
        select(func.count())
        .where(col(ReviewPoint.subject_id) == AnnualReport.id, col(ReviewPoint.answer).is_(None))
        .correlate(AnnualReport)
        .scalar_subquery()
    )


def _standings(seat: Seat) -> list[tuple[ColumnElement[bool], frozenset[Part]]]:
    """Each kind of report the caller can meet, with the parts played towards it."""
    actor, path = seat.actor, col(AnnualReport.unit_path)
    organ = col(AnnualReport.scope) == Scope.ORGAN
    government = col(AnnualReport.scope) == Scope.GOVERNMENT
    own = actor.scope_path if actor.role is Role.OFFICE else seat.government
    found = [
        (and_(organ, path == actor.unit_path), seat.parts(Scope.ORGAN, actor.unit_path)),
        (organ, seat.parts(Scope.ORGAN, actor.scope_path)),
    ]
    if own is not None:
        found.append((and_(government, path == own), seat.parts(Scope.GOVERNMENT, own)))
    below = parts_of(
        actor.role, Scope.GOVERNMENT, own_unit=False, in_scope=not actor.own_unit_only, own_government=False
    )
    return [*found, (government, below)]


def _actions(seat: Seat) -> ColumnElement[Any]:
    whens = [
        (and_(condition, col(AnnualReport.state) == state), _json(allowed_actions(state, parts)))
        for condition, parts in _standings(seat)
        for state in ReportState
    ]
    return case(*whens, else_=_json([]))


def _json(actions: Sequence[ReportAction]) -> ColumnElement[Any]:
    return func.json_build_array(*(cast(action.value, SqlText) for action in actions), type_=JSON)


def _waiting_states(parts: frozenset[Part]) -> list[ReportState]:
    """What waits for somebody: an office is waited for by what is signed, not by every draft it might write."""
    played = parts - {Part.WRITER} if Part.REVIEWER in parts else parts
    return [state for part in sorted(played) for state in _WAITING[part]]


def _waiting(seat: Seat) -> ColumnElement[bool]:
    found = []
    taken: list[ColumnElement[bool]] = []
    for condition, parts in _standings(seat):
        found.append(and_(condition, *(~other for other in taken), col(AnnualReport.state).in_(_waiting_states(parts))))
        taken.append(condition)
    return or_(*found)
