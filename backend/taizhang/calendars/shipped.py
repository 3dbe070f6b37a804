"""The calendar we ship (随软件提供的工作日历): the State Council's arrangements of 2013–2026, from ``chinesecalendar``.

A later year comes from its notice, confirmed by the office.
"""

from functools import lru_cache

from chinese_calendar.constants import Holiday, holidays, workdays

from taizhang.calendars.workdays import Calendar, DayKind, SpecialDay

FIRST_YEAR = 2013

# The package shortens three names.
_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


@lru_cache(maxsize=1)
def shipped_calendar() -> Calendar:
    """From 2013 to the last year the package knows."""
    names = {each.value: _NAMES.get(each.chinese, each.chinese) for each in Holiday}
    days = [
        SpecialDay(on, kind, names[name])
        for kind, table in ((DayKind.OFF, holidays), (DayKind.WORK, workdays))
        for on, name in table.items()
        if on.year >= FIRST_YEAR
    ]
    return Calendar.of(days, {day.on.year for day in days})
