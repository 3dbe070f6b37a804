"""A few words, typed once, find units, tasks, plans and entries; each sees what is theirs to see."""

import pytest
from fastapi.testclient import TestClient

SEARCH = "/api/v1/search"


def titles(client: TestClient, q: str, kind: str | None = None) -> list[str]:
    found = client.get(SEARCH, params={"q": q}).json()["items"]
    return [item["title"] for item in found if kind in (None, item["kind"])]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("教体局", "区教育体育局"), ("大山坪", "大山坪街道"), ("财局", "区财政局"), ("住建局", "区住房城乡建设局")],
)
def test_a_unit_is_found_by_the_name_people_use(reporter: TestClient, typed: str, unit: str) -> None:
    assert unit in titles(reporter, typed, "unit")


def test_the_ledger_finds_a_unit_by_the_name_people_use(office: TestClient) -> None:
    by_name = office.get("/api/v1/units", params={"q": "教体局"}).json()["items"]
    assert [unit["short_name"] for unit in by_name] == ["区教育体育局"]


def test_minzheng_is_not_every_people_s_government(reporter: TestClient) -> None:
    assert titles(reporter, "民政", "unit") == ["区民政局"]


@pytest.mark.parametrize("q", ["%", "_", "\\", "查无此项", "", "   "])
def test_what_is_not_there_is_not_found(reporter: TestClient, q: str) -> None:
    assert titles(reporter, q) == []


def test_the_words_may_stand_apart(reporter: TestClient) -> None:
    entry = {
        "title": "社会救助资金发放情况",
        "opened_on": "2023-08-28",
        "data": {"channel": "in_person", "content": "申请"},
    }
    party = {"kind": "natural", "name": "李小明", "id_number": "510502199001011234"}
    made = reporter.post("/api/v1/registers/applications/entries", json=entry | {"party": party})
    assert made.status_code == 201, made.text
    found = reporter.get(SEARCH, params={"q": "大山坪 救助"}).json()["items"]
    assert [(item["kind"], item["slug"], item["id"]) for item in found] == [
        ("entry", "applications", made.json()["id"])
    ]
    assert titles(reporter, "李小明") == []  # applicants are sealed


def test_a_neighbour_finds_the_unit_but_not_its_entries(reporter: TestClient, neighbour: TestClient) -> None:
    entry = {
        "title": "社会救助资金发放情况",
        "opened_on": "2023-08-28",
        "data": {"channel": "in_person", "content": "申请"},
    }
    body = entry | {"party": {"kind": "natural", "name": "李小明"}}
    assert reporter.post("/api/v1/registers/applications/entries", json=body).status_code == 201
    assert titles(neighbour, "社会救助资金") == []
    assert titles(neighbour, "大山坪", "unit") == ["大山坪街道"]


def test_the_office_finds_its_tasks_and_the_drafts_nobody_else_sees(office: TestClient, reporter: TestClient) -> None:
    body = {"title": "2024年江阳区政务公开重点任务分解表", "year": 2024, "document_no": "泸江府办发〔2024〕3号"}
    office.post("/api/v1/plans", json=body)
    assert titles(office, "2024 分解表", "plan") == titles(office, "〔2024〕3号", "plan") == [body["title"]]
    assert titles(reporter, "分解表 2024", "plan") == []
