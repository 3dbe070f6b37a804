"""Every route says who may use it, and every list is within its caller's scope."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.accounts.deps import authenticate
from taizhang.app import create_app
from taizhang.core.settings import Settings
from taizhang.notifications.router import authenticate_stream

# The whole list of what needs no token. Adding to it is a decision.
OPEN = {
    "/healthz",
    "/readyz",
    "/api/v1/meta",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
    "/api/v1/auth/token",
    "/api/v1/{path:path}",
}
# Everything published, for everybody; tests/public show that nothing else is there.
PUBLIC = re.compile(r"/public(/|$)")
FRAMEWORK = {"/api/docs", "/api/v1/openapi.json"}


def is_open(path: str) -> bool:
    return path in OPEN or PUBLIC.match(path) is not None


def dependants(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for child in dependant.dependencies:
        yield from dependants(child)


def routes(app: FastAPI) -> list[APIRoute]:
    found = [context for context in iter_route_contexts(app.routes) if isinstance(context.original_route, APIRoute)]
    return [context for context in found if context.path not in FRAMEWORK]  # type: ignore[misc]


@pytest.fixture(scope="module")
def whole() -> FastAPI:
    return create_app(Settings(secret_key="A" * 43, frontend_dir=None), "postgresql+psycopg://unused")  # type: ignore[arg-type]


def test_every_route_declares_a_permission(whole: FastAPI) -> None:
    naked = [
        route.path
        for route in routes(whole)
        if not is_open(route.path)
        and not any(isinstance(dependant.call, Requires) for dependant in dependants(route.dependant))
    ]
    assert naked == []


def test_every_route_identifies_its_caller_before_anything_else(whole: FastAPI) -> None:
    unknown = [
        route.path
        for route in routes(whole)
        if not is_open(route.path) and route.dependant.dependencies[0].call not in (authenticate, authenticate_stream)
    ]
    assert unknown == []


def test_every_permission_guards_something(whole: FastAPI) -> None:
    used = {
        dependant.call.permission
        for route in routes(whole)
        for dependant in dependants(route.dependant)
        if isinstance(dependant.call, Requires)
    }
    assert set(Permission) - used == set()


def test_every_route_is_documented_in_chinese(whole: FastAPI) -> None:
    bare = [
        f"{method} {path}"
        for path, operations in whole.openapi()["paths"].items()
        for method, operation in operations.items()
        if not re.search("[一-鿿]", operation.get("description", ""))
    ]
    assert bare == []


def test_nobody_gets_anything_without_a_token(whole: FastAPI, citizen: TestClient) -> None:
    for path, operations in whole.openapi()["paths"].items():
        if is_open(path):
            continue
        for method in operations:
            concrete = re.sub(r"\{[^}]*\}", "00000000-0000-7000-8000-000000000000", path)
            answer = citizen.request(method, concrete)
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_address_is_a_problem_and_not_a_page(citizen: TestClient) -> None:
    answer = citizen.get("/api/v1/no-such-thing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
    assert citizen.delete("/api/v1/meta").json()["code"] == "method-not-allowed"
