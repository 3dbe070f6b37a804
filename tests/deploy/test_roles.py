"""The roles of the container deployment (数据库角色): the script postgres runs once, run on a server of ours."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from taizhang import migrating
from taizhang.core.cluster import Cluster

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
            connection.execute("DROP ROLE taizhang_owner")
        (Path(folder) / "owner_password").write_text(PASSWORD)
        environment = {
            "PATH": f"{cluster.program('psql').parent}:{os.environ['PATH']}",
            "PGHOST": str(address.query["host"]),
            "PGPASSWORD": str(address.password),
            "POSTGRES_USER": "postgres",
            "OWNER_PASSWORD_FILE": str(Path(folder) / "owner_password"),
        }
        subprocess.run(["sh", ROOT / "deploy/postgres/10-roles.sh"], check=True, env=environment)
        yield address.set(username="taizhang_owner", password=PASSWORD).render_as_string(hide_password=False)
        cluster.destroy()


def test_the_owner_can_migrate_and_act_as_the_application(deployed: str) -> None:
    migrating.migrate(deployed)
    assert migrating.current(deployed) == migrating.head()
    url = make_url(deployed).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, options="-c role=taizhang_app") as connection:
        row = connection.execute("SELECT current_user, current_setting('is_superuser'), count(*) FROM unit").fetchone()
    assert row == ("taizhang_app", "off", 0)


def test_the_application_may_not_change_what_is_append_only(deployed: str) -> None:
    migrating.migrate(deployed)
    url = make_url(deployed).set(drivername="postgresql").render_as_string(hide_password=False)
    with (
        psycopg.connect(url, options="-c role=taizhang_app") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM audit_event")
