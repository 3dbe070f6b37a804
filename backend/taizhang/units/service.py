"""Changing the unit tree (单位维护)."""

import uuid
from typing import Any

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Invalid
from taizhang.core.versions import require_version
from taizhang.units import queries, rules
from taizhang.units.models import Unit, UnitAlias, UnitGroup, UnitKind
from taizhang.units.schemas import UnitCreate, UnitPatch

CONSTRAINTS["uq_unit_code"] = "该代码已有单位使用"


def create(session: Session, actor: Actor, data: UnitCreate) -> Unit:
    """Add a unit below one the caller can see; by default below the government it serves.

    Raises:
        Invalid: the parent is unknown, or the dates cross.
    """
    parent = _parent(session, actor, data.parent_id)
    unit = add(session, parent, **data.model_dump(exclude={"parent_id"}))
    audit.record(session, actor, "unit.create", "unit", unit.id, after=data.model_dump())
    return unit


def _parent(session: Session, actor: Actor, parent_id: uuid.UUID | None) -> Unit:
    if parent_id is None:
        return session.exec(select(Unit).where(Unit.path == actor.scope_path)).one()
    parent = session.get(Unit, parent_id)
    if parent is None or not parent.path.startswith(actor.scope_path):
        raise Invalid.field("#/parent_id", "unit-unknown", "没有这个上级单位")
    return parent


def add(session: Session, parent: Unit | None, *, aliases: list[str] | None = None, **fields: Any) -> Unit:
    """Insert a unit after its siblings; the parent's row is locked so that two cannot take one path."""
    if fields.get("valid_from") and fields.get("valid_to") and fields["valid_from"] > fields["valid_to"]:
        raise Invalid.field("#/valid_to", "dates-crossed", "存续止日早于起日")
    if parent is not None:
        session.refresh(parent, with_for_update=True)
    siblings = list(session.exec(select(Unit.path).where(col(Unit.parent_id) == (parent.id if parent else None))).all())
    unit = Unit(
        **fields,
        parent_id=parent.id if parent else None,
        path=rules.child_path(parent.path if parent else "", siblings),
        position=len(siblings),
    )
    session.add(unit)
    session.flush()
    _name(session, unit, aliases or [])
    return unit


def _name(session: Session, unit: Unit, names: list[str]) -> None:
    wanted = [name for name in dict.fromkeys(names) if name not in (unit.name, unit.short_name)]
    held = {alias.name: alias for alias in session.exec(select(UnitAlias).where(UnitAlias.unit_id == unit.id))}
    for name in held.keys() - set(wanted):
        session.delete(held[name])
    session.add_all(UnitAlias(unit_id=unit.id, name=name) for name in wanted if name not in held)
    session.flush()


def change(session: Session, actor: Actor, unit_id: uuid.UUID, data: UnitPatch, if_match: str | None) -> Unit:
    """Change a unit. A former name becomes an alias, so that old documents still find it.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Invalid: the successor is unknown or the unit itself, or the dates cross.
    """
    unit = queries.one(session, actor, unit_id, lock=True)
    require_version(if_match, unit.version, current=lambda: queries.described(session, unit.id))
    changes = data.model_dump(exclude_unset=True)
    names = changes.pop("aliases", None)
    if changes.get("successor_id") is not None:
        _require_successor(session, actor, unit, changes["successor_id"])
    before = {name: getattr(unit, name) for name in changes}
    former = [unit.name, unit.short_name]
    nullable = {"valid_from", "valid_to", "successor_id"}
    for name, value in changes.items():
        if value is not None or name in nullable:
            setattr(unit, name, value)
    if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
        raise Invalid.field("#/valid_to", "dates-crossed", "存续止日早于起日")
    known = queries.aliases(session, [unit.id])[unit.id] if names is None else names
    renamed = [name for name in former if name not in (unit.name, unit.short_name)]
    _name(session, unit, [*known, *renamed])
    unit.version += 1
    session.flush()
    audit.record(
        session, actor, "unit.change", "unit", unit.id, before=before, after=data.model_dump(exclude_unset=True)
    )
    return unit


def _require_successor(session: Session, actor: Actor, unit: Unit, successor_id: uuid.UUID) -> None:
    successor = session.get(Unit, successor_id)
    if successor is None or successor.id == unit.id or not successor.path.startswith(actor.scope_path):
        raise Invalid.field("#/successor_id", "unit-unknown", "没有这个承继单位")


def add_group(session: Session, government: Unit, name: str, kinds: list[UnitKind], *, undecided: bool) -> None:
    """Teach a collective word."""
    session.add(UnitGroup(unit_id=government.id, name=name, kinds=[kind.value for kind in kinds], undecided=undecided))
    session.flush()
