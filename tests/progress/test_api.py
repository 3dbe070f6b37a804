"""A month's work as its people do it: the reporter writes, the leader signs, the office decides, the neighbour sees
nothing."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from taizhang.audit.models import AuditEvent
from taizhang.notifications.models import Notification
from taizhang.plans.models import PlanStatus
from taizhang.progress.models import Submission
from tests.district import District
from tests.progress.conftest import API
from tests.progress.ledger import Ledger

Json = dict[str, Any]
WHOLE = {"target": "whole", "reason": "other", "text": "请补充"}


def start(ledger: Ledger, month: int | None = None) -> Json:
    body = {"assignment_id": str(ledger.mine.id)}
    return body if month is None else body | {"period_id": str(ledger.periods[month].id)}


# -- beginning


def test_a_reporter_begins_a_report_and_is_told_what_comes_next(draft: Json) -> None:
    assert (draft["state"], draft["state_words"], draft["version"]) == ("draft", "草稿", 1)
    assert draft["actions"] == ["edit", "submit"]
    assert draft["period"]["label"] == "2023年9月"
    assert draft["period"]["state"] == "open"
    assert draft["assignment"]["unit"]["short_name"] == "大山坪街道"
    assert [claim["outcome"] for claim in draft["claims"]] == ["met", "ongoing"]
    assert (draft["revision"], draft["late"], draft["previous"]) == (0, False, None)


def test_the_period_owed_is_closed_so_the_one_now_open_is_taken(reporter: TestClient, ledger: Ledger) -> None:
    assert reporter.post(API, json=start(ledger)).json()["period"]["label"] == "2023年9月"


def test_one_report_a_period_the_second_is_shown_the_first(reporter: TestClient, draft: Json, ledger: Ledger) -> None:
    answer = reporter.post(API, json=start(ledger, 9))
    assert answer.status_code == 409
    assert answer.json()["code"] == "submission-exists"
    assert answer.json()["existing"] == draft["id"]


@pytest.mark.parametrize(("month", "code"), [(7, "period-closed"), (10, "period-not-open")])
def test_a_report_is_begun_while_its_period_takes_reports(
    reporter: TestClient, ledger: Ledger, month: int, code: str
) -> None:
    answer = reporter.post(API, json=start(ledger, month))
    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_on_a_closed_plan_nothing_is_begun(reporter: TestClient, session: Session, ledger: Ledger) -> None:
    ledger.plan.status = PlanStatus.CLOSED
    session.add(ledger.plan)
    session.commit()
    assert reporter.post(API, json=start(ledger, 9)).json()["code"] == "plan-not-issued"


def test_a_duty_of_another_unit_cannot_be_claimed(reporter: TestClient, ledger: Ledger) -> None:
    claims = [{"duty_id": str(ledger.duties["财政"].id), "outcome": "met"}]
    answer = reporter.post(API, json=start(ledger, 9) | {"claims": claims})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/claims/0/duty_id"
    assert answer.json()["errors"][0]["code"] == "duty-not-applicable"


def test_one_duty_is_claimed_once(reporter: TestClient, ledger: Ledger) -> None:
    claim = {"duty_id": str(ledger.duties["持续"].id), "outcome": "ongoing"}
    answer = reporter.post(API, json=start(ledger, 9) | {"claims": [claim, claim]})
    assert answer.json()["errors"][0]["code"] == "duty-repeated"


def test_evidence_of_another_unit_cannot_be_shown(reporter: TestClient, neighbour: TestClient, ledger: Ledger) -> None:
    piece = {"title": "预算公开", "document_no": "江财〔2023〕1号"}
    theirs = neighbour.post("/api/v1/evidence", json=piece).json()["id"]
    answer = reporter.post(API, json=start(ledger, 9) | {"evidence": [{"evidence_id": theirs}]})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "#/evidence/0/evidence_id", "code": "evidence-unknown", "detail": "本单位没有这件佐证材料"}
    ]


@pytest.mark.parametrize("field", ["state", "version", "unit_id", "created_by", "revision", "first_submitted_at"])
def test_what_is_not_the_reporters_to_set_is_refused_by_name(reporter: TestClient, ledger: Ledger, field: str) -> None:
    answer = reporter.post(API, json=start(ledger, 9) | {field: "x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"#/{field}"


def test_the_same_request_twice_is_carried_out_once(reporter: TestClient, session: Session, ledger: Ledger) -> None:
    key = {"Idempotency-Key": "sept-2023-dashanping"}
    first, second = (reporter.post(API, json=start(ledger, 9), headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(session.exec(select(Submission)).all()) == 1


# -- scope


@pytest.mark.parametrize("path", ["", "/changes"])
def test_a_neighbour_finds_nothing(neighbour: TestClient, draft: Json, path: str) -> None:
    foreign = neighbour.get(f"{API}/{draft['id']}{path}")
    absent = neighbour.get(f"{API}/{uuid.uuid4()}{path}")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.json()["detail"] == absent.json()["detail"]


@pytest.mark.parametrize("step", ["submit", "withdraw"])
def test_a_neighbour_can_do_nothing(neighbour: TestClient, draft: Json, step: str) -> None:
    assert neighbour.post(f"{API}/{draft['id']}/{step}").status_code == 404
    headers = {"If-Match": '"1"'}
    assert neighbour.patch(f"{API}/{draft['id']}", json={"progress": "x"}, headers=headers).status_code == 404


def test_a_neighbour_cannot_begin_a_report_for_another_unit(neighbour: TestClient, ledger: Ledger) -> None:
    assert neighbour.post(API, json=start(ledger, 9)).status_code == 404


def test_the_next_districts_office_sees_nothing(client_as: Callable[[str], TestClient], draft: Json) -> None:
    naxi = client_as("naxi")
    assert naxi.get(f"{API}/{draft['id']}").status_code == 404
    assert naxi.get(API).json()["total"] == 0


def test_a_third_party_reads_and_may_do_nothing(client_as: Callable[[str], TestClient], signed: Json) -> None:
    auditor = client_as("auditor")
    assert auditor.get(f"{API}/{signed['id']}").json()["actions"] == []
    assert auditor.post(f"{API}/{signed['id']}/accept").status_code == 403


def test_a_citizen_is_asked_to_sign_in(citizen: TestClient, draft: Json) -> None:
    assert citizen.get(f"{API}/{draft['id']}").status_code == 401
    assert citizen.post(f"{API}:batch", json={"action": "sign", "ids": [draft["id"]]}).status_code == 401


# -- editing


def test_an_edit_names_the_version_it_began_from(reporter: TestClient, draft: Json) -> None:
    place = f"{API}/{draft['id']}"
    assert reporter.patch(place, json={"progress": "甲"}).status_code == 428
    first = reporter.patch(place, json={"progress": "甲"}, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    second = reporter.patch(place, json={"progress": "乙"}, headers={"If-Match": '"1"'})
    assert second.status_code == 412
    assert second.json()["current"]["progress"] == "甲"
    assert second.json()["current"]["version"] == 2


def test_what_an_edit_leaves_out_stays(reporter: TestClient, draft: Json) -> None:
    edited = reporter.patch(f"{API}/{draft['id']}", json={"measures": "每周更新"}, headers={"If-Match": '"1"'}).json()
    assert (edited["progress"], edited["measures"]) == (draft["progress"], "每周更新")
    assert edited["claims"] == draft["claims"]


def test_an_edit_that_changes_nothing_makes_no_new_version(reporter: TestClient, draft: Json) -> None:
    body = {"progress": draft["progress"], "claims": draft["claims"], "evidence": []}
    assert reporter.patch(f"{API}/{draft['id']}", json=body, headers={"If-Match": '"1"'}).json()["version"] == 1


def test_evidence_is_shown_for_the_duty_it_proves(
    reporter: TestClient, draft: Json, ledger: Ledger, pieces: Callable[[str], str]
) -> None:
    duty = str(ledger.duties["8月"].id)
    links = [{"evidence_id": pieces("公开页面"), "duty_ids": [duty]}, {"evidence_id": pieces("工作方案")}]
    edited = reporter.patch(f"{API}/{draft['id']}", json={"evidence": links}, headers={"If-Match": '"1"'}).json()
    assert [(item["title"], item["duty_ids"]) for item in edited["evidence"]] == [
        ("公开页面", [duty]),
        ("工作方案", []),
    ]


def test_what_is_handed_in_is_not_edited(reporter: TestClient, submitted: Json) -> None:
    headers = {"If-Match": f'"{submitted["version"]}"'}
    answer = reporter.patch(f"{API}/{submitted['id']}", json={"progress": "改"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "submission-not-editable")


# -- handing in


def test_an_incomplete_report_is_told_everything_that_is_missing(reporter: TestClient, ledger: Ledger) -> None:
    claims = [
        {"duty_id": str(ledger.duties["8月"].id), "outcome": "met"},
        {"duty_id": str(ledger.duties["解读"].id), "outcome": "met", "value": 40},
    ]
    draft = reporter.post(API, json=start(ledger, 9) | {"claims": claims}).json()
    answer = reporter.post(f"{API}/{draft['id']}/submit")
    assert (answer.status_code, answer.json()["code"]) == (422, "submission-incomplete")
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("#/progress", "progress-empty"),
        ("#/claims/0/done_on", "done-on-missing"),
        ("#/claims/1/value", "threshold-not-reached"),
    ]


def test_handed_in_it_waits_for_the_leader_who_is_told(
    submitted: Json, session: Session, district: District, signer: TestClient
) -> None:
    assert (submitted["state"], submitted["revision"], submitted["late"]) == ("submitted", 1, False)
    assert submitted["actions"] == ["withdraw"]
    mine = district.people["dashanping-signer"].id
    told = session.exec(select(Notification).where(Notification.user_id == mine)).one()
    assert (told.kind, str(told.subject_id)) == ("to_sign", submitted["id"])
    waiting = signer.get(API, params={"waiting": True}).json()["items"]
    assert [item["actions"] for item in waiting] == [["sign", "return", "withdraw"]]


def test_taken_back_unread_it_was_never_handed_in(reporter: TestClient, submitted: Json) -> None:
    draft = reporter.post(f"{API}/{submitted['id']}/withdraw").json()
    assert (draft["state"], draft["first_submitted_at"], draft["revision"]) == ("draft", None, 1)
    assert [step["action"] for step in draft["steps"]] == ["submit", "withdraw"]


def test_a_report_on_august_in_september_is_late_after_the_eighth(reporter: TestClient, ledger: Ledger) -> None:
    draft = reporter.post(API, json=start(ledger, 8) | {"progress": "已完成"}).json()
    assert draft["period"]["state"] == "late"
    assert reporter.post(f"{API}/{draft['id']}/submit").json()["late"]


# -- the review


def test_the_leader_signs_the_office_accepts_and_the_ledger_moves(
    office: TestClient, signed: Json, ledger: Ledger, session: Session, district: District
) -> None:
    assert (signed["state"], signed["actions"]) == ("signed", ["withdraw"])
    accepted = office.post(f"{API}/{signed['id']}/accept", json={"note": "同意"}).json()
    assert (accepted["state"], accepted["actions"]) == ("accepted", ["reopen"])
    assert [(step["action"], step["unit_name"]) for step in accepted["steps"]] == [
        ("submit", "大山坪街道"),
        ("sign", "大山坪街道"),
        ("accept", "区政府办公室"),
    ]
    assert accepted["steps"][-1]["reason"] == "同意"
    session.refresh(ledger.mine)
    assert (ledger.mine.state, ledger.mine.due_on, ledger.mine.was_late) == ("in_progress", None, False)
    assert ledger.mine.report_period_id == ledger.periods[7].id
    kinds = session.exec(
        select(Notification.kind).where(Notification.user_id == district.people["dashanping"].id)
    ).all()
    assert kinds == ["accepted"]


def test_a_leader_may_sign_what_he_wrote(signer: TestClient, ledger: Ledger) -> None:
    draft = signer.post(API, json=start(ledger, 9) | {"progress": "已完成"}).json()
    signer.post(f"{API}/{draft['id']}/submit")
    assert signer.post(f"{API}/{draft['id']}/sign").json()["state"] == "signed"


def test_the_leader_may_take_his_signature_back_until_the_office_acts(signer: TestClient, signed: Json) -> None:
    assert signer.post(f"{API}/{signed['id']}/withdraw").json()["state"] == "submitted"


@pytest.mark.parametrize(
    ("step", "body"),
    [("sign", {}), ("accept", {}), ("return", {"points": [WHOLE]}), ("reopen", {"reason": "有误"})],
)
def test_a_reporter_neither_signs_nor_reviews(reporter: TestClient, submitted: Json, step: str, body: Json) -> None:
    assert reporter.post(f"{API}/{submitted['id']}/{step}", json=body).status_code == 403


def test_the_office_cannot_accept_what_the_leader_has_not_signed(office: TestClient, submitted: Json) -> None:
    answer = office.post(f"{API}/{submitted['id']}/accept")
    assert (answer.status_code, answer.json()["code"]) == (409, "step-not-allowed")
    assert (answer.json()["state"], answer.json()["actions"]) == ("submitted", [])


def test_a_step_may_name_the_version_it_was_decided_on(office: TestClient, signed: Json) -> None:
    answer = office.post(f"{API}/{signed['id']}/accept", headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    assert answer.json()["current"]["state"] == "signed"


def test_a_return_needs_a_point(office: TestClient, signed: Json) -> None:
    assert office.post(f"{API}/{signed['id']}/return", json={"points": []}).status_code == 422


def test_a_point_aims_at_something_in_the_report(office: TestClient, signed: Json) -> None:
    points = [
        {"target": "duty", "reason": "figures", "text": "数据有误", "target_id": str(uuid.uuid4())},
        {"target": "evidence", "reason": "no_evidence", "text": "缺"},
        {"target": "whole", "reason": "other", "text": "早", "due_on": "2023-09-19"},
    ]
    answer = office.post(f"{API}/{signed['id']}/return", json={"points": points})
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "#/points/0/target_id",
        "#/points/1/target_id",
        "#/points/2/due_on",
    ]


def test_returned_every_point_wants_its_answer(reporter: TestClient, returned: Json) -> None:
    first, second = returned["points"]
    assert (first["reason_words"], first["target_words"], second["due_on"]) == ("表述笼统", "进展情况", "2023-09-25")
    place, headers = f"{API}/{returned['id']}", {"If-Match": f'"{returned["version"]}"'}
    answers = [{"point_id": first["id"], "answer": "公开在“政策解读”栏目"}]
    reporter.patch(place, json={"answers": answers, "progress": "公开在“政策解读”栏目。"}, headers=headers)
    refused = reporter.post(f"{place}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "point-unanswered")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["#/points/1/answer"]


def test_answered_it_goes_in_again_and_keeps_its_first_day(
    reporter: TestClient, office: TestClient, returned: Json
) -> None:
    place, headers = f"{API}/{returned['id']}", {"If-Match": f'"{returned["version"]}"'}
    answers = [{"point_id": point["id"], "answer": "已补充"} for point in returned["points"]]
    reporter.patch(place, json={"answers": answers, "progress": "公开在解读栏目。"}, headers=headers)
    again = reporter.post(f"{place}/submit").json()
    assert (again["state"], again["revision"]) == ("submitted", 2)
    assert again["first_submitted_at"] == returned["first_submitted_at"]
    assert {point["answered_by"] for point in again["points"]} == {"dashanping同志"}
    changes = office.get(f"{place}/changes").json()
    assert (changes["from_revision"], changes["to_revision"]) == (1, 2)
    assert [(change["field"], change["after"]) for change in changes["fields"]] == [("progress", "公开在解读栏目。")]
    assert (changes["claims"], changes["evidence"]) == ([], {"added": [], "removed": [], "changed": []})


def test_taken_back_after_a_return_it_is_returned_still(reporter: TestClient, returned: Json) -> None:
    place, headers = f"{API}/{returned['id']}", {"If-Match": f'"{returned["version"]}"'}
    answers = [{"point_id": point["id"], "answer": "已补充"} for point in returned["points"]]
    reporter.patch(place, json={"answers": answers}, headers=headers)
    reporter.post(f"{place}/submit")
    back = reporter.post(f"{place}/withdraw").json()
    assert (back["state"], back["first_submitted_at"]) == ("returned", returned["first_submitted_at"])
    assert [point["answer"] for point in back["points"]] == ["已补充", "已补充"]


def test_a_point_of_another_report_cannot_be_answered(reporter: TestClient, returned: Json) -> None:
    headers = {"If-Match": f'"{returned["version"]}"'}
    body = {"answers": [{"point_id": str(uuid.uuid4()), "answer": "已补充"}]}
    answer = reporter.patch(f"{API}/{returned['id']}", json=body, headers=headers)
    assert answer.json()["errors"][0]["code"] == "point-unknown"


def test_reopened_the_duty_is_unmet_again_and_the_reason_is_a_point(
    office: TestClient, signed: Json, ledger: Ledger, session: Session
) -> None:
    office.post(f"{API}/{signed['id']}/accept")
    reopened = office.post(f"{API}/{signed['id']}/reopen", json={"reason": "链接已失效"}).json()
    assert (reopened["state"], reopened["accepted_at"]) == ("returned", None)
    assert [(point["target"], point["text"]) for point in reopened["points"]] == [("whole", "链接已失效")]
    session.refresh(ledger.mine)
    assert str(ledger.mine.due_on) == "2023-08-31"


def test_reopening_needs_a_reason(office: TestClient, signed: Json) -> None:
    office.post(f"{API}/{signed['id']}/accept")
    assert office.post(f"{API}/{signed['id']}/reopen", json={"reason": " "}).status_code == 422


def test_the_first_hand_in_shows_everything_as_new(office: TestClient, signed: Json) -> None:
    changes = office.get(f"{API}/{signed['id']}/changes").json()
    assert (changes["from_revision"], changes["to_revision"]) == (None, 1)
    assert [change["after"] for change in changes["fields"]] == [signed["progress"]]
    assert [change["duty_text"] for change in changes["claims"]] == ["8月底前公开目录", "解读比例不低于50%"]


def test_the_reporter_sees_last_months_words_beside_this_months(
    reporter: TestClient, ledger: Ledger, draft: Json
) -> None:
    august = reporter.post(API, json=start(ledger, 8) | {"progress": "八月的进展", "next_steps": "九月的打算"}).json()
    assert reporter.get(f"{API}/{draft['id']}").json()["previous"] is None
    reporter.post(f"{API}/{august['id']}/submit")
    previous = reporter.get(f"{API}/{draft['id']}").json()["previous"]
    assert (previous["period_label"], previous["next_steps"]) == ("2023年8月", "九月的打算")


def test_every_write_leaves_an_audit_event(office: TestClient, signed: Json, session: Session) -> None:
    office.post(f"{API}/{signed['id']}/accept")
    events = session.exec(
        select(AuditEvent.action)
        .where(AuditEvent.subject_id == uuid.UUID(signed["id"]))
        .order_by(col(AuditEvent.at), col(AuditEvent.id))
    ).all()
    assert events == ["submission.create", "submission.submit", "submission.sign", "submission.accept"]


# -- late permits


def test_a_late_permit_opens_july_which_stays_late(office: TestClient, reporter: TestClient, ledger: Ledger) -> None:
    place = f"/api/v1/assignments/{ledger.mine.id}/late-permits"
    body = {"period_id": str(ledger.periods[7].id), "reason": "人员变动", "until": "2023-09-30"}
    granted = office.post(place, json=body)
    assert (granted.status_code, granted.json()["until"]) == (201, "2023-09-30")
    draft = reporter.post(API, json=start(ledger) | {"progress": "补报"}).json()
    assert (draft["period"]["label"], draft["permit_until"]) == ("2023年7月", "2023-09-30")
    assert reporter.post(f"{API}/{draft['id']}/submit").json()["late"]


def test_only_the_office_grants_a_late_permit(
    reporter: TestClient, client_as: Callable[[str], TestClient], ledger: Ledger
) -> None:
    place = f"/api/v1/assignments/{ledger.mine.id}/late-permits"
    body = {"period_id": str(ledger.periods[7].id), "reason": "人员变动", "until": "2023-09-30"}
    assert reporter.post(place, json=body).status_code == 403
    assert client_as("naxi").post(place, json=body).status_code == 404


def test_a_permit_granted_again_is_prolonged(office: TestClient, ledger: Ledger) -> None:
    place = f"/api/v1/assignments/{ledger.mine.id}/late-permits"
    body = {"period_id": str(ledger.periods[7].id), "reason": "人员变动"}
    first = office.post(place, json=body | {"until": "2023-09-21"}).json()
    second = office.post(place, json=body | {"until": "2023-10-31"}).json()
    assert (second["id"], second["until"]) == (first["id"], "2023-10-31")
    past = office.post(place, json=body | {"until": "2023-09-19"})
    assert past.json()["errors"][0]["pointer"] == "#/until"


# -- lists and batches


def test_a_unit_lists_its_own_and_the_office_all(
    reporter: TestClient, neighbour: TestClient, office: TestClient, submitted: Json, ledger: Ledger
) -> None:
    body = {"assignment_id": str(ledger.assignments["caizheng"].id), "period_id": str(ledger.periods[9].id)}
    neighbour.post(API, json=body | {"progress": "预算已公开"})
    assert [item["id"] for item in reporter.get(API).json()["items"]] == [submitted["id"]]
    assert office.get(API).json()["total"] == 2
    assert office.get(API, params={"state": "draft"}).json()["total"] == 1
    assert office.get(API, params={"q": "大山坪"}).json()["total"] == 1
    assert office.get(API, params={"q": "%"}).json()["total"] == 0
    unit = submitted["assignment"]["unit"]["id"]
    assert office.get(API, params={"unit": unit, "task": str(ledger.task.id)}).json()["total"] == 1
    assert office.get(API, params={"unit": str(ledger.plan.unit_id), "sort": "unit"}).json()["total"] == 2
    assert office.get(API, params={"period": str(ledger.periods[8].id)}).json()["items"] == []
    assert office.get(API, params={"plan": str(uuid.uuid4())}).json()["total"] == 0


@pytest.mark.parametrize("who", ["reporter", "signer", "office"])
def test_the_list_and_the_record_agree(request: pytest.FixtureRequest, who: str, returned: Json) -> None:
    client: TestClient = request.getfixturevalue(who)
    listed = client.get(API).json()["items"][0]
    shown = client.get(f"{API}/{returned['id']}").json()
    assert listed.pop("open_points") == 2
    moments = ("first_submitted_at", "submitted_at")
    for record in (listed, shown):
        for name in moments:
            record[name] = record[name][:19]
    assert listed == {name: shown[name] for name in listed}


def test_a_draft_whose_period_has_closed_offers_no_hand_in(
    reporter: TestClient, session: Session, ledger: Ledger, draft: Json
) -> None:
    ledger.periods[9].opens_on = ledger.periods[9].opens_on.replace(month=10)
    session.add(ledger.periods[9])
    session.commit()
    assert reporter.get(f"{API}/{draft['id']}").json()["actions"] == ["edit"]
    assert reporter.get(API).json()["items"][0]["actions"] == ["edit"]
    assert reporter.post(f"{API}/{draft['id']}/submit").json()["code"] == "period-not-open"


def test_an_unchanged_list_is_not_sent_again(reporter: TestClient, draft: Json) -> None:
    first = reporter.get(API)
    assert reporter.get(API, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_batch_does_what_it_can_and_says_why_not(
    office: TestClient, neighbour: TestClient, signed: Json, ledger: Ledger
) -> None:
    body = {"assignment_id": str(ledger.assignments["caizheng"].id), "period_id": str(ledger.periods[9].id)}
    theirs = neighbour.post(API, json=body | {"progress": "预算已公开"}).json()["id"]
    nobody = str(uuid.uuid4())
    result = office.post(f"{API}:batch", json={"action": "accept", "ids": [theirs, nobody, signed["id"]]}).json()
    assert result["done"] == [signed["id"]]
    assert {item["id"]: item["problem"]["code"] for item in result["refused"]} == {
        theirs: "step-not-allowed",
        nobody: "not-found",
    }
    assert office.get(f"{API}/{signed['id']}").json()["state"] == "accepted"


def test_a_batch_of_what_is_not_the_callers_to_do_does_nothing(office: TestClient, draft: Json) -> None:
    result = office.post(f"{API}:batch", json={"action": "submit", "ids": [draft["id"]]}).json()
    assert result["done"] == []
    assert result["refused"][0]["problem"]["status"] == 403
