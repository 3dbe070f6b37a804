"""The audit chain: every write is in it, nobody can change it, and a change by force is found."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from taizhang import migrating
from taizhang.audit import service
from taizhang.core.cluster import Cluster
from taizhang.core.database import create_pool, open_session
from tests.district import District, SignIn


@pytest.fixture(scope="module")
def ledger_url(spare_database: Callable[[str], str]) -> str:
    url = spare_database("chain")
    migrating.migrate(url)
    return url


@pytest.fixture
def application(ledger_url: str) -> Iterator[Engine]:
    engine = create_pool(ledger_url, size=2)
    with open_session(engine) as session, session.begin():
        for number in range(3):
            service.record(session, None, "test.write", "thing", None, after={"次序": number})
    yield engine
    engine.dispose()


def test_a_change_leaves_an_event_with_before_and_after(
    office: TestClient, client_as: SignIn, session: Session, district: District
) -> None:
    unit = f"/api/v1/units/{district.units['huangyi'].id}"
    tag = {"If-Match": office.get(unit).headers["etag"]}
    assert office.patch(unit, json={"position": 9}, headers=tag).status_code == 200
    event = (
        session.connection()
        .execute(text("SELECT actor_name, action, before, after FROM audit_event ORDER BY id DESC LIMIT 1"))
        .one()
    )
    assert event.action == "unit.change"
    assert event.actor_name == "office同志（office）"
    assert event.after == {"position": 9}
    assert event.before["position"] != 9


def test_a_refused_change_leaves_none(office: TestClient, session: Session, district: District) -> None:
    count = text("SELECT count(*) FROM audit_event")
    before = session.connection().execute(count).scalar()
    unit = f"/api/v1/units/{district.units['huangyi'].id}"
    assert office.patch(unit, json={"position": 9}, headers={"If-Match": '"99"'}).status_code == 412
    assert session.connection().execute(count).scalar() == before


def test_committed_events_form_an_unbroken_chain(application: Engine) -> None:
    with open_session(application) as session:
        found = service.verify(session)
    assert found.events >= 3
    assert found.broken == []
    assert found.head is not None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
@pytest.mark.parametrize("owner", [False, True])
def test_neither_the_application_nor_the_owner_can_rewrite_it(
    application: Engine, ledger_url: str, statement: str, owner: bool
) -> None:
    engine = create_engine(ledger_url, poolclass=NullPool)
    with Session(engine) if owner else open_session(application) as session, pytest.raises(ProgrammingError) as refused:
        session.connection().execute(text(statement))
    assert refused.value.orig is not None
    assert getattr(refused.value.orig, "sqlstate", None) == "42501"


def test_an_edit_by_force_is_found(application: Engine, cluster: Cluster, ledger_url: str) -> None:
    superuser = create_engine(
        cluster.superuser_url.rsplit("/", 1)[0] + "/" + ledger_url.rsplit("/", 1)[1], poolclass=NullPool
    )
    with superuser.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("UPDATE audit_event SET actor_name = '别人' WHERE seq = 2"))
    with open_session(application) as session:
        assert 2 in service.verify(session).broken


def test_the_log_is_read_by_the_auditor_alone(client_as: SignIn, office: TestClient, session: Session) -> None:
    assert office.get("/api/v1/audit-events").status_code == 403
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert client_as("audit").get("/api/v1/audit-events").status_code == 200
    assert client_as("audit").get("/api/v1/audit-events/chain").json()["broken"] == []
