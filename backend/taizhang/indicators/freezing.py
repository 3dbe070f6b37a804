"""Freezing values (指标冻结): at the end of each month, once, what every indicator stood at.

Run by the clock; run again it adds nothing. Run late, it counts the registers as they are then, cut off at the end of
the month by their dates, and says that it was late.
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from taizhang.access.actor import within
from taizhang.core.clock import local_day
from taizhang.indicators import queries
from taizhang.indicators.definitions import INDICATORS
from taizhang.indicators.formulas import Goal, Tally, judge
from taizhang.indicators.measures import Span
from taizhang.indicators.models import IndicatorSnapshot
from taizhang.indicators.queries import BY_LAST_YEAR, Reach
from taizhang.indicators.reading import own_goals
from taizhang.units.models import Unit, UnitKind

ON_TIME = timedelta(days=1)


def freeze(session: Session, now: datetime) -> int:
    """Freeze every month of this year, and the last of the year before, that is over; how many values were written."""
    written = 0
    governments = session.exec(select(Unit).where(Unit.kind == UnitKind.GOVERNMENT).order_by(col(Unit.path))).all()
    for government in governments:
        frozen = select(col(IndicatorSnapshot.ends_on)).where(
            col(IndicatorSnapshot.unit_id) == government.id, col(IndicatorSnapshot.subtree).is_(True)
        )
        held = set(session.exec(frozen))
        for ends_on in month_ends(local_day(now)):
            if ends_on not in held:
                written += _freeze_month(session, government, ends_on, now)
    return written


def month_ends(today: date) -> Iterator[date]:
    """The months that are over: last December, and this year's up to today."""
    yield date(today.year - 1, 12, 31)
    for month in range(1, today.month):
        yield date(today.year, month, calendar.monthrange(today.year, month)[1])


def _freeze_month(session: Session, government: Unit, ends_on: date, now: datetime) -> int:
    span, reach = Span(ends_on.year, ends_on), Reach(government.path, subtree=True)
    last = Span(ends_on.year - 1, date(ends_on.year - 1, 12, 31))
    whole = queries.tallies(session, span, reach)
    by_unit = queries.tallies_by_unit(session, span, reach)
    before = queries.tallies(session, last, reach, BY_LAST_YEAR)
    before_by_unit = queries.tallies_by_unit(session, last, reach, BY_LAST_YEAR)
    units = {unit.id: unit for unit in session.exec(select(Unit).where(within(col(Unit.path), government.path)))}
    goals = own_goals(session, span.year, government.path)
    month = Month(span, goals, now)
    rows = [month.row(government, key, whole[key], before.get(key), subtree=True) for key in INDICATORS]
    for unit_id, tallies in by_unit.items():
        past = before_by_unit.get(unit_id, {})
        rows += [
            month.row(units[unit_id], key, tally, past.get(key), subtree=False)
            for key, tally in tallies.items()
            if tally.entries
        ]
    keys = ["unit_id", "subtree", "indicator_key", "ends_on"]
    statement = insert(IndicatorSnapshot).on_conflict_do_nothing(index_elements=keys)
    written = session.connection().execute(statement.returning(col(IndicatorSnapshot.id)), rows)
    return len(written.all())


@dataclass(frozen=True, slots=True)
class Month:
    """What one month is frozen by."""

    span: Span
    goals: Mapping[str, Goal]
    now: datetime

    def row(self, unit: Unit, key: str, tally: Tally, last_year: Tally | None, *, subtree: bool) -> dict[str, object]:
        """One value as it is kept."""
        goal = self.goals[key]
        judged = judge(goal, tally, today=self.span.as_of, last_year=last_year)
        return {
            "unit_id": unit.id,
            "unit_path": unit.path,
            "subtree": subtree,
            "indicator_key": key,
            "definition_version": INDICATORS[key].version,
            "year": self.span.year,
            "ends_on": self.span.as_of,
            "value": judged.value,
            "numerator": tally.numerator,
            "denominator": tally.denominator,
            "target": float(goal.target),
            "due_on": goal.due_on,
            "verdict": judged.verdict,
            "words": judged.words,
            "frozen_at": self.now,
            "late": local_day(self.now) > self.span.as_of + ON_TIME,
        }
