"""Keep what an import was read from and what it made, and let a plan be made of its good rows first."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = "ck_plan_import_import_state"


def upgrade() -> None:
    op.create_table(
        "plan_import_source",
        sa.Column("import_id", sa.Uuid(), nullable=False, comment="导入草稿"),
        sa.Column(
            "document",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="各段文字，各表格的单元格与合并",
        ),
        sa.ForeignKeyConstraint(["import_id"], ["plan_import.id"], name=op.f("fk_plan_import_source_import_id")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_plan_import_source")),
        comment="导入草稿的原文：各段与各表格",
    )
    op.add_column(
        "plan_import",
        sa.Column(
            "made",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="成表时写了什么、原来是什么，供撤销",
        ),
    )
    _comment("行、问题与改法", "行、问题与原文")
    _allow("draft", "partly", "committed")


def downgrade() -> None:
    op.execute("UPDATE plan_import SET state = 'committed' WHERE state = 'partly'")
    _allow("draft", "committed")
    _comment("行、问题与原文", "行、问题与改法")
    op.drop_column("plan_import", "made")
    op.drop_table("plan_import_source")


def _comment(now: str, before: str) -> None:
    kind = postgresql.JSONB(astext_type=sa.Text())
    op.alter_column(
        "plan_import", "draft", existing_type=kind, comment=now, existing_comment=before, existing_nullable=False
    )


def _allow(*states: str) -> None:
    op.drop_constraint(op.f(STATES), "plan_import", type_="check")
    op.create_check_constraint(op.f(STATES), "plan_import", sa.column("state").in_(states))
