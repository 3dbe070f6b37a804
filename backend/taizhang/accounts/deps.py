"""Authentication (身份认证): once, on the router; every later question reads the Actor it leaves behind."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from taizhang.accounts.identity import identify
from taizhang.core.database import FORMS, Transaction

_bearer = HTTPBearer(auto_error=False, description="POST /api/v1/auth/login 或 /auth/token 得到的 access_token")


def authenticate(request: Request, session: Transaction, _: Annotated[object, Depends(_bearer)]) -> None:
    """Leave the caller on the request, or answer 401: one round trip begins the transaction, says who acts and brings
    the live row. Only where a form was sent is the connection given back: reading a file takes seconds and holds none.
    """
    claims, caller, actor = identify(session, request)
    if request.headers.get("content-type", "").startswith(FORMS):
        session.commit()
    request.state.actor = actor
    request.state.context = session.context
    request.state.session_id = claims.session_id
    request.state.username = caller.username
