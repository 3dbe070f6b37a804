"""Alembic environment. The connection is handed in by ``taizhang.migrating``; offline mode prints SQL."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import UTCDateTime
from sqlmodel.sql.sqltypes import AutoString

from taizhang.tables import METADATA


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write SQLModel's types as plain SQLAlchemy, so that version files never import from packages that change."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """The job queue's tables belong to Procrastinate."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def run() -> None:
    options: dict[str, Any] = {
        "target_metadata": METADATA,
        "render_item": render_item,
        "include_name": include_name,
        "compare_type": True,
        "transaction_per_migration": True,
    }
    if context.is_offline_mode():
        context.configure(dialect_name="postgresql", literal_binds=True, **options)
    else:
        context.configure(connection=context.config.attributes["connection"], **options)
    with context.begin_transaction():
        context.run_migrations()


run()
