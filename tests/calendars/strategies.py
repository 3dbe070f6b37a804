"""Questions and calendars for the property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from taizhang.calendars.clock import Pause, Question, reckon
from taizhang.calendars.rules import Term, TermUnit
from taizhang.calendars.shipped import shipped_calendar
from taizhang.calendars.workdays import Calendar

CALENDAR = shipped_calendar()
STARTS = st.dates(date(2013, 1, 1), date(2026, 6, 30))
AMOUNTS = st.integers(1, 90)


def asked(start: date, amount: int, *pauses: Pause, restarts: tuple[date, ...] = ()) -> Question:
    """A term of working days without a rule."""
    return Question(start, Term(amount, TermUnit.WORKDAY), pauses=pauses, restarts=restarts)


def due(question: Question, calendar: Calendar = CALENDAR) -> date:
    """The due date of a clock that does not stand still."""
    found = reckon(question, calendar).due_on
    assert found is not None
    return found


@st.composite
def pauses(draw: st.DrawFn, start: date) -> list[Pause]:
    """One to three consultations after a start, one after the other."""
    found, day = [], start
    for _ in range(draw(st.integers(1, 3))):
        first = day + timedelta(days=draw(st.integers(0, 20)))
        day = first + timedelta(days=draw(st.integers(0, 30)))
        found.append(Pause(first, day))
    return found
