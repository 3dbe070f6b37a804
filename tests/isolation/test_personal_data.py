"""An applicant's name, number and address are nowhere in the clear (个人信息): a canary is let in, then looked for."""

import io
import json
import zipfile
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, text

from taizhang.tables import METADATA
from tests.district import SignIn
from tests.isolation.conftest import API, APPLICATION, made
from tests.isolation.test_matrix import NEEDED, walked

ENTRIES = f"{API}/registers/applications/entries"
CANARY = {
    "kind": "natural",
    "name": "欧阳金丝雀",
    "id_number": "510502198001011234",
    "phone": "13987654321",
    "address": "泸州市江阳区金丝雀路七十七号",
}
SECRETS = ("欧阳金丝雀", "510502198001011234", "13987654321", "金丝雀路七十七号")


def found_in(words: str) -> list[str]:
    return [secret for secret in SECRETS if secret in words]


def stored(connection: Connection) -> str:
    """Everything in the database as words, answers kept for a repeated request among it."""
    rows = [connection.execute(text(f"SELECT t::text FROM {name} AS t")).scalars() for name in METADATA.tables]
    kept = connection.execute(text("SELECT body FROM idempotency_key")).scalars()
    return "\n".join([line for table in rows for line in table] + [bytes(body).decode() for body in kept])


@pytest.fixture
def case(client_as: SignIn) -> str:
    """An application whose applicant is the canary, entered, refused once, corrected, and looked at."""
    reporter = client_as("dashanping")
    body: dict[str, Any] = {**APPLICATION, "party": CANARY}
    refused = reporter.post(ENTRIES, json=body | {"party": CANARY | {"kind": "wrong"}})
    assert refused.status_code == 422
    assert found_in(refused.text) == []
    entry = made(reporter.post(ENTRIES, json=body, headers={"Idempotency-Key": "canary-0123456789"}))
    tag = reporter.get(f"{ENTRIES}/{entry}").headers["etag"]
    party = CANARY | {"address": CANARY["address"] + "附一号"}
    changed = reporter.patch(f"{ENTRIES}/{entry}", json={"party": party}, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.text
    assert found_in(reporter.get(f"{ENTRIES}/{entry}/party").text) == list(SECRETS)
    return entry


def test_nothing_of_an_applicant_is_stored_or_logged_in_the_clear(
    case: str, connection: Connection, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    words = stored(connection)
    assert case in words
    assert found_in(words) == []
    said = capfd.readouterr()
    assert found_in(said.out + said.err + caplog.text) == []


def test_nothing_of_an_applicant_leaves_by_any_list_or_export(app: FastAPI, client_as: SignIn, case: str) -> None:
    """Every reading route that can be asked without more, as the unit, the office, the overseers."""
    leaks = []
    for person in ("dashanping", "office", "auditor", "admin", "audit"):
        client = client_as(person)
        for method, path, names in walked(app, with_ids=False) + walked(app, with_ids=True):
            if method != "GET" or not set(names) <= {"slug", "entry_id"} or path.endswith("/party"):
                continue
            place = path.format(slug="applications", entry_id=case)
            answer = client.get(place, params=NEEDED.get(path.removeprefix(API), {}))
            words = _words_of(answer.content, answer.headers.get("content-type", ""))
            leaks += [(person, place, secret) for secret in found_in(words)]
    assert leaks == []


def _words_of(content: bytes, kind: str) -> str:
    if "openxmlformats" not in kind:
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_the_search_does_not_find_by_what_is_sealed(client_as: SignIn, case: str) -> None:
    for secret in SECRETS:
        answer = client_as("dashanping").get(ENTRIES, params={"q": secret})
        assert json.loads(answer.content)["total"] == 0
