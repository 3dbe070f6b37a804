"""Confirming and taking back a year's arrangement (节假日安排的确认与撤回)."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, delete, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.calendars import queries
from taizhang.calendars.models import Holiday, HolidayNotice
from taizhang.calendars.reading_notice import check_days
from taizhang.calendars.schemas import CalendarPut
from taizhang.calendars.workdays import SpecialDay
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, FieldError, Invalid
from taizhang.core.versions import require_version

CONSTRAINTS["uq_holiday_notice_year"] = "这一年的安排刚刚由他人确认，请刷新后再看"

# Packages above add what must follow when a year's arrangement changes; called in the same transaction.
ON_CHANGE: list[Callable[[Session, int], None]] = []


def confirm(
    session: Session, actor: Actor, year: int, data: CalendarPut, if_match: str | None, *, now: datetime
) -> None:
    """Put a year's arrangement in force, in place of what stood.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``; a year never confirmed is at version 0.
        Invalid: a day of another year, a make-up day on a weekday, a day named twice.
    """
    kept = queries.notice(session, year, lock=True)
    require_version(if_match, kept.version if kept else 0, current=lambda: queries.one_year(session, actor, year))
    _require_sound(year, data)
    before = _days(session, kept)
    fields = data.model_dump(exclude={"days"})
    fields |= {"in_force": True, "confirmed_by": actor.user_id, "confirmed_by_name": actor.name, "confirmed_at": now}
    if kept is None:
        kept = HolidayNotice(year=year, **fields)
        session.add(kept)
    else:
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.version += 1
        session.exec(delete(Holiday).where(col(Holiday.notice_id) == kept.id))
    session.flush()
    session.add_all(Holiday(notice_id=kept.id, **day.model_dump()) for day in data.days)
    session.flush()
    after = data.model_dump(exclude={"text"}) | {"year": year}
    _tell(session, year)
    audit.record(session, actor, "calendar.confirm", "holiday_notice", kept.id, before=before, after=after)


def take_back(session: Session, actor: Actor, year: int, if_match: str | None) -> None:
    """Return to the shipped arrangement, or to knowing none.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: nothing was confirmed for that year.
    """
    kept = queries.notice(session, year, lock=True)
    require_version(if_match, kept.version if kept else 0, current=lambda: queries.one_year(session, actor, year))
    if kept is None or not kept.in_force:
        raise Conflict("calendar-not-confirmed", "没有可以撤回的安排", detail=f"{year}年没有经确认的节假日安排")
    before = _days(session, kept)
    session.exec(delete(Holiday).where(col(Holiday.notice_id) == kept.id))
    kept.in_force = False
    kept.version += 1
    session.flush()
    _tell(session, year)
    audit.record(session, actor, "calendar.undo", "holiday_notice", kept.id, before=before)


def _tell(session: Session, year: int) -> None:
    for follow in ON_CHANGE:
        follow(session, year)


def _days(session: Session, kept: HolidayNotice | None) -> dict[str, object] | None:
    if kept is None or not kept.in_force:
        return None
    days = session.exec(select(Holiday).where(Holiday.notice_id == kept.id).order_by(col(Holiday.on)))
    return {
        "year": kept.year,
        "title": kept.title,
        "document_no": kept.document_no,
        "days": [{"on": day.on, "kind": day.kind, "name": day.name} for day in days],
    }


def _require_sound(year: int, data: CalendarPut) -> None:
    errors: list[FieldError] = []
    seen: set[object] = set()
    for index, day in enumerate(data.days):
        pointer = f"#/days/{index}/on"
        found = check_days(year, [SpecialDay(day.on, day.kind, day.name)])
        errors += [FieldError(pointer, each.code, each.message) for each in found]
        if day.on in seen:
            errors.append(FieldError(pointer, "day-twice", f"{day.on.isoformat()}列了两次"))
        seen.add(day.on)
    if errors:
        raise Invalid(detail=errors[0].detail, errors=errors)
