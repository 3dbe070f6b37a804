"""Authentication (身份认证): once, on the router; every later question reads the Actor it leaves behind."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from taizhang.accounts.identity import identify

_bearer = HTTPBearer(auto_error=False, description="POST /api/v1/auth/login 或 /auth/token 得到的 access_token")


def authenticate(request: Request, _: Annotated[object, Depends(_bearer)]) -> None:
    """Leave the caller on the request, or answer 401. The connection goes back at once: what a route does before it
    asks its first question, such as reading an uploaded file, holds none."""
    with request.app.state.readers() as session:
        claims, caller, actor = identify(session, request)
    request.state.actor = actor
    request.state.session_id = claims.session_id
    request.state.username = caller.username
