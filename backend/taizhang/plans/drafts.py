"""Imports from upload to a finished draft (导入：读取、修改). Nothing of it is in a plan before it is committed."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor, within
from taizhang.access.permissions import Permission
from taizhang.audit import service as audit
from taizhang.core.clock import local_day
from taizhang.core.problems import Conflict, Invalid
from taizhang.core.versions import require_version
from taizhang.documents.uploads import Upload, refusals
from taizhang.plans import queries, sources
from taizhang.plans.import_schemas import AssigneePatch, PlanImportPatch, PlanImportPublic, RowPatch
from taizhang.plans.importing.draft import (
    Draft,
    DraftAssignee,
    DraftCandidate,
    DraftDuty,
    DraftRow,
    issue_date,
    read_draft,
    summarise,
)
from taizhang.plans.importing.lives import UnitLife, directory_on
from taizhang.plans.importing.problems import group_problems, rechecked
from taizhang.plans.importing.units import AssigneeState, GroupEntry, UnitDirectory, UnitEntry
from taizhang.plans.models import ImportState, PlanImport, PlanImportSource
from taizhang.plans.service import issuer
from taizhang.units import queries as units
from taizhang.units.models import Unit


def directory(session: Session, actor: Actor, on: date) -> UnitDirectory:
    """The names of the caller's government as they were on a day."""
    found = session.exec(
        select(Unit).where(within(col(Unit.path), actor.scope_path)).order_by(col(Unit.path), col(Unit.id))
    ).all()
    aliases = units.aliases(session, [unit.id for unit in found])
    lives = [
        UnitLife(
            UnitEntry(unit.id, unit.name, unit.short_name, unit.kind.value, tuple(aliases[unit.id]), unit.holds_tasks),
            unit.valid_from,
            unit.valid_to,
            unit.successor_id,
        )
        for unit in found
    ]
    groups = [GroupEntry(group.name, tuple(group.kinds), group.undecided) for group in units.groups(session, actor)]
    return directory_on(lives, groups, on)


def read(
    session: Session,
    actor: Actor,
    upload: Upload,
    *,
    year: int | None,
    unit_id: uuid.UUID | None,
    now: datetime,
) -> PlanImportPublic:
    """Turn what was read into a draft.

    Raises:
        Invalid: there is no table of tasks in it (422, the reader's code and words).
    """
    unit = issuer(session, actor, unit_id)
    document, issued_on = upload.document, issue_date(upload.document)
    with refusals():
        draft = read_draft(document, year=year, directory=directory(session, actor, issued_on or local_day(now)))
    content = _stored(draft)
    draft_import = PlanImport(
        unit_id=unit.id,
        file_name=upload.name,
        format=document.format,
        sha256=upload.sha256,
        title=draft.title[:300],
        year=draft.year or local_day(now).year,
        document_no=draft.document_no,
        issuer_text=draft.issuer_text,
        issued_on=draft.issued_on,
        draft=content | {"source_paragraphs": list(document.paragraphs)},
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(draft_import)
    session.flush()
    session.add(PlanImportSource(import_id=draft_import.id, document=sources.kept(document, draft.rows)))
    session.flush()
    audit.record(
        session,
        actor,
        "plan-import.create",
        "plan_import",
        draft_import.id,
        after={"file_name": upload.name, **content["summary"]},
    )
    return present(draft_import, unit, actor, draft.rows)


def _stored(draft: Draft) -> dict[str, Any]:
    """A draft as kept: what a collective word may mean once for all its places, not hundreds of units for each."""
    candidates: dict[str, list[dict[str, Any]]] = {}
    for row in draft.rows:
        for assignee in row.assignees:
            if assignee.candidates and assignee.text not in candidates:
                candidates[assignee.text] = [each.model_dump(mode="json") for each in assignee.candidates]
            assignee.candidates = [each for each in assignee.candidates if each.score > 0]
    content = draft.model_dump(mode="json", include={"rows", "problems", "summary"})
    return {**content, "candidates": candidates, "fixes": []}


def present(draft_import: PlanImport, unit: Unit, actor: Actor, rows: list[DraftRow] | None = None) -> PlanImportPublic:
    """An import as answered; ``rows`` are its own, where they have been read already."""
    own = ("id", "version", "state", "file_name", "format", "title", "year", "document_no", "issuer_text", "issued_on")
    fields: dict[str, Any] = {name: getattr(draft_import, name) for name in (*own, "created_at", "plan_id")}
    stored = draft_import.draft
    rows = rows_of(draft_import) if rows is None else rows
    return PlanImportPublic.model_validate(
        {
            **fields,
            "unit": {"id": unit.id, "name": unit.name},
            "rows": rows,
            "problems": stored["problems"],
            "summary": stored["summary"],
            "source_paragraphs": stored["source_paragraphs"],
            "problem_groups": group_problems(rows, _CANDIDATES.validate_python(stored.get("candidates", {}))),
            "fixes": stored.get("fixes", []),
            "actions": _actions(draft_import, actor),
            "committed_rows": sum(row.task_id is not None for row in rows),
        }
    )


_ROWS = TypeAdapter(list[DraftRow])
_CANDIDATES = TypeAdapter(dict[str, list[DraftCandidate]])


def rows_of(draft_import: PlanImport) -> list[DraftRow]:
    """The rows of a draft, to be changed and kept again with :func:`keep`."""
    return _ROWS.validate_python(draft_import.draft["rows"])


def keep(
    session: Session,
    draft_import: PlanImport,
    rows: list[DraftRow],
    *,
    changed: Collection[int] | None = None,
    **parts: Any,
) -> None:
    """Put rows back, those at the positions ``changed`` (all, if not given), and other parts: one more version."""
    stored = draft_import.draft["rows"]
    draft_import.draft = {
        **draft_import.draft,
        **parts,
        "rows": [
            row.model_dump(mode="json") if changed is None or row.position in changed else old
            for row, old in zip(rows, stored, strict=True)
        ],
        "summary": summarise(rows).model_dump(mode="json"),
    }
    draft_import.version += 1
    session.flush()


def _actions(draft_import: PlanImport, actor: Actor) -> list[str]:
    open_ = draft_import.state is not ImportState.COMMITTED
    actions = ["edit", "commit"] * open_ + ["undo"] * (draft_import.made is not None)
    return actions + ["write-units"] * (open_ and actor.may(Permission.UNIT_WRITE))


def for_change(session: Session, actor: Actor, import_id: uuid.UUID, if_match: str | None) -> tuple[PlanImport, Unit]:
    """A draft locked to be changed by somebody who has read this version of it.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: all of it has become a plan already.
    """
    draft_import, unit = queries.one_import(session, actor, import_id, lock=True)
    require_version(
        if_match, draft_import.version, current=lambda: present(draft_import, unit, actor).model_dump(mode="json")
    )
    if draft_import.state is ImportState.COMMITTED:
        raise Conflict("plan-import-committed", "这份导入已经成表", detail="请到分解表中修改，或先撤销成表")
    return draft_import, unit


def known_units(session: Session, actor: Actor, draft_import: PlanImport) -> UnitDirectory:
    """The names a draft is read against: those of the day it was issued."""
    return directory(session, actor, draft_import.issued_on or local_day(draft_import.created_at))


def correct(
    session: Session, actor: Actor, import_id: uuid.UUID, data: PlanImportPatch, if_match: str | None
) -> PlanImportPublic:
    """Change a draft: its head, and rows by position.

    Raises:
        PreconditionRequired, Stale, Conflict: see :func:`for_change`.
        Invalid: a row, unit or span that is not there (422 with its pointer).
    """
    draft_import, unit = for_change(session, actor, import_id, if_match)
    head = data.model_dump(exclude_unset=True, exclude={"rows"})
    for name, value in head.items():
        if value is not None or name in ("document_no", "issued_on"):
            setattr(draft_import, name, value)
    rows = rows_of(draft_import)
    known = known_units(session, actor, draft_import)
    for index, patch in enumerate(data.rows):
        _correct_row(rows, patch, f"#/rows/{index}", known)
    problems = [p for p in draft_import.draft["problems"] if p["code"] != "year-unknown" or "year" not in head]
    keep(session, draft_import, rows, changed={patch.position for patch in data.rows}, problems=problems)
    changed = {**head, "rows": [patch.position for patch in data.rows]}
    audit.record(session, actor, "plan-import.change", "plan_import", draft_import.id, after=changed)
    return present(draft_import, unit, actor, rows)


def _correct_row(rows: list[DraftRow], patch: RowPatch, pointer: str, known: UnitDirectory) -> None:
    if not patch.position <= len(rows):
        raise Invalid.field(f"{pointer}/position", "row-unknown", f"没有第 {patch.position} 行")
    row = rows[patch.position - 1]
    if row.task_id is not None:
        raise Conflict("row-committed", "这一行已经成表", detail=f"第 {row.position} 项已经成表，请到分解表中修改")
    given = patch.model_fields_set
    for name in ("category", "title", "content"):
        if (value := getattr(patch, name)) is not None:
            setattr(row, name, value)
    if "subcategory" in given:
        row.subcategory = patch.subcategory
    if "due" in given:
        row.due = patch.due
    if patch.assignees is not None:
        row.assignees = _assignees(row, patch.assignees, pointer, known)
    if patch.duties is not None:
        row.duties = [
            DraftDuty(position=number, **duty.model_dump()) for number, duty in enumerate(patch.duties, start=1)
        ]
    _require_spans(row, pointer)
    row.problems = rechecked(row)


def _assignees(row: DraftRow, patches: list[AssigneePatch], pointer: str, known: UnitDirectory) -> list[DraftAssignee]:
    ids = {unit.id for unit in known.units}
    before = {assignee.text: assignee for assignee in row.assignees}
    result = []
    for index, patch in enumerate(patches):
        unknown = [unit_id for unit_id in patch.unit_ids if unit_id not in ids]
        if unknown:
            raise Invalid.field(f"{pointer}/assignees/{index}/unit_ids", "unit-unknown", "没有这个单位，或当时不存在")
        result.append(_decided(before.get(patch.text), patch))
    return result


def _decided(old: DraftAssignee | None, patch: AssigneePatch) -> DraftAssignee:
    """A phrase as a person left it: naming its units decides it; leaving it as it was does not."""
    chosen = list(dict.fromkeys(patch.unit_ids))
    changed = old is None or set(chosen) != set(old.unit_ids)
    earlier = old.decided if old else False
    decided = patch.decided if patch.decided is not None else earlier or (changed and bool(chosen))
    state = old.state if old else AssigneeState.UNKNOWN
    if chosen and (changed or decided) and state not in (AssigneeState.MATCHED, AssigneeState.GROUP):
        state = AssigneeState.MATCHED if len(chosen) == 1 else AssigneeState.GROUP
    return DraftAssignee(
        text=patch.text,
        role=patch.role,
        state=state,
        unit_ids=chosen,
        candidates=old.candidates if old else [],
        note=None if decided else old.note if old else "机构库中没有这个单位",
        decided=decided,
    )


def _require_spans(row: DraftRow, pointer: str) -> None:
    for index, duty in enumerate(row.duties):
        if row.content[duty.start : duty.end] == duty.text:
            continue
        start = row.content.find(duty.text)
        if start < 0:
            raise Invalid.field(f"{pointer}/duties/{index}/text", "duty-text-lost", "要求的原文不在任务内容里")
        duty.start, duty.end = start, start + len(duty.text)
