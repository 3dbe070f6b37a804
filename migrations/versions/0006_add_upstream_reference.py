"""Tell the higher level's task from last year's (上级任务与沿用的任务), and name one that is not in the system.

What 沿用 had kept in ``upstream_task_id`` is the task of the year before, and moves to a column of its own.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("task", sa.Column("copied_from_id", sa.Uuid(), nullable=True, comment="沿用自哪项任务"))
    op.create_foreign_key(op.f("fk_task_copied_from_id"), "task", "task", ["copied_from_id"], ["id"])
    for column in (
        sa.Column("upstream_plan_title", sa.String(300), nullable=True, comment="上级分解表的标题（不在本系统时）"),
        sa.Column("upstream_document_no", sa.String(100), nullable=True, comment="上级分解表的文号（不在本系统时）"),
        sa.Column("upstream_title", sa.String(300), nullable=True, comment="上级任务的名称（不在本系统时）"),
        sa.Column("upstream_text", sa.Text(), nullable=True, comment="上级任务的原文（不在本系统时）"),
    ):
        op.add_column("task", column)
    op.execute("UPDATE task SET copied_from_id = upstream_task_id, upstream_task_id = NULL")
    op.alter_column("task", "upstream_task_id", comment="来自上级分解表中的哪项任务")
    op.create_index(op.f("ix_task_upstream_task_id"), "task", ["upstream_task_id"], unique=False)
    op.create_check_constraint(
        op.f("ck_task_one_upstream"), "task", "upstream_task_id IS NULL OR upstream_title IS NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_task_one_upstream"), "task")
    op.drop_index(op.f("ix_task_upstream_task_id"), table_name="task")
    op.execute("UPDATE task SET upstream_task_id = copied_from_id WHERE copied_from_id IS NOT NULL")
    op.alter_column("task", "upstream_task_id", comment="上级分解表中的任务")
    for name in ("upstream_text", "upstream_title", "upstream_document_no", "upstream_plan_title", "copied_from_id"):
        op.drop_column("task", name)
