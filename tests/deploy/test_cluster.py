"""The embedded PostgreSQL (内置数据库): safe as made, shared when running, refused when it would lose data."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from taizhang.core import cluster_account
from taizhang.core.cluster import Cluster, ClusterError


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="taizhang-cluster-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def cluster(data_dir: Path) -> Iterator[Cluster]:
    made = Cluster(data_dir)
    made.ensure_running()
    yield made
    made.destroy()


@pytest.fixture
def admin(cluster: Cluster) -> Iterator[psycopg.Connection]:
    url = cluster.superuser_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def test_the_database_speaks_utf8_and_sorts_the_same_everywhere(admin: psycopg.Connection) -> None:
    query = (
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database WHERE datname = 'taizhang'"
    )
    assert admin.execute(query).fetchone() == ("UTF8", "b", "C.UTF-8")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("password_encryption", "scram-sha-256"),
        ("max_connections", "200"),
    ],
)
def test_the_server_is_set_as_decided(admin: psycopg.Connection, setting: str, value: str) -> None:
    assert admin.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_nobody_is_trusted_without_a_password(admin: psycopg.Connection) -> None:
    methods = admin.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert methods == [("scram-sha-256",)]


def test_the_address_is_the_owners_and_not_a_superusers(cluster: Cluster) -> None:
    engine = create_engine(cluster.url)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT current_user, current_setting('is_superuser'), current_database()"))
        assert row.one() == ("taizhang_owner", "off", "taizhang")
    engine.dispose()


def test_the_owner_may_act_as_the_role_it_creates(cluster: Cluster) -> None:
    url = cluster.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE taizhang_probe NOLOGIN")
    with psycopg.connect(url, options="-c role=taizhang_probe") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("taizhang_probe",)


def test_the_owner_may_make_databases_from_a_template(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE copied TEMPLATE template1")
        connection.execute("DROP DATABASE copied")


def test_socket_and_data_are_closed_to_other_people(cluster: Cluster, data_dir: Path) -> None:
    home = (data_dir / "postgres").resolve()
    socket_dir = Path(str(make_url(cluster.url).query["host"]))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (socket_dir, home / "pgdata")}
    assert modes == {"socket": 0o700, "pgdata": 0o700}


def test_secrets_are_readable_by_their_owner_alone(cluster: Cluster, data_dir: Path) -> None:
    files = [*(data_dir / "postgres").glob("password.*"), data_dir / "postgres" / "server.log"]
    passwords = {f"password.{user}" for user in ("postgres", "taizhang_owner", "taizhang_app")}
    assert {path.name for path in files} == passwords | {"server.log"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_server_does_not_run_as_root(cluster: Cluster, data_dir: Path) -> None:
    pid = int((data_dir / "postgres" / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
    assert os.stat(f"/proc/{pid}").st_uid != 0


def test_a_second_start_reuses_the_running_server_and_leaves_it_running(cluster: Cluster, data_dir: Path) -> None:
    with Cluster(data_dir) as second:
        assert second.url == cluster.url
    assert cluster.running


def test_other_data_folders_have_servers_of_their_own_however_long_and_odd_their_path(cluster: Cluster) -> None:
    with tempfile.TemporaryDirectory(prefix="taizhang-cluster-") as folder:
        odd = Path(folder) / ("台账，数据 " + "很长" * 20) / "a,b"
        other = Cluster(odd)
        url = other.ensure_running()
        socket_dir = Path(str(make_url(url).query["host"]))
        engine = create_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT '政务公开'")).scalar_one() == "政务公开"
        engine.dispose()
        other.destroy()
        assert url != cluster.url
        assert not socket_dir.exists()


def test_a_folder_the_server_account_cannot_enter_keeps_its_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="taizhang-cluster-") as folder:
        closed = Path(folder) / "closed"
        closed.mkdir(mode=0o700)
        monkeypatch.chdir(closed)
        cluster = Cluster(Path("var"))
        cluster.ensure_running()
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
        cluster.destroy()
        assert not os.path.lexists(closed / "var" / "postgres")


def test_programs_the_server_account_cannot_reach_are_copied_where_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="taizhang-cluster-") as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setattr(cluster_account, "SYSTEM_HOME", Path(folder) / "system")
        monkeypatch.setattr(cluster_account.Account, "reaches", lambda self, path: path.is_relative_to(folder))
        cluster = Cluster(Path(folder) / "var")
        cluster.ensure_running()
        assert cluster.program("pg_dump").is_relative_to(folder)
        cluster.destroy()


def test_two_first_runs_at_once_make_the_server_account_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of two useradd at once, the later replaces the account under the first one's database."""
    made: list[pwd.struct_passwd] = []

    def useradd() -> pwd.struct_passwd:
        time.sleep(0.2)
        made.append(pwd.getpwuid(0))
        return made[-1]

    monkeypatch.setattr(cluster_account, "SYSTEM_HOME", tmp_path)
    monkeypatch.setattr(cluster_account, "_system_account", lambda: made[-1] if made else None)
    monkeypatch.setattr(cluster_account, "_useradd", useradd)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with ThreadPoolExecutor(4) as runs:
        accounts = set(runs.map(lambda _: cluster_account.server_account(), range(4)))
    assert len(made) == len(accounts) == 1


class TestStoppingAndCrashing:
    """Each starts from a stopped server of its own."""

    @pytest.fixture
    def own(self) -> Iterator[Cluster]:
        with tempfile.TemporaryDirectory(prefix="taizhang-cluster-") as folder:
            cluster = Cluster(Path(folder))
            cluster.ensure_running()
            yield cluster
            cluster.destroy()

    def test_stopped_and_started_again_it_still_has_its_data(self, own: Cluster) -> None:
        with psycopg.connect(own.url.replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE kept (note text)")
        own.stop()
        assert not own.running
        with psycopg.connect(own.ensure_running().replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)

    def test_the_last_user_out_stops_even_what_a_killed_process_started(self, own: Cluster) -> None:
        own.stop()
        code = "import os, sys; from pathlib import Path; from taizhang.core.cluster import Cluster\n"
        code += "Cluster(Path(sys.argv[1])).ensure_running(); os.kill(os.getpid(), 9)"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code, own.data_dir], env=environment)
        assert own.running
        with Cluster(own.data_dir):
            pass
        assert not own.running

    def test_stopping_twice_is_harmless(self, own: Cluster) -> None:
        own.stop()
        own.stop()
        assert not own.running

    def test_a_killed_server_comes_back_with_every_acknowledged_row(self, own: Cluster) -> None:
        with psycopg.connect(own.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        pid = int((own.data_dir / "postgres" / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        started = time.monotonic()
        with psycopg.connect(own.ensure_running().replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
        assert time.monotonic() - started < 30

    def test_while_the_application_runs_a_killed_server_comes_back_by_itself_at_the_same_address(self) -> None:
        with tempfile.TemporaryDirectory(prefix="taizhang-cluster-" + "x" * 60) as folder:
            with Cluster(Path(folder)) as cluster:
                url = cluster.url
                os.kill(
                    int((cluster.data_dir / "postgres/pgdata/postmaster.pid").read_text().split()[0]), signal.SIGKILL
                )
                deadline = time.monotonic() + 30
                while not cluster.running and time.monotonic() < deadline:
                    time.sleep(0.1)
                assert cluster.running
                assert cluster.url == url
            assert not cluster.running
            cluster.destroy()

    def test_a_pid_file_whose_pid_went_to_someone_else_does_not_stop_the_start(self, own: Cluster) -> None:
        own.stop()
        pid_file = own.data_dir / "postgres" / "pgdata" / "postmaster.pid"
        pid_file.write_text(f"{os.getpid()}\n{own.data_dir}\n1\n5432\n/nowhere\n\n0 0\nready\n")
        own.ensure_running()
        assert own.running

    @pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
    def test_a_server_that_would_lose_data_is_refused(self, own: Cluster, setting: str) -> None:
        own.stop()
        with (own.data_dir / "postgres" / "pgdata" / "postgresql.auto.conf").open("a") as conf:
            conf.write(f"{setting} = off\n")
        with pytest.raises(ClusterError, match=setting):
            own.ensure_running()
        assert not own.running

    def test_data_of_another_version_is_refused_in_words(self, own: Cluster) -> None:
        own.stop()
        version = own.data_dir / "postgres" / "pgdata" / "PG_VERSION"
        version.write_text("15\n")
        with pytest.raises(ClusterError, match="PostgreSQL 15"):
            own.ensure_running()

    def test_an_interrupted_initialisation_is_done_again(self, own: Cluster) -> None:
        own.destroy()
        half = own.data_dir / "postgres" / "pgdata.new"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        own.ensure_running()
        assert own.running
