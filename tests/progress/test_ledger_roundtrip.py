"""The office takes the ledger home as a workbook, edits it, and hands it back."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import text
from sqlmodel import Session, col, select

from taizhang.plans.models import Duty, Plan, PlanStatus, Task
from tests.district import SignIn
from tests.progress.ledger import Ledger

API = "/api/v1"
Json = dict[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEDGER, TASKS = "工作台账", "任务"


class Book:
    """The workbook on somebody's desk."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))

    def headings(self, sheet: str) -> list[str]:
        return [str(cell.value or "") for cell in self.book[sheet][2]]

    def cell(self, sheet: str, row: int, heading: str) -> Any:
        """A cell by its heading; the first line of data is 3."""
        return self.book[sheet].cell(row, self.headings(sheet).index(heading) + 1)

    def type(self, sheet: str, row: int, **cells: object) -> None:
        for heading, value in cells.items():
            self.cell(sheet, row, heading).value = value

    def row_of(self, sheet: str, heading: str, value: str) -> int:
        rows = range(3, self.book[sheet].max_row + 1)
        return next(row for row in rows if self.cell(sheet, row, heading).value == value)

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


HandBack = Callable[..., Any]


@pytest.fixture
def exported(office: TestClient, ledger: Ledger) -> Callable[[], Book]:
    """``exported()``: the plan's workbook as the office downloads it now."""

    def download() -> Book:
        answer = office.get(f"{API}/plans/{ledger.plan.id}/ledger.xlsx")
        assert answer.status_code == 200, answer.text
        return Book(answer.content)

    return download


@pytest.fixture
def hand_back(office: TestClient, ledger: Ledger) -> HandBack:
    """``hand_back(book)``: the office hands a workbook back."""

    def upload(book: Book | bytes, *, by: TestClient = office, plan: object = ledger.plan.id) -> Any:
        content = book if isinstance(book, bytes) else book.saved()
        return by.post(f"{API}/plans/{plan}/ledger-imports", files={"file": ("台账.xlsx", content, XLSX)})

    return upload


@pytest.fixture
def in_draft(session: Session, ledger: Ledger) -> Plan:
    """The same plan while it is still being prepared."""
    plan = session.get_one(Plan, ledger.plan.id)
    plan.status = PlanStatus.DRAFT
    session.commit()
    return plan


def apply(office: TestClient, answer: Json, choices: list[Json] | None = None) -> Any:
    path = f"{API}/ledger-imports/{answer['id']}/apply"
    return office.post(path, json={"choices": choices or []}, headers={"If-Match": f'"{answer["version"]}"'})


def rows_in(answer: Json, state: str) -> list[Json]:
    return [row for row in answer["rows"] if row["state"] == state]


def codes(row: Json) -> list[str]:
    return [problem["code"] for problem in row["problems"]]


def test_a_workbook_nobody_touched_says_nothing_new(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient
) -> None:
    answer = hand_back(exported())
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert answer.headers["location"] == f"{API}/ledger-imports/{body['id']}"
    assert body["summary"] == {
        "unchanged": 5,
        "changed": 0,
        "conflict": 0,
        "new": 0,
        "missing": 0,
        "invalid": 0,
        "ignored": 0,
    }
    assert body["notices"] == []
    assert office.get(answer.headers["location"]).json() == body


def test_the_id_and_version_columns_are_there_and_hidden(exported: Callable[[], Book], ledger: Ledger) -> None:
    book = exported()
    for sheet, names in ((LEDGER, ("分工编号", "分工版本")), (TASKS, ("任务编号", "任务版本"))):
        hidden = [group for group in book.book[sheet].column_dimensions.values() if group.hidden]
        places = [place for group in hidden for place in range(group.min or 0, (group.max or 0) + 1)]
        assert places == [book.cell(sheet, 3, name).column for name in names]
    assert book.cell(TASKS, 3, "任务编号").value == str(ledger.task.id)
    assert [sheet.sheet_state for sheet in book.book] == ["visible"] * 3 + ["veryHidden"] * 2


def test_contact_and_note_are_edited_in_an_issued_plan(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger, session: Session
) -> None:
    book = exported()
    row = book.row_of(LEDGER, "责任单位", "大山坪街道")
    book.type(LEDGER, row, 责任人及联系方式=13900001111, 备注="先办\r\n后补 ")
    answer = hand_back(book).json()
    (changed,) = rows_in(answer, "changed")
    assert (changed["row"], changed["assignment_id"]) == (row, str(ledger.mine.id))
    assert [(c["heading"], c["before"], c["after"]) for c in changed["changes"]] == [
        ("责任人及联系方式", "", "13900001111"),
        ("备注", "", "先办\n后补"),
    ]
    assert office.get(f"{API}/assignments/{ledger.mine.id}").json()["note"] == ""
    applied = apply(office, answer)
    assert applied.status_code == 200, applied.text
    assert applied.json()["result"] == {"written": 1, "kept": 0, "refused": 0}
    found = office.get(f"{API}/assignments/{ledger.mine.id}")
    assert (found.json()["contact"], found.json()["note"]) == ("13900001111", "先办\n后补")
    assert found.headers["etag"] == '"2"'
    events = session.connection().execute(text("SELECT action FROM audit_event ORDER BY id DESC LIMIT 3"))
    assert list(reversed(events.scalars().all())) == [
        "ledger-import.create",
        "assignment.change",
        "ledger-import.apply",
    ]


def test_what_the_ledger_computes_or_has_issued_is_reported_and_left(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger
) -> None:
    book = exported()
    book.type(LEDGER, 3, 状态="已完成", 灯="绿", 最新进展="都办完了", 备注="已催")
    book.type(TASKS, 3, 任务名称="改了名", 时限="2024-01-01")
    answer = hand_back(book).json()
    (changed,) = rows_in(answer, "changed")
    assert [problem["column"] for problem in changed["problems"]] == ["progress", "state", "light"]
    task = next(row for row in answer["rows"] if row["sheet"] == "tasks" and row["problems"])
    assert (task["state"], codes(task)) == ("unchanged", ["column-fixed", "column-fixed"])
    assert "已印发" in task["problems"][0]["message"]
    assert answer["summary"]["ignored"] == 5
    apply(office, answer)
    assert office.get(f"{API}/tasks/{ledger.task.id}").json()["title"] == ledger.task.title


def test_a_draft_is_edited_whole_and_written_in_one_go(
    exported: Callable[[], Book],
    hand_back: HandBack,
    office: TestClient,
    ledger: Ledger,
    in_draft: Plan,
    session: Session,
) -> None:
    book = exported()
    assert book.cell(TASKS, 3, "时限").value == "2023-08-31"
    assert book.cell(TASKS, 3, "牵头单位").value == "大山坪街道"
    book.type(
        TASKS,
        4,
        类别="强化保障",
        二级类别="（一）专栏",
        任务名称="更新专栏与目录",
        具体任务内容="每季度更新专栏与目录。",
        牵头单位="区财政局",
        配合单位="各街镇",
        时限=45199,
    )
    answer = hand_back(book).json()
    (changed,) = rows_in(answer, "changed")
    assert {c["column"] for c in changed["changes"]} >= {"category", "subcategory", "title", "content", "due", "lead"}
    assert apply(office, answer).json()["result"]["written"] == 1
    task = office.get(f"{API}/tasks", params={"plan": str(in_draft.id), "size": 100}).json()["items"][1]
    assert (task["category"], task["subcategory"], task["title"]) == ("强化保障", "（一）专栏", "更新专栏与目录")
    again = exported()
    assert again.cell(TASKS, 4, "时限").value == "2023-09-30"
    assert again.cell(TASKS, 4, "牵头单位").value == "区财政局"
    assert len(again.cell(TASKS, 4, "配合单位").value.split("、")) == 15
    assert hand_back(again).json()["summary"]["unchanged"] == again.book[LEDGER].max_row - 2 + 2


def test_a_row_changed_since_the_export_waits_for_a_person(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger, in_draft: Plan
) -> None:
    book = exported()
    book.type(TASKS, 4, 任务名称="表里的名")
    path = f"{API}/tasks/{ledger.other_task.id}"
    assert office.patch(path, json={"title": "库里的名"}, headers={"If-Match": '"1"'}).status_code == 200
    answer = hand_back(book).json()
    (conflict,) = rows_in(answer, "conflict")
    (change,) = conflict["changes"]
    assert (change["before"], change["after"], change["current"]) == (ledger.other_task.title, "表里的名", "库里的名")
    refused = apply(office, answer)
    assert (refused.status_code, refused.json()["code"]) == (409, "ledger-import-undecided")
    assert refused.json()["errors"][0]["pointer"] == "#/choices/tasks/4"
    stale = {"sheet": "tasks", "row": 4, "take": "mine", "version": 1}
    assert apply(office, answer, [stale]).status_code == 409
    assert office.get(path).json()["title"] == "库里的名"
    kept = apply(office, answer, [{**stale, "take": "theirs", "version": 2}]).json()
    assert kept["result"] == {"written": 0, "kept": 1, "refused": 0}
    assert office.get(path).json()["title"] == "库里的名"
    second = hand_back(book).json()
    assert apply(office, second, [{**stale, "version": 2}]).json()["result"]["written"] == 1
    assert office.get(path).json()["title"] == "表里的名"
    assert office.get(path).json()["version"] == 3


def test_a_change_between_the_look_and_the_writing_stops_the_writing(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger, in_draft: Plan
) -> None:
    book = exported()
    book.type(TASKS, 3, 类别="甲")
    book.type(TASKS, 4, 类别="乙")
    answer = hand_back(book).json()
    path = f"{API}/tasks/{ledger.other_task.id}"
    office.patch(path, json={"category": "丙"}, headers={"If-Match": '"1"'})
    assert apply(office, answer).json()["code"] == "ledger-import-undecided"
    assert office.get(f"{API}/tasks/{ledger.task.id}").json()["category"] == "主动公开"


def test_settling_a_report_does_not_make_the_workbook_out_of_date(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, signed: Json, ledger: Ledger
) -> None:
    book = exported()
    assert office.post(f"{API}/progress-submissions/{signed['id']}/accept").status_code == 200
    book.type(LEDGER, book.row_of(LEDGER, "责任单位", "大山坪街道"), 备注="已核")
    assert hand_back(book).json()["summary"]["changed"] == 1


def test_inserted_doubled_deleted_and_strange_rows_are_told_apart(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger, client_as: SignIn
) -> None:
    book = exported()
    sheet = book.book[LEDGER]
    ids = [book.cell(LEDGER, row, "分工编号").value for row in (3, 4, 5)]
    book.type(LEDGER, 4, 分工编号=ids[0], 备注="抄来的一行")
    book.type(LEDGER, 6, 责任单位="区税务局", 备注="新加一行")
    book.type(LEDGER, 7, 分工编号="01890000-0000-7000-8000-000000000000")
    book.type(LEDGER, 8, 分工编号="随手写的")
    answer = hand_back(book).json()
    told = {row["row"]: (row["state"], codes(row)) for row in answer["rows"] if row["sheet"] == "assignments"}
    assert told == {
        3: ("invalid", ["row-twice"]),
        4: ("invalid", ["row-twice"]),
        5: ("unchanged", []),
        6: ("new", ["row-new"]),
        7: ("invalid", ["row-unknown"]),
        8: ("invalid", ["row-unknown"]),
        None: ("missing", []),
    }
    sheet.delete_rows(3, 6)
    assert hand_back(book).json()["summary"]["missing"] == 3
    assert office.get(f"{API}/assignments", params={"plan": str(ledger.plan.id)}).json()["total"] == 3


def test_another_plans_id_reads_like_one_that_does_not_exist(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger
) -> None:
    other = office.post(f"{API}/plans", json={"year": 2023, "title": "另一份"}).json()
    rows = hand_back(exported(), plan=other["id"]).json()["rows"]
    assert {(row["state"], row["problems"][0]["code"], row["id"]) for row in rows} == {("invalid", "row-unknown", None)}


def test_columns_may_be_moved_added_and_left_out(exported: Callable[[], Book], hand_back: HandBack) -> None:
    book = exported()
    sheet = book.book[LEDGER]
    book.type(LEDGER, 3, 备注="已催")
    sheet.cell(2, sheet.max_column + 1).value = "我的列"
    sheet.delete_cols(book.headings(LEDGER).index("最新进展") + 1)
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)
    answer = hand_back(book).json()
    assert answer["summary"]["changed"] == 1
    assert [notice["code"] for notice in answer["notices"]] == ["column-missing", "column-unknown"]


def test_without_its_hidden_copy_or_version_nothing_is_written_unasked(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient
) -> None:
    book = exported()
    for name in book.book.sheetnames[3:]:
        del book.book[name]
    book.type(LEDGER, 3, 备注="已催", 分工版本=None)
    answer = hand_back(book).json()
    assert [notice["code"] for notice in answer["notices"]] == ["copy-missing"] * 2
    (conflict,) = rows_in(answer, "conflict")
    assert (conflict["changes"][0]["before"], conflict["changes"][0]["current"]) == (None, "")
    assert apply(office, answer).status_code == 409


def test_an_edit_that_cannot_stand_is_refused_with_its_reason(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger, in_draft: Plan
) -> None:
    book = exported()
    for column, value, code in [
        ("任务名称", "  ", "cell-empty"),
        ("任务名称", "长" * 301, "cell-too-long"),
        ("牵头单位", "某某委员会", "assignee-unknown"),
        ("牵头单位", "有关街镇", "assignee-undecided"),
        ("时限", "尽快", "date-unreadable"),
        ("时限", "2023-09-01；2023-09-02", "due-count"),
        ("时限", "2033-09-01", "due-implausible"),
        ("二级类别", "#REF!", "cell-error"),
        ("具体任务内容", "=SUM(A1)", "cell-error"),
    ]:
        book = exported()
        book.type(TASKS, 3, **{column: value})
        answer = hand_back(book).json()
        (row,) = rows_in(answer, "invalid")
        assert codes(row) == [code], (column, value)
        assert apply(office, answer).json()["result"] == {"written": 0, "kept": 0, "refused": 1}


def test_content_may_not_lose_the_words_of_a_requirement(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, in_draft: Plan, session: Session
) -> None:
    task = session.exec(select(Task).where(Task.plan_id == in_draft.id).order_by(col(Task.position))).first()
    assert task is not None
    task.content = "8月底前公开目录，解读比例不低于50%，持续更新专栏，财政局牵头的要求。"
    session.commit()
    book = exported()
    book.type(TASKS, 3, 具体任务内容="财政局牵头的要求，持续更新专栏；解读比例不低于50%。")
    (row,) = rows_in(hand_back(book).json(), "invalid")
    assert [problem["message"] for problem in row["problems"]] == ["要求的原文不在新内容里：“8月底前公开目录”"]
    book.type(
        TASKS, 3, 具体任务内容="一是持续更新专栏，二是解读比例不低于50%，三是8月底前公开目录，四是财政局牵头的要求。"
    )
    answer = hand_back(book).json()
    assert apply(office, answer).json()["result"]["written"] == 1
    session.expire_all()
    for duty in session.exec(select(Duty).where(Duty.task_id == task.id)):
        assert task.content[duty.start : duty.end] == duty.text


def test_the_workbook_is_the_offices_to_hand_back(
    exported: Callable[[], Book],
    hand_back: HandBack,
    reporter: TestClient,
    client_as: SignIn,
    office: TestClient,
    ledger: Ledger,
) -> None:
    book = exported()
    assert hand_back(book, by=reporter).status_code == 403
    assert hand_back(book, by=client_as("naxi")).status_code == 404
    own = Book(reporter.get(f"{API}/plans/{ledger.plan.id}/ledger.xlsx").content)
    assert own.book.sheetnames == [LEDGER]
    found = hand_back(book).json()
    assert client_as("naxi").get(f"{API}/ledger-imports/{found['id']}").status_code == 404
    assert apply(client_as("naxi"), found).status_code == 404


def test_what_did_not_come_from_here_is_refused_in_words(hand_back: HandBack, office: TestClient) -> None:
    stranger = Workbook()
    stranger.active["A1"] = "序号"  # type: ignore[index]
    buffer = io.BytesIO()
    stranger.save(buffer)
    cases = [(buffer.getvalue(), "ledger-not-ours"), (b"\x00\x01", "document-mismatch"), (b"", "document-empty")]
    for content, code in cases:
        refused = hand_back(content)
        assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
        assert refused.json()["errors"][0]["pointer"] == "#/file"


def test_a_workbook_is_written_once(
    exported: Callable[[], Book], hand_back: HandBack, office: TestClient, ledger: Ledger
) -> None:
    book = exported()
    book.type(LEDGER, 3, 备注="已催")
    answer = hand_back(book).json()
    path = f"{API}/ledger-imports/{answer['id']}/apply"
    assert office.post(path).status_code == 428
    key = {"If-Match": '"1"', "Idempotency-Key": "apply-once-0000001"}
    first, again = (office.post(path, json={}, headers=key) for _ in range(2))
    assert (first.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert first.json() == again.json()
    assert first.json()["actions"] == []
    assert apply(office, answer).status_code == 412
    assert apply(office, first.json()).json()["code"] == "ledger-import-applied"


def test_contact_and_note_may_be_changed_one_by_one_too(
    office: TestClient, reporter: TestClient, client_as: SignIn, ledger: Ledger, session: Session
) -> None:
    path = f"{API}/assignments/{ledger.mine.id}"
    assert "edit" in office.get(path).json()["actions"]
    assert "edit" not in reporter.get(path).json()["actions"]
    changed = office.patch(path, json={"contact": "王敏 3112233"}, headers={"If-Match": '"1"'})
    assert (changed.json()["contact"], changed.json()["note"], changed.headers["etag"]) == ("王敏 3112233", "", '"2"')
    assert office.patch(path, json={"note": "x"}, headers={"If-Match": '"1"'}).status_code == 412
    assert reporter.patch(path, json={"note": "x"}, headers={"If-Match": '"2"'}).status_code == 403
    assert client_as("naxi").patch(path, json={"note": "x"}, headers={"If-Match": '"2"'}).status_code == 404
    session.get_one(Plan, ledger.plan.id).status = PlanStatus.CLOSED
    session.commit()
    assert office.patch(path, json={"note": "x"}, headers={"If-Match": '"2"'}).json()["code"] == "plan-closed"
