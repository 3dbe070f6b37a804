"""Applicants of stored entries (条目的申请人): sealed on the way in, opened for the handling unit alone."""

import uuid

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.problems import Invalid, NotFound
from taizhang.core.sealing import Keyring, Sealed
from taizhang.registers import queries
from taizhang.registers.kind import RegisterKind
from taizhang.registers.models import RegisterEntry
from taizhang.registers.party import Party, masked

SUBJECT = "register_entry"


def require_fit(kind: RegisterKind, party: Party | None) -> None:
    """An applicant where the register asks for one, and nowhere else.

    Raises:
        Invalid: missing or out of place.
    """
    if kind.party and party is None:
        words = "请填写申请人：政府信息公开申请应当包括申请人的姓名或者名称（《政府信息公开条例》第二十九条）"
        raise Invalid.field("#/party", "missing", words)
    if not kind.party and party is not None:
        raise Invalid.field("#/party", "party-unfit", f"{kind.title}不登记申请人")


def seal(keys: Keyring, entry: RegisterEntry, party: Party) -> None:
    """Keep an applicant with an entry that has its id: kind in the clear, the rest masked and sealed."""
    sealed = keys.seal(party.model_dump_json(), str(entry.id))
    entry.party, entry.party_masked = party.kind, masked(party)
    entry.party_key, entry.party_sealed = sealed.key_id, sealed.content


def opened(keys: Keyring, entry: RegisterEntry) -> Party:
    """The applicant of an entry."""
    sealed = Sealed(entry.party_key or "", entry.party_sealed or b"")
    return Party.model_validate_json(keys.open(sealed, str(entry.id)))


def reveal(session: Session, actor: Actor, kind: RegisterKind, entry_id: uuid.UUID, keys: Keyring) -> Party:
    """The applicant's personal data, for the handling unit alone; each view is an audit event, written first.

    Raises:
        NotFound: no applicant here, or not the caller's unit's case.
    """
    entry = queries.one(session, actor, kind.slug, entry_id)
    if entry.party_sealed is None or entry.unit_id != actor.unit_id:
        raise NotFound
    audit.record(session, actor, "register-entry.reveal", SUBJECT, entry.id)
    return opened(keys, entry)


def reseal(session: Session, keys: Keyring) -> int:
    """Encrypt under the current key what was sealed under an older one, drafts too; how many entries there were."""
    old = queries.sealed_otherwise(session, keys.current)
    for entry in old:
        seal(keys, entry, opened(keys, entry))
    drafts = queries.drafts_sealed_otherwise(session, keys.current)
    for draft in drafts:
        held = Sealed(draft.content_key or "", draft.content_sealed or b"")
        again = keys.seal(keys.open(held, str(draft.id)), str(draft.id))
        draft.content_key, draft.content_sealed = again.key_id, again.content
    session.flush()
    if old or drafts:
        told = {"entries": len(old), "drafts": len(drafts)}
        audit.record(session, None, "register-entry.reseal", SUBJECT, None, after=told)
    return len(old)
