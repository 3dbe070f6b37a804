"""Migrations: numbered without gaps, walked up, down and up, and equal to the models."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, text
from sqlalchemy.pool import NullPool

from taizhang import migrating
from taizhang.core.cluster import Cluster
from taizhang.tables import METADATA

VERSIONS = Path("migrations/versions")


@pytest.fixture(scope="module")
def walked_url(spare_database: Callable[[str], str]) -> str:
    return spare_database("walked")


def dump(cluster: Cluster, url: str) -> str:
    command = [str(cluster.program("pg_dump")), "--schema-only", "--no-owner", url.replace("+psycopg", "")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\", "--")))


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_the_head_named_in_the_tree_is_the_head() -> None:
    assert Path("migrations/HEAD").read_text(encoding="ascii").strip() == migrating.head()


def test_up_down_up_leaves_the_same_schema(cluster: Cluster, walked_url: str) -> None:
    migrating.migrate(walked_url)
    first = dump(cluster, walked_url)
    migrating.migrate(walked_url, "base")
    with create_engine(walked_url, poolclass=NullPool).connect() as connection:
        left = connection.execute(
            text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        ).scalars()
        assert set(left) == {"alembic_version", "alembic_version_pkc"}
    migrating.migrate(walked_url)
    assert dump(cluster, walked_url) == first


def test_the_models_and_the_database_agree(database_url: str) -> None:
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and (name or "").startswith("procrastinate_"))
                )
            },
        )
        assert compare_metadata(context, METADATA) == []


def test_every_enum_check_lists_its_members(database_url: str) -> None:
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        checks = text("SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'c'")
        definitions: dict[str, str] = {row.conname: row.definition for row in connection.execute(checks)}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            members = getattr(column.type, "enums", None)
            if members:
                name = next(
                    str(check.name)
                    for check in table.constraints
                    if isinstance(check, CheckConstraint) and str(column.type.name) in str(check.name)  # type: ignore[attr-defined]
                )
                assert all(f"'{member}'" in definitions[name] for member in members), name


def test_every_table_and_column_is_described_in_chinese(database_url: str) -> None:
    bare = [
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if not column.comment
    ]
    assert bare == []
    assert [table.name for table in METADATA.sorted_tables if not table.comment] == []
