"""How much of a term is left (剩余工作日) and its light, on a day. Pure: standard library only."""

from dataclasses import dataclass
from datetime import date

from taizhang.calendars.clock import Reckoning
from taizhang.calendars.workdays import Calendar
from taizhang.core.lights import LightColour


def remaining_workdays(reckoning: Reckoning, today: date, calendar: Calendar) -> int:
    """Working days left after today; negative once the term has run out; while the clock stands still, what it carries.

    What is still to be counted, so that days of a consultation, and days before the start, are not taken for days
    left. A term in days or months is not counted in working days: there it is those that lie ahead.
    """
    due_on = reckoning.due_on
    if due_on is None:
        return reckoning.total - reckoning.counted_by(date.max)
    if today > due_on:
        return -calendar.workdays_after(due_on, today)
    if not reckoning.in_workdays:
        return calendar.workdays_after(today, due_on)
    return reckoning.total - reckoning.counted_by(today)


@dataclass(frozen=True, slots=True)
class TermLight:
    """A colour with its words; ``remaining`` is None when the work is done."""

    colour: LightColour
    remaining: int | None
    words: str


def term_light(
    reckoning: Reckoning, today: date, calendar: Calendar, *, near_workdays: int, done_on: date | None = None
) -> TermLight:
    """The light of a term on a day.

    Red past its due date, yellow with ``near_workdays`` or fewer left or done late, green otherwise, blue while the
    clock stands still. What was done late never turns green.
    """
    due_on = reckoning.due_on
    left = remaining_workdays(reckoning, today, calendar)
    if due_on is None:
        return TermLight(LightColour.BLUE, left, "征求意见中，期限暂不计算")
    if done_on is not None:
        return _done(due_on, done_on, calendar)
    if today > due_on:
        return TermLight(LightColour.RED, left, f"已逾期{-left}个工作日" if left else "已逾期")
    if today == due_on:
        return TermLight(LightColour.YELLOW, left, "今日到期")
    words = f"剩余{left}个工作日" if left else "此后再无工作日，请即办"
    return TermLight(LightColour.YELLOW if left <= near_workdays else LightColour.GREEN, left, words)


def _done(due_on: date, done_on: date, calendar: Calendar) -> TermLight:
    if done_on <= due_on:
        return TermLight(LightColour.GREEN, None, "按期办结")
    late = calendar.workdays_after(due_on, done_on)
    return TermLight(LightColour.YELLOW, None, f"逾期{late}个工作日办结" if late else "逾期办结")
