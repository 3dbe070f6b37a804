"""The light of an entry (台账的灯) as SQL: what ``calendars.lights`` says of a term, for lists that filter by it.

Working days are counted off a table of running numbers written into the statement: one array, no calendar in SQL.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, String, and_, bindparam, case, cast, func, literal, null
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.elements import Grouping
from sqlmodel import col

from taizhang.calendars.workdays import Calendar
from taizhang.core.lights import LightColour
from taizhang.registers.kind import WAITING_WORDS
from taizhang.registers.models import EntryState, RegisterEntry

SPAN = 400
NEAR_HOURS = 2


@dataclass(frozen=True, slots=True)
class Day:
    """The day lights are asked for: what today is, and how far ``near`` reaches."""

    today: date
    now: datetime
    near_until: date
    base: date
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, today: date, now: datetime, calendar: Calendar, near_workdays: int) -> "Day":
        """Running numbers of the working days about today; ``near_until`` is the last day still near."""
        base = today - timedelta(days=SPAN)
        numbers, count = [], 0
        for step in range(2 * SPAN + 1):
            count += calendar.is_workday(base + timedelta(days=step))
            numbers.append(count)
        reach = numbers[SPAN] + near_workdays
        near = max((step for step, number in enumerate(numbers) if number <= reach), default=SPAN)
        return cls(today, now, base + timedelta(days=max(near, SPAN)), base, tuple(numbers))


def _number(day: Day, on: Mapped[date | None]) -> ColumnElement[Any]:
    """How many working days had passed by a day, within a year of today; null beyond."""
    table = Grouping(cast(bindparam("workday_numbers", list(day.numbers), type_=ARRAY(Integer)), ARRAY(Integer)))
    passed = on.op("-", return_type=Integer())(literal(day.base, Date()))
    return table[passed + 1]


def remaining(day: Day) -> ColumnElement[Any]:
    """Working days left of a running term; negative past it, null when done, standing still or far off."""
    due = col(RegisterEntry.due_on)
    counted = _number(day, due) - literal(day.numbers[SPAN])
    running = and_(col(RegisterEntry.state) == EntryState.OPEN, due.is_not(None), col(RegisterEntry.due_at).is_(None))
    return case((running, counted), else_=null())


def _met() -> ColumnElement[bool]:
    """Whether what was done was done in time."""
    by_hour = col(RegisterEntry.done_at) <= col(RegisterEntry.due_at)
    by_day = col(RegisterEntry.closed_on) <= col(RegisterEntry.due_on)
    return case((col(RegisterEntry.due_at).is_not(None), by_hour), else_=by_day)


def overdue(day: Day) -> ColumnElement[bool]:
    """Open and past its term."""
    late = case(
        (col(RegisterEntry.due_at).is_not(None), col(RegisterEntry.due_at) < day.now),
        else_=col(RegisterEntry.due_on) < day.today,
    )
    return and_(col(RegisterEntry.state) == EntryState.OPEN, func.coalesce(late, literal(False)))


def near(day: Day) -> ColumnElement[bool]:
    """Open, not past its term, and close to it; or waiting for what should have come by now."""
    soon = case(
        (
            col(RegisterEntry.due_at).is_not(None),
            col(RegisterEntry.due_at).between(day.now, day.now + timedelta(hours=NEAR_HOURS)),
        ),
        (
            col(RegisterEntry.due_on).is_not(None),
            col(RegisterEntry.due_on).between(day.today, day.near_until),
        ),
        else_=col(RegisterEntry.waiting_until) < day.today,
    )
    return and_(col(RegisterEntry.state) == EntryState.OPEN, func.coalesce(soon, literal(False)))


def colour(day: Day) -> ColumnElement[Any]:
    """Which light is on."""
    state = col(RegisterEntry.state)
    return case(
        (state == EntryState.VOIDED, LightColour.BLUE.value),
        (
            state == EntryState.CLOSED,
            case(
                (col(RegisterEntry.due_on).is_(None), LightColour.GREEN.value),
                (_met(), LightColour.GREEN.value),
                else_=LightColour.YELLOW.value,
            ),
        ),
        (overdue(day), LightColour.RED.value),
        (near(day), LightColour.YELLOW.value),
        (and_(col(RegisterEntry.due_on).is_(None), col(RegisterEntry.due_at).is_(None)), LightColour.BLUE.value),
        else_=LightColour.GREEN.value,
    )


def words(day: Day) -> ColumnElement[Any]:
    """Why that light is on."""
    state, due, due_at = col(RegisterEntry.state), col(RegisterEntry.due_on), col(RegisterEntry.due_at)
    return case(
        (state == EntryState.VOIDED, "已作废"),
        (and_(state == EntryState.CLOSED, due.is_(None)), "已办结"),
        (state == EntryState.CLOSED, case((_met(), "按期办结"), else_=_late_words(day))),
        (due_at.is_not(None), _hour_words(day)),
        (col(RegisterEntry.waiting).is_not(None), _waiting_words(day)),
        (due.is_(None), "没有固定期限"),
        (due == day.today, "今日到期"),
        (due < day.today, _days("已逾期", literal(day.numbers[SPAN]) - _number(day, due), "已逾期", "个工作日")),
        else_=_days("剩余", _number(day, due) - literal(day.numbers[SPAN]), "此后再无工作日，请即办", "个工作日"),
    )


def _text(number: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(number, String)


def _days(before: str, number: ColumnElement[Any], none: str, after: str) -> ColumnElement[Any]:
    """已逾期3个工作日; ``none`` for no working day, the bare fact for a term further off than a year."""
    far = literal(before).concat("一年以上")
    return case((number.is_(None), far), (number > 0, literal(before).concat(_text(number)).concat(after)), else_=none)


def _late_words(day: Day) -> ColumnElement[Any]:
    late = _number(day, col(RegisterEntry.closed_on)) - _number(day, col(RegisterEntry.due_on))
    by_day = case((late > 0, literal("逾期").concat(_text(late)).concat("个工作日办结")), else_="逾期办结")
    return case((col(RegisterEntry.due_at).is_not(None), "逾期办结"), else_=by_day)


def _hour_words(day: Day) -> ColumnElement[Any]:
    due = col(RegisterEntry.due_at)
    left = cast(func.floor(func.extract("epoch", due - literal(day.now)) / 3600), Integer)
    over = cast(func.floor(func.extract("epoch", literal(day.now) - due) / 3600), Integer)
    return case(
        (due < day.now, case((over > 0, literal("已逾期").concat(_text(over)).concat("小时")), else_="刚刚逾期")),
        (left > 0, literal("剩余").concat(_text(left)).concat("小时")),
        else_="剩余不到1小时",
    )


def _waiting_words(day: Day) -> ColumnElement[Any]:
    waiting, until = col(RegisterEntry.waiting), col(RegisterEntry.waiting_until)
    said = case({kind.value: word for kind, word in WAITING_WORDS.items()}, value=waiting)
    limit = func.to_char(until, "FMMM月FMDD日")
    return case(
        (until < day.today, said.concat("，限期").concat(limit).concat("已过")),
        (until.is_not(None), said.concat("，至").concat(limit)),
        else_=said,
    )
