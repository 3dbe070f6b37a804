"""Rules of a plan's year (年度与周期): which periods there are and when each opens, falls due and closes. Pure."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MONTHS = {"month": 1, "quarter": 3}
ROLE_WEIGHT = {"lead": 2, "responsible": 1, "support": 0}


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """One reporting period: what it covers, and three dates on one line."""

    position: int
    label: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    closes_on: date


def periods(year: int, cycle: str, first: date, *, due_day: int, closes_day: int) -> list[PeriodDates]:
    """The periods of a plan from the one holding ``first`` to the end of its year.

    A period opens on its first day; it falls due and closes on these days of the month after it. A first day outside
    the year is taken to its nearer end.
    """
    length = MONTHS[cycle]
    month = 1 if first.year < year else 12 if first.year > year else first.month
    start = (month - 1) // length * length + 1
    return [
        _period(position, year, month, length, due_day=due_day, closes_day=closes_day)
        for position, month in enumerate(range(start, 13, length), 1)
    ]


def _period(position: int, year: int, month: int, length: int, *, due_day: int, closes_day: int) -> PeriodDates:
    last = month + length - 1
    ends_on = date(year, last, calendar.monthrange(year, last)[1])
    label = f"{year}年{month}月" if length == 1 else f"{year}年第{(month - 1) // length + 1}季度"
    following = (year, last + 1) if last < 12 else (year + 1, 1)
    return PeriodDates(
        position=position,
        label=label,
        starts_on=date(year, month, 1),
        ends_on=ends_on,
        opens_on=date(year, month, 1),
        due_on=_day(*following, due_day),
        closes_on=_day(*following, closes_day),
    )


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def period_state(
    opens_on: date, due_on: date, closes_on: date, today: date
) -> Literal["future", "open", "late", "closed"]:
    """Where a period stands on a day."""
    if today < opens_on:
        return "future"
    if today <= due_on:
        return "open"
    return "late" if today <= closes_on else "closed"


def stronger(a: tuple[str, bool], b: tuple[str, bool]) -> tuple[str, bool]:
    """Of two (role, named) parts of one unit in one task: the lead over the others, named over a collective word."""
    return max(a, b, key=lambda part: (ROLE_WEIGHT[part[0]], part[1]))


def earliest(days: Iterable[date | None]) -> date | None:
    """The earliest of some days, those not given aside."""
    return min((day for day in days if day is not None), default=None)


def shifted(day: date | None, years: int) -> date | None:
    """The same day of another year; the end of February stays its end."""
    if day is None:
        return None
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def task_actions(status: str, *, may_write: bool) -> list[str]:
    """What a caller may do with a task: change its words before the plan is issued, its origin until it is closed."""
    if not may_write:
        return []
    return ["edit"] * (status == "draft") + ["link"] * (status != "closed")


def plan_actions(status: str, *, may_write: bool, may_issue: bool) -> list[str]:
    """What a caller may do with a plan next."""
    actions = []
    if status == "draft":
        actions = ["edit"] * may_write + ["issue"] * may_issue
    if status == "issued":
        actions = ["close"] * may_issue
    return actions + ["copy"] * (may_write and status != "draft")


def lost_words(old: str, new: str | None, duties: Iterable[str]) -> list[str]:
    """Duties whose words a task's new content (None: as it was) no longer holds.

    One that is the whole of the old content follows it.
    """
    return [] if new is None else [text for text in duties if text != old and text not in new]


def new_dates(before: Sequence[date], after: Sequence[date]) -> bool:
    """Whether a task's deadlines may become these: one for one in their order, a single one added or taken away."""
    return len(after) == len(before) or {len(after), len(before)} == {0, 1}
