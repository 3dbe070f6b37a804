"""Sessions (登录会话): login, rotation of refresh tokens, logout.

A refresh token is opaque, kept as its hash, used once. Used again soon it is a second tab (409, no token); used again
later it is theft, and the whole family and every access token of the account die (RFC 9700 §4.14.2).
"""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from taizhang.accounts import passwords, queries, rules
from taizhang.accounts.models import AppUser, RefreshSession
from taizhang.audit import service as audit
from taizhang.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Login:
    """A session just begun or continued."""

    user: AppUser
    family_id: uuid.UUID
    refresh_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no session; only ``in_progress`` may be told apart by the caller."""

    in_progress: bool = False


def log_in(session: Session, username: str, password: str, *, settings: Settings, now: datetime) -> Login | Refused:
    """Begin a session. Commit whatever comes back: failures are counted in the same transaction."""
    user = queries.by_username(session, username, lock=True)
    fits = passwords.matches(password, user.password_hash if user else None)
    if user is None:
        audit.record(session, None, "auth.login", "app_user", None, outcome="refused", actor_name="未知账号")
        return Refused()
    if user.locked_until is not None and user.locked_until > now:
        _refuse(session, user, "locked")
        return Refused()
    if not fits:
        _count_failure(user, settings, now)
        _refuse(session, user, "password")
        return Refused()
    if user.disabled or (user.one_time_until is not None and user.one_time_until < now):
        _refuse(session, user, "disabled" if user.disabled else "one-time-expired")
        return Refused()
    user.failed_logins, user.locks, user.locked_until, user.last_login_at = 0, 0, None, now
    if now - user.password_changed_at > timedelta(days=passwords.MAXIMUM_AGE_DAYS):
        user.must_change_password = True
    login = _issue(session, user, uuid.uuid4(), started_at=now, settings=settings, now=now)
    audit.record(session, None, "auth.login", "app_user", user.id, actor_name=f"{user.name}（{user.username}）")
    return login


def _refuse(session: Session, user: AppUser, why: str) -> None:
    audit.record(
        session,
        None,
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
    session: Session, user: AppUser, family_id: uuid.UUID, *, started_at: datetime, settings: Settings, now: datetime
) -> Login:
    token = secrets.token_urlsafe(32)
    expires_at = rules.session_expiry(
        now,
        started_at,
        idle=timedelta(minutes=settings.session_idle_minutes),
        absolute=timedelta(hours=settings.session_absolute_hours),
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
    return Login(user, family_id, token, expires_at)


def rotate(session: Session, token: str, *, settings: Settings, now: datetime) -> Login | Refused:
    """Exchange a refresh token for the next one. Commit whatever comes back."""
    held = session.exec(
        select(RefreshSession).where(RefreshSession.token_hash == _digest(token)).with_for_update()
    ).one_or_none()
    if held is None or held.revoked_at is not None:
        return Refused()
    user = session.get_one(AppUser, held.user_id, with_for_update=True)
    if held.used_at is not None:
        if not rules.is_reuse(held.used_at, now):
            return Refused(in_progress=True)
        end_family(session, user, held.family_id, now=now)
        audit.record(
            session, None, "auth.refresh-reuse", "app_user", user.id, outcome="refused", actor_name=user.username
        )
        return Refused()
    if held.expires_at < now or user.disabled:
        return Refused()
    held.used_at = now
    return _issue(session, user, held.family_id, started_at=held.started_at, settings=settings, now=now)


def end_family(session: Session, user: AppUser, family_id: uuid.UUID, *, now: datetime) -> None:
    """Log one session out; its access token dies with the generation."""
    user.token_gen += 1
    _revoke(session, user.id, now, col(RefreshSession.family_id) == family_id)


def end_all(session: Session, user: AppUser, *, now: datetime, keep: uuid.UUID | None = None) -> None:
    """Log every session of a user out, but the one to keep."""
    user.token_gen += 1
    _revoke(session, user.id, now, *([col(RefreshSession.family_id) != keep] if keep else []))


def family_of(session: Session, token: str) -> RefreshSession | None:
    """The session a refresh token belongs to."""
    return session.exec(select(RefreshSession).where(RefreshSession.token_hash == _digest(token))).one_or_none()


def _revoke(session: Session, user_id: uuid.UUID, now: datetime, *which: object) -> None:
    conditions = (col(RefreshSession.user_id) == user_id, col(RefreshSession.revoked_at).is_(None), *which)
    session.connection().execute(update(RefreshSession).where(*conditions).values(revoked_at=now))  # type: ignore[arg-type]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
