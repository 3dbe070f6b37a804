"""Routes of login and users (登录与用户)."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Request, Response
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import GRANTS, ROLE_WORDS, Permission, Role
from taizhang.accounts import passwords, queries, second_factors, service, sessions
from taizhang.accounts.identity import require_staff_network
from taizhang.accounts.models import AppUser
from taizhang.accounts.proofs import require_password, same_origin
from taizhang.accounts.schemas import (
    LoginInput,
    Me,
    OneTimePassword,
    PasswordChange,
    PasswordRule,
    Reason,
    Tokens,
    UnitBrief,
    UserCreate,
    UserCreated,
    UserPage,
    UserPatch,
    UserPublic,
)
from taizhang.accounts.tokens import TokenSigner
from taizhang.core.clock import Today, local_day
from taizhang.core.database import AUTH, Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.problems import Conflict, Unauthenticated
from taizhang.core.schemas import Query
from taizhang.core.settings import Settings
from taizhang.core.versions import IfMatch, etag
from taizhang.units.models import Unit

COOKIE = "__Host-rt"

open_router = APIRouter(prefix="/auth", tags=["登录"])
router = APIRouter(route_class=IdempotentRoute)

Self = Annotated[Actor, Depends(Requires(Permission.SELF))]
UserReader = Annotated[Actor, Depends(Requires(Permission.USER_READ))]
UserWriter = Annotated[Actor, Depends(Requires(Permission.USER_WRITE))]
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, include_in_schema=False)]


def describe(session: Session, user: AppUser, settings: Settings, today: Today) -> Me:
    """The caller as the page needs it."""
    profile = passwords.PROFILES[settings.password_profile]
    expires_at = profile.expires_at(user.password_changed_at)
    return Me(
        id=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        role_words=ROLE_WORDS[user.role],
        unit=UnitBrief.model_validate(session.get_one(Unit, user.unit_id)),
        permissions=sorted(GRANTS[user.role]),
        must_change_password=user.must_change_password,
        password_rule=PasswordRule(
            minimum_length=profile.minimum_length, minimum_classes=profile.minimum_classes, words=profile.words()
        ),
        password_expires_on=None if expires_at is None else local_day(expires_at),
        totp_enabled=second_factors.enabled(session, user),
        totp_required=second_factors.required_of(user.role, settings),
        today=today,
    )


def _granted(
    request: Request, response: Response, session: Session, outcome: sessions.Login | sessions.Refused, today: Today
) -> Tokens | None:
    if isinstance(outcome, sessions.Refused):
        return None
    signer: TokenSigner = request.app.state.signer
    now = datetime.now(UTC)
    response.set_cookie(
        COOKIE,
        outcome.refresh_token,
        max_age=int((outcome.expires_at - now).total_seconds()),
        secure=True,
        httponly=True,
        samesite="strict",
        path="/",
    )
    user = outcome.user
    token = signer.issue(
        user_id=user.id,
        session_id=outcome.family_id,
        generation=user.token_gen,
        now=now,
        until=outcome.ends_at,
        second_factor=outcome.second_factor,
    )
    lifetime = min(signer.lifetime, outcome.ends_at - now)
    return Tokens(
        access_token=token,
        token_type="bearer",
        expires_in=int(lifetime.total_seconds()),
        user=describe(session, user, request.app.state.settings, today),
    )


@open_router.post("/login")
def log_in(request: Request, response: Response, data: LoginInput, today: Today) -> Tokens:
    """登录。

    成功返回 10 分钟有效的访问令牌，并以 Cookie 下发刷新令牌。账号不存在、口令错误、账号停用或锁定，应答完全相同；
    连续 5 次口令或动态口令错误，账号锁定 2 分钟起，逐次加倍，至多 30 分钟。
    启用了动态口令的账号须带 `otp`（验证器上的六位数，或一个恢复码）；口令正确而没有带，答 401 `otp-required`。
    """
    require_staff_network(request)
    state = request.app.state
    with state.sessions(AUTH) as session:
        stored = queries.password_hash(session, data.username)
    fits = passwords.matches(data.password, stored)
    outdated = fits and stored is not None and passwords.is_outdated(stored)
    attempt = sessions.Attempt(
        username=data.username,
        proven_hash=stored if fits else None,
        otp=data.otp,
        fresh_hash=passwords.hash_password(data.password) if outdated else None,
    )
    with state.sessions(AUTH) as session, session.begin():
        outcome = sessions.log_in(
            session, attempt, settings=state.settings, keys=state.party_keys(), now=datetime.now(UTC)
        )
        granted = _granted(request, response, session, outcome, today)
    if outcome is sessions.Refused.OTP_NEEDED:
        raise Unauthenticated("otp-required", "请输入动态口令", detail="请输入验证器上的动态口令")
    if granted is None:
        raise Unauthenticated(
            "login-failed", "账号或口令不正确", detail="账号或口令不正确。连续多次不正确，账号将暂时锁定"
        )
    return granted


@open_router.post("/refresh", dependencies=[Depends(same_origin)])
def refresh(request: Request, response: Response, today: Today, token: RefreshCookie = None) -> Tokens:
    """换发令牌。

    凭 Cookie 中的刷新令牌换新的访问令牌，刷新令牌同时更换。同一枚刷新令牌 10 秒内再用，答 409（另一标签页正在换发）；
    更晚再用视为被盗，该次登录立即全部失效。
    """
    require_staff_network(request)
    if token is None:
        raise Unauthenticated
    with request.app.state.sessions(AUTH) as session, session.begin():
        outcome = sessions.rotate(session, token, settings=request.app.state.settings, now=datetime.now(UTC))
        granted = _granted(request, response, session, outcome, today)
    if outcome is sessions.Refused.IN_PROGRESS:
        raise Conflict("refresh-in-progress", "另一标签页正在换发令牌", headers={"Retry-After": "1"})
    if granted is None:
        raise Unauthenticated
    return granted


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
def me(request: Request, session: Transaction, actor: Self, today: Today) -> Me:
    """当前用户：姓名、角色、单位与权限。"""
    return describe(session, session.get_one(AppUser, actor.user_id), request.app.state.settings, today)


@router.post("/auth/password", status_code=204, tags=["登录"])
def change_password(request: Request, session: Transaction, actor: Self, data: PasswordChange) -> None:
    """修改口令，规则见 `GET /auth/me` 的 `password_rule`；其他设备上的登录随即退出。

    现在的口令输错，与登录失败一样计数。
    """
    require_password(request, session, actor, data.current_password)
    service.change_password(
        session,
        actor,
        data,
        session_id=request.state.session_id,
        profile=passwords.PROFILES[request.app.state.settings.password_profile],
        now=datetime.now(UTC),
    )


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
    return UserCreated(user=service.present(session, user, unit), one_time_password=password)


@router.get("/users/{user_id}", tags=["用户"])
def get_user(session: Transaction, response: Response, actor: UserReader, user_id: uuid.UUID) -> UserPublic:
    """一个用户。"""
    user, unit = queries.one(session, actor, user_id)
    response.headers["ETag"] = etag(user.version)
    return service.present(session, user, unit)


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
    return service.present(session, user, unit)


@router.post("/users/{user_id}/reset-password", tags=["用户"])
def reset_password(session: Transaction, actor: UserWriter, user_id: uuid.UUID) -> OneTimePassword:
    """重置口令：生成一次性口令，同时解除锁定。"""
    password = service.reset_password(session, actor, user_id, now=datetime.now(UTC))
    return OneTimePassword(one_time_password=password)


@router.post("/users/{user_id}/reset-totp", status_code=204, tags=["用户"])
def reset_totp(session: Transaction, actor: UserWriter, user_id: uuid.UUID, data: Reason) -> None:
    """撤销一个用户的动态口令（如丢了手机），写明原因；其登录立即失效，下次登录只凭口令，须用的角色随即重新启用。"""
    service.reset_totp(session, actor, user_id, data.reason, now=datetime.now(UTC))


@router.post("/users/{user_id}/end-sessions", status_code=204, tags=["用户"])
def end_sessions(session: Transaction, actor: UserWriter, user_id: uuid.UUID, data: Reason) -> None:
    """让一个用户的全部登录立即退出，写明原因。"""
    service.end_sessions(session, actor, user_id, data.reason, now=datetime.now(UTC))
