"""An issued plan the tests report on: two tasks, their duties, three units, six months."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlmodel import Session

from taizhang.plans.models import (
    Assignment,
    AssignmentRole,
    Cycle,
    Duty,
    DutyKind,
    Period,
    Plan,
    PlanStatus,
    Task,
)
from tests.district import District

DUTIES = [
    ("8月底前公开目录", DutyKind.DATE, date(2023, 8, 31), None),
    ("解读比例不低于50%", DutyKind.RATIO, None, {"op": ">=", "value": 50, "unit": "%"}),
    ("持续更新专栏", DutyKind.CONTINUOUS, None, None),
]
UNITS = ["dashanping", "caizheng", "minzheng"]


@dataclass
class Ledger:
    """The plan by name: periods by month, duties by their first words, assignments by unit."""

    plan: Plan
    task: Task
    other_task: Task
    periods: dict[int, Period] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)

    @property
    def mine(self) -> Assignment:
        """大山坪街道's part in the first task."""
        return self.assignments["dashanping"]


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of 2023, Beijing time."""
    return datetime(2023, month, day, hour - 8, tzinfo=UTC)


def issue(session: Session, district: District) -> Ledger:
    """Write the plan as if it had been issued at the end of June."""
    plan = Plan(
        unit_id=district.units["district"].id,
        year=2023,
        title="2023年政务公开工作要点任务分解表",
        cycle=Cycle.MONTH,
        status=PlanStatus.ISSUED,
        created_by=district.people["office"].id,
        created_at=at(6, 30),
    )
    session.add(plan)
    session.flush()
    ledger = Ledger(plan, _task(session, plan, 1, "公开政务目录"), _task(session, plan, 2, "更新专栏"))
    for month in range(7, 13):
        after = date(2023, month + 1, 1) if month < 12 else date(2024, 1, 1)
        ledger.periods[month] = Period(
            plan_id=plan.id,
            position=month,
            label=f"2023年{month}月",
            starts_on=date(2023, month, 1),
            ends_on=date.fromordinal(after.toordinal() - 1),
            opens_on=date(2023, month, 1),
            due_on=after.replace(day=8),
            closes_on=after.replace(day=20),
        )
    session.add_all(ledger.periods.values())
    for position, (text, kind, due_on, threshold) in enumerate(DUTIES, 1):
        ledger.duties[text[:2]] = _duty(ledger.task, position, text, kind, due_on=due_on, threshold=threshold)
    theirs = _duty(ledger.task, 4, "财政局牵头的要求", DutyKind.EVENT, owner_unit_id=district.units["caizheng"].id)
    ledger.duties["财政"] = theirs
    session.add_all(ledger.duties.values())
    session.flush()
    for position, login in enumerate(UNITS):
        role = AssignmentRole.LEAD if position == 0 else AssignmentRole.SUPPORT
        ledger.assignments[login] = _assign(session, ledger, ledger.task, district.units[login].id, role)
    session.flush()
    return ledger


def _task(session: Session, plan: Plan, position: int, title: str) -> Task:
    task = Task(
        plan_id=plan.id, position=position, category="主动公开", title=title, content=title, assignees_text="各街镇"
    )
    session.add(task)
    session.flush()
    return task


def _duty(
    task: Task,
    position: int,
    text: str,
    kind: DutyKind,
    *,
    due_on: date | None = None,
    threshold: dict[str, object] | None = None,
    owner_unit_id: uuid.UUID | None = None,
) -> Duty:
    return Duty(
        task_id=task.id,
        position=position,
        text=text,
        start=0,
        end=len(text),
        kind=kind,
        due_on=due_on,
        threshold=threshold,
        owner_unit_id=owner_unit_id,
    )


def _assign(session: Session, ledger: Ledger, task: Task, unit_id: uuid.UUID, role: AssignmentRole) -> Assignment:
    july = ledger.periods[7]
    assignment = Assignment(
        plan_id=task.plan_id,
        task_id=task.id,
        unit_id=unit_id,
        role=role,
        phrase="各街镇",
        due_on=date(2023, 8, 31),
        report_period_id=july.id,
        report_due_on=july.due_on,
    )
    session.add(assignment)
    return assignment
