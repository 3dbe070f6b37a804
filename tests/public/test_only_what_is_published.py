"""Everything a citizen can open, walked: what is published is there, and nothing else is, in any form or place."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from taizhang.plans.models import PlanStatus
from tests.architecture.test_routes import PUBLIC, routes
from tests.district import District
from tests.public.conftest import SECRET, Archive

V1 = "/public/v1"
PARAMETERS = {"report_id", "plan_id", "code", "year", "path"}


def addresses(app: FastAPI) -> list[str]:
    found = [route.path for route in routes(app) if PUBLIC.match(route.path)]
    assert {name for path in found for name in re.findall(r"{(\w+)", path)} == PARAMETERS
    return [path for path in found if "{path" not in path]


def test_no_address_shows_what_is_not_published(
    app: FastAPI, citizen: TestClient, archive: Archive, district: District
) -> None:
    hidden = {str(row.unit_id): row for row in archive.hidden}
    units = {str(unit.id): unit for unit in district.units.values()}
    plan = archive.ledger.plan.id
    wrong = []
    for path in addresses(app):
        for unit_id, row in hidden.items():
            code = units[unit_id].code
            address = path.format(report_id=row.id, plan_id=plan, code=code, year=row.year)
            for query in ("", "?updated_since=2000-01-01T00:00:00Z", f"?unit={code}", "?year=2022"):
                answer = citizen.get(address + query)
                asked = "{report_id}" in path or "{code}" in path
                told = SECRET in answer.text or str(row.id) in answer.text.replace(address, "")
                named = units[unit_id].name in answer.text and "/annual-reports" in path
                if told or named or answer.status_code != (404 if asked else 200):
                    wrong.append((address + query, answer.status_code))
    assert wrong == []


def test_every_address_of_a_withdrawn_report_answers_410_with_the_reason(
    app: FastAPI, citizen: TestClient, archive: Archive, district: District
) -> None:
    code = district.units["minzheng"].code
    for path in addresses(app):
        if "{report_id}" not in path and "{year}" not in path:
            continue
        answer = citizen.get(path.format(report_id=archive.withdrawn.id, code=code, year=2022))
        assert answer.status_code == 410, path
        assert "表三数字有误，更正后再公布" in answer.text
        assert SECRET not in answer.text
    assert citizen.get(f"/public/annual-reports/{code}").status_code == 404
    assert archive.withdrawn.id.hex not in citizen.get(f"{V1}/open-data/annual-reports.csv").text


def test_a_plan_in_preparation_is_not_there(session: Session, citizen: TestClient, archive: Archive) -> None:
    plan = archive.ledger.plan
    plan.status = PlanStatus.DRAFT
    session.commit()
    assert citizen.get(f"{V1}/plans").json()["total"] == 0
    assert citizen.get(f"{V1}/plans/{plan.id}").status_code == 404
    assert citizen.get(f"/public/plans/{plan.id}").status_code == 404
    assert plan.title not in citizen.get("/public").text


def test_publishing_and_taking_back_show_at_once(office: TestClient, citizen: TestClient, archive: Archive) -> None:
    mine, address = archive.withdrawn, f"{V1}/annual-reports/{archive.withdrawn.id}"
    done = office.post(f"/api/v1/annual-reports/{archive.published.id}/unpublish", json={"reason": "附件有误"})
    assert done.status_code == 200, done.text
    gone = citizen.get(f"{V1}/annual-reports/{archive.published.id}")
    assert (gone.status_code, gone.json()["code"]) == (410, "report-withdrawn")
    assert gone.json()["detail"].endswith("附件有误")
    assert citizen.get(address).status_code == 410
    assert office.get(f"/api/v1/annual-reports/{mine.id}.docx").status_code == 200


@pytest.mark.parametrize(
    "query", ["page=0", "size=101", "year=99999", "scope=x", "updated_since=昨天", "unit=" + "9" * 33]
)
def test_what_cannot_be_asked_is_refused_by_name(citizen: TestClient, query: str) -> None:
    answer = citizen.get(f"{V1}/annual-reports?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"query:{query.partition('=')[0]}"


@pytest.mark.parametrize(
    "path",
    ["", "/plans/x", "/annual-reports/x/9999999", "/annual-reports/x/二〇二二", "/annual-reports/%00", "/../etc"],
)
def test_an_odd_address_is_a_page_that_says_so(citizen: TestClient, archive: Archive, path: str) -> None:
    answer = citizen.get(f"/public{path}")
    assert answer.status_code in ((200,) if path == "" else (404,))
    assert citizen.head(f"/public{path}").status_code == answer.status_code
    assert answer.headers["content-type"].startswith(("text/html", "application/problem+json"))
