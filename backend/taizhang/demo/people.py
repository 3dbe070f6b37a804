"""The people of the demo: one reporter and one signer a unit, the office, and those who look on. Names are made up."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser
from taizhang.accounts.passwords import hash_password
from taizhang.demo.units import OFFICE, UNITS
from taizhang.units.models import Unit

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = [
    "敏",
    "静",
    "丽娟",
    "志强",
    "晓燕",
    "建国",
    "海燕",
    "春梅",
    "国庆",
    "文博",
    "思远",
    "雪梅",
    "小红",
    "永康",
    "桂兰",
]
GIVEN += [
    "明远",
    "子涵",
    "振华",
    "玉兰",
    "晓东",
    "秀英",
    "立新",
    "佳怡",
    "天佑",
    "雅琴",
    "光明",
    "慧",
    "勇",
    "倩",
    "磊",
]
WORDS = [
    "maple river stone cloud harbour lantern orchard meadow copper willow sparrow granite amber velvet cedar",
    "comet thistle juniper saddle ribbon marble walnut pepper falcon ginger violin canyon pebble clover anchor",
]


@dataclass(frozen=True)
class Person:
    """One demo account with its password in clear, for the accounts file."""

    user: AppUser
    password: str
    unit_code: str


def memorable_password() -> str:
    """A random password a visitor can type: three words and a number, some 40 bits."""
    words = " ".join(WORDS).split()
    chosen = [secrets.choice(words) for _ in range(3)]
    return f"{chosen[0].capitalize()}-{chosen[1]}-{chosen[2]}-{secrets.randbelow(9000) + 1000}"


def _accounts() -> list[tuple[str, Role, str]]:
    shared = [("office", Role.OFFICE), ("admin", Role.ADMIN), ("audit", Role.AUDIT), ("auditor", Role.AUDITOR)]
    accounts = [(username, role, OFFICE.login) for username, role in shared]
    for seed in UNITS:
        login = "zhengfuban" if seed is OFFICE else seed.login
        accounts.append((login, Role.REPORTER, seed.login))
        accounts.append((f"{login}-signer", Role.SIGNER, seed.login))
    return accounts


def settle(session: Session, units: dict[str, Unit], chance: random.Random, *, now: datetime) -> dict[str, Person]:
    """Give everybody an account; people by username."""
    people = {}
    for username, role, unit in _accounts():
        password = memorable_password()
        user = AppUser(
            username=username,
            name=chance.choice(SURNAMES) + chance.choice(GIVEN),
            role=role,
            unit_id=units[unit].id,
            phone=f"0830-3{chance.randrange(100000, 999999)}",
            password_hash=hash_password(password),
            password_changed_at=now,
            created_at=now,
        )
        session.add(user)
        people[username] = Person(user, password, units[unit].code)
    session.flush()
    return people
