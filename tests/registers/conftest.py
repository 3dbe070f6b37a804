"""Applications as a reporter registers them."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

API = "/api/v1/registers"
CASES = f"{API}/applications/entries"
LI = {
    "kind": "natural",
    "name": "李小明",
    "id_number": "510502199001011234",
    "phone": "13812345678",
    "address": "泸州市江阳区大山坪街道某路1号",
    "email": "lixiaoming@example.cn",
}


def application(**changes: Any) -> dict[str, Any]:
    """An application handed in on 2023-08-28."""
    body: dict[str, Any] = {
        "title": "2022年社会救助资金发放情况",
        "ref_no": "DSP-2023-001",
        "opened_on": "2023-08-28",
        "data": {"channel": "in_person", "content": "申请公开2022年社会救助资金发放情况"},
        "party": LI,
    }
    return body | changes


Step = Callable[..., Response]


@pytest.fixture
def case(reporter: TestClient) -> dict[str, Any]:
    """An application of 大山坪街道, just registered."""
    answer = reporter.post(CASES, json=application())
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def step(reporter: TestClient, case: dict[str, Any]) -> Step:
    """``step("correction_asked", "2023-09-01", items="…")``: something that happened to the case."""

    def enter(kind: str, on: str, **data: Any) -> Response:
        return reporter.post(f"{CASES}/{case['id']}/events", json={"kind": kind, "on": on, "data": data})

    return enter
