"""Indicators as the district sees them: computed, drilled, frozen, overruled, and compared with what was reported."""

from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import Session, select

from taizhang.indicators import freezing, judging
from taizhang.indicators.models import IndicatorSnapshot
from tests.conftest import TODAY
from tests.district import District, SignIn
from tests.indicators.conftest import API, duties, indicators, interpreted, trained
from tests.progress.ledger import Ledger


def test_half_of_the_documents_in_more_than_plain_text_reach_the_ratio(reporter: TestClient, plan: Ledger) -> None:
    interpreted(reporter, "关于促进消费的意见", "text", "chart")
    interpreted(reporter, "关于促进消费的意见", "text")  # the same document once more
    interpreted(reporter, "关于稳岗的通知", "text")
    found = indicators(reporter)["interpretation-diversity"]
    assert (found["numerator"], found["denominator"], found["value"]) == (1, 2, 50.0)
    assert (found["verdict"], found["target"], found["small"]) == ("met", 50.0, True)
    rows = reporter.get(found["rows"]).json()
    assert rows["total"] == 3
    assert reporter.get(f"{found['rows']}&missing=true").json()["total"] == 2


def test_a_document_nobody_explained_counts_against_the_ratio(reporter: TestClient, plan: Ledger) -> None:
    interpreted(reporter, "关于促进消费的意见", "chart")
    data = {"issuer": "government"}
    body = {"title": "《关于绿化的意见》", "opened_on": "2023-08-02", "data": data}
    assert reporter.post(f"{API}/registers/normative-documents/entries", json=body).status_code == 201
    found = indicators(reporter)["interpretation-diversity"]
    assert (found["numerator"], found["denominator"]) == (1, 2)


def test_without_applications_the_share_answered_in_time_does_not_apply(reporter: TestClient, plan: Ledger) -> None:
    found = indicators(reporter)["answered-in-time"]
    assert (found["verdict"], found["value"], found["denominator"]) == ("not_applicable", None, 0)
    assert "不适用" in found["words"]


def test_every_measure_answers_for_the_district_and_for_a_year_without_rows(office: TestClient, plan: Ledger) -> None:
    for year in (2023, 2019):
        for key in indicators(office, year=year):
            assert office.get(f"{API}/indicators/{key}", params={"year": year}).status_code == 200
            assert office.get(f"{API}/indicators/{key}/rows", params={"year": year}).status_code == 200
    assert office.get(f"{API}/indicators/matrix").status_code == 200


def test_a_duty_is_judged_as_its_register_is_kept(reporter: TestClient, plan: Ledger, mine: str) -> None:
    assert duties(reporter, mine)["每年至"]["judgement"]["effective"] == "not_kept"
    entry = trained(reporter)
    judged = duties(reporter, mine)["每年至"]["judgement"]
    assert (judged["effective"], judged["done_on"], judged["value"]) == ("met", "2023-06-15", 1.0)
    listed = reporter.get(f"{API}/assignments", params={"task": str(plan.other_task.id)}).json()["items"][0]
    assert (listed["duties_judged"]["judged"], listed["duties_judged"]["met"]) == (1, 1)
    voided = reporter.post(f"{API}/registers/trainings/entries/{entry['id']}/void", json={"reason": "登重了"})
    assert voided.status_code == 200
    assert duties(reporter, mine)["每年至"]["judgement"]["effective"] == "not_kept"


def test_the_light_follows_the_register(reporter: TestClient, office: TestClient, plan: Ledger, mine: str) -> None:
    body = {"title": "办法", "opened_on": "2023-08-25", "data": {"issuer": "unit", "searchable_on": "2023-09-10"}}
    assert office.get(f"{API}/assignments/{mine}").json()["due_on"] == "2023-09-30"
    assert reporter.post(f"{API}/registers/normative-documents/entries", json=body).status_code == 201
    assert duties(reporter, mine)["9月底"]["judgement"]["done_on"] == "2023-09-10"
    assert office.get(f"{API}/assignments/{mine}").json()["due_on"] is None


def overruled(office: TestClient, judged: dict[str, Any], **body: Any) -> Any:
    headers = {"If-Match": f'"{judged["version"]}"'}
    return office.put(f"{API}/duty-judgements/{judged['id']}/overrule", json=body, headers=headers)


def test_the_office_decides_otherwise_with_a_reason_and_takes_it_back(
    reporter: TestClient, office: TestClient, client_as: SignIn, session: Session, plan: Ledger, mine: str
) -> None:
    trained(reporter)
    judged = duties(office, mine)["每年至"]["judgement"]
    body = {"verdict": "not_met", "reason": "参训人员名单与签到不符"}
    path = f"{API}/duty-judgements/{judged['id']}/overrule"
    assert office.put(path, json=body).status_code == 428
    assert reporter.put(path, json=body, headers={"If-Match": '"1"'}).status_code == 403
    assert client_as("naxi").put(path, json=body, headers={"If-Match": '"1"'}).status_code == 404
    after = overruled(office, judged, **body).json()
    assert (after["verdict"], after["effective"], after["overruled"]["reason"]) == ("met", "not_met", body["reason"])
    assert overruled(office, judged, **body).status_code == 412
    trained(reporter, on="2023-07-01")
    assert duties(reporter, mine)["每年至"]["judgement"]["effective"] == "not_met"
    back = office.delete(path, headers={"If-Match": f'"{after["version"]}"'})
    assert (back.json()["effective"], back.json()["overruled"]) == ("met", None)
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))  # the chain is sealed at commit
    events = client_as("audit").get(f"{API}/audit-events", params={"action": "duty-judgement.overrule"}).json()
    assert events["items"][0]["after"]["reason"] == body["reason"]


def begun(reporter: TestClient, plan: Ledger, mine: str, **body: Any) -> dict[str, Any]:
    base = {"assignment_id": mine, "period_id": str(plan.periods[9].id), "progress": "已办。"}
    answer = reporter.post(f"{API}/progress-submissions", json=base | body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_report_begins_with_what_the_register_says(reporter: TestClient, plan: Ledger, mine: str) -> None:
    trained(reporter)
    draft = begun(reporter, plan, mine)
    claim = next(claim for claim in draft["claims"] if claim["duty_id"] == str(plan.duties["每年至"].id))
    assert (claim["outcome"], claim["value"], claim["done_on"]) == ("met", 1.0, "2023-06-15")
    assert reporter.post(f"{API}/progress-submissions/{draft['id']}/submit").status_code == 200


def test_a_number_that_differs_from_the_register_must_be_explained(
    reporter: TestClient, office: TestClient, plan: Ledger, mine: str
) -> None:
    trained(reporter)
    claim = {"duty_id": str(plan.duties["每年至"].id), "outcome": "met", "value": 3, "done_on": "2023-06-15"}
    draft = begun(reporter, plan, mine, claims=[claim])
    path = f"{API}/progress-submissions/{draft['id']}"
    said = next(each for each in draft["judgements"] if each["duty_id"] == claim["duty_id"])
    assert said["difference"] == "专项台账算得1次，填报3次"
    refused = reporter.post(f"{path}/submit")
    assert refused.status_code == 422
    assert refused.json()["code"] == "difference-unexplained"
    assert refused.json()["errors"][0]["pointer"] == "#/claims/0/difference_reason"
    assert reporter.get(path).json()["state"] == "draft"
    explained = [claim | {"difference_reason": "另两次由区里统一组织，没有登记在本单位"}]
    edited = reporter.patch(path, json={"claims": explained}, headers={"If-Match": f'"{draft["version"]}"'})
    assert edited.status_code == 200
    assert reporter.post(f"{path}/submit").status_code == 200
    cell = indicators(office, unit=draft["assignment"]["unit"]["id"])["trainings"]
    assert cell["stated"]["difference"] == said["difference"]
    assert cell["stated"]["reason"] == explained[0]["difference_reason"]


def test_who_keeps_no_register_may_state_the_number(reporter: TestClient, plan: Ledger, mine: str) -> None:
    claim = {"duty_id": str(plan.duties["每年至"].id), "outcome": "met", "value": 3, "done_on": "2023-06-15"}
    draft = begun(reporter, plan, mine, claims=[claim])
    assert reporter.post(f"{API}/progress-submissions/{draft['id']}/submit").status_code == 200
    found = indicators(reporter)["trainings"]
    assert (found["kept"], found["stated"]["value"], found["stated"]["difference"]) == (False, 3.0, None)


def test_a_neighbour_sees_only_their_own(neighbour: TestClient, reporter: TestClient, plan: Ledger) -> None:
    trained(reporter)
    assert indicators(neighbour)["trainings"]["numerator"] == 0
    others = reporter.get(f"{API}/auth/me").json()["unit"]["id"]
    assert neighbour.get(f"{API}/indicators", params={"unit": others}).status_code == 404
    matrix = neighbour.get(f"{API}/indicators/matrix").json()
    assert [row["unit"]["short_name"] for row in matrix["rows"]] == ["区财政局"]


def test_months_are_frozen_once_and_a_late_one_says_so(
    reporter: TestClient, office: TestClient, session: Session, district: District, plan: Ledger
) -> None:
    trained(reporter)
    on_time = datetime(2023, 9, 1, 1, tzinfo=UTC)
    assert freezing.freeze(session, on_time) > 0
    assert freezing.freeze(session, on_time) == 0
    trained(reporter, on="2023-07-02")
    session.commit()
    history = office.get(f"{API}/indicators/trainings").json()["history"]
    assert [(each["ends_on"], each["late"]) for each in history[-2:]] == [("2023-07-31", True), ("2023-08-31", False)]
    found = indicators(office)["trainings"]
    assert (found["value"], found["frozen"]["value"], found["frozen"]["ends_on"]) == (2.0, 1.0, "2023-08-31")
    own = session.exec(
        select(IndicatorSnapshot).where(
            IndicatorSnapshot.unit_id == district.units["dashanping"].id,
            IndicatorSnapshot.indicator_key == "trainings",
        )
    ).all()
    assert {(row.ends_on.month, row.value) for row in own} == {(6, 1.0), (7, 1.0), (8, 1.0)}


def test_a_day_passing_changes_what_is_judged(session: Session, reporter: TestClient, plan: Ledger, mine: str) -> None:
    body = {"title": "办法", "opened_on": "2023-08-25", "data": {"issuer": "unit"}}
    assert reporter.post(f"{API}/registers/normative-documents/entries", json=body).status_code == 201
    assert duties(reporter, mine)["9月底"]["judgement"]["verdict"] == "pending"
    judging.judge_all(session, TODAY.replace(month=10, day=1))
    session.commit()
    judged = duties(reporter, mine)["9月底"]["judgement"]
    assert judged["verdict"] == "not_met"
    assert "2023年9月30日前应达到100%" in judged["words"]
