"""Routes of one's own account (我的账号): one-time passwords and the places one is logged in."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.accounts import second_factors, sessions
from taizhang.accounts.models import AppUser
from taizhang.accounts.proofs import require_otp, require_password, wrong_otp
from taizhang.accounts.schemas import Otp, RecoveryCodes, SessionPublic, TotpSecret, TotpStart
from taizhang.audit import service as audit
from taizhang.core.database import Transaction
from taizhang.core.problems import Conflict, NotFound

router = APIRouter(prefix="/auth", tags=["登录"])

Self = Annotated[Actor, Depends(Requires(Permission.SELF))]


@router.post("/totp")
def start_totp(request: Request, session: Transaction, actor: Self, data: TotpStart) -> TotpSecret:
    """登记动态口令：给出密钥与二维码；以 `POST /auth/totp/confirm` 验证第一个动态口令后才启用。须再输一次口令。"""
    require_password(request, session, actor, data.current_password)
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    if second_factors.enabled(session, user):
        raise Conflict("totp-enabled", "动态口令已启用", detail="换验证器请先停用")
    enrolment = second_factors.enrol(session, user, request.app.state.party_keys(), now=datetime.now(UTC))
    return TotpSecret(secret=enrolment.secret, uri=enrolment.uri, qr=enrolment.qr)


@router.post("/totp/confirm")
def confirm_totp(request: Request, session: Transaction, actor: Self, data: Otp) -> RecoveryCodes:
    """启用动态口令：验证第一个；给出十个恢复码，只在此显示一次。其他设备上的登录随即退出，本处须换发一次令牌。"""
    now = datetime.now(UTC)
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    factor = second_factors.of(session, user, lock=True)
    if factor is None or factor.confirmed_at is not None:
        raise Conflict("totp-not-started", "请先登记动态口令")
    codes = second_factors.confirm(session, factor, data.otp, request.app.state.party_keys(), now=now)
    if codes is None:
        raise wrong_otp()
    sessions.end_all(session, user, now=now, keep=request.state.session_id)
    audit.record(session, actor, "auth.totp-enable", "app_user", user.id)
    return RecoveryCodes(recovery_codes=codes)


@router.post("/totp/disable", status_code=204)
def disable_totp(request: Request, session: Transaction, actor: Self, data: Otp) -> None:
    """停用动态口令，须给出一个动态口令或恢复码；本系统要求其角色必须使用的不能停用，换验证器请系统管理员撤销。"""
    if second_factors.required_of(actor.role, request.app.state.settings):
        raise Conflict("totp-required", "您的角色必须使用动态口令", detail="换验证器请联系系统管理员")
    require_otp(request, session, actor, data.otp)
    now = datetime.now(UTC)
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    factor = second_factors.of(session, user, lock=True)
    if factor is not None:
        second_factors.remove(session, factor)
    sessions.end_all(session, user, now=now, keep=request.state.session_id)
    audit.record(session, actor, "auth.totp-disable", "app_user", user.id)


@router.get("/sessions")
def list_sessions(request: Request, session: Transaction, actor: Self) -> list[SessionPublic]:
    """我的登录：还没有退出、没有到期的各处，新的在前。"""
    found = sessions.open_families(session, actor.user_id, now=datetime.now(UTC))
    here = request.state.session_id
    return [
        SessionPublic(
            id=one.family_id, started_at=one.started_at, renewed_at=one.issued_at, current=one.family_id == here
        )
        for one in found
    ]


@router.post("/sessions/{family_id}/end", status_code=204)
def end_session(session: Transaction, actor: Self, family_id: uuid.UUID) -> None:
    """退出另一处登录，那里立即失效。"""
    now = datetime.now(UTC)
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    if family_id not in {one.family_id for one in sessions.open_families(session, actor.user_id, now=now)}:
        raise NotFound
    sessions.end_family(session, user, family_id, now=now)
    audit.record(session, actor, "auth.end-session", "app_user", user.id)
