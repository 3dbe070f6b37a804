"""People and their logins (账号、会话)."""

import uuid
from datetime import datetime

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
