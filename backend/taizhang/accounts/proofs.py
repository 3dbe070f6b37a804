"""Proofs (再次确认): what a route that changes a credential asks for beyond a token."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Header, Request
from sqlmodel import Session, select

from taizhang.access.actor import Actor
from taizhang.accounts import passwords, second_factors, sessions
from taizhang.accounts.models import AppUser
from taizhang.core.problems import FieldError, Forbidden
from taizhang.core.settings import Settings


def same_origin(
    requested_with: Annotated[str | None, Header(alias="X-Requested-With", description="固定为 spa")] = None,
    fetch_site: Annotated[str | None, Header(alias="Sec-Fetch-Site", include_in_schema=False)] = None,
) -> None:
    """Routes that act on the cookie alone want a header no foreign page can send."""
    if requested_with != "spa" or fetch_site not in (None, "same-origin", "none"):
        raise Forbidden("csrf", "请从本系统页面操作")


def require_password(
    request: Request, session: Session, actor: Actor, password: str, *, pointer: str = "#/current_password"
) -> None:
    """The caller's own password, typed again: a stolen token does not change what it could not have opened.

    Call it before anything is written. The account stays locked for what follows.

    Raises:
        Forbidden: it is wrong; the failure is counted and kept, whatever becomes of the request.
    """
    stored = session.exec(select(AppUser.password_hash).where(AppUser.id == actor.user_id)).one()
    session.commit()  # a hash takes its time, and no connection waits for it
    fits = passwords.matches(password, stored)
    if not _proved(request, session, actor, lambda user: fits and user.password_hash == stored):
        raise Forbidden(
            "current-password-wrong",
            "当前口令不正确",
            errors=[FieldError(pointer, "current-password-wrong", "当前口令不正确")],
        )


def require_otp(request: Request, session: Session, actor: Actor, code: str) -> None:
    """A one-time password of the caller's enabled second factor, used up by this.

    Raises:
        Forbidden: see :func:`require_password`.
    """

    def fits(user: AppUser) -> bool:
        factor = second_factors.of(session, user, lock=True)
        keys = request.app.state.party_keys()
        return factor is not None and second_factors.accept(factor, code, keys, now=datetime.now(UTC))

    if not _proved(request, session, actor, fits):
        raise wrong_otp()


def wrong_otp() -> Forbidden:
    """The answer to a one-time password that is not right, or was used before."""
    return Forbidden("otp-wrong", "动态口令不正确", errors=[FieldError("#/otp", "otp-wrong", "动态口令不正确或已用过")])


def _proved(request: Request, session: Session, actor: Actor, fits: Callable[[AppUser], bool]) -> bool:
    """A failure is committed at once, so that it is counted although the request is refused."""
    user = session.get_one(AppUser, actor.user_id, with_for_update=True)
    settings: Settings = request.app.state.settings
    proved = sessions.prove_again(session, actor, user, fits(user), settings=settings, now=datetime.now(UTC))
    if not proved:
        session.commit()
    return proved
