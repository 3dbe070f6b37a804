"""From the notice to an issued plan, as the office does it, and what others see of it on the way."""

import io
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import text
from sqlmodel import Session

from taizhang.core.database import Context
from taizhang.documents import child, uploads
from taizhang.documents.grid import Document
from tests.district import District, SignIn

IMPORTS, PLANS = "/api/v1/plan-imports", "/api/v1/plans"


@pytest.fixture
def uploaded(office: TestClient, notice: bytes) -> dict[str, Any]:
    answer = office.post(IMPORTS, files={"file": ("通知.txt", notice, "text/plain")})
    assert answer.status_code == 201, answer.text
    return dict(answer.json(), etag=answer.headers["etag"])


def decide(office: TestClient, draft: dict[str, Any], *units: str) -> dict[str, Any]:
    """The office fills every undecided phrase with these units."""
    rows = [
        {
            "position": row["position"],
            "assignees": [
                {"text": a["text"], "role": a["role"], "unit_ids": a["unit_ids"] or list(units), "decided": True}
                for a in row["assignees"]
            ],
        }
        for row in draft["rows"]
    ]
    answer = office.patch(f"{IMPORTS}/{draft['id']}", json={"rows": rows}, headers={"If-Match": draft["etag"]})
    assert answer.status_code == 200, answer.text
    return dict(answer.json(), etag=answer.headers["etag"])


@pytest.fixture
def committed(office: TestClient, uploaded: dict[str, Any], district: District) -> dict[str, Any]:
    decide(office, uploaded, str(district.units["caizheng"].id))
    answer = office.post(f"{IMPORTS}/{uploaded['id']}/commit")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.fixture
def issued(office: TestClient, committed: dict[str, Any]) -> dict[str, Any]:
    answer = office.post(f"{PLANS}/{committed['id']}/issue")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_notice_becomes_a_draft_beside_its_source(uploaded: dict[str, Any]) -> None:
    assert uploaded["summary"]["categories"] == 5
    assert uploaded["summary"]["tasks"] == 19
    row = uploaded["rows"][11]
    assert uploaded["source_paragraphs"][row["source"]["paragraph"] - 1] == row["content"]
    assert row["due"]["on"] == "2023-08-31"


def test_a_plan_is_not_made_while_a_word_waits_for_a_person(
    office: TestClient, uploaded: dict[str, Any], session: Session
) -> None:
    refused = office.post(f"{IMPORTS}/{uploaded['id']}/commit")
    assert refused.status_code == 409
    assert refused.json()["code"] == "plan-import-undecided"
    assert len(refused.json()["errors"]) == 9
    assert refused.json()["errors"][0]["pointer"].startswith("#/rows/3/assignees/")
    assert session.connection().execute(text("SELECT count(*) FROM plan")).scalar() == 0


def test_a_person_may_decide_that_a_phrase_means_nobody(office: TestClient, uploaded: dict[str, Any]) -> None:
    draft = decide(office, uploaded)
    assert draft["summary"]["undecided"] == 0
    assert office.post(f"{IMPORTS}/{draft['id']}/commit").status_code == 201


def test_every_unit_has_one_part_in_a_task(committed: dict[str, Any], office: TestClient) -> None:
    tasks = office.get("/api/v1/tasks", params={"plan": committed["id"], "size": 100}).json()["items"]
    assert [task["assignment_count"] for task in tasks[:2]] == [15 + 1 + 23, 15 + 6]
    # 大山坪街道 is named and one of 各街镇; the office is named and one of 区政府各部门.
    assert tasks[10]["assignment_count"] == 15 + 2 + 1
    assert tasks[15]["assignment_count"] == 15 + 1 + 23


def test_a_draft_is_the_offices_alone(
    committed: dict[str, Any], reporter: TestClient, client_as: SignIn, office: TestClient
) -> None:
    assert office.get(f"{PLANS}/{committed['id']}").json()["actions"] == ["edit", "issue"]
    assert reporter.get(f"{PLANS}/{committed['id']}").status_code == 404
    assert client_as("naxi").get(f"{PLANS}/{committed['id']}").status_code == 404
    assert reporter.get("/api/v1/tasks").json()["total"] == 0


def test_issuing_lays_out_the_periods_and_shows_each_unit_its_own(
    issued: dict[str, Any], reporter: TestClient, district: District
) -> None:
    periods = reporter.get(f"{PLANS}/{issued['id']}/periods").json()
    assert [period["label"] for period in periods] == ["2023年9月", "2023年10月", "2023年11月", "2023年12月"]
    assert [period["state"] for period in periods] == ["open", "future", "future", "future"]
    tasks = reporter.get("/api/v1/tasks", params={"size": 100}).json()
    assert tasks["total"] == 17
    mine = reporter.get(f"/api/v1/tasks/{tasks['items'][0]['id']}").json()["assignments"]
    assert {part["unit"]["id"] for part in mine} == {str(district.units["dashanping"].id)}


def test_the_office_may_ask_for_reports_from_an_earlier_period(
    office: TestClient, committed: dict[str, Any], reporter: TestClient
) -> None:
    plan = f"{PLANS}/{committed['id']}"
    asked = office.post(f"{plan}/issue", json={"cycle": "quarter", "first_period": "2023-07-07"})
    assert asked.status_code == 200, asked.text
    labels = [period["label"] for period in reporter.get(f"{plan}/periods").json()]
    assert labels == ["2023年第3季度", "2023年第4季度"]


def test_an_issued_plan_is_not_issued_again_nor_its_tasks_changed(issued: dict[str, Any], office: TestClient) -> None:
    assert office.post(f"{PLANS}/{issued['id']}/issue").json()["code"] == "plan-issued"
    task = office.get("/api/v1/tasks").json()["items"][0]
    changed = office.patch(f"/api/v1/tasks/{task['id']}", json={"title": "改"}, headers={"If-Match": '"1"'})
    assert changed.json()["code"] == "plan-issued"


def test_the_first_due_day_stands_on_the_assignment(issued: dict[str, Any], session: Session) -> None:
    rows = session.connection().execute(
        text(
            "SELECT task.position, min(assignment.due_on), min(assignment.report_due_on) FROM assignment "
            "JOIN task ON task.id = task_id WHERE task.position IN (1, 5, 12, 13) GROUP BY 1 ORDER BY 1"
        )
    )
    assert [(n, str(due), str(report)) for n, due, report in rows] == [
        (1, "None", "2023-10-08"),
        (5, "2023-09-30", "2023-10-08"),
        (12, "2023-08-31", "2023-10-08"),
        (13, "2023-12-31", "2023-10-08"),
    ]


def test_a_plan_is_taken_over_into_the_next_year(issued: dict[str, Any], office: TestClient, session: Session) -> None:
    copied = office.post(f"{PLANS}/{issued['id']}/copy", json={"year": 2024}).json()
    assert (copied["year"], copied["status"], copied["counts"]) == (2024, "draft", issued["counts"])
    days = session.connection().execute(
        text(
            "SELECT DISTINCT due_on FROM duty JOIN task ON task.id = task_id "
            "WHERE plan_id = :plan AND due_on IS NOT NULL"
        ),
        {"plan": copied["id"]},
    )
    assert {str(day) for (day,) in days} == {"2024-08-31", "2024-09-30", "2024-12-31"}


def test_a_stale_correction_gets_the_draft_as_it_is(office: TestClient, uploaded: dict[str, Any]) -> None:
    url, tag = f"{IMPORTS}/{uploaded['id']}", {"If-Match": uploaded["etag"]}
    assert office.patch(url, json={"title": "甲"}, headers=tag).status_code == 200
    stale = office.patch(url, json={"title": "乙"}, headers=tag)
    assert (stale.status_code, stale.json()["current"]["title"]) == (412, "甲")
    assert office.patch(url, json={"title": "丙"}).status_code == 428


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        ({"position": 99}, "#/rows/0/position"),
        ({"position": 1, "content": "全改了"}, "#/rows/0/duties/0/text"),
        (
            {"position": 1, "assignees": [{"text": "甲", "unit_ids": ["00000000-0000-7000-8000-000000000000"]}]},
            "#/rows/0/assignees/0/unit_ids",
        ),
    ],
)
def test_a_correction_that_cannot_be_names_its_place(
    office: TestClient, uploaded: dict[str, Any], row: dict[str, Any], pointer: str
) -> None:
    tag = {"If-Match": uploaded["etag"]}
    answer = office.patch(f"{IMPORTS}/{uploaded['id']}", json={"rows": [row]}, headers=tag)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "document-empty"),
        ("空白.txt", b" " * 10_000_000, "document-blank"),
        ("假.docx", b"\x89PNG\r\n\x1a\n", "document-mismatch"),
        ("目录.txt", "一、总则\n二、分则\n三、附则".encode(), "not-a-task-table"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", "document-unsupported"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    office: TestClient, session: Session, name: str, data: bytes, code: str
) -> None:
    answer = office.post(IMPORTS, files={"file": (name, data)})
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["pointer"] == "#/file"
    assert session.connection().execute(text("SELECT count(*) FROM plan_import")).scalar() == 0


def test_committing_twice_with_one_key_makes_one_plan(
    office: TestClient, uploaded: dict[str, Any], session: Session
) -> None:
    decide(office, uploaded)
    key = {"Idempotency-Key": "commit-the-2023-notice"}
    first, second = (office.post(f"{IMPORTS}/{uploaded['id']}/commit", headers=key) for _ in range(2))
    assert first.content == second.content
    assert session.connection().execute(text("SELECT count(*) FROM plan")).scalar() == 1
    assert office.post(f"{IMPORTS}/{uploaded['id']}/commit").json()["code"] == "plan-import-committed"


def test_the_workbook_holds_every_row_and_no_formula(office: TestClient, uploaded: dict[str, Any]) -> None:
    draft_url = f"{IMPORTS}/{uploaded['id']}"
    office.patch(draft_url, json={"rows": [{"position": 1, "title": "=1+1"}]}, headers={"If-Match": uploaded["etag"]})
    sheet = load_workbook(io.BytesIO(office.get(f"{draft_url}/workbook").content)).worksheets[0]
    assert sheet.max_row == 20
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "=1+1" in [cell.value for cell in cells]


def test_a_reporter_imports_nothing(reporter: TestClient, notice: bytes, uploaded: dict[str, Any]) -> None:
    assert reporter.post(IMPORTS, files={"file": ("通知.txt", notice)}).status_code == 403
    assert reporter.get(f"{IMPORTS}/{uploaded['id']}").status_code == 403


def test_the_next_district_does_not_find_our_import(client_as: SignIn, uploaded: dict[str, Any]) -> None:
    assert client_as("naxi").get(f"{IMPORTS}/{uploaded['id']}").status_code == 404
    assert client_as("naxi").get(IMPORTS).json()["total"] == 0


def test_while_a_file_is_read_no_transaction_is_open(
    app: FastAPI, office: TestClient, notice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile file may keep the reader busy for half a minute; that must not hold a connection from the pool."""
    opened: list[Session] = []
    busy: list[bool] = []
    make = app.state.sessions

    def remembered(context: Context) -> Session:
        opened.append(make(context))
        return opened[-1]

    def watched(data: bytes, filename: str, *, exactly: bool) -> Document:
        busy.extend(each.in_transaction() for each in opened)
        return child.read_apart(data, filename, exactly=exactly)

    app.state.sessions = remembered
    monkeypatch.setattr(uploads, "read_apart", watched)
    key = {"Idempotency-Key": "import-the-2023-notice"}
    first, second = (office.post(IMPORTS, files={"file": ("通知.txt", notice)}, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert busy
    assert not any(busy)
