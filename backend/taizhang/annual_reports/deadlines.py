"""Days of a report (报送与公布期限): 条例第四十九条, hard dates that do not roll forward. Pure."""

from datetime import date

from taizhang.annual_reports.checks.findings import Scope
from taizhang.calendars.workdays import Calendar

LAST_DAY = {Scope.ORGAN: (1, 31), Scope.GOVERNMENT: (3, 31)}
"""An organ's report is handed in and published by 31 January, a government's published by 31 March."""


def due_on(year: int, scope: Scope) -> date:
    """The last day for the report of a year."""
    return date(year + 1, *LAST_DAY[scope])


def alert_on(year: int, scope: Scope, calendar: Calendar) -> date:
    """The last working day until then: work must be done by that day, as the date itself does not move."""
    return calendar.last_workday_until(due_on(year, scope))


def days_late(year: int, scope: Scope, handed_in: date | None, today: date) -> int:
    """How many days too late it was handed in first, or is by now. What was late stays late."""
    return max(0, ((handed_in or today) - due_on(year, scope)).days)
