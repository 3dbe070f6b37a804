"""How much is left of a term, and its light, on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.calendars.clock import Pause, Question, Reckoning, reckon
from taizhang.calendars.lights import remaining_workdays, term_light
from taizhang.calendars.rules import Term, TermUnit
from taizhang.core.lights import LightColour
from tests.calendars.strategies import AMOUNTS, CALENDAR, STARTS, asked

RECEIVED, DUE = date(2023, 9, 25), date(2023, 10, 27)


def reply(*pauses: Pause) -> Reckoning:
    """An application of that day, to be answered in 20 working days."""
    return reckon(asked(RECEIVED, 20, *pauses), CALENDAR)


@pytest.mark.parametrize(
    ("today", "colour", "remaining", "words"),
    [
        (date(2023, 9, 20), LightColour.GREEN, 20, "剩余20个工作日"),
        (date(2023, 9, 25), LightColour.GREEN, 20, "剩余20个工作日"),
        (date(2023, 10, 19), LightColour.GREEN, 6, "剩余6个工作日"),
        (date(2023, 10, 20), LightColour.YELLOW, 5, "剩余5个工作日"),
        (date(2023, 10, 27), LightColour.YELLOW, 0, "今日到期"),
        (date(2023, 10, 28), LightColour.RED, 0, "已逾期"),
        (date(2023, 10, 31), LightColour.RED, -2, "已逾期2个工作日"),
    ],
)
def test_the_light_of_a_running_term(today: date, colour: LightColour, remaining: int, words: str) -> None:
    light = term_light(reply(), today, CALENDAR, near_workdays=5)
    assert (light.colour, light.remaining, light.words) == (colour, remaining, words)


@pytest.mark.parametrize(
    ("done_on", "colour", "words"),
    [
        (date(2023, 10, 27), LightColour.GREEN, "按期办结"),
        (date(2023, 10, 28), LightColour.YELLOW, "逾期办结"),
        (date(2023, 10, 31), LightColour.YELLOW, "逾期2个工作日办结"),
    ],
)
def test_what_was_done_late_never_turns_green(done_on: date, colour: LightColour, words: str) -> None:
    light = term_light(reply(), date(2023, 12, 1), CALENDAR, near_workdays=5, done_on=done_on)
    assert (light.colour, light.words) == (colour, words)


def test_a_clock_that_stands_still_is_blue() -> None:
    light = term_light(reply(Pause(date(2023, 10, 9), None)), DUE, CALENDAR, near_workdays=5)
    assert (light.colour, light.remaining, light.words) == (LightColour.BLUE, 14, "征求意见中，期限暂不计算")


def test_days_of_a_consultation_are_not_days_left() -> None:
    paused = reply(Pause(date(2023, 10, 9), date(2023, 10, 20)))
    left = [remaining_workdays(paused, date(2023, 10, day), CALENDAR) for day in (9, 12, 20, 23)]
    assert left == [14, 14, 14, 13]


def test_of_a_term_in_months_the_working_days_ahead_are_left() -> None:
    month = reckon(Question(date(2023, 8, 31), Term(1, TermUnit.MONTH)), CALENDAR)
    assert remaining_workdays(month, date(2023, 9, 27), CALENDAR) == 1


@given(STARTS, AMOUNTS)
def test_on_the_day_it_starts_the_whole_term_is_left(start: date, amount: int) -> None:
    assert remaining_workdays(reckon(asked(start, amount), CALENDAR), start, CALENDAR) == amount


@given(STARTS, AMOUNTS, st.integers(0, 200))
def test_a_day_later_never_leaves_more(start: date, amount: int, after: int) -> None:
    found, today = reckon(asked(start, amount), CALENDAR), start + timedelta(days=after)
    left = [remaining_workdays(found, today + timedelta(days=step), CALENDAR) for step in (0, 1)]
    assert left[0] - left[1] in (0, 1)
