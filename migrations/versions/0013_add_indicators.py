"""Judge duties by the registers and freeze indicators; claims explain what they differ in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "indicator_snapshot",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="单位"),
        sa.Column("unit_path", sa.Text(collation="C"), nullable=False, comment="单位的机构路径，子树即区间"),
        sa.Column("subtree", sa.Boolean(), nullable=False, comment="含下级"),
        sa.Column("indicator_key", sa.String(length=64), nullable=False, comment="指标"),
        sa.Column("definition_version", sa.Integer(), nullable=False, comment="按第几版定义"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="期末"),
        sa.Column("value", sa.Float(), nullable=True, comment="数值；不适用的为空"),
        sa.Column("numerator", sa.Integer(), nullable=False, comment="分子"),
        sa.Column("denominator", sa.Integer(), nullable=False, comment="分母"),
        sa.Column("target", sa.Float(), nullable=False, comment="目标"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="时限"),
        sa.Column(
            "verdict",
            sa.Enum(
                "met",
                "not_met",
                "pending",
                "not_applicable",
                "not_kept",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="判定",
        ),
        sa.Column("words", sa.String(length=500), nullable=False, comment="判定的说明"),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False, comment="冻结时间"),
        sa.Column("late", sa.Boolean(), nullable=False, comment="补冻结：晚于期末次日，按冻结时的登记计算"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_snapshot_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_snapshot")),
        sa.UniqueConstraint(
            "unit_id",
            "subtree",
            "indicator_key",
            "ends_on",
            name=op.f("uq_indicator_snapshot_unit_id_subtree_indicator_key_ends_on"),
        ),
        comment="指标的期末冻结值，只增不改",
    )
    op.create_index(
        op.f("ix_indicator_snapshot_unit_path_ends_on"), "indicator_snapshot", ["unit_path", "ends_on"], unique=False
    )
    op.create_table(
        "duty_judgement",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("assignment_id", sa.Uuid(), nullable=False, comment="责任分工"),
        sa.Column("duty_id", sa.Uuid(), nullable=False, comment="要求"),
        sa.Column("indicator_key", sa.String(length=64), nullable=False, comment="指标"),
        sa.Column("indicator_name", sa.String(length=100), nullable=False, comment="指标名称"),
        sa.Column("register_slug", sa.String(length=64), nullable=False, comment="所据的专项台账"),
        sa.Column("unit_words", sa.String(length=16), nullable=False, comment="数值的单位：%、次、天、个"),
        sa.Column(
            "verdict",
            sa.Enum(
                "met",
                "not_met",
                "pending",
                "not_applicable",
                "not_kept",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="判定",
        ),
        sa.Column("words", sa.String(length=500), nullable=False, comment="判定的说明"),
        sa.Column("value", sa.Float(), nullable=True, comment="数值；不适用的为空"),
        sa.Column("numerator", sa.Integer(), nullable=True, comment="分子"),
        sa.Column("denominator", sa.Integer(), nullable=True, comment="分母"),
        sa.Column("done_on", sa.Date(), nullable=True, comment="达到之日"),
        sa.Column("final", sa.Boolean(), nullable=False, comment="年度已过，不会再变"),
        sa.Column("judged_on", sa.Date(), nullable=False, comment="按哪一天判定"),
        sa.Column(
            "overruled_verdict",
            sa.Enum(
                "met", "not_met", "not_applicable", name="ruling", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
            comment="改判",
        ),
        sa.Column("overruled_done_on", sa.Date(), nullable=True, comment="改判的达到之日"),
        sa.Column("overrule_reason", sa.String(length=500), nullable=True, comment="改判理由"),
        sa.Column("overruled_by_name", sa.String(length=100), nullable=True, comment="改判人姓名（当时）"),
        sa.Column("overruled_at", sa.DateTime(timezone=True), nullable=True, comment="改判时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_duty_judgement_assignment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_judgement_duty_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_judgement")),
        sa.UniqueConstraint("assignment_id", "duty_id", name=op.f("uq_duty_judgement_assignment_id_duty_id")),
        comment="由专项台账对一条要求的判定",
    )
    op.create_index(op.f("ix_duty_judgement_duty_id"), "duty_judgement", ["duty_id"], unique=False)
    op.add_column("claim", sa.Column("difference_reason", sa.Text(), nullable=True, comment="与专项台账不一致的说明"))
    op.add_column("duty", sa.Column("indicator_key", sa.String(length=64), nullable=True, comment="由哪项指标判定"))
    op.create_index(op.f("ix_duty_indicator_key"), "duty", ["indicator_key"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_duty_indicator_key"), table_name="duty")
    op.drop_column("duty", "indicator_key")
    op.drop_column("claim", "difference_reason")
    op.drop_index(op.f("ix_duty_judgement_duty_id"), table_name="duty_judgement")
    op.drop_table("duty_judgement")
    op.drop_index(op.f("ix_indicator_snapshot_unit_path_ends_on"), table_name="indicator_snapshot")
    op.drop_table("indicator_snapshot")
