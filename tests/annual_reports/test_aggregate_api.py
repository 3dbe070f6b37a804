"""The year as the office sums it up, and as a unit sees its own."""

import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from taizhang.plans.models import PlanStatus
from tests.counting import statements
from tests.district import District, SignIn
from tests.progress.ledger import Ledger

Json = dict[str, Any]
API = "/api/v1/annual-reports/aggregate"


def of(client: TestClient, **params: Any) -> Json:
    answer = client.get(API, params={"year": 2023, **params})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def test_the_district_is_summed_up_with_every_denominator(office: TestClient, ledger: Ledger, year: Json) -> None:
    found = of(office)
    assert (found["year"], found["unit"]["name"], found["figures"]) == (2023, "泸州市江阳区人民政府", None)
    assert [plan["title"] for plan in found["plans"]] == [ledger.plan.title]
    totals = found["totals"]
    assert totals["assignments"]["total"] == 3
    # July and August are past due for three units; September was handed in by one before its day.
    assert totals["on_time_rate"] == {"numerator": 1, "denominator": 7, "value": 0.1429}
    assert totals["accepted_rate"] == {"numerator": 1, "denominator": 2, "value": 0.5}
    assert totals["duties"] == {"total": 10, "met": 1, "not_met": 2, "ongoing": 7, "not_applicable": 0}


def test_categories_hold_tasks_and_tasks_their_rows(office: TestClient, ledger: Ledger, year: Json) -> None:
    (category,) = of(office)["by_category"]
    (task,) = category["tasks"]
    assert (category["category"], task["task"]["title"]) == ("主动公开", "公开政务目录")
    (met,) = task["duties_met"]
    assert (met["text"], met["done_on"]) == ("8月底前公开目录", "2023-08-25")
    assert met["unit"]["name"].endswith("大山坪街道办事处")
    assert {row["text"] for row in task["duties_not_met"]} == {"8月底前公开目录"}
    (text,) = task["texts"]
    assert (text["text"], text["period_label"], text["submission_id"]) == ("目录已公开。", "2023年9月", year["id"])
    for key in ("assignments", "lights", "on_time_rate", "accepted_rate", "duties"):
        assert task[key] == category[key] == of(office)["totals"][key]


def test_the_roster_says_who_counts_who_is_missing_and_who_is_left_out(
    office: TestClient, ledger: Ledger, year: Json
) -> None:
    roster = of(office)["roster"]
    assert [(unit["short_name"], unit["submissions"]) for unit in roster["counted"]] == [("大山坪街道", 1)]
    missing = {unit["short_name"]: (unit["owed"], unit["submitted"]) for unit in roster["missing"]}
    assert missing == {"区财政局": (1, 1), "区民政局": (2, 0)}
    (excluded,) = [unit for unit in roster["excluded"] if unit["short_name"] == "江阳生态环境局"]
    assert excluded["reason"] == "派出（垂管）机构，不列入本级政府汇总"


def test_a_unit_left_out_of_the_sum_has_one_of_its_own(office: TestClient, district: District, year: Json) -> None:
    found = of(office, unit_id=str(district.units["huanjing"].id))
    assert found["totals"]["assignments"]["total"] == 1
    assert found["roster"]["excluded"] == []


def test_a_unit_sees_its_own_year_and_no_other(
    reporter: TestClient, signer: TestClient, district: District, year: Json
) -> None:
    for client in (reporter, signer):
        assert of(client)["unit"]["id"] == str(district.units["dashanping"].id)
        assert of(client)["totals"]["accepted_rate"] == {"numerator": 1, "denominator": 1, "value": 1.0}
    for other in ("caizheng", "district", "elsewhere"):
        answer = reporter.get(API, params={"year": 2023, "unit_id": str(district.units[other].id)})
        assert answer.status_code == 404


def test_the_next_district_is_out_of_sight(
    client_as: SignIn, office: TestClient, district: District, year: Json
) -> None:
    params: Json = {"year": 2023, "unit_id": str(district.units["district"].id)}
    assert client_as("naxi").get(API, params=params).status_code == 404
    assert office.get(API, params={"year": 2023, "unit_id": str(uuid.uuid4())}).status_code == 404
    assert of(client_as("naxi"))["totals"]["assignments"]["total"] == 0


def test_a_year_without_a_plan_is_empty_and_divides_by_nothing(office: TestClient, year: Json) -> None:
    found = of(office, year=2020)
    assert (found["plans"], found["by_category"]) == ([], [])
    assert found["totals"]["on_time_rate"] == {"numerator": 0, "denominator": 0, "value": None}


def test_a_plan_in_preparation_does_not_count(office: TestClient, session: Session, ledger: Ledger) -> None:
    ledger.plan.status = PlanStatus.DRAFT
    session.add(ledger.plan)
    session.commit()
    assert of(office)["plans"] == []


@pytest.mark.parametrize("params", [{}, {"year": "last"}, {"year": 1999}, {"year": 2023, "unit_id": "dashanping"}])
def test_a_question_that_makes_no_sense_is_refused(office: TestClient, params: Json) -> None:
    assert office.get(API, params=params).status_code == 422


def test_the_year_is_read_in_one_statement(office: TestClient, connection: Connection, year: Json) -> None:
    with statements(connection) as said:
        of(office)
    # The caller, the unit, and every fact at once: one statement sees one snapshot. Then the reports: the calendar for
    # their days, the units below with theirs (as the system; then as the caller again), the government's own.
    assert len(said) == 7, said
    assert sum("submission" in statement for statement in said) == 1
