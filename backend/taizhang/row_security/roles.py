"""Database roles (数据库角色): who a transaction acts as, whatever account the connection was opened with."""

from taizhang.access.permissions import Role
from taizhang.core.database import AUTH_ROLE, PUBLIC_ROLE, SYSTEM_ROLE

UNIT = "taizhang_unit"
GOVERNMENT = "taizhang_government"
WHOLE = "taizhang_whole"
ADMIN = "taizhang_admin"
AUDIT = "taizhang_audit"
AUTH = AUTH_ROLE
SYSTEM = SYSTEM_ROLE
PUBLIC = PUBLIC_ROLE

PEOPLE = (UNIT, GOVERNMENT, WHOLE, ADMIN, AUDIT)

COMMENTS = {
    UNIT: "台账：信息员、分管领导，只及本单位",
    GOVERNMENT: "台账：政务公开科、第三方，及于本级政府",
    WHOLE: "台账：同上，而全库只有这一级政府，逐行条件便是多余",
    ADMIN: "台账：系统管理员，管账号与机构，不及业务数据",
    AUDIT: "台账：审计员，只读审计日志",
    AUTH: "台账：尚未表明身份的请求，只及登录所需",
    PUBLIC: "台账：公众，只及已经公布的",
    SYSTEM: "台账：后台任务与命令行",
}

# A supervisor of everything there is gets WHOLE instead of GOVERNMENT: see ADR 0028 for what a row condition costs.
OF_PERSON = {
    Role.REPORTER: UNIT,
    Role.SIGNER: UNIT,
    Role.OFFICE: GOVERNMENT,
    Role.AUDITOR: GOVERNMENT,
    Role.ADMIN: ADMIN,
    Role.AUDIT: AUDIT,
}
