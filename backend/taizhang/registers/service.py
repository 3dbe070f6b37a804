"""Keeping registers (登记专项台账): entries and their events, each step one transaction with its audit event."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.calendars import queries as calendars
from taizhang.calendars import service as calendar_service
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.database import SYSTEM, acting_as
from taizhang.core.problems import Conflict, FieldError, Invalid, NotFound, Problem
from taizhang.core.sealing import Keyring
from taizhang.core.versions import check_version, require_version
from taizhang.registers import parties, queries, standings
from taizhang.registers.kind import Refused, RegisterKind
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.models import STATE_WORDS, ClockEvent, EntryState, RegisterEntry
from taizhang.registers.parties import SUBJECT
from taizhang.registers.party import Party
from taizhang.registers.reading import ReadEvent, read_entry, read_event, refused
from taizhang.registers.schemas import EntryCreate, EntryPatch, EventCreate
from taizhang.units import queries as units
from taizhang.units.models import Unit

# Refusals that the state of the entry makes, not the payload.
BY_STATE = frozenset({"entry-closed", "extension-twice", "event-out-of-order", "event-twice"})


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps which register, with which keys, and when."""

    session: Session
    actor: Actor
    kind: RegisterKind
    keys: Keyring
    now: datetime

    @property
    def today(self) -> date:
        return local_day(self.now)


def register(slug: str) -> RegisterKind:
    """A register by its slug.

    Raises:
        NotFound: there is none.
    """
    kind = REGISTERS.get(slug)
    if kind is None:
        raise NotFound
    return kind


# -- entries


def create(keeping: Keeping, data: EntryCreate) -> RegisterEntry:
    """Register an entry.

    Raises:
        Invalid: a field is wrong, the unit is not in the caller's scope, the applicant is missing or out of place.
    """
    kind, unit = keeping.kind, _unit(keeping, data.unit_id)
    parties.require_fit(kind, data.party)
    entry = new_entry(keeping, unit, title=data.title, ref_no=data.ref_no, opened_on=data.opened_on, data=data.data)
    entry.related_id = _related(keeping, unit, data.related_id)
    _insert(keeping, entry, data.party)
    _recorded(keeping, entry, "create", after=_after(kind, entry))
    return entry


def new_entry(
    keeping: Keeping, unit: Unit, *, title: str, ref_no: str | None, opened_on: date, data: Mapping[str, Any]
) -> RegisterEntry:
    """An entry as its row, not yet anywhere.

    Raises:
        Invalid: a field is wrong.
    """
    fields = read_entry(keeping.kind, dict(data), opened_on).model_dump(mode="json")
    return RegisterEntry(
        slug=keeping.kind.slug,
        unit_id=unit.id,
        unit_path=unit.path,
        title=title,
        ref_no=ref_no,
        opened_on=opened_on,
        data=fields,
        created_by=keeping.actor.user_id,
        created_by_name=keeping.actor.name,
        created_at=keeping.now,
        updated_at=keeping.now,
    )


def _insert(keeping: Keeping, entry: RegisterEntry, party: Party | None) -> None:
    _settle(keeping, entry, [])
    keeping.session.add(entry)
    keeping.session.flush()
    if party is not None:
        parties.seal(keeping.keys, entry, party)
        keeping.session.flush()


def change(keeping: Keeping, entry_id: uuid.UUID, data: EntryPatch, if_match: str | None) -> RegisterEntry:
    """Correct an entry.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: it is closed or voided.
        Invalid: a field is wrong, or no longer fits what happened.
    """
    kind, entry = keeping.kind, _one(keeping, entry_id)
    require_version(if_match, entry.version)
    _require(keeping, entry, "edit")
    before = _after(kind, entry)
    given = data.model_dump(exclude_unset=True, exclude={"data", "party", "related_id"})
    for name, value in given.items():
        if value is not None or name == "ref_no":
            setattr(entry, name, value)
    merged = entry.data | (data.data or {})
    entry.data = read_entry(kind, merged, entry.opened_on).model_dump(mode="json")
    if "related_id" in data.model_fields_set:
        unit = keeping.session.get_one(Unit, entry.unit_id)
        entry.related_id = _related(keeping, unit, data.related_id)
    if data.party is not None:
        parties.require_fit(kind, data.party)
        if entry.unit_id != keeping.actor.unit_id:
            raise Conflict("not-handling-unit", "只有承办单位可以改申请人", detail="申请人信息只由承办单位读写")
        parties.seal(keeping.keys, entry, data.party)
    _settle(keeping, entry, queries.events(keeping.session, entry.id))
    _touched(keeping, entry)
    after = _after(kind, entry)
    changed = {name for name in after if after[name] != before.get(name)}
    _recorded(
        keeping,
        entry,
        "change",
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed} | ({"party": "已修改"} if data.party else {}),
    )
    return entry


def void(keeping: Keeping, entry_id: uuid.UUID, reason: str) -> RegisterEntry:
    """Take an entry out of every count; it stays to be read.

    Raises:
        Conflict: it is voided already.
    """
    entry = _one(keeping, entry_id)
    _require(keeping, entry, "void")
    before = entry.state
    entry.state, entry.void_reason = EntryState.VOIDED, reason
    _touched(keeping, entry)
    _recorded(keeping, entry, "void", before={"state": before}, after={"state": entry.state, "reason": reason})
    return entry


def split(keeping: Keeping, entry_id: uuid.UUID, titles: Sequence[str]) -> RegisterEntry:
    """Make several entries of one letter: same applicant, same arrival, same confirmation.

    信息处理费管理办法第四条: 以合理的最小单位拆分计算件数.

    Raises:
        Conflict: the entry is closed, voided, or not one with an applicant.
    """
    session, entry = keeping.session, _one(keeping, entry_id)
    _require(keeping, entry, "event")
    if entry.party_sealed is None:
        raise Conflict("not-splittable", "不能拆分", detail="只有依申请公开的申请可以一信拆成几件")
    unit = session.get_one(Unit, entry.unit_id)
    confirmed = [
        event for event in queries.events(session, entry.id) if event.kind == "confirmed" and not event.voided_at
    ]
    party = parties.opened(keeping.keys, entry)
    letter = entry.data.get("letter_no") or entry.ref_no
    for title in titles:
        fields = entry.data | {"content": title, "letter_no": letter}
        made = new_entry(keeping, unit, title=title, ref_no=None, opened_on=entry.opened_on, data=fields)
        _insert(keeping, made, party)
        for event in confirmed:
            _append(keeping, made, EventCreate(kind="confirmed", on=event.on))
        _recorded(keeping, made, "create", after=_after(keeping.kind, made) | {"split_from": entry.id})
    entry.data = entry.data | {"letter_no": letter}
    _touched(keeping, entry)
    _recorded(keeping, entry, "split", after={"titles": list(titles)})
    return entry


# -- events


def add_event(keeping: Keeping, entry_id: uuid.UUID, data: EventCreate, if_match: str | None) -> RegisterEntry:
    """Enter what happened; due date and state follow.

    Raises:
        Conflict: the entry's state does not allow it; Invalid: the event cannot have been so. Each with the article.
    """
    entry = _one(keeping, entry_id)
    check_version(if_match, entry.version)
    if entry.state is EntryState.VOIDED:
        raise _not_now(entry, "已作废的条目不再登记经过")
    event = _append(keeping, entry, data)
    _touched(keeping, entry)
    after = {"event": event.kind, "on": event.on, "state": entry.state, "due_on": entry.due_on}
    _recorded(keeping, entry, "event", after=after)
    return entry


def _append(keeping: Keeping, entry: RegisterEntry, data: EventCreate) -> ClockEvent:
    event = made_event(keeping, entry.id, read_event(keeping.kind, data, keeping.now))
    _settle(keeping, entry, [*queries.events(keeping.session, entry.id), event])
    keeping.session.add(event)
    keeping.session.flush()
    return event


def made_event(keeping: Keeping, entry_id: uuid.UUID, event: ReadEvent) -> ClockEvent:
    """A checked step as its row."""
    return ClockEvent(
        entry_id=entry_id,
        kind=event.kind,
        on=event.on,
        at=event.at,
        reason=event.reason,
        data=event.data.model_dump(mode="json") if event.data else None,
        actor_id=keeping.actor.user_id,
        actor_name=keeping.actor.name,
        recorded_at=keeping.now,
    )


def void_event(keeping: Keeping, entry_id: uuid.UUID, event_id: uuid.UUID, reason: str) -> RegisterEntry:
    """Take back an event entered by mistake; it stays in the log, struck out.

    Raises:
        NotFound: no such event of this entry.
        Conflict: voided already, or what came after rests on it.
    """
    session, entry = keeping.session, _one(keeping, entry_id)
    if entry.state is EntryState.VOIDED:
        raise _not_now(entry, "已作废的条目不再更改")
    events = queries.events(session, entry.id)
    event = next((each for each in events if each.id == event_id), None)
    if event is None:
        raise NotFound
    if event.voided_at is not None:
        raise Conflict("event-voided", "这一步已经作废", detail="这一步已经作废")
    _strike(keeping, entry, events, event, reason)
    _recorded(keeping, entry, "void-event", before={"event": event.kind, "on": event.on}, after={"reason": reason})
    return entry


def reopen(keeping: Keeping, entry_id: uuid.UUID, reason: str) -> RegisterEntry:
    """Open a closed entry again by taking back the step that closed it.

    Raises:
        Conflict: it is not closed, or only records what was done.
    """
    entry = _one(keeping, entry_id)
    _require(keeping, entry, "reopen")
    events = queries.events(keeping.session, entry.id)
    valid = [each for each in events if each.voided_at is None]
    closing = max(valid, key=lambda each: (each.on, each.at.timestamp() if each.at else 0.0, each.id))
    _strike(keeping, entry, events, closing, reason)
    before = {"state": EntryState.CLOSED, "event": closing.kind}
    _recorded(keeping, entry, "reopen", before=before, after={"state": entry.state, "reason": reason})
    return entry


def _strike(
    keeping: Keeping, entry: RegisterEntry, events: Sequence[ClockEvent], event: ClockEvent, reason: str
) -> None:
    event.voided_at, event.voided_by_name, event.void_reason = keeping.now, keeping.actor.name, reason
    try:
        _settle(keeping, entry, events)
    except (Invalid, Conflict) as error:
        detail = f"后面的经过以这一步为前提，请先作废后面的：{error.detail}"
        raise Conflict("event-relied-on", "这一步还不能作废", detail=detail) from error
    _touched(keeping, entry)


# -- the calendar


def recount(session: Session, year: int) -> None:
    """A year's arrangement changed: terms that run into it are counted anew, in the same transaction.

    The calendar is the nation's: the terms of every government follow, whoever confirmed it.
    """
    calendar = calendars.calendar(session)
    with acting_as(session, SYSTEM):
        entries = queries.under_way(session, date(year - 1, 12, 1))
        events = queries.events_of(session, [entry.id for entry in entries])
        for entry in entries:
            kind = REGISTERS.get(entry.slug)
            if kind is not None:
                standings.write(entry, standings.standing(kind, entry, events[entry.id], calendar, date.max))


calendar_service.ON_CHANGE.append(recount)


# -- shared


def _one(keeping: Keeping, entry_id: uuid.UUID) -> RegisterEntry:
    return queries.one(keeping.session, keeping.actor, keeping.kind.slug, entry_id, lock=True)


def _unit(keeping: Keeping, unit_id: uuid.UUID | None) -> Unit:
    try:
        unit = units.one(keeping.session, keeping.actor, unit_id or keeping.actor.unit_id)
    except NotFound:
        unit = None
    if unit is None or not keeping.actor.sees(unit.path):
        raise Invalid.field("#/unit_id", "unit-unknown", "没有这个单位，或者不在您的范围内")
    return unit


def _related(keeping: Keeping, unit: Unit, related_id: uuid.UUID | None) -> uuid.UUID | None:
    if related_id is None:
        return None
    linked = keeping.kind.links
    if linked is None:
        raise Invalid.field("#/related_id", "link-unfit", f"{keeping.kind.title}不与其他条目相连")
    try:
        found = queries.one(keeping.session, keeping.actor, linked, related_id)
    except NotFound:
        found = None
    if found is None or found.unit_id != unit.id:
        raise Invalid.field("#/related_id", "link-unknown", f"本单位的{REGISTERS[linked].title}台账里没有这一件")
    return found.id


def _settle(keeping: Keeping, entry: RegisterEntry, events: Sequence[ClockEvent]) -> None:
    calendar = calendars.calendar(keeping.session)
    try:
        with keeping.session.no_autoflush:
            found = standings.standing(keeping.kind, entry, events, calendar, keeping.today)
    except Refused as error:
        raise _problem(error) from error
    standings.write(entry, found)


def _problem(error: Refused) -> Problem:
    first = error.faults[0]
    if first.code not in BY_STATE:
        return refused(error.faults)
    errors = [FieldError(f"#/{fault.field}", fault.code, fault.words) for fault in error.faults]
    return Conflict(first.code, "现在不能这样登记", detail=first.words, errors=errors)


def _require(keeping: Keeping, entry: RegisterEntry, action: str) -> None:
    if action not in queries.allowed(keeping.actor, entry.state, own=False, records=keeping.kind.records):
        words = "先说明理由重新打开" if entry.state is EntryState.CLOSED else "不能再改"
        raise _not_now(entry, f"这一条{STATE_WORDS[entry.state]}，{words}")


def _not_now(entry: RegisterEntry, words: str) -> Conflict:
    return Conflict(f"entry-{entry.state.value}", "现在不能这样做", detail=words)


def _touched(keeping: Keeping, entry: RegisterEntry) -> None:
    entry.version += 1
    entry.updated_at = keeping.now
    keeping.session.add(entry)
    keeping.session.flush()


def _after(kind: RegisterKind, entry: RegisterEntry) -> dict[str, Any]:
    """What the audit log may keep: no applicant, no private field."""
    private = {shape.name for shape in kind.fields if shape.private}
    fields = {name: "（已填）" if name in private else value for name, value in entry.data.items() if value is not None}
    return {"register": kind.slug, "ref_no": entry.ref_no, "opened_on": entry.opened_on, "party": entry.party} | fields


def _recorded(
    keeping: Keeping,
    entry: RegisterEntry,
    action: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    session = keeping.session
    audit.record(session, keeping.actor, f"register-entry.{action}", SUBJECT, entry.id, before=before, after=after)
    notify.publish(session, SUBJECT, entry.id, action=action, unit_id=entry.unit_id, unit_path=entry.unit_path)
    standings.follow(session, entry, keeping.today)
