"""The demo district: believable, complete, and made by people's steps, each with its audit event."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from taizhang import migrating
from taizhang.app import create_app
from taizhang.audit import service as audit
from taizhang.core.database import PATIENT, create_pool, open_session
from taizhang.core.settings import Settings
from taizhang.demo.plant import plant
from tests.conftest import SECRET, TODAY

Json = dict[str, Any]


@pytest.fixture(scope="module")
def database(spare_database: Callable[[str], str]) -> str:
    """A database of the demo's own."""
    url = spare_database("demo")
    migrating.migrate(url)
    return url


@pytest.fixture(scope="module")
def planted(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, dict[str, Json]]]:
    """The demo's database and its accounts by username."""
    engine = create_pool(database, size=2, **PATIENT)
    accounts = plant(engine, Settings(data_dir=tmp_path_factory.mktemp("keys"), today=TODAY), say=lambda words: None)
    yield engine, {account["username"]: account for account in accounts}
    engine.dispose()


@pytest.fixture(scope="module")
def visitor(planted: tuple[Engine, dict[str, Json]], database: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Sign in as a visitor does, with a password from the accounts file."""
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = Settings(secret_key=SECRET, data_dir=folder, today=TODAY, frontend_dir=None)  # type: ignore[arg-type]
    app = create_app(settings, database)
    app.state.sessions = partial(open_session, planted[0])

    def sign_in(username: str) -> TestClient:
        client = TestClient(app, base_url=settings.public_url)
        body = {"username": username, "password": planted[1][username]["password"]}
        answer = client.post("/api/v1/auth/login", json=body)
        assert answer.status_code == 200, answer.text
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    return sign_in


@pytest.fixture(scope="module")
def assignments(visitor: Any) -> list[Json]:
    """Every assignment, as the office pages through them."""
    office, found, page = visitor("office"), [], 1
    while True:
        answer = office.get(f"/api/v1/assignments?size=100&page={page}").json()
        found += answer["items"]
        if len(found) == answer["total"]:
            return found
        page += 1


def test_every_light_is_on_and_says_why(assignments: list[Json]) -> None:
    lights = Counter(item["light"] for item in assignments)
    assert set(lights) == {"red", "yellow", "green", "blue"}
    assert all(count >= 10 for count in lights.values()), lights
    words = {item["light_words"] for item in assignments}
    for part in ("逾期 20 天", "填报已逾期", "曾逾期补办", "临近时限", "按时完成", "持续推进"):
        assert any(part in word for word in words), part


def test_every_state_of_a_submission_is_there_to_be_seen(visitor: Any) -> None:
    office = visitor("office")
    for state in ("draft", "submitted", "signed", "accepted", "returned"):
        assert office.get(f"/api/v1/progress-submissions?state={state}").json()["total"] >= 5, state


def test_registers_show_what_is_late_near_and_waiting(visitor: Any) -> None:
    registers = {each["slug"]: each["counts"] for each in visitor("office").get("/api/v1/registers").json()}
    assert sum(counts["overdue"] for counts in registers.values()) >= 2
    cases = visitor("office").get("/api/v1/registers/applications/entries").json()["items"]
    assert {case["waiting"] for case in cases} >= {None, "consultation", "correction"}
    assert {case["state"] for case in cases} == {"open", "closed"}


def test_the_units_of_the_district_are_there(visitor: Any) -> None:
    kinds = Counter(unit["kind"] for unit in visitor("office").get("/api/v1/units?size=100").json()["items"])
    assert kinds == {
        "government": 1,
        "office": 1,
        "subdistrict": 9,
        "town": 6,
        "zone": 1,
        "branch": 1,
        "department": 22,
    }


def test_nothing_happened_after_today(planted: tuple[Engine, dict[str, Json]]) -> None:
    with open_session(planted[0]) as session:
        connection = session.connection()
        last: date = connection.execute(
            text("SELECT max((at AT TIME ZONE 'Asia/Shanghai')::date) FROM review_step")
        ).scalar_one()
        assert last <= TODAY


def test_every_account_of_the_file_is_a_person_who_chose_a_password(visitor: Any) -> None:
    for username in ("office", "admin", "audit", "auditor", "dashanping", "dashanping-signer"):
        assert visitor(username).get("/api/v1/auth/me").json()["must_change_password"] is False


def test_each_step_left_its_audit_event_and_the_chain_holds(planted: tuple[Engine, dict[str, Json]]) -> None:
    """Made by services, not by inserts: whatever was written is in the audit trail too."""
    with open_session(planted[0]) as session:
        connection = session.connection()
        rows = connection.execute(text("SELECT action, count(*) AS n FROM audit_event GROUP BY action"))
        counts = {row.action: row.n for row in rows}
        for table, action in (("submission", "submission.create"), ("app_user", "user.create")):
            written = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            assert counts[action] == written, table
        steps = connection.execute(text("SELECT count(*) FROM review_step")).scalar_one()
    assert sum(count for action, count in counts.items() if action.startswith("submission.")) >= steps
    with open_session(planted[0]) as session:
        found = audit.verify(session)
    assert found.broken == []
    assert found.events == sum(counts.values())
