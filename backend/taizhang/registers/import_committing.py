"""From a draft to entries, and back while nobody has touched one (登记与撤销)."""

import uuid
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from taizhang.core import notify
from taizhang.core.problems import Conflict, FieldError
from taizhang.core.versions import check_version
from taizhang.plans.images import new_ids
from taizhang.registers import imports, parties, standings
from taizhang.registers.import_schemas import RegisterCommit
from taizhang.registers.importing.checking import Ready
from taizhang.registers.importing.draft import Draft, Row
from taizhang.registers.models import ClockEvent, RegisterEntry, RegisterImport, RegisterImportState
from taizhang.registers.service import Keeping, made_event, new_entry
from taizhang.units.models import Unit

TOLD_REASONS = 3


def commit(
    keeping: Keeping, import_id: uuid.UUID, data: RegisterCommit, if_match: str | None
) -> tuple[RegisterImport, Draft, int]:
    """Make entries of the rows, checked once more as things are now; how many.

    Raises:
        Stale: somebody changed the draft, where ``if_match`` was given (412).
        Conflict: committed before (409 ``register-import-committed``), rows are blocked
            (``register-import-blocked``, a pointer each), or no row is good (``register-import-nothing-good``).
    """
    found, draft = imports.one(keeping, import_id, lock=True)
    check_version(if_match, found.version)
    if found.state is RegisterImportState.COMMITTED:
        raise Conflict("register-import-committed", "这份导入已经全部登记")
    ready = imports.check(keeping, draft, draft.rows)
    open_ = [row for row in draft.rows if row.entry_id is None]
    if data.mode == "all":
        _require_unblocked(open_)
    chosen = [row for row in open_ if row.position in ready and (data.mode == "all" or not row.standing)]
    if not chosen:
        raise Conflict("register-import-nothing-good", "没有可以登记的行", detail="每一行都还有问题，请先改好")
    _write(keeping, found, chosen, ready)
    left = any(row.entry_id is None for row in draft.rows)
    found.state = RegisterImportState.PARTLY if left else RegisterImportState.COMMITTED
    imports.changed(keeping, found, draft)
    imports.recorded(keeping, found, "commit", {"entries": len(chosen), **found.summary})
    return found, draft, len(chosen)


def _require_unblocked(rows: Sequence[Row]) -> None:
    errors = [
        FieldError(f"#/rows/{row.position - 1}", problem.code, f"第 {row.line} 行：{problem.message}")
        for row in rows
        for problem in row.problems
        if problem.level == "block"
    ]
    if errors:
        detail = f"还有 {len(errors)} 处不合规定；也可以只登记没有问题的行"
        raise Conflict("register-import-blocked", "有的行还不能登记", detail=detail, errors=errors)


def _write(keeping: Keeping, found: RegisterImport, rows: Sequence[Row], ready: dict[int, Ready]) -> None:
    session = keeping.session
    seen = {unit.id: unit for unit in session.exec(rows_of(Unit).where(keeping.actor.scope(col(Unit.path))))}
    ids = new_ids(session, len(rows))
    entries, events = [], []
    for row, entry_id in zip(rows, ids, strict=True):
        each = ready[row.position]
        given = each.entry
        entry = new_entry(
            keeping,
            seen[each.unit_id],
            title=given.title,
            ref_no=given.ref_no,
            opened_on=given.opened_on,
            data=given.data,
        )
        entry.id, entry.related_id = entry_id, given.related_id
        standings.write(entry, each.standing)
        if given.party is not None:
            parties.seal(keeping.keys, entry, given.party)
        entries.append(entry)
        events += [made_event(keeping, entry_id, event) for event in each.events]
        row.entry_id = entry_id
    session.add_all(entries)
    session.flush()
    for event, event_id in zip(events, new_ids(session, len(events)) if events else [], strict=True):
        event.id = event_id
    session.add_all(events)
    session.flush()
    own = session.get_one(Unit, found.unit_id)
    notify.publish(session, "register_entry", found.id, action="import", unit_id=own.id, unit_path=own.path)


def undo(keeping: Keeping, import_id: uuid.UUID, if_match: str | None) -> tuple[RegisterImport, Draft]:
    """Take back every entry an import made, while nobody has touched one; its rows are a draft again.

    Raises:
        Stale: somebody changed the draft, where ``if_match`` was given (412).
        Conflict: nothing was committed (409 ``register-import-not-committed``), or an entry was touched since
            (``register-import-built-upon``, with which).
    """
    session = keeping.session
    found, draft = imports.one(keeping, import_id, lock=True)
    check_version(if_match, found.version)
    made = [row for row in draft.rows if row.entry_id is not None]
    if not made:
        raise Conflict("register-import-not-committed", "还没有登记，没有可撤销的")
    ids = [row.entry_id for row in made]
    for entry in _untouched(session, ids):
        session.expunge(entry)
    try:
        with session.begin_nested():
            session.connection().execute(delete(ClockEvent).where(col(ClockEvent.entry_id).in_(ids)))
            session.connection().execute(delete(RegisterEntry).where(col(RegisterEntry.id).in_(ids)))
    except IntegrityError as error:
        raise _built_upon(["有别的条目与这里的相连，如复议、诉讼"]) from error
    for row in made:
        row.entry_id = None
    found.state = RegisterImportState.DRAFT
    imports.check(keeping, draft, draft.rows)
    imports.changed(keeping, found, draft)
    imports.recorded(keeping, found, "undo", {"entries": len(made)})
    return found, draft


def _untouched(session: Session, ids: Sequence[uuid.UUID | None]) -> Sequence[RegisterEntry]:
    entries = session.exec(rows_of(RegisterEntry).where(col(RegisterEntry.id).in_(ids)).with_for_update()).all()
    touched = [entry for entry in entries if entry.version > 1]
    if touched:
        some = "、".join(f"“{entry.ref_no or entry.title}”" for entry in touched[:TOLD_REASONS])
        raise _built_upon([f"有 {len(touched)} 条登记后又有改动或者新的经过，如{some}"])
    return entries


def _built_upon(reasons: list[str]) -> Conflict:
    return Conflict("register-import-built-upon", "已有后续工作，不能撤销", detail="；".join(reasons), reasons=reasons)
