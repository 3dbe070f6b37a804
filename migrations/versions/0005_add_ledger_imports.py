"""Add what the office keeps beside an assignment, and the workbooks that come back (责任人、备注与台账回读)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    contact = sa.Column("contact", sa.String(200), nullable=False, server_default="", comment="责任人及联系方式")
    op.add_column("assignment", contact)
    op.add_column("assignment", sa.Column("note", sa.String(1000), nullable=False, server_default="", comment="备注"))
    for name in ("contact", "note"):
        op.alter_column("assignment", name, server_default=None)
    op.create_table(
        "ledger_import",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="分解表"),
        sa.Column("file_name", sa.String(length=255), nullable=False, comment="文件名"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="文件的 SHA-256"),
        sa.Column(
            "state",
            sa.Enum(
                "open", "applied", name="ledger_import_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column(
            "content", postgresql.JSONB(), nullable=False, comment="读到的各行：编号、版本、改过的格与导出时的原样"
        ),
        sa.Column("result", postgresql.JSONB(), nullable=True, comment="写入的结果"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="交回人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="交回时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_ledger_import_created_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_ledger_import_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
        comment="台账回读：交回的工作簿与其各行",
    )
    op.create_index(op.f("ix_ledger_import_plan_id"), "ledger_import", ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_table("ledger_import")
    op.drop_column("assignment", "note")
    op.drop_column("assignment", "contact")
