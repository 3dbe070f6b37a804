"""Other systems: how the administrator lets one in, what it may do, and how fast it stops."""

import base64
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, select

from taizhang.accounts.models import ApiClient
from taizhang.accounts.tokens import TokenSigner
from taizhang.core.database import Context
from tests.conftest import SharedSession
from tests.district import District

API = "/api/v1"
GRANT = {"grant_type": "client_credentials"}
TODAY = datetime.now(UTC).date()


@pytest.fixture
def registered(admin: TestClient, district: District) -> Callable[..., dict[str, Any]]:
    """``registered(scopes=[…])``: a system of 大山坪街道, its secret included."""

    def register(*, unit: str = "dashanping", **rest: Any) -> dict[str, Any]:
        body = {
            "name": "街道办公系统",
            "unit_id": str(district.units[unit].id),
            "scopes": ["units:unit:read", "progress:submission:read"],
            "expires_on": (TODAY + timedelta(days=30)).isoformat(),
        }
        answer = admin.post(f"{API}/api-clients", json=body | rest)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return register


def token_for(citizen: TestClient, made: dict[str, Any], **form: str) -> Response:
    credentials = {"client_id": made["client"]["id"], "client_secret": made["client_secret"]}
    return citizen.post(f"{API}/auth/token", data=GRANT | credentials | form)


def bearer(answer: Response) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_a_system_exchanges_its_secret_for_ten_minutes(citizen: TestClient, registered: Any) -> None:
    made = registered()
    answer = token_for(citizen, made)
    assert answer.json().items() >= {"token_type": "Bearer", "expires_in": 600}.items()
    assert answer.headers["cache-control"] == "no-store"
    assert citizen.get(f"{API}/units", headers=bearer(answer)).status_code == 200
    basic = base64.b64encode(f"{made['client']['id']}:{made['client_secret']}".encode()).decode()
    assert citizen.post(f"{API}/auth/token", data=GRANT, headers={"Authorization": f"Basic {basic}"}).status_code == 200


def test_it_does_what_it_was_granted_and_sees_what_its_unit_sees(citizen: TestClient, registered: Any) -> None:
    headers = bearer(token_for(citizen, registered()))
    assert citizen.get(f"{API}/assignments", headers=headers).json()["total"] == 0
    for path in ("/plans", "/auth/me", "/users", "/audit-events", "/api-clients"):
        assert citizen.get(API + path, headers=headers).status_code == 403, path
    narrow = bearer(token_for(citizen, registered(name="另一系统"), scope="progress:submission:read"))
    assert citizen.get(f"{API}/units", headers=narrow).status_code == 403


@pytest.mark.parametrize(("unit", "offered"), [("dashanping", False), ("office", True)])
def test_what_may_be_granted_is_listed_in_words(
    admin: TestClient, district: District, unit: str, offered: bool
) -> None:
    answer = admin.get(f"{API}/api-clients/scopes", params={"unit_id": str(district.units[unit].id)})
    assert answer.status_code == 200, answer.text
    words = {each["scope"]: each["words"] for each in answer.json()}
    assert all(words.values())
    assert words["annual-reports:report:read"] == "看年度汇总与年度报告，核对、读取年度报告"
    assert ("progress:release:write" in words) is offered


def test_it_reads_what_it_was_granted_and_cannot_grant_itself_more(
    registered: Any, connection: Connection, session: Session
) -> None:
    made = registered()["client"]
    owner = session.get_one(ApiClient, uuid.UUID(made["id"])).user_id
    with SharedSession(connection, Context.of_person(owner)) as own:
        assert own.exec(select(ApiClient.scopes)).all() == [made["scopes"]]
        with pytest.raises(ProgrammingError, match="permission denied for table api_client"):
            own.connection().execute(text("UPDATE api_client SET scopes = '[]'"))


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "taizhang_wrong"}, 401, "invalid_client"),
        ({"client_id": "00000000-0000-7000-8000-000000000000"}, 401, "invalid_client"),
        ({"client_id": "' or 1=1 --"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "plans:plan:write"}, 400, "invalid_scope"),
    ],
)
def test_a_refusal_speaks_oauth_and_problem_alike(
    citizen: TestClient, registered: Any, form: dict[str, str], status: int, error: str
) -> None:
    answer = token_for(citizen, registered(), **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["content-type"] == "application/problem+json"
    assert status != 401 or answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scopes": ["accounts:user:write"]}, "scope-not-grantable"),
        ({"scopes": ["audit:event:read"]}, "scope-not-grantable"),
        ({"scopes": ["plans:plan:write"]}, "scope-not-grantable"),
        ({"scopes": ["no:such:thing"]}, "validation"),
        ({"expires_on": (TODAY + timedelta(days=400)).isoformat()}, "client-lifetime"),
        ({"expires_on": (TODAY - timedelta(days=2)).isoformat()}, "client-lifetime"),
        ({"allowed_ips": ["10.0.0.1/8"]}, "network"),
        ({"client_secret": "mine"}, "extra_forbidden"),
    ],
)
def test_what_no_system_may_be_given_is_refused(
    admin: TestClient, district: District, change: dict[str, Any], code: str
) -> None:
    body = {
        "name": "街道办公系统",
        "unit_id": str(district.units["dashanping"].id),
        "scopes": ["units:unit:read"],
        "expires_on": (TODAY + timedelta(days=30)).isoformat(),
    }
    answer = admin.post(f"{API}/api-clients", json=body | change)
    assert answer.status_code == 422
    assert code in {answer.json()["code"], *(error["code"] for error in answer.json()["errors"])}


@pytest.mark.parametrize("ending", ["disable", "rotate", "narrow", "expire"])
def test_its_token_follows_what_the_administrator_does_at_once(
    admin: TestClient, citizen: TestClient, registered: Any, ending: str
) -> None:
    made = registered()
    headers = bearer(token_for(citizen, made))
    address = f"{API}/api-clients/{made['client']['id']}"
    tag = {"If-Match": admin.get(address).headers["etag"]}
    if ending in ("disable", "rotate"):
        assert admin.post(f"{address}/{ending}").status_code == 200
        assert token_for(citizen, made).status_code == 401
    elif ending == "narrow":
        assert admin.patch(address, json={"scopes": ["progress:submission:read"]}, headers=tag).status_code == 200
    else:
        assert admin.patch(address, json={"disabled": True}, headers=tag).status_code == 200
        tag = {"If-Match": admin.get(address).headers["etag"]}
        assert admin.patch(address, json={"disabled": False}, headers=tag).status_code == 200
    expected = 403 if ending == "narrow" else 401
    assert citizen.get(f"{API}/units", headers=headers).status_code == expected


def test_it_comes_from_its_own_addresses_only(app: FastAPI, citizen: TestClient, registered: Any) -> None:
    made = registered(allowed_ips=["10.1.0.0/16"])
    inside, outside = (
        TestClient(app, base_url="https://testserver", client=(ip, 5000)) for ip in ("10.1.2.3", "10.2.2.3")
    )
    headers = bearer(token_for(inside, made))
    assert inside.get(f"{API}/units", headers=headers).status_code == 200
    assert token_for(outside, made).status_code == 401
    spoofed = headers | {"X-Forwarded-For": "10.1.2.3"}
    assert outside.get(f"{API}/units", headers=spoofed).json()["code"] == "network-not-allowed"


def test_its_secret_is_shown_once_even_to_a_repeated_request(admin: TestClient, district: District) -> None:
    body = {
        "name": "街道办公系统",
        "unit_id": str(district.units["dashanping"].id),
        "scopes": ["units:unit:read"],
        "expires_on": (TODAY + timedelta(days=30)).isoformat(),
    }
    key = {"Idempotency-Key": "register-client-0001"}
    first, second = (admin.post(f"{API}/api-clients", json=body, headers=key) for _ in range(2))
    assert first.json()["client_secret"].startswith("taizhang_")
    assert second.json() == first.json() | {"client_secret": None}


def test_it_must_name_what_it_creates(citizen: TestClient, registered: Any) -> None:
    headers = bearer(token_for(citizen, registered(scopes=["attachments:evidence:write", "attachments:evidence:read"])))
    evidence = {"title": "公开截图", "url": "https://www.jiangyang.gov.cn/a.html", "published_on": "2023-09-01"}
    bare = citizen.post(f"{API}/evidence", json=evidence, headers=headers)
    assert (bare.status_code, bare.json()["code"]) == (400, "idempotency-key-required")
    named = headers | {"Idempotency-Key": "evidence-2023-09-01-a"}
    assert citizen.post(f"{API}/evidence", json=evidence, headers=named).status_code == 201


def test_it_is_nobody_who_logs_in_or_is_listed(
    admin: TestClient, citizen: TestClient, registered: Any, app: FastAPI
) -> None:
    made = registered()
    assert admin.get(f"{API}/users", params={"q": "街道办公系统"}).json()["total"] == 0
    listed = admin.get(f"{API}/api-clients").json()["items"]
    assert [client["id"] for client in listed] == [made["client"]["id"]]
    assert "secret" not in str(listed[0]).replace("secret_made_at", "")


def test_only_the_administrator_manages_systems(office: TestClient, reporter: TestClient) -> None:
    assert office.get(f"{API}/api-clients").status_code == 403
    assert reporter.get(f"{API}/api-clients").status_code == 403


def test_a_client_id_cannot_be_lent_to_another_account(
    app: FastAPI, citizen: TestClient, registered: Any, district: District
) -> None:
    made = registered()
    signer: TokenSigner = app.state.signer
    somebody = district.people["office"]
    forged = signer.issue(
        user_id=somebody.id,
        session_id=somebody.id,
        generation=somebody.token_gen,
        now=datetime.now(UTC),
        client_id=made["client"]["id"],
        scopes=["units:unit:read"],
    )
    assert citizen.get(f"{API}/units", headers={"Authorization": f"Bearer {forged}"}).status_code == 401
