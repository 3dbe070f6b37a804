"""Reports as units file them."""

import uuid
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from taizhang.accounts.models import AppUser
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.forms import FORM_2021, to_array, with_sums
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.procedure import ReportState
from taizhang.units.models import Unit

Json = dict[str, Any]
API = "/api/v1/annual-reports"
# 江阳区政府办公室 2023: 42 + 0 = 13 + 18 + 9 + 2.
GOLDEN = {"t3.r1.natural": 42, "t3.r3.1.natural": 13, "t3.r3.2.natural": 18, "t3.r3.4.1.natural": 9, "t3.r4.natural": 2}
NOTHING: Json = dict.fromkeys(FORM_2021.leaves, 0)
OTHER = "本年度未收取信息处理费。年度重点任务均已落实。"


def begun(client: TestClient, year: int = 2022, **body: Any) -> Json:
    """A draft with every cell filled as given, the rest zero."""
    figures = {**NOTHING, **body.pop("figures", {})}
    sections = {"other": OTHER, **body.pop("sections", {})}
    answer = client.post(API, json={"year": year, "figures": figures, "sections": sections, **body})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def step(client: TestClient, report: Json, action: str, **body: Any) -> Json:
    """Take a step that must succeed; the report as it then is."""
    answer = client.post(f"{API}/{report['id']}/{action}", json=body or None)
    assert answer.status_code in (200, 201), answer.text
    found: Json = answer.json()
    return found


def handed_in(reporter: TestClient, signer: TestClient, office: TestClient, year: int = 2022, **body: Any) -> Json:
    """A unit's report, accepted by the office."""
    report = begun(reporter, year, **body)
    for client, action in ((reporter, "submit"), (signer, "sign"), (office, "accept")):
        report = step(client, report, action)
    return report


def stored(session: Session, unit: Unit, year: int, state: ReportState, **figures: int) -> AnnualReport:
    """A report put straight into the database: what units did before this test begins."""
    now = datetime(year + 1, 1, 20, 2, tzinfo=UTC)
    filled = with_sums(FORM_2021, {**NOTHING, **{key.replace("_", "."): value for key, value in figures.items()}})
    report = AnnualReport(
        unit_id=unit.id,
        unit_path=unit.path,
        year=year,
        scope=Scope.GOVERNMENT if unit.kind == "government" else Scope.ORGAN,
        form=FORM_2021.version,
        state=state,
        figures=to_array(FORM_2021, filled),
        revision=1,
        first_submitted_at=now,
        created_by=_somebody(session),
        created_at=now,
        updated_at=now,
    )
    session.add(report)
    session.flush()
    return report


def _somebody(session: Session) -> uuid.UUID:
    return session.exec(select(AppUser.id).limit(1)).one()
