"""Managing people (用户管理)."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.access.permissions import ROLE_WORDS, Role
from taizhang.accounts import passwords, queries, second_factors, sessions
from taizhang.accounts.models import AppUser
from taizhang.accounts.passwords import Profile
from taizhang.accounts.schemas import PasswordChange, UserCreate, UserPatch, UserPublic
from taizhang.audit import service as audit
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, FieldError, Invalid
from taizhang.core.schemas import Ref
from taizhang.core.versions import require_version
from taizhang.units.models import Unit

CONSTRAINTS["uq_app_user_username"] = "该账号已有人使用，请换一个"


def present(session: Session, user: AppUser, unit: Unit) -> UserPublic:
    """A user as answered."""
    found: dict[str, Any] = {
        "unit": Ref(id=unit.id, name=unit.name),
        "role_words": ROLE_WORDS[user.role],
        "totp_enabled": second_factors.enabled(session, user),
    }
    return UserPublic(**{name: getattr(user, name) for name in UserPublic.model_fields if name not in found}, **found)


def new_user(
    session: Session, *, username: str, name: str, role: Role, unit_id: uuid.UUID, phone: str | None, now: datetime
) -> tuple[AppUser, str]:
    """An account with a one-time password (given back in clear, kept as a hash)."""
    password = passwords.random_password()
    user = AppUser(
        username=username,
        name=name,
        role=role,
        unit_id=unit_id,
        phone=phone,
        password_hash=passwords.hash_password(password),
        password_changed_at=now,
        must_change_password=True,
        one_time_until=now + timedelta(hours=passwords.ONE_TIME_HOURS),
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user, password


def create(session: Session, actor: Actor, data: UserCreate, *, now: datetime) -> tuple[AppUser, Unit, str]:
    """Give a person an account.

    Raises:
        Invalid: the unit is not in the caller's scope, or the role does not go with it.
        Conflict: the name is taken (by constraint).
    """
    unit = _unit_in_scope(session, actor, data.unit_id)
    user, password = new_user(session, **data.model_dump(), now=now)
    audit.record(session, actor, "user.create", "app_user", user.id, after=data.model_dump())
    return user, unit, password


def _unit_in_scope(session: Session, actor: Actor, unit_id: uuid.UUID) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None or not actor.sees(unit.path):
        raise Invalid.field("#/unit_id", "unit-unknown", "没有这个单位")
    return unit


def change(
    session: Session, actor: Actor, user_id: uuid.UUID, data: UserPatch, if_match: str | None, *, now: datetime
) -> tuple[AppUser, Unit]:
    """Change an account; a new role, unit or state ends its sessions at once."""
    user, unit = queries.one(session, actor, user_id, lock=True)
    require_version(if_match, user.version, current=lambda: present(session, user, unit).model_dump(mode="json"))
    changes = data.model_dump(exclude_unset=True)
    if user.id == actor.user_id and changes.keys() & {"role", "disabled", "unit_id"}:
        raise Conflict("own-account", "不能改自己的角色、单位或停用自己", detail="请由另一位管理员操作")
    if changes.get("unit_id"):
        unit = _unit_in_scope(session, actor, changes["unit_id"])
    before = {name: getattr(user, name) for name in changes}
    for name, value in changes.items():
        if value is not None or name == "phone":
            setattr(user, name, value)
    if changes.keys() & {"role", "disabled", "unit_id"}:
        sessions.end_all(session, user, now=now)
    user.version += 1
    audit.record(session, actor, "user.change", "app_user", user.id, before=before, after=changes)
    return user, unit


def reset_password(session: Session, actor: Actor, user_id: uuid.UUID, *, now: datetime) -> str:
    """A new one-time password; the administrator starts a reset and never chooses a password."""
    user, _ = queries.one(session, actor, user_id, lock=True)
    password = passwords.random_password()
    user.password_hash, user.must_change_password = passwords.hash_password(password), True
    user.one_time_until = now + timedelta(hours=passwords.ONE_TIME_HOURS)
    user.failed_logins, user.locks, user.locked_until = 0, 0, None
    user.version += 1
    sessions.end_all(session, user, now=now)
    audit.record(session, actor, "user.reset-password", "app_user", user.id)
    return password


def change_password(
    session: Session, actor: Actor, data: PasswordChange, *, session_id: uuid.UUID, profile: Profile, now: datetime
) -> None:
    """Choose a new password, having proved the current one; every other session of the account ends.

    Raises:
        Invalid: the new one does not meet the profile, or was used recently.
    """
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    set_password(session, user, data.new_password, profile=profile, now=now)
    sessions.end_all(session, user, now=now, keep=session_id)
    audit.record(session, actor, "user.change-password", "app_user", user.id)


def set_password(
    session: Session, user: AppUser, password: str, *, profile: Profile = passwords.DENGBAO3, now: datetime
) -> None:
    """Keep a password that meets the profile."""
    found = passwords.faults(password, username=user.username, name=user.name, profile=profile)
    used = [user.password_hash, *user.password_history][: profile.remembered]
    if not found and any(passwords.matches(password, old) for old in used):
        found = [f"不要用最近 {profile.remembered} 次用过的口令"]
    if found:
        errors = [FieldError("#/new_password", "password-weak", fault) for fault in found]
        raise Invalid("password-weak", "新口令不符合要求", detail="；".join(found), errors=errors)
    user.password_history = [user.password_hash, *user.password_history][: passwords.DENGBAO3.remembered]
    user.password_hash = passwords.hash_password(password)
    user.password_changed_at, user.must_change_password, user.one_time_until = now, False, None
    user.version += 1
    session.flush()


def reset_totp(session: Session, actor: Actor, user_id: uuid.UUID, reason: str, *, now: datetime) -> None:
    """Take a second factor away, because its owner cannot; every session ends.

    Raises:
        Conflict: there is none.
    """
    user, _ = queries.one(session, actor, user_id, lock=True)
    factor = second_factors.of(session, user, lock=True)
    if factor is None:
        raise Conflict("totp-not-enabled", "此用户没有启用动态口令")
    second_factors.remove(session, factor)
    user.version += 1
    sessions.end_all(session, user, now=now)
    audit.record(session, actor, "user.reset-totp", "app_user", user.id, after={"reason": reason})


def end_sessions(session: Session, actor: Actor, user_id: uuid.UUID, reason: str, *, now: datetime) -> None:
    """Log somebody out everywhere."""
    user, _ = queries.one(session, actor, user_id, lock=True)
    sessions.end_all(session, user, now=now)
    audit.record(session, actor, "user.end-sessions", "app_user", user.id, after={"reason": reason})


def record_logout(session: Session, user: AppUser) -> None:
    """Audit a logout made on the cookie alone."""
    audit.record(session, None, "auth.logout", "app_user", user.id, actor_name=f"{user.name}（{user.username}）")
