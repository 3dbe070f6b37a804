"""Keep the yearly holiday arrangements an office confirms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "holiday_notice",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("in_force", sa.Boolean(), nullable=False, comment="是否有效；撤回后为否，回到随软件提供的安排"),
        sa.Column("title", sa.String(length=200), nullable=False, comment="通知标题"),
        sa.Column("document_no", sa.String(length=100), nullable=True, comment="文号"),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="成文日期"),
        sa.Column("note", sa.String(length=500), nullable=True, comment="备注"),
        sa.Column("text", sa.Text(), nullable=True, comment="通知原文（粘贴读取时）"),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False, comment="确认人"),
        sa.Column("confirmed_by_name", sa.String(length=100), nullable=False, comment="确认人姓名（当时）"),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False, comment="确认时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["app_user.id"], name=op.f("fk_holiday_notice_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_notice")),
        sa.UniqueConstraint("year", name=op.f("uq_holiday_notice_year")),
        comment="节假日安排：办公室确认的一年，代替随软件提供的安排",
    )
    op.create_table(
        "holiday",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("notice_id", sa.Uuid(), nullable=False, comment="所属节假日安排"),
        sa.Column("on", sa.Date(), nullable=False, comment="日期（可在上年12月）"),
        sa.Column(
            "kind",
            sa.Enum("off", "work", name="day_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="放假 off，调休上班 work",
        ),
        sa.Column("name", sa.String(length=100), nullable=False, comment="节日"),
        sa.ForeignKeyConstraint(["notice_id"], ["holiday_notice.id"], name=op.f("fk_holiday_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("notice_id", "on", name=op.f("uq_holiday_notice_id_on")),
        comment="节假日安排中的一天：放假或调休上班",
    )


def downgrade() -> None:
    op.drop_table("holiday")
    op.drop_table("holiday_notice")
