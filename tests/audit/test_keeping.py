"""Years of the log (审计留存): months put away leave a chain that holds; refusals and exports are events."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from taizhang import migrating
from taizhang.audit import keeping, service
from taizhang.audit.models import AuditEvent
from tests.district import District, SignIn
from tests.progress.ledger import issue

LOG = "/api/v1/audit-events"
NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def years(spare_database: Callable[[str], str]) -> Iterator[Engine]:
    """The owner's way to a log with an event in each month of two years."""
    url = spare_database("years")
    migrating.migrate(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT audit_prepare_months('2024-01-01', '2026-03-01')"))
    for number in range(26):
        at = datetime(2024 + number // 12, number % 12 + 1, 10, tzinfo=UTC)
        with Session(engine) as session, session.begin():
            session.add(AuditEvent(at=at, actor_name="系统", role="system", action="test.write", subject_type="thing"))
    yield engine
    engine.dispose()


def test_each_event_lies_in_its_month(years: Engine) -> None:
    with years.connect() as connection:
        found = connection.execute(text("SELECT DISTINCT tableoid::regclass::text FROM audit_event ORDER BY 1"))
        places = found.scalars().all()
    assert places == [f"audit_months.m{2024 + n // 12}{n % 12 + 1:02d}" for n in range(26)]


def test_months_past_their_time_go_into_files_and_the_chain_goes_on(years: Engine, tmp_path: Path) -> None:
    done = []
    with Session(years) as session:
        before = service.verify(session)
        while archived := keeping.archive_oldest(session, tmp_path, keep_months=18, now=NOW):
            session.commit()
            done.append(archived)
        after = service.verify(session)
        session.commit()
    assert [each.month for each in done] == [f"2024{month:02d}" for month in range(1, 9)]
    assert before.broken == after.broken == []
    assert after.events == before.events - 8 + 8  # eight went, and eight events say so
    packed = (tmp_path / "audit-202401.jsonl.gz").read_bytes()
    assert hashlib.sha256(packed).hexdigest() == done[0].sha256
    assert json.loads(gzip.decompress(packed))["seq"] == 1


def test_a_year_stays_whatever_is_asked_for(years: Engine, tmp_path: Path) -> None:
    with Session(years) as session:
        gone = 0
        while keeping.archive_oldest(session, tmp_path, keep_months=0, now=NOW) is not None:
            gone += 1
            session.commit()
    with years.connect() as connection:
        left = connection.execute(text("SELECT min(at) FROM audit_event")).scalar_one()
    assert (gone, left.strftime("%Y%m")) == (6, "202503")


def test_an_event_lost_from_the_middle_is_found(years: Engine) -> None:
    with Session(years) as session:
        assert service.verify(session).broken == []
        session.connection().execute(text("ALTER TABLE audit_event DISABLE TRIGGER append_only"))
        session.connection().execute(text("DELETE FROM audit_event WHERE at >= '2025-06-01' AND at < '2025-07-01'"))
        assert service.verify(session).broken != []


def test_what_a_role_may_not_do_is_an_event(reporter: TestClient, client_as: SignIn, session: Session) -> None:
    assert reporter.get(LOG).status_code == 403
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    last = client_as("audit").get(LOG, params={"newest": True, "limit": 1}).json()["items"][0]
    assert (last["action"], last["outcome"]) == ("access.refuse", "refused")
    assert last["actor_name"] == "dashanping同志（dashanping）"
    assert last["after"] == {"method": "GET", "route": "/audit-events", "code": "forbidden"}


def test_an_export_is_an_event(office: TestClient, client_as: SignIn, session: Session, district: District) -> None:
    plan = issue(session, district).plan
    session.commit()
    assert office.get(f"/api/v1/plans/{plan.id}/ledger.xlsx").status_code == 200
    assert office.get("/api/v1/registers/applications/entries.xlsx?q=张").status_code == 200
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    found = client_as("audit").get(LOG, params={"newest": True, "limit": 2}).json()["items"]
    assert [(event["action"], event["subject_id"]) for event in found] == [
        ("register.export", None),
        ("plan.export", str(plan.id)),
    ]
    assert found[0]["after"] == {"slug": "applications", "q": "张"}
