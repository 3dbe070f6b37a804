"""Reading registers (查专项台账). A unit sees its own entries, an office those of its district."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.core.lights import LightColour
from taizhang.core.problems import NotFound
from taizhang.registers import light_sql
from taizhang.registers.kind import RegisterKind
from taizhang.registers.light_sql import Day
from taizhang.registers.models import STATE_WORDS, ClockEvent, EntryState, RegisterEntry, RegisterImport
from taizhang.registers.party import PARTY_WORDS
from taizhang.registers.schemas import EntryCounts, EntrySort
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like

PLAIN = (
    "id",
    "version",
    "title",
    "ref_no",
    "opened_on",
    "due_on",
    "due_at",
    "due_known",
    "closed_on",
    "state",
    "waiting",
    "outcome",
    "party",
)

ORDERS: dict[EntrySort, tuple[Any, ...]] = {
    EntrySort.DUE: (
        col(RegisterEntry.state).desc(),  # open, before closed
        col(RegisterEntry.due_at).nulls_last(),
        col(RegisterEntry.due_on).nulls_last(),
    ),
    EntrySort.NEWEST: (col(RegisterEntry.opened_on).desc(),),
    EntrySort.OLDEST: (col(RegisterEntry.opened_on),),
    EntrySort.UPDATED: (col(RegisterEntry.updated_at).desc(),),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list."""

    unit: uuid.UUID | None = None
    states: Sequence[EntryState] = ()
    lights: Sequence[LightColour] = ()
    due_from: date | None = None
    due_to: date | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    party: Sequence[str] = ()
    q: str | None = None


def columns(actor: Actor, day: Day, *, records: bool = False) -> Select[Any]:
    """Entries as labelled columns of :class:`~taizhang.registers.schemas.EntrySummary`."""
    plain: list[Any] = [col(getattr(RegisterEntry, name)).label(name) for name in PLAIN]
    states = case({state.value: word for state, word in STATE_WORDS.items()}, value=col(RegisterEntry.state))
    parties = case({kind.value: word for kind, word in PARTY_WORDS.items()}, value=col(RegisterEntry.party))
    unit = func.json_build_object("id", Unit.id, "name", Unit.name, "short_name", Unit.short_name)
    return (
        select(
            *plain,
            col(RegisterEntry.slug).label("slug"),
            states.label("state_words"),
            parties.label("party_words"),
            col(RegisterEntry.party_masked)["name"].astext.label("party_name"),
            unit.label("unit"),
            light_sql.colour(day).label("light"),
            light_sql.words(day).label("light_words"),
            light_sql.remaining(day).label("remaining"),
            _actions(actor, records).label("actions"),
        )
        .select_from(RegisterEntry)
        .join(Unit, col(Unit.id) == RegisterEntry.unit_id)
    )


def _actions(actor: Actor, records: bool) -> ColumnElement[Any]:
    """What the caller may do to an entry in their scope."""
    state = col(RegisterEntry.state)
    return case(
        *((state == each, _json(allowed(actor, each, own=False, records=records))) for each in EntryState),
        else_=_json([]),
    )


def allowed(actor: Actor, state: EntryState, *, own: bool, records: bool = False) -> list[str]:
    """What this actor may do to an entry of that state; ``own``: it has a party and is the actor's unit's to read."""
    writes = actor.may(Permission.REGISTER_WRITE)
    actions = {
        EntryState.OPEN: ["edit", "event", "void"],
        EntryState.CLOSED: ["edit", "void"] if records else ["reopen", "void"],
        EntryState.VOIDED: [],
    }[state]
    found = actions if writes else []
    return [*found, "reveal"] if own and actor.may(Permission.PARTY_READ) else found


def _json(actions: Sequence[str]) -> ColumnElement[Any]:
    return func.json_build_array(*(cast(action, Text) for action in actions), type_=JSON)


def visible_to(actor: Actor, slug: str) -> list[ColumnElement[bool]]:
    """Entries of a register within the caller's scope."""
    return [col(RegisterEntry.slug) == slug, actor.scope(col(RegisterEntry.unit_path))]


def listing(actor: Actor, kind: RegisterKind, filters: Filters, sort: EntrySort, day: Day) -> Select[Any]:
    """The list of a register with its filters, in its order; voided entries only when asked for."""
    statement = columns(actor, day, records=kind.records).where(*visible_to(actor, kind.slug))
    states = filters.states or (EntryState.OPEN, EntryState.CLOSED)
    statement = statement.where(col(RegisterEntry.state).in_(states))
    if filters.unit is not None:
        top = select(col(Unit.path)).where(col(Unit.id) == filters.unit).correlate(None).scalar_subquery()
        path = col(RegisterEntry.unit_path)
        statement = statement.where(and_(path >= top, path < top + "~"))
    if filters.lights:
        statement = statement.where(light_sql.colour(day).in_([light.value for light in filters.lights]))
    bounds: list[tuple[date | None, Any]] = [
        (filters.due_from, lambda on: col(RegisterEntry.due_on) >= on),
        (filters.due_to, lambda on: col(RegisterEntry.due_on) <= on),
        (filters.opened_from, lambda on: col(RegisterEntry.opened_on) >= on),
        (filters.opened_to, lambda on: col(RegisterEntry.opened_on) <= on),
    ]
    for bound, compare in bounds:
        if bound is not None:
            statement = statement.where(compare(bound))
    if filters.party:
        statement = statement.where(col(RegisterEntry.party).in_(filters.party))
    if filters.q:
        like = escaped_like(filters.q)
        texts = (RegisterEntry.title, RegisterEntry.ref_no, Unit.name, Unit.short_name)
        statement = statement.where(or_(*(col(text).ilike(like) for text in texts)))
    return statement.order_by(*ORDERS[sort], col(RegisterEntry.id).desc())


def counts(session: Session, actor: Actor, day: Day) -> dict[str, EntryCounts]:
    """Per register, what the caller sees: all, open, overdue, near."""
    statement = (
        select(
            col(RegisterEntry.slug),
            func.count(),
            func.count().filter(col(RegisterEntry.state) == EntryState.OPEN),
            func.count().filter(light_sql.overdue(day)),
            func.count().filter(light_sql.near(day)),
        )
        .where(actor.scope(col(RegisterEntry.unit_path)), col(RegisterEntry.state) != EntryState.VOIDED)
        .group_by(col(RegisterEntry.slug))
    )
    return {
        slug: EntryCounts(total=total, open=running, overdue=late, near=soon)
        for slug, total, running, late, soon in session.connection().execute(statement)
    }


def one(session: Session, actor: Actor, slug: str, entry_id: uuid.UUID, *, lock: bool = False) -> RegisterEntry:
    """An entry within the caller's scope.

    Raises:
        NotFound: absent, of another register, or outside it.
    """
    statement = rows(RegisterEntry).where(RegisterEntry.id == entry_id, *visible_to(actor, slug))
    entry = session.exec(statement.with_for_update() if lock else statement).one_or_none()
    if entry is None:
        raise NotFound
    return entry


def summary(session: Session, actor: Actor, entry_id: uuid.UUID, day: Day) -> dict[str, Any]:
    """One entry as labelled columns."""
    statement = columns(actor, day).where(col(RegisterEntry.id) == entry_id)
    return dict(session.connection().execute(statement).mappings().one())


def events(session: Session, entry_id: uuid.UUID) -> list[ClockEvent]:
    """What happened, as it was entered."""
    return list(session.exec(rows(ClockEvent).where(ClockEvent.entry_id == entry_id).order_by(col(ClockEvent.id))))


def related(session: Session, actor: Actor, entry: RegisterEntry) -> list[RegisterEntry]:
    """The entry this one is about, and those about it, within the caller's scope."""
    path = actor.scope(col(RegisterEntry.unit_path))
    about = or_(col(RegisterEntry.related_id) == entry.id, col(RegisterEntry.id) == entry.related_id)
    return list(session.exec(rows(RegisterEntry).where(about, path).order_by(col(RegisterEntry.id))))


def events_of(session: Session, entry_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[ClockEvent]]:
    """What happened to each of several entries."""
    found: dict[uuid.UUID, list[ClockEvent]] = {entry_id: [] for entry_id in entry_ids}
    statement = rows(ClockEvent).where(col(ClockEvent.entry_id).in_(entry_ids)).order_by(col(ClockEvent.id))
    for event in session.exec(statement):
        found[event.entry_id].append(event)
    return found


def ref_numbers(session: Session, actor: Actor, entry_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The numbers of entries the caller sees; those without one are left out."""
    ref: Any = col(RegisterEntry.ref_no)
    statement = select(col(RegisterEntry.id), ref).where(
        col(RegisterEntry.id).in_(entry_ids),
        col(RegisterEntry.ref_no).is_not(None),
        actor.scope(col(RegisterEntry.unit_path)),
    )
    return dict(session.connection().execute(statement).tuples().all()) if entry_ids else {}


def under_way(session: Session, since: date) -> list[RegisterEntry]:
    """Entries whose term may move when the calendar from a day on changes."""
    touched = or_(col(RegisterEntry.due_on) >= since, col(RegisterEntry.waiting_until) >= since)
    statement = rows(RegisterEntry).where(col(RegisterEntry.state) == EntryState.OPEN, touched)
    return list(session.exec(statement.with_for_update()))


def sealed_otherwise(session: Session, key_id: str) -> list[RegisterEntry]:
    """Entries whose applicant is sealed under another key than this."""
    statement = rows(RegisterEntry).where(
        col(RegisterEntry.party_sealed).is_not(None), RegisterEntry.party_key != key_id
    )
    return list(session.exec(statement.with_for_update()))


def drafts_sealed_otherwise(session: Session, key_id: str) -> list[RegisterImport]:
    """Drafts of imports sealed under another key than this."""
    statement = rows(RegisterImport).where(
        col(RegisterImport.content_sealed).is_not(None), RegisterImport.content_key != key_id
    )
    return list(session.exec(statement.with_for_update()))
