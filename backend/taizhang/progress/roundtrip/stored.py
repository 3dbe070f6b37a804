"""The rows as the ledger holds them (库里现在): what a workbook's lines are compared with, and how one is written."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.plans import assigning, editing
from taizhang.plans.editing import EditableTask, TaskEdit
from taizhang.plans.importing.units import UnitDirectory
from taizhang.plans.models import Assignment, AssignmentRole, Plan, Task
from taizhang.progress.roundtrip.cells import DAY_SEPARATOR, SEPARATOR, read_days
from taizhang.progress.roundtrip.columns import SheetName
from taizhang.progress.roundtrip.comparing import RowProblem, Stored
from taizhang.units.models import Unit

WORDS = ("category", "subcategory", "title", "content")
Directory = Callable[[], UnitDirectory]


def task_texts(editable: EditableTask) -> dict[str, str]:
    """A task's editable columns as text."""
    words = {name: getattr(editable.task, name) or "" for name in WORDS}
    units = {role.value: SEPARATOR.join(editable.units(role)) for role in AssignmentRole}
    due = DAY_SEPARATOR.join(duty.due_on.isoformat() for duty in editable.dated if duty.due_on)
    return {**words, **units, "due": due}


def edit_of(after: Mapping[str, str]) -> TaskEdit:
    """The edit that edited cells ask for."""
    return TaskEdit(
        words={name: after[name] or None if name == "subcategory" else after[name] for name in WORDS if name in after},
        due=read_days(after["due"]) if "due" in after else None,
        units={role: after[role.value] for role in AssignmentRole if role.value in after},
    )


def tasks(session: Session, plan: Plan, *, lock: bool = False) -> dict[uuid.UUID, EditableTask]:
    """The plan's tasks by id, in order."""
    return {each.task.id: each for each in editing.of_plan(session, plan, lock=lock)}


def stored_tasks(found: Mapping[uuid.UUID, EditableTask], known: Directory) -> list[Stored]:
    """The plan's tasks for comparing."""
    return [
        Stored(
            SheetName.TASKS,
            each.task.id,
            each.task.id,
            each.task.version,
            f"第 {each.task.position} 项　{each.task.title}",
            task_texts(each),
            partial(_task_problems, each, known),
        )
        for each in found.values()
    ]


def _task_problems(editable: EditableTask, known: Directory, after: Mapping[str, str]) -> Sequence[RowProblem]:
    edit = edit_of(after)
    directory = known() if edit.units else UnitDirectory((), ())
    return [RowProblem(fault.code, fault.detail, fault.pointer) for fault in editing.faults(editable, edit, directory)]


def assignments(session: Session, plan: Plan, *, lock: bool = False) -> dict[uuid.UUID, tuple[Assignment, Task, Unit]]:
    """The plan's assignments by id, in order of task and unit; locked in the order of their keys."""
    statement = (
        select(Assignment, Task, Unit)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(Assignment.plan_id == plan.id)
        .order_by(col(Assignment.id))
    )
    if lock:
        statement = statement.with_for_update(of=Assignment).execution_options(populate_existing=True)
    found = sorted(session.exec(statement).all(), key=lambda row: (row[1].position, row[2].path))
    return {assignment.id: (assignment, task, unit) for assignment, task, unit in found}


def stored_assignments(found: Mapping[uuid.UUID, tuple[Assignment, Task, Unit]]) -> list[Stored]:
    """The plan's assignments for comparing."""
    return [
        Stored(
            SheetName.ASSIGNMENTS,
            assignment.id,
            task.id,
            assignment.version,
            f"第 {task.position} 项　{task.title}　·　{unit.short_name}",
            {"contact": assignment.contact, "note": assignment.note},
        )
        for assignment, task, unit in found.values()
    ]


def write_task(
    session: Session, actor: Actor, editable: EditableTask, known: Directory, after: Mapping[str, str]
) -> None:
    """Write a task's edited cells."""
    edit = edit_of(after)
    texts = task_texts(editable)
    before = {name: texts[name] for name in after}
    directory = known() if edit.units else UnitDirectory((), ())
    editing.write(session, actor, editable, edit, directory, before=before, after=after)


def write_assignment(session: Session, actor: Actor, assignment: Assignment, after: Mapping[str, str]) -> None:
    """Write an assignment's edited cells."""
    assigning.write_memo(session, actor, assignment, after)
