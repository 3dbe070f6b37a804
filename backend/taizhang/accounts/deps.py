"""Authentication (身份认证): once, on the router; every later question reads the Actor it leaves behind."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from taizhang.accounts import queries
from taizhang.accounts.queries import Caller
from taizhang.accounts.tokens import Claims, InvalidToken, TokenSigner
from taizhang.core.database import FORMS, GuardedSession, Transaction
from taizhang.core.problems import Forbidden, Unauthenticated

# With a one-time password a person may look at the own account and change the password, nothing else.
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"/api/v1/auth/me", "/api/v1/auth/password", "/api/v1/auth/logout"})

_bearer = HTTPBearer(auto_error=False, description="POST /api/v1/auth/login 得到的 access_token")


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


def authenticate(request: Request, session: Transaction, _: Annotated[object, Depends(_bearer)]) -> None:
    """Leave the caller on the request, or answer 401: one round trip begins the transaction, says who acts and brings
    the live row. Only where a form was sent is the connection given back: reading a file takes seconds and holds none.
    """
    claims, caller = verified(session, request.app.state.signer, request.headers.get("authorization"))
    if request.headers.get("content-type", "").startswith(FORMS):
        session.commit()
    if caller.must_change_password and request.url.path not in OPEN_BEFORE_PASSWORD_CHANGE:
        raise Forbidden("password-change-required", "请先修改口令")
    request.state.actor = caller.actor()
    request.state.context = session.context
    request.state.session_id = claims.session_id
    request.state.username = caller.username
