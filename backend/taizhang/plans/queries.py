"""Reading plans and tasks. Drafts are the office's; a unit's own people see the tasks their unit has a part in."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor, within
from taizhang.access.permissions import Permission
from taizhang.core.problems import NotFound
from taizhang.plans import levels, rules
from taizhang.plans.judgements import VERDICT_WORDS
from taizhang.plans.models import Assignment, Duty, DutyJudgement, Period, Plan, PlanImport, PlanStatus, Task
from taizhang.plans.schemas import (
    ASSIGNMENT_ROLE_WORDS,
    ASSIGNMENT_STATE_WORDS,
    DUTY_KIND_WORDS,
    DutyJudgementPublic,
    DutyPublic,
    Overruling,
    PeriodPublic,
    TaskAssignment,
)
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Plans of the caller's government; drafts only for those who prepare them. Wants ``Unit`` joined as the issuer."""
    mine = within(col(Unit.path), actor.scope_path)
    return mine if actor.may(Permission.PLAN_WRITE) else and_(mine, col(Plan.status) != PlanStatus.DRAFT)


def one(session: Session, actor: Actor, plan_id: uuid.UUID, *, lock: bool = False) -> tuple[Plan, Unit]:
    """A plan the caller may see, with its issuer.

    Raises:
        NotFound: absent or outside the scope.
    """
    statement = rows(Plan, Unit).join(Unit, col(Unit.id) == Plan.unit_id).where(Plan.id == plan_id, visible_to(actor))
    found = session.exec(statement.with_for_update(of=Plan) if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def listing(
    actor: Actor, *, plan_id: uuid.UUID | None = None, year: int | None = None, status: PlanStatus | None = None
) -> Select[Any]:
    """Plans as labelled columns of ``PlanPublic``, newest first."""
    columns: list[Any] = [
        col(getattr(Plan, name)).label(name)
        for name in (
            "id",
            "version",
            "year",
            "title",
            "document_no",
            "issued_on",
            "cycle",
            "status",
            "due_day",
            "closes_day",
        )
    ]
    statement = (
        select(
            *columns,
            func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"),
            _counts().label("counts"),
            _actions(actor).label("actions"),
        )
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(visible_to(actor))
        .order_by(col(Plan.year).desc(), col(Plan.created_at).desc(), col(Plan.id).desc())
    )
    if plan_id is not None:
        statement = statement.where(col(Plan.id) == plan_id)
    if year is not None:
        statement = statement.where(col(Plan.year) == year)
    return statement if status is None else statement.where(col(Plan.status) == status)


def _counts() -> ColumnElement[Any]:
    def count(what: Any, *where: Any) -> Any:
        return select(func.count(what)).where(*where).correlate(Plan).scalar_subquery()

    # A unit's own people see their own part alone, and know how many there are.
    parts = func.guard.parts_of_plan(Plan.id).table_valued("assignments", "units").lateral("parts")
    return func.json_build_object(
        "tasks",
        count(col(Task.id), col(Task.plan_id) == Plan.id),
        "assignments",
        select(parts.c.assignments).scalar_subquery(),
        "duties",
        count(col(Duty.id), col(Duty.task_id) == Task.id, col(Task.plan_id) == Plan.id),
        "units",
        select(parts.c.units).scalar_subquery(),
    )


def _actions(actor: Actor) -> ColumnElement[Any]:
    may = {"may_write": actor.may(Permission.PLAN_WRITE), "may_issue": actor.may(Permission.PLAN_ISSUE)}
    answers = [
        (col(Plan.status) == status, func.json_build_array(*map(literal, rules.plan_actions(status, **may))))
        for status in PlanStatus
    ]
    return case(*answers)


def described(session: Session, actor: Actor, plan_id: uuid.UUID) -> dict[str, Any]:
    """One plan as labelled columns.

    Raises:
        NotFound: absent or outside the scope.
    """
    row = session.connection().execute(listing(actor, plan_id=plan_id)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def periods(session: Session, plan_id: uuid.UUID, *, today: date) -> list[PeriodPublic]:
    """A plan's reporting periods in order."""
    found = session.exec(rows(Period).where(Period.plan_id == plan_id).order_by(col(Period.position))).all()
    names = [name for name in PeriodPublic.model_fields if name != "state"]
    return [
        PeriodPublic(
            **{name: getattr(period, name) for name in names},
            state=rules.period_state(period.opens_on, period.due_on, period.closes_on, today),
        )
        for period in found
    ]


def own_task(actor: Actor) -> ColumnElement[bool]:
    """Tasks a caller sees: all of a visible plan, or those the own unit has a part in."""
    if not actor.own_unit_only:
        return literal(True)
    return exists().where(col(Assignment.task_id) == Task.id, col(Assignment.unit_id) == actor.unit_id)


def tasks(
    actor: Actor,
    *,
    plan_id: uuid.UUID | None = None,
    year: int | None = None,
    category: str | None = None,
    unit_path: str | None = None,
    q: str | None = None,
    task_id: uuid.UUID | None = None,
) -> Select[Any]:
    """Tasks as labelled columns of ``TaskPublic``, in the order of their plan."""
    names = ("id", "plan_id", "position", "category", "subcategory", "title", "content", "assignees_text", "version")
    columns: list[Any] = [col(getattr(Task, name)).label(name) for name in names]
    duties = select(func.count()).where(col(Duty.task_id) == Task.id).correlate(Task).scalar_subquery()
    assigned = func.guard.assignments_of_task(Task.id)
    statement = (
        select(
            *columns,
            col(Plan.year).label("plan_year"),
            duties.label("duty_count"),
            assigned.label("assignment_count"),
            levels.upstream(actor).label("upstream"),
            levels.downstream_count(actor).label("downstream_count"),
        )
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(visible_to(actor), own_task(actor))
        .order_by(col(Plan.year).desc(), col(Task.plan_id), col(Task.position), col(Task.id))
    )
    wanted = {Task.plan_id: plan_id, Plan.year: year, Task.category: category, Task.id: task_id}
    for column, value in wanted.items():
        if value is not None:
            statement = statement.where(column == value)  # type: ignore[arg-type]
    if unit_path is not None:
        statement = statement.where(_has_part(unit_path))
    if q:
        like = escaped_like(q)
        statement = statement.where(or_(col(Task.title).ilike(like), col(Task.content).ilike(like)))
    return statement


def _has_part(unit_path: str) -> ColumnElement[bool]:
    holder = Unit.__table__.alias("holder")  # type: ignore[attr-defined]
    return exists().where(
        col(Assignment.task_id) == Task.id,
        holder.c.id == Assignment.unit_id,
        within(holder.c.path, unit_path),
    )


def task(session: Session, actor: Actor, task_id: uuid.UUID) -> dict[str, Any]:
    """One task as labelled columns.

    Raises:
        NotFound: absent or outside the scope.
    """
    row = session.connection().execute(tasks(actor, task_id=task_id)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def duties(session: Session, task_id: uuid.UUID) -> list[DutyPublic]:
    """A task's duties in order."""
    statement = (
        rows(Duty, Unit)
        .outerjoin(Unit, col(Unit.id) == Duty.owner_unit_id)
        .where(Duty.task_id == task_id)
        .order_by(col(Duty.position))
    )
    names = [name for name in DutyPublic.model_fields if name not in ("kind_words", "owner_unit")]
    return [
        DutyPublic.model_validate(
            {name: getattr(duty, name) for name in names}
            | {
                "kind_words": DUTY_KIND_WORDS[duty.kind],
                "owner_unit": {"id": owner.id, "name": owner.name} if owner else None,
            }
        )
        for duty, owner in session.exec(statement)
    ]


def judgements(session: Session, assignment_id: uuid.UUID) -> dict[uuid.UUID, DutyJudgement]:
    """What the registers say of an assignment's duties, by duty."""
    statement = rows(DutyJudgement).where(DutyJudgement.assignment_id == assignment_id)
    return {found.duty_id: found for found in session.exec(statement)}


def described_judgement(found: DutyJudgement) -> DutyJudgementPublic:
    """A judgement in words, with what the office decided instead."""
    overruled = None
    if found.overruled_verdict and found.overruled_at:
        overruled = Overruling(
            verdict=found.overruled_verdict,
            verdict_words=VERDICT_WORDS[found.effective],
            done_on=found.overruled_done_on,
            reason=found.overrule_reason or "",
            by=found.overruled_by_name or "",
            at=found.overruled_at,
        )
    computed = ("verdict_words", "overruled", "effective", "effective_words")
    return DutyJudgementPublic(
        **{name: getattr(found, name) for name in DutyJudgementPublic.model_fields if name not in computed},
        verdict_words=VERDICT_WORDS[found.verdict],
        overruled=overruled,
        effective=found.effective,
        effective_words=VERDICT_WORDS[found.effective],
    )


def assignments(session: Session, actor: Actor, task_id: uuid.UUID) -> list[TaskAssignment]:
    """The units of a task, in tree order; for a unit's own people their own part alone."""
    statement = (
        rows(Assignment, Unit)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(Assignment.task_id == task_id, actor.scope(col(Unit.path)))
        .order_by(col(Unit.path))
    )
    return [
        TaskAssignment.model_validate(
            {
                "id": part.id,
                "unit": {"id": unit.id, "name": unit.name},
                "short_name": unit.short_name,
                "role": part.role,
                "role_words": ASSIGNMENT_ROLE_WORDS[part.role],
                "phrase": part.phrase,
                "state": part.state,
                "state_words": ASSIGNMENT_STATE_WORDS[part.state],
            }
        )
        for part, unit in session.exec(statement)
    ]


def imports(actor: Actor) -> Select[Any]:
    """Imports of the caller's government without their rows, newest first."""
    names = (
        "id",
        "version",
        "state",
        "file_name",
        "format",
        "title",
        "year",
        "document_no",
        "issued_on",
        "created_at",
        "plan_id",
    )
    columns: list[Any] = [col(getattr(PlanImport, name)).label(name) for name in names]
    return (
        select(
            *columns,
            func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"),
            col(PlanImport.draft)["summary"].label("summary"),
        )
        .join(Unit, col(Unit.id) == PlanImport.unit_id)
        .where(within(col(Unit.path), actor.scope_path))
        .order_by(col(PlanImport.created_at).desc(), col(PlanImport.id).desc())
    )


def one_import(session: Session, actor: Actor, import_id: uuid.UUID, *, lock: bool = False) -> tuple[PlanImport, Unit]:
    """An import of the caller's government.

    Raises:
        NotFound: absent or outside the scope.
    """
    statement = (
        rows(PlanImport, Unit)
        .join(Unit, col(Unit.id) == PlanImport.unit_id)
        .where(PlanImport.id == import_id, within(col(Unit.path), actor.scope_path))
    )
    found = session.exec(statement.with_for_update(of=PlanImport) if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    return found
