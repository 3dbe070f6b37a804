"""Reading the log: both ways, by person and by action, in Chinese; and only by the auditor."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import Session

from taizhang.audit import service, words
from taizhang.workflow.rules import Action
from tests.district import District, SignIn

LOG = "/api/v1/audit-events"


@pytest.fixture
def log(session: Session, district: District, client_as: SignIn) -> TestClient:
    """The auditor, with five sealed events before them."""
    for number in range(5):
        actor = district.actor("office" if number % 2 == 0 else "dashanping")
        service.record(session, actor, "plan.issue" if number == 4 else "plan.change", "plan", None)
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return client_as("audit")


def seqs(answer: Any) -> list[int]:
    return [item["seq"] for item in answer["items"]]


def test_the_log_reads_forwards_and_backwards_without_a_gap(log: TestClient) -> None:
    everything = log.get(LOG, params={"limit": 500}).json()
    assert seqs(everything) == sorted(seqs(everything))
    backwards, after = [], 0
    while True:
        page = log.get(LOG, params={"newest": True, "limit": 2, "after": after}).json()
        backwards += seqs(page)
        if page["next"] is None:
            break
        after = page["next"]
    assert backwards == seqs(everything)[::-1]


def test_the_log_is_found_by_person_and_by_action(log: TestClient) -> None:
    assert {item["actor_name"] for item in log.get(LOG, params={"q": "dashanping"}).json()["items"]} == {
        "dashanping同志（dashanping）"
    }
    issued = log.get(LOG, params={"action": "plan.issue"}).json()["items"]
    assert [item["action_words"] for item in issued] == ["印发分解表"]
    assert issued[0]["subject_words"] == "分解表"
    assert issued[0]["role_words"] == "政务公开科"
    assert log.get(LOG, params={"q": "%"}).json()["items"] == []


def test_nobody_but_the_auditor_reads_it(office: TestClient, admin: TestClient, citizen: TestClient) -> None:
    assert office.get(LOG).status_code == admin.get(LOG).status_code == 403
    assert citizen.get(LOG).status_code == 401


def test_every_action_recorded_has_its_word() -> None:
    recorded: set[str] = set()
    for path in Path("backend/taizhang").rglob("*.py"):
        for call in re.findall(r"audit\.record\((.*?)\)\n", path.read_text(encoding="utf-8"), re.DOTALL):
            recorded |= set(re.findall(r'"([a-z-]+\.[a-z-]+)"', call))
    assert "plan.issue" in recorded
    assert {f"submission.{action}" for action in Action} | recorded <= words.ACTIONS.keys()
