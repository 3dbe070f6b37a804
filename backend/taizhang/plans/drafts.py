"""Imports from upload to plan (导入：读取、修改、成表). Nothing of a draft is in a plan before it is committed."""

import hashlib
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor, within
from taizhang.audit import service as audit
from taizhang.core.clock import local_day
from taizhang.core.problems import Conflict, FieldError, Invalid
from taizhang.core.versions import require_version
from taizhang.documents.child import read_apart
from taizhang.documents.grid import Document
from taizhang.documents.unreadable import Unreadable
from taizhang.plans import queries, rules
from taizhang.plans.import_schemas import AssigneePatch, PlanImportPatch, PlanImportPublic, RowPatch
from taizhang.plans.importing.draft import (
    DraftAssignee,
    DraftDuty,
    DraftRow,
    issue_date,
    read_draft,
    row_problems,
    summarise,
)
from taizhang.plans.importing.lives import UnitLife, directory_on
from taizhang.plans.importing.units import AssigneeState, GroupEntry, UnitDirectory, UnitEntry
from taizhang.plans.models import Assignment, AssignmentRole, Duty, DutyKind, ImportState, Plan, PlanImport, Task
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


@dataclass(frozen=True)
class Upload:
    """A file as uploaded and as read, before anybody asked the database."""

    name: str
    sha256: str
    document: Document


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Unreadable as refusal:
        errors = [FieldError("#/file", refusal.code, refusal.detail)]
        raise Invalid(refusal.code, "文件读不了", detail=refusal.detail, errors=errors) from refusal


def open_upload(data: bytes, file_name: str) -> Upload:
    """Read a file as far as it can be read without knowing the district.

    Raises:
        Invalid: it cannot be read (422, the reader's code and words).
    """
    name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)[:255] or "未命名"
    with _refusals():
        return Upload(name, hashlib.sha256(data).hexdigest(), read_apart(data, name))


def read(
    session: Session,
    actor: Actor,
    upload: Upload,
    *,
    year: int | None,
    unit_id: uuid.UUID | None,
    now: datetime,
) -> PlanImport:
    """Turn what was read into a draft.

    Raises:
        Invalid: there is no table of tasks in it (422, the reader's code and words).
    """
    unit = issuer(session, actor, unit_id)
    document, issued_on = upload.document, issue_date(upload.document)
    with _refusals():
        draft = read_draft(document, year=year, directory=directory(session, actor, issued_on or local_day(now)))
    content = draft.model_dump(mode="json")
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
        draft={name: content[name] for name in ("rows", "problems", "source_paragraphs", "summary")},
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(draft_import)
    session.flush()
    audit.record(
        session,
        actor,
        "plan-import.create",
        "plan_import",
        draft_import.id,
        after={"file_name": upload.name, **content["summary"]},
    )
    return draft_import


def present(draft_import: PlanImport, unit: Unit) -> PlanImportPublic:
    """An import as answered."""
    own = {"id", "version", "state", "file_name", "format", "title", "year", "document_no", "issuer_text"}
    own |= {"issued_on", "created_at", "plan_id"}
    fields: dict[str, Any] = {name: getattr(draft_import, name) for name in own}
    return PlanImportPublic.model_validate({**fields, **draft_import.draft, "unit": {"id": unit.id, "name": unit.name}})


def correct(
    session: Session, actor: Actor, import_id: uuid.UUID, data: PlanImportPatch, if_match: str | None
) -> tuple[PlanImport, Unit]:
    """Change a draft: its head, and rows by position.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: it has become a plan already.
        Invalid: a row, unit or span that is not there (422 with its pointer).
    """
    draft_import, unit = queries.one_import(session, actor, import_id, lock=True)
    require_version(if_match, draft_import.version, current=lambda: present(draft_import, unit).model_dump(mode="json"))
    if draft_import.state is ImportState.COMMITTED:
        raise Conflict("plan-import-committed", "这份导入已经成表", detail="请到分解表中修改")
    head = data.model_dump(exclude_unset=True, exclude={"rows"})
    for name, value in head.items():
        if value is not None or name in ("document_no", "issued_on"):
            setattr(draft_import, name, value)
    rows = [DraftRow.model_validate(row) for row in draft_import.draft["rows"]]
    known = directory(session, actor, draft_import.issued_on or local_day(draft_import.created_at))
    for index, patch in enumerate(data.rows):
        _correct_row(rows, patch, f"#/rows/{index}", known)
    problems = [p for p in draft_import.draft["problems"] if p["code"] != "year-unknown" or "year" not in head]
    draft_import.draft = {
        **draft_import.draft,
        "rows": [row.model_dump(mode="json") for row in rows],
        "problems": problems,
        "summary": summarise(rows).model_dump(mode="json"),
    }
    draft_import.version += 1
    session.flush()
    changed = {**head, "rows": [patch.position for patch in data.rows]}
    audit.record(session, actor, "plan-import.change", "plan_import", draft_import.id, after=changed)
    return draft_import, unit


def _correct_row(rows: list[DraftRow], patch: RowPatch, pointer: str, known: UnitDirectory) -> None:
    if not patch.position <= len(rows):
        raise Invalid.field(f"{pointer}/position", "row-unknown", f"没有第 {patch.position} 行")
    row = rows[patch.position - 1]
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
    kept = [problem for problem in row.problems if problem.code.startswith("date-")]
    row.problems = [*row_problems(row), *kept]


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


def commit(session: Session, actor: Actor, import_id: uuid.UUID, *, now: datetime) -> Plan:
    """Make a plan in draft of an import: tasks, duties, assignments, each unit once a task.

    Raises:
        Conflict: committed before (409 ``plan-import-committed``), or phrases still wait for a person
            (409 ``plan-import-undecided``, a pointer each).
    """
    draft_import, _ = queries.one_import(session, actor, import_id, lock=True)
    if draft_import.state is ImportState.COMMITTED:
        raise Conflict("plan-import-committed", "这份导入已经成表", plan_id=str(draft_import.plan_id))
    rows = [DraftRow.model_validate(row) for row in draft_import.draft["rows"]]
    _require_decided(rows)
    plan = Plan(
        unit_id=draft_import.unit_id,
        year=draft_import.year,
        title=draft_import.title,
        document_no=draft_import.document_no,
        issued_on=draft_import.issued_on,
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    for row in rows:
        _commit_row(session, plan, row)
    draft_import.state, draft_import.plan_id = ImportState.COMMITTED, plan.id
    draft_import.version += 1
    session.flush()
    audit.record(session, actor, "plan-import.commit", "plan_import", draft_import.id, after={"plan_id": plan.id})
    return plan


def _require_decided(rows: list[DraftRow]) -> None:
    errors = [
        FieldError(
            f"#/rows/{r}/assignees/{a}",
            f"assignee-{assignee.state}",
            f"第 {row.position} 行“{assignee.text}”还没有指定",
        )
        for r, row in enumerate(rows)
        for a, assignee in enumerate(row.assignees)
        if assignee.is_open
    ]
    if errors:
        detail = f"还有 {len(errors)} 处责任单位需要指定"
        raise Conflict("plan-import-undecided", "有责任单位还没有指定", detail=detail, errors=errors)


def _commit_row(session: Session, plan: Plan, row: DraftRow) -> None:
    task = Task(
        plan_id=plan.id,
        position=row.position,
        category=row.category[:200],
        subcategory=row.subcategory[:200] if row.subcategory else None,
        title=row.title[:300],
        content=row.content,
        assignees_text="、".join(assignee.text for assignee in row.assignees),
    )
    session.add(task)
    session.flush()
    for duty in row.duties:
        session.add(Duty(task_id=task.id, kind=DutyKind(duty.kind), **duty.model_dump(exclude={"confirmed", "kind"})))
    _own_deadline(session, task, row)
    for unit_id, (role, phrase) in _parts(row).items():
        session.add(
            Assignment(
                plan_id=plan.id, task_id=task.id, unit_id=unit_id, role=AssignmentRole(role), phrase=phrase[:300]
            )
        )
    session.flush()


def _own_deadline(session: Session, task: Task, row: DraftRow) -> None:
    """A deadline that stands in a column of its own is a duty too: the task done by that day."""
    if row.due is None or row.due.on is None or any(duty.due_on == row.due.on for duty in row.duties):
        return
    session.add(
        Duty(
            task_id=task.id,
            position=len(row.duties) + 1,
            text=row.content,
            start=0,
            end=len(row.content),
            kind=DutyKind.DATE,
            due_on=row.due.on,
        )
    )


def _parts(row: DraftRow) -> dict[uuid.UUID, tuple[str, str]]:
    """Each unit's role and phrase: the lead over the others, a name over a collective word."""
    parts: dict[uuid.UUID, tuple[str, bool]] = {}
    phrases: dict[uuid.UUID, str] = {}
    for assignee in row.assignees:
        for unit_id in assignee.unit_ids:
            part = (assignee.role, len(assignee.unit_ids) == 1)
            best = rules.stronger(parts[unit_id], part) if unit_id in parts else part
            if unit_id not in parts or best == part:
                phrases[unit_id] = assignee.text
            parts[unit_id] = best
    return {unit_id: (role, phrases[unit_id]) for unit_id, (role, _) in parts.items()}
