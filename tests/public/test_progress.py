"""Released progress: what the office makes public of a period, and nothing that came after it or was not accepted."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from taizhang.attachments.models import Evidence, Openness
from taizhang.progress.models import Submission, SubmissionEvidence
from tests.district import District, SignIn
from tests.progress.ledger import Ledger, issue

PUBLIC = "/public/v1/plans"
SUBMISSIONS = "/api/v1/progress-submissions"


@pytest.fixture
def ledger(session: Session, district: District) -> Ledger:
    found = issue(session, district)
    session.commit()
    return found


def report(client_as: SignIn, ledger: Ledger, month: int, *, accept: bool, outcome: str = "ongoing") -> str:
    """大山坪街道 hands in a month; the office accepts it or not."""
    body: dict[str, Any] = {
        "assignment_id": str(ledger.mine.id),
        "period_id": str(ledger.periods[month].id),
        "progress": "内部写的进展",
        "claims": [{"duty_id": str(ledger.duties["持续"].id), "outcome": outcome}],
    }
    made: str = client_as("dashanping").post(SUBMISSIONS, json=body).json()["id"]
    assert client_as("dashanping").post(f"{SUBMISSIONS}/{made}/submit").status_code == 200
    assert client_as("dashanping-signer").post(f"{SUBMISSIONS}/{made}/sign").status_code == 200
    if accept:
        assert client_as("office").post(f"{SUBMISSIONS}/{made}/accept").status_code == 200
    return made


def release(office: TestClient, ledger: Ledger, month: int) -> Any:
    body = {"period_id": str(ledger.periods[month].id), "statement": "各单位按计划推进。"}
    return office.post(f"/api/v1/plans/{ledger.plan.id}/releases", json=body)


def state_of(citizen: TestClient, ledger: Ledger) -> str | None:
    units = citizen.get(f"{PUBLIC}/{ledger.plan.id}").json()["task_list"][0]["units"]
    found: str | None = next(unit["state"] for unit in units if unit["name"] == "大山坪街道")
    return found


def test_before_a_release_a_citizen_reads_the_plan_and_no_progress(
    client_as: SignIn, citizen: TestClient, ledger: Ledger
) -> None:
    report(client_as, ledger, 8, accept=True)
    plan = citizen.get(f"{PUBLIC}/{ledger.plan.id}").json()
    assert (plan["released"], plan["tasks"], plan["units"]) == (None, 2, 3)
    assert state_of(citizen, ledger) is None
    assert "还没有公布" in citizen.get(f"/public/plans/{ledger.plan.id}").text


def test_a_release_freezes_what_was_accepted_up_to_its_period(
    client_as: SignIn, office: TestClient, citizen: TestClient, ledger: Ledger
) -> None:
    august = report(client_as, ledger, 8, accept=False)
    first = release(office, ledger, 8).json()
    assert first["counts"]["not_started"] == 3
    assert office.post(f"{SUBMISSIONS}/{august}/accept").status_code == 200
    assert state_of(citizen, ledger) == "not_started"
    taken = office.post(f"/api/v1/plans/{ledger.plan.id}/releases/{first['id']}/withdraw", json={"reason": "更新"})
    assert taken.status_code == 200
    assert release(office, ledger, 7).status_code == 201
    assert state_of(citizen, ledger) == "not_started"
    assert release(office, ledger, 8).status_code == 201
    assert state_of(citizen, ledger) == "in_progress"
    plan = citizen.get(PUBLIC).json()["items"][0]
    assert (plan["released"]["label"], plan["released"]["statement"]) == ("2023年8月", "各单位按计划推进。")
    assert "内部写的进展" not in citizen.get(f"{PUBLIC}/{ledger.plan.id}").text
    assert "内部写的进展" not in citizen.get(f"/public/plans/{ledger.plan.id}").text


def test_taken_back_it_falls_back_to_the_period_before(office: TestClient, citizen: TestClient, ledger: Ledger) -> None:
    release(office, ledger, 7)
    second = release(office, ledger, 8).json()
    address = f"/api/v1/plans/{ledger.plan.id}/releases"
    done = office.post(f"{address}/{second['id']}/withdraw", json={"reason": "数据有误"})
    assert (done.status_code, done.json()["withdraw_reason"]) == (200, "数据有误")
    assert citizen.get(PUBLIC).json()["items"][0]["released"]["label"] == "2023年7月"
    assert office.post(f"{address}/{second['id']}/withdraw", json={"reason": "再撤"}).status_code == 409
    assert release(office, ledger, 8).status_code == 201
    assert len(office.get(address).json()) == 3


def test_what_cannot_be_released_is_refused_by_name(
    office: TestClient, reporter: TestClient, client_as: SignIn, ledger: Ledger
) -> None:
    assert release(office, ledger, 9).json()["code"] == "period-not-over"
    assert release(office, ledger, 8).status_code == 201
    assert release(office, ledger, 8).status_code == 409
    assert release(reporter, ledger, 7).status_code == 403
    assert release(client_as("naxi"), ledger, 7).status_code == 404


@pytest.mark.parametrize(
    ("openness", "checked", "url", "accept", "seen"),
    [
        (Openness.OPEN, True, "https://www.example.gov.cn/a", True, True),
        (Openness.OPEN, False, "https://www.example.gov.cn/a", True, False),
        (Openness.ON_REQUEST, True, "https://www.example.gov.cn/a", True, False),
        (Openness.CLOSED, True, "https://www.example.gov.cn/a", True, False),
        (None, True, "https://www.example.gov.cn/a", True, False),
        (Openness.OPEN, True, None, True, False),
        (Openness.OPEN, True, "https://www.example.gov.cn/a", False, False),
    ],
)
def test_only_evidence_that_is_open_and_checked_and_accepted_is_shown(
    session: Session,
    client_as: SignIn,
    office: TestClient,
    citizen: TestClient,
    district: District,
    ledger: Ledger,
    openness: Openness | None,
    checked: bool,
    url: str | None,
    accept: bool,
    seen: bool,
) -> None:
    made = report(client_as, ledger, 8, accept=accept)
    evidence = Evidence(
        unit_id=district.units["dashanping"].id,
        title="公开目录",
        openness=openness,
        secrecy_checked=checked,
        url=url,
        created_by=district.people["dashanping"].id,
        created_at=ledger.plan.created_at,
    )
    session.add(evidence)
    session.flush()
    submission = session.get(Submission, made)
    assert submission is not None
    session.add(SubmissionEvidence(submission_id=submission.id, evidence_id=evidence.id, unit_id=submission.unit_id))
    session.commit()
    assert citizen.get(f"{PUBLIC}/{ledger.plan.id}").json()["task_list"][0]["evidence"] == []
    release(office, ledger, 8)
    shown = citizen.get(f"{PUBLIC}/{ledger.plan.id}").json()["task_list"][0]["evidence"]
    assert [each["title"] for each in shown] == (["公开目录"] if seen else [])
    assert ("公开目录" in citizen.get(f"/public/plans/{ledger.plan.id}").text) is seen
