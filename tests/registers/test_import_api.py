"""A register handed in as a workbook: drafted, checked by the rules of typed entry, mended, entered, taken back."""

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlmodel import Session, select

from taizhang.audit.models import AuditEvent
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.models import RegisterEntry, RegisterImport
from tests.counting import statements
from tests.district import SignIn
from tests.registers.conftest import API, CASES, LI
from tests.registers.workbooks import filled, rows_of

GOOD = {
    "title": "2022年社会救助资金发放情况",
    "ref_no": "DSP-2023-001",
    "opened_on": "2023-08-28",
    "party.kind": "自然人",
    "data.channel": "当面提交",
    "data.content": "申请公开2022年社会救助资金发放情况",
} | {f"party.{name}": value for name, value in LI.items() if name != "kind"}


def imported(client: TestClient, lines: list[dict[str, str]], slug: str = "applications") -> dict[str, Any]:
    """The draft made of a workbook of these lines."""
    answer = client.post(f"{API}/{slug}/imports", files={"file": ("台账.xlsx", filled(slug, lines))})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def place(draft: dict[str, Any]) -> str:
    return f"{API}/{draft['slug']}/imports/{draft['id']}"


@pytest.mark.parametrize("slug", ["applications", "public-opinion"])
def test_the_example_of_every_template_is_taken_as_it_stands(reporter: TestClient, slug: str) -> None:
    template = load_workbook(io.BytesIO(reporter.get(f"{API}/{slug}/template.xlsx").content))
    assert template.sheetnames[0] == REGISTERS[slug].title
    assert {"示例", "填写说明"} <= set(template.sheetnames)
    template.remove(template[template.sheetnames[0]])
    template["示例"].title = "交来的"
    buffer = io.BytesIO()
    template.save(buffer)
    draft = reporter.post(f"{API}/{slug}/imports", files={"file": ("示例.xlsx", buffer.getvalue())}).json()
    assert [row["problems"] for row in draft["rows"]] == [[]] * len(REGISTERS[slug].examples)
    assert reporter.post(f"{place(draft)}/commit").json()["committed_rows"] == len(REGISTERS[slug].examples)


def test_what_was_typed_and_what_was_imported_are_the_same(reporter: TestClient) -> None:
    steps = {
        "events.correction_asked.on": "2023-09-01",
        "events.correction_asked.data.items": "请写明年度",
        "events.correction_asked.data.until": "2023年9月15日",
        "events.correction_received.on": "2023/9/11",
        "events.extended.on": "2023-09-18",
        "events.extended.data.days": "10",
        "events.extended.data.approver": "张主任",
    }
    draft = imported(reporter, [GOOD | steps])
    assert reporter.get(CASES).json()["total"] == 0
    assert (draft["summary"]["good"], draft["problem_groups"]) == (1, [])
    done = reporter.post(f"{place(draft)}/commit").json()
    case = reporter.get(f"{CASES}/{done['draft']['rows'][0]['entry_id']}").json()
    assert (case["due_on"], case["party_masked"]["name"]) == ("2023-10-27", "李**")
    assert [event["kind"] for event in case["events"]] == ["correction_asked", "correction_received", "extended"]
    assert reporter.get(f"{CASES}/{case['id']}/party").json()["phone"] == LI["phone"]


DECIDED = {
    "events.decided.on": "2023-09-04",
    "events.decided.data.ground": "可以公开，提供或者告知何时提供",
    "events.sent.on": "2023-09-05",
    "events.sent.data.way": "邮寄",
}
EXTENDED = {
    "events.extended.on": "2023-09-01",
    "events.extended.data.days": "10",
    "events.extended.data.approver": "张主任",
}
# The second of several lines of one entry repeats its number; problem, column, and what its words must cite.
REFUSALS: list[tuple[list[dict[str, str]], str, str, str]] = [
    ([{"events.legal_reviewed.on": "2023-08-27", "events.legal_reviewed.data.reviewer": "王律师",
       "events.legal_reviewed.data.opinion": "同意"}], "event-before-opening", "events.legal_reviewed.on", "依次登记"),
    ([{"events.confirmed.on": "2023-09-21"}], "date-in-future", "events.confirmed.on", "没有发生的事不登记"),
    ([EXTENDED, EXTENDED | {"events.extended.on": "2023-09-04"}],
     "extension-twice", "events.extended.on", "第三十三条"),
    ([DECIDED, {"events.decided.on": "2023-09-06", "events.decided.data.ground": "经检索没有所申请的信息"}],
     "entry-closed", "events.decided.on", "重新打开"),
    ([{"party.kind": "律师"}], "rule", "party.kind", "国办公开办函〔2021〕30号"),
    ([{"opened_on": "2023-02-30"}], "date-impossible", "opened_on", "没有这一天"),
    ([{"events.fee_notified.on": "2023-09-01", "events.fee_notified.data.items": "45",
       "events.fee_notified.data.pages": "250"}], "fee-both", "events.fee_notified.data.pages", "国办函〔2020〕109号"),
    ([EXTENDED | {"events.extended.data.days": "21"}], "extension-too-long", "events.extended.data.days", "第三十三条"),
    ([{"opened_on": "2023-09-21"}], "date-in-future", "opened_on", "不能晚于今天"),
    ([{"party.name": ""}], "missing", "party.name", "必须填写"),
    ([{"data.channel": "托人带来"}], "choice-unknown", "data.channel", "当面提交"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code", "column", "words"), REFUSALS)
def test_what_typed_entry_refuses_an_import_refuses_at_its_cell(
    reporter: TestClient, lines: list[dict[str, str]], code: str, column: str, words: str
) -> None:
    first, *more = lines
    draft = imported(reporter, [GOOD | {"number": "1"} | first, *({"number": "1"} | line for line in more)])
    [row] = draft["rows"]
    [problem] = row["problems"]
    assert (problem["code"], problem["column"], problem["level"]) == (code, column, "block")
    assert words in problem["message"]
    heading = next(each["heading"] for each in draft["columns"] if each["key"] == column)
    cells = load_workbook(io.BytesIO(filled("applications", [{}]))).worksheets[0][1]
    assert cells[problem["source"]["column"] - 1].value == heading
    assert problem["source"]["row"] == 1 + len(lines)
    refused = reporter.post(f"{place(draft)}/commit")
    assert (refused.status_code, refused.json()["code"]) == (409, "register-import-blocked")
    assert reporter.get(CASES).json()["total"] == 0


def test_one_fix_mends_every_cell_that_says_the_same_and_is_taken_back(reporter: TestClient) -> None:
    lines = [GOOD | {"ref_no": f"DSP-{number}", "data.channel": "当面"} for number in range(3)]
    draft = imported(reporter, [*lines, GOOD])
    [group] = draft["problem_groups"]
    assert (group["text"], group["count"], group["rows"]) == ("当面", 3, [1, 2, 3])
    offered = group["fixes"][0]
    assert offered["label"] == "“当面”都改作当面提交"
    fixed = reporter.post(f"{place(draft)}/fixes", json={"fixes": [offered["fix"]]}, headers={"If-Match": '"1"'}).json()
    assert (fixed["summary"]["good"], fixed["problem_groups"]) == (4, [])
    back = reporter.post(f"{place(draft)}/fixes/undo", json={"number": 1}, headers={"If-Match": '"2"'}).json()
    assert (back["summary"]["blocked"], back["fixes"]) == (3, [])


def test_good_rows_are_entered_the_rest_stay_and_come_back_with_their_faults(reporter: TestClient) -> None:
    wrong = GOOD | {"ref_no": "DSP-2023-002", "opened_on": "2023-02-30"}
    draft = imported(reporter, [GOOD, wrong])
    done = reporter.post(f"{place(draft)}/commit", json={"mode": "good"}).json()
    assert (done["committed_rows"], done["draft"]["state"]) == (1, "partly")
    assert done["left_rows"][0]["problems"] == ["申请到达之日：“2023-02-30”：没有这一天"]
    [back] = rows_of(reporter.get(f"{place(draft)}/workbook").content)
    assert (back["错误说明"], back["登记号"]) == ("申请到达之日：“2023-02-30”：没有这一天", "DSP-2023-002")
    assert back["姓名或者名称*"] == "李**"
    patch = {"rows": [{"position": 2, "cells": {"opened_on": "2023-09-01"}}]}
    headers = {"If-Match": f'"{done["draft"]["version"]}"'}
    mended = reporter.patch(place(draft), json=patch, headers=headers).json()
    assert mended["summary"] == {"rows": 2, "good": 1, "blocked": 0, "warned": 0, "committed": 1}
    assert reporter.post(f"{place(draft)}/commit").json()["draft"]["state"] == "committed"
    assert reporter.get(CASES).json()["total"] == 2
    again = reporter.patch(place(draft), json=patch, headers={"If-Match": '"4"'})
    assert again.json()["code"] == "register-import-committed"


def test_a_number_used_before_waits_for_somebody_to_have_seen_it(reporter: TestClient) -> None:
    reporter.post(f"{place(imported(reporter, [GOOD]))}/commit")
    draft = imported(reporter, [GOOD])
    assert [notice["code"] for notice in draft["problems"]] == []
    assert [(each["code"], each["level"]) for each in draft["rows"][0]["problems"]] == [("ref-exists", "warn")]
    seen = {"fixes": [{"kind": "acknowledge", "code": "ref-exists"}]}
    known = reporter.post(f"{place(draft)}/fixes", json=seen, headers={"If-Match": '"1"'}).json()
    assert known["summary"]["good"] == 1


def test_entries_nobody_touched_are_taken_back_and_a_touched_one_holds_them_all(
    reporter: TestClient, session: Session
) -> None:
    draft = imported(reporter, [GOOD, GOOD | {"ref_no": "DSP-2023-002"} | DECIDED])
    assert reporter.post(f"{place(draft)}/undo").json()["code"] == "register-import-not-committed"
    entry = reporter.post(f"{place(draft)}/commit").json()["draft"]["rows"][0]["entry_id"]
    back = reporter.post(f"{place(draft)}/undo").json()
    assert (back["state"], back["summary"]["good"]) == ("draft", 2)
    assert (reporter.get(f"{CASES}/{entry}").status_code, reporter.get(CASES).json()["total"]) == (404, 0)
    entry = reporter.post(f"{place(draft)}/commit").json()["draft"]["rows"][0]["entry_id"]
    reporter.post(f"{CASES}/{entry}/events", json={"kind": "confirmed", "on": "2023-08-29"})
    step = {"kind": "extended", "on": "2023-09-01", "data": {"days": 5, "approver": "张主任"}}
    assert reporter.post(f"{CASES}/{entry}/events", json=step).status_code == 201
    refused = reporter.post(f"{place(draft)}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "register-import-built-upon")
    assert "DSP-2023-001" in refused.json()["detail"]


# -- whose it is


def test_a_draft_is_its_units_own_and_shows_no_applicant(
    client_as: SignIn, reporter: TestClient, session: Session
) -> None:
    draft = imported(reporter, [GOOD | {"opened_on": "2023-02-30", "party.kind": "个人"}])
    assert draft["rows"][0]["cells"]["party.name"] == "李**"
    secrets = [value for name, value in LI.items() if name != "kind"]
    stored = session.exec(select(RegisterImport)).one()
    kept = repr(stored.content_sealed) + str(stored.summary)
    kept += "".join(str(event.after) for event in session.exec(select(AuditEvent)))
    assert [secret for secret in secrets if secret in str(draft) + kept] == []
    others = {who: client_as(who).get(place(draft)).status_code for who in ("office", "caizheng", "naxi", "auditor")}
    assert others == {"office": 404, "caizheng": 404, "naxi": 404, "auditor": 403}
    assert client_as("dashanping-signer").get(place(draft)).status_code == 200


def test_discarded_nothing_of_it_is_left(reporter: TestClient, session: Session) -> None:
    draft = imported(reporter, [GOOD])
    assert reporter.post(f"{place(draft)}/discard", headers={"If-Match": '"1"'}).status_code == 204
    assert reporter.get(place(draft)).status_code == 404
    assert session.exec(select(RegisterImport)).one().content_sealed is None
    assert reporter.get(f"{API}/applications/imports").json()["total"] == 0


def test_the_office_enters_for_units_by_name_and_a_reporter_for_their_own_alone(
    office: TestClient, reporter: TestClient
) -> None:
    lines = [
        {"title": "培训一", "opened_on": "2023-06-15", "unit": unit, "data.sort": "其他培训", "data.topic": "公开",
         "data.people": "30"}
        for unit in ("区财政局", "大山坪街道", "某某局")
    ]  # fmt: skip
    draft = imported(office, lines, "trainings")
    assert [[each["code"] for each in row["problems"]] for row in draft["rows"]] == [[], [], ["unit-unknown"]]
    done = office.post(f"{API}/trainings/imports/{draft['id']}/commit", json={"mode": "good"}).json()
    listed = reporter.get(f"{API}/trainings/entries").json()["items"]
    assert (done["committed_rows"], [each["title"] for each in listed]) == (2, ["培训一"])
    own = imported(reporter, lines, "trainings")
    assert [row["problems"] == [] for row in own["rows"]] == [False, True, False]


def test_a_review_finds_the_case_it_is_about_by_its_number(reporter: TestClient) -> None:
    reporter.post(f"{place(imported(reporter, [GOOD]))}/commit")
    line = {"title": "不服答复", "opened_on": "2023-09-18", "data.organ": "江阳区人民政府"}
    lines = [line | {"related": number} for number in ("DSP-2023-001", "DSP-9")]
    draft = imported(reporter, lines, "reviews")
    assert [[each["code"] for each in row["problems"]] for row in draft["rows"]] == [[], ["link-unknown"]]
    done = reporter.post(f"{place(draft)}/commit", json={"mode": "good"}).json()
    entry = reporter.get(f"{API}/reviews/entries/{done['draft']['rows'][0]['entry_id']}").json()
    assert entry["related"]["title"] == GOOD["title"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("台账.xlsx", filled("trainings", [], keys=["data.topic"]), "not-a-register"),
        ("台账.pdf", b"%PDF-1.7", "document-unsupported"),
        ("台账.xlsx", b"PK\x03\x04 broken", "document-mismatch"),
    ],
)
def test_what_is_no_such_workbook_is_refused(reporter: TestClient, name: str, content: bytes, code: str) -> None:
    answer = reporter.post(f"{API}/applications/imports", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/file")
    assert answer.json()["code"] in (code, "document-damaged")


def test_hundreds_of_rows_are_entered_with_as_many_statements_as_one(reporter: TestClient, session: Session) -> None:
    lines = [GOOD | DECIDED | {"ref_no": f"DSP-{number}"} for number in range(300)]
    draft = imported(reporter, lines)
    with statements(session.connection()) as said:
        assert reporter.post(f"{place(draft)}/commit").json()["committed_rows"] == 300
    assert len(said) <= 40
    assert len(session.exec(select(RegisterEntry.id)).all()) == 300
