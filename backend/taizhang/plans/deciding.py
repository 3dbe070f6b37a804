"""Deciding alike places at once (一次改好同类之处): fixes of a draft, what they teach the directory, and back again."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, delete, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.audit import service as audit
from taizhang.core.problems import Conflict, Forbidden, Invalid, NotFound
from taizhang.core.versions import etag
from taizhang.plans import drafts
from taizhang.plans.import_schemas import PlanImportPublic
from taizhang.plans.importing.draft import DraftRow
from taizhang.plans.importing.fixes import (
    AcknowledgeFix,
    AssigneeFix,
    AssignFix,
    Change,
    ClearDatesFix,
    CreateUnitsFix,
    Fix,
    NewUnit,
    apply_fix,
    undo_fix,
)
from taizhang.plans.importing.names import short_name_of
from taizhang.plans.importing.problems import KINDS
from taizhang.plans.importing.units import UnitDirectory
from taizhang.plans.models import PlanImport
from taizhang.units import queries as units
from taizhang.units import service as unit_service
from taizhang.units.models import Unit, UnitKind
from taizhang.units.schemas import UnitCreate, UnitPatch

ALIAS_LENGTH = 200


def fix(
    session: Session, actor: Actor, import_id: uuid.UUID, fixes: Sequence[Fix], if_match: str | None, *, now: datetime
) -> PlanImportPublic:
    """Apply fixes in order, all or none, each with its own audit event.

    Raises:
        PreconditionRequired, Stale, Conflict: see ``drafts.for_change``.
        Forbidden: it would teach the directory a name or a unit, and the caller may not write units.
        Invalid: a unit, phrase or code that is not there; a fix that changes nothing.
    """
    draft_import, unit = drafts.for_change(session, actor, import_id, if_match)
    rows = drafts.rows_of(draft_import)
    applied: list[dict[str, Any]] = list(draft_import.draft.get("fixes", []))
    changed: set[int] = set()
    for index, each in enumerate(fixes):
        number = max((int(old["number"]) for old in applied), default=0) + 1
        record = _apply(session, actor, draft_import, rows, each, f"#/fixes/{index}")
        changed |= {change["position"] for change in record["changes"]}
        applied.append({"number": number, "by": actor.name, "at": now.isoformat(), **record})
        told = {name: record[name] for name in ("kind", "label", "places", "alias")}
        audit.record(
            session, actor, "plan-import.fix", "plan_import", draft_import.id, after={"number": number, **told}
        )
    drafts.keep(session, draft_import, rows, changed=changed, fixes=applied)
    return drafts.present(draft_import, unit, actor, rows)


def _apply(
    session: Session, actor: Actor, draft_import: PlanImport, rows: list[DraftRow], each: Fix, pointer: str
) -> dict[str, Any]:
    known = drafts.known_units(session, actor, draft_import)
    _require_units(each, known, pointer)
    created = _create_units(session, actor, each, pointer) if isinstance(each, CreateUnitsFix) else {}
    changes = apply_fix(rows, each, {text: unit.id for text, unit in created.items()})
    alias = _remember(session, actor, each, known, pointer) if isinstance(each, AssigneeFix) else None
    if not changes and alias is None:
        raise Invalid.field(pointer, "fix-without-place", "草稿里没有这样的地方，或者已经改好了")
    places = sum(change.slot[0] == "assignee" for change in changes) or len(changes)
    return {
        "kind": each.kind,
        "label": _label(each, known, places),
        "places": places,
        "alias": alias["name"] if alias else None,
        "alias_unit_id": alias["unit_id"] if alias else None,
        "created_units": [{"id": str(unit.id), "name": unit.name} for unit in created.values()],
        "changes": [change.model_dump(mode="json") for change in changes],
    }


def _require_units(each: Fix, known: UnitDirectory, pointer: str) -> None:
    if isinstance(each, AssigneeFix | AssignFix):
        ids = {unit.id for unit in known.units}
        if not ids.issuperset(each.unit_ids):
            raise Invalid.field(f"{pointer}/unit_ids", "unit-unknown", "没有这个单位，或当时不存在")


def _label(each: Fix, known: UnitDirectory, places: int) -> str:
    names = {unit.id: unit.short_name for unit in known.units}
    match each:
        case AssigneeFix(unit_ids=[]):
            return f"{places} 处“{each.text}”不指单位"
        case AssigneeFix():
            return f"{places} 处“{each.text}”认作 {_few([names[unit_id] for unit_id in each.unit_ids])}"
        case CreateUnitsFix():
            return f"新建 {_few([unit.name for unit in each.units])}"
        case AssignFix():
            return f"{places} 项由 {_few([names[unit_id] for unit_id in each.unit_ids])} 负责"
        case AcknowledgeFix():
            return f"{places} 处“{KINDS.get(each.code, (each.code, 'note'))[0]}”看过了"
        case ClearDatesFix():
            return f"去掉 {places} 处不在本年度的时限"


def _few(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 3 else f"{'、'.join(names[:3])} 等 {len(names)} 个单位"


# -- what a fix teaches the directory


def _require_unit_writer(actor: Actor) -> None:
    if not actor.may(Permission.UNIT_WRITE):
        raise Forbidden("unit-write-needed", "记别名、新建单位须有维护单位的权限")


def _remember(
    session: Session, actor: Actor, each: AssigneeFix, known: UnitDirectory, pointer: str
) -> dict[str, str] | None:
    """Make the phrase an alias of its unit; None where it is one already or was not asked for."""
    if not each.remember_alias:
        return None
    _require_unit_writer(actor)
    if len(each.unit_ids) != 1 or len(each.text) > ALIAS_LENGTH:
        detail = f"别名只能记给一个单位，至多 {ALIAS_LENGTH} 字"
        raise Invalid.field(f"{pointer}/remember_alias", "alias-of-one", detail)
    [unit_id] = each.unit_ids
    holders = [unit for unit in known.units if each.text in {unit.name, unit.short_name, *unit.aliases}]
    if any(holder.id == unit_id for holder in holders):
        return None
    if holders:
        detail = f"“{each.text}”已是 {holders[0].short_name} 的名称或别名"
        raise Invalid.field(f"{pointer}/remember_alias", "alias-taken", detail)
    _set_aliases(session, actor, unit_id, add=each.text)
    return {"name": each.text, "unit_id": str(unit_id)}


def _set_aliases(
    session: Session, actor: Actor, unit_id: uuid.UUID, *, add: str | None = None, drop: str | None = None
) -> None:
    unit = units.one(session, actor, unit_id, lock=True)
    names = [name for name in units.aliases(session, [unit_id])[unit_id] if name != drop]
    wanted = UnitPatch(aliases=[*names, *([add] if add else [])])
    unit_service.change(session, actor, unit_id, wanted, etag(unit.version))


def _create_units(session: Session, actor: Actor, each: CreateUnitsFix, pointer: str) -> dict[str, Unit]:
    """New units below the government the caller serves, by the phrase each is known from."""
    _require_unit_writer(actor)
    government = session.exec(select(Unit).where(Unit.path == actor.scope_path)).one()
    created: dict[str, Unit] = {}
    for index, wanted in enumerate(each.units):
        if wanted.text in created:
            raise Invalid.field(f"{pointer}/units/{index}/text", "phrase-twice", f"“{wanted.text}”写了两次")
        created[wanted.text] = unit_service.create(session, actor, _entered(session, government, wanted))
    return created


def _entered(session: Session, government: Unit, wanted: NewUnit) -> UnitCreate:
    short_name = wanted.short_name or short_name_of(wanted.text)[:100]
    aliases = [] if wanted.text in (wanted.name, short_name) else [wanted.text]
    return UnitCreate(
        code=wanted.code or _free_code(session, government),
        name=wanted.name,
        short_name=short_name,
        kind=UnitKind(wanted.kind),
        parent_id=government.id,
        aliases=aliases,
    )


def _free_code(session: Session, government: Unit) -> str:
    """The next local code below the government's own: ``510502-031``."""
    prefix = f"{government.code[:24]}-"
    number = func.substring(Unit.code, len(prefix) + 1)
    taken = session.exec(
        select(number).where(col(Unit.code).startswith(prefix, autoescape=True), number.regexp_match(r"^\d{1,6}$"))
    ).all()
    return f"{prefix}{max((int(code) for code in taken), default=0) + 1:03d}"


# -- taking a fix back


def undo(session: Session, actor: Actor, import_id: uuid.UUID, number: int, if_match: str | None) -> PlanImportPublic:
    """Take a fix back where its result still stands, with the alias and the units it brought.

    Raises:
        PreconditionRequired, Stale, Conflict: see ``drafts.for_change``; also 409 ``unit-in-use``.
        NotFound: there is no such fix, or it has been taken back.
    """
    draft_import, unit = drafts.for_change(session, actor, import_id, if_match)
    applied: list[dict[str, Any]] = list(draft_import.draft.get("fixes", []))
    record = next((each for each in applied if each["number"] == number), None)
    if record is None:
        raise NotFound
    rows = drafts.rows_of(draft_import)
    changes = [Change.model_validate(change) for change in record["changes"]]
    left = undo_fix(rows, changes)
    kept = [each for each in applied if each is not record]
    drafts.keep(session, draft_import, rows, changed={change.position for change in changes}, fixes=kept)
    if record["alias_unit_id"]:
        _require_unit_writer(actor)
        _set_aliases(session, actor, uuid.UUID(record["alias_unit_id"]), drop=record["alias"])
    for each in record["created_units"]:
        _delete_unit(session, actor, uuid.UUID(each["id"]), each["name"])
    told = {"number": number, "label": record["label"], "left": left}
    audit.record(session, actor, "plan-import.undo-fix", "plan_import", draft_import.id, after=told)
    return drafts.present(draft_import, unit, actor, rows)


def _delete_unit(session: Session, actor: Actor, unit_id: uuid.UUID, name: str) -> None:
    """A unit made by mistake leaves no trace but the audit's, unless something stands on it by now."""
    _require_unit_writer(actor)
    drafted = select(func.count()).where(cast(col(PlanImport.draft)["rows"], String).contains(str(unit_id)))
    in_use = Conflict("unit-in-use", "新建的单位已经用上了", detail=f"“{name}”已在别处用到，不能再删除")
    if session.exec(drafted).one():
        raise in_use
    unit_service.change(session, actor, unit_id, UnitPatch(aliases=[]), etag(session.get_one(Unit, unit_id).version))
    try:
        with session.begin_nested():
            session.connection().execute(delete(Unit).where(col(Unit.id) == unit_id))
    except IntegrityError as error:
        raise in_use from error
    audit.record(session, actor, "unit.delete", "unit", unit_id, before={"name": name})
