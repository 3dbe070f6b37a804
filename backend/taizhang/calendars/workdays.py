"""Working days (工作日): weekdays less 法定节假日 and 调休放假, plus 调休上班. Pure: standard library only.

The State Council's yearly notice decides. For a year without one, weekends are all that is known, and
:meth:`Calendar.knows` says so: nothing here guesses a holiday.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = "一二三四五六日"


class DayKind(StrEnum):
    """What a notice says of a day."""

    OFF = "off"
    WORK = "work"


KIND_WORDS = {DayKind.OFF: "放假", DayKind.WORK: "调休上班"}


class SpecialDay(NamedTuple):
    """A day the notice names (放假或调休上班), and for which holiday."""

    on: date
    kind: DayKind
    name: str


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def weekday_words(day: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The special days of some years, by day; ``years`` are those with a published notice.

    A notice may also move days of the December before its year (the 2019 notice: 2018-12-31 off), so a day counts
    as known when its own year's notice is.
    """

    special: Mapping[date, SpecialDay]
    years: frozenset[int]
    _off: frozenset[date] = field(init=False, repr=False)
    _work: frozenset[date] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name, kind in (("_off", DayKind.OFF), ("_work", DayKind.WORK)):
            days = frozenset(day.on for day in self.special.values() if day.kind is kind)
            object.__setattr__(self, name, days)

    @classmethod
    def of(cls, days: Iterable[SpecialDay], years: Iterable[int]) -> "Calendar":
        """Of two words on one day the later stands."""
        return cls({day.on: day for day in days}, frozenset(years))

    def overlaid(self, notices: Mapping[int, Iterable[SpecialDay]]) -> "Calendar":
        """This calendar with whole years replaced by confirmed notices, in the order of their years."""
        days = [day for day in self.special.values() if day.on.year not in notices]
        for year in sorted(notices):
            days += notices[year]
        return Calendar.of(days, self.years | notices.keys())

    def knows(self, year: int) -> bool:
        """Whether the arrangement of that year has been published."""
        return year in self.years

    @property
    def first_year(self) -> int:
        return min(self.years)

    @property
    def last_year(self) -> int:
        return max(self.years)

    def is_workday(self, day: date) -> bool:
        """Whether work is done that day; for an unknown year, whether it is a weekday."""
        return day in self._work or (day.weekday() < SATURDAY and day not in self._off)

    def workdays_after(self, start: date, end: date) -> int:
        """How many working days lie in ``(start, end]``; negative when the end comes first."""
        if end < start:
            return -self.workdays_after(end, start)
        days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
        return sum(map(self.is_workday, days))

    def workdays_in(self, year: int) -> int:
        """How many working days a year has."""
        return self.workdays_after(date(year - 1, 12, 31), date(year, 12, 31))

    def last_workday_until(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def in_year(self, year: int) -> list[SpecialDay]:
        """The special days of a calendar year, in order."""
        return sorted(day for day in self.special.values() if day.on.year == year)
