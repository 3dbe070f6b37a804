"""What the district reports on."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from tests.district import District
from tests.progress.ledger import Ledger, issue

API = "/api/v1/progress-submissions"


@pytest.fixture
def ledger(session: Session, district: District) -> Ledger:
    """An issued plan with 大山坪街道, 区财政局 and 区民政局 in it."""
    found = issue(session, district)
    session.commit()
    return found


@pytest.fixture
def draft(reporter: TestClient, ledger: Ledger) -> dict[str, Any]:
    """大山坪街道's draft for September."""
    answer = reporter.post(
        API,
        json={
            "assignment_id": str(ledger.mine.id),
            "period_id": str(ledger.periods[9].id),
            "progress": "目录已于8月25日公开。",
            "claims": [
                {"duty_id": str(ledger.duties["8月"].id), "outcome": "met", "done_on": "2023-08-25"},
                {"duty_id": str(ledger.duties["解读"].id), "outcome": "ongoing", "value": 30},
            ],
        },
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def submitted(reporter: TestClient, draft: dict[str, Any]) -> dict[str, Any]:
    """The same, handed in."""
    found: dict[str, Any] = reporter.post(f"{API}/{draft['id']}/submit").json()
    return found


@pytest.fixture
def signed(signer: TestClient, submitted: dict[str, Any]) -> dict[str, Any]:
    """The same, signed by the leader."""
    found: dict[str, Any] = signer.post(f"{API}/{submitted['id']}/sign").json()
    return found


@pytest.fixture
def returned(office: TestClient, signed: dict[str, Any]) -> dict[str, Any]:
    """The same, returned by the office for two reasons."""
    points = [
        {"target": "progress", "reason": "not_specific", "text": "请写明公开在哪个栏目"},
        {"target": "whole", "reason": "no_evidence", "text": "请附链接", "due_on": "2023-09-25"},
    ]
    found: dict[str, Any] = office.post(f"{API}/{signed['id']}/return", json={"points": points}).json()
    return found


@pytest.fixture
def pieces(reporter: TestClient) -> Callable[[str], str]:
    """Enter a piece of evidence; its id."""

    def enter(title: str) -> str:
        url = "https://www.jiangyang.gov.cn/a.html"
        found: str = reporter.post("/api/v1/evidence", json={"title": title, "url": url}).json()["id"]
        return found

    return enter
