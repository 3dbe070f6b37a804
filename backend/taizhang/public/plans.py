"""Issued plans and their released progress (已印发的任务分解表、已公布的进展).

Of a period that was not released nothing shows: states are those frozen at the release, evidence that of reports
accepted up to it.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal_column, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.attachments.models import Evidence, Openness
from taizhang.core.clock import local_day
from taizhang.core.problems import NotFound
from taizhang.plans.models import Assignment, AssignmentRole, AssignmentState, Period, Plan, PlanStatus, Task
from taizhang.plans.schemas import ASSIGNMENT_ROLE_WORDS, ASSIGNMENT_STATE_WORDS
from taizhang.progress.models import ProgressRelease, Submission, SubmissionEvidence
from taizhang.public.schemas import (
    OpenEvidence,
    PlanSummary,
    PublicPlan,
    PublicTask,
    ReleasedPeriod,
    TaskUnit,
    UnitName,
)
from taizhang.units.models import Unit
from taizhang.workflow.rules import State

ISSUED = col(Plan.status) != PlanStatus.DRAFT
Released = tuple[ProgressRelease, Period]


def listing(year: int | None) -> Select[Any]:
    """Issued plans, newest first, with how many tasks and units they have."""
    tasks = select(func.count()).where(col(Task.plan_id) == Plan.id).correlate(Plan).scalar_subquery()
    units = select(func.count(col(Assignment.unit_id).distinct())).where(col(Assignment.plan_id) == Plan.id)
    statement = (
        select(Plan, Unit, tasks.label("tasks"), units.correlate(Plan).scalar_subquery().label("units"))
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(ISSUED)
        .order_by(col(Plan.year).desc(), col(Plan.created_at).desc(), col(Plan.id).desc())
    )
    return statement if year is None else statement.where(col(Plan.year) == year)


def page(session: Session, year: int | None, *, offset: int, size: int) -> tuple[list[PlanSummary], int]:
    """One page of the plans, and how many there are."""
    statement = listing(year)
    counted = statement.with_only_columns(literal_column("1")).order_by(None).subquery()
    total = session.connection().execute(select(func.count()).select_from(counted)).scalar_one()
    found = session.execute(statement.limit(size).offset(offset)).all()
    released = latest(session, [plan.id for plan, *_ in found])
    return [_summary(row, released.get(row[0].id)) for row in found], total


def latest(session: Session, plan_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Released]:
    """Of each plan the latest period that is public."""
    statement = (
        rows(ProgressRelease, Period)
        .join(Period, col(Period.id) == ProgressRelease.period_id)
        .where(col(ProgressRelease.plan_id).in_(plan_ids), col(ProgressRelease.withdrawn_at).is_(None))
        .order_by(col(Period.position))
    )
    return {release.plan_id: (release, period) for release, period in session.exec(statement)}


def one(session: Session, plan_id: uuid.UUID) -> PublicPlan:
    """An issued plan with its tasks, and the progress that is public.

    Raises:
        NotFound: there is none, or it is not issued.
    """
    found = session.execute(listing(None).where(col(Plan.id) == plan_id)).one_or_none()
    if found is None:
        raise NotFound("not-found", "没有找到，或没有公布")
    released = latest(session, [plan_id]).get(plan_id)
    summary = _summary(found, released)
    tasks = session.exec(rows(Task).where(Task.plan_id == plan_id).order_by(col(Task.position))).all()
    units = _frozen(released[0]) if released else _assigned(session, plan_id)
    shown = _evidence(session, plan_id, released[1]) if released else {}
    return PublicPlan(
        **dict(summary),
        task_list=[
            PublicTask(
                **task.model_dump(include={"position", "category", "subcategory", "title", "content"}),
                units=units.get(task.id, []),
                evidence=shown.get(task.id, []),
            )
            for task in tasks
        ],
    )


def _summary(row: Any, released: Released | None) -> PlanSummary:
    plan, unit, tasks, units = row
    return PlanSummary(
        **plan.model_dump(include={"id", "year", "title", "document_no", "issued_on", "status"}),
        unit=UnitName.model_validate(unit),
        tasks=tasks,
        units=units,
        released=_period(released) if released else None,
    )


def _period(released: Released) -> ReleasedPeriod:
    release, period = released
    states = Counter(each["state"] for each in release.standings)
    return ReleasedPeriod(
        label=period.label,
        released_on=local_day(release.released_at),
        statement=release.statement,
        counts={state.value: states[state.value] for state in AssignmentState},
    )


def _frozen(release: ProgressRelease) -> dict[uuid.UUID, list[TaskUnit]]:
    found: dict[uuid.UUID, list[TaskUnit]] = defaultdict(list)
    for each in release.standings:
        unit = _unit(each["unit"], AssignmentRole(each["role"]), AssignmentState(each["state"]))
        found[uuid.UUID(each["task_id"])].append(unit)
    return found


def _assigned(session: Session, plan_id: uuid.UUID) -> dict[uuid.UUID, list[TaskUnit]]:
    statement = (
        rows(Assignment.task_id, Assignment.role, Unit.short_name)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id)
        .order_by(col(Assignment.role), col(Unit.path))
    )
    found: dict[uuid.UUID, list[TaskUnit]] = defaultdict(list)
    for task_id, role, name in session.exec(statement):
        found[task_id].append(_unit(name, AssignmentRole(role), None))
    return found


def _unit(name: str, role: AssignmentRole, state: AssignmentState | None) -> TaskUnit:
    state_words = ASSIGNMENT_STATE_WORDS[state] if state else None
    return TaskUnit(name=name, role=role, role_words=ASSIGNMENT_ROLE_WORDS[role], state=state, state_words=state_words)


def _evidence(session: Session, plan_id: uuid.UUID, until: Period) -> dict[uuid.UUID, list[OpenEvidence]]:
    """Evidence of accepted reports that is marked 主动公开, passed the secrecy check and stands at a public address."""
    statement = (
        rows(Assignment.task_id, Evidence, Unit.short_name)
        .join(Submission, col(Submission.assignment_id) == Assignment.id)
        .join(Period, col(Period.id) == Submission.period_id)
        .join(SubmissionEvidence, col(SubmissionEvidence.submission_id) == Submission.id)
        .join(Evidence, col(Evidence.id) == SubmissionEvidence.evidence_id)
        .join(Unit, col(Unit.id) == Evidence.unit_id)
        .where(
            Assignment.plan_id == plan_id,
            Submission.state == State.ACCEPTED,
            Period.position <= until.position,
            Evidence.openness == Openness.OPEN,
            col(Evidence.secrecy_checked),
            col(Evidence.url).is_not(None),
        )
        .order_by(col(Evidence.published_on).desc().nulls_last(), col(Evidence.id))
    )
    found: dict[uuid.UUID, dict[uuid.UUID, OpenEvidence]] = defaultdict(dict)
    for task_id, evidence, name in session.exec(statement):
        said = evidence.model_dump(include={"title", "document_no", "published_on", "url"})
        found[task_id][evidence.id] = OpenEvidence(**said, unit=name)
    return {task_id: list(kept.values()) for task_id, kept in found.items()}
