"""Permissions (权限点): roles are data of users; what a role may do is code, reviewed like code."""

from enum import StrEnum


class Role(StrEnum):
    """Who a person is in the ledger."""

    REPORTER = "reporter"
    SIGNER = "signer"
    OFFICE = "office"
    AUDITOR = "auditor"
    ADMIN = "admin"
    AUDIT = "audit"


ROLE_WORDS = {
    Role.REPORTER: "信息员",
    Role.SIGNER: "分管领导",
    Role.OFFICE: "政务公开科",
    Role.AUDITOR: "第三方",
    Role.ADMIN: "系统管理员",
    Role.AUDIT: "审计员",
}

# A reporter and a signer act for their own unit; the others look over the whole government they serve.
OWN_UNIT_ROLES = frozenset({Role.REPORTER, Role.SIGNER})


class Permission(StrEnum):
    """``package:subject:verb``, the shape integrators already read."""

    SELF = "accounts:self:use"
    UNIT_READ = "units:unit:read"
    UNIT_WRITE = "units:unit:write"
    USER_READ = "accounts:user:read"
    USER_WRITE = "accounts:user:write"
    CLIENT_MANAGE = "accounts:client:manage"
    PLAN_READ = "plans:plan:read"
    PLAN_WRITE = "plans:plan:write"
    PLAN_ISSUE = "plans:plan:issue"
    PROGRESS_READ = "progress:submission:read"
    PROGRESS_WRITE = "progress:submission:write"
    PROGRESS_SIGN = "progress:submission:sign"
    PROGRESS_REVIEW = "progress:submission:review"
    PROGRESS_ACT = "progress:submission:act"
    LATE_PERMIT = "progress:late-permit:grant"
    EVIDENCE_READ = "attachments:evidence:read"
    EVIDENCE_WRITE = "attachments:evidence:write"
    REPORT_READ = "annual-reports:report:read"
    EVENTS_READ = "notifications:event:read"
    REGISTER_READ = "registers:entry:read"
    REGISTER_WRITE = "registers:entry:write"
    PARTY_READ = "registers:party:read"
    CALENDAR_READ = "calendars:calendar:read"
    CALENDAR_WRITE = "calendars:calendar:write"
    AUDIT_READ = "audit:event:read"


_EVERYONE = {Permission.SELF, Permission.UNIT_READ, Permission.EVENTS_READ, Permission.CALENDAR_READ}
_READERS = {
    Permission.PLAN_READ,
    Permission.PROGRESS_READ,
    Permission.EVIDENCE_READ,
    Permission.REPORT_READ,
    Permission.REGISTER_READ,
}
_KEEPERS = {Permission.REGISTER_WRITE, Permission.PARTY_READ}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REPORTER: frozenset(
        _EVERYONE
        | _READERS
        | _KEEPERS
        | {Permission.PROGRESS_WRITE, Permission.PROGRESS_ACT, Permission.EVIDENCE_WRITE}
    ),
    Role.SIGNER: frozenset(
        _EVERYONE
        | _READERS
        | _KEEPERS
        | {
            Permission.PROGRESS_WRITE,
            Permission.PROGRESS_SIGN,
            Permission.PROGRESS_ACT,
            Permission.EVIDENCE_WRITE,
        }
    ),
    Role.OFFICE: frozenset(
        _EVERYONE
        | _READERS
        | _KEEPERS
        | {
            Permission.UNIT_WRITE,
            Permission.USER_READ,
            Permission.PLAN_WRITE,
            Permission.PLAN_ISSUE,
            Permission.PROGRESS_REVIEW,
            Permission.PROGRESS_ACT,
            Permission.LATE_PERMIT,
            Permission.CALENDAR_WRITE,
        }
    ),
    Role.AUDITOR: frozenset(_EVERYONE | _READERS),
    Role.ADMIN: frozenset(
        _EVERYONE
        | {
            Permission.UNIT_WRITE,
            Permission.USER_READ,
            Permission.USER_WRITE,
            Permission.CLIENT_MANAGE,
            Permission.CALENDAR_WRITE,
        }
    ),
    Role.AUDIT: frozenset(_EVERYONE | {Permission.AUDIT_READ}),
}

# What no other system is ever granted: it has no account page, and it manages nobody (三员分立).
NEVER_GRANTED = frozenset(
    {
        Permission.SELF,
        Permission.USER_READ,
        Permission.USER_WRITE,
        Permission.CLIENT_MANAGE,
        Permission.AUDIT_READ,
    }
)


def role_for(scopes: frozenset[str], *, own_unit: bool) -> Role | None:
    """The least role that carries what another system is granted, or None if none may.

    ``own_unit`` tells a system of an ordinary unit from one of the office, which looks over the whole government.
    """
    candidates = (Role.REPORTER, Role.SIGNER) if own_unit else (Role.AUDITOR, Role.OFFICE)
    return next((role for role in candidates if scopes <= GRANTS[role] - NEVER_GRANTED), None)
