"""Add the job queue's tables (后台任务队列).

The SQL beside this file is Procrastinate 3.10's own schema, frozen: the next release's changes come as a migration.
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COMMENTS = {
    "procrastinate_jobs": "后台任务（Procrastinate）",
    "procrastinate_events": "后台任务的经过",
    "procrastinate_periodic_defers": "定时任务的最近一次派发",
    "procrastinate_workers": "在运行的后台进程及其心跳",
}

# Whatever the schema made, by its prefix; triggers go with their functions.
DROP = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc
         WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
        UNION ALL
        SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
         WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' AND relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT format('DROP TYPE %s', oid::regtype) FROM pg_type
         WHERE typname IN ('procrastinate_job_status', 'procrastinate_job_event_type', 'procrastinate_job_to_defer_v1')
           AND typnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(_literal(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))
    for table, comment in COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO taizhang_app")
        op.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO taizhang_app")


def downgrade() -> None:
    op.execute(_literal(DROP))


def _literal(statement: str) -> sa.TextClause:
    """Text in which a colon is a colon."""
    return sa.text(statement.replace(":", "\\:"))
