"""Letters of stored entries (制作文书): previewed masked, made whole for the handling unit alone, each one recorded."""

import uuid
from datetime import date

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.audit import service as audit
from taizhang.calendars import queries as calendars
from taizhang.core.problems import Conflict, NotFound
from taizhang.core.sealing import Keyring
from taizhang.registers import parties, queries, standings
from taizhang.registers.kind import RegisterKind
from taizhang.registers.letter_schemas import LetterList, LetterOffer, LetterPreview
from taizhang.registers.letters.composing import Known, Paper, compose, offers
from taizhang.registers.letters.layout import docx
from taizhang.registers.letters.texts import TITLES, LetterKind
from taizhang.registers.models import EntryState, RegisterEntry
from taizhang.registers.parties import SUBJECT
from taizhang.registers.party import PartyKind
from taizhang.registers.reading import read_entry
from taizhang.registers.rules import Case, in_order
from taizhang.units.models import Unit, UnitKind

# Above the government itself: 上一级人民政府 decides on reviews against it and its office.
UPPER = "上一级人民政府"


def listed(session: Session, actor: Actor, kind: RegisterKind, entry_id: uuid.UUID, today: date) -> LetterList:
    """Which letters can be made of an entry now; none of a register without applicants, or of a voided entry."""
    entry = queries.one(session, actor, kind.slug, entry_id)
    if entry.party_sealed is None or entry.state is EntryState.VOIDED:
        return LetterList(letters=[], download=False)
    known = _known(session, kind, entry, today, applicant=_masked(entry))
    found = [LetterOffer.model_validate(offer, from_attributes=True) for offer in offers(known)]
    return LetterList(letters=found, download=entry.unit_id == actor.unit_id and actor.may(Permission.PARTY_READ))


def previewed(
    session: Session, actor: Actor, kind: RegisterKind, entry_id: uuid.UUID, letter: LetterKind, today: date
) -> LetterPreview:
    """The words of a letter, the applicant masked.

    Raises:
        NotFound: no such entry, or one without letters.
        Conflict: what the letter is about has not happened.
    """
    entry = _lettered(session, actor, kind, entry_id)
    paper = _composed(_known(session, kind, entry, today, applicant=_masked(entry)), letter)
    return LetterPreview.model_validate(paper, from_attributes=True)


def written(
    session: Session,
    actor: Actor,
    kind: RegisterKind,
    entry_id: uuid.UUID,
    letter: LetterKind,
    keys: Keyring,
    today: date,
) -> tuple[str, bytes]:
    """A letter whole, its file name and its docx, for the handling unit alone; each is an audit event, written first.

    Raises:
        NotFound: no such entry, one without letters, or not the caller's unit's case.
        Conflict: what the letter is about has not happened.
    """
    entry = _lettered(session, actor, kind, entry_id)
    if entry.unit_id != actor.unit_id:
        raise NotFound
    paper = _composed(_known(session, kind, entry, today, applicant=parties.opened(keys, entry).name), letter)
    audit.record(session, actor, "register-entry.letter", SUBJECT, entry.id, after={"letter": TITLES[letter]})
    return f"{paper.title}（{entry.ref_no or entry.title}）.docx", docx(paper)


def _lettered(session: Session, actor: Actor, kind: RegisterKind, entry_id: uuid.UUID) -> RegisterEntry:
    entry = queries.one(session, actor, kind.slug, entry_id)
    if entry.party_sealed is None or entry.state is EntryState.VOIDED:
        raise NotFound
    return entry


def _composed(known: Known, letter: LetterKind) -> Paper:
    paper = compose(known, letter)
    if paper is None:
        [offer] = [each for each in offers(known) if each.kind is letter]
        raise Conflict("letter-not-yet", "现在还不能制作", detail=offer.why)
    return paper


def _masked(entry: RegisterEntry) -> str:
    return str((entry.party_masked or {}).get("name"))


def _known(session: Session, kind: RegisterKind, entry: RegisterEntry, today: date, *, applicant: str) -> Known:
    unit = session.get_one(Unit, entry.unit_id)
    events = [event for event in queries.events(session, entry.id) if event.voided_at is None]
    return Known(
        kind=kind,
        case=Case(
            entry.opened_on,
            read_entry(kind, entry.data, entry.opened_on),
            in_order([standings.happened(kind, event) for event in events]),
        ),
        calendar=calendars.calendar(session),
        today=today,
        organ=unit.name,
        authority=_authority(session, unit),
        ref_no=entry.ref_no,
        applicant=applicant,
        natural=entry.party is PartyKind.NATURAL,
    )


def _authority(session: Session, unit: Unit) -> str:
    """Who decides on a review: the government a unit belongs to; above that government for itself and its office."""
    if unit.kind in (UnitKind.GOVERNMENT, UnitKind.OFFICE):
        return UPPER
    above = [unit.path[:end] for end in range(1, len(unit.path))]
    statement = select(Unit.name).where(col(Unit.path).in_(above), Unit.kind == UnitKind.GOVERNMENT)
    found = session.exec(statement.order_by(col(Unit.path).desc())).first()
    return found or UPPER
