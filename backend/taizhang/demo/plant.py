"""Planting the demo (演示区生成): units and people first, then a year of activity through the public services."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine

from taizhang.accounts.queries import actor_of
from taizhang.core.clock import SHANGHAI
from taizhang.core.database import open_session
from taizhang.core.settings import Settings
from taizhang.demo import measured, people, registers, releases, reports, units, year
from taizhang.secrets import party_keys

SEED = 20230707
DAY = date(2023, 9, 20)


def plant(engine: Engine, settings: Settings, *, say: Callable[[str], None]) -> list[dict[str, str]]:
    """Fill an empty database; the accounts, as ``demo-accounts.json`` lists them."""
    chance = random.Random(SEED)
    with open_session(engine) as session, session.begin():
        now = datetime.now(UTC)
        planted = units.found(session)
        first = people.appoint(session, planted["office"], chance, now=now)
        admin = actor_of(session, first.user)
        planted |= units.populate(session, admin)
    settled = {"admin": first} | people.settle(engine, admin, planted, chance, now=now)
    say(f"{len(planted)} 个单位，{len(settled)} 个账号")
    year.live(engine, planted, settled, chance, settings.today or DAY, say=say)
    with open_session(engine) as session, session.begin():
        actors = {name: actor_of(session, person.user) for name, person in settled.items()}
        kept = registers.keep(session, actors, party_keys(settings), settings.today or DAY)
        releases.release(session, actors["office"], settings.today or DAY)
    say(f"{kept} 条专项台账")
    with open_session(engine) as session, session.begin():
        frozen = measured.freeze(session, datetime.combine(settings.today or DAY, time(9), tzinfo=SHANGHAI))
    say(f"{frozen} 个指标冻结值")
    reports.write(engine, planted, actors, random.Random(SEED), settings.today or DAY, say=say)
    return [
        {
            "username": person.user.username,
            "password": person.password,
            "role": person.user.role.value,
            "unit_code": person.unit_code,
        }
        for person in settled.values()
    ]
