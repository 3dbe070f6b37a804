"""Odd input is refused in words: every parameter and field of every route is given what it should never be given."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.district import SignIn
from tests.isolation.conftest import API, Estate

ODD: list[Any] = [None, "", "\x00", "a\u202eb", "x" * 100_001, -1, 2**63, 1.5, [], {}, "0001-01-01", "9999-12-31", True]
CONTRACT = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
SCHEMAS = CONTRACT["components"]["schemas"]
# They end the caller's session, or never end.
LEFT_OUT = {"/auth/logout", "/auth/refresh", "/events"}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The object schema behind references and nullables."""
    if "$ref" in schema:
        return resolved(SCHEMAS[schema["$ref"].rsplit("/", 1)[1]])
    for option in schema.get("anyOf", []):
        found = resolved(option)
        if "properties" in found:
            return found
    return schema


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in sorted(CONTRACT["paths"].items())
        for method, operation in methods.items()
        if path.removeprefix(API) not in LEFT_OUT
    ]


def odd() -> Iterator[list[Any]]:
    """A third of the values for each field in turn: every value meets many fields, and the walk stays short."""
    return (ODD[place::3] for place in cycle(range(3)))


TURN = odd()


def queries(operation: dict[str, Any]) -> Iterator[dict[str, str]]:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query":
            for value in next(TURN):
                text = value if isinstance(value, str) else json.dumps(value)
                yield {parameter["name"]: text[:5000]}


def bodies(operation: dict[str, Any]) -> Iterator[Any]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return
    properties = resolved(content["application/json"]["schema"]).get("properties", {})
    yield from ([], "x", 1, {"unknown": 1})
    for name, schema in properties.items():
        yield from ({name: value} for value in next(TURN))
        inner = resolved(schema.get("items") or next((o["items"] for o in schema.get("anyOf", []) if "items" in o), {}))
        for field in inner.get("properties", {}):
            yield from ({name: [{field: value}]} for value in next(TURN))


def complain(answer: Response) -> str | None:
    """What is wrong with an answer to odd input, if anything."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code < 400 or answer.status_code == 304:
        return None
    if answer.headers.get("content-type") != "application/problem+json":
        return f"不是 problem：{answer.text[:200]}"
    problem = answer.json()
    said = problem["title"] + problem["detail"] + "".join(error["detail"] for error in problem["errors"])
    if not any("\u4e00" <= letter <= "\u9fff" for letter in said):
        return f"没有中文：{said}"
    if answer.status_code == 422 and problem["code"] == "validation" and not problem["errors"]:
        return "没有指出哪一项"
    return None


# Whose routes: the office's and the unit's are everything but users and sign-in.
WALKS: dict[str, str | tuple[str, ...]] = {
    "office": "/",
    "dashanping": "/progress",
    "admin": ("/u", "/api-clients"),
    "dashanping-signer": "/auth",
}


@pytest.mark.parametrize("username", WALKS)
def test_odd_input_gets_a_problem_in_chinese_and_never_a_fault(
    client_as: SignIn, estate: Estate, username: str
) -> None:
    client, wrong = client_as(username), []
    for method, path, operation in operations():
        if not path.removeprefix(API).startswith(WALKS[username]):
            continue
        address = path.format(**estate.ids, path="x", year="2027")
        for query in queries(operation):
            found = complain(client.request(method, address, params=query))
            wrong += [(method, path, query, found)] if found else []
        for body in bodies(operation):
            found = complain(client.request(method, address, json=body, headers={"If-Match": '"1"'}))
            wrong += [(method, path, body, found)] if found else []
    assert [(*each[:2], str(each[2])[:80], each[3]) for each in wrong] == []


@pytest.mark.parametrize("tag", ["1", 'W/"1"', '"x"', '"-1"', '"99999999999999999999"', "*", '"1", "2"', '"１"'])
def test_a_version_that_is_none_is_refused(office: TestClient, estate: Estate, tag: str) -> None:
    path = f"{API}/plan-imports/{estate.ids['import_id']}"
    answer = office.patch(path, json={"title": "新标题"}, headers={b"If-Match": tag.encode()})
    assert complain(answer) is None
    assert answer.status_code in (400, 412, 422, 428)
