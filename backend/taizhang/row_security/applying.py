"""Writing the row-level security into a database (行级安全的落库): after every migration, whole, from the data.

Kept out of the numbered migrations because it follows from the code as it is, like a view; a fingerprint of it stands
in the database, so that it is written only when something changed and so that ``doctor`` can tell.
"""

import hashlib
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from taizhang.core.database import APP_ROLE
from taizhang.row_security import functions, roles
from taizhang.row_security.tables import TABLES, UNGUARDED, WRITE, Rows, Shares
from taizhang.units.rules import SEGMENT_WIDTH

EVERYBODY = tuple(roles.COMMENTS)

# Another database of the cluster may use a role, and may be making it at this moment: none is ever dropped.
_CREATE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN;
        COMMENT ON ROLE {role} IS '{comment}';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = '{role}'::regrole AND member = '{app}'::regrole) THEN
        GRANT {role} TO {app} WITH INHERIT FALSE, SET TRUE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
# One at a time in the whole cluster: roles are shared by its databases.
_ROLES_LOCK = "SELECT pg_advisory_xact_lock(7210000713)"

_TABLES_HERE = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
    "AND NOT relispartition ORDER BY relname"
)
_OUR_POLICIES = text(
    "SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass) FROM pg_policy "
    "UNION ALL SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', oid::regclass) "
    "FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
)
_FINGERPRINT = text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'guard'")


def fingerprint() -> str:
    """What of the row-level security this code would write."""
    written = [*_functions(), *(line for name, shares in TABLES.items() for line in _table(name, shares))]
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def found(connection: Connection) -> str | None:
    """The fingerprint of what a database has, or None."""
    kept: str | None = connection.execute(_FINGERPRINT).scalar()
    return kept


def apply(connection: Connection) -> None:
    """Write it for the tables there are, in the caller's transaction."""
    lift(connection)
    connection.exec_driver_sql(_ROLES_LOCK)
    for statement in [*_roles(), *_functions(), *_open_schema()]:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    here = list(connection.execute(_TABLES_HERE).scalars())
    for name in here:
        for statement in _table(name, TABLES[name]) if name in TABLES else _unguarded(name):
            connection.exec_driver_sql(statement.replace("%", "%%"))
    connection.exec_driver_sql(f"COMMENT ON SCHEMA guard IS '{fingerprint()}'")


def lift(connection: Connection) -> None:
    """Take it away: before a downgrade, which must not meet a policy on what it drops, and before writing it anew."""
    for statement in connection.execute(_OUR_POLICIES).scalars().all():
        connection.exec_driver_sql(statement.replace("%", "%%"))
    connection.exec_driver_sql("DROP SCHEMA IF EXISTS guard CASCADE")
    known = connection.execute(
        text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"), {"names": list(EVERYBODY)}
    ).scalars()
    if names := ", ".join(known):
        connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {names}")
        connection.exec_driver_sql(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {names}")
        connection.exec_driver_sql(f"REVOKE ALL ON SCHEMA public FROM {names}")


def _roles() -> Iterator[str]:
    for role, comment in roles.COMMENTS.items():
        yield _CREATE_ROLE.format(role=role, comment=comment, app=APP_ROLE)


def _functions() -> list[str]:
    return ["CREATE SCHEMA guard", *functions.statements(segment_width=SEGMENT_WIDTH)]


def _open_schema() -> Iterator[str]:
    everybody = ", ".join([APP_ROLE, *EVERYBODY])
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA guard FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA guard TO {everybody}"
    yield f"GRANT USAGE ON SCHEMA public TO {', '.join(EVERYBODY)}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA guard TO {everybody}"


def _table(name: str, shares: Shares) -> Iterator[str]:
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    # The owner migrates, and its functions count and seal; it never serves a request.
    yield f"CREATE POLICY owner ON {name} TO CURRENT_USER USING (true)"
    for role, rows in {**shares.of, roles.SYSTEM: Rows("true", shares.system)}.items():
        yield f"GRANT {rows.may} ON {name} TO {role}"
        yield from _policies(name, role, rows)


def _policies(name: str, role: str, rows: Rows) -> Iterator[str]:
    label = role.removeprefix("taizhang_")
    if rows.written is None:
        yield f"CREATE POLICY {label} ON {name} TO {role} USING ({rows.seen})"
        return
    yield f"CREATE POLICY {label}_reads ON {name} FOR SELECT TO {role} USING ({rows.seen})"
    for command in ("INSERT", "UPDATE", "DELETE"):
        if command in rows.may:
            verb, clause = f"{label}_{command.lower()}s", "WITH CHECK" if command == "INSERT" else "USING"
            yield f"CREATE POLICY {verb} ON {name} FOR {command} TO {role} {clause} ({rows.written})"


def _unguarded(name: str) -> Iterator[str]:
    if name == "alembic_version":
        yield f"GRANT SELECT ON {name} TO {', '.join(EVERYBODY)}"
    elif name.startswith(UNGUARDED):
        yield f"GRANT {WRITE} ON {name} TO {roles.SYSTEM}"
        yield f"GRANT USAGE ON SEQUENCE {name}_id_seq TO {roles.SYSTEM}"


def undeclared(tables: Mapping[str, object]) -> list[str]:
    """Tables nothing is said about: closed to everybody, and surely forgotten."""
    return sorted(name for name in tables if name not in TABLES and not name.startswith(UNGUARDED))
