"""A report on its way: drafted, checked, handed in, signed, accepted or returned, published, taken down."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from taizhang.annual_reports.procedure import ReportState
from tests.annual_reports.filed import API, GOLDEN, NOTHING, begun, handed_in, step, stored
from tests.district import District, SignIn

Json = dict[str, Any]


def test_the_way_of_a_report_from_draft_to_the_public(
    reporter: TestClient, signer: TestClient, office: TestClient, district: District
) -> None:
    report = begun(reporter, figures=GOLDEN)
    assert report["title"] == "泸州市江阳区人民政府大山坪街道办事处2022年政府信息公开工作年度报告"
    assert (report["figures"]["t3.r1.total"], report["figures"]["t3.r3.7.total"]) == (42, 40)
    assert (report["due_on"], report["alert_on"]) == ("2023-01-31", "2023-01-31")
    assert "submit" in report["actions"]
    report = step(reporter, report, "submit")
    assert (report["state"], report["revision"], report["late"]) == ("submitted", 1, True)
    report = step(signer, report, "sign")
    assert report["signed_by"] == "dashanping-signer同志"
    report = step(office, report, "accept")
    assert {"publish", "reopen"} <= set(report["actions"])
    report = step(office, report, "publish", published_on="2023-02-01")
    assert (report["state"], report["published_on"], report["actions"]) == ("published", "2023-02-01", ["unpublish"])
    report = step(signer, report, "unpublish", reason="表三有误")
    assert (report["state"], report["published_on"], report["withdraw_reason"]) == ("accepted", None, "表三有误")
    report = step(office, report, "reopen", reason="请更正表三")
    assert (report["state"], report["open_points"]) == ("returned", 1)
    words = [each["action_words"] for each in report["steps"]]
    assert words == ["提交", "签发", "审核通过", "公布", "撤下", "重新打开"]


def test_what_was_handed_in_late_stays_late_and_what_is_taken_back_unread_does_not_count(
    reporter: TestClient, signer: TestClient
) -> None:
    report = step(reporter, step(reporter, begun(reporter), "submit"), "withdraw")
    assert (report["state"], report["first_submitted_at"], report["late"]) == ("draft", None, False)
    report = step(signer, step(reporter, report, "submit"), "return", points=[{"reason": "figures", "text": "请核对"}])
    assert (report["state"], report["late"]) == ("returned", True)


def test_a_returned_report_is_answered_point_by_point_and_shows_what_changed(
    reporter: TestClient, signer: TestClient, office: TestClient
) -> None:
    report = begun(reporter, figures=GOLDEN)
    step(signer, step(reporter, report, "submit"), "sign")
    point = {"target": "figures", "cell": "t3.r1.natural", "reason": "figures", "text": "与台账不符"}
    report = step(office, report, "return", points=[point])
    assert report["points"][0]["cell"] == "t3.r1.natural"
    refused = reporter.post(f"{API}/{report['id']}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "point-unanswered")
    patch = {
        "figures": {"t3.r1.natural": 43, "t3.r3.1.natural": 14},
        "answers": [{"point_id": report["points"][0]["id"], "answer": "已按台账更正"}],
    }
    version = {"If-Match": f'"{report["version"]}"'}
    edited = reporter.patch(f"{API}/{report['id']}", json=patch, headers=version)
    assert edited.status_code == 200, edited.text
    changes = office.get(f"{API}/{report['id']}/changes").json()
    assert {each["cell"]: (each["before"], each["after"]) for each in changes["figures"]}["t3.r1.total"] == (42, 43)
    assert (changes["from_revision"], changes["to_revision"]) == (1, 2)
    assert step(reporter, report, "submit")["revision"] == 2


@pytest.mark.parametrize(
    ("figures", "code", "pointer"),
    [
        ({"t3.r1.natural": -1}, "number-negative", "#/figures/t3.r1.natural"),
        ({"t3.r1.natural": 1.5}, "number-fraction", "#/figures/t3.r1.natural"),
        ({"t3.r1.natural": 123456789012}, "number-too-large", "#/figures/t3.r1.natural"),
        ({"t3.r9.natural": 1}, "cell-unknown", "#/figures/t3.r9.natural"),
        ({"t3.r1.natural": 4, "t3.r1.total": 9}, "cell-locked", "#/figures/t3.r1.total"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name_and_nothing_is_written(
    reporter: TestClient, figures: Json, code: str, pointer: str
) -> None:
    refused = reporter.post(API, json={"year": 2022, "figures": {"t4.review.upheld": 1, **figures}})
    assert refused.status_code == 422
    assert [(error["code"], error["pointer"]) for error in refused.json()["errors"]] == [(code, pointer)]
    assert reporter.get(API).json()["total"] == 0
    report = begun(reporter)
    headers = {"If-Match": f'"{report["version"]}"'}
    assert reporter.patch(f"{API}/{report['id']}", json={"figures": figures}, headers=headers).status_code == 422
    assert reporter.get(f"{API}/{report['id']}").json()["version"] == report["version"]


def test_a_second_report_and_one_of_a_unit_outside_the_roster_are_refused_by_name(
    reporter: TestClient, client_as: SignIn, office: TestClient, district: District
) -> None:
    report = begun(reporter)
    again = reporter.post(API, json={"year": 2022})
    assert (again.status_code, again.json()["code"], again.json()["existing"]) == (409, "report-exists", report["id"])
    for client in (client_as("huanjing"), office):
        body = {"year": 2022, "unit_id": str(district.units["huanjing"].id)}
        outside = client.post(API, json=body)
        assert (outside.status_code, outside.json()["code"]) == (422, "unit-outside-roster")
        assert outside.json()["errors"][0]["pointer"] == "#/unit_id"
    wrong = office.post(
        API, json={"year": 2022, "unit_id": str(district.units["dashanping"].id), "scope": "government"}
    )
    assert wrong.json()["errors"][0]["pointer"] == "#/scope"


def test_the_same_request_twice_makes_one_report(reporter: TestClient) -> None:
    headers = {"Idempotency-Key": "annual-report-2022"}
    first, second = (reporter.post(API, json={"year": 2022}, headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert reporter.get(API).json()["total"] == 1


def test_who_sees_and_who_may(
    reporter: TestClient,
    neighbour: TestClient,
    citizen: TestClient,
    client_as: SignIn,
    office: TestClient,
    admin: TestClient,
) -> None:
    report = begun(reporter)
    url = f"{API}/{report['id']}"
    assert neighbour.get(url).status_code == 404
    assert neighbour.post(f"{url}/submit").status_code == 404
    assert client_as("naxi").get(url).status_code == 404
    assert citizen.get(url).status_code == 401
    assert admin.get(url).status_code == 403
    auditor = client_as("auditor")
    assert auditor.get(url).json()["actions"] == []
    assert auditor.post(f"{url}/compile").status_code == 403
    assert reporter.post(f"{url}/sign").status_code == 403
    early = office.post(f"{url}/accept")
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "step-not-allowed", "draft")
    for client, count in ((reporter, 1), (neighbour, 0), (office, 1)):
        assert client.get(API).json()["total"] == count


def test_the_list_gives_the_same_actions_as_the_report(
    reporter: TestClient, signer: TestClient, office: TestClient, client_as: SignIn
) -> None:
    report = step(reporter, begun(reporter), "submit")
    step(office, begun(office, scope="government"), "check")
    for client in (reporter, signer, office, client_as("office-signer"), client_as("auditor")):
        for row in client.get(API).json()["items"]:
            assert row["actions"] == client.get(f"{API}/{row['id']}").json()["actions"]
    waiting = signer.get(API, params={"waiting": True}).json()["items"]
    assert [row["id"] for row in waiting] == [report["id"]]
    assert [row["scope"] for row in office.get(API, params={"waiting": True}).json()["items"]] == []


def test_an_edit_names_the_version_it_began_from(reporter: TestClient) -> None:
    report = begun(reporter)
    url = f"{API}/{report['id']}"
    assert reporter.patch(url, json={"facts": {"info.total": 9}}).status_code == 428
    saved = reporter.patch(url, json={"facts": {"info.total": 9}}, headers={"If-Match": '"1"'})
    assert saved.status_code == 200, saved.text
    stale = reporter.patch(url, json={"facts": {"info.total": 8}}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    unknown = reporter.patch(url, json={"facts": {"info.nonsense": 1}}, headers={"If-Match": '"2"'})
    assert unknown.json()["errors"][0]["pointer"] == "#/facts/info.nonsense"


def test_no_such_business_is_said_once_and_can_be_taken_back(reporter: TestClient) -> None:
    report = reporter.post(API, json={"year": 2022, "figures": {"t2.licensing.decisions": 3}}).json()
    contradicted = reporter.post(f"{API}/{report['id']}/zero-declarations", json={"group": "t2.licensing"})
    assert (contradicted.status_code, contradicted.json()["cells"]) == (409, ["t2.licensing.decisions"])
    declared = step(reporter, report, "zero-declarations", group="t4")
    assert declared["figures"]["t4.review.total"] == 0
    (said,) = declared["zero_declarations"]
    assert (said["made_by"], said["label"]) == ("dashanping同志", "表四（政府信息公开行政复议、行政诉讼情况）")
    back = step(reporter, report, f"zero-declarations/{said['id']}/withdraw")
    assert back["figures"]["t4.review.total"] is None
    assert back["zero_declarations"][0]["withdrawn_by"] == "dashanping同志"


def test_a_report_in_the_wrong_stays_where_it_is(reporter: TestClient) -> None:
    report = begun(reporter, figures={**GOLDEN, "t3.r4.natural": 3})
    refused = reporter.post(f"{API}/{report['id']}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "report-blocked")
    assert {(error["code"], error["pointer"]) for error in refused.json()["errors"]} == {
        ("A1", "#/figures/t3.r1.natural"),
        ("A1", "#/figures/t3.r1.total"),
    }
    assert reporter.get(f"{API}/{report['id']}").json()["state"] == "draft"
    found = step(reporter, report, "check")
    assert (found["blocking"], {each["waivable"] for each in found["findings"]}) == (2, {False})
    first = found["findings"][0]
    body = {"rule": first["rule"], "cells": first["cells"], "reason": "原件如此"}
    assert reporter.post(f"{API}/{report['id']}/waivers", json=body).json()["errors"][0]["code"] == "waiver-unfit"


def test_what_no_longer_adds_up_is_not_published(office: TestClient, session: Session, district: District) -> None:
    report = stored(session, district.units["dashanping"], 2022, ReportState.ACCEPTED, t3_r1_legal=1)
    refused = office.post(f"{API}/{report.id}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "report-blocked")
    assert ("A1", "#/figures/t3.r1.legal") in {(each["code"], each["pointer"]) for each in refused.json()["errors"]}
    assert office.get(f"{API}/{report.id}").json()["state"] == "accepted"


def test_last_year_is_carried_over_and_only_a_signed_line_moves_it(
    reporter: TestClient, signer: TestClient, office: TestClient
) -> None:
    handed_in(reporter, signer, office, 2021, figures=GOLDEN)
    report = reporter.post(API, json={"year": 2022}).json()
    assert report["previous"]["figures"]["t3.r4.natural"] == 2
    report = step(reporter, report, "compile")["report"]
    assert report["figures"]["t3.r2.natural"] == 2
    headers = {"If-Match": f'"{report["version"]}"'}
    locked = reporter.patch(f"{API}/{report['id']}", json={"figures": {"t3.r2.natural": 3}}, headers=headers)
    assert (locked.status_code, locked.json()["code"]) == (422, "cell-locked")
    line = {"cell": "t3.r2.natural", "delta": 1, "reason": "上年漏计1件，见更正说明"}
    report = step(reporter, report, "adjustments", **line)
    assert report["figures"]["t3.r2.total"] == 3
    assert "A5" not in {each["rule"] for each in step(reporter, report, "check")["findings"]}
    assert step(reporter, report, "compile")["report"]["figures"]["t3.r2.natural"] == 3
    back = step(reporter, report, f"adjustments/{report['adjustments'][0]['id']}/withdraw")
    assert back["figures"]["t3.r2.natural"] == 2
    free = reporter.post(f"{API}/{report['id']}/adjustments", json={**line, "cell": "t3.r1.natural"})
    assert free.json()["errors"][0]["code"] == "cell-unadjustable"


def test_a_reason_lets_a_finding_stand_until_its_numbers_change(
    reporter: TestClient, signer: TestClient, office: TestClient
) -> None:
    handed_in(reporter, signer, office, 2021)
    text = "本年新收政府信息公开申请2件。"
    report = begun(reporter, figures={"t3.r1.natural": 1, "t3.r4.natural": 1}, sections={"overview": text})
    (finding,) = [each for each in step(reporter, report, "check")["findings"] if each["rule"] == "E1"]
    body = {"rule": "E1", "cells": finding["cells"], "reason": "含转办1件"}
    report = step(reporter, report, "waivers", **body)
    assert step(reporter, report, "check")["blocking"] == 0
    assert [each["rule"] for each in report["waivers"]] == ["E1"]
    headers = {"If-Match": f'"{report["version"]}"'}
    more = {"figures": {"t3.r1.natural": 3, "t3.r4.natural": 3}}
    assert reporter.patch(f"{API}/{report['id']}", json=more, headers=headers).status_code == 200
    assert step(reporter, report, "check")["blocking"] == 1


def test_the_whole_form_may_be_sent_with_its_sums(reporter: TestClient) -> None:
    report = begun(reporter, figures=GOLDEN)
    headers = {"If-Match": f'"{report["version"]}"'}
    again = reporter.patch(f"{API}/{report['id']}", json={"figures": report["figures"]}, headers=headers)
    assert (again.status_code, again.json()["version"]) == (200, report["version"])
    assert set(NOTHING) < set(report["figures"])
