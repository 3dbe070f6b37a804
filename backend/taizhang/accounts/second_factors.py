"""Second factors (动态口令): time-based one-time passwords (RFC 6238) and recovery codes.

A code is good for its own half minute and the ones beside it, once: the step last used is kept, and nothing at or
before it is taken again. Seeds are sealed at rest; recovery codes carry 118 bits, are kept as hashes and used once.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import NamedTuple

import pyotp
import segno
from sqlmodel import Session, select

from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser, SecondFactor
from taizhang.core.sealing import Keyring, Sealed
from taizhang.core.settings import Settings

ISSUER = "政务公开台账"
STEP_SECONDS = 30
DRIFT_STEPS = 1
RECOVERY_CODES = 10

# 等保 8.1.4.1.d: those who see or manage a whole district prove themselves twice.
PRIVILEGED = frozenset({Role.OFFICE, Role.ADMIN, Role.AUDIT})


class Enrolment(NamedTuple):
    """What an authenticator needs: the secret in base32, its URI, and the URI as a QR code (an SVG data URI)."""

    secret: str
    uri: str
    qr: str


def required_of(role: Role, settings: Settings) -> bool:
    """Whether this role may not work without a second factor."""
    return settings.totp_required and role in PRIVILEGED


def of(session: Session, user: AppUser, *, lock: bool = False) -> SecondFactor | None:
    """The second factor of a user, confirmed or not."""
    statement = select(SecondFactor).where(SecondFactor.user_id == user.id)
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def enabled(session: Session, user: AppUser) -> bool:
    """Whether logging in asks for a one-time password."""
    factor = of(session, user)
    return factor is not None and factor.confirmed_at is not None


def enrol(session: Session, user: AppUser, keys: Keyring, *, now: datetime) -> Enrolment:
    """Begin, or begin again: a new secret that counts for nothing until confirmed."""
    secret = pyotp.random_base32()
    sealed = keys.seal(secret, str(user.id))
    factor = of(session, user, lock=True) or SecondFactor(user_id=user.id, key_id="", secret=b"", created_at=now)
    factor.key_id, factor.secret, factor.created_at = sealed.key_id, sealed.content, now
    factor.confirmed_at, factor.last_step, factor.recovery_hashes = None, 0, []
    session.add(factor)
    session.flush()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    return Enrolment(secret, uri, segno.make(uri, error="m", micro=False).svg_data_uri(scale=5, border=2))


def confirm(session: Session, factor: SecondFactor, code: str, keys: Keyring, *, now: datetime) -> list[str] | None:
    """Enable a factor with its first code; the recovery codes, or None if the code is wrong."""
    if not accept(factor, code, keys, now=now):
        return None
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    factor.confirmed_at, factor.recovery_hashes = now, [_digest(code) for code in codes]
    session.flush()
    return codes


def accept(factor: SecondFactor, code: str, keys: Keyring, *, now: datetime) -> bool:
    """Take a one-time password or a recovery code, once. The row must be locked, so that two cannot use the same."""
    typed = code.strip().lower().replace(" ", "").replace("-", "")
    if typed.isascii() and typed.isdigit() and len(typed) == 6:
        return _accept_step(factor, typed, keys, now)
    digest = _digest(typed)
    left = [kept for kept in factor.recovery_hashes if not hmac.compare_digest(kept, digest)]
    used = len(left) < len(factor.recovery_hashes)
    factor.recovery_hashes = left
    return used


def _accept_step(factor: SecondFactor, code: str, keys: Keyring, now: datetime) -> bool:
    totp = pyotp.TOTP(keys.open(Sealed(factor.key_id, factor.secret), str(factor.user_id)))
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > factor.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS), code):
            factor.last_step = step
            return True
    return False


def remove(session: Session, factor: SecondFactor) -> None:
    """Go back to the password alone."""
    session.delete(factor)
    session.flush()


def reseal(session: Session, keys: Keyring) -> int:
    """Seal every seed with the current key; how many were sealed with another."""
    stale = session.exec(select(SecondFactor).where(SecondFactor.key_id != keys.current).with_for_update()).all()
    for factor in stale:
        secret = keys.open(Sealed(factor.key_id, factor.secret), str(factor.user_id))
        sealed = keys.seal(secret, str(factor.user_id))
        factor.key_id, factor.secret = sealed.key_id, sealed.content
    session.flush()
    return len(stale)


def _recovery_code() -> str:
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0/o, 1/l/i
    letters = "".join(secrets.choice(alphabet) for _ in range(24))
    return "-".join(letters[start : start + 6] for start in range(0, 24, 6))


def _digest(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()
