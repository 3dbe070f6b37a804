"""Authentication (身份认证): once, on the router; every later question reads the Actor it leaves behind."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.accounts import queries
from taizhang.accounts.models import AppUser
from taizhang.accounts.tokens import Claims, InvalidToken, TokenSigner
from taizhang.core.database import Transaction
from taizhang.core.problems import Forbidden, Unauthenticated
from taizhang.units.models import Unit

# With a one-time password a person may look at the own account and change the password, nothing else.
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"/api/v1/auth/me", "/api/v1/auth/password", "/api/v1/auth/logout"})

_bearer = HTTPBearer(auto_error=False, description="POST /api/v1/auth/login 得到的 access_token")


def actor_for(user: AppUser, unit: Unit, scope_path: str) -> Actor:
    """The caller as a value."""
    return Actor(
        user_id=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        unit_id=unit.id,
        unit_name=unit.short_name,
        unit_path=unit.path,
        scope_path=scope_path,
    )


def verified(session: Session, signer: TokenSigner, authorization: str | None) -> tuple[Claims, AppUser, Actor]:
    """The caller behind an Authorization header, checked against the live row.

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
    found = queries.caller(session, claims.user_id)
    if found is None or found[0].disabled or found[0].token_gen != claims.generation:
        raise Unauthenticated
    user, unit, scope_path = found
    return claims, user, actor_for(user, unit, scope_path)


def authenticate(request: Request, session: Transaction, _: Annotated[object, Depends(_bearer)]) -> None:
    """Leave the caller on the request, or answer 401."""
    claims, user, actor = verified(session, request.app.state.signer, request.headers.get("authorization"))
    if user.must_change_password and request.url.path not in OPEN_BEFORE_PASSWORD_CHANGE:
        raise Forbidden("password-change-required", "请先修改口令")
    request.state.actor = actor
    request.state.session_id = claims.session_id
    request.state.username = user.username
