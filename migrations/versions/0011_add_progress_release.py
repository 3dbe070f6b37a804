"""Add progress releases: a period's progress as made public, frozen."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "progress_release",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="分解表"),
        sa.Column("period_id", sa.Uuid(), nullable=False, comment="填报周期"),
        sa.Column("statement", sa.Text(), nullable=False, comment="情况说明"),
        sa.Column(
            "standings",
            postgresql.JSONB(),
            nullable=False,
            comment="各责任单位当时的办理状态：任务、单位、分工、状态",
        ),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False, comment="公布时间"),
        sa.Column("released_by", sa.Uuid(), nullable=False, comment="公布人"),
        sa.Column("released_by_name", sa.String(100), nullable=False, comment="公布人姓名（当时）"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="撤下时间"),
        sa.Column("withdrawn_by_name", sa.String(100), nullable=True, comment="撤下人姓名（当时）"),
        sa.Column("withdraw_reason", sa.Text(), nullable=True, comment="撤下的理由"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_progress_release_plan_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_progress_release_period_id")),
        sa.ForeignKeyConstraint(["released_by"], ["app_user.id"], name=op.f("fk_progress_release_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_release")),
        comment="向社会公布的一期进展，公布时定格",
    )
    op.create_index(op.f("ix_progress_release_plan_id"), "progress_release", ["plan_id"])
    op.create_index(
        "uq_progress_release_shown",
        "progress_release",
        ["period_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("progress_release")
