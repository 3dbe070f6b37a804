"""Shapes of accounts and sessions at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from taizhang.access.permissions import Role
from taizhang.core.paging import Page
from taizhang.core.schemas import Input, OptionalText, Output, Ref

Username = Annotated[
    str,
    Field(min_length=3, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$", description="账号：小写字母、数字、点、横线"),
]
PersonName = Annotated[str, Field(min_length=1, max_length=100, description="姓名")]
Password = Annotated[str, Field(min_length=1, max_length=256, description="口令")]


class LoginInput(Input):
    """账号与口令。"""

    model_config = {"str_strip_whitespace": False}

    username: Annotated[str, Field(min_length=1, max_length=64, description="账号")]
    password: Password
    otp: Annotated[str | None, Field(max_length=40, description="动态口令或恢复码；账号未启用动态口令时不看")] = None


class PasswordChange(Input):
    """改口令。"""

    model_config = {"str_strip_whitespace": False}

    current_password: Password
    new_password: Password


class UnitBrief(Output):
    """单位简况。"""

    id: uuid.UUID
    name: str
    short_name: str
    kind: str
    path: str


class PasswordRule(Output):
    """口令规则：早说几句用的数，与说明它的话。"""

    minimum_length: int
    minimum_classes: int
    words: str


class Me(Output):
    """当前用户及其权限。"""

    id: uuid.UUID
    username: str
    name: str
    role: Role
    role_words: str
    unit: UnitBrief
    permissions: list[str]
    must_change_password: bool
    password_rule: PasswordRule
    password_expires_on: date | None
    totp_enabled: bool
    totp_required: bool
    today: date


class TotpStart(Input):
    """登记动态口令；须再输一次口令。"""

    model_config = {"str_strip_whitespace": False}

    current_password: Password


class TotpSecret(Output):
    """交给验证器的密钥：扫二维码，或抄 secret；验证第一个动态口令之后才启用。"""

    secret: str
    uri: str
    qr: str


class Otp(Input):
    """验证器上的六位动态口令。"""

    otp: Annotated[str, Field(min_length=6, max_length=40, description="动态口令")]


class RecoveryCodes(Output):
    """恢复码：验证器不在手边时各用一次，只在此显示一次。"""

    recovery_codes: list[str]


class Reason(Input):
    """为什么。"""

    reason: Annotated[str, Field(min_length=2, max_length=500, description="原因，记入审计")]


class SessionPublic(Output):
    """一次登录。"""

    id: uuid.UUID
    started_at: datetime
    renewed_at: datetime
    current: bool


class Tokens(Output):
    """登录结果；刷新令牌在 Cookie 中，脚本读不到。"""

    access_token: str
    token_type: str
    expires_in: int
    user: Me


class UserCreate(Input):
    """新建用户；口令由系统随机生成，只显示一次。"""

    username: Username
    name: PersonName
    role: Role
    unit_id: uuid.UUID
    phone: OptionalText = None


class UserPatch(Input):
    """修改用户；没有给出的项不变。"""

    name: PersonName | None = None
    role: Role | None = None
    unit_id: uuid.UUID | None = None
    phone: OptionalText = None
    disabled: bool | None = None


class UserPublic(Output):
    """用户。"""

    id: uuid.UUID
    username: str
    name: str
    role: Role
    role_words: str
    unit: Ref
    phone: str | None
    disabled: bool
    totp_enabled: bool
    must_change_password: bool
    locked_until: datetime | None
    last_login_at: datetime | None
    version: int


class UserPage(Page[UserPublic]):
    """用户列表。"""


class UserCreated(Output):
    """新用户与其一次性口令（72 小时内有效，首次登录须改）。"""

    user: UserPublic
    one_time_password: str


class OneTimePassword(Output):
    """一次性口令（72 小时内有效，登录后须改）。"""

    one_time_password: str
