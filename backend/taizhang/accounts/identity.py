"""Identity (来者是谁): from an Authorization header to the Actor every rule sees."""

from datetime import UTC, datetime
from typing import NamedTuple

from fastapi import Request

from taizhang.access.actor import Actor
from taizhang.access.permissions import Role
from taizhang.accounts import clients, queries, rules, second_factors
from taizhang.accounts.queries import Caller
from taizhang.accounts.tokens import Claims, InvalidToken, TokenSigner
from taizhang.core.database import GuardedSession
from taizhang.core.problems import Forbidden, Unauthenticated
from taizhang.core.settings import Settings

# With a one-time password a person may look at the own account and change the password, nothing else.
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"/api/v1/auth/me", "/api/v1/auth/password", "/api/v1/auth/logout"})
# And without the second factor the role must have, enrol one as well.
OPEN_BEFORE_ENROLMENT = OPEN_BEFORE_PASSWORD_CHANGE | {"/api/v1/auth/totp", "/api/v1/auth/totp/confirm"}


class Identity(NamedTuple):
    """Who calls: the token's claims, the live row, and the actor made of both."""

    claims: Claims
    caller: Caller
    actor: Actor


def verified(session: GuardedSession, signer: TokenSigner, authorization: str | None) -> tuple[Claims, Caller]:
    """The caller behind an Authorization header, checked against the live row; the session acts for them from here on.

    Raises:
        Unauthenticated: no token, a bad one, or an account disabled, logged out or changed since it was issued.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated
    try:
        claims = signer.verify(token, now=datetime.now(UTC))
    except InvalidToken as error:
        raise Unauthenticated from error
    caller = queries.entered(session, claims.user_id)
    if caller is None or caller.disabled or caller.token_gen != claims.generation:
        raise Unauthenticated
    return claims, caller


def identify(session: GuardedSession, request: Request) -> Identity:
    """Who sends this request, and from where.

    Raises:
        Unauthenticated: see :func:`verified`; or another system's grant has ended.
        Forbidden: from outside the networks allowed, or something must be set right first.
    """
    claims, caller = verified(session, request.app.state.signer, request.headers.get("authorization"))
    if claims.client_id is not None:
        return Identity(claims, caller, clients.limited(session, caller.actor(), claims, source_of(request)))
    require_staff_network(request)
    _require_settled(request, claims, caller)
    return Identity(claims, caller, caller.actor())


def source_of(request: Request) -> str | None:
    """The caller's address: the peer's, or what a trusted proxy says it is."""
    return request.client.host if request.client else None


def require_staff_network(request: Request) -> None:
    """People may log in and work from the networks the settings name, if they name any.

    Raises:
        Forbidden: from elsewhere.
    """
    ranges = request.app.state.staff_ranges
    if ranges and not rules.comes_from(source_of(request), ranges):
        raise Forbidden("network-not-allowed", "不能从此处使用", detail="本系统只在单位网络内使用")


def _require_settled(request: Request, claims: Claims, caller: Caller) -> None:
    settings: Settings = request.app.state.settings
    path = request.url.path
    if caller.must_change_password and path not in OPEN_BEFORE_PASSWORD_CHANGE:
        raise Forbidden("password-change-required", "请先修改口令")
    if (
        not claims.second_factor
        and second_factors.required_of(Role(caller.role), settings)
        and path not in OPEN_BEFORE_ENROLMENT
    ):
        raise Forbidden("totp-enrolment-required", "请先启用动态口令")
