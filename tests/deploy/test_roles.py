"""The roles of the container deployment (数据库角色): the script postgres runs once, run on a server of ours."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from taizhang import doctor, migrating
from taizhang.backups.source import Source, contents, standing_still
from taizhang.core.cluster import Cluster
from taizhang.core.database import SYSTEM, Context
from taizhang.core.settings import Settings
from taizhang.doctor import Verdict
from taizhang.row_security import roles
from taizhang.running import Addresses

ROOT = Path(__file__).parents[2]
PASSWORD = 'it\'s-a-"strange"-one'


@pytest.fixture(scope="module")
def deployed() -> Iterator[str]:
    """Address of the database as the script leaves it."""
    with tempfile.TemporaryDirectory(prefix="taizhang-roles-") as folder:
        cluster = Cluster(Path(folder))
        cluster.ensure_running()
        address = make_url(cluster.superuser_url)
        admin = address.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("DROP DATABASE taizhang")
            connection.execute("DROP ROLE taizhang_app, taizhang_owner")
        (Path(folder) / "owner_password").write_text(PASSWORD)
        (Path(folder) / "app_password").write_text(PASSWORD)
        environment = {
            "PATH": f"{cluster.program('psql').parent}:{os.environ['PATH']}",
            "PGHOST": str(address.query["host"]),
            "PGPASSWORD": str(address.password),
            "PGDATA": folder,  # the script adds a line to the image's pg_hba.conf; this server keeps its own
            "POSTGRES_USER": "postgres",
            "OWNER_PASSWORD_FILE": str(Path(folder) / "owner_password"),
            "APP_PASSWORD_FILE": str(Path(folder) / "app_password"),
        }
        subprocess.run(["sh", ROOT / "deploy/postgres/10-roles.sh"], check=True, env=environment)
        with psycopg.connect(admin, autocommit=True) as connection:  # as docs/operations.md tells whoever backs up
            login = sql.SQL("ALTER ROLE taizhang_backup LOGIN PASSWORD {}").format(sql.Literal(PASSWORD))
            connection.execute(login)
        yield address.set(username="taizhang_owner", password=PASSWORD).render_as_string(hide_password=False)
        cluster.destroy()


@pytest.fixture(scope="module")
def addresses(deployed: str) -> Addresses:
    """The same database as the application and as its owner reach it, migrated."""
    migrating.migrate(deployed)
    application = make_url(deployed).set(username="taizhang_app").render_as_string(hide_password=False)
    return Addresses(application, deployed)


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def test_the_owner_can_migrate(addresses: Addresses) -> None:
    assert migrating.is_current(addresses.owner)


def test_whoever_backs_up_may_mark_the_log_and_misses_no_row(addresses: Addresses, deployed: str) -> None:
    with connect(addresses.owner) as connection:
        connection.execute(
            "INSERT INTO audit_event (actor_name, role, action, subject_type, outcome) VALUES ('', '', '', '', '')"
        )
    address = make_url(deployed).set(username="taizhang_backup").render_as_string(hide_password=False)
    with Source(address).connect() as connection, standing_still(connection, "drill") as lsn:
        held = contents(connection)
    assert lsn
    assert held.audit_seq == held.counts["audit_event"] == 1


def test_the_application_by_itself_reads_nothing(addresses: Addresses) -> None:
    with connect(addresses.application) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT FROM unit")


def test_the_application_says_who_acts_and_reads_what_is_theirs(addresses: Addresses) -> None:
    with connect(addresses.application) as connection:
        connection.execute(SYSTEM.call)
        row = connection.execute("SELECT current_user, current_setting('is_superuser'), count(*) FROM unit").fetchone()
    assert row == ("taizhang_system", "off", 0)


@pytest.mark.parametrize("table", ["audit_event", "review_step", "submission_revision", "evidence_revision"])
def test_nobody_the_application_can_be_changes_what_is_append_only(addresses: Addresses, table: str) -> None:
    for role in roles.COMMENTS:
        with connect(addresses.application) as connection:
            connection.execute(Context.of_role(role).call)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"DELETE FROM {table}")


def test_the_doctor_is_content(addresses: Addresses, tmp_path: Path) -> None:
    findings = doctor.examine(Settings(data_dir=tmp_path), addresses)
    assert [finding for finding in findings if finding.verdict is not Verdict.GOOD and finding.what != "空间"] == []
    assert len(findings) >= 15


ILLS = {
    "行级安全": "ALTER TABLE evidence NO FORCE ROW LEVEL SECURITY",
    "无身份的查询": "GRANT SELECT ON unit TO taizhang_app; CREATE POLICY leak ON unit TO taizhang_app USING (true)",
    "函数": "ALTER FUNCTION guard.find_caller(uuid) RESET ALL",
    "升级": "UPDATE alembic_version SET version_num = '0001'",
    "行级安全的版本": "COMMENT ON SCHEMA guard IS 'older'",
}


@pytest.mark.parametrize("what", ILLS)
def test_the_doctor_finds_what_is_wrong(addresses: Addresses, tmp_path: Path, what: str) -> None:
    with connect(addresses.owner) as connection:
        connection.execute("UPDATE alembic_version SET version_num = version_num")
        connection.execute(ILLS[what])
    try:
        found = {each.what: each for each in doctor.examine(Settings(data_dir=tmp_path), addresses)}
        assert found[what].verdict is Verdict.BAD, found
        assert "请" in found[what].words or "search_path" in found[what].words
    finally:
        with connect(addresses.owner) as connection:
            connection.execute("REVOKE SELECT ON unit FROM taizhang_app")
            connection.execute("UPDATE alembic_version SET version_num = %s", [migrating.head()])
            connection.execute("COMMENT ON SCHEMA guard IS 'to be written anew'")
        migrating.migrate(addresses.owner)


def test_the_doctor_finds_weak_and_open_keys(addresses: Addresses, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="short")  # type: ignore[arg-type]
    (tmp_path / "party.keys").write_text("k1:short")
    (tmp_path / "party.keys").chmod(0o644)
    found = {each.what: each.verdict for each in doctor.examine(settings, addresses)}
    assert found["签名密钥"] is found["个人信息密钥"] is found["密钥文件"] is Verdict.BAD


def test_the_doctor_says_when_the_interface_signs_in_as_the_owner(addresses: Addresses, tmp_path: Path) -> None:
    found = doctor.examine(Settings(data_dir=tmp_path), Addresses(addresses.owner, addresses.owner))
    assert {each.what: each.verdict for each in found}["接口的数据库账号"] is Verdict.DOUBTFUL


def test_the_doctor_says_when_the_database_is_not_there(addresses: Addresses, tmp_path: Path) -> None:
    gone = make_url(addresses.application).set(database="nowhere").render_as_string(hide_password=False)
    found = doctor.examine(Settings(data_dir=tmp_path), Addresses(gone, gone))
    assert found[-1].verdict is Verdict.BAD
    assert found[-1].what == "数据库"
