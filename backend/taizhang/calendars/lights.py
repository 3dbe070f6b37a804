"""How much of a term is left (剩余工作日) and its light, on a day. Pure: standard library only."""

from dataclasses import dataclass
from datetime import date

from taizhang.calendars.workdays import Calendar
from taizhang.core.lights import LightColour


def remaining_workdays(due_on: date, today: date, calendar: Calendar) -> int:
    """Working days left after today, up to and with the due date; negative once it has passed."""
    return calendar.workdays_after(today, due_on)


@dataclass(frozen=True, slots=True)
class TermLight:
    """A colour with its words; ``remaining`` is None when the work is done or the clock stands still."""

    colour: LightColour
    remaining: int | None
    words: str


def term_light(
    due_on: date | None, today: date, calendar: Calendar, *, near_workdays: int, done_on: date | None = None
) -> TermLight:
    """The light of a term on a day.

    Red past its due date, yellow with ``near_workdays`` or fewer left or done late, green otherwise, blue while the
    clock stands still (``due_on`` None). What was done late never turns green.
    """
    if done_on is not None and due_on is not None:
        if done_on <= due_on:
            return TermLight(LightColour.GREEN, None, "按期办结")
        late = calendar.workdays_after(due_on, done_on)
        return TermLight(LightColour.YELLOW, None, f"逾期{late}个工作日办结" if late else "逾期办结")
    if due_on is None:
        return TermLight(LightColour.BLUE, None, "征求意见中，期限暂不计算")
    left = remaining_workdays(due_on, today, calendar)
    if today > due_on:
        return TermLight(LightColour.RED, left, f"已逾期{-left}个工作日" if left else "已逾期")
    if today == due_on:
        return TermLight(LightColour.YELLOW, left, "今日到期")
    words = f"剩余{left}个工作日" if left else "此后再无工作日，请即办"
    colour = LightColour.YELLOW if left <= near_workdays else LightColour.GREEN
    return TermLight(colour, left, words)
