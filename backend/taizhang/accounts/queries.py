"""Reading accounts."""

import uuid
from typing import Any, NamedTuple

from sqlalchemy import Select, case, exists, func, or_, select, text
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.access.permissions import ROLE_WORDS, Role
from taizhang.accounts.models import AppUser, SecondFactor
from taizhang.core.database import Context, GuardedSession
from taizhang.core.problems import NotFound
from taizhang.units.models import Unit


class Caller(NamedTuple):
    """The live row of a caller with its unit and the path of the government that unit serves.

    As ``guard.enter`` gives it (``row_security/functions.py``), which asks for it on every request.
    """

    user_id: uuid.UUID
    username: str
    name: str
    role: str
    disabled: bool
    token_gen: int
    must_change_password: bool
    unit_id: uuid.UUID
    unit_name: str
    unit_path: str
    scope_path: str
    acts_as: str

    def actor(self) -> Actor:
        """Who acts, as every rule sees it."""
        return Actor(
            user_id=self.user_id,
            username=self.username,
            name=self.name,
            role=Role(self.role),
            unit_id=self.unit_id,
            unit_name=self.unit_name,
            unit_path=self.unit_path,
            scope_path=self.scope_path,
        )


def entered(session: GuardedSession, user_id: uuid.UUID) -> Caller | None:
    """Act for somebody from here on; their live row, or None if there is nobody of that id."""
    session.context = Context.of_person(user_id)
    session.connection()
    return None if session.entered is None else Caller(*session.entered)


def actor_of(session: Session, user: AppUser) -> Actor:
    """Somebody who exists, as an actor."""
    row = session.connection().execute(_CALLER, {"user_id": user.id}).one_or_none()
    if row is None:
        raise NotFound
    return Caller(*row).actor()


_CALLER = text("SELECT * FROM guard.find_caller(:user_id)")


def password_hash(session: Session, username: str) -> str | None:
    """What a person's password must fit; none for an absent person and for another system."""
    return session.exec(
        rows(AppUser.password_hash).where(AppUser.username == username, col(AppUser.is_client).is_(False))
    ).one_or_none()


def by_username(session: Session, username: str, *, lock: bool = False) -> AppUser | None:
    """The person of that name; locked, so that failures are counted one by one."""
    statement = rows(AppUser).where(AppUser.username == username, col(AppUser.is_client).is_(False))
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def role_words() -> Any:
    """The Chinese name of a role, as SQL."""
    return case({role.value: words for role, words in ROLE_WORDS.items()}, value=col(AppUser.role))


def listing(actor: Actor, *, q: str | None, role: Role | None, unit_id: uuid.UUID | None) -> Select[Any]:
    """Users within the caller's scope, by unit and name."""
    statement = (
        select(
            col(AppUser.id).label("id"),
            col(AppUser.username).label("username"),
            col(AppUser.name).label("name"),
            col(AppUser.role).label("role"),
            role_words().label("role_words"),
            func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"),
            col(AppUser.phone).label("phone"),
            col(AppUser.disabled).label("disabled"),
            exists()
            .where(col(SecondFactor.user_id) == col(AppUser.id), col(SecondFactor.confirmed_at).is_not(None))
            .label("totp_enabled"),
            col(AppUser.must_change_password).label("must_change_password"),
            col(AppUser.locked_until).label("locked_until"),
            col(AppUser.last_login_at).label("last_login_at"),
            col(AppUser.version).label("version"),
        )
        .join(Unit, col(Unit.id) == AppUser.unit_id)
        .where(actor.scope(col(Unit.path)), col(AppUser.is_client).is_(False))
        .order_by(col(Unit.path), col(AppUser.username), col(AppUser.id))
    )
    if q:
        like = "%" + q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        statement = statement.where(
            or_(col(AppUser.username).ilike(like), col(AppUser.name).ilike(like), col(Unit.name).ilike(like))
        )
    if role is not None:
        statement = statement.where(col(AppUser.role) == role)
    if unit_id is not None:
        statement = statement.where(col(AppUser.unit_id) == unit_id)
    return statement


def one(session: Session, actor: Actor, user_id: uuid.UUID, *, lock: bool = False) -> tuple[AppUser, Unit]:
    """A user within the caller's scope.

    Raises:
        NotFound: absent or outside it.
    """
    statement = (
        rows(AppUser, Unit)
        .join(Unit, col(Unit.id) == AppUser.unit_id)
        .where(AppUser.id == user_id, col(AppUser.is_client).is_(False), actor.scope(col(Unit.path)))
    )
    found = session.exec(statement.with_for_update(of=AppUser) if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    return found
