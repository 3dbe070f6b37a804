"""The people of the demo: one reporter and one signer a unit, the office, and those who look on. Names are made up."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.access.permissions import Role
from taizhang.accounts import service
from taizhang.accounts.models import AppUser
from taizhang.accounts.schemas import UserCreate
from taizhang.audit import service as audit
from taizhang.core.database import open_session
from taizhang.demo.units import OFFICE, UNITS
from taizhang.units.models import Unit

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = """敏 静 丽娟 志强 晓燕 建国 海燕 春梅 国庆 文博 思远 雪梅 小红 永康 桂兰
明远 子涵 振华 玉兰 晓东 秀英 立新 佳怡 天佑 雅琴 光明 慧 勇 倩 磊""".split()
WORDS = """maple river stone cloud harbour lantern orchard meadow copper willow sparrow granite amber velvet cedar
comet thistle juniper saddle ribbon marble walnut pepper falcon ginger violin canyon pebble clover anchor""".split()


@dataclass(frozen=True)
class Person:
    """One demo account with its password in clear, for the accounts file."""

    user: AppUser
    password: str
    unit_code: str


def memorable_password() -> str:
    """A random password a visitor can type: three words and a number, some 28 bits behind a lock-out."""
    chosen = [secrets.choice(WORDS) for _ in range(3)]
    return f"{chosen[0].capitalize()}-{chosen[1]}-{chosen[2]}-{secrets.randbelow(9000) + 1000}"


def appoint(session: Session, office: Unit, chance: random.Random, *, now: datetime) -> Person:
    """The first administrator, as ``taizhang init`` makes one."""
    user, _ = service.new_user(
        session, username="admin", name=_name(chance), role=Role.ADMIN, unit_id=office.id, phone=None, now=now
    )
    audit.record(session, None, "user.create", "app_user", user.id, after={"username": "admin", "role": Role.ADMIN})
    return _settled(session, user, office, now=now)


def settle(
    engine: Engine, admin: Actor, units: dict[str, Unit], chance: random.Random, *, now: datetime
) -> dict[str, Person]:
    """Everybody else: the administrator opens the account, its owner chooses a password. People by username.

    A transaction each: hashing some hundred passwords in one would outlast what a transaction may take.
    """
    people = {}
    for username, role, login in _accounts():
        data = UserCreate(
            username=username,
            name=_name(chance),
            role=role,
            unit_id=units[login].id,
            phone=f"0830-3{chance.randrange(100000, 999999)}",
        )
        with open_session(engine) as session, session.begin():
            user, unit, _ = service.create(session, admin, data, now=now)
            people[username] = _settled(session, user, unit, now=now)
    return people


def _accounts() -> list[tuple[str, Role, str]]:
    shared = [("office", Role.OFFICE), ("audit", Role.AUDIT), ("auditor", Role.AUDITOR)]
    accounts = [(username, role, OFFICE.login) for username, role in shared]
    for seed in UNITS:
        login = "zhengfuban" if seed is OFFICE else seed.login
        accounts.append((login, Role.REPORTER, seed.login))
        accounts.append((f"{login}-signer", Role.SIGNER, seed.login))
    return accounts


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _settled(session: Session, user: AppUser, unit: Unit, *, now: datetime) -> Person:
    password = memorable_password()
    service.set_password(session, user, password, now=now)
    return Person(user, password, unit.code)
