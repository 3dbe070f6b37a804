"""Routes of login and users (登录与用户)."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Header, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import GRANTS, ROLE_WORDS, Permission, Role
from taizhang.accounts import queries, service, sessions
from taizhang.accounts.models import AppUser
from taizhang.accounts.schemas import (
    LoginInput,
    Me,
    OneTimePassword,
    PasswordChange,
    Tokens,
    UnitBrief,
    UserCreate,
    UserCreated,
    UserPage,
    UserPatch,
    UserPublic,
)
from taizhang.core.clock import Today
from taizhang.core.database import AUTH, Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import Conflict, Forbidden, Unauthenticated
from taizhang.core.schemas import Query
from taizhang.core.versions import IfMatch, etag
from taizhang.units.models import Unit

COOKIE = "__Host-rt"

open_router = APIRouter(prefix="/auth", tags=["登录"])
router = APIRouter(route_class=IdempotentRoute)

Self = Annotated[Actor, Depends(Requires(Permission.SELF))]
UserReader = Annotated[Actor, Depends(Requires(Permission.USER_READ))]
UserWriter = Annotated[Actor, Depends(Requires(Permission.USER_WRITE))]
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, include_in_schema=False)]


def same_origin(
    requested_with: Annotated[str | None, Header(alias="X-Requested-With", description="固定为 spa")] = None,
    fetch_site: Annotated[str | None, Header(alias="Sec-Fetch-Site", include_in_schema=False)] = None,
) -> None:
    """Routes that act on the cookie alone want a header no foreign page can send."""
    if requested_with != "spa" or fetch_site not in (None, "same-origin", "none"):
        raise Forbidden("csrf", "请从本系统页面操作")


def describe(user: AppUser, unit: Unit, today: Today) -> Me:
    """The caller as the page needs it."""
    return Me(
        id=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        role_words=ROLE_WORDS[user.role],
        unit=UnitBrief.model_validate(unit),
        permissions=sorted(GRANTS[user.role]),
        must_change_password=user.must_change_password,
        today=today,
    )


def _granted(request: Request, response: Response, login: sessions.Login, unit: Unit, today: Today) -> Tokens:
    signer = request.app.state.signer
    now = datetime.now(UTC)
    response.set_cookie(
        COOKIE,
        login.refresh_token,
        max_age=int((login.expires_at - now).total_seconds()),
        secure=True,
        httponly=True,
        samesite="strict",
        path="/",
    )
    user = login.user
    token = signer.issue(user_id=user.id, session_id=login.family_id, generation=user.token_gen, now=now)
    return Tokens(
        access_token=token,
        token_type="bearer",
        expires_in=int(signer.lifetime.total_seconds()),
        user=describe(user, unit, today),
    )


@open_router.post("/login")
def log_in(request: Request, response: Response, data: LoginInput, today: Today) -> Tokens:
    """登录。

    成功返回 10 分钟有效的访问令牌，并以 Cookie 下发刷新令牌。账号不存在、口令错误、账号停用或锁定，应答完全相同；
    连续 5 次口令错误，账号锁定 2 分钟起，逐次加倍，至多 30 分钟。
    """
    settings = request.app.state.settings
    with request.app.state.sessions(AUTH) as session, session.begin():
        outcome = sessions.log_in(session, data.username, data.password, settings=settings, now=datetime.now(UTC))
        unit = session.get_one(Unit, outcome.user.unit_id) if isinstance(outcome, sessions.Login) else None
    if isinstance(outcome, sessions.Refused) or unit is None:
        raise Unauthenticated(
            "login-failed", "账号或口令不正确", detail="账号或口令不正确。连续多次不正确，账号将暂时锁定"
        )
    return _granted(request, response, outcome, unit, today)


@open_router.post("/refresh", dependencies=[Depends(same_origin)])
def refresh(request: Request, response: Response, today: Today, token: RefreshCookie = None) -> Tokens:
    """换发令牌。

    凭 Cookie 中的刷新令牌换新的访问令牌，刷新令牌同时更换。同一枚刷新令牌 10 秒内再用，答 409（另一标签页正在换发）；
    更晚再用视为被盗，该次登录立即全部失效。
    """
    settings = request.app.state.settings
    if token is None:
        raise Unauthenticated
    with request.app.state.sessions(AUTH) as session, session.begin():
        outcome = sessions.rotate(session, token, settings=settings, now=datetime.now(UTC))
        unit = session.get_one(Unit, outcome.user.unit_id) if isinstance(outcome, sessions.Login) else None
    if isinstance(outcome, sessions.Refused) or unit is None:
        if isinstance(outcome, sessions.Refused) and outcome.in_progress:
            raise Conflict("refresh-in-progress", "另一标签页正在换发令牌", headers={"Retry-After": "1"})
        raise Unauthenticated
    return _granted(request, response, outcome, unit, today)


@open_router.post("/logout", status_code=204, dependencies=[Depends(same_origin)])
def log_out(request: Request, response: Response, session: Transaction, token: RefreshCookie = None) -> None:
    """退出登录：本次登录的全部令牌立即失效。"""
    held = sessions.family_of(session, token) if token else None
    if held is not None:
        user = session.get_one(AppUser, held.user_id, with_for_update=True)
        sessions.end_family(session, user, held.family_id, now=datetime.now(UTC))
        service.record_logout(session, user)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict", path="/")
    response.headers["Clear-Site-Data"] = '"cache", "cookies"'


@router.get("/auth/me", tags=["登录"])
def me(session: Transaction, actor: Self, today: Today) -> Me:
    """当前用户：姓名、角色、单位与权限。"""
    user, unit = session.get_one(AppUser, actor.user_id), session.get_one(Unit, actor.unit_id)
    return describe(user, unit, today)


@router.post("/auth/password", status_code=204, tags=["登录"])
def change_password(request: Request, session: Transaction, actor: Self, data: PasswordChange) -> None:
    """修改口令：至少 12 个字符、三种字符，不得与最近 5 次相同；其他设备上的登录随即退出。"""
    session_id: uuid.UUID = request.state.session_id
    service.change_password(session, actor, data, session_id=session_id, now=datetime.now(UTC))


@router.get("/users", tags=["用户"], response_model=UserPage)
def list_users(
    request: Request,
    session: Transaction,
    actor: UserReader,
    paging: Paging,
    q: Query = None,
    role: Role | None = None,
    unit: uuid.UUID | None = None,
) -> Response:
    """用户列表：按账号、姓名、单位查找。"""
    return json_page(session, queries.listing(actor, q=q, role=role, unit_id=unit), paging, request)


@router.post("/users", status_code=201, tags=["用户"], dependencies=[Once])
def create_user(session: Transaction, actor: UserWriter, data: UserCreate) -> UserCreated:
    """新建用户；一次性口令只在此显示一次，72 小时内有效，首次登录须改。"""
    user, unit, password = service.create(session, actor, data, now=datetime.now(UTC))
    return UserCreated(user=service.present(user, unit), one_time_password=password)


@router.get("/users/{user_id}", tags=["用户"])
def get_user(session: Transaction, response: Response, actor: UserReader, user_id: uuid.UUID) -> UserPublic:
    """一个用户。"""
    user, unit = queries.one(session, actor, user_id)
    response.headers["ETag"] = etag(user.version)
    return service.present(user, unit)


@router.patch("/users/{user_id}", tags=["用户"])
def change_user(
    session: Transaction,
    response: Response,
    actor: UserWriter,
    user_id: uuid.UUID,
    data: UserPatch,
    if_match: IfMatch = None,
) -> UserPublic:
    """修改用户；角色、单位、停用一改，其登录立即失效。"""
    user, unit = service.change(session, actor, user_id, data, if_match, now=datetime.now(UTC))
    response.headers["ETag"] = etag(user.version)
    return service.present(user, unit)


@router.post("/users/{user_id}/reset-password", tags=["用户"])
def reset_password(session: Transaction, actor: UserWriter, user_id: uuid.UUID) -> OneTimePassword:
    """重置口令：生成一次性口令，同时解除锁定。"""
    password = service.reset_password(session, actor, user_id, now=datetime.now(UTC))
    return OneTimePassword(one_time_password=password)
