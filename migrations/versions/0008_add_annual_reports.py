"""Add annual reports: the report, its snapshots, and the signed notes beside it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TARGETS = ("whole", "progress", "measures", "problems", "next_steps", "duty", "evidence")
REPORT_TARGETS = ("figures", "overview", "other")


def upgrade() -> None:
    op.create_table(
        "annual_report",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="编制单位"),
        sa.Column("unit_path", sa.Text(collation="C"), nullable=False, comment="编制单位的机构路径，子树即区间"),
        sa.Column("year", sa.Integer(), nullable=False, comment="报告年度"),
        sa.Column(
            "scope",
            sa.Enum("organ", "government", name="scope", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="本机关 organ，本级政府 government",
        ),
        sa.Column(
            "form",
            sa.Enum("2021", "2019", name="form_version", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="表样",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "signed",
                "accepted",
                "returned",
                "published",
                name="report_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column(
            "figures",
            sa.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="三张表的数字，按表样的格序；空为 NULL，金额以分计",
        ),
        sa.Column("compiled", sa.ARRAY(sa.BigInteger()), nullable=True, comment="最近一次汇编得出的数字"),
        sa.Column(
            "edited", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="手工填写的格，重新汇编时不动"
        ),
        sa.Column(
            "facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="第一部分所述的数：填写的与汇编的"
        ),
        sa.Column(
            "sections",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="第一、五、六部分的文字：现文、汇编文、来历",
        ),
        sa.Column(
            "inputs",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="汇总所取的各份报告及其版本，公布时冻结",
        ),
        sa.Column("revision", sa.Integer(), nullable=False, comment="提交版次，未提交为 0"),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=True, comment="最近汇编时间"),
        sa.Column(
            "first_submitted_at", sa.DateTime(timezone=True), nullable=True, comment="首次提交时间（及时与否看它）"
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True, comment="最近提交时间"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True, comment="签发时间"),
        sa.Column("signed_by", sa.String(length=100), nullable=True, comment="签发人姓名（当时）"),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True, comment="审核通过时间"),
        sa.Column("accepted_by", sa.String(length=100), nullable=True, comment="审核人姓名（当时）"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="公布日期"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True, comment="公布的时间"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="最近一次撤下的时间"),
        sa.Column("withdraw_reason", sa.Text(), nullable=True, comment="撤下的理由"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="编制人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="建立时间"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, comment="最近变动时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_annual_report_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_annual_report_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report")),
        sa.UniqueConstraint("unit_id", "year", "scope", name=op.f("uq_annual_report_unit_id_year_scope")),
        comment="政府信息公开工作年度报告",
    )
    op.create_index(
        "ix_annual_report_published",
        "annual_report",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index(op.f("ix_annual_report_state"), "annual_report", ["state"], unique=False)
    op.create_index(op.f("ix_annual_report_year_unit_path"), "annual_report", ["year", "unit_path"], unique=False)
    op.create_table(
        "report_adjustment",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("report_id", sa.Uuid(), nullable=False, comment="年度报告"),
        sa.Column("cell", sa.String(length=64), nullable=False, comment="格"),
        sa.Column("delta", sa.BigInteger(), nullable=False, comment="加减数，金额以分计"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由"),
        sa.Column("made_by", sa.Uuid(), nullable=False, comment="说明人"),
        sa.Column("made_by_name", sa.String(length=100), nullable=False, comment="说明人姓名（当时）"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="说明时间"),
        sa.Column("withdrawn_by_name", sa.String(length=100), nullable=True, comment="撤回人姓名（当时）"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="撤回时间"),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_report_adjustment_made_by")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_adjustment_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_adjustment")),
        comment="汇总与结转的调整行，逐行说明理由",
    )
    op.create_index(op.f("ix_report_adjustment_report_id"), "report_adjustment", ["report_id"], unique=False)
    op.create_table(
        "report_revision",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("report_id", sa.Uuid(), nullable=False, comment="年度报告"),
        sa.Column("number", sa.Integer(), nullable=False, comment="版次"),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="提交时的全部内容"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="提交时间"),
        sa.Column("made_by", sa.Uuid(), nullable=False, comment="提交人"),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_report_revision_made_by")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_revision_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_revision")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_revision_report_id_number")),
        comment="年度报告提交快照，只增不改",
    )
    op.create_table(
        "report_waiver",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("report_id", sa.Uuid(), nullable=False, comment="年度报告"),
        sa.Column("rule", sa.String(length=8), nullable=False, comment="核对规则"),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="涉及的格"),
        sa.Column("sides", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="当时两边的数"),
        sa.Column("message", sa.Text(), nullable=False, comment="当时的发现"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由"),
        sa.Column("made_by", sa.Uuid(), nullable=False, comment="说明人"),
        sa.Column("made_by_name", sa.String(length=100), nullable=False, comment="说明人姓名（当时）"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="说明时间"),
        sa.Column("withdrawn_by_name", sa.String(length=100), nullable=True, comment="撤回人姓名（当时）"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="撤回时间"),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_report_waiver_made_by")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_waiver_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_waiver")),
        comment="核对发现的说明理由",
    )
    op.create_index(op.f("ix_report_waiver_report_id"), "report_waiver", ["report_id"], unique=False)
    op.create_table(
        "zero_declaration",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("report_id", sa.Uuid(), nullable=False, comment="年度报告"),
        sa.Column("group", sa.String(length=32), nullable=False, comment="申报的一组格，如 t3、t2.licensing"),
        sa.Column(
            "before", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="申报前各格的数，撤回时恢复"
        ),
        sa.Column("made_by", sa.Uuid(), nullable=False, comment="申报人"),
        sa.Column("made_by_name", sa.String(length=100), nullable=False, comment="申报人姓名（当时）"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="申报时间"),
        sa.Column("withdrawn_by_name", sa.String(length=100), nullable=True, comment="撤回人姓名（当时）"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="撤回时间"),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_zero_declaration_made_by")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_zero_declaration_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_declaration")),
        comment="本单位无此项业务的申报，可撤回",
    )
    op.create_index(op.f("ix_zero_declaration_report_id"), "zero_declaration", ["report_id"], unique=False)
    _aim_at((*TARGETS, *REPORT_TARGETS))
    op.add_column(
        "review_point", sa.Column("cell", sa.String(length=64), nullable=True, comment="针对的格（年度报告）")
    )


def _aim_at(targets: tuple[str, ...]) -> None:
    name = op.f("ck_review_point_point_target")
    op.drop_constraint(name, "review_point", type_="check")
    listed = ", ".join(f"'{target}'" for target in targets)
    op.create_check_constraint(name, "review_point", f"target IN ({listed})")


def downgrade() -> None:
    op.execute("DELETE FROM review_point WHERE subject_type = 'annual_report'")
    op.execute("DELETE FROM review_step WHERE subject_type = 'annual_report'")
    _aim_at(TARGETS)
    op.drop_column("review_point", "cell")
    op.drop_index(op.f("ix_zero_declaration_report_id"), table_name="zero_declaration")
    op.drop_table("zero_declaration")
    op.drop_index(op.f("ix_report_waiver_report_id"), table_name="report_waiver")
    op.drop_table("report_waiver")
    op.drop_table("report_revision")
    op.drop_index(op.f("ix_report_adjustment_report_id"), table_name="report_adjustment")
    op.drop_table("report_adjustment")
    op.drop_index(op.f("ix_annual_report_year_unit_path"), table_name="annual_report")
    op.drop_index(op.f("ix_annual_report_state"), table_name="annual_report")
    op.drop_index(
        "ix_annual_report_published", table_name="annual_report", postgresql_where=sa.text("state = 'published'")
    )
    op.drop_table("annual_report")
