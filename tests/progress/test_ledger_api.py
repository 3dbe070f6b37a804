"""The ledger as the office, a unit and its neighbour see it."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from taizhang.plans.models import AssignmentState, PlanStatus
from taizhang.progress.ledger.schemas import AssignmentPage
from tests.counting import statements
from tests.district import District
from tests.progress.ledger import Ledger

Json = dict[str, Any]
API = "/api/v1/assignments"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["unit"]["short_name"] for item in answer.json()["items"]]


def test_the_office_sees_every_unit_and_a_reporter_its_own(
    office: TestClient, reporter: TestClient, ledger: Ledger
) -> None:
    assert set(names(office.get(API))) == {"大山坪街道", "区财政局", "区民政局"}
    assert names(reporter.get(API)) == ["大山坪街道"]


def test_the_next_district_sees_nothing(client_as: Callable[[str], TestClient], ledger: Ledger) -> None:
    naxi = client_as("naxi")
    assert names(naxi.get(API)) == []
    assert naxi.get(f"{API}/{ledger.mine.id}").status_code == 404


def test_what_postgresql_writes_is_what_the_contract_promises(office: TestClient, ledger: Ledger, signed: Json) -> None:
    answer = office.get(API, params={"size": 50})
    page = AssignmentPage.model_validate_json(answer.content, strict=True)
    assert page.model_dump(mode="json") == answer.json()
    mine = next(item for item in page.items if item.id == ledger.mine.id)
    assert (mine.light, mine.light_words) == ("red", "逾期 20 天：应于 8月31日 完成")
    assert mine.submission is not None
    assert (mine.submission.state_words, mine.submission.period_label) == ("待审核", "2023年9月")
    assert (mine.role_words, mine.report_period and mine.report_period.label) == ("牵头", "2023年7月")


def test_the_list_costs_two_queries_whatever_its_length(
    office: TestClient, connection: Connection, ledger: Ledger
) -> None:
    with statements(connection) as said:
        assert len(names(office.get(API))) == 3
    assert len(said) == 2, said


def test_nobody_is_sent_twice_what_they_hold(office: TestClient, ledger: Ledger) -> None:
    first = office.get(API)
    again = office.get(API, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("目录", 3),
        ("财政局", 1),
        ("民政", 1),
        ("人民政府", 1),
        ("大山坪街道", 1),
        ("%", 0),
        ("_", 0),
        ("没有这样的任务", 0),
    ],
)
def test_the_ledger_is_searched_in_chinese_and_wildcards_mean_themselves(
    office: TestClient, ledger: Ledger, q: str, found: int
) -> None:
    assert office.get(API, params={"q": q}).json()["total"] == found


def test_a_unit_is_found_by_an_alias(office: TestClient, session: Session, district: District, ledger: Ledger) -> None:
    office.patch(
        f"/api/v1/units/{district.units['minzheng'].id}",
        json={"aliases": ["老民委"]},
        headers={"If-Match": f'"{district.units["minzheng"].version}"'},
    )
    assert names(office.get(API, params={"q": "老民委"})) == ["区民政局"]


@pytest.fixture
def varied(session: Session, ledger: Ledger) -> Ledger:
    """One red, one yellow (done late), one blue."""
    session.add_all(ledger.assignments.values())
    ledger.assignments["caizheng"].state = AssignmentState.COMPLETED
    ledger.assignments["caizheng"].due_on = None
    ledger.assignments["caizheng"].completed_on = date(2023, 9, 5)
    ledger.assignments["caizheng"].was_late = True
    ledger.assignments["minzheng"].state = AssignmentState.CONTINUING
    ledger.assignments["minzheng"].due_on = None
    for login, month in (("caizheng", None), ("minzheng", 9)):
        period = ledger.periods[month] if month else None
        ledger.assignments[login].report_period_id = period.id if period else None
        ledger.assignments[login].report_due_on = period.due_on if period else None
    session.commit()
    return ledger


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"light": "red"}, {"大山坪街道"}),
        ({"light": ["yellow", "blue"]}, {"区财政局", "区民政局"}),
        ({"state": "completed"}, {"区财政局"}),
        ({"role": "lead"}, {"大山坪街道"}),
        ({"due_from": "2023-08-31", "due_to": "2023-08-31"}, {"大山坪街道"}),
        ({"due_to": "2023-08-30"}, set()),
        ({"category": "主动公开"}, {"大山坪街道", "区财政局", "区民政局"}),
        ({"category": "解读回应"}, set()),
        ({"year": 2022}, set()),
        ({"mine": True}, set()),
    ],
)
def test_each_filter_narrows_the_ledger(office: TestClient, varied: Ledger, params: Json, found: set[str]) -> None:
    assert set(names(office.get(API, params=params))) == found


def test_all_filters_hold_together(office: TestClient, district: District, varied: Ledger) -> None:
    everything: Json = {
        "plan": str(varied.plan.id),
        "year": 2023,
        "unit": str(district.units["district"].id),
        "category": "主动公开",
        "task": str(varied.task.id),
        "state": ["not_started", "completed"],
        "light": ["red", "yellow"],
        "role": "lead",
        "due_from": "2023-01-01",
        "due_to": "2023-12-31",
        "q": "目录",
        "sort": "light",
    }
    for _ in range(2):
        assert names(office.get(API, params=everything)) == ["大山坪街道"]
    assert names(office.get(API, params={**everything, "q": "100%"})) == []


def test_a_unit_filter_includes_what_lies_below(office: TestClient, district: District, varied: Ledger) -> None:
    assert len(names(office.get(API, params={"unit": str(district.units["district"].id)}))) == 3
    assert names(office.get(API, params={"unit": str(district.units["caizheng"].id)})) == ["区财政局"]
    assert names(office.get(API, params={"unit": str(uuid.uuid4())})) == []


@pytest.mark.parametrize(
    ("sort", "first"),
    [("light", "大山坪街道"), ("due_on", "大山坪街道"), ("-due_on", "大山坪街道"), ("report_due_on", "大山坪街道")],
)
def test_the_most_urgent_come_first_when_asked(office: TestClient, varied: Ledger, sort: str, first: str) -> None:
    assert names(office.get(API, params={"sort": sort}))[0] == first


def test_lights_run_red_yellow_blue(office: TestClient, varied: Ledger) -> None:
    items = office.get(API, params={"sort": "light"}).json()["items"]
    assert [item["light"] for item in items] == ["red", "yellow", "blue"]


@pytest.mark.parametrize("sort", ["task", "unit", "due_on", "-due_on", "report_due_on", "light"])
def test_pages_neither_repeat_nor_drop_a_row(office: TestClient, varied: Ledger, sort: str) -> None:
    pages = [office.get(API, params={"sort": sort, "size": 1, "page": page}).json() for page in (1, 2, 3)]
    assert len({page["items"][0]["id"] for page in pages}) == 3


def test_review_lists_what_waits_for_this_caller(
    office: TestClient, signer: TestClient, ledger: Ledger, submitted: Json
) -> None:
    assert names(signer.get(API, params={"review": True})) == ["大山坪街道"]
    assert names(office.get(API, params={"review": True})) == []
    signer.post(f"/api/v1/progress-submissions/{submitted['id']}/sign")
    assert names(signer.get(API, params={"review": True})) == []
    assert names(office.get(API, params={"review": True})) == ["大山坪街道"]


def test_a_plan_in_preparation_is_listed_only_for_the_office_and_by_name(
    office: TestClient, reporter: TestClient, session: Session, ledger: Ledger
) -> None:
    ledger.plan.status = PlanStatus.DRAFT
    session.add(ledger.plan)
    session.commit()
    assert names(office.get(API)) == []
    assert len(names(office.get(API, params={"plan": str(ledger.plan.id)}))) == 3
    assert names(reporter.get(API, params={"plan": str(ledger.plan.id)})) == []
    assert reporter.get(f"{API}/{ledger.mine.id}").status_code == 404


@pytest.mark.parametrize("params", [{"sort": "name"}, {"light": "purple"}, {"size": 101}, {"due_from": "soon"}])
def test_a_filter_that_is_none_of_ours_is_refused(office: TestClient, params: Json) -> None:
    assert office.get(API, params=params).status_code == 422


# -- one assignment


def test_an_assignment_shows_its_duties_its_reports_and_what_comes_next(
    reporter: TestClient, ledger: Ledger, signed: Json
) -> None:
    found = reporter.get(f"{API}/{ledger.mine.id}").json()
    assert [duty["text"] for duty in found["duties"]] == ["8月底前公开目录", "解读比例不低于50%", "持续更新专栏"]
    assert found["duties"][0]["claim"]["outcome_words"] == "已完成"
    assert found["duties"][0]["claim"]["accepted"] is False
    assert found["duties"][2]["claim"] is None
    assert [(each["period"]["label"], each["state"]) for each in found["submissions"]] == [("2023年9月", "signed")]
    assert found["actions"] == ["report"]


def test_a_duty_of_one_unit_is_shown_to_that_unit_alone(neighbour: TestClient, ledger: Ledger) -> None:
    found = neighbour.get(f"{API}/{ledger.assignments['caizheng'].id}").json()
    assert "财政局牵头的要求" in [duty["text"] for duty in found["duties"]]


def test_only_the_office_gives_leave(office: TestClient, ledger: Ledger) -> None:
    assert office.get(f"{API}/{ledger.mine.id}").json()["actions"] == ["permit", "edit"]


def test_a_neighbour_cannot_tell_ours_from_nothing(neighbour: TestClient, ledger: Ledger) -> None:
    foreign, absent = neighbour.get(f"{API}/{ledger.mine.id}"), neighbour.get(f"{API}/{uuid.uuid4()}")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.json()["detail"] == absent.json()["detail"]


def test_what_was_accepted_late_is_said_with_both_days(
    office: TestClient, reporter: TestClient, signer: TestClient, session: Session, ledger: Ledger
) -> None:
    claims = [{"duty_id": str(ledger.duties["8月"].id), "outcome": "met", "done_on": "2023-09-05"}]
    body = {"assignment_id": str(ledger.mine.id), "period_id": str(ledger.periods[9].id), "progress": "已公开"}
    made = reporter.post("/api/v1/progress-submissions", json={**body, "claims": claims}).json()
    for client, step in ((reporter, "submit"), (signer, "sign"), (office, "accept")):
        assert client.post(f"/api/v1/progress-submissions/{made['id']}/{step}").status_code == 200
    session.refresh(ledger.mine)
    ledger.mine.report_due_on = ledger.mine.report_period_id = None
    session.add(ledger.mine)
    session.commit()
    found = office.get(f"{API}/{ledger.mine.id}").json()
    assert (found["light"], found["light_words"]) == ("yellow", "曾逾期补办：应 8月31日，实 9月5日")
    assert found["duties"][0]["claim"]["accepted"] is True
    assert office.get(API, params={"light": "yellow"}).json()["total"] == 1
