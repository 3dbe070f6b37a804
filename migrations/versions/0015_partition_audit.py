"""Partition the audit log by month, so that years of it stay quick and whole months can be put away."""

from collections.abc import Sequence

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXED = ("action", "actor_id", "at", "subject_id", "unit_id")

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
AUDIT_SEAL = """
CREATE OR REPLACE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    head record;
    next_seq bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7210000712);
    SELECT seq, hash INTO head FROM audit_event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    next_seq := coalesce(head.seq, 0) + 1;
    UPDATE audit_event SET seq = next_seq, previous_hash = head.hash, hash = audit_digest(head.hash, NEW, next_seq)
    WHERE id = NEW.id{same_month};
    RETURN NULL;
END $$
"""
# What was put away is told by an event of the chain itself: where it ended, and with which hash.
AUDIT_VERIFY = """
CREATE FUNCTION audit_verify() RETURNS TABLE (seq bigint, intact boolean, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH before AS (
        SELECT (e.after ->> 'last_seq')::bigint AS last_seq, decode(e.after ->> 'last_hash', 'hex') AS last_hash
        FROM audit_event AS e WHERE e.action = 'audit.archive' ORDER BY e.seq DESC LIMIT 1
    )
    SELECT chain.seq,
           coalesce(chain.hash = audit_digest(chain.previous, chain.event, chain.place)
               AND chain.previous_hash IS NOT DISTINCT FROM chain.previous AND chain.seq = chain.place, false),
           chain.hash
    FROM (
        SELECT e.seq, e.hash, e.previous_hash, e AS event,
               coalesce(lag(e.hash) OVER walk, (SELECT last_hash FROM before)) AS previous,
               coalesce((SELECT last_seq FROM before), 0) + row_number() OVER walk AS place
        FROM audit_event AS e WINDOW walk AS (ORDER BY e.seq)
    ) AS chain
$$
"""
AUDIT_VERIFY_WHOLE = """
CREATE FUNCTION audit_verify() RETURNS TABLE (seq bigint, intact boolean, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
# Months are UTC. Rows of a month nobody prepared stay in the default partition, so that no write is ever refused.
PREPARE_MONTHS = """
CREATE FUNCTION audit_prepare_months(first date, last date) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    month timestamptz;
    next_month timestamptz;
    name text;
    made integer := 0;
BEGIN
    IF last > first + interval '20 years' THEN
        RAISE EXCEPTION '一次至多准备二十年' USING ERRCODE = '22023';
    END IF;
    FOR month IN SELECT g AT TIME ZONE 'UTC' FROM
        generate_series(date_trunc('month', first::timestamp), last::timestamp, interval '1 month') AS g
    LOOP
        next_month := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
        name := 'm' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
        CONTINUE WHEN to_regclass('audit_months.' || name) IS NOT NULL
            OR EXISTS (SELECT FROM audit_months.rest WHERE at >= month AND at < next_month);
        EXECUTE format('CREATE TABLE audit_months.%I PARTITION OF public.audit_event FOR VALUES FROM (%L) TO (%L)',
                       name, month, next_month);
        EXECUTE format('COMMENT ON TABLE audit_months.%I IS %L', name, '审计日志的一个月');
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_months.%I '
                       'EXECUTE FUNCTION public.refuse_change()', name);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$
"""


def upgrade() -> None:
    _unguard()
    op.execute("ALTER TABLE audit_event RENAME TO audit_event_before")
    op.execute("CREATE SCHEMA audit_months")
    op.execute(
        "CREATE TABLE audit_event (LIKE audit_event_before INCLUDING DEFAULTS INCLUDING COMMENTS) "
        "PARTITION BY RANGE (at)"
    )
    op.execute("CREATE TABLE audit_months.rest PARTITION OF audit_event DEFAULT")
    op.execute("CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_months.rest EXECUTE FUNCTION refuse_change()")
    op.execute(PREPARE_MONTHS)
    op.execute(
        "SELECT audit_prepare_months((SELECT least(min(at), now()) FROM audit_event_before)::date, "
        "(now() + interval '3 months')::date)"
    )
    _move()
    op.execute("ALTER TABLE audit_event ADD CONSTRAINT pk_audit_event PRIMARY KEY (id, at)")
    op.execute("ALTER TABLE audit_event ADD CONSTRAINT uq_audit_event_seq UNIQUE (seq, at)")
    _guard(AUDIT_SEAL.format(same_month=" AND at = NEW.at"), AUDIT_VERIFY)


def downgrade() -> None:
    _unguard()
    op.execute("ALTER TABLE audit_event RENAME TO audit_event_before")
    op.execute("CREATE TABLE audit_event (LIKE audit_event_before INCLUDING DEFAULTS INCLUDING COMMENTS)")
    _move()
    op.execute("ALTER TABLE audit_event ADD CONSTRAINT pk_audit_event PRIMARY KEY (id)")
    op.execute("ALTER TABLE audit_event ADD CONSTRAINT uq_audit_event_seq UNIQUE (seq)")
    op.execute("DROP FUNCTION audit_prepare_months(date, date)")
    op.execute("DROP SCHEMA audit_months")
    _guard(AUDIT_SEAL.format(same_month=""), AUDIT_VERIFY_WHOLE)


def _unguard() -> None:
    for trigger in ("append_only", "never_emptied", "sealed_once", "seal"):
        op.execute(f"DROP TRIGGER {trigger} ON audit_event")
    op.execute("DROP FUNCTION audit_verify()")
    op.execute("DROP FUNCTION audit_digest(bytea, audit_event, bigint)")


def _move() -> None:
    op.execute("INSERT INTO audit_event SELECT * FROM audit_event_before")
    op.execute("DROP TABLE audit_event_before")
    op.execute("COMMENT ON TABLE audit_event IS '审计日志：只增不改，哈希成链'")
    for column in INDEXED:
        op.execute(f"CREATE INDEX ix_audit_event_{column} ON audit_event ({column})")


def _guard(seal: str, verify: str) -> None:
    for statement in (AUDIT_DIGEST, seal, verify):
        op.execute(statement)
    op.execute("CREATE TRIGGER append_only BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    op.execute("CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION refuse_change()")
    op.execute("CREATE TRIGGER sealed_once BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_guard()")
    op.execute(
        "CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION audit_seal()"
    )
