"""Imports into a register (台账导入): from an upload to entries and back. Nothing is an entry before it is committed.

A draft is sealed at rest whole and shown masked; it belongs to the unit that imports it, and to nobody else.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.calendars import queries as calendars
from taizhang.core.problems import Conflict, Invalid, NotFound
from taizhang.core.sealing import Sealed
from taizhang.core.versions import require_version
from taizhang.documents.uploads import Upload, refusals
from taizhang.plans.images import new_ids
from taizhang.registers.import_schemas import ImportRowPatch, RegisterFixes, RegisterImportPatch
from taizhang.registers.importing import checking
from taizhang.registers.importing.checking import Around, Ready
from taizhang.registers.importing.columns import by_key
from taizhang.registers.importing.draft import AppliedChange, Draft, Notice, Row, Step, summarise
from taizhang.registers.importing.fixes import CellsFix, SeenFix, apply_fix, put, undo_changes
from taizhang.registers.importing.lines import read_rows
from taizhang.registers.kind import RegisterKind
from taizhang.registers.models import EntryState, RegisterEntry, RegisterImport, RegisterImportState
from taizhang.registers.service import Keeping
from taizhang.units import queries as units
from taizhang.units.models import Unit

SUBJECT = "register_import"
TOLD_REASONS = 3


# -- stored


def listing(actor: Actor, slug: str) -> Select[Any]:
    """The imports of the caller's unit into a register, newest first; discarded ones are gone."""
    names = ("id", "version", "slug", "state", "file_name", "created_at", "created_by_name", "summary")
    plain: list[Any] = [col(getattr(RegisterImport, name)).label(name) for name in names]
    return (
        select(*plain, func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"))
        .join(Unit, col(Unit.id) == RegisterImport.unit_id)
        .where(
            col(RegisterImport.slug) == slug,
            col(RegisterImport.unit_id) == actor.unit_id,
            col(RegisterImport.state) != RegisterImportState.DISCARDED,
        )
        .order_by(col(RegisterImport.created_at).desc(), col(RegisterImport.id).desc())
    )


def one(keeping: Keeping, import_id: uuid.UUID, *, lock: bool = False) -> tuple[RegisterImport, Draft]:
    """An import of the caller's own unit, opened.

    Raises:
        NotFound: absent, another unit's, another register's, or discarded.
    """
    statement = rows_of(RegisterImport).where(
        RegisterImport.id == import_id,
        RegisterImport.slug == keeping.kind.slug,
        RegisterImport.unit_id == keeping.actor.unit_id,
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = keeping.session.exec(statement).one_or_none()
    if found is None or found.content_sealed is None:
        raise NotFound
    text = keeping.keys.open(Sealed(found.content_key or "", found.content_sealed), str(found.id))
    return found, Draft.model_validate_json(text)


def keep(keeping: Keeping, found: RegisterImport, draft: Draft) -> None:
    """Seal a draft and put it with its import."""
    sealed = keeping.keys.seal(draft.model_dump_json(), str(found.id))
    found.content_key, found.content_sealed = sealed.key_id, sealed.content
    found.summary = summarise(draft.rows).model_dump()
    keeping.session.add(found)
    keeping.session.flush()


def changed(keeping: Keeping, found: RegisterImport, draft: Draft) -> None:
    """Put a changed draft back: one more version."""
    found.version += 1
    keep(keeping, found, draft)


def recorded(keeping: Keeping, found: RegisterImport, action: str, after: dict[str, Any]) -> None:
    """The audit event of a step; never what a cell says."""
    told = {"register": keeping.kind.slug, **after}
    audit.record(keeping.session, keeping.actor, f"register-import.{action}", SUBJECT, found.id, after=told)


# -- reading


def create(keeping: Keeping, upload: Upload) -> tuple[RegisterImport, Draft]:
    """Turn what was read into a draft, every row checked.

    Raises:
        Invalid: the workbook is not of this register (422, the reader's code and words).
    """
    session, actor, kind = keeping.session, keeping.actor, keeping.kind
    with refusals():
        draft = read_rows(kind, upload.document)
    draft.notices += _earlier(session, actor, kind, upload)
    check(keeping, draft, draft.rows)
    [import_id] = new_ids(session, 1)
    found = RegisterImport(
        id=import_id,
        slug=kind.slug,
        unit_id=actor.unit_id,
        file_name=upload.name,
        sha256=upload.sha256,
        summary={},
        created_by=actor.user_id,
        created_by_name=actor.name,
        created_at=keeping.now,
    )
    keep(keeping, found, draft)
    recorded(keeping, found, "create", {"file_name": upload.name, **found.summary})
    return found, draft


def _earlier(session: Session, actor: Actor, kind: RegisterKind, upload: Upload) -> list[Notice]:
    statement = select(col(RegisterImport.created_at)).where(
        col(RegisterImport.sha256) == upload.sha256,
        col(RegisterImport.slug) == kind.slug,
        col(RegisterImport.unit_id) == actor.unit_id,
        col(RegisterImport.state).in_((RegisterImportState.PARTLY, RegisterImportState.COMMITTED)),
    )
    if session.connection().execute(statement).first() is None:
        return []
    return [Notice(code="imported-before", message="这份文件已经导入并登记过，请先核对是否重复")]


def check(keeping: Keeping, draft: Draft, rows: Iterable[Row]) -> dict[int, Ready]:
    """Check rows by the rules of typed entry; those that may become entries, by position."""
    around = _around(keeping, draft)
    ready: dict[int, Ready] = {}
    for row in rows:
        if row.entry_id is None:
            found = checking.check(keeping.kind, row, around)
            if found is not None:
                ready[row.position] = found
    checking.mark_twice(draft.rows)
    return ready


def _around(keeping: Keeping, draft: Draft) -> Around:
    session, actor, kind = keeping.session, keeping.actor, keeping.kind
    own = units.one(session, actor, actor.unit_id)
    seen = list(session.exec(rows_of(Unit).where(actor.scope(col(Unit.path)))))
    names = {name: unit.id for unit in seen for name in (unit.name, unit.short_name)}
    for unit_id, aliases in units.aliases(session, [unit.id for unit in seen]).items():
        names |= {alias: unit_id for alias in aliases if alias not in names}
    refs = {row.cells["ref_no"] for row in draft.rows if "ref_no" in row.cells}
    linked = {row.cells["related"] for row in draft.rows if "related" in row.cells}
    known = _numbered(session, actor, kind.slug, refs)
    return Around(
        calendar=calendars.calendar(session),
        now=keeping.now,
        own_unit=own.id,
        units=names,
        refs={unit_id: {ref for other, ref in known if other == unit_id} for unit_id, _ in known},
        links=_numbered(session, actor, kind.links, linked) if kind.links else {},
    )


def _numbered(
    session: Session, actor: Actor, slug: str, refs: set[str]
) -> dict[tuple[uuid.UUID, str], list[uuid.UUID]]:
    """Entries of a register that carry one of these numbers, by unit and number."""
    found: dict[tuple[uuid.UUID, str], list[uuid.UUID]] = {}
    statement = select(
        col(RegisterEntry.unit_id), func.coalesce(RegisterEntry.ref_no, ""), col(RegisterEntry.id)
    ).where(
        col(RegisterEntry.slug) == slug,
        col(RegisterEntry.ref_no).in_(refs),
        col(RegisterEntry.state) != EntryState.VOIDED,
        actor.scope(col(RegisterEntry.unit_path)),
    )
    for unit_id, ref, entry_id in session.connection().execute(statement) if refs else ():
        found.setdefault((unit_id, ref), []).append(entry_id)
    return found


# -- changing


def _for_change(keeping: Keeping, import_id: uuid.UUID, if_match: str | None) -> tuple[RegisterImport, Draft]:
    found, draft = one(keeping, import_id, lock=True)
    require_version(if_match, found.version)
    if found.state is RegisterImportState.COMMITTED:
        raise Conflict("register-import-committed", "这份导入已经全部登记", detail="请到台账里修改，或先撤销登记")
    return found, draft


def correct(
    keeping: Keeping, import_id: uuid.UUID, data: RegisterImportPatch, if_match: str | None
) -> tuple[RegisterImport, Draft]:
    """Change rows of a draft by position.

    Raises:
        PreconditionRequired, Stale, Conflict: see ``core.versions``; committed already.
        Invalid: a row or a column that is not there.
    """
    found, draft = _for_change(keeping, import_id, if_match)
    patched = [_corrected(keeping.kind, draft, patch, f"#/rows/{index}") for index, patch in enumerate(data.rows)]
    check(keeping, draft, patched)
    changed(keeping, found, draft)
    recorded(keeping, found, "change", {"rows": [patch.position for patch in data.rows]})
    return found, draft


def _corrected(kind: RegisterKind, draft: Draft, patch: ImportRowPatch, pointer: str) -> Row:
    row = _row(draft, patch.position, pointer)
    for key, text in patch.cells.items():
        _require_column(kind, key, None, f"{pointer}/cells/{key}")
        put(row.cells, key, text)
    if patch.steps is not None:
        before = row.steps
        row.steps = []
        for index, step in enumerate(patch.steps):
            for key in step.cells:
                _require_column(kind, key, step.kind, f"{pointer}/steps/{index}/cells/{key}")
            line = before[index].line if index < len(before) else row.line
            cells = {key: text.strip() for key, text in step.cells.items() if text.strip()}
            row.steps += [Step(kind=step.kind, line=line, cells=cells)] if cells else []
    return row


def _row(draft: Draft, position: int, pointer: str) -> Row:
    if position > len(draft.rows):
        raise Invalid.field(f"{pointer}/position", "row-unknown", f"没有第 {position} 行")
    row = draft.rows[position - 1]
    if row.entry_id is not None:
        raise Conflict("row-committed", "这一行已经登记", detail=f"第 {position} 行已经登记，请到台账里修改")
    return row


def _require_column(kind: RegisterKind, key: str, event: str | None, pointer: str) -> None:
    column = by_key(kind.slug).get(key)
    if column is None or column.event != event:
        raise Invalid.field(pointer, "column-unknown", f"没有“{key[:60]}”这一栏")


def fix(
    keeping: Keeping, import_id: uuid.UUID, data: RegisterFixes, if_match: str | None
) -> tuple[RegisterImport, Draft]:
    """Apply fixes in order, all or none.

    Raises:
        PreconditionRequired, Stale, Conflict: see :func:`correct`.
        Invalid: a column that is not there, or a fix that changes nothing.
    """
    found, draft = _for_change(keeping, import_id, if_match)
    touched: set[int] = set()
    for index, each in enumerate(data.fixes):
        pointer = f"#/fixes/{index}"
        if isinstance(each, CellsFix):
            column = by_key(keeping.kind.slug).get(each.column)
            if column is None or column.personal:
                raise Invalid.field(f"{pointer}/column", "column-unknown", "没有这一栏，或者这一栏只能逐行改")
        changes = apply_fix(draft.rows, each)
        if not changes:
            raise Invalid.field(pointer, "fix-without-place", "草稿里没有这样的地方，或者已经改好了")
        touched |= {change.position for change in changes}
        number = max((old.number for old in draft.fixes), default=0) + 1
        label = _label(keeping.kind, each, len(changes))
        draft.fixes.append(
            AppliedChange(
                number=number,
                kind=each.kind,
                label=label,
                by=keeping.actor.name,
                at=keeping.now.isoformat(),
                changes=changes,
            )
        )
        recorded(keeping, found, "fix", {"number": number, "label": label})
    check(keeping, draft, [row for row in draft.rows if row.position in touched])
    changed(keeping, found, draft)
    return found, draft


def _label(kind: RegisterKind, each: CellsFix | SeenFix, places: int) -> str:
    if isinstance(each, SeenFix):
        return f"{places} 处看过了"
    heading = by_key(kind.slug)[each.column].heading
    return f"{heading}：{places} 处{f'“{each.before[:20]}”' if each.before else '空着的'}改作“{each.after[:20]}”"


def undo_fix(keeping: Keeping, import_id: uuid.UUID, number: int, if_match: str | None) -> tuple[RegisterImport, Draft]:
    """Take a fix back where its result still stands.

    Raises:
        PreconditionRequired, Stale, Conflict: see :func:`correct`.
        NotFound: there is no such fix, or it has been taken back.
    """
    found, draft = _for_change(keeping, import_id, if_match)
    applied = next((each for each in draft.fixes if each.number == number), None)
    if applied is None:
        raise NotFound
    touched = undo_changes(draft.rows, applied.changes, applied.kind)
    draft.fixes = [each for each in draft.fixes if each is not applied]
    check(keeping, draft, [row for row in draft.rows if row.position in touched])
    changed(keeping, found, draft)
    recorded(keeping, found, "undo-fix", {"number": number, "label": applied.label})
    return found, draft


def discard(keeping: Keeping, import_id: uuid.UUID, if_match: str | None) -> None:
    """Forget a draft: what it held, applicants among it, is wiped; entries made of it stay.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
    """
    found, _ = one(keeping, import_id, lock=True)
    require_version(if_match, found.version)
    found.state, found.content_key, found.content_sealed = RegisterImportState.DISCARDED, None, None
    found.version += 1
    keeping.session.add(found)
    keeping.session.flush()
    recorded(keeping, found, "discard", {"file_name": found.file_name})


def unit_names(session: Session, actor: Actor) -> list[str]:
    """The units the caller may enter for, their own first."""
    seen = list(session.exec(rows_of(Unit).where(actor.scope(col(Unit.path))).order_by(col(Unit.path))))
    return [unit.name for unit in sorted(seen, key=lambda unit: unit.id != actor.unit_id)]
