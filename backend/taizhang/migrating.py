"""Migrating (数据库升级): Alembic driven from code, the same for the command line, the tests and the containers."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from taizhang.core.database import connect_args
from taizhang.row_security import applying as row_security

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
MIGRATION_LOCK = 7_210_000_711


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str | None:
    """The revision this code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(url: str) -> str | None:
    """The revision a database is at."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(url: str) -> bool:
    """Whether a database is at the revision this code expects, and guarded as it expects."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        return at == head() and row_security.found(connection) == row_security.fingerprint()


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision (``head``, ``base``, ``0001`` …), its row-level security with it; one process at
    a time."""
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args=connect_args(role=None, statement_timeout="0", transaction_timeout="0", lock_timeout="30s"),
    )
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        connection.commit()
        try:
            _move(connection, revision)
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": MIGRATION_LOCK})
            connection.commit()


def _move(connection: Connection, revision: str) -> None:
    config = _config(connection)
    scripts = ScriptDirectory.from_config(config)
    at = MigrationContext.configure(connection).get_current_revision()
    target = scripts.get_current_head() if revision == "head" else revision
    connection.commit()
    if target == "base" or (at is not None and target is not None and target < at):
        with connection.begin():
            row_security.lift(connection)
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
    moved = at != target  # a migration may have replaced a table, and its policies went with it
    if target == scripts.get_current_head() and (moved or row_security.found(connection) != row_security.fingerprint()):
        connection.commit()
        with connection.begin():
            row_security.apply(connection)


def autogenerate(url: str, message: str) -> None:
    """Write the next numbered revision from the difference between models and database."""
    numbers = [int(path.name[:4]) for path in (SCRIPTS / "versions").glob("[0-9]*.py")]
    with create_engine(url, poolclass=NullPool).connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=f"{max(numbers, default=0) + 1:04d}")
