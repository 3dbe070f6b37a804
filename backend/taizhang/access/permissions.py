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
    RELEASE_WRITE = "progress:release:write"
    EVIDENCE_READ = "attachments:evidence:read"
    EVIDENCE_WRITE = "attachments:evidence:write"
    REPORT_READ = "annual-reports:report:read"
    REPORT_WRITE = "annual-reports:report:write"
    REPORT_SIGN = "annual-reports:report:sign"
    REPORT_REVIEW = "annual-reports:report:review"
    REPORT_ACT = "annual-reports:report:act"
    EVENTS_READ = "notifications:event:read"
    REGISTER_READ = "registers:entry:read"
    REGISTER_WRITE = "registers:entry:write"
    PARTY_READ = "registers:party:read"
    INDICATOR_READ = "indicators:indicator:read"
    JUDGEMENT_OVERRULE = "indicators:judgement:overrule"
    CALENDAR_READ = "calendars:calendar:read"
    CALENDAR_WRITE = "calendars:calendar:write"
    AUDIT_READ = "audit:event:read"


PERMISSION_WORDS = {
    Permission.SELF: "使用自己的账号",
    Permission.UNIT_READ: "看单位",
    Permission.UNIT_WRITE: "维护单位，导入时记别名、新建单位",
    Permission.USER_READ: "看用户",
    Permission.USER_WRITE: "维护用户",
    Permission.CLIENT_MANAGE: "登记外部系统，换密钥，停用",
    Permission.PLAN_READ: "看分解表与任务",
    Permission.PLAN_WRITE: "导入、编制分解表",
    Permission.PLAN_ISSUE: "印发、关闭分解表",
    Permission.PROGRESS_READ: "看台账、看板、填报",
    Permission.PROGRESS_WRITE: "写填报",
    Permission.PROGRESS_SIGN: "签发",
    Permission.PROGRESS_REVIEW: "审核、退回、重新打开",
    Permission.PROGRESS_ACT: "提交、撤回等各步操作",
    Permission.LATE_PERMIT: "准予补报",
    Permission.RELEASE_WRITE: "公布、撤下一期进展",
    Permission.REPORT_WRITE: "编制年度报告：填写、汇编、提交、调整、申报无此项业务",
    Permission.REPORT_SIGN: "签发年度报告",
    Permission.REPORT_REVIEW: "审核、重新打开年度报告",
    Permission.REPORT_ACT: "退回、撤回、公布、撤下、说明理由等各步操作",
    Permission.INDICATOR_READ: "看指标及其条目",
    Permission.JUDGEMENT_OVERRULE: "改判要求、撤回改判",
    Permission.EVIDENCE_READ: "看佐证与附件",
    Permission.EVIDENCE_WRITE: "登记佐证、上传附件",
    Permission.REPORT_READ: "看年度汇总与年度报告，核对、读取年度报告",
    Permission.EVENTS_READ: "接收实时变更",
    Permission.REGISTER_READ: "看专项台账，申请人信息已遮掩",
    Permission.REGISTER_WRITE: "登记专项台账",
    Permission.PARTY_READ: "看本单位承办申请的申请人信息，每次记入审计",
    Permission.CALENDAR_READ: "看工作日历、推算期限",
    Permission.CALENDAR_WRITE: "确认、撤回节假日安排",
    Permission.AUDIT_READ: "看审计日志",
}

_EVERYONE = {Permission.SELF, Permission.UNIT_READ, Permission.EVENTS_READ, Permission.CALENDAR_READ}
_READERS = {
    Permission.PLAN_READ,
    Permission.PROGRESS_READ,
    Permission.EVIDENCE_READ,
    Permission.REPORT_READ,
    Permission.REGISTER_READ,
    Permission.INDICATOR_READ,
}
_KEEPERS = {
    Permission.REGISTER_WRITE,
    Permission.PARTY_READ,
    Permission.REPORT_WRITE,
    Permission.REPORT_ACT,
}

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
            Permission.REPORT_SIGN,
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
            Permission.REPORT_REVIEW,
            Permission.PROGRESS_ACT,
            Permission.LATE_PERMIT,
            Permission.RELEASE_WRITE,
            Permission.JUDGEMENT_OVERRULE,
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


def grantable(*, own_unit: bool) -> list[Permission]:
    """What a system of such a unit may be granted at all, in the order permissions are listed."""
    carried = frozenset[Permission]().union(*(GRANTS[role] for role in _client_roles(own_unit)))
    return [permission for permission in Permission if permission in carried - NEVER_GRANTED]


def _client_roles(own_unit: bool) -> tuple[Role, Role]:
    return (Role.REPORTER, Role.SIGNER) if own_unit else (Role.AUDITOR, Role.OFFICE)


def role_for(scopes: frozenset[str], *, own_unit: bool) -> Role | None:
    """The least role that carries what another system is granted, or None if none may.

    ``own_unit`` tells a system of an ordinary unit from one of the office, which looks over the whole government.
    """
    return next((role for role in _client_roles(own_unit) if scopes <= GRANTS[role] - NEVER_GRANTED), None)
