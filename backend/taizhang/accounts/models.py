"""People, other systems and their logins (账号、外部系统、会话)."""

import uuid
from datetime import date, datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from taizhang.access.permissions import Role
from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    plain,
    primary_key,
    string_column,
    version_column,
)


class AppUser(Table, table=True):
    """A person with an account (用户). There are no shared accounts and no default ones."""

    __table_args__ = (UniqueConstraint("username"), {"comment": "用户"})

    id: uuid.UUID = primary_key()
    username: str = string_column(64, "账号")
    name: str = string_column(100, "姓名")
    role: Role = enum_column(Role, "角色")
    unit_id: uuid.UUID = foreign_key("unit.id", "所在单位")
    phone: str | None = string_column(32, "联系电话", nullable=True)
    password_hash: str = string_column(255, "口令哈希（argon2id）")
    password_history: list[str] = jsonb_column("最近用过的口令哈希", default_factory=list)
    password_changed_at: datetime = plain("口令修改时间")
    must_change_password: bool = plain("下次登录必须改口令", default=False)
    one_time_until: datetime | None = plain("一次性口令的有效期", default=None)
    is_client: bool = plain("是外部系统而不是人：不能用口令登录", default=False)
    disabled: bool = plain("停用", default=False)
    token_gen: int = plain("令牌代次：加一即令此前的令牌全部失效", default=1)
    failed_logins: int = plain("连续登录失败次数", default=0)
    locks: int = plain("连续锁定次数，决定锁定时长", default=0)
    locked_until: datetime | None = plain("锁定至", default=None)
    last_login_at: datetime | None = plain("最近登录时间", default=None)
    created_at: datetime = plain("建立时间")
    version: int = version_column()


class RefreshSession(Table, table=True):
    """One refresh token of one login (会话); a login is a family of them, rotated at each use."""

    __table_args__ = (UniqueConstraint("token_hash"), {"comment": "登录会话的刷新令牌，每用一次即换"})

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = foreign_key("app_user.id", "用户")
    family_id: uuid.UUID = plain("同一次登录", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, sa_column_kwargs={"comment": "令牌的 SHA-256"})
    started_at: datetime = plain("登录时间（绝对时限由此算）")
    issued_at: datetime = plain("本枚签发时间")
    expires_at: datetime = plain("闲置到期时间", index=True)
    used_at: datetime | None = plain("换发时间", default=None)
    revoked_at: datetime | None = plain("作废时间", default=None)


class SecondFactor(Table, table=True):
    """A person's one-time passwords (动态口令, RFC 6238); unconfirmed until the first one is typed back."""

    __table_args__ = (UniqueConstraint("user_id"), {"comment": "第二因素：动态口令与恢复码"})

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = foreign_key("app_user.id", "用户", index=False)
    key_id: str = string_column(32, "加密所用密钥的编号")
    secret: bytes = Field(sa_type=LargeBinary, sa_column_kwargs={"comment": "加密后的动态口令种子"})
    created_at: datetime = plain("登记时间")
    confirmed_at: datetime | None = plain("首次验证通过的时间；空为尚未启用", default=None)
    last_step: int = plain("最近用过的时间步：同一步只用一次", default=0)
    recovery_hashes: list[str] = jsonb_column("未用的恢复码的 SHA-256", default_factory=list)


class ApiClient(Table, table=True):
    """Another system (外部系统) and what it may do; it acts as an account of its own in its unit."""

    __table_args__ = (UniqueConstraint("user_id"), {"comment": "外部系统的接口凭据"})

    id: uuid.UUID = primary_key()
    user_id: uuid.UUID = foreign_key("app_user.id", "对应的账号", index=False)
    scopes: list[str] = jsonb_column("授予的权限", default_factory=list)
    allowed_ips: list[str] = jsonb_column("容许的来源地址或网段；空则不限", default_factory=list)
    secret_hash: bytes = Field(sa_type=LargeBinary, sa_column_kwargs={"comment": "密钥的 SHA-256"})
    secret_made_at: datetime = plain("密钥生成时间")
    expires_on: date = plain("凭据最后一天，至多一年")
    last_used_at: datetime | None = plain("最近取令牌的时间", default=None)
    created_at: datetime = plain("建立时间")
    version: int = version_column()
