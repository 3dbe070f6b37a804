"""The import page's work by the API: alike problems fixed at once, good rows first, differences, taking back."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import text
from sqlmodel import Session

from tests.district import District, SignIn
from tests.plans.tables import Line, line, table, workbook

IMPORTS, PLANS, UNITS = "/api/v1/plan-imports", "/api/v1/plans", "/api/v1/units"
Draft = dict[str, Any]


class Desk:
    """Somebody of the office at the import page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def upload(self, data: bytes, name: str = "分解表.csv") -> Draft:
        answer = self.client.post(IMPORTS, files={"file": (name, data)})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def post(self, draft: Draft, path: str, body: dict[str, Any] | None = None) -> Any:
        tag = {"If-Match": f'"{self.draft(draft)["version"]}"'}
        return self.client.post(f"{IMPORTS}/{draft['id']}/{path}", json=body, headers=tag)

    def fix(self, draft: Draft, **fix: Any) -> Draft:
        answer = self.post(draft, "fixes", {"fixes": [fix]})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def unfix(self, draft: Draft, number: int) -> Draft:
        answer = self.post(draft, "fixes/undo", {"number": number})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def commit(self, draft: Draft, **body: Any) -> dict[str, Any]:
        answer = self.client.post(f"{IMPORTS}/{draft['id']}/commit", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def draft(self, draft: Draft) -> Draft:
        return dict(self.client.get(f"{IMPORTS}/{draft['id']}").json())

    def comparison(self, draft: Draft, **against: str) -> dict[str, Any]:
        answer = self.client.get(f"{IMPORTS}/{draft['id']}/comparison", params=against)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def desk(office: TestClient) -> Desk:
    return Desk(office)


def group(draft: Draft, code: str, phrase: str | None = None) -> dict[str, Any]:
    found = [each for each in draft["problem_groups"] if each["code"] == code and each["text"] == phrase]
    assert len(found) == 1, draft["problem_groups"]
    return dict(found[0])


SHORT = "区教体局"
"""A short name that no directory holds, though it looks like 区教育体育局."""


@pytest.fixture
def twelve(desk: Desk) -> Draft:
    """Twelve tasks of 区教体局, one of 区财政局."""
    return desk.upload(table([*(line(n, SHORT) for n in range(1, 13)), line(13, "区财政局")]))


@pytest.fixture
def merged(desk: Desk) -> Draft:
    """The same as a workbook, its category merged over all rows."""
    lines = [*(line(n, SHORT) for n in range(1, 13)), line(13, "区财政局")]
    return desk.upload(workbook(lines), "分解表.xlsx")


def test_twelve_alike_places_are_one_problem_with_its_fixes(twelve: Draft) -> None:
    found = group(twelve, "assignee-suggested", SHORT)
    assert (found["level"], found["count"], found["rows"]) == ("block", 12, list(range(1, 13)))
    assert found["fixes"][0]["label"] == f"把这 12 处“{SHORT}”都认作 {found['candidates'][0]['name']}，并记为别名"
    assert [each["fix"]["kind"] for each in found["fixes"][-2:]] == ["create-units", "assignee"]


def test_one_fix_settles_all_alike_and_the_next_import_knows_the_name(
    desk: Desk, twelve: Draft, district: District
) -> None:
    school = str(district.units["jiaoti"].id)
    fixed = desk.fix(twelve, kind="assignee", text=SHORT, unit_ids=[school], remember_alias=True)
    assert {row["assignees"][0]["unit_ids"][0] for row in fixed["rows"][:12]} == {school}
    assert (fixed["summary"]["unknown"], fixed["fixes"][0]["places"], fixed["fixes"][0]["alias"]) == (0, 12, SHORT)
    again = desk.upload(table([line(n, SHORT) for n in range(1, 4)]))
    assert {row["assignees"][0]["state"] for row in again["rows"]} == {"matched"}


def test_a_fix_taken_back_leaves_the_draft_and_the_directory_as_they_were(
    desk: Desk, twelve: Draft, district: District
) -> None:
    school = str(district.units["jiaoti"].id)
    desk.fix(twelve, kind="assignee", text=SHORT, unit_ids=[school], remember_alias=True)
    back = desk.unfix(twelve, 1)
    assert back["rows"] == twelve["rows"]
    assert back["fixes"] == []
    assert SHORT not in desk.client.get(f"{UNITS}/{school}").json()["aliases"]
    assert desk.post(twelve, "fixes/undo", {"number": 1}).status_code == 404


def test_what_was_decided_since_is_not_taken_back(desk: Desk, twelve: Draft, district: District) -> None:
    school, finance = (str(district.units[login].id) for login in ("jiaoti", "caizheng"))
    fixed = desk.fix(twelve, kind="assignee", text=SHORT, unit_ids=[school])
    own = {"text": SHORT, "unit_ids": [finance]}
    tag = {"If-Match": f'"{fixed["version"]}"'}
    rows = {"rows": [{"position": 3, "assignees": [own]}]}
    assert desk.client.patch(f"{IMPORTS}/{twelve['id']}", json=rows, headers=tag).status_code == 200
    back = desk.unfix(twelve, 1)
    assert back["rows"][2]["assignees"][0]["unit_ids"] == [finance]
    assert group(back, "assignee-suggested", SHORT)["count"] == 11


def test_an_alias_that_is_somebody_elses_name_is_refused(desk: Desk, twelve: Draft, district: District) -> None:
    school = str(district.units["jiaoti"].id)
    fix = {"kind": "assignee", "text": "区财政局", "unit_ids": [school], "remember_alias": True}
    refused = desk.post(twelve, "fixes", {"fixes": [fix]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "alias-taken")
    assert desk.draft(twelve)["version"] == twelve["version"]


def test_unknown_units_are_made_only_when_a_person_says_so_and_unmade_again(desk: Desk, session: Session) -> None:
    draft = desk.upload(table([line(1, "区低空经济促进中心、某某银行江阳支行"), line(2, "区低空经济促进中心")]))
    before = session.connection().execute(text("SELECT count(*) FROM unit")).scalar_one()
    found = group(draft, "assignee-unknown", "区低空经济促进中心")
    wanted = [
        *found["fixes"][0]["fix"]["units"],
        {"text": "某某银行江阳支行", "name": "某某银行江阳支行", "kind": "other"},
    ]
    made = desk.fix(draft, kind="create-units", units=wanted)
    assert made["summary"]["unknown"] == 0
    units = [desk.client.get(f"{UNITS}/{each['id']}").json() for each in made["fixes"][0]["created_units"]]
    assert [unit["kind"] for unit in units] == [wanted[0]["kind"], "other"]
    assert len({unit["code"] for unit in units}) == 2
    back = desk.unfix(draft, 1)
    assert back["rows"] == draft["rows"]
    assert session.connection().execute(text("SELECT count(*) FROM unit")).scalar_one() == before


def test_a_unit_made_and_used_elsewhere_is_not_unmade(desk: Desk) -> None:
    draft = desk.upload(table([line(1, "区低空经济促进中心")]))
    desk.fix(
        draft,
        kind="create-units",
        units=[{"text": "区低空经济促进中心", "name": "区低空经济促进中心", "kind": "other"}],
    )
    desk.upload(table([line(2, "区低空经济促进中心")]))
    refused = desk.post(draft, "fixes/undo", {"number": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "unit-in-use")


def test_rows_without_a_unit_are_given_one_or_let_stand(desk: Desk, district: District) -> None:
    draft = desk.upload(table([line(1, "区财政局"), line(2, ""), line(3, "")]))
    assert group(draft, "no-assignee")["rows"] == [2, 3]
    finance = str(district.units["caizheng"].id)
    given = desk.fix(draft, kind="assign", unit_ids=[finance], rows=[2])
    assert group(given, "no-assignee")["rows"] == [3]
    seen = desk.fix(draft, kind="acknowledge", code="no-assignee")
    assert not [each for each in seen["problem_groups"] if each["code"] == "no-assignee"]
    assert desk.unfix(draft, 2)["problem_groups"] == given["problem_groups"]


def test_a_fix_that_finds_no_place_is_refused(desk: Desk, twelve: Draft) -> None:
    refused = desk.post(twelve, "fixes", {"fixes": [{"kind": "acknowledge", "code": "no-such"}]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "fix-without-place")


def test_two_people_fixing_the_same_draft_do_not_overwrite_each_other(desk: Desk, twelve: Draft) -> None:
    body = {"fixes": [{"kind": "assignee", "text": SHORT, "unit_ids": []}]}
    tag = {"If-Match": f'"{twelve["version"]}"'}
    assert desk.client.post(f"{IMPORTS}/{twelve['id']}/fixes", json=body, headers=tag).status_code == 200
    stale = desk.client.post(f"{IMPORTS}/{twelve['id']}/fixes", json=body, headers=tag)
    assert (stale.status_code, stale.json()["current"]["summary"]["unknown"]) == (412, 0)
    assert desk.client.post(f"{IMPORTS}/{twelve['id']}/fixes", json=body).status_code == 428


def test_every_fix_and_its_undoing_is_audited(desk: Desk, twelve: Draft, session: Session, district: District) -> None:
    school = str(district.units["jiaoti"].id)
    desk.fix(twelve, kind="assignee", text=SHORT, unit_ids=[school], remember_alias=True)
    desk.unfix(twelve, 1)
    about = text("SELECT action FROM audit_event WHERE subject_id IN (:draft, :unit) ORDER BY id DESC LIMIT 4")
    actions = session.connection().execute(about, {"draft": twelve["id"], "unit": school}).scalars()
    assert sorted(actions) == ["plan-import.fix", "plan-import.undo-fix", "unit.change", "unit.change"]


# -- the source beside the draft


def test_the_source_keeps_the_cells_a_task_was_read_from(desk: Desk, merged: Draft) -> None:
    source = desk.client.get(f"{IMPORTS}/{merged['id']}/source").json()
    row = merged["rows"][4]
    grid = source["grids"][row["source"]["grid"]]
    cells = {(cell["row"], cell["column"]): cell for cell in grid["cells"]}
    [place] = row["source"]["places"]["content"]
    assert cells[tuple(place)]["text"] == row["content"]
    [category] = row["source"]["places"]["category"]
    assert cells[tuple(category)]["row_span"] == 13


def test_the_workbook_is_the_users_own_with_remarks_beside(desk: Desk, merged: Draft) -> None:
    book = load_workbook(io.BytesIO(desk.client.get(f"{IMPORTS}/{merged['id']}/workbook").content))
    assert book.sheetnames == ["分解表", "核对表"]
    sheet = book["分解表"]
    assert [cell.value for cell in sheet[2]] == [
        "序号",
        "类别",
        "任务名称",
        "具体任务内容",
        "责任单位",
        "完成时限",
        "错误说明",
    ]
    assert SHORT in sheet["G3"].value
    assert SHORT not in (sheet["G15"].value or "")
    assert "B3:B15" in {str(each) for each in sheet.merged_cells.ranges}


def test_a_formula_in_the_users_table_goes_back_as_text(desk: Desk) -> None:
    draft = desk.upload(table([line(1, "区财政局"), ("一、", "=HYPERLINK(1)", "@SUM(1)公开。", "区财政局", "+1")]))
    book = load_workbook(io.BytesIO(desk.client.get(f"{IMPORTS}/{draft['id']}/workbook").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]


# -- committing


@pytest.fixture
def half(desk: Desk) -> Draft:
    """Three rows, the second of a unit nobody knows."""
    return desk.upload(table([line(1, "区财政局"), line(2, "某某银行江阳支行"), line(3, "区民政局")]))


def titles(desk: Desk, plan: dict[str, Any]) -> list[tuple[int, str]]:
    tasks = desk.client.get("/api/v1/tasks", params={"plan": plan["id"], "size": 100}).json()["items"]
    return [(task["position"], task["title"]) for task in tasks]


def test_good_rows_go_first_and_the_rest_into_the_same_plan_later(desk: Desk, half: Draft) -> None:
    assert desk.client.post(f"{IMPORTS}/{half['id']}/commit", json={"mode": "all"}).status_code == 409
    first = desk.commit(half, mode="good")
    assert (first["committed_rows"], [row["position"] for row in first["left_rows"]]) == (2, [2])
    assert titles(desk, first) == [(1, line(1, "")[1]), (3, line(3, "")[1])]
    waiting = desk.draft(half)
    assert (waiting["state"], waiting["committed_rows"], waiting["plan_id"]) == ("partly", 2, first["id"])
    assert desk.client.post(f"{IMPORTS}/{half['id']}/commit", json={"mode": "good"}).json()["code"] == (
        "plan-import-nothing-good"
    )
    desk.fix(half, kind="assignee", text="某某银行江阳支行", unit_ids=[])
    second = desk.commit(half)
    assert (second["id"], second["left_rows"]) == (first["id"], [])
    assert [position for position, _ in titles(desk, second)] == [1, 2, 3]
    assert desk.draft(half)["state"] == "committed"


def test_a_committed_row_is_changed_in_the_plan_not_here(desk: Desk, half: Draft) -> None:
    desk.commit(half, mode="good")
    now = desk.draft(half)
    tag = {"If-Match": f'"{now["version"]}"'}
    refused = desk.client.patch(f"{IMPORTS}/{half['id']}", json={"rows": [{"position": 1, "title": "改"}]}, headers=tag)
    assert (refused.status_code, refused.json()["code"]) == (409, "row-committed")


def test_a_commit_is_taken_back_whole(desk: Desk, half: Draft, session: Session) -> None:
    desk.commit(half, mode="good")
    desk.fix(half, kind="assignee", text="某某银行江阳支行", unit_ids=[])
    plan = desk.commit(half)
    answer = desk.client.post(f"{IMPORTS}/{half['id']}/undo")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["plan_id"], answer.json()["committed_rows"]) == ("draft", None, 0)
    assert desk.client.get(f"{PLANS}/{plan['id']}").status_code == 404
    assert session.connection().execute(text("SELECT count(*) FROM task")).scalar_one() == 0
    assert desk.commit(half)["committed_rows"] == 3


Building = Callable[[TestClient, dict[str, Any]], Any]


def _retitle(client: TestClient, plan: dict[str, Any]) -> Any:
    task = client.get("/api/v1/tasks", params={"plan": plan["id"]}).json()["items"][0]
    return client.patch(f"/api/v1/tasks/{task['id']}", json={"title": "改过"}, headers={"If-Match": '"1"'})


def _recycle(client: TestClient, plan: dict[str, Any]) -> Any:
    return client.patch(f"{PLANS}/{plan['id']}", json={"cycle": "quarter"}, headers={"If-Match": '"1"'})


def _issue(client: TestClient, plan: dict[str, Any]) -> Any:
    return client.post(f"{PLANS}/{plan['id']}/issue")


@pytest.mark.parametrize(
    ("build", "reason"), [(_retitle, "又被改过，如“改过”"), (_recycle, "周期等已被修改"), (_issue, "已经印发")]
)
def test_nothing_is_taken_back_once_something_stands_on_it(desk: Desk, build: Building, reason: str) -> None:
    draft = desk.upload(table([line(1, "区财政局"), line(2, "区民政局")]))
    plan = desk.commit(draft)
    assert build(desk.client, plan).status_code == 200
    refused = desk.client.post(f"{IMPORTS}/{draft['id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-import-built-upon")
    assert reason in refused.json()["detail"]
    assert len(titles(desk, plan)) == 2


def test_nothing_is_taken_back_that_a_lower_level_took_over(desk: Desk, half: Draft, session: Session) -> None:
    desk.commit(half, mode="good")
    session.connection().execute(
        text(
            "WITH lower AS (INSERT INTO plan (unit_id, year, title, cycle, due_day, closes_day, status, created_by, "
            "created_at) SELECT unit_id, year, '下级', cycle, due_day, closes_day, status, created_by, created_at "
            "FROM plan LIMIT 1 RETURNING id) INSERT INTO task (plan_id, position, category, title, content, "
            "assignees_text, upstream_task_id) SELECT lower.id, 1, '一、', '甲', '甲', '', task.id "
            "FROM lower, task LIMIT 1"
        )
    )
    refused = desk.client.post(f"{IMPORTS}/{half['id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-import-built-upon")
    assert "以这里的任务为来源" in refused.json()["detail"]


# -- the difference


def revised() -> list[Line]:
    """The second edition: the first task reworded, the second as it was, the third gone, a fourth new."""
    category, title, content, units, due = line(1, "区财政局、区民政局")
    return [
        (category, title, content.replace("年内", "全年"), units, due),
        line(2, "区民政局"),
        line(4, "区司法局"),
    ]


@pytest.fixture
def earlier(desk: Desk) -> dict[str, Any]:
    draft = desk.upload(table([line(1, "区财政局"), line(2, "区民政局"), line(3, "区司法局")]))
    return desk.commit(draft)


def test_the_same_table_again_is_unchanged(desk: Desk, earlier: dict[str, Any]) -> None:
    again = desk.upload(table([line(1, "区财政局"), line(2, "区民政局"), line(3, "区司法局")]))
    found = desk.comparison(again)
    assert (found["against"]["id"], found["into"]) == (earlier["id"], "update")
    assert found["counts"] == {"new": 0, "changed": 0, "unchanged": 3, "missing": 0}


def test_a_revised_table_says_what_is_new_changed_and_missing(desk: Desk, earlier: dict[str, Any]) -> None:
    found = desk.comparison(desk.upload(table(revised())))
    assert found["counts"] == {"new": 1, "changed": 1, "unchanged": 1, "missing": 1}
    changed = found["rows"][0]
    assert {field["field"] for field in changed["fields"]} >= {"content", "assignees"}
    assert found["rows"][-1]["title"] == line(3, "")[1]


@pytest.mark.parametrize(("missing", "kept"), [("keep", [1, 2, 4, 3]), ("remove", [1, 2, 4])])
def test_a_revised_table_goes_into_the_plan_in_draft_and_out_again(
    desk: Desk, earlier: dict[str, Any], missing: str, kept: list[int]
) -> None:
    before = desk.client.get("/api/v1/tasks", params={"plan": earlier["id"]}).json()["items"]
    draft = desk.upload(table(revised()))
    plan = desk.commit(draft, plan_id=earlier["id"], missing=missing)
    assert plan["id"] == earlier["id"]
    assert [title for _, title in titles(desk, plan)] == [line(n, "")[1] for n in kept]
    after = desk.client.get("/api/v1/tasks", params={"plan": earlier["id"]}).json()["items"]
    assert [task["id"] for task in after[:2]] == [task["id"] for task in before[:2]]
    assert desk.client.post(f"{IMPORTS}/{draft['id']}/undo").status_code == 200
    back = desk.client.get("/api/v1/tasks", params={"plan": earlier["id"]}).json()["items"]
    assert [{**task, "version": 0} for task in back] == [{**task, "version": 0} for task in before]


def test_an_issued_plan_is_never_changed_by_an_import(desk: Desk, earlier: dict[str, Any]) -> None:
    assert _issue(desk.client, earlier).status_code == 200
    draft = desk.upload(table(revised()))
    assert desk.comparison(draft)["into"] == "supplement"
    refused = desk.client.post(f"{IMPORTS}/{draft['id']}/commit", json={"plan_id": earlier["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-issued")
    assert refused.json()["differences"]["new"] == 1
    assert len(titles(desk, earlier)) == 3


def test_what_a_collective_meant_before_is_at_hand(desk: Desk, district: District) -> None:
    lines = [line(1, "有关部门"), line(2, "区民政局")]
    first = desk.upload(table(lines))
    chosen = sorted(str(district.units[login].id) for login in ("caizheng", "sifa"))
    desk.fix(first, kind="assignee", text="有关部门", unit_ids=chosen)
    again = desk.upload(table(lines))
    assert desk.comparison(again)["earlier_phrases"] == [{"text": "有关部门", "unit_ids": chosen}]
    desk.commit(first)
    assert desk.comparison(again)["earlier_phrases"] == [{"text": "有关部门", "unit_ids": chosen}]


def test_an_earlier_draft_is_compared_too(desk: Desk, half: Draft) -> None:
    again = desk.upload(table([line(1, "区财政局"), line(2, "某某银行江阳支行"), line(3, "区司法局")]))
    found = desk.comparison(again, other_id=half["id"])
    assert (found["against"]["kind"], found["into"], found["counts"]["changed"]) == ("import", "none", 1)
    assert (
        desk.client.get(f"{IMPORTS}/{again['id']}/comparison", params={"plan_id": half["unit"]["id"]}).status_code
        == 404
    )


def test_the_next_district_sees_nothing_of_the_difference(desk: Desk, half: Draft, client_as: SignIn) -> None:
    stranger = client_as("naxi")
    for path in ("source", "comparison", "workbook"):
        assert stranger.get(f"{IMPORTS}/{half['id']}/{path}").status_code == 404
    for path in ("undo", "commit"):
        assert stranger.post(f"{IMPORTS}/{half['id']}/{path}").status_code == 404
