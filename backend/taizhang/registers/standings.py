"""Where stored entries stand (条目的推算): rows into cases, and the rules' answer back into columns."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlmodel import Session

from taizhang.calendars.workdays import Calendar
from taizhang.registers.kind import Happened, RegisterKind, Standing
from taizhang.registers.models import ClockEvent, EntryState, RegisterEntry
from taizhang.registers.reading import read_entry
from taizhang.registers.rules import Case, in_order, stand

ON_CHANGE: list[Callable[[Session, RegisterEntry, date], None]] = []
"""What else a change of an entry brings about, in the same transaction; packages above add themselves."""


def follow(session: Session, entry: RegisterEntry, today: date) -> None:
    """An entry changed: tell the packages above."""
    for told in ON_CHANGE:
        told(session, entry, today)


def happened(kind: RegisterKind, event: ClockEvent) -> Happened:
    """A stored event as the rules see it."""
    form = kind.event(event.kind)
    data = form.form.model_validate(event.data) if form and form.form and event.data is not None else None
    return Happened(event.kind, event.on, data, event.at)


def standing(
    kind: RegisterKind, entry: RegisterEntry, events: Sequence[ClockEvent], calendar: Calendar, today: date
) -> Standing:
    """Where an entry stands by its fields and the events not voided.

    Raises:
        Refused: they do not fit together.
        Invalid: a field is wrong.
    """
    valid = [happened(kind, event) for event in events if event.voided_at is None]
    case = Case(entry.opened_on, read_entry(kind, entry.data, entry.opened_on), in_order(valid))
    return stand(kind, case, calendar, today=today)


def write(entry: RegisterEntry, found: Standing) -> None:
    """Keep what lists filter and sort by."""
    entry.due_on, entry.due_at, entry.due_known = found.due_on, found.due_at, found.known
    entry.waiting, entry.waiting_until = found.waiting, found.waiting_until
    entry.closed_on, entry.done_at, entry.outcome = found.closed_on, found.done_at, found.outcome
    if entry.state is not EntryState.VOIDED:
        entry.state = EntryState.CLOSED if found.closed_on else EntryState.OPEN
