"""Keep registers: entries, what happened to them, and applicants' sealed personal data."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("slug", sa.String(length=64), nullable=False, comment="台账种类，如 applications"),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="单位"),
        sa.Column("unit_path", sa.Text(collation="C"), nullable=False, comment="单位的机构路径，子树即区间"),
        sa.Column(
            "state",
            sa.Enum(
                "open", "closed", "voided", name="entry_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
            comment="在办 open，已办结 closed，已作废 voided",
        ),
        sa.Column("title", sa.String(length=300), nullable=False, comment="标题、事项"),
        sa.Column("ref_no", sa.String(length=100), nullable=True, comment="文号、登记号"),
        sa.Column("opened_on", sa.Date(), nullable=False, comment="起始日：申请到达、文件印发、检查等"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="到期日，由经过推算；期限暂停或者没有期限的为空"),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True, comment="按小时计的到期时刻"),
        sa.Column("due_known", sa.Boolean(), nullable=False, comment="到期日所涉年份的放假安排是否都已公布"),
        sa.Column(
            "waiting",
            sa.Enum(
                "confirmation",
                "correction",
                "consultation",
                "payment",
                name="waiting",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="期限停着等什么",
        ),
        sa.Column("waiting_until", sa.Date(), nullable=True, comment="等到哪天"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="办结日"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True, comment="按小时计的，最迟一步的完成时刻"),
        sa.Column("outcome", sa.String(length=32), nullable=True, comment="结果：表三的行、表四的列等"),
        sa.Column(
            "party",
            sa.Enum(
                "natural",
                "business",
                "research",
                "charity",
                "legal",
                "other",
                name="party_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="申请人类型（表三的列）",
        ),
        sa.Column(
            "party_masked", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="申请人信息的遮掩样子"
        ),
        sa.Column("party_key", sa.String(length=32), nullable=True, comment="加密申请人信息的密钥编号"),
        sa.Column("party_sealed", sa.LargeBinary(), nullable=True, comment="申请人信息（AES-256-GCM 密文）"),
        sa.Column("related_id", sa.Uuid(), nullable=True, comment="相连的条目（复议、诉讼所涉申请）"),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="本台账各栏，由该种类的模型校验"
        ),
        sa.Column("void_reason", sa.String(length=500), nullable=True, comment="作废原因"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="登记人"),
        sa.Column("created_by_name", sa.String(length=100), nullable=False, comment="登记人姓名（当时）"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="登记时间"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, comment="最近变动时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_register_entry_created_by")),
        sa.ForeignKeyConstraint(["related_id"], ["register_entry.id"], name=op.f("fk_register_entry_related_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_register_entry_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        comment="专项台账条目：一件申请、一份文件、一次检查",
    )
    op.create_index(
        "ix_register_entry_open_due",
        "register_entry",
        ["slug", "unit_path", "due_on"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        op.f("ix_register_entry_slug_unit_path_closed_on"),
        "register_entry",
        ["slug", "unit_path", "closed_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_register_entry_slug_unit_path_opened_on"),
        "register_entry",
        ["slug", "unit_path", "opened_on"],
        unique=False,
    )
    op.create_index(op.f("ix_register_entry_related_id"), "register_entry", ["related_id"], unique=False)
    op.create_index(op.f("ix_register_entry_unit_id"), "register_entry", ["unit_id"], unique=False)
    op.create_table(
        "clock_event",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="条目"),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="经过种类"),
        sa.Column("on", sa.Date(), nullable=False, comment="发生之日"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True, comment="发生时刻（按小时计的）"),
        sa.Column("reason", sa.String(length=500), nullable=True, comment="说明"),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="这一步填的各栏"),
        sa.Column("actor_id", sa.Uuid(), nullable=False, comment="登记人"),
        sa.Column("actor_name", sa.String(length=100), nullable=False, comment="登记人姓名（当时）"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False, comment="登记时间（真实时间）"),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True, comment="作废时间"),
        sa.Column("voided_by_name", sa.String(length=100), nullable=True, comment="作废人姓名（当时）"),
        sa.Column("void_reason", sa.String(length=500), nullable=True, comment="作废原因"),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_clock_event_actor_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_clock_event_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_event")),
        comment="专项台账条目的经过：补正、征求意见、延期、答复、送出、公开等",
    )
    op.create_index(op.f("ix_clock_event_entry_id"), "clock_event", ["entry_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_clock_event_entry_id"), table_name="clock_event")
    op.drop_table("clock_event")
    op.drop_index(op.f("ix_register_entry_unit_id"), table_name="register_entry")
    op.drop_index(op.f("ix_register_entry_related_id"), table_name="register_entry")
    op.drop_index(op.f("ix_register_entry_slug_unit_path_opened_on"), table_name="register_entry")
    op.drop_index(op.f("ix_register_entry_slug_unit_path_closed_on"), table_name="register_entry")
    op.drop_index("ix_register_entry_open_due", table_name="register_entry", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("register_entry")
