"""The district's units as people read and change them."""

import pytest
from fastapi.testclient import TestClient

from tests.district import District, SignIn

UNITS = "/api/v1/units"


def test_everyone_sees_the_whole_district_and_nothing_of_the_next(reporter: TestClient) -> None:
    found = reporter.get(UNITS, params={"size": 100}).json()
    assert found["total"] == 41
    assert not any("纳溪" in unit["name"] for unit in found["items"])


@pytest.mark.parametrize(
    ("kind", "expected"), [("subdistrict", 9), ("town", 6), ("zone", 1), ("department", 22), ("branch", 1)]
)
def test_the_confirmed_units_are_there(reporter: TestClient, kind: str, expected: int) -> None:
    assert reporter.get(UNITS, params={"kind": kind}).json()["total"] == expected


def test_a_branch_bureau_holds_tasks_but_is_not_counted_in_the_report(reporter: TestClient) -> None:
    bureau = reporter.get(UNITS, params={"q": "生态环境"}).json()["items"][0]
    assert (bureau["holds_tasks"], bureau["counts_in_report"]) == (True, False)


@pytest.mark.parametrize(
    "q", ["大山坪街道", "大山坪街道办事处", "泸州市江阳区人民政府大山坪街道办事处", "大山坪", "510502-052"]
)
def test_a_unit_is_found_by_any_of_its_names(reporter: TestClient, q: str) -> None:
    assert [unit["short_name"] for unit in reporter.get(UNITS, params={"q": q}).json()["items"]] == ["大山坪街道"]


@pytest.mark.parametrize("q", ["%", "_", "\\"])
def test_wildcards_are_taken_literally(reporter: TestClient, q: str) -> None:
    assert reporter.get(UNITS, params={"q": q}).json()["total"] == 0


def test_the_tree_hangs_from_the_district(reporter: TestClient) -> None:
    roots = reporter.get(f"{UNITS}/tree").json()
    assert [root["short_name"] for root in roots] == ["江阳区"]
    assert len(roots[0]["children"]) == 40


def test_a_list_already_held_is_not_sent_again(reporter: TestClient) -> None:
    first = reporter.get(UNITS)
    again = reporter.get(UNITS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_merged_unit_keeps_its_old_name_and_names_its_successor(office: TestClient, district: District) -> None:
    unit = f"{UNITS}/{district.units['xiangcun'].id}"
    tag = {"If-Match": office.get(unit).headers["etag"]}
    change = {
        "valid_to": "2024-03-31",
        "successor_id": str(district.units["nongye"].id),
        "short_name": "原区乡村振兴局",
    }
    changed = office.patch(unit, json=change, headers=tag).json()
    assert changed["successor"]["name"] == "泸州市江阳区农业农村局"
    assert "区乡村振兴局" in changed["aliases"]
    assert office.get(UNITS, params={"on": "2024-04-01", "q": "乡村振兴"}).json()["total"] == 0
    assert office.get(UNITS, params={"on": "2023-07-07", "q": "区乡村振兴局"}).json()["total"] == 1


def test_a_stale_change_gets_both_versions(office: TestClient, district: District) -> None:
    unit = f"{UNITS}/{district.units['huangyi'].id}"
    tag = {"If-Match": office.get(unit).headers["etag"]}
    assert office.patch(unit, json={"position": 3}, headers=tag).status_code == 200
    stale = office.patch(unit, json={"position": 4}, headers=tag)
    assert stale.status_code == 412
    assert stale.json()["code"] == "version-conflict"
    assert stale.json()["current"]["position"] == 3
    assert office.patch(unit, json={"position": 5}).status_code == 428


def test_a_new_unit_stands_below_the_district(office: TestClient) -> None:
    data = {"code": "510502-099", "name": "泸州市江阳区国家保密局", "short_name": "区保密局", "kind": "other"}
    created = office.post(UNITS, json=data)
    assert created.status_code == 201, created.text
    assert office.get(created.headers["location"]).json()["short_name"] == "区保密局"
    assert office.post(UNITS, json=data).json()["detail"] == "该代码已有单位使用"


def test_crossed_dates_are_refused(office: TestClient) -> None:
    data = {"code": "X-1", "name": "测试单位", "short_name": "测试", "kind": "other"}
    answer = office.post(UNITS, json=data | {"valid_from": "2024-01-01", "valid_to": "2023-01-01"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/valid_to"


def test_a_reporter_cannot_change_units_and_the_next_district_does_not_find_ours(
    reporter: TestClient, client_as: SignIn, district: District
) -> None:
    unit = f"{UNITS}/{district.units['huangyi'].id}"
    assert reporter.patch(unit, json={"position": 3}, headers={"If-Match": '"1"'}).status_code == 403
    assert client_as("naxi").get(unit).status_code == 404


def test_collective_words_say_what_they_mean(office: TestClient) -> None:
    groups = {group["name"]: group for group in office.get("/api/v1/unit-groups").json()}
    assert groups["各街镇"]["kinds"] == ["subdistrict", "town"]
    assert groups["区政府有关部门"]["undecided"] is True
