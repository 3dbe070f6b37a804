"""The office confirms a year from its notice, everybody counts by it, and it can be taken back."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from taizhang.audit.models import AuditEvent
from taizhang.calendars.models import Holiday
from tests.calendars.notices import NOTICES
from tests.district import SignIn

API = "/api/v1"
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
"""


@pytest.fixture
def arrangement(office: TestClient) -> dict[str, Any]:
    """2027 as read from its notice, ready to be confirmed."""
    read = office.post(f"{API}/calendars/read", json={"text": NOTICE_2027, "year": 2027}).json()
    return {"title": read["title"], "document_no": read["document_no"], "text": NOTICE_2027, "days": read["days"]}


def confirm(client: TestClient, body: dict[str, Any], *, version: int = 0, year: int = 2027) -> Any:
    """The answer to a confirmation of a year that stands at that version."""
    return client.put(f"{API}/calendars/{year}", json=body, headers={"If-Match": f'"{version}"'})


def test_a_shipped_year_says_where_it_comes_from(reporter: TestClient) -> None:
    answer = reporter.get(f"{API}/calendars/2023")
    year = answer.json()
    assert (year["source"], year["known"], year["workdays"], year["actions"]) == ("shipped", True, 249, [])
    assert {"on": "2023-10-07", "kind": "work", "name": "国庆节"} in year["days"]
    assert answer.headers["ETag"] == '"0"'


def test_next_year_is_unknown_until_it_is_published(office: TestClient) -> None:
    year = office.get(f"{API}/calendars/2027").json()
    assert (year["source"], year["known"], year["workdays"], year["days"]) == ("none", False, None, [])
    assert [each["year"] for each in office.get(f"{API}/calendars").json()] == list(range(2027, 2012, -1))


def test_reading_a_notice_writes_nothing(reporter: TestClient, session: Session) -> None:
    read = reporter.post(f"{API}/calendars/read", json={"text": NOTICES[2026]}).json()
    assert (read["year"], read["document_no"], read["problems"]) == (2026, "国办发明电〔2025〕7号", [])
    assert len(read["days"]) == 39
    assert session.exec(select(Holiday)).all() == []


def test_confirmed_the_year_is_known_and_deadlines_run_into_it(
    office: TestClient, reporter: TestClient, arrangement: dict[str, Any]
) -> None:
    ask = "start=2026-12-20&days=20"
    before = reporter.get(f"{API}/deadlines?{ask}").json()
    assert (before["known"], before["due_on"]) == (False, "2027-01-15")
    year = confirm(office, arrangement).json()
    assert (year["source"], year["document_no"], year["version"]) == ("notice", "国办发明电〔2026〕9号", 1)
    assert year["actions"] == ["change", "undo"]
    after = reporter.get(f"{API}/deadlines?{ask}").json()
    assert (after["known"], after["due_on"]) == (True, "2027-01-18")


def test_taken_back_it_is_as_before_and_its_version_does_not_repeat(
    office: TestClient, arrangement: dict[str, Any]
) -> None:
    confirm(office, arrangement)
    undone = office.delete(f"{API}/calendars/2027", headers={"If-Match": '"1"'})
    assert (undone.status_code, undone.json()["source"], undone.json()["version"]) == (200, "none", 2)
    assert confirm(office, arrangement, version=1).status_code == 412
    assert confirm(office, arrangement, version=2).json()["version"] == 3


def test_a_shipped_year_may_be_replaced_and_returned_to(office: TestClient) -> None:
    body = {"title": "2023年安排（更正）", "days": [{"on": "2023-10-09", "kind": "off", "name": "国庆节"}]}
    changed = confirm(office, body, year=2023).json()
    assert [day["on"] for day in changed["days"]] == ["2023-10-09"]
    office.delete(f"{API}/calendars/2023", headers={"If-Match": '"1"'})
    assert office.get(f"{API}/calendars/2023").json()["workdays"] == 249


def test_a_notice_may_move_days_of_the_december_before(office: TestClient) -> None:
    body = {
        "title": "2027年安排",
        "days": [
            {"on": "2026-12-31", "kind": "off", "name": "元旦"},
            {"on": "2027-01-01", "kind": "off", "name": "元旦"},
        ],
    }
    assert confirm(office, body).status_code == 200
    shown = office.get(f"{API}/calendars/2026").json()
    assert {"on": "2026-12-31", "kind": "off", "name": "元旦"} in shown["days"]
    assert shown["workdays"] == 247


@pytest.mark.parametrize(
    ("days", "code", "pointer"),
    [
        ([{"on": "2027-01-04", "kind": "work", "name": "元旦"}], "make-up-on-weekday", "#/days/0/on"),
        ([{"on": "2028-01-01", "kind": "off", "name": "元旦"}], "day-of-another-year", "#/days/0/on"),
        ([{"on": "2027-01-01", "kind": "off", "name": "元旦"}] * 2, "day-twice", "#/days/1/on"),
        ([], "too_short", "#/days"),
    ],
)
def test_what_no_year_can_hold_is_refused_and_nothing_kept(
    office: TestClient, session: Session, days: list[dict[str, str]], code: str, pointer: str
) -> None:
    answer = confirm(office, {"title": "2027年安排", "days": days})
    assert answer.status_code == 422
    assert [(each["code"], each["pointer"]) for each in answer.json()["errors"]] == [(code, pointer)]
    assert session.exec(select(Holiday)).all() == []


def test_who_saved_second_sees_what_the_first_saved(office: TestClient, arrangement: dict[str, Any]) -> None:
    confirm(office, arrangement)
    late = confirm(office, arrangement)
    assert (late.status_code, late.json()["current"]["version"]) == (412, 1)
    assert office.put(f"{API}/calendars/2027", json=arrangement).status_code == 428


def test_nothing_confirmed_is_nothing_to_take_back(office: TestClient) -> None:
    answer = office.delete(f"{API}/calendars/2027", headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "calendar-not-confirmed")


@pytest.mark.parametrize("username", ["dashanping", "dashanping-signer", "auditor", "audit"])
def test_only_the_office_and_the_administrator_confirm(
    client_as: SignIn, username: str, arrangement: dict[str, Any]
) -> None:
    client = client_as(username)
    assert confirm(client, arrangement).status_code == 403
    assert client.delete(f"{API}/calendars/2027", headers={"If-Match": '"0"'}).status_code == 403
    assert client.get(f"{API}/deadlines?start=2023-09-25&days=20").json()["due_on"] == "2023-10-27"


def test_the_administrator_may_confirm(admin: TestClient, arrangement: dict[str, Any]) -> None:
    assert confirm(admin, arrangement).status_code == 200


def test_both_steps_are_in_the_audit_log(office: TestClient, session: Session, arrangement: dict[str, Any]) -> None:
    confirm(office, arrangement)
    office.delete(f"{API}/calendars/2027", headers={"If-Match": '"1"'})
    events = session.exec(select(AuditEvent).where(AuditEvent.subject_type == "holiday_notice")).all()
    assert [event.action for event in events] == ["calendar.confirm", "calendar.undo"]
    assert events[1].before is not None
    assert len(events[1].before["days"]) == len(arrangement["days"])


@pytest.mark.parametrize("year", ["2012", "2100", "abc", "-1"])
def test_a_year_without_calendar_is_refused_in_words(office: TestClient, year: str) -> None:
    answer = office.get(f"{API}/calendars/{year}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "path:year"
