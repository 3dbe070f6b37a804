"""The functions the policies stand on (行级安全的函数): who acts, said once at the start of each transaction.

``guard.enter`` gives back the caller's live row and sets the context, so that a request needs one round trip to be
known. Everything it sets ends with the transaction; a connection that comes back to the pool knows nothing.
"""

from taizhang.row_security.roles import GOVERNMENT, OF_PERSON, WHOLE

SETTINGS = {"my_user": ("user_id", "uuid"), "my_unit": ("unit_id", "uuid"), "my_scope": ("scope", "text")}

# Without a context the setting is absent, and after a SET LOCAL it is empty: neither is anybody.
_SETTING = """
CREATE FUNCTION guard.{name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(pg_catalog.current_setting('taizhang.{setting}', true), '')::{kind}
"""

_CALLER_TYPE = """
CREATE TYPE guard.caller AS (
    user_id uuid, username text, name text, role text, disabled boolean, token_gen integer,
    must_change_password boolean, unit_id uuid, unit_name text, unit_path text, scope_path text, acts_as text
)
"""

# The scope is the nearest government above the unit, or the unit itself. ``width``: characters of a path segment.
_FIND_CALLER = """
CREATE FUNCTION guard.find_caller(who uuid) RETURNS SETOF guard.caller
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public AS $$
    SELECT u.id, u.username, u.name, u.role, u.disabled, u.token_gen, u.must_change_password,
           unit.id, unit.short_name, unit.path, reach.scope,
           CASE u.role {roles} END
    FROM app_user AS u JOIN unit ON unit.id = u.unit_id
    CROSS JOIN LATERAL (SELECT coalesce((
        SELECT above.path FROM unit AS above
        WHERE above.kind = 'government' AND above.path = ANY (
            SELECT left(unit.path, n) COLLATE "C" FROM generate_series({width}, length(unit.path), {width}) AS n
        ) ORDER BY length(above.path) DESC LIMIT 1
    ), unit.path) AS scope) AS reach
    WHERE u.id = who
$$
"""
_NEAR = "WHEN '{person}' THEN '{role}'"
_FAR = """WHEN '{person}' THEN CASE WHEN EXISTS (SELECT FROM unit AS o WHERE o.path < reach.scope)
               OR EXISTS (SELECT FROM unit AS o WHERE o.path >= reach.scope || '~') THEN '{role}' ELSE '{whole}' END"""

# Not a definer: only the caller of ``set_config`` itself may take a role. No SET clause: it would end with the call.
_ENTER = """
CREATE FUNCTION guard.enter(who uuid) RETURNS SETOF guard.caller LANGUAGE plpgsql ROWS 1 AS $$
DECLARE found guard.caller;
BEGIN
    SELECT * INTO found FROM guard.find_caller(who);
    IF found.user_id IS NOT NULL THEN
        PERFORM pg_catalog.set_config('taizhang.user_id', found.user_id::text, true),
                pg_catalog.set_config('taizhang.unit_id', found.unit_id::text, true),
                pg_catalog.set_config('taizhang.scope', found.scope_path, true),
                pg_catalog.set_config('role', found.acts_as, true);
        RETURN NEXT found;
    END IF;
END $$
"""
_ENTER_AS = """
CREATE FUNCTION guard.enter_as(role_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.set_config('taizhang.user_id', '', true), pg_catalog.set_config('taizhang.unit_id', '', true),
            pg_catalog.set_config('taizhang.scope', '', true), pg_catalog.set_config('role', role_name, true);
END $$
"""
# Numbers about a plan that everybody under it may know, though each unit sees only its own part.
_COUNTS = """
CREATE FUNCTION guard.assignments_of_task(which uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FROM assignment WHERE task_id = which
$$;
CREATE FUNCTION guard.parts_of_plan(which uuid, OUT assignments bigint, OUT units bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*), count(DISTINCT unit_id) FROM assignment WHERE plan_id = which
$$
"""

# Who keeps a view, for those it is shared with: a name, where the accounts of the office are closed to units.
_VIEW_OWNER = """
CREATE FUNCTION guard.owner_of_view(which uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT u.name FROM saved_view AS v JOIN app_user AS u ON u.id = v.user_id
    WHERE v.id = which AND (v.user_id = guard.my_user() OR v.shared AND v.scope_path = guard.my_scope())
$$
"""


def statements(*, segment_width: int) -> list[str]:
    """SQL that makes the functions, in order."""
    roles = "\n           ".join(
        (_FAR if role == GOVERNMENT else _NEAR).format(person=person.value, role=role, whole=WHOLE)
        for person, role in OF_PERSON.items()
    )
    return [
        *(_SETTING.format(name=name, setting=setting, kind=kind) for name, (setting, kind) in SETTINGS.items()),
        _CALLER_TYPE,
        _FIND_CALLER.format(roles=roles, width=segment_width),
        _ENTER,
        _ENTER_AS,
        _COUNTS,
        _VIEW_OWNER,
    ]
