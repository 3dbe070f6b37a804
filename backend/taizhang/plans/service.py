"""Plans from preparation to the end of the year (分解表：编制、印发、关闭、沿用)."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, FieldError, Invalid, NotFound
from taizhang.core.versions import require_version
from taizhang.plans import editing, queries, rules, upstream
from taizhang.plans.models import Assignment, Cycle, Duty, Period, Plan, PlanStatus, Task
from taizhang.plans.schemas import AssignmentCreate, PlanCreate, PlanIssue, PlanPatch, TaskPatch
from taizhang.units.models import Unit

CONSTRAINTS["uq_assignment_task_id_unit_id"] = "该单位已在责任单位之列"

ON_ISSUE: list[Callable[[Session, Plan, date], None]] = []
"""What else an issue brings about, in the same transaction; packages above add themselves."""


def issuer(session: Session, actor: Actor, unit_id: uuid.UUID | None) -> Unit:
    """The unit a plan is issued by: the one named, or the government the caller serves.

    Raises:
        Invalid: it is outside the caller's scope.
    """
    if unit_id is None:
        return session.exec(select(Unit).where(Unit.path == actor.scope_path)).one()
    unit = session.get(Unit, unit_id)
    if unit is None or not actor.sees(unit.path):
        raise Invalid.field("#/unit_id", "unit-unknown", "没有这个单位")
    return unit


def create(session: Session, actor: Actor, data: PlanCreate, *, now: datetime) -> Plan:
    """An empty plan."""
    unit = issuer(session, actor, data.unit_id)
    plan = Plan(**data.model_dump(exclude={"unit_id"}), unit_id=unit.id, created_by=actor.user_id, created_at=now)
    session.add(plan)
    session.flush()
    audit.record(session, actor, "plan.create", "plan", plan.id, after=data.model_dump())
    return plan


def change(session: Session, actor: Actor, plan_id: uuid.UUID, data: PlanPatch, if_match: str | None) -> Plan:
    """Change a plan; cycle and days only before it is issued."""
    plan, _ = queries.one(session, actor, plan_id, lock=True)
    require_version(if_match, plan.version, current=lambda: queries.described(session, actor, plan_id))
    changes = data.model_dump(exclude_unset=True)
    if plan.status is not PlanStatus.DRAFT and changes.keys() - {"title", "document_no", "issued_on"}:
        raise Conflict("plan-issued", "分解表已印发", detail="印发后不能再改填报周期，只能改标题、文号和印发日期")
    before = {name: getattr(plan, name) for name in changes}
    for name, value in changes.items():
        if value is not None or name in ("document_no", "issued_on"):
            setattr(plan, name, value)
    if plan.closes_day < plan.due_day:
        raise Invalid.field("#/closes_day", "days-crossed", "关闭日不能早于应报日")
    plan.version += 1
    audit.record(session, actor, "plan.change", "plan", plan.id, before=before, after=changes)
    return plan


def issue(session: Session, actor: Actor, plan_id: uuid.UUID, data: PlanIssue, *, now: datetime) -> Plan:
    """Issue a plan: its periods are laid out and every assignment begins to owe.

    Raises:
        Conflict: already issued, or a task has no unit.
    """
    plan, unit = queries.one(session, actor, plan_id, lock=True)
    if plan.status is not PlanStatus.DRAFT:
        raise Conflict("plan-issued", "分解表已印发")
    _require_units(session, plan)
    plan.cycle = data.cycle or Cycle(plan.cycle)
    # From the day it is issued here: nobody can be asked to report on a period that is over.
    first = data.first_period or local_day(now)
    laid = rules.periods(plan.year, plan.cycle, first, due_day=plan.due_day, closes_day=plan.closes_day)
    periods = [Period(plan_id=plan.id, **{name: getattr(dates, name) for name in dates.__slots__}) for dates in laid]
    session.add_all(periods)
    session.flush()
    _begin(session, plan, periods[0])
    plan.status = PlanStatus.ISSUED
    plan.issued_on = plan.issued_on or local_day(now)
    plan.version += 1
    session.flush()
    for issued in ON_ISSUE:
        issued(session, plan, local_day(now))
    audit.record(session, actor, "plan.issue", "plan", plan.id, after={"cycle": plan.cycle, "periods": len(periods)})
    notify.publish(session, "plan", plan.id, action="issue", unit_id=unit.id, unit_path=unit.path)
    return plan


def _require_units(session: Session, plan: Plan) -> None:
    assigned = select(Assignment.task_id).where(Assignment.plan_id == plan.id)
    bare = session.exec(
        select(Task).where(Task.plan_id == plan.id, col(Task.id).not_in(assigned)).order_by(col(Task.position))
    ).all()
    if bare:
        errors = [FieldError(f"#/tasks/{task.position}", "no-assignee", f"“{task.title}”没有责任单位") for task in bare]
        raise Conflict(
            "plan-unassigned", "有任务没有责任单位", detail=f"有 {len(bare)} 项任务没有责任单位", errors=errors
        )
    if not session.exec(select(Task.id).where(Task.plan_id == plan.id).limit(1)).first():
        raise Conflict("plan-empty", "分解表中没有任务")


def _begin(session: Session, plan: Plan, first: Period) -> None:
    """Every assignment owes the first period, and its earliest dated duty."""
    due: dict[uuid.UUID, list[Duty]] = {}
    statement = select(Duty).join(Task, col(Task.id) == Duty.task_id).where(Task.plan_id == plan.id)
    for duty in session.exec(statement):
        due.setdefault(duty.task_id, []).append(duty)
    for assignment in session.exec(select(Assignment).where(Assignment.plan_id == plan.id)):
        own = [duty for duty in due.get(assignment.task_id, []) if duty.owner_unit_id in (None, assignment.unit_id)]
        assignment.due_on = rules.earliest(duty.due_on for duty in own)
        assignment.report_period_id, assignment.report_due_on = first.id, first.due_on


def close(session: Session, actor: Actor, plan_id: uuid.UUID) -> Plan:
    """Close a plan after its year; nothing is reported on it any more."""
    plan, unit = queries.one(session, actor, plan_id, lock=True)
    if plan.status is not PlanStatus.ISSUED:
        raise Conflict("plan-not-issued", "分解表没有印发，或已经关闭")
    plan.status = PlanStatus.CLOSED
    plan.version += 1
    audit.record(session, actor, "plan.close", "plan", plan.id)
    notify.publish(session, "plan", plan.id, action="close", unit_id=unit.id, unit_path=unit.path)
    return plan


def copy(session: Session, actor: Actor, plan_id: uuid.UUID, year: int, *, now: datetime) -> Plan:
    """Take a plan over into another year as a draft; each task remembers the one it came from."""
    source, _ = queries.one(session, actor, plan_id)
    title = source.title.replace(str(source.year), str(year))
    plan = Plan(
        unit_id=source.unit_id,
        year=year,
        title=title,
        cycle=source.cycle,
        due_day=source.due_day,
        closes_day=source.closes_day,
        copied_from_id=source.id,
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    for task in session.exec(select(Task).where(Task.plan_id == source.id).order_by(col(Task.position))).all():
        _copy_task(session, plan, task, year - source.year)
    audit.record(session, actor, "plan.copy", "plan", plan.id, after={"from": source.id, "year": year})
    return plan


def _copy_task(session: Session, plan: Plan, task: Task, years: int) -> None:
    own = ("position", "category", "subcategory", "title", "content", "assignees_text")
    copied = Task(plan_id=plan.id, copied_from_id=task.id, **{name: getattr(task, name) for name in own})
    session.add(copied)
    session.flush()
    same = (
        "position",
        "text",
        "start",
        "end",
        "kind",
        "within",
        "threshold",
        "per",
        "trigger",
        "register_slug",
        "indicator_key",
        "owner_unit_id",
    )
    for duty in session.exec(select(Duty).where(Duty.task_id == task.id)).all():
        fields = {name: getattr(duty, name) for name in same}
        session.add(Duty(task_id=copied.id, due_on=rules.shifted(duty.due_on, years), **fields))
    for part in session.exec(select(Assignment).where(Assignment.task_id == task.id)).all():
        session.add(
            Assignment(plan_id=plan.id, task_id=copied.id, unit_id=part.unit_id, role=part.role, phrase=part.phrase)
        )
    session.flush()


# -- tasks, while the plan is prepared


def _task(session: Session, actor: Actor, task_id: uuid.UUID, *, in_draft: bool = True) -> tuple[Task, Plan]:
    queries.task(session, actor, task_id)
    task = session.get_one(Task, task_id, with_for_update=True)
    plan = session.get_one(Plan, task.plan_id, with_for_update=True)
    if in_draft and plan.status is not PlanStatus.DRAFT:
        raise Conflict("plan-issued", "分解表已印发", detail="印发后不能再改任务和责任单位")
    return task, plan


def change_task(session: Session, actor: Actor, task_id: uuid.UUID, data: TaskPatch, if_match: str | None) -> None:
    """Change a task's words, or say which task above it comes from, as one version.

    Duties whose words are no longer there are refused, not silently moved.
    """
    words = {name: value for name, value in data.model_dump(exclude={"upstream"}).items() if value is not None}
    task, plan = _task(session, actor, task_id, in_draft=bool(words))
    require_version(if_match, task.version, current=lambda: queries.task(session, actor, task_id))
    if words:
        _change_words(session, actor, task, words)
    if "upstream" in data.model_fields_set:
        upstream.link(session, actor, task, plan, data.upstream)
    task.version += 1
    session.flush()


def _change_words(session: Session, actor: Actor, task: Task, words: dict[str, Any]) -> None:
    before = {name: getattr(task, name) for name in words}
    duties = session.exec(select(Duty).where(Duty.task_id == task.id)).all()
    lost = rules.lost_words(task.content, words.get("content"), [duty.text for duty in duties])
    if lost:
        raise Invalid.field("#/content", "duty-text-lost", f"要求的原文不在新内容里：{lost[0][:40]}")
    editing.write_words(task, duties, words)
    session.flush()
    audit.record(session, actor, "task.change", "task", task.id, before=before, after=words)


def assign(session: Session, actor: Actor, task_id: uuid.UUID, data: AssignmentCreate) -> Assignment:
    """Give a unit a part in a task."""
    task, plan = _task(session, actor, task_id)
    unit = session.get(Unit, data.unit_id)
    if unit is None or not actor.sees(unit.path):
        raise Invalid.field("#/unit_id", "unit-unknown", "没有这个单位")
    assignment = Assignment(plan_id=plan.id, task_id=task.id, unit_id=unit.id, role=data.role, phrase=unit.short_name)
    session.add(assignment)
    task.version += 1
    session.flush()
    audit.record(session, actor, "assignment.create", "assignment", assignment.id, after={"unit": unit.short_name})
    return assignment


def unassign(session: Session, actor: Actor, assignment_id: uuid.UUID) -> None:
    """Take a unit out of a task, before the plan is issued."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise NotFound
    task, _ = _task(session, actor, assignment.task_id)
    task.version += 1
    audit.record(
        session, actor, "assignment.delete", "assignment", assignment.id, before={"unit_id": assignment.unit_id}
    )
    session.connection().execute(delete(Assignment).where(col(Assignment.id) == assignment_id))
