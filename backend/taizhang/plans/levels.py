"""A task beside those of other levels (上下级任务), as columns of its row. Who may see what: ``upstream``."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, null, or_, select
from sqlmodel import col

from taizhang.access.actor import Actor, within
from taizhang.access.permissions import Permission
from taizhang.plans.models import Assignment, Plan, PlanStatus, Task
from taizhang.units.models import Unit
from taizhang.units.rules import ancestors

_MODELS: tuple[Any, ...] = (Task, Plan, Unit)


def upstream(actor: Actor) -> ColumnElement[Any]:
    """Where a task comes from, as JSON; null where nobody said, or where it is out of the caller's sight."""
    task, plan, unit = (model.__table__.alias(f"above_{model.__tablename__}") for model in _MODELS)
    below = within(unit.c.path, actor.scope_path)
    readable = and_(plan.c.status != PlanStatus.DRAFT, or_(below, unit.c.path.in_(ancestors(actor.scope_path))))
    linked = (
        select(
            func.json_build_object(
                *("task_id", task.c.id, "plan_title", plan.c.title, "document_no", plan.c.document_no),
                *("year", plan.c.year, "unit", func.json_build_object("id", unit.c.id, "name", unit.c.name)),
                *("position", task.c.position, "title", task.c.title, "text", task.c.content),
                *("openable", false() if actor.own_unit_only else below),
            )
        )
        .select_from(task)
        .join(plan, plan.c.id == task.c.plan_id)
        .join(unit, unit.c.id == plan.c.unit_id)
        .where(task.c.id == Task.upstream_task_id, readable)
        .correlate(Task)
        .scalar_subquery()
    )
    written = func.json_build_object(
        *("task_id", null(), "plan_title", Task.upstream_plan_title, "document_no", Task.upstream_document_no),
        *("year", null(), "unit", null(), "position", null()),
        *("title", Task.upstream_title, "text", Task.upstream_text, "openable", false()),
    )
    return case((col(Task.upstream_title).is_not(None), written), else_=linked)


def downstream_count(actor: Actor) -> ColumnElement[int]:
    """How many tasks in the caller's sight come from this one; see ``upstream.downstream`` for which."""
    task, plan, unit = (model.__table__.alias(f"below_{model.__tablename__}") for model in _MODELS)
    seen = [within(unit.c.path, actor.scope_path)]
    if not actor.may(Permission.PLAN_WRITE):
        seen.append(plan.c.status != PlanStatus.DRAFT)
    if actor.own_unit_only:
        own = (col(Assignment.task_id) == task.c.id, col(Assignment.unit_id) == actor.unit_id)
        seen.append(exists().where(*own))
    return (
        select(func.count())
        .select_from(task)
        .join(plan, plan.c.id == task.c.plan_id)
        .join(unit, unit.c.id == plan.c.unit_id)
        .where(task.c.upstream_task_id == Task.id, *seen)
        .correlate(Task)
        .scalar_subquery()
    )
