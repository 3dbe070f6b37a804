"""Rules of logging in (登录规则): lock-out, session limits, what a client may be granted. Standard library only."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address

# 等保 8.1.4.1.b: the lock grows with each repetition and stops at half an hour.
LOCK_MINUTES = (2, 4, 8, 16, 30)
# A second tab may present the same refresh token at the same moment; a thief comes later.
REUSE_GRACE = timedelta(seconds=10)
CLIENT_LIFETIME = timedelta(days=365)


def lock_until(now: datetime, earlier_locks: int) -> datetime:
    """When the next lock ends, given how many came before it."""
    return now + timedelta(minutes=LOCK_MINUTES[min(earlier_locks, len(LOCK_MINUTES) - 1)])


def session_expiry(now: datetime, started_at: datetime, *, idle: timedelta, absolute: timedelta) -> datetime:
    """When a session ends if nothing more happens: the idle limit, but never past the absolute one."""
    return min(now + idle, started_at + absolute)


def is_reuse(used_at: datetime, now: datetime) -> bool:
    """Whether a token presented again is theft rather than two tabs at once."""
    return now - used_at > REUSE_GRACE


def comes_from(source: str | None, ranges: Iterable[IPv4Network | IPv6Network]) -> bool:
    """Whether an address lies in one of the ranges; what is no address lies nowhere."""
    try:
        address = ip_address(source or "")
    except ValueError:
        return False
    return any(address in network for network in ranges)


def last_client_day(today: date) -> date:
    """The furthest day a client's credential may be good for."""
    return today + CLIENT_LIFETIME
