"""Routes of API clients (外部系统): managing them, and their way to a token."""

import base64
import binascii
import uuid
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Depends, Form, Header, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.accounts import clients
from taizhang.accounts.client_schemas import (
    ClientCreate,
    ClientPage,
    ClientPatch,
    ClientPublic,
    ClientSecret,
    ClientToken,
    ScopePublic,
)
from taizhang.accounts.identity import source_of
from taizhang.accounts.tokens import TokenSigner
from taizhang.audit import service as audit
from taizhang.core.database import AUTH, Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import BadRequest, Unauthenticated
from taizhang.core.versions import IfMatch, etag

open_router = APIRouter(prefix="/auth", tags=["外部系统"])
router = APIRouter(prefix="/api-clients", tags=["外部系统"], route_class=IdempotentRoute)

Manager = Annotated[Actor, Depends(Requires(Permission.CLIENT_MANAGE))]
FormField = Annotated[str | None, Form(max_length=2000)]


@open_router.post("/token")
def issue_token(
    request: Request,
    response: Response,
    grant_type: FormField = None,
    client_id: FormField = None,
    client_secret: FormField = None,
    scope: FormField = None,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> ClientToken:
    """外部系统取令牌（RFC 6749 §4.4，客户端凭据）。

    表单 `grant_type=client_credentials`，`client_id` 与 `client_secret` 放在 HTTP Basic 或表单里；`scope` 可选，
    空格分隔，不得超出授予的。令牌 10 分钟有效，没有刷新令牌，到期再取。
    错误应答同时有 `code` 与 RFC 6749 §5.2 的 `error`。
    """
    if grant_type != "client_credentials":
        kind = "invalid_request" if grant_type is None else "unsupported_grant_type"
        raise BadRequest(kind.replace("_", "-"), "grant_type 须为 client_credentials", error=kind)
    named, secret = _basic(authorization) or (client_id or "", client_secret or "")
    now = datetime.now(UTC)
    with request.app.state.sessions(AUTH) as session, session.begin():
        found = clients.proven(session, named, secret, source_of(request), now=now)
        if found is not None:
            found[0].last_used_at = now
        audit.record(
            session,
            None,
            "auth.token",
            "api_client",
            found[0].id if found else None,
            outcome="ok" if found else "refused",
            actor_name=found[1].name if found else "未知外部系统",
        )
    if found is None:
        refused = Unauthenticated("invalid-client", "外部系统的凭据不正确", error="invalid_client")
        refused.headers = {"WWW-Authenticate": 'Basic realm="taizhang"'}
        raise refused
    client, user, _ = found
    granted = set(client.scopes)
    wanted = set((scope or "").split()) or granted
    if not wanted <= granted:
        raise BadRequest("invalid-scope", "所求权限超出授予的", error="invalid_scope")
    signer: TokenSigner = request.app.state.signer
    token = signer.issue(
        user_id=user.id, session_id=client.id, generation=user.token_gen, now=now, client_id=client.id, scopes=wanted
    )
    response.headers["Pragma"] = "no-cache"
    return ClientToken(
        access_token=token,
        token_type="Bearer",
        expires_in=int(signer.lifetime.total_seconds()),
        scope=" ".join(sorted(wanted)),
    )


def _basic(authorization: str | None) -> tuple[str, str] | None:
    """Id and secret of an HTTP Basic header, both form-encoded (RFC 6749 §2.3.1)."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        named, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(named), unquote_plus(secret)


@router.get("", response_model=ClientPage)
def list_clients(request: Request, session: Transaction, actor: Manager, paging: Paging) -> Response:
    """外部系统列表。"""
    return json_page(session, clients.listing(actor), paging, request)


@router.post("", status_code=201, dependencies=[Once])
def create_client(request: Request, session: Transaction, actor: Manager, data: ClientCreate) -> ClientSecret:
    """登记外部系统：在哪个单位、给哪些权限、到哪一天为止。密钥只在此显示一次。"""
    found, secret = clients.create(session, actor, data, now=datetime.now(UTC))
    request.state.shown_once = ("client_secret",)
    return ClientSecret(client=clients.present(found), client_secret=secret)


@router.get("/scopes")
def list_scopes(session: Transaction, actor: Manager, unit_id: uuid.UUID) -> list[ScopePublic]:
    """某单位的外部系统可以有哪些权限。"""
    return clients.scopes_of(session, actor, unit_id)


@router.get("/{client_id}")
def get_client(session: Transaction, response: Response, actor: Manager, client_id: uuid.UUID) -> ClientPublic:
    """一个外部系统。"""
    found = clients.one(session, actor, client_id)
    response.headers["ETag"] = etag(found[0].version)
    return clients.present(found)


@router.patch("/{client_id}")
def change_client(
    session: Transaction,
    response: Response,
    actor: Manager,
    client_id: uuid.UUID,
    data: ClientPatch,
    if_match: IfMatch = None,
) -> ClientPublic:
    """修改外部系统；已取的令牌立即随之变化。"""
    found = clients.change(session, actor, client_id, data, if_match, now=datetime.now(UTC))
    response.headers["ETag"] = etag(found[0].version)
    return clients.present(found)


@router.post("/{client_id}/rotate")
def rotate_secret(session: Transaction, actor: Manager, client_id: uuid.UUID) -> ClientSecret:
    """更换密钥：旧密钥与凭它取的令牌立即失效，新密钥只在此显示一次。"""
    found, secret = clients.rotate(session, actor, client_id, now=datetime.now(UTC))
    return ClientSecret(client=clients.present(found), client_secret=secret)


@router.post("/{client_id}/disable")
def disable_client(session: Transaction, actor: Manager, client_id: uuid.UUID) -> ClientPublic:
    """停用外部系统，立即生效；再次启用用 PATCH `disabled: false`。"""
    return clients.present(clients.disable(session, actor, client_id))
