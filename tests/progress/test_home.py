"""What each person sees first."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from taizhang.plans.models import PlanImport
from taizhang.progress.ledger.schemas import Home
from tests.counting import statements
from tests.district import District, SignIn
from tests.progress.ledger import Ledger, at

Json = dict[str, Any]
API = "/api/v1/home"
SUBMISSIONS = "/api/v1/progress-submissions"


def test_a_reporter_sees_what_is_owed(reporter: TestClient, ledger: Ledger) -> None:
    home = reporter.get(API).json()
    assert [item["report_period"]["label"] for item in home["owed"]] == ["2023年7月"]
    assert (home["counts"]["owed"], home["counts"]["red"], home["counts"]["overdue"]) == (1, 1, 1)
    assert home["silent"] == home["imports"] == home["to_review"] == []


def test_a_reporter_sees_why_a_report_came_back(reporter: TestClient, returned: Json) -> None:
    home = reporter.get(API).json()
    assert home["returned"][0]["id"] == returned["id"]
    assert home["returned"][0]["points"] == ["请写明公开在哪个栏目", "请附链接"]
    assert home["returned"][0]["open_points"] == 2


def test_a_leader_sees_what_waits_for_the_signature(signer: TestClient, reporter: TestClient, submitted: Json) -> None:
    assert [item["id"] for item in signer.get(API).json()["to_sign"]] == [submitted["id"]]
    assert reporter.get(API).json()["to_sign"] == []


def test_the_office_sees_what_waits_for_review_and_who_keeps_silent(office: TestClient, signed: Json) -> None:
    home = office.get(API).json()
    assert [item["id"] for item in home["to_review"]] == [signed["id"]]
    assert {unit["short_name"] for unit in home["silent"]} == {"区财政局", "区民政局"}
    assert (home["counts"]["total"], home["counts"]["silent"], home["owed"]) == (3, 2, [])


def test_the_office_sees_imports_that_wait_for_decisions(
    office: TestClient, session: Session, district: District
) -> None:
    session.add(
        PlanImport(
            unit_id=district.units["district"].id,
            file_name="a.txt",
            format="text",
            sha256="0" * 64,
            title="2023年任务分解表",
            year=2023,
            draft={"summary": {"undecided": 3, "unknown": 1}},
            created_by=district.people["office"].id,
            created_at=at(9, 1),
        )
    )
    session.commit()
    assert [(item["title"], item["undecided"]) for item in office.get(API).json()["imports"]] == [
        ("2023年任务分解表", 4)
    ]


def test_the_next_district_sees_nothing_of_ours(client_as: SignIn, signed: Json) -> None:
    home = client_as("naxi").get(API).json()
    assert all(found in ([], 0) for name, found in home.items() if name != "counts")
    assert set(home["counts"].values()) == {0}


def test_the_administrator_has_no_business_here(admin: TestClient) -> None:
    assert admin.get(API).status_code == 403


def test_the_answer_is_what_the_contract_promises(
    office: TestClient, reporter: TestClient, signer: TestClient, returned: Json
) -> None:
    for client in (office, reporter, signer):
        answer = client.get(API)
        assert (
            Home.model_validate_json(answer.content, strict=True).model_dump(mode="json").keys() == answer.json().keys()
        )


def test_home_costs_two_queries(reporter: TestClient, connection: Connection, returned: Json) -> None:
    with statements(connection) as said:
        assert reporter.get(API).status_code == 200
    assert len(said) == 2, said


def test_a_resubmission_taken_back_still_shows_what_it_was_returned_for(
    reporter: TestClient, returned: dict[str, Any]
) -> None:
    tag = {"If-Match": f'"{returned["version"]}"'}
    answers = [{"point_id": point["id"], "answer": "已补充"} for point in returned["points"]]
    assert reporter.patch(f"{SUBMISSIONS}/{returned['id']}", json={"answers": answers}, headers=tag).status_code == 200
    assert reporter.post(f"{SUBMISSIONS}/{returned['id']}/submit").status_code == 200
    assert reporter.post(f"{SUBMISSIONS}/{returned['id']}/withdraw").json()["state"] == "returned"
    (shown,) = reporter.get(API).json()["returned"]
    assert shown["points"] == ["请写明公开在哪个栏目", "请附链接"]
