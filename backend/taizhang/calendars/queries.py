"""Reading calendars (查工作日历)."""

from collections import defaultdict

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.calendars.models import Holiday, HolidayNotice
from taizhang.calendars.schemas import Action, CalendarBrief, CalendarDay, CalendarYear, NoticePublic, Source
from taizhang.calendars.shipped import shipped_calendar
from taizhang.calendars.workdays import Calendar, SpecialDay


def calendar(session: Session) -> Calendar:
    """The calendar in force: the shipped one under the confirmed notices."""
    statement = (
        select(HolidayNotice.year, Holiday)
        .join(Holiday, col(Holiday.notice_id) == HolidayNotice.id)
        .where(col(HolidayNotice.in_force))
        .order_by(col(HolidayNotice.year), col(Holiday.on))
    )
    notices: dict[int, list[SpecialDay]] = defaultdict(list)
    for year, day in session.exec(statement):
        notices[year].append(SpecialDay(day.on, day.kind, day.name))
    return shipped_calendar().overlaid(notices) if notices else shipped_calendar()


def notice(session: Session, year: int, *, lock: bool = False) -> HolidayNotice | None:
    """The notice kept for a year, in force or taken back."""
    statement = select(HolidayNotice).where(HolidayNotice.year == year)
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def years(session: Session) -> list[CalendarBrief]:
    """Every year there is a calendar for, and the next, newest first."""
    now = calendar(session)
    kept = session.exec(select(HolidayNotice).where(col(HolidayNotice.in_force)))
    notices = {each.year: each for each in kept}
    spans = range(now.last_year + 1, now.first_year - 1, -1)
    return [_brief(now, year, notices.get(year)) for year in spans]


def one_year(session: Session, actor: Actor, year: int) -> CalendarYear:
    """A year's special days, where they come from, and what this caller may do about them."""
    now, kept = calendar(session), notice(session, year)
    in_force = kept if kept and kept.in_force else None
    actions: list[Action] = []
    if actor.may(Permission.CALENDAR_WRITE):
        actions = ["change", "undo"] if in_force else ["change"]
    return CalendarYear(
        **dict(_brief(now, year, in_force)),
        days=[CalendarDay.model_validate(day) for day in now.in_year(year)],
        notice=NoticePublic.model_validate(in_force) if in_force else None,
        version=kept.version if kept else 0,
        actions=actions,
    )


def _brief(now: Calendar, year: int, in_force: HolidayNotice | None) -> CalendarBrief:
    known = now.knows(year)
    source: Source = "notice" if in_force else "shipped" if known else "none"
    return CalendarBrief(
        year=year,
        known=known,
        source=source,
        workdays=now.workdays_in(year) if known else None,
        document_no=in_force.document_no if in_force else None,
    )
