"""Fixtures speak of the district: its units, and people signed in as reporter, signer, office, neighbour, citizen."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from taizhang import migrating
from taizhang.app import create_app
from taizhang.core import logs
from taizhang.core.cluster import Cluster
from taizhang.core.database import (
    APP_ROLE,
    PATIENT,
    SYSTEM,
    Context,
    FirstWord,
    GuardedSession,
    connect_args,
    open_session,
)
from taizhang.core.settings import Settings
from tests.district import District, build_district

TODAY = date(2023, 9, 20)
SECRET = secrets.token_urlsafe(32)


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    logs.configure(pretty=False)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL 18 of the tests' own."""
    running = Cluster(tmp_path_factory.mktemp("pg"))
    running.ensure_running()
    yield running
    running.destroy()


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    """The migrated database."""
    migrating.migrate(cluster.url)
    return cluster.url


@pytest.fixture(scope="session")
def spare_database(cluster: Cluster, database_url: str) -> Callable[[str], str]:
    """``spare_database("chain")``: an empty database of that name, for what must really be committed; its address."""

    def make(name: str) -> str:
        with create_engine(cluster.url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        return cluster.url.replace("/taizhang?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    arguments = connect_args(role=APP_ROLE, **PATIENT) | {"cursor_factory": FirstWord}
    engine = create_engine(database_url, connect_args=arguments, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seeded(engine: Engine) -> District:
    """The district, committed once for the whole run; tests change it only inside their own transaction."""
    with open_session(engine) as session, session.begin():
        return build_district(session, now=datetime.now(UTC))


@pytest.fixture
def connection(engine: Engine, seeded: District) -> Iterator[Connection]:
    """One test's transaction, rolled back at its end."""
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


class SharedSession(GuardedSession):
    """A session inside the test's transaction; on leaving, whoever comes next is the test itself again."""

    def __init__(self, connection: Connection, context: Context) -> None:
        super().__init__(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.connection_of_test, self.context = connection, context

    def commit(self) -> None:
        super().commit()
        self.connection_of_test.exec_driver_sql(SYSTEM.call)

    def close(self) -> None:
        super().close()
        self.connection_of_test.exec_driver_sql(SYSTEM.call)


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    with SharedSession(connection, SYSTEM) as session:
        yield session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        secret_key=SECRET,  # type: ignore[arg-type]
        data_dir=tmp_path,
        today=TODAY,
        frontend_dir=None,
        public_url="https://testserver",
    )


@pytest.fixture
def app(settings: Settings, connection: Connection) -> FastAPI:
    """The application inside the test's transaction: what a request commits is a savepoint here."""
    app = create_app(settings, "postgresql+psycopg://unused")
    app.state.sessions = partial(SharedSession, connection)
    return app


@pytest.fixture
def district(seeded: District) -> District:
    return seeded


@pytest.fixture
def citizen(app: FastAPI) -> TestClient:
    """Somebody without an account."""
    return TestClient(app, base_url="https://testserver", raise_server_exceptions=False)


@pytest.fixture
def client_as(app: FastAPI, seeded: District) -> Callable[[str], TestClient]:
    """``client_as("dashanping")``: somebody of the district, signed in (by a token, without the cost of a password)."""

    def sign_in(username: str) -> TestClient:
        user = seeded.people[username]
        token = app.state.signer.issue(
            user_id=user.id, session_id=user.id, generation=user.token_gen, now=datetime.now(UTC)
        )
        return TestClient(
            app,
            base_url="https://testserver",
            headers={"Authorization": f"Bearer {token}"},
            raise_server_exceptions=False,
        )

    return sign_in


@pytest.fixture
def office(client_as: Callable[[str], TestClient]) -> TestClient:
    """政务公开科 of the district."""
    return client_as("office")


@pytest.fixture
def reporter(client_as: Callable[[str], TestClient]) -> TestClient:
    """信息员 of 大山坪街道."""
    return client_as("dashanping")


@pytest.fixture
def signer(client_as: Callable[[str], TestClient]) -> TestClient:
    """分管领导 of 大山坪街道."""
    return client_as("dashanping-signer")


@pytest.fixture
def neighbour(client_as: Callable[[str], TestClient]) -> TestClient:
    """信息员 of 区财政局."""
    return client_as("caizheng")


@pytest.fixture
def admin(client_as: Callable[[str], TestClient]) -> TestClient:
    return client_as("admin")
