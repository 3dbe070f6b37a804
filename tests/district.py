"""The district the tests live in: the demo's units, one reporter and one signer each, and the office."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser
from taizhang.accounts.passwords import hash_password
from taizhang.accounts.queries import actor_of
from taizhang.demo.units import UNITS, found, populate
from taizhang.units import service as units
from taizhang.units.models import Unit, UnitKind

SignIn = Callable[[str], TestClient]
"""``client_as("dashanping")``: that person, signed in."""

PASSWORD = "Kite-forty-harbour7"

OTHERS = [("office", Role.OFFICE), ("admin", Role.ADMIN), ("audit", Role.AUDIT), ("auditor", Role.AUDITOR)]


@dataclass(frozen=True)
class District:
    """Units by their login name (``district`` is the government) and people by username."""

    units: dict[str, Unit]
    people: dict[str, AppUser]

    def actor(self, username: str) -> Actor:
        """A person as the services see callers."""
        user = self.people[username]
        unit = next(unit for unit in self.units.values() if unit.id == user.unit_id)
        scope = "district" if unit.path.startswith(self.units["district"].path) else "elsewhere"
        return Actor(
            user_id=user.id,
            username=user.username,
            name=user.name,
            role=user.role,
            unit_id=unit.id,
            unit_name=unit.short_name,
            unit_path=unit.path,
            scope_path=self.units[scope].path,
        )


def _person(username: str, role: Role, unit_id: uuid.UUID, hashed: str, now: datetime) -> AppUser:
    return AppUser(
        username=username,
        name=f"{username}同志",
        role=role,
        unit_id=unit_id,
        password_hash=hashed,
        password_changed_at=now,
        created_at=now,
    )


def build_district(session: Session, *, now: datetime) -> District:
    """Plant 江阳区, and a second district next door whose office must never see it."""
    planted = found(session)
    hashed = hash_password(PASSWORD)
    people = [_person(name, role, planted["office"].id, hashed, now) for name, role in OTHERS]
    session.add_all(people)
    session.flush()
    admin = next(person for person in people if person.role is Role.ADMIN)
    planted |= populate(session, actor_of(session, admin))
    planted["elsewhere"] = units.add(
        session,
        None,
        code="510503",
        name="泸州市纳溪区人民政府",
        short_name="纳溪区",
        kind=UnitKind.GOVERNMENT,
        holds_tasks=False,
    )
    planted["elsewhere-office"] = units.add(
        session,
        planted["elsewhere"],
        code="510503-001",
        name="泸州市纳溪区人民政府办公室",
        short_name="纳溪区政府办公室",
        kind=UnitKind.OFFICE,
    )
    people.append(_person("naxi", Role.OFFICE, planted["elsewhere-office"].id, hashed, now))
    people.append(_person("office-reporter", Role.REPORTER, planted["office"].id, hashed, now))
    people.append(_person("office-signer", Role.SIGNER, planted["office"].id, hashed, now))
    for seed in UNITS:
        if seed.kind is not UnitKind.OFFICE:
            people.append(_person(seed.login, Role.REPORTER, planted[seed.login].id, hashed, now))
            people.append(_person(f"{seed.login}-signer", Role.SIGNER, planted[seed.login].id, hashed, now))
    session.add_all(people)
    session.flush()
    kept = session.exec(select(AppUser).where(col(AppUser.id).in_([person.id for person in people]))).all()
    return District(planted, {person.username: person for person in kept})
