"""Create the ledger: its tables, the role the application acts as, and the guards on what is append-only."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

APP_ROLE = "taizhang_app"
APPEND_ONLY = ("audit_event", "review_step", "submission_revision", "evidence_revision")

# The role is the cluster's, not the database's: another database may use it, so no downgrade drops it.
CREATE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
        CREATE ROLE {APP_ROLE} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
GRANTS = (
    f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
    f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APP_ROLE}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APP_ROLE}",
)
REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只增不改', TG_TABLE_NAME USING ERRCODE = '42501';
END $$
"""
AUDIT_DIGEST = """
CREATE FUNCTION audit_digest(previous bytea, event audit_event, position_in_chain bigint) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array(
        position_in_chain, event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        event.actor_id, event.actor_name, event.role, event.unit_id, event.action, event.subject_type,
        event.subject_id, event.before, event.after, event.outcome, event.request_id
    )::text, 'UTF8'))
$$
"""
# Deferred to the commit, so that the chain's lock is held only for the moment of committing.
AUDIT_SEAL = """
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    head record;
    next_seq bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7210000712);
    SELECT seq, hash INTO head FROM audit_event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    next_seq := coalesce(head.seq, 0) + 1;
    UPDATE audit_event SET seq = next_seq, previous_hash = head.hash, hash = audit_digest(head.hash, NEW, next_seq)
    WHERE id = NEW.id;
    RETURN NULL;
END $$
"""
AUDIT_GUARD = """
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed text[] := ARRAY['seq', 'previous_hash', 'hash'];
BEGIN
    IF OLD.seq IS NULL AND to_jsonb(NEW) - sealed = to_jsonb(OLD) - sealed THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_event 只增不改' USING ERRCODE = '42501';
END $$
"""
AUDIT_VERIFY = """
CREATE FUNCTION audit_verify() RETURNS TABLE (seq bigint, intact boolean, hash bytea) LANGUAGE sql STABLE AS $$
    SELECT chain.seq,
           coalesce(chain.hash = audit_digest(chain.previous, chain.event, chain.place)
               AND chain.previous_hash IS NOT DISTINCT FROM chain.previous AND chain.seq = chain.place, false),
           chain.hash
    FROM (
        SELECT e.seq, e.hash, e.previous_hash, e AS event,
               lag(e.hash) OVER walk AS previous, row_number() OVER walk AS place
        FROM audit_event AS e WINDOW walk AS (ORDER BY e.seq)
    ) AS chain
$$
"""


def guard() -> None:
    """Make what is append-only so for everybody, the owner included."""
    op.execute(CREATE_ROLE)
    for statement in GRANTS:
        op.execute(statement)
    for statement in (REFUSE_CHANGE, AUDIT_DIGEST, AUDIT_SEAL, AUDIT_GUARD, AUDIT_VERIFY):
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}")
        events = "DELETE" if table == "audit_event" else "UPDATE OR DELETE"
        op.execute(
            f"CREATE TRIGGER append_only BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")
    op.execute("CREATE TRIGGER sealed_once BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_guard()")
    op.execute(
        "CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION audit_seal()"
    )


def unguard() -> None:
    """Undo :func:`guard`, but for the role."""
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER append_only ON {table}")
        op.execute(f"DROP TRIGGER never_emptied ON {table}")
    op.execute("DROP TRIGGER seal ON audit_event")
    op.execute("DROP TRIGGER sealed_once ON audit_event")
    op.execute("DROP FUNCTION audit_verify()")
    op.execute("DROP FUNCTION audit_seal()")
    op.execute("DROP FUNCTION audit_guard()")
    op.execute("DROP FUNCTION audit_digest(bytea, audit_event, bigint)")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM {APP_ROLE}"
    )
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE ON SEQUENCES FROM {APP_ROLE}")
    op.execute(f"REVOKE ALL ON alembic_version FROM {APP_ROLE}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {APP_ROLE}")


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("seq", sa.BigInteger(), nullable=True, comment="链上序号，提交时由数据库填写"),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
            comment="发生时间（真实时间）",
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True, comment="操作人"),
        sa.Column("actor_name", sa.String(length=100), nullable=False, comment="操作人姓名与账号（当时）"),
        sa.Column("role", sa.String(length=32), nullable=False, comment="操作人角色（当时）"),
        sa.Column("unit_id", sa.Uuid(), nullable=True, comment="操作人单位"),
        sa.Column("action", sa.String(length=64), nullable=False, comment="动作，如 submission.accept"),
        sa.Column("subject_type", sa.String(length=64), nullable=False, comment="对象类别"),
        sa.Column("subject_id", sa.Uuid(), nullable=True, comment="对象编号"),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="之前"),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="之后"),
        sa.Column("outcome", sa.String(length=16), nullable=False, comment="结果：ok 或 refused"),
        sa.Column("request_id", sa.String(length=64), nullable=True, comment="请求编号"),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=True, comment="前一条的哈希"),
        sa.Column("hash", sa.LargeBinary(), nullable=True, comment="本条哈希（SHA-256）"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_event_seq")),
        comment="审计日志：只增不改，哈希成链",
    )
    op.create_index(op.f("ix_audit_event_action"), "audit_event", ["action"], unique=False)
    op.create_index(op.f("ix_audit_event_actor_id"), "audit_event", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"], unique=False)
    op.create_index(op.f("ix_audit_event_subject_id"), "audit_event", ["subject_id"], unique=False)
    op.create_index(op.f("ix_audit_event_unit_id"), "audit_event", ["unit_id"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="提出请求的用户"),
        sa.Column("key", sa.String(length=64), nullable=False, comment="请求方给出的键"),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="方法、路径与请求体的 SHA-256"),
        sa.Column("status", sa.Integer(), nullable=False, comment="应答状态码"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="应答内容"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="首次请求时间"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_idempotency_key_user_id_key")),
        comment="幂等键：同一创建请求只执行一次",
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "unit",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("code", sa.String(length=32), nullable=False, comment="统一社会信用代码，或本地代码"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="全称"),
        sa.Column("short_name", sa.String(length=100), nullable=False, comment="简称，分解表中的写法"),
        sa.Column(
            "kind",
            sa.Enum(
                "government",
                "office",
                "department",
                "branch",
                "subdistrict",
                "town",
                "zone",
                "other",
                name="unit_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="类别",
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True, comment="上级"),
        sa.Column("path", sa.Text(collation="C"), nullable=False, comment="机构路径（定长分段，按字节序，子树即区间）"),
        sa.Column("position", sa.Integer(), nullable=False, comment="同级次序"),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="存续起日"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="存续止日（含），空为存续"),
        sa.Column("successor_id", sa.Uuid(), nullable=True, comment="承继单位"),
        sa.Column("holds_tasks", sa.Boolean(), nullable=False, comment="是否承担政务公开重点任务"),
        sa.Column("counts_in_report", sa.Boolean(), nullable=False, comment="是否计入本级政府年度报告（编制主体）"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("path", name=op.f("uq_unit_path")),
        comment="责任单位及其上的政府",
    )
    op.create_index(op.f("ix_unit_kind"), "unit", ["kind"], unique=False)
    op.create_index(op.f("ix_unit_name"), "unit", ["name"], unique=False)
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index(op.f("ix_unit_path"), "unit", ["path"], unique=False)
    op.create_index(op.f("ix_unit_short_name"), "unit", ["short_name"], unique=False)
    op.create_table(
        "app_user",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("username", sa.String(length=64), nullable=False, comment="账号"),
        sa.Column("name", sa.String(length=100), nullable=False, comment="姓名"),
        sa.Column(
            "role",
            sa.Enum(
                "reporter",
                "signer",
                "office",
                "auditor",
                "admin",
                "audit",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="角色",
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="所在单位"),
        sa.Column("phone", sa.String(length=32), nullable=True, comment="联系电话"),
        sa.Column("password_hash", sa.String(length=255), nullable=False, comment="口令哈希（argon2id）"),
        sa.Column(
            "password_history", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="最近用过的口令哈希"
        ),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False, comment="口令修改时间"),
        sa.Column("must_change_password", sa.Boolean(), nullable=False, comment="下次登录必须改口令"),
        sa.Column("one_time_until", sa.DateTime(timezone=True), nullable=True, comment="一次性口令的有效期"),
        sa.Column("disabled", sa.Boolean(), nullable=False, comment="停用"),
        sa.Column("token_gen", sa.Integer(), nullable=False, comment="令牌代次：加一即令此前的令牌全部失效"),
        sa.Column("failed_logins", sa.Integer(), nullable=False, comment="连续登录失败次数"),
        sa.Column("locks", sa.Integer(), nullable=False, comment="连续锁定次数，决定锁定时长"),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True, comment="锁定至"),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True, comment="最近登录时间"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="建立时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_app_user_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("username", name=op.f("uq_app_user_username")),
        comment="用户",
    )
    op.create_index(op.f("ix_app_user_unit_id"), "app_user", ["unit_id"], unique=False)
    op.create_table(
        "unit_alias",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="单位"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="别名"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_unit_alias_unit_id_name")),
        comment="单位别名、曾用名",
    )
    op.create_index(op.f("ix_unit_alias_name"), "unit_alias", ["name"], unique=False)
    op.create_index(op.f("ix_unit_alias_unit_id"), "unit_alias", ["unit_id"], unique=False)
    op.create_table(
        "unit_group",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="所属政府"),
        sa.Column("name", sa.String(length=100), nullable=False, comment="统称"),
        sa.Column("kinds", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="所指单位类别"),
        sa.Column("undecided", sa.Boolean(), nullable=False, comment="是否须由人指定（有关…、相关…）"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_group_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_unit_group_unit_id_name")),
        comment="统称与其所指的单位类别",
    )
    op.create_index(op.f("ix_unit_group_unit_id"), "unit_group", ["unit_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="上传单位"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="内容的 SHA-256"),
        sa.Column("name", sa.String(length=255), nullable=False, comment="文件名"),
        sa.Column("size", sa.Integer(), nullable=False, comment="字节数"),
        sa.Column("media_type", sa.String(length=100), nullable=False, comment="按内容识别的类型"),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False, comment="上传人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="上传时间"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_attachment_unit_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["app_user.id"], name=op.f("fk_attachment_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        comment="附件：内容按哈希存放，名称在此",
    )
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_index(op.f("ix_attachment_unit_id"), "attachment", ["unit_id"], unique=False)
    op.create_table(
        "notification",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="收件人"),
        sa.Column(
            "kind", sa.String(length=32), nullable=False, comment="类别：returned、to_sign、to_review、accepted、issued"
        ),
        sa.Column("title", sa.String(length=200), nullable=False, comment="标题"),
        sa.Column("text", sa.Text(), nullable=False, comment="内容"),
        sa.Column("subject_type", sa.String(length=32), nullable=False, comment="所指对象类别"),
        sa.Column("subject_id", sa.Uuid(), nullable=False, comment="所指对象编号"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="时间"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True, comment="阅读时间"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_notification_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        comment="消息",
    )
    op.create_index(op.f("ix_notification_user_id_created_at"), "notification", ["user_id", "created_at"], unique=False)
    op.create_table(
        "plan",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="印发单位"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("title", sa.String(length=300), nullable=False, comment="标题"),
        sa.Column("document_no", sa.String(length=100), nullable=True, comment="文号"),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="印发日期"),
        sa.Column(
            "cycle",
            sa.Enum("month", "quarter", name="cycle", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="填报周期",
        ),
        sa.Column("due_day", sa.Integer(), nullable=False, comment="期后几日前应报"),
        sa.Column("closes_day", sa.Integer(), nullable=False, comment="期后几日关闭"),
        sa.Column(
            "status",
            sa.Enum(
                "draft", "issued", "closed", name="plan_status", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column("copied_from_id", sa.Uuid(), nullable=True, comment="沿用自"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="建立人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="建立时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["copied_from_id"], ["plan.id"], name=op.f("fk_plan_copied_from_id")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_plan_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        comment="年度任务分解表",
    )
    op.create_index(op.f("ix_plan_status"), "plan", ["status"], unique=False)
    op.create_index(op.f("ix_plan_unit_id_year"), "plan", ["unit_id", "year"], unique=False)
    op.create_table(
        "refresh_session",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False, comment="用户"),
        sa.Column("family_id", sa.Uuid(), nullable=False, comment="同一次登录"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="令牌的 SHA-256"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="登录时间（绝对时限由此算）"),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False, comment="本枚签发时间"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, comment="闲置到期时间"),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True, comment="换发时间"),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True, comment="作废时间"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_refresh_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_session_token_hash")),
        comment="登录会话的刷新令牌，每用一次即换",
    )
    op.create_index(op.f("ix_refresh_session_expires_at"), "refresh_session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_refresh_session_family_id"), "refresh_session", ["family_id"], unique=False)
    op.create_index(op.f("ix_refresh_session_user_id"), "refresh_session", ["user_id"], unique=False)
    op.create_table(
        "review_point",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("subject_type", sa.String(length=32), nullable=False, comment="对象类别"),
        sa.Column("subject_id", sa.Uuid(), nullable=False, comment="对象编号"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="针对的提交版次"),
        sa.Column(
            "target",
            sa.Enum(
                "whole",
                "progress",
                "measures",
                "problems",
                "next_steps",
                "duty",
                "evidence",
                name="point_target",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="针对的部分",
        ),
        sa.Column("target_id", sa.Uuid(), nullable=True, comment="针对的要求或材料"),
        sa.Column(
            "reason",
            sa.Enum(
                "no_evidence",
                "off_topic",
                "not_specific",
                "figures",
                "late_date",
                "other",
                name="point_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="退回原因",
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="具体意见"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="请于何日前补正"),
        sa.Column("raised_by", sa.Uuid(), nullable=False, comment="提出人"),
        sa.Column("raised_by_name", sa.String(length=100), nullable=False, comment="提出人姓名（当时）"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False, comment="提出时间"),
        sa.Column("answer", sa.Text(), nullable=True, comment="答复"),
        sa.Column("answered_by", sa.Uuid(), nullable=True, comment="答复人"),
        sa.Column("answered_by_name", sa.String(length=100), nullable=True, comment="答复人姓名（当时）"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True, comment="答复时间"),
        sa.ForeignKeyConstraint(["answered_by"], ["app_user.id"], name=op.f("fk_review_point_answered_by")),
        sa.ForeignKeyConstraint(["raised_by"], ["app_user.id"], name=op.f("fk_review_point_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_point")),
        comment="退回要点，逐条答复",
    )
    op.create_index(
        op.f("ix_review_point_subject_id_raised_at"), "review_point", ["subject_id", "raised_at"], unique=False
    )
    op.create_table(
        "review_step",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("subject_type", sa.String(length=32), nullable=False, comment="对象类别"),
        sa.Column("subject_id", sa.Uuid(), nullable=False, comment="对象编号"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="当时的提交版次"),
        sa.Column("action", sa.String(length=32), nullable=False, comment="动作"),
        sa.Column("from_state", sa.String(length=32), nullable=False, comment="之前状态"),
        sa.Column("to_state", sa.String(length=32), nullable=False, comment="之后状态"),
        sa.Column("actor_id", sa.Uuid(), nullable=False, comment="操作人"),
        sa.Column("actor_name", sa.String(length=100), nullable=False, comment="操作人姓名（当时）"),
        sa.Column("unit_name", sa.String(length=200), nullable=False, comment="操作人单位（当时）"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="时间"),
        sa.Column("reason", sa.Text(), nullable=True, comment="理由或附言"),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_review_step_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
        comment="流转记录，只增不改",
    )
    op.create_index(op.f("ix_review_step_subject_id_at"), "review_step", ["subject_id", "at"], unique=False)
    op.create_table(
        "evidence",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="所属单位"),
        sa.Column("title", sa.String(length=300), nullable=False, comment="标题"),
        sa.Column("document_no", sa.String(length=100), nullable=True, comment="文号或索引号"),
        sa.Column("formed_on", sa.Date(), nullable=True, comment="形成日期"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="公开日期"),
        sa.Column("channel", sa.String(length=100), nullable=True, comment="公开渠道"),
        sa.Column("url", sa.String(length=2000), nullable=True, comment="链接"),
        sa.Column("attachment_id", sa.Uuid(), nullable=True, comment="文件"),
        sa.Column(
            "openness",
            sa.Enum(
                "open", "on_request", "closed", name="openness", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
            comment="公开属性",
        ),
        sa.Column("secrecy_checked", sa.Boolean(), nullable=False, comment="是否经保密审查"),
        sa.Column("note", sa.Text(), nullable=True, comment="说明"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="登记人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="登记时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_evidence_attachment_id")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_evidence_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        comment="佐证材料",
    )
    op.create_index(op.f("ix_evidence_attachment_id"), "evidence", ["attachment_id"], unique=False)
    op.create_index(op.f("ix_evidence_unit_id"), "evidence", ["unit_id"], unique=False)
    op.create_table(
        "period",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="分解表"),
        sa.Column("position", sa.Integer(), nullable=False, comment="序号"),
        sa.Column("label", sa.String(length=32), nullable=False, comment="名称，如 2023年9月"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="期起"),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="期止"),
        sa.Column("opens_on", sa.Date(), nullable=False, comment="开放填报日"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="应报日（含）"),
        sa.Column("closes_on", sa.Date(), nullable=False, comment="关闭日（含）"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_period_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_period_plan_id_position")),
        comment="填报周期",
    )
    op.create_table(
        "plan_import",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="印发单位"),
        sa.Column("file_name", sa.String(length=255), nullable=False, comment="文件名"),
        sa.Column("format", sa.String(length=16), nullable=False, comment="格式"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="文件的 SHA-256"),
        sa.Column(
            "state",
            sa.Enum("draft", "committed", name="import_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="状态",
        ),
        sa.Column("title", sa.String(length=300), nullable=False, comment="标题"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("document_no", sa.String(length=100), nullable=True, comment="文号"),
        sa.Column("issuer_text", sa.String(length=200), nullable=True, comment="落款单位"),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="印发日期"),
        sa.Column("draft", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="行、问题与原文"),
        sa.Column("plan_id", sa.Uuid(), nullable=True, comment="成为的分解表"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="导入人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="导入时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_plan_import_created_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_import_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_import_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_import")),
        comment="分解表导入草稿",
    )
    op.create_index(op.f("ix_plan_import_unit_id_created_at"), "plan_import", ["unit_id", "created_at"], unique=False)
    op.create_table(
        "task",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="分解表"),
        sa.Column("position", sa.Integer(), nullable=False, comment="序号"),
        sa.Column("category", sa.String(length=200), nullable=False, comment="类别"),
        sa.Column("subcategory", sa.String(length=200), nullable=True, comment="二级类别"),
        sa.Column("title", sa.String(length=300), nullable=False, comment="任务名称"),
        sa.Column("content", sa.Text(), nullable=False, comment="具体任务内容"),
        sa.Column("assignees_text", sa.Text(), nullable=False, comment="责任单位栏原文"),
        sa.Column("upstream_task_id", sa.Uuid(), nullable=True, comment="上级分解表中的任务"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_plan_id")),
        sa.ForeignKeyConstraint(["upstream_task_id"], ["task.id"], name=op.f("fk_task_upstream_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_task_plan_id_position")),
        comment="任务：分解表的一行",
    )
    op.create_table(
        "assignment",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="分解表"),
        sa.Column("task_id", sa.Uuid(), nullable=False, comment="任务"),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="单位"),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "support",
                "responsible",
                name="assignment_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="分工",
        ),
        sa.Column("phrase", sa.String(length=300), nullable=False, comment="责任单位栏中的措辞"),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "in_progress",
                "continuing",
                "completed",
                name="assignment_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column("due_on", sa.Date(), nullable=True, comment="尚未完成的要求中最早的时限"),
        sa.Column("completed_on", sa.Date(), nullable=True, comment="完成日期"),
        sa.Column("was_late", sa.Boolean(), nullable=False, comment="曾有要求逾期完成"),
        sa.Column("report_period_id", sa.Uuid(), nullable=True, comment="下一个应报周期"),
        sa.Column("report_due_on", sa.Date(), nullable=True, comment="下一个应报周期的应报日"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id")),
        sa.ForeignKeyConstraint(["report_period_id"], ["period.id"], name=op.f("fk_assignment_report_period_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_assignment_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_assignment_task_id_unit_id")),
        comment="责任分工",
    )
    op.create_index(op.f("ix_assignment_due_on"), "assignment", ["due_on"], unique=False)
    op.create_index(op.f("ix_assignment_plan_id_state"), "assignment", ["plan_id", "state"], unique=False)
    op.create_index(op.f("ix_assignment_report_due_on"), "assignment", ["report_due_on"], unique=False)
    op.create_index(op.f("ix_assignment_unit_id_plan_id"), "assignment", ["unit_id", "plan_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("task_id", sa.Uuid(), nullable=False, comment="任务"),
        sa.Column("position", sa.Integer(), nullable=False, comment="序号"),
        sa.Column("text", sa.Text(), nullable=False, comment="原文"),
        sa.Column("start", sa.Integer(), nullable=False, comment="在任务内容中的起点（字）"),
        sa.Column("end", sa.Integer(), nullable=False, comment="在任务内容中的终点（字，不含）"),
        sa.Column(
            "kind",
            sa.Enum(
                "date",
                "event",
                "ratio",
                "count",
                "period",
                "setup",
                "continuous",
                "conditional",
                "ban",
                name="duty_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="类型",
        ),
        sa.Column("due_on", sa.Date(), nullable=True, comment="完成时限"),
        sa.Column("within", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="触发后多久：数量与单位"),
        sa.Column(
            "threshold", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="门槛：比较、数值与单位"
        ),
        sa.Column("per", sa.String(length=16), nullable=True, comment="每何周期"),
        sa.Column("trigger", sa.String(length=200), nullable=True, comment="触发事件"),
        sa.Column("register_slug", sa.String(length=64), nullable=True, comment="由哪本专项台账佐证"),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=True, comment="专责单位（非全体责任单位时）"),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name=op.f("fk_duty_owner_unit_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_duty_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("task_id", "position", name=op.f("uq_duty_task_id_position")),
        comment="可核验的要求",
    )
    op.create_table(
        "evidence_revision",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("evidence_id", sa.Uuid(), nullable=False, comment="佐证材料"),
        sa.Column("version", sa.Integer(), nullable=False, comment="版本号"),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="当时内容"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="被替换的时间"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_revision_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_revision")),
        sa.UniqueConstraint("evidence_id", "version", name=op.f("uq_evidence_revision_evidence_id_version")),
        comment="佐证材料旧版，只增不改",
    )
    op.create_index(op.f("ix_evidence_revision_evidence_id"), "evidence_revision", ["evidence_id"], unique=False)
    op.create_table(
        "late_permit",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("assignment_id", sa.Uuid(), nullable=False, comment="责任分工"),
        sa.Column("period_id", sa.Uuid(), nullable=False, comment="填报周期"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由"),
        sa.Column("granted_by", sa.Uuid(), nullable=False, comment="批准人"),
        sa.Column("granted_by_name", sa.String(length=100), nullable=False, comment="批准人姓名（当时）"),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False, comment="批准时间"),
        sa.Column("until", sa.Date(), nullable=False, comment="补报截止日（含）"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_late_permit_assignment_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["app_user.id"], name=op.f("fk_late_permit_granted_by")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_late_permit_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_permit")),
        sa.UniqueConstraint("assignment_id", "period_id", name=op.f("uq_late_permit_assignment_id_period_id")),
        comment="补报许可",
    )
    op.create_table(
        "submission",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("assignment_id", sa.Uuid(), nullable=False, comment="责任分工"),
        sa.Column("period_id", sa.Uuid(), nullable=False, comment="填报周期"),
        sa.Column("unit_id", sa.Uuid(), nullable=False, comment="单位"),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "signed",
                "accepted",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="状态",
        ),
        sa.Column("progress", sa.Text(), nullable=False, comment="进展情况"),
        sa.Column("measures", sa.Text(), nullable=False, comment="工作措施"),
        sa.Column("problems", sa.Text(), nullable=False, comment="存在问题"),
        sa.Column("next_steps", sa.Text(), nullable=False, comment="下步打算"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="提交版次，未提交为 0"),
        sa.Column(
            "first_submitted_at", sa.DateTime(timezone=True), nullable=True, comment="首次提交时间（及时与否看它）"
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True, comment="最近提交时间"),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True, comment="审核通过时间"),
        sa.Column("created_by", sa.Uuid(), nullable=False, comment="填报人"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="建立时间"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False, comment="版本号（乐观锁，即 ETag）"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_submission_assignment_id")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_submission_created_by")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_submission_period_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_submission_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("assignment_id", "period_id", name=op.f("uq_submission_assignment_id_period_id")),
        comment="一期进展填报",
    )
    op.create_index(op.f("ix_submission_period_id"), "submission", ["period_id"], unique=False)
    op.create_index(op.f("ix_submission_state"), "submission", ["state"], unique=False)
    op.create_index(op.f("ix_submission_unit_id_state"), "submission", ["unit_id", "state"], unique=False)
    op.create_table(
        "claim",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("submission_id", sa.Uuid(), nullable=False, comment="填报"),
        sa.Column("duty_id", sa.Uuid(), nullable=False, comment="要求"),
        sa.Column(
            "outcome",
            sa.Enum(
                "met",
                "partly",
                "not_met",
                "ongoing",
                "not_applicable",
                name="claim_outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="申报结果",
        ),
        sa.Column("value", sa.Float(), nullable=True, comment="数值（门槛类要求）"),
        sa.Column("done_on", sa.Date(), nullable=True, comment="完成日期"),
        sa.Column("note", sa.Text(), nullable=True, comment="说明"),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_claim_duty_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_claim_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("submission_id", "duty_id", name=op.f("uq_claim_submission_id_duty_id")),
        comment="对一条要求的申报",
    )
    op.create_index(op.f("ix_claim_duty_id"), "claim", ["duty_id"], unique=False)
    op.create_table(
        "submission_evidence",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("submission_id", sa.Uuid(), nullable=False, comment="填报"),
        sa.Column("evidence_id", sa.Uuid(), nullable=False, comment="佐证材料"),
        sa.Column("duty_id", sa.Uuid(), nullable=True, comment="证明哪条要求，空为整体"),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_submission_evidence_duty_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_submission_evidence_evidence_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_evidence_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_evidence")),
        sa.UniqueConstraint(
            "submission_id",
            "evidence_id",
            "duty_id",
            name=op.f("uq_submission_evidence_submission_id_evidence_id_duty_id"),
            postgresql_nulls_not_distinct=True,
        ),
        comment="填报所附佐证",
    )
    op.create_index(op.f("ix_submission_evidence_evidence_id"), "submission_evidence", ["evidence_id"], unique=False)
    op.create_table(
        "submission_revision",
        sa.Column(
            "id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False, comment="主键（UUIDv7，由数据库生成）"
        ),
        sa.Column("submission_id", sa.Uuid(), nullable=False, comment="填报"),
        sa.Column("number", sa.Integer(), nullable=False, comment="版次"),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="提交时的全部内容"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="提交时间"),
        sa.Column("made_by", sa.Uuid(), nullable=False, comment="提交人"),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_submission_revision_made_by")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_revision_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_revision")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_submission_revision_submission_id_number")),
        comment="提交快照，只增不改",
    )
    guard()


def downgrade() -> None:
    unguard()
    op.drop_table("submission_revision")
    op.drop_index(op.f("ix_submission_evidence_evidence_id"), table_name="submission_evidence")
    op.drop_table("submission_evidence")
    op.drop_index(op.f("ix_claim_duty_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("ix_submission_unit_id_state"), table_name="submission")
    op.drop_index(op.f("ix_submission_state"), table_name="submission")
    op.drop_index(op.f("ix_submission_period_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_table("late_permit")
    op.drop_index(op.f("ix_evidence_revision_evidence_id"), table_name="evidence_revision")
    op.drop_table("evidence_revision")
    op.drop_table("duty")
    op.drop_index(op.f("ix_assignment_unit_id_plan_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_report_due_on"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_plan_id_state"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_due_on"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("task")
    op.drop_index(op.f("ix_plan_import_unit_id_created_at"), table_name="plan_import")
    op.drop_table("plan_import")
    op.drop_table("period")
    op.drop_index(op.f("ix_evidence_unit_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_attachment_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_review_step_subject_id_at"), table_name="review_step")
    op.drop_table("review_step")
    op.drop_index(op.f("ix_review_point_subject_id_raised_at"), table_name="review_point")
    op.drop_table("review_point")
    op.drop_index(op.f("ix_refresh_session_user_id"), table_name="refresh_session")
    op.drop_index(op.f("ix_refresh_session_family_id"), table_name="refresh_session")
    op.drop_index(op.f("ix_refresh_session_expires_at"), table_name="refresh_session")
    op.drop_table("refresh_session")
    op.drop_index(op.f("ix_plan_unit_id_year"), table_name="plan")
    op.drop_index(op.f("ix_plan_status"), table_name="plan")
    op.drop_table("plan")
    op.drop_index(op.f("ix_notification_user_id_created_at"), table_name="notification")
    op.drop_table("notification")
    op.drop_index(op.f("ix_attachment_unit_id"), table_name="attachment")
    op.drop_index(op.f("ix_attachment_sha256"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index(op.f("ix_unit_group_unit_id"), table_name="unit_group")
    op.drop_table("unit_group")
    op.drop_index(op.f("ix_unit_alias_unit_id"), table_name="unit_alias")
    op.drop_index(op.f("ix_unit_alias_name"), table_name="unit_alias")
    op.drop_table("unit_alias")
    op.drop_index(op.f("ix_app_user_unit_id"), table_name="app_user")
    op.drop_table("app_user")
    op.drop_index(op.f("ix_unit_short_name"), table_name="unit")
    op.drop_index(op.f("ix_unit_path"), table_name="unit")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_name"), table_name="unit")
    op.drop_index(op.f("ix_unit_kind"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index(op.f("ix_audit_event_unit_id"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_subject_id"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_at"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_actor_id"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_action"), table_name="audit_event")
    op.drop_table("audit_event")
