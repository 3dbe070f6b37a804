"""What each table shows to each role, and who may write it: one entry a table (逐表的行级安全).

To protect a new table, add one line to ``TABLES``; a table without one is closed to everybody, and a test says so.
``of_unit()`` is the line for what belongs to a unit, ``of_unit_alone()`` for what it has in hand and shows to nobody,
``of_parent("submission")`` for the parts of such a thing, ``of_person()`` for what is
one person's, ``shared()`` for what is nobody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from taizhang.row_security.roles import ADMIN, AUDIT, AUTH, GOVERNMENT, PEOPLE, PUBLIC, UNIT, WHOLE

READ, APPEND, CHANGE, WRITE = "SELECT", "SELECT, INSERT", "SELECT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"

# Wrapped in a SELECT each is computed once a statement, not once a row.
MY_USER = "(SELECT guard.my_user())"
MY_UNIT = "(SELECT guard.my_unit())"
MY_SCOPE = "(SELECT guard.my_scope())"


def below(path: str) -> str:
    """SQL: a unit path lies within the caller's government."""
    return f"{path} >= {MY_SCOPE} AND {path} < {MY_SCOPE} || '~'"


@dataclass(frozen=True)
class Rows:
    """One role's share of a table: the rows it reads, what it may do to them, and which rows it may write."""

    seen: str
    may: str = READ
    written: str | None = None
    """SQL condition on what is written; where it is None, what may be seen may be written."""


@dataclass(frozen=True)
class Shares:
    """A table's rows by role. The system role has them all."""

    of: Mapping[str, Rows]
    system: str = WRITE


def of_unit(
    column: str = "unit_id", *, path: str | None = None, unit: str = WRITE, office: str = CHANGE, system: str = WRITE
) -> Shares:
    """What belongs to a unit: its own people see it, and the offices above them.

    ``path`` names the column with the unit's path, where the table has one: it spares the offices a look at ``unit``.
    """
    above = below(path) if path else _exists("unit", f"parent.id = {column} AND {below('parent.path')}")
    return Shares(
        {
            UNIT: Rows(f"{column} = {MY_UNIT}", unit),
            GOVERNMENT: Rows(above, office),
            WHOLE: Rows("true", office),
        },
        system,
    )


def of_unit_alone(column: str = "unit_id") -> Shares:
    """What a unit has in hand and shows to nobody, not even the office above it; the office has its own likewise."""
    return Shares({role: Rows(f"{column} = {MY_UNIT}", WRITE) for role in (UNIT, GOVERNMENT, WHOLE)})


def of_government(column: str = "unit_id", *, office: str = WRITE) -> Shares:
    """What an office keeps for its government and units do not see."""
    above = _exists("unit", f"parent.id = {column} AND {below('parent.path')}")
    return Shares({GOVERNMENT: Rows(above, office), WHOLE: Rows("true", office)})


def of_parent(
    *parents: str, column: str | None = None, unit: str = WRITE, office: str = WRITE, system: str = WRITE
) -> Shares:
    """Parts of something: seen by whoever sees the whole, written by whoever may."""
    key = column or f"{parents[0]}_id"
    seen = " OR ".join(_exists(parent, f"parent.id = {key}") for parent in parents)
    return Shares({UNIT: Rows(seen, unit), GOVERNMENT: Rows(seen, office), WHOLE: Rows("true", office)}, system)


def of_person(column: str = "user_id", *, may: str = WRITE, extra: Mapping[str, Rows] | None = None) -> Shares:
    """What is one person's and nobody else's."""
    return Shares({role: Rows(f"{column} = {MY_USER}", may) for role in PEOPLE} | dict(extra or {}))


def shared(*writers: str) -> Shares:
    """What everybody reads."""
    return Shares({role: Rows("true", WRITE if role in writers else READ) for role in PEOPLE})


def _exists(table: str, condition: str) -> str:
    return f"EXISTS (SELECT FROM public.{table} AS parent WHERE {condition})"


# A unit, and those above it up to the root: whose names and issued plans the people of a government read.
_REACHED = f"({below('path')}) OR starts_with({MY_SCOPE}, path)"
_OF_PLAN = (
    "EXISTS (SELECT FROM public.plan AS p JOIN public.unit AS u ON u.id = p.unit_id "
    f"WHERE p.id = {{plan}} AND {below('u.path')})"
)
_ISSUER = "EXISTS (SELECT FROM public.unit AS u WHERE u.id = plan.unit_id{})"


def _units() -> Shares:
    keepers = {GOVERNMENT: WRITE, ADMIN: WRITE}
    reached = {role: Rows(_REACHED, keepers.get(role, READ), below("path")) for role in PEOPLE}
    return Shares(reached | {WHOLE: Rows("true", WRITE), AUTH: Rows("true")})


def _of_units() -> Shares:
    seen = _exists("unit", "parent.id = unit_id")
    kept = _exists("unit", f"parent.id = unit_id AND {below('parent.path')}")
    shares = {role: Rows(seen, WRITE if role in (GOVERNMENT, ADMIN) else READ, kept) for role in PEOPLE}
    return Shares(shares | {WHOLE: Rows("true", WRITE)})


def _people() -> Shares:
    own, below_me = f"id = {MY_USER}", _exists("unit", f"parent.id = unit_id AND {below('parent.path')}")
    return Shares(
        {
            UNIT: Rows(f"unit_id = {MY_UNIT}", CHANGE, own),
            GOVERNMENT: Rows(below_me, CHANGE, own),
            WHOLE: Rows("true", CHANGE, own),
            ADMIN: Rows(below_me, WRITE),
            AUDIT: Rows(own, CHANGE),
            AUTH: Rows("true", CHANGE),
        }
    )


def _plans() -> Shares:
    issued = "status <> 'draft'"
    seen = _ISSUER.format(f" AND ({issued} OR ({below('u.path')}))")
    return Shares(
        {
            UNIT: Rows(f"{issued} AND {_ISSUER.format('')}"),
            GOVERNMENT: Rows(seen, WRITE, _ISSUER.format(f" AND {below('u.path')}")),
            WHOLE: Rows("true", WRITE),
        }
    )


def _of_plan(parent: str, column: str, plan: str) -> Shares:
    seen = _exists(parent, f"parent.id = {column}")
    return Shares(
        {
            UNIT: Rows(seen),
            GOVERNMENT: Rows(seen, WRITE, _OF_PLAN.format(plan=plan)),
            WHOLE: Rows("true", WRITE),
        }
    )


def _messages() -> Shares:
    """Read by their reader, written by whoever sees that reader."""
    mine, anyone = f"user_id = {MY_USER}", _exists("app_user", "parent.id = user_id")
    return Shares({role: Rows(mine, WRITE, anyone) for role in PEOPLE})


def _views() -> Shares:
    """One's own, and what the office of one's government shares."""
    mine = f"user_id = {MY_USER}"
    return Shares({role: Rows(f"{mine} OR (shared AND scope_path = {MY_SCOPE})", WRITE, mine) for role in PEOPLE})


def _events() -> Shares:
    """Everybody adds their own; the auditors of a government read what its people did."""
    mine = f"actor_id = {MY_USER}"
    read = "actor_id IS NULL OR " + _exists("unit", f"parent.id = unit_id AND {below('parent.path')}")
    shares = {role: Rows(mine, APPEND) for role in PEOPLE}
    return Shares(shares | {AUDIT: Rows(read, APPEND, mine), AUTH: Rows("actor_id IS NULL", APPEND)}, system=APPEND)


_DUTY_PLAN = "(SELECT t.plan_id FROM public.task AS t WHERE t.id = task_id)"
_SESSIONS = {ADMIN: Rows(_exists("app_user", "parent.id = user_id"), WRITE), AUTH: Rows("true", WRITE)}
# Used up while logging in, but enrolled and taken away by people alone.
_FACTORS = {**_SESSIONS, AUTH: Rows("true", CHANGE)}
# Another system reads what it was granted and changes nothing about it; taking a token is noted before anybody acts.
_CLIENTS = {ADMIN: _SESSIONS[ADMIN], AUTH: Rows("true", CHANGE)}

# Those of a government's own office sign and see its report as well as their own.
_OF_THE_OFFICE = _exists("unit", f"parent.id = {MY_UNIT} AND parent.kind = 'office'")
_RELEASED = (
    "EXISTS (SELECT FROM public.assignment AS a JOIN public.progress_release AS r ON r.plan_id = a.plan_id "
    "WHERE a.id = assignment_id)"
)

# What everybody may read of a table, without an account.
_PUBLISHED: dict[str, str] = {
    "annual_report": "state = 'published' OR withdrawn_at IS NOT NULL",
    "assignment": _exists("plan", "parent.id = plan_id"),
    "evidence": "openness = 'open' AND secrecy_checked AND url IS NOT NULL",
    "period": _exists("plan", "parent.id = plan_id"),
    "plan": "status <> 'draft'",
    "progress_release": "withdrawn_at IS NULL",
    "submission": f"state = 'accepted' AND {_RELEASED}",
    "submission_evidence": _exists("submission", "parent.id = submission_id"),
    "task": _exists("plan", "parent.id = plan_id"),
    "unit": "true",
}


def _reports() -> Shares:
    above = below("unit_path")
    office = f"scope = 'government' AND unit_path = {MY_SCOPE} AND {_OF_THE_OFFICE}"
    return Shares(
        {
            UNIT: Rows(f"unit_id = {MY_UNIT} OR ({office})", WRITE),
            GOVERNMENT: Rows(above, WRITE),
            WHOLE: Rows("true", WRITE),
        }
    )


_TABLES: dict[str, Shares] = {
    "annual_report": _reports(),
    "api_client": of_person(may=READ, extra=_CLIENTS),
    "app_user": _people(),
    "assignment": of_unit(unit=CHANGE, office=WRITE),
    "attachment": of_unit(),
    "audit_event": _events(),
    "claim": of_parent("submission"),
    "clock_event": of_parent("register_entry", column="entry_id"),
    "duty": _of_plan("task", "task_id", _DUTY_PLAN),
    "duty_judgement": of_parent("assignment", unit=READ, office=CHANGE),
    "evidence": of_unit(),
    "evidence_revision": of_parent("evidence", unit=APPEND, office=APPEND, system=APPEND),
    "holiday": shared(GOVERNMENT, WHOLE, ADMIN),
    "holiday_notice": shared(GOVERNMENT, WHOLE, ADMIN),
    "indicator_snapshot": of_unit(path="unit_path", unit=READ, office=READ, system=APPEND),
    "idempotency_key": of_person(),
    "late_permit": of_parent("assignment", unit=READ),
    "ledger_import": _of_plan("plan", "plan_id", "plan_id"),
    "notification": _messages(),
    "period": _of_plan("plan", "plan_id", "plan_id"),
    "plan": _plans(),
    "plan_import": of_government(),
    "plan_import_source": of_parent("plan_import", column="import_id", unit=READ),
    "progress_release": _of_plan("plan", "plan_id", "plan_id"),
    "refresh_session": of_person(extra=_SESSIONS),
    "report_adjustment": of_parent("annual_report", column="report_id"),
    "report_revision": of_parent("annual_report", column="report_id", unit=APPEND, office=APPEND, system=APPEND),
    "report_waiver": of_parent("annual_report", column="report_id"),
    "register_entry": of_unit(path="unit_path", office=WRITE),
    "register_import": of_unit_alone(),
    "review_point": of_parent("submission", "annual_report", column="subject_id"),
    "review_step": of_parent(
        "submission", "annual_report", column="subject_id", unit=APPEND, office=APPEND, system=APPEND
    ),
    "saved_view": _views(),
    "second_factor": of_person(extra=_FACTORS),
    "submission": of_unit(),
    "submission_evidence": of_unit(),
    "submission_revision": of_parent("submission", unit=APPEND, office=APPEND, system=APPEND),
    "task": _of_plan("plan", "plan_id", "plan_id"),
    "unit": _units(),
    "unit_alias": _of_units(),
    "unit_group": _of_units(),
    "zero_declaration": of_parent("annual_report", column="report_id"),
}

TABLES: dict[str, Shares] = {
    name: replace(shares, of={**shares.of, PUBLIC: Rows(_PUBLISHED[name])}) if name in _PUBLISHED else shares
    for name, shares in _TABLES.items()
}

# What holds nobody's data: the migrations' own note, and the job queue, which the system role alone works.
UNGUARDED = ("alembic_version", "procrastinate_")
