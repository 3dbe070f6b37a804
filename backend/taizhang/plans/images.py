"""Images of tasks (任务的全貌): a task with its duties and units as one value, to write, to compare, to put back.

A commit writes images and an undo writes the earlier ones, so both know a single way of changing a task.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Date, DateTime, Uuid, delete, func, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from taizhang.core.columns import Table
from taizhang.plans import rules
from taizhang.plans.importing.draft import DraftRow
from taizhang.plans.models import Assignment, Duty, DutyKind, Task

Image = dict[str, Any]
"""JSON: the task's own columns, ``duties`` and ``assignments`` as lists of theirs; without keys, plan and version."""

_APART = {"id", "plan_id", "task_id", "version"}


@lru_cache
def _names(model: type[Table]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in _APART)


@lru_cache
def _blank(model: type[Table]) -> dict[str, Any]:
    """A record as it begins: every column at its default, None where it has none."""
    fields = {name: model.model_fields[name] for name in _names(model)}
    return {name: None if field.is_required() else to_jsonable_python(field.default) for name, field in fields.items()}


def of_plan(session: Session, plan_id: uuid.UUID) -> dict[uuid.UUID, Image]:
    """The tasks of a plan in their order."""
    tasks = _selected(session, Task, col(Task.plan_id) == plan_id, order=col(Task.position), key="id")
    images: dict[uuid.UUID, Image] = {key: {**own, "duties": [], "assignments": []} for key, own in tasks}
    of_this = col(Duty.task_id).in_(sa_select(col(Task.id)).where(col(Task.plan_id) == plan_id))
    for task_id, duty in _selected(session, Duty, of_this, order=col(Duty.position)):
        images[task_id]["duties"].append(duty)
    mine = col(Assignment.plan_id) == plan_id
    for task_id, part in _selected(session, Assignment, mine, order=col(Assignment.unit_id)):
        images[task_id]["assignments"].append(part)
    return images


def _selected(
    session: Session, model: type[Table], where: Any, *, order: Any, key: str = "task_id"
) -> Iterator[tuple[uuid.UUID, dict[str, Any]]]:
    names = _names(model)
    columns = [getattr(model, name) for name in (key, *names)]
    for found, *values in session.connection().execute(sa_select(*columns).where(where).order_by(order)):
        yield found, dict(zip(names, map(to_jsonable_python, values), strict=True))


def of_row(row: DraftRow, *, position: int | None = None, earlier: Image | None = None) -> Image:
    """What a row of a draft becomes. ``earlier``: the task it replaces; what an import does not know stays."""
    units = {part["unit_id"]: part for part in earlier["assignments"]} if earlier else {}
    parts = sorted((str(unit_id), *part) for unit_id, part in _parts(row).items())
    return {
        **(earlier or _blank(Task)),
        "position": position or row.position,
        "category": row.category[:200],
        "subcategory": row.subcategory[:200] if row.subcategory else None,
        "title": row.title[:300],
        "content": row.content,
        "assignees_text": "、".join(assignee.text for assignee in row.assignees),
        "duties": _duties(row, earlier),
        "assignments": [
            {**units.get(unit_id, _blank(Assignment)), "unit_id": unit_id, "role": role, "phrase": phrase[:300]}
            for unit_id, role, phrase in parts
        ],
    }


def _duties(row: DraftRow, earlier: Image | None) -> list[dict[str, Any]]:
    known = {duty["text"]: duty for duty in earlier["duties"]} if earlier else {}
    duties = [
        {**known.get(duty.text, _blank(Duty)), **duty.model_dump(mode="json", exclude={"confirmed"})}
        for duty in row.duties
    ]
    if row.due and row.due.on and not any(duty.due_on == row.due.on for duty in row.duties):
        duties.append(_own_deadline(row, row.due.on, len(duties) + 1))
    return duties


def _own_deadline(row: DraftRow, on: date, position: int) -> dict[str, Any]:
    """A deadline that stands in a column of its own is a duty too: the task done by that day."""
    whole = {"text": row.content, "start": 0, "end": len(row.content)}
    return {**_blank(Duty), **whole, "position": position, "kind": DutyKind.DATE.value, "due_on": on.isoformat()}


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


def digest(image: Image) -> str:
    """Equal for equal tasks, whatever order their parts came in."""
    plain = {**image, "assignments": sorted(image["assignments"], key=lambda part: str(part["unit_id"]))}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def new_ids(session: Session, count: int) -> list[uuid.UUID]:
    """So many keys, in order."""
    numbers = func.generate_series(1, count).table_valued("n")
    return list(session.connection().execute(sa_select(func.uuidv7()).select_from(numbers)).scalars())


def add(session: Session, plan_id: uuid.UUID, images: Mapping[uuid.UUID, Image]) -> None:
    """Insert tasks under these ids."""
    if not images:
        return
    own = {"plan_id": plan_id, "version": 1}
    tasks = [{"id": task_id, **own, **_typed(Task, image)} for task_id, image in images.items()]
    session.connection().execute(insert(Task), tasks)
    _add_parts(session, plan_id, images)


def replace(session: Session, plan_id: uuid.UUID, images: Mapping[uuid.UUID, Image]) -> None:
    """Make tasks of a plan be these images; whoever had read one before gets 412."""
    if not images:
        return
    connection = session.connection()
    _remove_parts(session, images)
    # A position is free only once its holder has left it.
    mine = col(Task.id).in_(images)
    connection.execute(update(Task).where(mine).values(position=-Task.position, version=Task.version + 1))
    for task_id, image in images.items():
        connection.execute(update(Task).where(col(Task.id) == task_id).values(_typed(Task, image)))
    _add_parts(session, plan_id, images)


def remove(session: Session, task_ids: Iterable[uuid.UUID]) -> None:
    """Delete tasks with all their parts."""
    ids = list(task_ids)
    if not ids:
        return
    _remove_parts(session, ids)
    session.connection().execute(delete(Task).where(col(Task.id).in_(ids)))


def _remove_parts(session: Session, task_ids: Iterable[uuid.UUID]) -> None:
    ids = list(task_ids)
    session.connection().execute(delete(Duty).where(col(Duty.task_id).in_(ids)))
    session.connection().execute(delete(Assignment).where(col(Assignment.task_id).in_(ids)))


def _add_parts(session: Session, plan_id: uuid.UUID, images: Mapping[uuid.UUID, Image]) -> None:
    duties = [
        {"task_id": task_id, **_typed(Duty, duty)} for task_id, image in images.items() for duty in image["duties"]
    ]
    parts = [
        {"task_id": task_id, "plan_id": plan_id, "version": 1, **_typed(Assignment, part)}
        for task_id, image in images.items()
        for part in image["assignments"]
    ]
    if duties:
        session.connection().execute(insert(Duty), duties)
    if parts:
        session.connection().execute(insert(Assignment), parts)


def _typed(model: type[Table], image: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a model's columns, back from JSON."""
    parsers = _parsers(model)
    return {
        name: parsers[name](image[name]) if name in parsers and image[name] is not None else image[name]
        for name in _names(model)
    }


@lru_cache
def _parsers(model: type[Table]) -> dict[str, Callable[[str], Any]]:
    """How the columns that JSON knows only as text are read."""
    kinds: list[tuple[type[Any], Callable[[str], Any]]] = [
        (Uuid, uuid.UUID),
        (DateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
    ]
    columns = model.__table__.columns  # type: ignore[attr-defined]
    return {column.name: parse for column in columns for kind, parse in kinds if isinstance(column.type, kind)}
