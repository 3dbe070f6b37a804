"""Counting (从台账取数): the register entries a unit's report is made of, and the facts part 一 states."""

import uuid
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any

from sqlalchemy import Text, and_, case, cast, func, or_, select
from sqlmodel import Session, col

from taizhang.access.actor import within
from taizhang.annual_reports.forms import Form
from taizhang.annual_reports.tally import (
    APPLICATIONS,
    DECISIONS,
    DOCUMENTS,
    FEEDING,
    OF_GOVERNMENT,
    Entry,
    Window,
    tally,
)
from taizhang.calendars.rules import RECEIPTS
from taizhang.core.database import SYSTEM, acting_as
from taizhang.registers.application_steps import FeeNotified, fee_of
from taizhang.registers.kind import Refused
from taizhang.registers.models import ClockEvent, EntryState, RegisterEntry
from taizhang.units.models import Unit, UnitKind
from taizhang.units.rules import ancestors

BY_CONFIRMATION = [channel.value for channel, receipt in RECEIPTS.items() if receipt.by_confirmation]


def window(unit: Unit, year: int) -> Window:
    """The year as this unit counts it."""
    return Window(year, office=unit.kind is UnitKind.OFFICE)


def kept(session: Session, unit: Unit, on: date) -> set[str]:
    """The registers feeding the tables in which the unit has anything by that day."""
    statement = (
        select(col(RegisterEntry.slug))
        .where(
            col(RegisterEntry.unit_id) == unit.id,
            col(RegisterEntry.slug).in_(FEEDING),
            col(RegisterEntry.state) != EntryState.VOIDED,
            col(RegisterEntry.opened_on) <= on,
        )
        .distinct()
    )
    return set(session.connection().execute(statement).scalars())


def beyond(session: Session, unit: Unit) -> AbstractContextManager[None]:
    """While it lasts, an office may read what others keep in the government's name, which is the office's to count."""
    return acting_as(session, SYSTEM) if unit.kind is UnitKind.OFFICE else nullcontext()


def entries(session: Session, unit: Unit, year: int) -> list[Entry]:
    """What may count in the year's tables; which cells it counts in, ``tally`` says."""
    row = RegisterEntry
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    still = or_(col(row.closed_on).is_(None), col(row.closed_on) >= begins, col(row.slug).in_((DOCUMENTS, DECISIONS)))
    mine: Any = col(row.unit_id) == unit.id
    if unit.kind is UnitKind.OFFICE:
        government = ancestors(unit.path)[-1]
        named = and_(
            col(row.slug) == DOCUMENTS,
            within(col(row.unit_path), government),
            col(row.data)["issuer"].astext.in_(OF_GOVERNMENT),
        )
        mine = or_(mine, named)
    statement = select(
        col(row.id),
        col(row.slug),
        col(row.opened_on),
        _received_on().label("received_on"),
        col(row.closed_on),
        col(row.outcome),
        col(row.party),
        col(row.data),
        (col(row.unit_id) == unit.id).label("own"),
    ).where(mine, col(row.slug).in_(FEEDING), col(row.state) != EntryState.VOIDED, col(row.opened_on) <= ends, still)
    with beyond(session, unit):
        counted = session.connection().execute(statement).all()
    return [
        Entry(
            slug=found.slug,
            opened_on=found.opened_on,
            received_on=found.received_on,
            closed_on=found.closed_on,
            outcome=found.outcome,
            party=found.party,
            data=found.data,
            id=found.id,
            own=found.own,
        )
        for found in counted
    ]


def recounted(session: Session, unit: Unit, year: int, form: Form) -> dict[str, int | None] | None:
    """The cells the unit's registers tell, counted anew; ``None`` where it keeps none of them."""
    slugs = kept(session, unit, date(year, 12, 31))
    if not slugs:
        return None
    figures = tally(form, entries(session, unit, year), window(unit, year), slugs)
    return {key: value for key, value in figures.items() if value is not None}


def overdue(session: Session, unit: Unit, year: int) -> list[str]:
    """Applications open at the year's end whose term had run out before it, by number or title."""
    row = RegisterEntry
    ends = date(year, 12, 31)
    statement = (
        select(func.coalesce(col(row.ref_no), col(row.title)))
        .where(
            col(row.unit_id) == unit.id,
            col(row.slug) == APPLICATIONS,
            col(row.state) != EntryState.VOIDED,
            col(row.opened_on) <= ends,
            col(row.due_on) < ends,
            or_(col(row.closed_on).is_(None), col(row.closed_on) > ends),
        )
        .order_by(col(row.due_on), col(row.id))
    )
    return list(session.connection().execute(statement).scalars())


def _received_on() -> Any:
    """收到申请之日: of what must be confirmed (平常信函、互联网、传真) the day of confirmation (条例第三十一条)."""
    row = RegisterEntry
    confirmed = (
        select(func.min(col(ClockEvent.on)))
        .where(
            col(ClockEvent.entry_id) == row.id, col(ClockEvent.kind) == "confirmed", col(ClockEvent.voided_at).is_(None)
        )
        .correlate(RegisterEntry)
        .scalar_subquery()
    )
    by_confirmation = and_(col(row.slug) == APPLICATIONS, col(row.data)["channel"].astext.in_(BY_CONFIRMATION))
    return case((by_confirmation, func.coalesce(confirmed, col(row.closed_on))), else_=col(row.opened_on))


# -- facts of part 一


def facts(session: Session, unit: Unit, year: int) -> dict[str, int]:
    """Numbers of part 一 that registers can tell; those of registers with nothing in them are left out."""
    row = RegisterEntry
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    opened = col(row.opened_on).between(begins, ends)
    published = col(row.closed_on).between(begins, ends)
    data = col(row.data)
    counted: dict[str, tuple[str, Any]] = {
        **{
            f"concerns.{channel}": ("public-concerns", and_(opened, data["channel"].astext == channel))
            for channel in ("hotline", "site", "national", "visit")
        },
        **{
            f"proposals.{source}": ("proposals", and_(opened, data["source"].astext == source))
            for source in ("deputy", "member")
        },
        "consultations.held": ("consultations", opened),
        "interpretations.published": ("interpretations", published),
        "interpretations.varied": (
            "interpretations",
            and_(published, func.jsonb_array_length(data["forms"].op("-")(cast("text", Text))) > 0),
        ),
        "clearings.removed": ("content-cleanups", opened),
        "media.accounts": ("media-accounts", or_(col(row.closed_on).is_(None), col(row.closed_on) > ends)),
        "columns.checked": ("column-checks", opened),
        "trainings.held": ("trainings", opened),
    }
    slugs = sorted({slug for slug, _ in counted.values()})
    people = func.sum(data["people"].as_integer()).filter(and_(col(row.slug) == "trainings", opened))
    statement = select(
        func.array_agg(col(row.slug).distinct()).label("slugs"),
        people.label("trainings.people"),
        *(
            func.count().filter(and_(col(row.slug) == slug, condition)).label(key)
            for key, (slug, condition) in counted.items()
        ),
    ).where(
        col(RegisterEntry.unit_id) == unit.id,
        col(row.slug).in_(slugs),
        col(row.state) != EntryState.VOIDED,
        col(row.opened_on) <= ends,
    )
    found = dict(session.connection().execute(statement).mappings().one())
    has = set(found.pop("slugs") or ())
    told = {key: found[key] for key, (slug, _) in counted.items() if slug in has}
    if "trainings" in has:
        told["trainings.people"] = found["trainings.people"] or 0
    return told | fees(session, unit.id, year)


def fees(session: Session, unit_id: uuid.UUID, year: int) -> dict[str, int]:
    """信息处理费 of the year: notices sent, 元 notified, 元 of those that were paid."""
    statement = (
        select(col(ClockEvent.kind), col(ClockEvent.entry_id), col(ClockEvent.data))
        .join(RegisterEntry, col(RegisterEntry.id) == ClockEvent.entry_id)
        .where(
            col(RegisterEntry.unit_id) == unit_id,
            col(RegisterEntry.slug) == APPLICATIONS,
            col(RegisterEntry.state) != EntryState.VOIDED,
            col(ClockEvent.kind).in_(("fee_notified", "fee_paid")),
            col(ClockEvent.voided_at).is_(None),
            col(ClockEvent.on).between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    found = session.connection().execute(statement).all()
    notified = {row.entry_id: _amount(row.data) for row in found if row.kind == "fee_notified"}
    paid = {row.entry_id for row in found if row.kind == "fee_paid"}
    return {
        "fees.notices": len(notified),
        "fees.notified": sum(notified.values()),
        "fees.received": sum(amount for entry, amount in notified.items() if entry in paid),
    }


def _amount(data: dict[str, Any] | None) -> int:
    try:
        return fee_of(FeeNotified.model_validate(data or {}))
    except Refused:
        return 0
