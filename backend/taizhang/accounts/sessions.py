"""Sessions (登录会话): login, rotation of refresh tokens, logout.

A refresh token is opaque, kept as its hash, used once. Used again soon it is a second tab (409, no token); used again
later it is theft, and the whole family and every access token of the account die (RFC 9700 §4.14.2).
"""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy import update
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.accounts import passwords, queries, rules, second_factors
from taizhang.accounts.models import AppUser, RefreshSession
from taizhang.audit import service as audit
from taizhang.core.sealing import Keyring
from taizhang.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login as presented. The password was checked before anything is locked, because a hash takes its time."""

    username: str
    proven_hash: str | None
    """The stored hash the password fits, or None if it fits none."""
    otp: str | None = None
    fresh_hash: str | None = None
    """The same password under today's parameters, where the stored hash has old ones."""


@dataclass(frozen=True, slots=True)
class Login:
    """A session just begun or continued."""

    user: AppUser
    family_id: uuid.UUID
    refresh_token: str
    expires_at: datetime
    ends_at: datetime
    """The absolute limit."""
    second_factor: bool


class Refused(Enum):
    """Why there is no session; the caller may learn of the last two alone."""

    NO = auto()
    IN_PROGRESS = auto()
    OTP_NEEDED = auto()


def log_in(session: Session, attempt: Attempt, *, settings: Settings, keys: Keyring, now: datetime) -> Login | Refused:
    """Begin a session. Commit whatever comes back: failures are counted in the same transaction."""
    user = queries.by_username(session, attempt.username, lock=True)
    if user is None:
        audit.record(session, None, "auth.login", "app_user", None, outcome="refused", actor_name="未知账号")
        return Refused.NO
    if user.locked_until is not None and user.locked_until > now:
        _refuse(session, user, "locked")
        return Refused.NO
    if attempt.proven_hash is None or attempt.proven_hash != user.password_hash:
        _count_failure(user, settings, now)
        _refuse(session, user, "password")
        return Refused.NO
    if user.disabled or (user.one_time_until is not None and user.one_time_until < now):
        _refuse(session, user, "disabled" if user.disabled else "one-time-expired")
        return Refused.NO
    proven = _prove_second(session, user, attempt.otp, settings=settings, keys=keys, now=now)
    if isinstance(proven, Refused):
        return proven
    return _begin(session, user, attempt, second_factor=proven, settings=settings, now=now)


def _prove_second(
    session: Session, user: AppUser, otp: str | None, *, settings: Settings, keys: Keyring, now: datetime
) -> bool | Refused:
    """Whether a second factor was shown; refused if there is one and it was not, or wrongly."""
    factor = second_factors.of(session, user, lock=True)
    if factor is None or factor.confirmed_at is None:
        return False
    if otp is None:
        return Refused.OTP_NEEDED
    if not second_factors.accept(factor, otp, keys, now=now):
        _count_failure(user, settings, now)
        _refuse(session, user, "otp")
        return Refused.NO
    return True


def _begin(
    session: Session, user: AppUser, attempt: Attempt, *, second_factor: bool, settings: Settings, now: datetime
) -> Login:
    user.failed_logins, user.locks, user.locked_until, user.last_login_at = 0, 0, None, now
    user.password_hash = attempt.fresh_hash or user.password_hash
    expires_at = passwords.PROFILES[settings.password_profile].expires_at(user.password_changed_at)
    if expires_at is not None and expires_at < now:
        user.must_change_password = True
    login = _issue(session, user, uuid.uuid4(), started_at=now, settings=settings, now=now, second_factor=second_factor)
    audit.record(session, None, "auth.login", "app_user", user.id, actor_name=f"{user.name}（{user.username}）")
    return login


def prove_again(
    session: Session, actor: Actor, user: AppUser, fits: bool, *, settings: Settings, now: datetime
) -> bool:
    """Whether somebody logged in showed a credential again; failures count as failed logins do. Commit either way."""
    if user.locked_until is not None and user.locked_until > now:
        return False
    if not fits:
        _count_failure(user, settings, now)
        if user.locked_until is not None and user.locked_until > now:
            end_all(session, user, now=now)
        _refuse(session, user, "proof", actor)
    return fits


def _refuse(session: Session, user: AppUser, why: str, actor: Actor | None = None) -> None:
    audit.record(
        session,
        actor,
        "auth.login",
        "app_user",
        user.id,
        after={"refused": why},
        outcome="refused",
        actor_name=user.username,
    )


def _count_failure(user: AppUser, settings: Settings, now: datetime) -> None:
    user.failed_logins += 1
    if user.failed_logins >= settings.login_failures_before_lock:
        user.locked_until = rules.lock_until(now, user.locks)
        user.locks += 1
        user.failed_logins = 0


def _issue(
    session: Session,
    user: AppUser,
    family_id: uuid.UUID,
    *,
    started_at: datetime,
    settings: Settings,
    now: datetime,
    second_factor: bool,
) -> Login:
    token = secrets.token_urlsafe(32)
    absolute = timedelta(hours=settings.session_absolute_hours)
    expires_at = rules.session_expiry(
        now, started_at, idle=timedelta(minutes=settings.session_idle_minutes), absolute=absolute
    )
    session.add(
        RefreshSession(
            user_id=user.id,
            family_id=family_id,
            token_hash=_digest(token),
            started_at=started_at,
            issued_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return Login(user, family_id, token, expires_at, started_at + absolute, second_factor)


def rotate(session: Session, token: str, *, settings: Settings, now: datetime) -> Login | Refused:
    """Exchange a refresh token for the next one. Commit whatever comes back.

    The account is locked before its tokens, as everywhere, so that a logout and a refresh never wait for each other.
    """
    owner = session.exec(
        select(RefreshSession.user_id).where(RefreshSession.token_hash == _digest(token))
    ).one_or_none()
    if owner is None:
        return Refused.NO
    user = session.get_one(AppUser, owner, with_for_update=True)
    held = session.exec(select(RefreshSession).where(RefreshSession.token_hash == _digest(token))).one()
    if held.revoked_at is not None:
        return Refused.NO
    if held.used_at is not None:
        if not rules.is_reuse(held.used_at, now):
            return Refused.IN_PROGRESS
        end_family(session, user, held.family_id, now=now)
        audit.record(
            session, None, "auth.refresh-reuse", "app_user", user.id, outcome="refused", actor_name=user.username
        )
        return Refused.NO
    if held.expires_at < now or user.disabled:
        return Refused.NO
    held.used_at = now
    proven = second_factors.enabled(session, user)
    return _issue(
        session, user, held.family_id, started_at=held.started_at, settings=settings, now=now, second_factor=proven
    )


def end_family(session: Session, user: AppUser, family_id: uuid.UUID, *, now: datetime) -> None:
    """Log one session out; its access token dies with the generation."""
    user.token_gen += 1
    _revoke(session, user.id, now, col(RefreshSession.family_id) == family_id)


def end_all(session: Session, user: AppUser, *, now: datetime, keep: uuid.UUID | None = None) -> None:
    """Log every session of a user out, but the one to keep."""
    user.token_gen += 1
    _revoke(session, user.id, now, *([col(RefreshSession.family_id) != keep] if keep else []))


def open_families(session: Session, user_id: uuid.UUID, *, now: datetime) -> list[RefreshSession]:
    """The latest token of each login still open, the newest login first."""
    return list(
        session.exec(
            select(RefreshSession)
            .where(
                RefreshSession.user_id == user_id,
                col(RefreshSession.revoked_at).is_(None),
                col(RefreshSession.used_at).is_(None),
                RefreshSession.expires_at > now,
            )
            .order_by(col(RefreshSession.started_at).desc(), col(RefreshSession.id))
        ).all()
    )


def family_of(session: Session, token: str) -> RefreshSession | None:
    """The session a refresh token belongs to."""
    return session.exec(select(RefreshSession).where(RefreshSession.token_hash == _digest(token))).one_or_none()


def _revoke(session: Session, user_id: uuid.UUID, now: datetime, *which: object) -> None:
    conditions = (col(RefreshSession.user_id) == user_id, col(RefreshSession.revoked_at).is_(None), *which)
    session.connection().execute(update(RefreshSession).where(*conditions).values(revoked_at=now))  # type: ignore[arg-type]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
