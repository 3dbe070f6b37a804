"""年度重点任务落实情况: what became of the year's tasks, from the words the office accepted (第六部分取材)."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col

from taizhang.access.actor import within
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.drafting import MOST_TASKS, Achieved, Task
from taizhang.annual_reports.models import AnnualReport
from taizhang.core.database import SYSTEM, acting_as
from taizhang.plans.models import Assignment, AssignmentState, Period, Plan, PlanStatus
from taizhang.plans.models import Task as PlanTask
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.workflow.rules import State


def achieved(session: Session, report: AnnualReport) -> Achieved:
    """The tasks of the year: of a unit each with its last accepted words, of a government their number."""
    if report.scope is Scope.GOVERNMENT:
        with acting_as(session, SYSTEM):  # those of its office who write its report see no other unit's tasks
            return _achieved(session, report)
    return _achieved(session, report)


def _achieved(session: Session, report: AnnualReport) -> Achieved:
    mine = col(Unit.id) == report.unit_id if report.scope is Scope.ORGAN else within(col(Unit.path), report.unit_path)
    held = (
        select(col(Assignment.id), col(Assignment.task_id), col(Assignment.state), col(Assignment.plan_id))
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .where(mine, col(Plan.year) == report.year, col(Plan.status) != PlanStatus.DRAFT)
        .cte("held")
    )
    done = func.count().filter(held.c.state == AssignmentState.COMPLETED)
    tasks, completed = session.connection().execute(select(func.count(), done).select_from(held)).one()
    titles = select(col(Plan.title)).where(col(Plan.id).in_(select(held.c.plan_id))).order_by(col(Plan.created_at))
    plans = list(session.connection().execute(titles).scalars())
    if report.scope is Scope.GOVERNMENT or not plans:
        return Achieved(plans, tasks, completed)
    last = (
        select(held.c.task_id, held.c.state, col(Submission.progress))
        .ext(distinct_on(held.c.id))
        .join(Submission, col(Submission.assignment_id) == held.c.id)
        .join(Period, col(Period.id) == Submission.period_id)
        .where(col(Submission.state) == State.ACCEPTED)
        .order_by(held.c.id, col(Period.position).desc())
        .subquery("last")
    )
    told = (
        select(col(PlanTask.title), last.c.state, last.c.progress)
        .join(last, last.c.task_id == PlanTask.id)
        .order_by(col(PlanTask.position), col(PlanTask.id))
        .limit(MOST_TASKS)
    )
    rows = session.connection().execute(told)
    return Achieved(
        plans, tasks, completed, [Task(title, state == AssignmentState.COMPLETED, text) for title, state, text in rows]
    )
