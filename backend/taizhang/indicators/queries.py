"""Counting for indicators (指标的查询): tallies of a unit or a subtree, the rows behind them, what was frozen, and what
units stated in their reports. A unit sees its own, an office its district's.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor, within
from taizhang.core.problems import NotFound
from taizhang.indicators import measures
from taizhang.indicators.definitions import INDICATORS, Definition
from taizhang.indicators.formulas import Direction, Tally
from taizhang.indicators.measures import Span
from taizhang.indicators.models import IndicatorSnapshot
from taizhang.plans.models import Assignment, Duty, DutyJudgement, Period, Plan, PlanStatus, Task
from taizhang.progress.models import Claim, Submission
from taizhang.progress.rules import ClaimOutcome
from taizhang.registers.models import STATE_WORDS, EntryState, RegisterEntry
from taizhang.units.models import Unit
from taizhang.workflow.rules import State

NOTHING = Tally()
HANDED_IN = (State.SUBMITTED, State.SIGNED, State.ACCEPTED)
BY_LAST_YEAR = frozenset(
    key for key, definition in INDICATORS.items() if definition.direction is Direction.BELOW_LAST_YEAR
)

Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose entries are counted: a unit's alone, or all of its subtree."""

    path: str
    subtree: bool

    def holds(self, path: Any) -> ColumnElement[bool]:
        return within(path, self.path) if self.subtree else path == self.path


# -- tallies


def tallies(session: Session, span: Span, reach: Reach, keys: Iterable[str] = INDICATORS) -> Tallies:
    """The counts of several indicators for one reach, in one statement."""
    wanted = list(keys)
    if not wanted:
        return {}
    parts = [_tally(key, span, reach, by_unit=False) for key in wanted]
    entries = _entries(session, span, reach, wanted)
    found = {row.key: row for row in session.connection().execute(union_all(*parts))}
    return {key: _as_tally(found.get(key), entries.get(key, 0)) for key in wanted}


def tallies_by_unit(
    session: Session, span: Span, reach: Reach, keys: Iterable[str] = INDICATORS
) -> dict[uuid.UUID, Tallies]:
    """The same for every unit of a subtree by itself; units with nothing in the registers are left out."""
    wanted = list(keys)
    parts = [_tally(key, span, reach, by_unit=True) for key in wanted]
    counted: dict[uuid.UUID, dict[str, Any]] = {}
    for row in session.connection().execute(union_all(*parts)):
        counted.setdefault(row.unit_id, {})[row.key] = row
    entries = _entries_by_unit(session, span, reach, wanted)
    return {
        unit_id: {
            key: _as_tally(counted.get(unit_id, {}).get(key), entries.get(unit_id, {}).get(key, 0)) for key in wanted
        }
        for unit_id in {*counted, *entries}
    }


def _tally(key: str, span: Span, reach: Reach, *, by_unit: bool) -> Select[Any]:
    fact = measures.facts(key, span)
    by = [fact.c.unit_id] if by_unit else []
    subject = (
        select(
            *by,
            func.max(fact.c.num).label("num"),
            func.max(fact.c.den).label("den"),
            func.max(fact.c.worst).label("worst"),
            func.max(fact.c.day).label("day"),
        )
        .where(reach.holds(fact.c.unit_path))
        .group_by(*by, fact.c.subject)
        .subquery()
    )
    units = [subject.c.unit_id] if by_unit else []
    counted = select(
        literal(key).label("key"),
        *units,
        func.coalesce(func.sum(subject.c.num), 0).label("num"),
        func.coalesce(func.sum(subject.c.den), 0).label("den"),
        func.max(subject.c.worst).label("worst"),
        func.array_agg(subject.c.day).filter(and_(subject.c.num > 0, subject.c.day.is_not(None))).label("days"),
    )
    return counted.group_by(*units) if by_unit else counted


def _as_tally(row: Any, entries: int) -> Tally:
    if row is None:
        return Tally(entries=entries)
    return Tally(int(row.num), int(row.den), row.worst, max(entries, int(row.den > 0)), tuple(row.days or ()))


def _kept(span: Span, reach: Reach) -> tuple[ColumnElement[bool], ...]:
    """Entries that show a register being kept: begun in the year, or still open in it."""
    closed = col(RegisterEntry.closed_on)
    current = or_(col(RegisterEntry.opened_on) >= span.starts_on, closed.is_(None), closed >= span.starts_on)
    return (
        col(RegisterEntry.state) != EntryState.VOIDED,
        col(RegisterEntry.opened_on) <= span.ends_on,
        current,
        reach.holds(col(RegisterEntry.unit_path)),
    )


def _entries(session: Session, span: Span, reach: Reach, keys: Iterable[str]) -> dict[str, int]:
    statement = select(col(RegisterEntry.slug), func.count()).where(*_kept(span, reach))
    counted = session.connection().execute(statement.group_by(col(RegisterEntry.slug)))
    found: dict[str, int] = dict(counted.all())
    return {key: sum(found.get(slug, 0) for slug in INDICATORS[key].reads) for key in keys}


def _entries_by_unit(
    session: Session, span: Span, reach: Reach, keys: Iterable[str]
) -> dict[uuid.UUID, dict[str, int]]:
    columns = (col(RegisterEntry.unit_id), col(RegisterEntry.slug))
    statement = select(*columns, func.count()).where(*_kept(span, reach)).group_by(*columns)
    found: dict[uuid.UUID, dict[str, int]] = {}
    for unit_id, slug, count in session.connection().execute(statement):
        found.setdefault(unit_id, {})[slug] = count
    wanted = list(keys)
    return {
        unit_id: {key: sum(slugs.get(slug, 0) for slug in INDICATORS[key].reads) for key in wanted}
        for unit_id, slugs in found.items()
    }


# -- whose


def unit_in_scope(session: Session, actor: Actor, unit_id: uuid.UUID | None) -> Unit:
    """The unit asked for, else the caller's own or the government they serve.

    Raises:
        NotFound: absent or outside the caller's scope.
    """
    statement = rows(Unit).where(actor.scope(col(Unit.path)))
    if unit_id is None:
        path = actor.unit_path if actor.own_unit_only else actor.scope_path
        statement = statement.where(Unit.path == path)
    else:
        statement = statement.where(Unit.id == unit_id)
    unit = session.exec(statement).one_or_none()
    if unit is None:
        raise NotFound
    return unit


def definition(key: str) -> Definition:
    """An indicator by its key.

    Raises:
        NotFound: there is none.
    """
    found = INDICATORS.get(key)
    if found is None:
        raise NotFound
    return found


# -- the duties behind


def judgements_of(
    session: Session, assignment_ids: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], DutyJudgement]:
    """What was judged of several assignments, by assignment and duty."""
    statement = rows(DutyJudgement).where(col(DutyJudgement.assignment_id).in_(assignment_ids))
    return {(found.assignment_id, found.duty_id): found for found in session.exec(statement)}


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of an issued plan that an indicator judges: its own number and day."""

    key: str
    duty_id: uuid.UUID
    task_id: uuid.UUID
    task_title: str
    text: str
    threshold: Mapping[str, Any] | None
    due_on: date | None
    units: int


def owed(session: Session, year: int, path: str, keys: Collection[str] = ()) -> list[Owed]:
    """The bound duties of a year's issued plans in which a unit of this subtree, or the unit itself, has a part."""
    parts = select(func.count()).where(col(Assignment.task_id) == col(Task.id))
    statement = (
        rows(Duty, Task, parts.correlate(Task).scalar_subquery())
        .join(Task, col(Task.id) == Duty.task_id)
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(
            Plan.year == year,
            col(Plan.status) != PlanStatus.DRAFT,
            col(Duty.indicator_key).is_not(None),
            literal(path).startswith(col(Unit.path)),
        )
        .order_by(col(Plan.issued_on).desc(), col(Task.position), col(Duty.position))
    )
    if keys:
        statement = statement.where(col(Duty.indicator_key).in_(list(keys)))
    return [
        Owed(duty.indicator_key or "", duty.id, task.id, task.title, duty.text, duty.threshold, duty.due_on, count)
        for duty, task, count in session.exec(statement)
    ]


# -- what was stated and what was frozen


@dataclass(frozen=True, slots=True)
class Stated:
    """A number a unit gave in its report."""

    value: float | None
    outcome: ClaimOutcome
    period_label: str
    submission_id: uuid.UUID
    accepted: bool
    reason: str | None


def stated(
    session: Session, year: int, reach: Reach, keys: Collection[str] = ()
) -> dict[tuple[uuid.UUID, str], Stated]:
    """What units last reported of bound duties, by unit and indicator; accepted words before those only handed in."""
    statement = (
        select(
            col(Submission.unit_id),
            col(Duty.indicator_key),
            col(Claim.value),
            col(Claim.outcome),
            col(Period.label),
            col(Submission.id),
            col(Submission.state) == State.ACCEPTED,
            col(Claim.difference_reason),
        )
        .join(Submission, col(Submission.id) == Claim.submission_id)
        .join(Duty, col(Duty.id) == Claim.duty_id)
        .join(Period, col(Period.id) == Submission.period_id)
        .join(Plan, col(Plan.id) == Period.plan_id)
        .join(Unit, col(Unit.id) == Submission.unit_id)
        .where(
            col(Plan.year) == year,
            col(Duty.indicator_key).is_not(None),
            col(Submission.state).in_(HANDED_IN),
            reach.holds(col(Unit.path)),
        )
        .order_by((col(Submission.state) == State.ACCEPTED), col(Period.position))
    )
    if keys:
        statement = statement.where(col(Duty.indicator_key).in_(list(keys)))
    found: list[Any] = list(session.connection().execute(statement))
    return {(unit_id, key): Stated(*values) for unit_id, key, *values in found}


def snapshots(
    session: Session, unit_id: uuid.UUID, year: int, *, subtree: bool, key: str | None = None
) -> list[IndicatorSnapshot]:
    """What was frozen of a unit's year, oldest first."""
    statement = rows(IndicatorSnapshot).where(
        IndicatorSnapshot.unit_id == unit_id,
        IndicatorSnapshot.year == year,
        IndicatorSnapshot.subtree == subtree,
    )
    if key is not None:
        statement = statement.where(IndicatorSnapshot.indicator_key == key)
    return list(session.exec(statement.order_by(col(IndicatorSnapshot.ends_on), col(IndicatorSnapshot.id))))


def judgement(session: Session, actor: Actor, judgement_id: uuid.UUID) -> tuple[DutyJudgement, Assignment, Unit]:
    """A judgement within the caller's scope, locked with its assignment.

    Raises:
        NotFound: absent or outside it.
    """
    statement = (
        rows(DutyJudgement, Assignment, Unit)
        .join(Assignment, col(Assignment.id) == DutyJudgement.assignment_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(DutyJudgement.id == judgement_id, actor.scope(col(Unit.path)))
        .with_for_update(of=[DutyJudgement, Assignment])
        .execution_options(populate_existing=True)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


# -- rows


def counted_rows(key: str, span: Span, reach: Reach, *, missing: bool) -> Select[Any]:
    """The entries an indicator counted, as columns of ``CountedRow``; those that fall short first.

    ``missing``: only those. For a number that should be small, the ones that make it up.
    """
    fact = measures.facts(key, span)
    short = _short(key, fact)
    unit = func.json_build_object("id", Unit.id, "name", Unit.name, "short_name", Unit.short_name)
    states = case({state.value: word for state, word in STATE_WORDS.items()}, value=col(RegisterEntry.state))
    columns: list[Any] = [col(RegisterEntry.id).label("id")]
    statement: Select[Any] = (
        select(
            *columns,
            *(
                col(getattr(RegisterEntry, name)).label(name)
                for name in ("slug", "title", "ref_no", "opened_on", "due_on", "closed_on", "state")
            ),
            states.label("state_words"),
            unit.label("unit"),
            fact.c.num.label("numerator"),
            fact.c.den.label("denominator"),
            fact.c.worst.label("worst"),
            short.label("short"),
        )
        .select_from(fact)
        .join(RegisterEntry, col(RegisterEntry.id) == fact.c.entry_id)
        .join(Unit, col(Unit.id) == RegisterEntry.unit_id)
        .where(reach.holds(fact.c.unit_path))
    )
    if missing:
        statement = statement.where(short)
    return statement.order_by(
        short.desc(), fact.c.worst.desc().nulls_last(), col(RegisterEntry.opened_on).desc(), col(RegisterEntry.id)
    )


def _short(key: str, fact: Any) -> ColumnElement[bool]:
    """Whether a row pulls the indicator the wrong way."""
    found = INDICATORS[key]
    if found.direction in (Direction.AT_MOST, Direction.BELOW_LAST_YEAR) and found.unit != "天":
        clause: ColumnElement[bool] = fact.c.num > 0
    elif found.unit == "天":
        clause = func.coalesce(fact.c.worst, 0) > found.target
    else:
        clause = fact.c.num < fact.c.den
    return clause
