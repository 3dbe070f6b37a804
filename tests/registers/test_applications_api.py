"""An application from the counter to the post office: the clock follows, and what cannot be is refused by article."""

import io
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from taizhang.app import PREFIX
from taizhang.audit.models import AuditEvent
from taizhang.core.sealing import Keyring
from taizhang.registers import parties
from taizhang.registers.models import RegisterEntry
from tests.district import District, SignIn
from tests.registers.conftest import API, CASES, LI, Step, application


def test_registered_it_runs_for_twenty_working_days(case: dict[str, Any]) -> None:
    assert (case["state_words"], case["due_on"], case["light"]) == ("在办", "2023-09-25", "yellow")
    assert case["light_words"] == "剩余3个工作日"
    assert case["next_events"][0] == "correction_asked"


def test_corrected_it_starts_anew_extended_it_runs_on_sent_it_is_closed(
    reporter: TestClient, case: dict[str, Any], step: Step
) -> None:
    asked = step("correction_asked", "2023-09-01", items="请写明年度", until="2023-09-15").json()
    assert (asked["due_on"], asked["waiting"], asked["light"]) == (None, "correction", "yellow")
    assert asked["light_words"] == "待申请人补正，限期9月15日已过"
    assert step("correction_received", "2023-09-11").json()["due_on"] == "2023-10-13"
    extended = step("extended", "2023-09-18", days=10, approver="张主任", notice_no="延告〔2023〕1号").json()
    assert extended["due_on"] == "2023-10-27"
    clock = reporter.get(f"{CASES}/{case['id']}/clock").json()
    assert [each["kind"] for each in clock["derivation"]][:2] == ["received", "restarted"]
    assert clock["derivation"][-1]["on"] == "2023-10-27"
    assert "第三十三条" in clock["statement"]
    assert step("legal_reviewed", "2023-09-18", reviewer="王律师", opinion="同意").status_code == 201
    decided = step("decided", "2023-09-19", ground="partly", notice_no="答〔2023〕1号").json()
    assert (decided["outcome"], decided["next_events"]) == ("r3.2", ["sent"])
    sent = step("sent", "2023-09-20", way="post", tracking_no="XA123").json()
    assert (sent["state"], sent["closed_on"], sent["light_words"]) == ("closed", "2023-09-20", "按期办结")
    assert sent["actions"] == ["reopen", "void", "reveal"]


REFUSALS = [
    ("event-before-opening", "#/on", 422, "correction_asked", "2023-08-27", {"items": "…", "until": "2023-09-10"}),
    ("date-in-future", "#/on", 422, "correction_asked", "2023-09-21", {"items": "…", "until": "2023-10-10"}),
    ("event-out-of-order", "#/kind", 409, "correction_received", "2023-09-01", {}),
    ("event-out-of-order", "#/kind", 409, "sent", "2023-09-01", {"way": "post"}),
    ("extension-too-long", "#/data/days", 422, "extended", "2023-09-01", {"days": 21, "approver": "张主任"}),
    ("fee-both", "#/data/pages", 422, "fee_notified", "2023-09-01", {"items": 45, "pages": 250}),
    ("fee-free", "#/data/pages", 422, "fee_notified", "2023-09-01", {"pages": 30}),
    ("ground-unfit", "#/data/ground", 422, "decided", "2023-09-01", {"ground": "still_unclear"}),
    ("date_from_datetime_parsing", "#/on", 422, "confirmed", "2023-02-30", {}),
    ("enum", "#/data/ground", 422, "decided", "2023-09-01", {"ground": "no-such"}),
    ("event-unknown", "#/kind", 422, "published", "2023-09-01", {}),
]


@pytest.mark.parametrize(("code", "pointer", "status", "kind", "on", "data"), REFUSALS)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    reporter: TestClient, case: dict[str, Any], step: Step, code: str, pointer: str, status: int, kind: str, on: str,
    data: dict[str, Any],
) -> None:  # fmt: skip
    answer = step(kind, on, **data)
    assert answer.status_code == status, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]][:1] == [(pointer, code)]
    after = reporter.get(f"{CASES}/{case['id']}").json()
    assert (after["version"], after["events"], after["due_on"]) == (1, [], case["due_on"])


def test_a_term_is_extended_once_and_before_it_runs_out(step: Step) -> None:
    assert step("extended", "2023-09-01", days=20, approver="张主任").status_code == 201
    again = step("extended", "2023-09-04", days=5, approver="张主任")
    assert (again.status_code, again.json()["code"]) == (409, "extension-twice")
    assert "第三十三条" in again.json()["detail"]


def test_nothing_is_entered_on_a_closed_case_until_it_is_opened_again(
    reporter: TestClient, case: dict[str, Any], step: Step
) -> None:
    step("decided", "2023-09-04", ground="granted")
    step("sent", "2023-09-05", way="electronic")
    late = step("decided", "2023-09-06", ground="not_found")
    assert (late.status_code, late.json()["code"]) == (409, "entry-closed")
    assert reporter.post(f"{CASES}/{case['id']}/reopen", json={}).status_code == 422
    again = reporter.post(f"{CASES}/{case['id']}/reopen", json={"reason": "送达地址有误"}).json()
    assert (again["state"], again["next_events"]) == ("open", ["sent"])
    assert [each["void_reason"] for each in again["events"]] == [None, "送达地址有误"]


def test_a_step_others_rest_on_is_not_taken_back(reporter: TestClient, case: dict[str, Any], step: Step) -> None:
    asked = step("correction_asked", "2023-09-01", items="请写明年度", until="2023-09-15").json()["events"][0]
    got = step("correction_received", "2023-09-11").json()["events"][1]
    refused = reporter.post(f"{CASES}/{case['id']}/events/{asked['id']}/void", json={"reason": "登错"})
    assert (refused.status_code, refused.json()["code"]) == (409, "event-relied-on")
    freed = reporter.post(f"{CASES}/{case['id']}/events/{got['id']}/void", json={"reason": "登错"}).json()
    assert (freed["waiting"], freed["due_on"]) == ("correction", None)


def test_by_internet_the_clock_waits_for_both_sides_to_confirm(reporter: TestClient) -> None:
    body = application(data={"channel": "internet", "content": "申请公开年度预算"})
    case = reporter.post(CASES, json=body).json()
    assert (case["due_on"], case["light_words"]) == (None, "待与申请人确认收到")
    assert case["next_events"] == ["confirmed", "decided"]
    event = {"kind": "confirmed", "on": "2023-08-30"}
    confirmed = reporter.post(f"{CASES}/{case['id']}/events", json=event).json()
    assert confirmed["due_on"] == "2023-09-27"


def test_while_a_third_party_is_asked_the_clock_stands(reporter: TestClient, case: dict[str, Any], step: Step) -> None:
    asked = step("consultation_started", "2023-09-04", asked_of="某公司").json()
    assert (asked["due_on"], asked["waiting"]) == (None, "consultation")
    assert asked["light_words"] == "征求意见中，期限暂不计算，至9月25日"
    clock = reporter.get(f"{CASES}/{case['id']}/clock").json()
    assert (clock["remaining"], clock["due_on"]) == (15, None)
    assert step("decided", "2023-09-05", ground="granted").json()["code"] == "event-out-of-order"
    answered = step("consultation_ended", "2023-09-11", opinion="agreed").json()
    assert answered["due_on"] == "2023-10-08"


def test_not_corrected_in_time_the_case_ends(step: Step) -> None:
    step("correction_asked", "2023-09-01", items="请写明年度", until="2023-09-15")
    early = step("decided", "2023-09-15", ground="not_corrected")
    assert early.json()["errors"][0]["code"] == "ground-unfit"
    ended = step("decided", "2023-09-18", ground="not_corrected").json()
    assert (ended["state"], ended["outcome"], ended["light_words"]) == ("closed", "r3.6.1", "已办结")


def test_a_fee_is_reckoned_and_once_paid_the_term_runs_anew(
    reporter: TestClient, case: dict[str, Any], step: Step
) -> None:
    noticed = step("fee_notified", "2023-08-31", pages=250).json()
    assert {"label": "收费金额", "words": "4,700元"} in noticed["events"][0]["facts"]
    assert (noticed["waiting"], noticed["light_words"]) == ("payment", "待申请人缴费，至9月28日")
    paid = step("fee_paid", "2023-09-11").json()
    assert paid["due_on"] == "2023-10-13"
    statement = reporter.get(f"{CASES}/{case['id']}/clock").json()["statement"]
    assert "缴清信息处理费" in statement
    assert "补正" not in statement


def test_a_letter_with_three_matters_becomes_three_cases(reporter: TestClient, case: dict[str, Any]) -> None:
    titles = ["2021年社会救助资金发放情况", "社会救助经办人员名单"]
    answer = reporter.post(f"{CASES}/{case['id']}/split", json={"titles": titles})
    assert answer.status_code == 200, answer.text
    cases = reporter.get(f"{CASES}?sort=opened_on").json()["items"]
    assert {each["title"] for each in cases} == {case["title"], *titles}
    assert {(each["due_on"], each["party_name"]) for each in cases} == {("2023-09-25", "李**")}


def test_an_applicant_is_one_of_six_kinds(reporter: TestClient) -> None:
    answer = reporter.post(CASES, json=application(party=LI | {"kind": "lawyer"}))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/party/kind"
    assert "自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他" in answer.json()["errors"][0]["detail"]
    assert reporter.post(CASES, json=application(party=None)).json()["errors"][0]["pointer"] == "#/party"


# -- personal data


def test_personal_data_is_nowhere_in_the_clear(
    reporter: TestClient, case: dict[str, Any], session: Session, office: TestClient
) -> None:
    secrets = [value for name, value in LI.items() if name != "kind"]
    shown = reporter.get(CASES).text + reporter.get(f"{CASES}/{case['id']}").text + office.get(CASES).text
    entry = session.exec(select(RegisterEntry)).one()
    logged = [str(event.after) + str(event.before) for event in session.exec(select(AuditEvent))]
    kept = str(entry.model_dump(exclude={"party_sealed"})) + repr(entry.party_sealed) + "".join(logged)
    assert [secret for secret in secrets if secret in shown + kept] == []
    assert case["party_masked"]["name"] == "李**"
    assert case["party_masked"]["phone"] == "******78"


def test_each_view_by_the_handling_unit_is_recorded(
    reporter: TestClient, case: dict[str, Any], session: Session, district: District
) -> None:
    answer = reporter.get(f"{CASES}/{case['id']}/party")
    assert answer.json() == LI | {"kind_words": "自然人"}
    assert answer.headers["Cache-Control"] == "no-store"
    views = select(AuditEvent).where(col(AuditEvent.action) == "register-entry.reveal")
    assert [event.actor_id for event in session.exec(views)] == [district.people["dashanping"].id]


def test_others_do_not_read_the_applicant_even_those_who_see_the_case(client_as: SignIn, case: dict[str, Any]) -> None:
    place = f"{CASES}/{case['id']}"
    assert {who: client_as(who).get(place).status_code for who in ("office", "auditor")} == dict.fromkeys(
        ("office", "auditor"), 200
    )
    assert "reveal" not in client_as("office").get(place).json()["actions"]
    readers = {
        who: client_as(who).get(f"{place}/party").status_code for who in ("office", "auditor", "caizheng", "naxi")
    }
    assert readers == {"office": 404, "auditor": 403, "caizheng": 404, "naxi": 404}


def test_exported_the_applicant_stays_masked(office: TestClient, case: dict[str, Any]) -> None:
    answer = office.get(f"{CASES}.xlsx?q=救助")
    assert answer.status_code == 200
    heading, row = load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    found = dict(zip(heading, row, strict=True))
    assert (found["申请事项"], found["申请人类型"], found["申请人（已遮掩）"]) == (case["title"], "自然人", "李**")
    assert (found["到期日"], found["灯"], found["提交方式"]) == ("2023-09-25", "黄：剩余3个工作日", "当面提交")
    assert not any(secret in str(row) for name, secret in LI.items() if name != "kind")


# -- review and lawsuit


def test_a_review_is_linked_to_the_case_it_is_about(
    reporter: TestClient, case: dict[str, Any], neighbour: TestClient
) -> None:
    body = {
        "title": "不服部分公开答复",
        "opened_on": "2023-09-18",
        "data": {"organ": "江阳区人民政府"},
        "related_id": case["id"],
    }
    review = reporter.post(f"{API}/reviews/entries", json=body).json()
    assert review["related"]["title"] == case["title"]
    assert reporter.get(f"{CASES}/{case['id']}").json()["relating"][0]["register_title"] == "行政复议"
    event = {"kind": "concluded", "on": "2023-09-20", "data": {"result": "upheld"}}
    done = reporter.post(f"{API}/reviews/entries/{review['id']}/events", json=event).json()
    assert (done["state"], done["outcome"], done["outcome_words"]) == ("closed", "upheld", "结果维持")
    foreign = neighbour.post(f"{API}/reviews/entries", json=body)
    assert foreign.json()["errors"][0]["code"] == "link-unknown"


def test_with_a_new_key_old_applicants_are_sealed_anew(
    reporter: TestClient, case: dict[str, Any], session: Session, app: FastAPI
) -> None:
    old: Keyring = app.state.party_keys()
    ring = Keyring({"k2": b"2" * 32, **old.keys}, "k2")
    assert (parties.reseal(session, ring), parties.reseal(session, ring)) == (1, 0)
    session.commit()
    app.state.party_keys = lambda: Keyring({"k2": b"2" * 32}, "k2")
    assert reporter.get(f"{CASES}/{case['id']}/party").json()["name"] == "李小明"


# -- the calendar


def test_a_term_that_runs_into_an_unknown_year_is_counted_anew_once_it_is_published(
    office: TestClient, reporter: TestClient, app: FastAPI
) -> None:
    app.state.settings = app.state.settings.model_copy(update={"today": date(2026, 12, 21)})
    body = application(opened_on="2026-12-21")
    case = reporter.post(CASES, json=body).json()
    assert (case["due_on"], case["due_known"]) == ("2027-01-18", False)
    arrangement = {
        "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "days": [{"on": day, "kind": "off", "name": "元旦"} for day in ("2027-01-01", "2027-01-02", "2027-01-03")],
    }
    assert office.put(f"{PREFIX}/calendars/2027", json=arrangement, headers={"If-Match": '"0"'}).status_code == 200
    row = reporter.get(CASES).json()["items"][0]
    assert (row["due_on"], row["due_known"]) == ("2027-01-19", True)


def test_withdrawn_while_others_are_asked_the_case_ends_in_time(step: Step) -> None:
    step("consultation_started", "2023-09-04", asked_of="某公司")
    ended = step("decided", "2023-09-11", ground="withdrawn").json()
    assert (ended["state"], ended["outcome"], ended["due_on"]) == ("closed", "r3.6.3", "2023-10-08")
    assert ended["light_words"] == "按期办结"


def test_asked_twice_in_a_day_the_clock_stands_all_the_same(step: Step) -> None:
    step("consultation_started", "2023-09-04", asked_of="某公司")
    step("consultation_ended", "2023-09-04", opinion="agreed")
    again = step("consultation_started", "2023-09-04", asked_of="另一家公司")
    assert (again.status_code, again.json()["waiting"]) == (201, "consultation")
