"""A district's year to list: every unit of the demo in thirty tasks, in every state, from a seeded generator."""

import random
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from taizhang.accounts.models import AppUser
from taizhang.core.database import open_session
from taizhang.plans.models import Assignment, AssignmentRole, AssignmentState, Plan, Task
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.workflow.rules import State
from tests.district import build_district
from tests.progress.ledger import Ledger, at, issue

TASKS = 30
TODAY = date(2023, 9, 20)
CATEGORIES = ["主动公开", "解读回应", "依申请公开", "平台建设", "强化管理保障"]


def build(engine: Engine, *, seed: int = 29) -> AppUser:
    """Write the year; the office's account."""
    rng = random.Random(seed)
    with open_session(engine) as session, session.begin():
        district = build_district(session, now=datetime.now(UTC))
        ledger = issue(session, district)
        units = [unit for unit in district.units.values() if unit.holds_tasks]
        for task in _tasks(session, ledger.plan):
            _assign(session, rng, ledger, task, units)
        session.flush()
        return district.people["office"]


def _tasks(session: Session, plan: Plan) -> list[Task]:
    tasks = [
        Task(
            plan_id=plan.id,
            position=10 + number,
            category=CATEGORIES[number % len(CATEGORIES)],
            title=f"推进重点领域信息公开第{number}项",
            content="围绕优化营商环境、扩大有效投资，及时公开政策措施及其落实情况，" * 4,
            assignees_text="各街镇、园区管委会，区政府各部门",
        )
        for number in range(TASKS)
    ]
    session.add_all(tasks)
    session.flush()
    return tasks


def _assign(session: Session, rng: random.Random, ledger: Ledger, task: Task, units: list[Unit]) -> None:
    author = ledger.plan.created_by
    for unit in units:
        owed = ledger.periods[rng.choice([8, 9, 9, 10])]
        assignment = Assignment(
            plan_id=task.plan_id,
            task_id=task.id,
            unit_id=unit.id,
            role=rng.choice(list(AssignmentRole)),
            phrase="各街镇、园区管委会，区政府各部门",
            state=rng.choice(list(AssignmentState)),
            due_on=rng.choice([None, TODAY + timedelta(days=rng.randint(-30, 100))]),
            was_late=rng.random() < 0.1,
            report_period_id=owed.id,
            report_due_on=owed.due_on,
        )
        session.add(assignment)
        session.flush()
        for month in (7, 8):
            session.add(
                Submission(
                    assignment_id=assignment.id,
                    period_id=ledger.periods[month].id,
                    unit_id=unit.id,
                    state=rng.choice(list(State)),
                    progress="已按要求公开并更新专栏。",
                    revision=1,
                    first_submitted_at=at(month + 1, 5),
                    submitted_at=at(month + 1, 5),
                    created_by=author,
                    created_at=at(month + 1, 4),
                )
            )
