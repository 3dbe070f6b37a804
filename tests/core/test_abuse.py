"""A single process, with no nginx in front, refuses what nobody's browser sends."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from taizhang.core.envelope import API_POLICY
from tests.core.abuse import ABUSES, answered, exchange, fault, get, listening


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening() as port:
        yield port


@pytest.mark.parametrize("name", ABUSES)
def test_it_gets_one_answer_and_that_a_problem(port: int, name: str) -> None:
    assert fault(port, ABUSES[name]) is None


def test_whoever_asks_properly_is_answered_after_all_that(port: int) -> None:
    for host in ("127.0.0.1", f"127.0.0.1:{port}", "localhost", "[::1]:8000"):
        assert answered(exchange(port, get(host=host))).status == 200


def test_no_answer_allows_another_origin(port: int) -> None:
    asked = answered(exchange(port, get("Origin: https://evil.example")))
    assert asked.status == 200
    assert not any(name.startswith("access-control") for name in asked.headers)


def test_an_error_of_our_own_is_a_number_and_carries_every_header(app: FastAPI, citizen: TestClient) -> None:
    def broken() -> None:
        raise RuntimeError("password=hunter2 at /srv/taizhang SELECT * FROM app_user")

    app.router.routes.insert(0, APIRoute("/api/v1/broken", broken))
    answer = citizen.get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"] == API_POLICY
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert not any(word in answer.text for word in ("hunter2", "/srv", "SELECT", "RuntimeError"))
