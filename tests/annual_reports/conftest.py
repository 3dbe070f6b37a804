"""A year to sum up: one unit accepted, one handed in and unread, one silent, one that does not count."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from taizhang.plans.models import Assignment, AssignmentRole
from tests.district import District, SignIn
from tests.progress.ledger import Ledger, issue

SUBMISSIONS = "/api/v1/progress-submissions"


@pytest.fixture
def ledger(session: Session, district: District) -> Ledger:
    """The plan, with the branch bureau in it as well."""
    found = issue(session, district)
    july = found.periods[7]
    found.assignments["branch"] = Assignment(
        plan_id=found.plan.id,
        task_id=found.task.id,
        unit_id=district.units["huanjing"].id,
        role=AssignmentRole.SUPPORT,
        phrase="江阳生态环境局",
        report_period_id=july.id,
        report_due_on=july.due_on,
    )
    session.add(found.assignments["branch"])
    session.commit()
    return found


@pytest.fixture
def year(client_as: SignIn, office: TestClient, reporter: TestClient, ledger: Ledger) -> dict[str, Any]:
    """大山坪街道 accepted for September and 区财政局 submitted for August, late."""
    body = {"assignment_id": str(ledger.mine.id), "period_id": str(ledger.periods[9].id), "progress": "目录已公开。"}
    claims = [
        {"duty_id": str(ledger.duties["8月"].id), "outcome": "met", "done_on": "2023-08-25"},
        {"duty_id": str(ledger.duties["持续"].id), "outcome": "ongoing"},
    ]
    made: dict[str, Any] = reporter.post(SUBMISSIONS, json={**body, "claims": claims}).json()
    reporter.post(f"{SUBMISSIONS}/{made['id']}/submit")
    client_as("dashanping-signer").post(f"{SUBMISSIONS}/{made['id']}/sign")
    assert office.post(f"{SUBMISSIONS}/{made['id']}/accept").status_code == 200
    theirs = {"assignment_id": str(ledger.assignments["caizheng"].id), "period_id": str(ledger.periods[8].id)}
    caizheng = client_as("caizheng")
    late = caizheng.post(SUBMISSIONS, json={**theirs, "progress": "正在办理。"}).json()
    assert caizheng.post(f"{SUBMISSIONS}/{late['id']}/submit").status_code == 200
    return made
