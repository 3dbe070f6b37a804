"""Editing a task while its plan is prepared (编制中的任务): its words, its deadlines and its units, as one change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.problems import FieldError
from taizhang.plans import rules
from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.units import AssigneeState, UnitDirectory, UnitEntry, read_units
from taizhang.plans.models import Assignment, AssignmentRole, Duty, DutyKind, Plan, Task
from taizhang.units.models import Unit

IMPLAUSIBLE_YEARS = 2
ROLE_COLUMNS = {
    AssignmentRole.LEAD: Column.LEAD,
    AssignmentRole.RESPONSIBLE: Column.UNITS,
    AssignmentRole.SUPPORT: Column.SUPPORT,
}


@dataclass
class EditableTask:
    """A task with all that is edited along with it, in their orders."""

    task: Task
    plan: Plan
    duties: list[Duty]
    parts: list[tuple[Assignment, Unit]]

    @property
    def dated(self) -> list[Duty]:
        """Duties with a day of their own."""
        return [duty for duty in self.duties if duty.due_on is not None]

    def units(self, role: AssignmentRole) -> list[str]:
        """Short names of the units with this part."""
        return [unit.short_name for part, unit in self.parts if part.role is role]


@dataclass(frozen=True)
class TaskEdit:
    """What is to change; what is not given stays. ``units`` holds, for a role, the whole text of its column."""

    words: Mapping[str, str | None] = field(default_factory=dict)
    due: Sequence[date] | None = None
    units: Mapping[AssignmentRole, str] = field(default_factory=dict)


def of_plan(session: Session, plan: Plan, *, lock: bool = False) -> list[EditableTask]:
    """A plan's tasks in order, in three queries; locked in the order of their keys so that two editors queue up."""
    wanted = select(Task).where(Task.plan_id == plan.id).order_by(col(Task.id))
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = {task.id: EditableTask(task, plan, [], []) for task in session.exec(wanted)}
    duties = select(Duty).join(Task, col(Task.id) == Duty.task_id).where(Task.plan_id == plan.id)
    for duty in session.exec(duties.order_by(col(Duty.position))):
        found[duty.task_id].duties.append(duty)
    parts = select(Assignment, Unit).join(Unit, col(Unit.id) == Assignment.unit_id)
    for part, unit in session.exec(parts.where(Assignment.plan_id == plan.id).order_by(col(Unit.path))):
        found[part.task_id].parts.append((part, unit))
    return sorted(found.values(), key=lambda each: each.task.position)


def faults(editable: EditableTask, edit: TaskEdit, known: UnitDirectory) -> list[FieldError]:
    """What forbids an edit: pointers are ``content``, ``due``, ``lead``, ``responsible`` and ``support``."""
    duties = [duty.text for duty in editable.duties]
    lost = rules.lost_words(editable.task.content, edit.words.get("content"), duties)
    found = [FieldError("content", "duty-text-lost", f"要求的原文不在新内容里：“{text[:40]}”") for text in lost]
    if edit.due is not None:
        found += _due_faults(editable, edit.due)
    found += parts_after(editable, edit.units, known)[1]
    return found


def _due_faults(editable: EditableTask, due: Sequence[date]) -> list[FieldError]:
    before = [duty.due_on for duty in editable.dated if duty.due_on]
    if not rules.new_dates(before, due):
        words = f"这项任务有 {len(before)} 个时限，改后须仍是 {len(before)} 个，依次对应"
        return [FieldError("due", "due-count", words)]
    year = editable.plan.year
    far = [day for day in due if abs(day.year - year) > IMPLAUSIBLE_YEARS]
    return [FieldError("due", "due-implausible", f"{day.isoformat()} 离 {year} 年度太远，请核对") for day in far]


Parts = dict[UUID, tuple[str, str]]


def parts_after(
    editable: EditableTask, units: Mapping[AssignmentRole, str], known: UnitDirectory
) -> tuple[Parts, list[FieldError]]:
    """Each unit's role and phrase after an edit, the stronger part where a unit stands in two columns."""
    directory = _with_own(known, editable)
    held = {unit.id: (part.role.value, part.phrase) for part, unit in editable.parts}
    best: dict[UUID, tuple[str, bool]] = {
        unit.id: (part.role.value, True) for part, unit in editable.parts if part.role not in units
    }
    phrases = {unit_id: held[unit_id][1] for unit_id in best}
    found = []
    for role, text in units.items():
        for read in read_units(text, ROLE_COLUMNS[role], directory):
            if read.state not in (AssigneeState.MATCHED, AssigneeState.GROUP):
                found.append(FieldError(role.value, f"assignee-{read.state}", f"“{read.text}”：{read.note}"))
            for unit_id in read.unit_ids:
                part = (read.role, len(read.unit_ids) == 1)
                if unit_id not in best or rules.stronger(best[unit_id], part) == part != best[unit_id]:
                    best[unit_id] = part
                    phrases[unit_id] = held[unit_id][1] if unit_id in held else read.text
    return {unit_id: (role_of, phrases[unit_id]) for unit_id, (role_of, _) in best.items()}, found


def _with_own(known: UnitDirectory, editable: EditableTask) -> UnitDirectory:
    """The directory, and the task's own units even where they no longer exist."""
    listed = {unit.id for unit in known.units}
    own = [UnitEntry(unit.id, unit.name, unit.short_name, unit.kind.value) for _, unit in editable.parts]
    return UnitDirectory((*known.units, *(entry for entry in own if entry.id not in listed)), known.groups)


def write_words(task: Task, duties: Sequence[Duty], words: Mapping[str, Any]) -> None:
    """Change a task's words; its duties keep their places in the content, see ``rules.lost_words``."""
    old = task.content
    for name, value in words.items():
        setattr(task, name, value)
    for duty in duties if "content" in words else ():
        if duty.text == old:
            duty.text = task.content
        start = task.content.find(duty.text)
        duty.start, duty.end = start, start + len(duty.text)


def write(
    session: Session,
    actor: Actor,
    editable: EditableTask,
    edit: TaskEdit,
    known: UnitDirectory,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Carry out an edit that has no faults, as one version with one audit event of these texts."""
    if edit.words:
        write_words(editable.task, editable.duties, edit.words)
    if edit.due is not None:
        _write_due(session, editable, edit.due)
    if edit.units:
        _write_parts(session, editable, parts_after(editable, edit.units, known)[0])
    editable.task.version += 1
    session.flush()
    audit.record(session, actor, "task.change", "task", editable.task.id, before=before, after=after)


def _write_due(session: Session, editable: EditableTask, due: Sequence[date]) -> None:
    task, dated = editable.task, editable.dated
    if due and not dated:
        # As an import does with a deadline from a column of its own: the task done by that day.
        position = max((duty.position for duty in editable.duties), default=0) + 1
        session.add(
            Duty(
                task_id=task.id,
                position=position,
                text=task.content,
                start=0,
                end=len(task.content),
                kind=DutyKind.DATE,
                due_on=due[0],
            )
        )
        return
    for duty, day in zip(dated, due, strict=False):
        duty.due_on = day
    if not due and dated:
        duty = dated[0]
        if duty.kind is DutyKind.DATE and duty.text == task.content:
            session.delete(duty)
        else:
            duty.due_on = None


def _write_parts(session: Session, editable: EditableTask, parts: Parts) -> None:
    for part, unit in editable.parts:
        if unit.id not in parts:
            session.delete(part)
        elif part.role.value != parts[unit.id][0]:
            part.role = AssignmentRole(parts[unit.id][0])
            part.version += 1
    held = {unit.id for _, unit in editable.parts}
    for unit_id, (role, phrase) in parts.items():
        if unit_id not in held:
            new = Assignment(
                plan_id=editable.plan.id,
                task_id=editable.task.id,
                unit_id=unit_id,
                role=AssignmentRole(role),
                phrase=phrase[:300],
            )
            session.add(new)
    text = editable.task.assignees_text
    phrases = dict.fromkeys(phrase for _, phrase in parts.values())
    ordered = sorted(phrases, key=lambda phrase: text.find(phrase) if phrase in text else len(text))
    editable.task.assignees_text = "、".join(ordered)
