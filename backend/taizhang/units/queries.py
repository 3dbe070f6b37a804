"""Reading units. Names are directory information: everyone sees the units of the government they serve."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor, within
from taizhang.core.problems import NotFound
from taizhang.units.models import KIND_WORDS, Unit, UnitAlias, UnitGroup, UnitKind


def escaped_like(q: str) -> str:
    """An ILIKE pattern that finds ``q`` anywhere, its own wildcards taken literally."""
    return "%" + q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def in_order(like: Any) -> ColumnElement[str]:
    """The pattern of :func:`escaped_like` made to find its characters in their order, others between them.

    That is how people shorten names: 教体局 is 教育体育局.
    """
    return func.regexp_replace(like, r"(\\.|.)", r"\1%", "g", type_=Text)


def named_like(like: Any) -> ColumnElement[bool]:
    """Whether a unit goes by something like the pattern: full name, short name or alias, shortened or not, or code.

    民政 is not to find every 人民政府: inside a full name that word counts only for those who ask for 人民.
    """
    loose, whole = in_order(like), like.contains("人民")

    def goes_by(name: Any) -> ColumnElement[bool]:
        return or_(func.replace(name, "人民政府", "政府").ilike(loose), and_(whole, col(name).ilike(like)))

    alias = exists().where(col(UnitAlias.unit_id) == Unit.id, goes_by(UnitAlias.name))
    return or_(goes_by(Unit.short_name), goes_by(Unit.name), col(Unit.code).ilike(like), alias)


def existing_on(day: date) -> Any:
    """Units that exist on a day."""
    return and_(
        or_(col(Unit.valid_from).is_(None), col(Unit.valid_from) <= day),
        or_(col(Unit.valid_to).is_(None), col(Unit.valid_to) >= day),
    )


def columns() -> Select[Any]:
    """Units as labelled columns of :class:`~taizhang.units.schemas.UnitPublic`, in tree order."""
    successor = Unit.__table__.alias("successor")  # type: ignore[attr-defined]
    aliases = (
        select(
            func.coalesce(
                func.json_agg(aggregate_order_by(col(UnitAlias.name), col(UnitAlias.name))), func.json_build_array()
            )
        )
        .where(col(UnitAlias.unit_id) == Unit.id)
        .correlate(Unit)
        .scalar_subquery()
    )
    ref = case(
        (successor.c.id.is_not(None), func.json_build_object("id", successor.c.id, "name", successor.c.name)),
        else_=None,
    )
    words = case({kind.value: word for kind, word in KIND_WORDS.items()}, value=col(Unit.kind))
    plain: list[Any] = [
        col(getattr(Unit, name)).label(name)
        for name in ("id", "code", "name", "short_name", "kind", "parent_id", "path", "valid_from", "valid_to")
    ]
    flags: list[Any] = [
        col(getattr(Unit, name)).label(name) for name in ("holds_tasks", "counts_in_report", "position", "version")
    ]
    return (
        select(*plain, words.label("kind_words"), aliases.label("aliases"), ref.label("successor"), *flags)
        .outerjoin(successor, successor.c.id == Unit.successor_id)
        .order_by(col(Unit.path), col(Unit.id))
    )


def visible_to(actor: Actor) -> Select[Any]:
    """Units of the government the caller serves."""
    return columns().where(within(col(Unit.path), actor.scope_path))


def listing(
    actor: Actor,
    *,
    q: str | None,
    kinds: list[UnitKind],
    parent: uuid.UUID | None,
    holds_tasks: bool | None,
    counts_in_report: bool | None,
    on: date | None,
) -> Select[Any]:
    """The unit list with its filters."""
    statement = visible_to(actor)
    if q:
        statement = statement.where(named_like(literal(escaped_like(q), Text)))
    if kinds:
        statement = statement.where(col(Unit.kind).in_(kinds))
    if parent is not None:
        statement = statement.where(col(Unit.parent_id) == parent)
    if holds_tasks is not None:
        statement = statement.where(col(Unit.holds_tasks) == holds_tasks)
    if counts_in_report is not None:
        statement = statement.where(col(Unit.counts_in_report) == counts_in_report)
    return statement if on is None else statement.where(existing_on(on))


def one(session: Session, actor: Actor, unit_id: uuid.UUID, *, lock: bool = False) -> Unit:
    """A unit within the caller's government.

    Raises:
        NotFound: absent or outside it.
    """
    statement = rows(Unit).where(Unit.id == unit_id, within(col(Unit.path), actor.scope_path))
    unit = session.exec(statement.with_for_update() if lock else statement).one_or_none()
    if unit is None:
        raise NotFound
    return unit


def described(session: Session, unit_id: uuid.UUID) -> dict[str, Any]:
    """One unit as labelled columns."""
    return dict(session.connection().execute(columns().where(col(Unit.id) == unit_id)).mappings().one())


def groups(session: Session, actor: Actor) -> list[UnitGroup]:
    """Collective words in use in the caller's government, longest first so that matching is greedy."""
    statement = (
        rows(UnitGroup)
        .join(Unit, col(Unit.id) == UnitGroup.unit_id)
        .where(Unit.path == actor.scope_path)
        .order_by(func.length(UnitGroup.name).desc(), col(UnitGroup.name), col(UnitGroup.id))
    )
    return list(session.exec(statement).all())


def aliases(session: Session, unit_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Other names of these units."""
    found: dict[uuid.UUID, list[str]] = {unit_id: [] for unit_id in unit_ids}
    for alias in session.exec(rows(UnitAlias).where(col(UnitAlias.unit_id).in_(unit_ids)).order_by(UnitAlias.name)):
        found[alias.unit_id].append(alias.name)
    return found
