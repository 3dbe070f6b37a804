"""A report on its way: drafted, compiled, checked, handed in, signed, accepted, published."""

from typing import Any

from fastapi.testclient import TestClient

from tests.district import District, SignIn

Json = dict[str, Any]
API = "/api/v1/annual-reports"


def test_smoke(
    reporter: TestClient, signer: TestClient, office: TestClient, neighbour: TestClient, district: District
) -> None:
    answer = reporter.post(API, json={"year": 2022})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    url = f"{API}/{made['id']}"
    assert made["actions"]
    answer = reporter.patch(
        url,
        json={"figures": {"t3.r1.natural": 3}, "sections": {"overview": "x"}, "facts": {"info.total": 3}},
        headers={"If-Match": answer.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    answer = reporter.post(url + "/compile")
    assert answer.status_code == 200, answer.text
    print(answer.json()["changes"])
    for group in ("t2", "t4"):
        answer = reporter.post(url + "/zero-declarations", json={"group": group})
        assert answer.status_code == 201, answer.text
    answer = reporter.post(url + "/check")
    print(answer.json())
    answer = reporter.post(url + "/submit")
    print(answer.text)
    assert answer.status_code == 422
    assert neighbour.get(url).status_code == 404
    for client in (reporter, office, signer):
        assert client.get(url).status_code == 200
        assert client.get(API).json()["total"] == 1, client.get(API).text
        assert client.get(API + "?waiting=true").status_code == 200
    assert reporter.get(url + "/changes").status_code == 200
    answer = reporter.get(url + "/cells/t3.r1.natural")
    assert answer.status_code == 200, answer.text
    answer = office.get(API + "/missing?year=2022")
    assert answer.status_code == 200, answer.text
    answer = office.post(API, json={"year": 2022, "scope": "government"})
    assert answer.status_code == 201, answer.text
    answer = office.post(f"{API}/{answer.json()['id']}/compile")
    assert answer.status_code == 200, answer.text
