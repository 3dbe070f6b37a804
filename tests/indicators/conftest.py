"""A plan whose duties the registers judge: interpretations, trainings, secrecy inspections, media accounts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from taizhang.indicators import judging
from taizhang.plans.models import Assignment, AssignmentRole, Duty, DutyKind
from tests.conftest import TODAY
from tests.district import District
from tests.progress.ledger import UNITS, Ledger, issue

API = "/api/v1"
NUMBERED: tuple[tuple[str, DutyKind, date | None, dict[str, Any] | None], ...] = (
    ("多元化解读比例不得低于50%", DutyKind.RATIO, None, {"op": ">=", "value": 50.0, "unit": "%"}),
    ("每年至少组织1次政务公开专题培训", DutyKind.COUNT, None, {"op": ">=", "value": 1.0, "unit": "次"}),
    ("9月底前实现现行有效行政规范性文件统一查询", DutyKind.DATE, date(2023, 9, 30), None),
    ("严格执行新账号开设分级审批备案制度", DutyKind.CONTINUOUS, None, None),
)

Enter = Callable[..., dict[str, Any]]


@pytest.fixture
def plan(session: Session, district: District) -> Ledger:
    """An issued plan in which three units owe four duties with numbers."""
    found = issue(session, district)
    for position, (text, kind, due_on, threshold) in enumerate(NUMBERED, 1):
        duty = Duty(
            task_id=found.other_task.id,
            position=position,
            text=text,
            start=0,
            end=len(text),
            kind=kind,
            due_on=due_on,
            threshold=threshold,
        )
        session.add(duty)
        found.duties[text[:3]] = duty
    first = found.periods[7]
    for login in UNITS:
        part = Assignment(
            plan_id=found.plan.id,
            task_id=found.other_task.id,
            unit_id=district.units[login].id,
            role=AssignmentRole.RESPONSIBLE,
            phrase="各街镇",
            due_on=date(2023, 9, 30),
            report_period_id=first.id,
            report_due_on=first.due_on,
        )
        session.add(part)
        found.assignments[f"{login}:numbered"] = part
    session.flush()
    judging.on_issue(session, found.plan, TODAY)
    session.commit()
    return found


@pytest.fixture
def mine(plan: Ledger) -> str:
    """大山坪街道's part in the task with the numbers."""
    return str(plan.assignments["dashanping:numbered"].id)


def interpreted(client: TestClient, title: str, *forms: str, on: str = "2023-08-01") -> dict[str, Any]:
    """An interpretation of a document of the district government, published on the same day."""
    data = {"document_title": title, "forms": list(forms), "for_government": True}
    entries = f"{API}/registers/interpretations/entries"
    made = client.post(entries, json={"title": f"{title}解读", "opened_on": on, "data": data})
    assert made.status_code == 201, made.text
    published = client.post(f"{entries}/{made.json()['id']}/events", json={"kind": "published", "on": on})
    assert published.status_code == 201, published.text
    found: dict[str, Any] = published.json()
    return found


def trained(client: TestClient, on: str = "2023-06-15", **changes: Any) -> dict[str, Any]:
    """A training on open government."""
    data = {"sort": "special", "topic": "依申请公开", "people": 36} | changes
    made = client.post(f"{API}/registers/trainings/entries", json={"title": "专题培训", "opened_on": on, "data": data})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def indicators(client: TestClient, **query: Any) -> dict[str, dict[str, Any]]:
    """The indicators a caller sees, by key."""
    answer = client.get(f"{API}/indicators", params=query)
    assert answer.status_code == 200, answer.text
    return {item["key"]: item for item in answer.json()["items"]}


def duties(client: TestClient, assignment: str) -> dict[str, dict[str, Any]]:
    """An assignment's duties by the first words."""
    answer = client.get(f"{API}/assignments/{assignment}")
    assert answer.status_code == 200, answer.text
    return {duty["text"][:3]: duty for duty in answer.json()["duties"]}
