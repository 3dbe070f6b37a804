"""Add imports into registers: workbooks on their way to entries, sealed for the applicants they may hold."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "register_import",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("slug", sa.String(length=64), nullable=False, comment="台账种类，如 applications"),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="导入的单位"),
        sa.Column("file_name", sa.String(length=255), nullable=False, comment="文件名"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="文件的 SHA-256"),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "partly",
                "committed",
                "discarded",
                name="register_import_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="各种行各多少"),
        sa.Column("content_key", sa.String(length=32), nullable=True, comment="加密草稿的密钥编号"),
        sa.Column(
            "content_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="草稿各行（AES-256-GCM 密文）；丢弃之后为空",
        ),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="导入人"),
        sa.Column("created_by_name", sa.String(length=100), nullable=False, comment="导入人姓名（当时）"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="导入时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_register_import_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_register_import_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        comment="台账导入：读入的工作簿，登记之前的草稿",
    )
    op.create_index(op.f("ix_register_import_unit_id_slug"), "register_import", ["unit_id", "slug"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_register_import_unit_id_slug"), table_name="register_import")
    op.drop_table("register_import")
