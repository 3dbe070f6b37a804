"""Logging in and out, as people of the district do it."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.district import PASSWORD, District

LogIn = Callable[..., Response]

SPA = {"X-Requested-With": "spa"}


@pytest.fixture
def log_in(citizen: TestClient) -> LogIn:
    def attempt(username: str = "dashanping", password: str = PASSWORD) -> Response:
        return citizen.post("/api/v1/auth/login", json={"username": username, "password": password})

    return attempt


def test_a_reporter_logs_in_and_reads_who_she_is(citizen: TestClient, log_in: LogIn) -> None:
    answer = log_in()
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 600
    assert "__Host-rt=" in answer.headers["set-cookie"]
    assert all(word in answer.headers["set-cookie"] for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"))
    me = citizen.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {body['access_token']}"}).json()
    assert me["username"] == "dashanping"
    assert me["role_words"] == "信息员"
    assert me["unit"]["short_name"] == "大山坪街道"
    assert me["today"] == "2023-09-20"


def test_a_wrong_password_and_an_absent_account_read_the_same(log_in: LogIn) -> None:
    wrong, absent = log_in(password="wrong-password-1"), log_in(username="nobody-here")
    assert wrong.status_code == absent.status_code == 401
    same = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in (wrong, absent)]
    assert same[0] == same[1]


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(log_in: LogIn) -> None:
    for _ in range(5):
        assert log_in(password="wrong-password-1").status_code == 401
    assert log_in().status_code == 401
    assert log_in(username="caizheng").status_code == 200


def test_refreshing_rotates_the_cookie_and_a_second_tab_gets_no_token(citizen: TestClient, log_in: LogIn) -> None:
    log_in()
    first = citizen.cookies["__Host-rt"]
    assert citizen.post("/api/v1/auth/refresh", headers=SPA).status_code == 200
    assert citizen.cookies["__Host-rt"] != first
    citizen.cookies.clear()
    again = citizen.post("/api/v1/auth/refresh", headers={**SPA, "Cookie": f"__Host-rt={first}"})
    assert again.status_code == 409
    assert again.json()["code"] == "refresh-in-progress"


def test_refreshing_needs_the_header_no_foreign_page_can_send(citizen: TestClient, log_in: LogIn) -> None:
    log_in()
    assert citizen.post("/api/v1/auth/refresh").json()["code"] == "csrf"
    foreign = citizen.post("/api/v1/auth/refresh", headers={**SPA, "Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


def test_logging_out_ends_the_access_token_at_once(citizen: TestClient, log_in: LogIn) -> None:
    token = {"Authorization": f"Bearer {log_in().json()['access_token']}"}
    assert citizen.post("/api/v1/auth/logout", headers=SPA).status_code == 204
    assert citizen.get("/api/v1/auth/me", headers=token).status_code == 401
    assert citizen.post("/api/v1/auth/refresh", headers=SPA).status_code == 401


def test_changing_the_password_keeps_this_session_and_ends_the_old_password(citizen: TestClient, log_in: LogIn) -> None:
    token = {"Authorization": f"Bearer {log_in().json()['access_token']}"}
    change = {"current_password": PASSWORD, "new_password": "Willow-bridge-29-lamp"}
    assert citizen.post("/api/v1/auth/password", json=change, headers=token).status_code == 204
    assert citizen.post("/api/v1/auth/refresh", headers=SPA).status_code == 200
    assert log_in().status_code == 401
    assert log_in(password="Willow-bridge-29-lamp").status_code == 200


@pytest.mark.parametrize("weak", ["short1A-", "alllowercaseletters", "Luzhou-2023-ledger", "Dashanping-9-river"])
def test_a_weak_password_is_refused_with_its_faults(reporter: TestClient, weak: str) -> None:
    answer = reporter.post("/api/v1/auth/password", json={"current_password": PASSWORD, "new_password": weak})
    assert answer.status_code == 422
    assert answer.json()["code"] == "password-weak"
    assert answer.json()["errors"][0]["pointer"] == "#/new_password"


def test_an_unknown_field_is_named(citizen: TestClient) -> None:
    answer = citizen.post("/api/v1/auth/login", json={"username": "office", "password": "x", "role": "admin"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["pointer"] for error in answer.json()["errors"]] == ["#/role"]


def test_a_new_person_gets_a_one_time_password_and_must_change_it(
    admin: TestClient, citizen: TestClient, district: District, log_in: LogIn
) -> None:
    data = {"username": "chenhong", "name": "陈红", "role": "reporter", "unit_id": str(district.units["nancheng"].id)}
    created = admin.post("/api/v1/users", json=data)
    assert created.status_code == 201, created.text
    session = log_in("chenhong", created.json()["one_time_password"]).json()
    token = {"Authorization": f"Bearer {session['access_token']}"}
    assert session["user"]["must_change_password"] is True
    assert citizen.get("/api/v1/units", headers=token).json()["code"] == "password-change-required"


def test_disabling_an_account_ends_its_session_on_the_next_request(
    admin: TestClient, reporter: TestClient, district: District
) -> None:
    user = f"/api/v1/users/{district.people['dashanping'].id}"
    etag = admin.get(user).headers["etag"]
    assert reporter.get("/api/v1/auth/me").status_code == 200
    assert admin.patch(user, json={"disabled": True}, headers={"If-Match": etag}).status_code == 200
    assert reporter.get("/api/v1/auth/me").status_code == 401


def test_users_are_listed_for_the_administrator_alone(admin: TestClient, reporter: TestClient) -> None:
    found = admin.get("/api/v1/users", params={"q": "大山坪"}).json()
    assert [user["username"] for user in found["items"]] == ["dashanping", "dashanping-signer"]
    assert reporter.get("/api/v1/users").status_code == 403


def test_the_same_idempotency_key_makes_one_account(admin: TestClient, district: District) -> None:
    data = {"username": "lihua", "name": "李华", "role": "signer", "unit_id": str(district.units["nancheng"].id)}
    key = {"Idempotency-Key": "create-lihua-0001"}
    first, second = (admin.post("/api/v1/users", json=data, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert second.headers["idempotent-replayed"] == "true"
    other = admin.post("/api/v1/users", json=data | {"name": "李桦"}, headers=key)
    assert other.json()["code"] == "idempotency-mismatch"
