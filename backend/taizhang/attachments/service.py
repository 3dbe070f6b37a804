"""Keeping files and evidence (附件与佐证材料的登记)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.attachments import keeping, queries, rules
from taizhang.attachments.models import Attachment, Evidence, EvidenceRevision, ScanState
from taizhang.attachments.schemas import EvidenceCreate, EvidencePatch
from taizhang.attachments.storage import Store
from taizhang.audit import service as audit
from taizhang.core.clock import local_day
from taizhang.core.problems import Conflict, Invalid, NotFound, Problem, TooLarge, UnsupportedMedia
from taizhang.core.versions import require_version

REFUSALS: dict[str, type[Problem]] = {
    "file-type-not-allowed": UnsupportedMedia,
    "file-type-mismatch": UnsupportedMedia,
    "file-encrypted": UnsupportedMedia,
}
NEVER_BLANK = frozenset({"title", "secrecy_checked"})


@dataclass(frozen=True)
class Limits:
    """How large one file, and all of one unit's, may be, in bytes."""

    file: int
    unit: int = 2 * 1024**3


def keep_file(
    session: Session,
    actor: Actor,
    store: Store,
    name: str,
    file: BinaryIO,
    *,
    limits: Limits,
    now: datetime,
    scan: ScanState = ScanState.UNSCANNED,
) -> Attachment:
    """Check a file, keep its bytes, and give it a row under its own name.

    Raises:
        TooLarge: over the limit (413 ``file-too-large``).
        Conflict: over the unit's share (409 ``quota-exceeded``).
        UnsupportedMedia: not of a kind that is kept, not what its name says, or encrypted (415).
        Invalid: empty or unsafe inside (422).
    """
    size = file.seek(0, 2)
    if size > limits.file:
        raise TooLarge("file-too-large", "文件过大", detail=f"单个附件至多 {limits.file / 1024 / 1024:.0f} MB")
    if queries.bytes_of_unit(session, actor.unit_id) + size > limits.unit:
        detail = f"本单位的附件合计至多 {limits.unit / 1024**3:.1f} GB，请联系管理员"
        raise Conflict("quota-exceeded", "本单位的附件空间已用完", detail=detail)
    name = rules.clean_name(name)
    try:
        media_type = rules.media_type(name, file)
    except rules.Refused as refused:
        kind = REFUSALS.get(refused.code, Invalid)
        raise kind(refused.code, "附件不能接收", detail=refused.words) from refused
    keeping.while_uploading(session)
    stored = store.put(file)
    row = Attachment(
        unit_id=actor.unit_id,
        sha256=stored.sha256,
        name=name,
        size=stored.size,
        media_type=media_type,
        scan=scan,
        uploaded_by=actor.user_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "attachment.create",
        "attachment",
        row.id,
        after={"name": name, "size": stored.size, "media_type": media_type, "sha256": stored.sha256, "scan": scan},
    )
    return row


def create_evidence(session: Session, actor: Actor, data: EvidenceCreate, *, now: datetime) -> Evidence:
    """Enter a piece of evidence for the caller's unit.

    Raises:
        Invalid: it points nowhere, its dates cannot be, its link is not one, or the file is not the unit's (422).
    """
    evidence = Evidence(unit_id=actor.unit_id, created_by=actor.user_id, created_at=now, **data.model_dump())
    _check(session, actor, evidence, local_day(now))
    session.add(evidence)
    session.flush()
    audit.record(session, actor, "evidence.create", "evidence", evidence.id, after=data.model_dump(exclude_none=True))
    return evidence


def change_evidence(
    session: Session, actor: Actor, evidence_id: uuid.UUID, data: EvidencePatch, if_match: str | None, *, now: datetime
) -> Evidence:
    """Change a piece of evidence of the caller's unit; what it said before is kept.

    Raises:
        NotFound: absent or another unit's.
        PreconditionRequired, Stale: see ``core.versions``.
        Invalid: as on entering.
    """
    evidence = queries.one(session, actor, evidence_id, lock=True)
    require_version(if_match, evidence.version, current=lambda: queries.described(session, [evidence.id])[0])
    given = data.model_dump(exclude_unset=True)
    changes = {
        name: value
        for name, value in given.items()
        if getattr(evidence, name) != value and not (value is None and name in NEVER_BLANK)
    }
    if not changes:
        return evidence
    before = {name: getattr(evidence, name) for name in changes}
    session.add(
        EvidenceRevision(evidence_id=evidence.id, version=evidence.version, content=_content(evidence), made_at=now)
    )
    for name, value in changes.items():
        setattr(evidence, name, value)
    _check(session, actor, evidence, local_day(now))
    evidence.version += 1
    session.flush()
    audit.record(session, actor, "evidence.change", "evidence", evidence.id, before=before, after=changes)
    return evidence


def _content(evidence: Evidence) -> dict[str, Any]:
    return evidence.model_dump(mode="json", exclude={"id", "unit_id", "created_by", "version"})


def _check(session: Session, actor: Actor, evidence: Evidence, today: date) -> None:
    if evidence.url is not None and (fault := rules.url_fault(evidence.url)) is not None:
        raise Invalid.field("#/url", *fault)
    if (crossed := rules.dates_fault(evidence.formed_on, evidence.published_on, today)) is not None:
        raise Invalid.field(f"#/{crossed[0]}", crossed[1], crossed[2])
    if evidence.url is None and evidence.attachment_id is None and evidence.document_no is None:
        raise Invalid.field("#/url", "evidence-points-nowhere", "文号、链接、文件至少填一项")
    if evidence.attachment_id is not None:
        with session.no_autoflush:
            _require_own_file(session, actor, evidence)


def _require_own_file(session: Session, actor: Actor, evidence: Evidence) -> None:
    try:
        file = queries.attachment(session, actor, evidence.attachment_id) if evidence.attachment_id else None
    except NotFound:
        file = None
    if file is None or file.unit_id != evidence.unit_id:
        raise Invalid.field("#/attachment_id", "attachment-unknown", "没有这个附件，请先上传")
