"""Guard rows: what belongs to a unit can hang only on what belongs to it, and the connection's role holds nothing.

The policies themselves follow from the code and are written after the migrations (taizhang/row_security).
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

APP_ROLE = "taizhang_app"
APPEND_ONLY = ("audit_event", "review_step", "submission_revision", "evidence_revision")
QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")

OWNED = ("assignment", "attachment", "evidence", "plan", "register_entry", "submission")
# What hangs on what: both must be of one unit.
HELD = (
    ("evidence", "attachment_id", "attachment"),
    ("plan_import", "plan_id", "plan"),
    ("register_entry", "related_id", "register_entry"),
    ("submission", "assignment_id", "assignment"),
    ("submission_evidence", "submission_id", "submission"),
    ("submission_evidence", "evidence_id", "evidence"),
)


def upgrade() -> None:
    for table in OWNED:
        op.create_unique_constraint(f"uq_{table}_unit_id_id", table, ["unit_id", "id"])
    _add_unit_of_link()
    for table, column, parent in HELD:
        op.create_foreign_key(f"fk_{table}_unit_id_{column}", table, parent, ["unit_id", column], ["unit_id", "id"])
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE}")
    op.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {APP_ROLE}")
    op.execute(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM {APP_ROLE}"
    )
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE ON SEQUENCES FROM {APP_ROLE}")
    # Whoever asks for a whole chain asks about every row of it, whoever he is.
    op.execute("ALTER FUNCTION audit_verify() SECURITY DEFINER SET search_path = pg_catalog, public")


def _add_unit_of_link() -> None:
    op.add_column("submission_evidence", sa.Column("unit_id", sa.Uuid(), nullable=True, comment="单位"))
    op.execute(
        "UPDATE submission_evidence AS link SET unit_id = whole.unit_id "
        "FROM submission AS whole WHERE whole.id = link.submission_id"
    )
    op.alter_column("submission_evidence", "unit_id", nullable=False)


def downgrade() -> None:
    op.execute("ALTER FUNCTION audit_verify() SECURITY INVOKER RESET ALL")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APP_ROLE}")
    for table in APPEND_ONLY:
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}")
    op.execute(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}"
    )
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APP_ROLE}")
    for table in QUEUE:
        op.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {APP_ROLE}")
    for table, column, _ in HELD:
        op.drop_constraint(f"fk_{table}_unit_id_{column}", table)
    op.drop_column("submission_evidence", "unit_id")
    for table in OWNED:
        op.drop_constraint(f"uq_{table}_unit_id_id", table)
