"""Add second factors and API clients: what a login asks for beyond a password, and how other systems come in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.text("uuidv7()")
ID_COMMENT = "主键（UUIDv7，由数据库生成）"
MOMENT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.add_column(
        "app_user",
        sa.Column(
            "is_client",
            sa.Boolean(),
            nullable=False,
            server_default=sa.text("false"),
            comment="是外部系统而不是人：不能用口令登录",
        ),
    )
    op.alter_column("app_user", "is_client", server_default=None)
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Uuid(), server_default=ID, nullable=False, comment=ID_COMMENT),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="用户"),
        sa.Column("key_id", sa.String(length=32), nullable=False, comment="加密所用密钥的编号"),
        sa.Column("secret", sa.LargeBinary(), nullable=False, comment="加密后的动态口令种子"),
        sa.Column("created_at", MOMENT, nullable=False, comment="登记时间"),
        sa.Column("confirmed_at", MOMENT, nullable=True, comment="首次验证通过的时间；空为尚未启用"),
        sa.Column("last_step", sa.Integer(), nullable=False, comment="最近用过的时间步：同一步只用一次"),
        sa.Column("recovery_hashes", JSONB, nullable=False, comment="未用的恢复码的 SHA-256"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_second_factor_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("user_id", name=op.f("uq_second_factor_user_id")),
        comment="第二因素：动态口令与恢复码",
    )
    op.create_table(
        "api_client",
        sa.Column("id", sa.Uuid(), server_default=ID, nullable=False, comment=ID_COMMENT),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="对应的账号"),
        sa.Column("scopes", JSONB, nullable=False, comment="授予的权限"),
        sa.Column("allowed_ips", JSONB, nullable=False, comment="容许的来源地址或网段；空则不限"),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False, comment="密钥的 SHA-256"),
        sa.Column("secret_made_at", MOMENT, nullable=False, comment="密钥生成时间"),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="凭据最后一天，至多一年"),
        sa.Column("last_used_at", MOMENT, nullable=True, comment="最近取令牌的时间"),
        sa.Column("created_at", MOMENT, nullable=False, comment="建立时间"),
        sa.Column(
            "version",
            sa.Integer(),
            server_default=sa.text("1"),
            nullable=False,
            comment="版本号（乐观锁，即 ETag）",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_api_client_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("user_id", name=op.f("uq_api_client_user_id")),
        comment="外部系统的接口凭据",
    )


def downgrade() -> None:
    op.drop_table("api_client")
    op.drop_table("second_factor")
    op.drop_column("app_user", "is_client")
