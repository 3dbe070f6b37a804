"""A page's filters, kept under a name: one's own, and those the office shares."""

from typing import Any

from fastapi.testclient import TestClient

VIEWS = "/api/v1/saved-views"
OVERDUE = {"page": "/ledger", "query": "light=red&sort=due", "name": "逾期的"}


def names(client: TestClient, page: str = "/ledger") -> list[tuple[str, bool]]:
    return [(view["name"], view["mine"]) for view in client.get(VIEWS, params={"page": page}).json()]


def keep(client: TestClient, **changes: Any) -> dict[str, Any]:
    answer = client.post(VIEWS, json=OVERDUE | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_reporter_keeps_and_drops_her_own(reporter: TestClient, neighbour: TestClient) -> None:
    view = keep(reporter)
    assert (names(reporter), names(reporter, "/board"), names(neighbour)) == ([("逾期的", True)], [], [])
    assert neighbour.delete(f"{VIEWS}/{view['id']}").status_code == 404
    assert reporter.delete(f"{VIEWS}/{view['id']}").status_code == 204
    assert names(reporter) == []


def test_what_the_office_shares_everybody_in_the_district_has(office: TestClient, reporter: TestClient) -> None:
    keep(office, name="本周要催的", shared=True)
    keep(office, name="自己看的")
    assert names(reporter) == [("本周要催的", False)]
    (shared,) = reporter.get(VIEWS, params={"page": "/ledger"}).json()
    assert shared["owner_name"] == "office同志"
    refused = reporter.post(VIEWS, json=OVERDUE | {"shared": True})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/shared")


def test_a_name_is_used_once_a_page_and_a_page_is_one_of_ours(reporter: TestClient) -> None:
    keep(reporter)
    assert reporter.post(VIEWS, json=OVERDUE).status_code == 409
    for page in ("//evil.example", "ledger", "/ledger?light=red"):
        assert reporter.post(VIEWS, json=OVERDUE | {"page": page}).json()["errors"][0]["pointer"] == "#/page"
