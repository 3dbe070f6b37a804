"""Judging an indicator (指标的计算与判定): from counted rows to a value, a verdict and its words. Pure.

Comparisons are made on whole numbers, never on what is shown: 199 of 200 is not 100 %, and what is shown never reads
as reaching a target that was not reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from taizhang.plans.judgements import Verdict


class Shape(StrEnum):
    """What a value is: so many of a hundred, so many, or the worst of all."""

    RATIO = "ratio"
    COUNT = "count"
    WORST = "worst"


class Direction(StrEnum):
    """Which way a value must go: at least or at most the target, at least by a day, or not worse than last year."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BY_DATE = "by_date"
    BELOW_LAST_YEAR = "below_last_year"


class WhenZero(StrEnum):
    """What nothing to measure means: it does not apply (没有收到申请), or nobody has recorded it yet (没有检测)."""

    NOT_APPLICABLE = "not_applicable"
    NOT_KEPT = "not_kept"


SMALL = 5
"""Below so many rows a ratio says little: one row more or less moves it by 20 points and over."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows counted: ``entries`` in the register at all, ``days`` on which each of the numerator came about."""

    numerator: int = 0
    denominator: int = 0
    worst: int | None = None
    entries: int = 0
    days: Sequence[date] = field(default=())


@dataclass(frozen=True, slots=True)
class Goal:
    """What must be reached, and by which day. ``target`` in the value's unit."""

    shape: Shape
    direction: Direction
    target: Fraction
    unit: str
    due_on: date | None = None
    when_zero: WhenZero = WhenZero.NOT_APPLICABLE
    zero_words: str = "没有可以计算的事项，不适用"


@dataclass(frozen=True, slots=True)
class Judged:
    """A value and what is said of it. ``done_on``: when it was reached, as far as the rows tell."""

    verdict: Verdict
    words: str
    value: float | None
    small: bool = False
    done_on: date | None = None


def percent(numerator: int, denominator: int) -> Fraction:
    """So many of a hundred, exactly.

    Raises:
        ZeroDivisionError: nothing to measure; ask for a verdict instead.
    """
    return Fraction(100 * numerator, denominator)


def shown(value: Fraction, *, up: bool) -> float:
    """To two decimals, towards the side that does not flatter: down where more is better, up where less is."""
    scaled = value * 100
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    return whole / 100


def measured(goal: Goal, tally: Tally) -> Fraction | None:
    """The exact value, None where there is nothing to measure."""
    match goal.shape:
        case Shape.COUNT:
            return Fraction(tally.numerator)
        case Shape.WORST:
            return None if tally.worst is None else Fraction(tally.worst)
        case Shape.RATIO:
            return percent(tally.numerator, tally.denominator) if tally.denominator else None


def judge(goal: Goal, tally: Tally, *, today: date, last_year: Tally | None = None) -> Judged:
    """What the rows say by ``today``."""
    value = measured(goal, tally)
    if value is None:
        return _nothing(goal, tally)
    lower_is_better = goal.direction in (Direction.AT_MOST, Direction.BELOW_LAST_YEAR)
    number = shown(value, up=lower_is_better)
    small = goal.shape is Shape.RATIO and tally.denominator < SMALL
    said = _said(goal, tally, number) + (f"；只有{tally.denominator}件，比例仅供参考" if small else "")
    if goal.direction is Direction.BELOW_LAST_YEAR:
        return _against_last_year(goal, value, number, last_year, said, small)
    reached = value <= goal.target if goal.direction is Direction.AT_MOST else value >= goal.target
    if reached:
        done_on = _reached_on(goal, tally)
        late = goal.due_on is not None and done_on is not None and done_on > goal.due_on
        words = f"{said}；逾期达到（{_day(done_on)}）" if late and done_on else said
        return Judged(Verdict.MET, words, number, small, done_on)
    if goal.direction is Direction.BY_DATE and goal.due_on is not None and today <= goal.due_on:
        return Judged(Verdict.PENDING, f"{said}，{_day(goal.due_on)}前应达到{_target(goal)}", number, small)
    bound = "超过" if goal.direction is Direction.AT_MOST else "低于"
    by = f"，{_day(goal.due_on)}前应达到" if goal.direction is Direction.BY_DATE and goal.due_on else f"，{bound}"
    return Judged(Verdict.NOT_MET, f"{said}{by}{_target(goal)}", number, small)


def _nothing(goal: Goal, tally: Tally) -> Judged:
    kept = goal.when_zero is WhenZero.NOT_APPLICABLE
    return Judged(Verdict.NOT_APPLICABLE if kept else Verdict.NOT_KEPT, goal.zero_words, None)


def _against_last_year(
    goal: Goal, value: Fraction, number: float, last_year: Tally | None, said: str, small: bool
) -> Judged:
    before = measured(goal, last_year) if last_year else None
    if before is None:
        return Judged(Verdict.NOT_APPLICABLE, f"{said}；上年没有可以比较的数", number, small)
    against = f"{said}，上年{shown(before, up=True):g}{goal.unit}"
    lower = value < before or value == before == 0
    return Judged(Verdict.MET if lower else Verdict.NOT_MET, against + ("" if lower else "，没有降低"), number, small)


def _reached_on(goal: Goal, tally: Tally) -> date | None:
    """The day the rows first made up the target; of a ratio, the day the last of them came."""
    days = sorted(tally.days)
    if not days or goal.direction is Direction.AT_MOST:
        return None
    if goal.shape is Shape.COUNT:
        needed = max(1, -(-goal.target.numerator // goal.target.denominator))
        return days[min(needed, len(days)) - 1]
    return days[-1]


def _said(goal: Goal, tally: Tally, number: float) -> str:
    if goal.shape is Shape.RATIO:
        return f"{tally.numerator}/{tally.denominator}，{number:g}%"
    return f"{number:g}{goal.unit}"


def _target(goal: Goal) -> str:
    return f"{float(goal.target):g}{goal.unit}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
