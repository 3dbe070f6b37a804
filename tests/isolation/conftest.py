"""What belongs to 大山坪街道, for others to find or not to find."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session

from taizhang.accounts.models import RefreshSession
from taizhang.plans.judgements import Verdict
from taizhang.plans.models import DutyJudgement
from tests.attachments.files import PNG
from tests.conftest import TODAY
from tests.district import District, SignIn
from tests.isolation.walls import wall as wall
from tests.plans.conftest import NOTICE
from tests.progress.ledger import issue
from tests.registers.workbooks import filled

API = "/api/v1"
# What every unit of the district may read: the plan it works under, and who its units are.
SHARED_IN_DISTRICT = {"cell", "key", "letter", "plan_id", "release_id", "slug", "task_id", "unit_id"}
# Words of the system's own, the same for everybody everywhere.
VOCABULARY = {"cell", "key", "letter", "slug"}

APPLICATION = {
    "title": "2022年社会救助资金发放情况",
    "opened_on": "2023-09-04",
    "data": {"channel": "in_person", "content": "申请公开2022年社会救助资金发放情况"},
    "party": {"kind": "natural", "name": "李小明", "phone": "13812345678"},
}
IMPORTED = {
    "title": "一件",
    "opened_on": "2023-09-04",
    "data.channel": "当面提交",
    "data.content": "申请公开2022年社会救助资金发放情况",
    "party.kind": "自然人",
    "party.name": "李小明",
}


@dataclass(frozen=True)
class Estate:
    """What belongs to 大山坪街道, by the name of the path parameter."""

    ids: dict[str, str]

    @property
    def private(self) -> set[str]:
        return {value for name, value in self.ids.items() if name not in SHARED_IN_DISTRICT}


@pytest.fixture
def estate(session: Session, district: District, reporter: TestClient, office: TestClient, client_as: SignIn) -> Estate:
    """One of everything, made as people make it."""
    ledger = issue(session, district)
    session.commit()
    attachment = made(reporter.post(f"{API}/attachments", files={"file": ("截图.png", PNG)}))
    evidence = made(reporter.post(f"{API}/evidence", json={"title": "公开截图", "attachment_id": attachment}))
    body = {
        "assignment_id": str(ledger.mine.id),
        "period_id": str(ledger.periods[9].id),
        "progress": "已公开。",
        "evidence": [{"evidence_id": evidence, "duty_ids": []}],
    }
    submission = made(reporter.post(f"{API}/progress-submissions", json=body))
    assert reporter.post(f"{API}/progress-submissions/{submission}/submit").status_code == 200
    case = reporter.post(f"{API}/registers/applications/entries", json=APPLICATION)
    step = {"kind": "legal_reviewed", "on": "2023-09-05", "data": {"reviewer": "王律师", "opinion": "同意"}}
    stepped = reporter.post(f"{API}/registers/applications/entries/{made(case)}/events", json=step).json()
    report = reporter.post(f"{API}/annual-reports", json={"year": 2022})
    zero = {"group": "t4"}
    noted = reporter.post(f"{API}/annual-reports/{made(report)}/zero-declarations", json=zero).json()
    case_book = filled("applications", [IMPORTED])
    drafted = reporter.post(f"{API}/registers/applications/imports", files={"file": ("申请.xlsx", case_book)})
    inbox = client_as("dashanping-signer").get(f"{API}/notifications").json()["items"]
    upload = office.post(f"{API}/plan-imports", files={"file": ("通知.txt", NOTICE)})
    workbook = office.get(f"{API}/plans/{ledger.plan.id}/ledger.xlsx").content
    returned = office.post(f"{API}/plans/{ledger.plan.id}/ledger-imports", files={"file": ("台账.xlsx", workbook)})
    august = {"period_id": str(ledger.periods[8].id), "statement": "八月进展"}
    released = office.post(f"{API}/plans/{ledger.plan.id}/releases", json=august)
    kept = reporter.post(f"{API}/saved-views", json={"page": "/ledger", "query": "light=red", "name": "逾期的"})
    judged = _judgement(ledger.mine.id, ledger.duties["解读"].id)
    session.add(judged)
    grant = {
        "name": "街道办公系统",
        "unit_id": str(district.units["dashanping"].id),
        "scopes": ["units:unit:read"],
        "expires_on": datetime.now(UTC).date().isoformat(),
    }
    registered = client_as("admin").post(f"{API}/api-clients", json=grant)
    login = _login(district.people["dashanping"].id)
    session.add(login)
    session.commit()
    return Estate(
        {
            "assignment_id": str(ledger.mine.id),
            "attachment_id": attachment,
            "cell": "t3.r1.natural",
            "client_id": registered.json()["client"]["id"],
            "entry_id": stepped["id"],
            "event_id": stepped["events"][0]["id"],
            "evidence_id": evidence,
            "family_id": str(login.family_id),
            "import_id": made(upload),
            "judgement_id": str(judged.id),
            "key": "trainings",
            "ledger_import_id": made(returned),
            "note_id": noted["zero_declarations"][0]["id"],
            "notification_id": inbox[0]["id"],
            "report_id": noted["id"],
            "letter": "receipt",
            "register_import_id": made(drafted),
            "slug": "applications",
            "plan_id": str(ledger.plan.id),
            "release_id": made(released),
            "submission_id": submission,
            "task_id": str(ledger.task.id),
            "unit_id": str(district.units["dashanping"].id),
            "user_id": str(district.people["dashanping"].id),
            "view_id": made(kept),
        }
    )


def _judgement(assignment_id: uuid.UUID, duty_id: uuid.UUID) -> DutyJudgement:
    return DutyJudgement(
        assignment_id=assignment_id,
        duty_id=duty_id,
        indicator_key="interpretation-diversity",
        indicator_name="多元化解读比例",
        register_slug="interpretations",
        unit_words="%",
        verdict=Verdict.MET,
        words="2/2，100%",
        judged_on=TODAY,
    )


def _login(user_id: uuid.UUID) -> RefreshSession:
    now = datetime.now(UTC)
    return RefreshSession(
        user_id=user_id,
        family_id=uuid.uuid4(),
        token_hash=b"\0" * 32,
        started_at=now,
        issued_at=now,
        expires_at=now + timedelta(minutes=30),
    )


def made(answer: Response) -> str:
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found
