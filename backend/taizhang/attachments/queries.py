"""Reading attachments and evidence. A unit sees its own, an office those of its district."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.attachments.models import Attachment, Evidence, ScanState
from taizhang.core.problems import NotFound
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like

OWN = (
    "id",
    "title",
    "document_no",
    "formed_on",
    "published_on",
    "channel",
    "url",
    "openness",
    "secrecy_checked",
    "note",
    "created_at",
    "version",
)
FILE = ("id", "name", "size", "media_type", "sha256", "scan")


def columns() -> Select[Any]:
    """Evidence as labelled columns of :class:`~taizhang.attachments.schemas.EvidencePublic`."""
    own: list[Any] = [col(getattr(Evidence, name)).label(name) for name in OWN]
    pairs = [part for name in FILE for part in (name, col(getattr(Attachment, name)))]
    return (
        select(
            *own,
            func.json_build_object("id", Unit.id, "name", Unit.short_name).label("unit"),
            case((col(Attachment.id).is_not(None), func.json_build_object(*pairs)), else_=None).label("file"),
        )
        .join(Unit, col(Unit.id) == Evidence.unit_id)
        .outerjoin(Attachment, col(Attachment.id) == Evidence.attachment_id)
    )


def visible_to(actor: Actor) -> Select[Any]:
    """Evidence within the caller's scope."""
    return columns().where(actor.scope(col(Unit.path)))


def listing(actor: Actor, *, q: str | None, unit: uuid.UUID | None) -> Select[Any]:
    """The evidence list, newest first."""
    statement = visible_to(actor).order_by(col(Evidence.created_at).desc(), col(Evidence.id).desc())
    if q:
        like = escaped_like(q)
        texts = (Evidence.title, Evidence.document_no, Evidence.channel, Evidence.url)
        statement = statement.where(or_(*(col(text).ilike(like) for text in texts)))
    return statement if unit is None else statement.where(col(Evidence.unit_id) == unit)


def described(session: Session, evidence_ids: Collection[uuid.UUID]) -> list[dict[str, Any]]:
    """Pieces of evidence as labelled columns, in the order they were entered."""
    if not evidence_ids:
        return []
    statement = columns().where(col(Evidence.id).in_(evidence_ids)).order_by(col(Evidence.id))
    return [dict(row) for row in session.connection().execute(statement).mappings()]


def one(session: Session, actor: Actor, evidence_id: uuid.UUID, *, lock: bool = False) -> Evidence:
    """A piece of evidence within the caller's scope.

    Raises:
        NotFound: absent or outside it.
    """
    statement = (
        rows(Evidence)
        .join(Unit, col(Unit.id) == Evidence.unit_id)
        .where(Evidence.id == evidence_id, actor.scope(col(Unit.path)))
    )
    if lock:
        statement = statement.with_for_update(of=Evidence).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def attachment(session: Session, actor: Actor, attachment_id: uuid.UUID) -> Attachment:
    """An attachment within the caller's scope.

    Raises:
        NotFound: absent or outside it.
    """
    statement = (
        rows(Attachment)
        .join(Unit, col(Unit.id) == Attachment.unit_id)
        .where(Attachment.id == attachment_id, actor.scope(col(Unit.path)))
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_unit(session: Session, unit_id: uuid.UUID, evidence_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these pieces of evidence are the unit's own."""
    if not evidence_ids:
        return set()
    statement = rows(Evidence.id).where(col(Evidence.id).in_(evidence_ids), Evidence.unit_id == unit_id)
    return set(session.exec(statement).all())


def bytes_of_unit(session: Session, unit_id: uuid.UUID) -> int:
    """How much a unit has uploaded, in bytes."""
    return session.exec(rows(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.unit_id == unit_id)).one()


def waiting_for_scan(session: Session) -> list[str]:
    """The contents no scanner has spoken of."""
    statement = rows(Attachment.sha256).where(Attachment.scan == ScanState.UNSCANNED).distinct()
    return list(session.exec(statement.order_by(Attachment.sha256)))
