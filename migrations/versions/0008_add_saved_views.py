"""Keep a page's filters under a name (常用筛选)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.func.uuidv7(), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="谁的"),
        sa.Column(
            "scope_path",
            sa.Text(collation="C"),
            nullable=False,
            comment="存的人所在政府的机构路径，共用以此为界",
        ),
        sa.Column("page", sa.String(200), nullable=False, comment="页面，如 /ledger"),
        sa.Column("query", sa.String(2000), nullable=False, comment="地址里的条件，问号之后的部分"),
        sa.Column("name", sa.String(30), nullable=False, comment="名称"),
        sa.Column("shared", sa.Boolean(), nullable=False, comment="是否给本级政府的人共用"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="存的时间"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "page", "name", name=op.f("uq_saved_view_user_id_page_name")),
        comment="常用筛选",
    )
    op.create_index(op.f("ix_saved_view_page_scope_path"), "saved_view", ["page", "scope_path"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_saved_view_page_scope_path"), table_name="saved_view")
    op.drop_table("saved_view")
