"""API clients (外部系统): credentials of other systems, and the tokens they are exchanged for (RFC 6749 §4.4).

A client acts as an account of its own, so that everything written has an author like any other. What it may do is the
least role that carries its scopes, cut down to those scopes; every request reads the live row, so that a change, a
disabling or a new secret counts at once.
"""

import hashlib
import hmac
import secrets
import uuid
from datetime import UTC, date, datetime
from ipaddress import ip_network
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col
from sqlmodel import select as rows
from sqlmodel.sql.expression import Select as Rows

from taizhang.access.actor import Actor
from taizhang.access.permissions import PERMISSION_WORDS, Role, grantable, role_for
from taizhang.accounts import rules
from taizhang.accounts.client_schemas import ClientCreate, ClientPatch, ClientPublic, ScopePublic
from taizhang.accounts.models import ApiClient, AppUser
from taizhang.accounts.tokens import Claims
from taizhang.audit import service as audit
from taizhang.core.clock import local_day
from taizhang.core.problems import FieldError, Forbidden, Invalid, NotFound, Unauthenticated
from taizhang.core.schemas import Ref
from taizhang.core.versions import require_version
from taizhang.units.models import Unit, UnitKind

SECRET_PREFIX = "taizhang_"

Found = tuple[ApiClient, AppUser, Unit]


def limited(session: Session, actor: Actor, claims: Claims, source: str | None) -> Actor:
    """The actor of a client's token, cut down to what the client still has.

    Raises:
        Unauthenticated: the client is gone or its credential has ended.
        Forbidden: from an address outside its list.
    """
    client = session.get(ApiClient, claims.client_id)
    if client is None or client.user_id != claims.user_id or client.expires_on < local_day(datetime.now(UTC)):
        raise Unauthenticated
    if not comes_from_allowed(client, source):
        raise Forbidden("network-not-allowed", "不能从此处使用", detail="来源地址不在此凭据的容许范围内")
    return actor.within(frozenset(client.scopes) & claims.scopes)


def comes_from_allowed(client: ApiClient, source: str | None) -> bool:
    """Whether an address is on a client's list; an empty list allows any."""
    return not client.allowed_ips or rules.comes_from(source, [ip_network(text) for text in client.allowed_ips])


def proven(session: Session, client_id: str, secret: str, source: str | None, *, now: datetime) -> Found | None:
    """The client behind an id and a secret, if it may have a token now."""
    try:
        found = session.exec(_whole(col(ApiClient.id) == uuid.UUID(client_id))).one_or_none()
    except ValueError:
        return None
    kept = found[0].secret_hash if found else b"\0" * 32
    if not hmac.compare_digest(kept, _digest(secret)) or found is None:
        return None
    client, user, _ = found
    fit = not user.disabled and client.expires_on >= local_day(now) and comes_from_allowed(client, source)
    return found if fit else None


def listing(actor: Actor) -> Select[Any]:
    """Clients within the caller's scope, by unit and name."""
    return (
        select(
            col(ApiClient.id).label("id"),
            col(AppUser.name).label("name"),
            func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"),
            col(ApiClient.scopes).label("scopes"),
            col(ApiClient.allowed_ips).label("allowed_ips"),
            col(ApiClient.expires_on).label("expires_on"),
            col(AppUser.disabled).label("disabled"),
            col(ApiClient.secret_made_at).label("secret_made_at"),
            col(ApiClient.last_used_at).label("last_used_at"),
            col(ApiClient.version).label("version"),
        )
        .join(AppUser, col(AppUser.id) == ApiClient.user_id)
        .join(Unit, col(Unit.id) == AppUser.unit_id)
        .where(actor.scope(col(Unit.path)))
        .order_by(col(Unit.path), col(AppUser.name), col(ApiClient.id))
    )


def one(session: Session, actor: Actor, client_id: uuid.UUID, *, lock: bool = False) -> Found:
    """A client within the caller's scope.

    Raises:
        NotFound: absent or outside it.
    """
    statement = _whole(col(ApiClient.id) == client_id, actor.scope(col(Unit.path)))
    found = session.exec(statement.with_for_update(of=(ApiClient, AppUser)) if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def present(found: Found) -> ClientPublic:
    """A client as answered."""
    client, user, unit = found
    return ClientPublic(
        id=client.id,
        name=user.name,
        unit=Ref(id=unit.id, name=unit.name),
        scopes=client.scopes,
        allowed_ips=client.allowed_ips,
        expires_on=client.expires_on,
        disabled=user.disabled,
        secret_made_at=client.secret_made_at,
        last_used_at=client.last_used_at,
        version=client.version,
    )


def create(session: Session, actor: Actor, data: ClientCreate, *, now: datetime) -> tuple[Found, str]:
    """Let another system in; its secret, given back in clear this once.

    Raises:
        Invalid: no such unit in scope, scopes that no such system may hold, or an end too far away.
    """
    unit = session.get(Unit, data.unit_id)
    if unit is None or not actor.sees(unit.path):
        raise Invalid.field("#/unit_id", "unit-unknown", "没有这个单位")
    _require_end(data.expires_on, local_day(now))
    secret = _new_secret()
    user = AppUser(
        username=f"client-{secrets.token_hex(6)}",
        name=data.name,
        role=_role_of(frozenset(data.scopes), unit),
        unit_id=unit.id,
        password_hash="-",
        password_changed_at=now,
        is_client=True,
        created_at=now,
    )
    session.add(user)
    session.flush()
    client = ApiClient(
        user_id=user.id,
        scopes=sorted(data.scopes),
        allowed_ips=data.allowed_ips,
        secret_hash=_digest(secret),
        secret_made_at=now,
        expires_on=data.expires_on,
        created_at=now,
    )
    session.add(client)
    session.flush()
    audit.record(session, actor, "client.create", "api_client", client.id, after=data.model_dump(mode="json"))
    return (client, user, unit), secret


def change(
    session: Session, actor: Actor, client_id: uuid.UUID, data: ClientPatch, if_match: str | None, *, now: datetime
) -> Found:
    """Change what a client may do, from where, until when; tokens already issued follow at once."""
    found = one(session, actor, client_id, lock=True)
    client, user, unit = found
    require_version(if_match, client.version, current=lambda: present(found).model_dump(mode="json"))
    changes = data.model_dump(exclude_unset=True, exclude_none=True)
    before = present(found).model_dump(mode="json", include=set(changes))
    if "scopes" in changes:
        user.role, client.scopes = _role_of(frozenset(changes["scopes"]), unit), sorted(changes["scopes"])
    if "expires_on" in changes:
        _require_end(changes["expires_on"], local_day(now))
        client.expires_on = changes["expires_on"]
    client.allowed_ips = changes.get("allowed_ips", client.allowed_ips)
    user.name = changes.get("name", user.name)
    if "disabled" in changes:
        _set_disabled(user, changes["disabled"])
    client.version += 1
    session.flush()
    audit.record(session, actor, "client.change", "api_client", client.id, before=before, after=changes)
    return found


def rotate(session: Session, actor: Actor, client_id: uuid.UUID, *, now: datetime) -> tuple[Found, str]:
    """A new secret; the old one and every token it was exchanged for end at once."""
    found = one(session, actor, client_id, lock=True)
    client, user, _ = found
    secret = _new_secret()
    client.secret_hash, client.secret_made_at = _digest(secret), now
    client.version += 1
    user.token_gen += 1
    session.flush()
    audit.record(session, actor, "client.rotate", "api_client", client.id)
    return found, secret


def disable(session: Session, actor: Actor, client_id: uuid.UUID) -> Found:
    """Let it in no more; its tokens end at once."""
    found = one(session, actor, client_id, lock=True)
    client, user, _ = found
    if not user.disabled:
        _set_disabled(user, True)
        client.version += 1
        session.flush()
        audit.record(session, actor, "client.disable", "api_client", client.id)
    return found


def _whole(*which: ColumnElement[bool]) -> Rows[ApiClient, AppUser, Unit]:
    return (
        rows(ApiClient, AppUser, Unit)
        .join(AppUser, col(AppUser.id) == ApiClient.user_id)
        .join(Unit, col(Unit.id) == AppUser.unit_id)
        .where(*which)
    )


def _set_disabled(user: AppUser, disabled: bool) -> None:
    if user.disabled != disabled:
        user.disabled = disabled
        user.token_gen += 1


def scopes_of(session: Session, actor: Actor, unit_id: uuid.UUID) -> list[ScopePublic]:
    """What a system of that unit may be granted.

    Raises:
        NotFound: no such unit in scope.
    """
    unit = session.get(Unit, unit_id)
    if unit is None or not actor.sees(unit.path):
        raise NotFound
    return [ScopePublic(scope=each, words=PERMISSION_WORDS[each]) for each in grantable(own_unit=_is_own(unit))]


def _is_own(unit: Unit) -> bool:
    return unit.kind not in (UnitKind.OFFICE, UnitKind.GOVERNMENT)


def _role_of(scopes: frozenset[str], unit: Unit) -> Role:
    role = role_for(scopes, own_unit=_is_own(unit))
    if role is None:
        odd = "、".join(sorted(scopes - frozenset(grantable(own_unit=_is_own(unit))))) or "这几项合在一起"
        raise Invalid(
            "scope-not-grantable",
            "不能授予这些权限",
            detail=f"此单位的外部系统不能有：{odd}",
            errors=[FieldError("#/scopes", "scope-not-grantable", f"不能授予：{odd}")],
        )
    return role


def _require_end(expires_on: date, today: date) -> None:
    if not today <= expires_on <= rules.last_client_day(today):
        raise Invalid.field("#/expires_on", "client-lifetime", "须在今天之后、一年之内")


def _new_secret() -> str:
    return SECRET_PREFIX + secrets.token_urlsafe(32)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
