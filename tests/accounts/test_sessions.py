"""Logins over time: their limits, their theft, their end, and twenty tabs at once."""

import hashlib
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, ClassVar

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine
from sqlmodel import Session, select

from taizhang import migrating
from taizhang.accounts import sessions
from taizhang.accounts.models import AppUser, RefreshSession
from taizhang.accounts.sessions import Attempt, Login, Refused
from taizhang.app import create_app
from taizhang.core.database import SYSTEM, create_pool, open_session
from taizhang.core.sealing import Keyring, new_key
from taizhang.core.settings import Settings
from tests.conftest import SharedSession
from tests.district import PASSWORD, District, build_district

SPA = {"X-Requested-With": "spa"}
KEYS = Keyring.read(new_key("k1"))
LOGIN = "/api/v1/auth/login"
REFRESH = "/api/v1/auth/refresh"


def aged(session: Session, by: timedelta) -> None:
    """Let time pass for every session there is."""
    for held in session.exec(select(RefreshSession)).all():
        for name in ("started_at", "issued_at", "expires_at", "used_at"):
            if (moment := getattr(held, name)) is not None:
                setattr(held, name, moment - by)
    session.commit()


@pytest.fixture
def logged_in(citizen: TestClient) -> Response:
    answer = citizen.post(LOGIN, json={"username": "dashanping", "password": PASSWORD})
    assert answer.status_code == 200
    return answer


def bearer(answer: Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.mark.usefixtures("logged_in")
def test_half_an_hour_without_use_ends_a_login(citizen: TestClient, session: Session) -> None:
    aged(session, timedelta(minutes=29))
    assert citizen.post(REFRESH, headers=SPA).status_code == 200
    aged(session, timedelta(minutes=31))
    assert citizen.post(REFRESH, headers=SPA).status_code == 401


@pytest.mark.usefixtures("logged_in")
def test_twelve_hours_end_a_login_however_busy(citizen: TestClient, session: Session) -> None:
    for _ in range(28):
        aged(session, timedelta(minutes=25))
        assert citizen.post(REFRESH, headers=SPA).status_code == 200
    aged(session, timedelta(minutes=15))
    last = citizen.post(REFRESH, headers=SPA)
    assert last.status_code == 200
    assert last.json()["expires_in"] <= 300  # no token outlives its login
    aged(session, timedelta(minutes=6))
    assert citizen.post(REFRESH, headers=SPA).status_code == 401


def test_a_token_used_again_later_ends_everything_the_thief_and_the_owner_have(
    citizen: TestClient, session: Session, logged_in: Response
) -> None:
    stolen = citizen.cookies["__Host-rt"]
    fresh = citizen.post(REFRESH, headers=SPA)
    aged(session, timedelta(seconds=11))
    current = citizen.cookies["__Host-rt"]
    citizen.cookies.clear()
    for token in (stolen, current):
        assert citizen.post(REFRESH, headers={**SPA, "Cookie": f"__Host-rt={token}"}).status_code == 401
    assert citizen.get("/api/v1/auth/me", headers=bearer(fresh)).status_code == 401


def test_an_administrator_and_the_owner_can_end_a_login(
    citizen: TestClient, admin: TestClient, district: District, logged_in: Response
) -> None:
    elsewhere = citizen.post(LOGIN, json={"username": "dashanping", "password": PASSWORD})
    listed = citizen.get("/api/v1/auth/sessions", headers=bearer(elsewhere)).json()
    assert sorted(one["current"] for one in listed) == [False, True]
    other = next(one["id"] for one in listed if not one["current"])
    assert citizen.post(f"/api/v1/auth/sessions/{other}/end", headers=bearer(elsewhere)).status_code == 204
    assert citizen.get("/api/v1/auth/me", headers=bearer(logged_in)).status_code == 401
    renewed = citizen.post(REFRESH, headers=SPA)
    address = f"/api/v1/users/{district.people['dashanping'].id}/end-sessions"
    assert admin.post(address, json={"reason": "账号疑似被借用"}).status_code == 204
    assert citizen.get("/api/v1/auth/me", headers=bearer(renewed)).status_code == 401


@pytest.mark.parametrize("change", [{"role": "signer"}, {"unit_id": "nancheng"}])
def test_a_new_role_or_unit_counts_on_the_next_request(
    citizen: TestClient, admin: TestClient, district: District, logged_in: Response, change: dict[str, str]
) -> None:
    if "unit_id" in change:
        change = {"unit_id": str(district.units[change["unit_id"]].id)}
    address = f"/api/v1/users/{district.people['dashanping'].id}"
    tag = {"If-Match": admin.get(address).headers["etag"]}
    assert admin.patch(address, json=change, headers=tag).status_code == 200
    assert citizen.get("/api/v1/auth/me", headers=bearer(logged_in)).status_code == 401
    assert citizen.post(REFRESH, headers=SPA).status_code == 401


def test_locks_grow_and_one_address_carries_the_whole_district(
    citizen: TestClient, session: Session, district: District
) -> None:
    minutes = []
    for _ in range(6):
        for _ in range(5):
            citizen.post(LOGIN, json={"username": "dashanping", "password": "wrong-password-1"})
        user = session.exec(select(AppUser).where(AppUser.username == "dashanping")).one()
        session.refresh(user)
        assert user.locked_until is not None
        minutes.append(round((user.locked_until - datetime.now(UTC)).total_seconds() / 60))
        user.locked_until = None
        session.commit()
    assert minutes == [2, 4, 8, 16, 30, 30]
    others = [name for name, person in district.people.items() if name != "dashanping"][:8]
    for username in others:
        assert citizen.post(LOGIN, json={"username": username, "password": "wrong-password-1"}).status_code == 401
        assert citizen.post(LOGIN, json={"username": username, "password": PASSWORD}).status_code == 200, username


def test_nothing_tells_an_absent_account_from_a_locked_or_a_disabled_one(
    citizen: TestClient, session: Session, district: District
) -> None:
    session.merge(district.people["caizheng"]).locked_until = datetime.now(UTC) + timedelta(minutes=5)
    session.merge(district.people["caizheng-signer"]).disabled = True
    session.commit()
    asked = {"absent-person": PASSWORD, "caizheng": PASSWORD, "caizheng-signer": PASSWORD, "dashanping": "wrong-one-1"}
    seen, times = set(), []
    for username, password in asked.items():
        lasted = []
        for _ in range(3):
            started = time.perf_counter()
            answer = citizen.post(LOGIN, json={"username": username, "password": password})
            lasted.append(time.perf_counter() - started)
        body = {name: value for name, value in answer.json().items() if name != "request_id"}
        seen.add((answer.status_code, str(body), answer.headers.get("www-authenticate")))
        times.append(statistics.median(lasted))
    assert len(seen) == 1
    assert min(times) > 0.005  # each cost a hash


def test_people_come_from_the_networks_named_and_systems_from_their_own(app: FastAPI, settings: Settings) -> None:
    app.state.staff_ranges = Settings(staff_networks="10.1.0.0/16").staff_ranges
    inside, outside = (
        TestClient(app, base_url="https://testserver", client=(ip, 5000)) for ip in ("10.1.2.3", "10.2.2.3")
    )
    account = {"username": "dashanping", "password": PASSWORD}
    token = bearer(inside.post(LOGIN, json=account))
    assert inside.get("/api/v1/auth/me", headers=token).status_code == 200
    spoofed = {"X-Forwarded-For": "10.1.2.3", "X-Real-IP": "10.1.2.3"}
    assert outside.post(LOGIN, json=account, headers=spoofed).json()["code"] == "network-not-allowed"
    assert outside.get("/api/v1/auth/me", headers=token | spoofed).json()["code"] == "network-not-allowed"
    assert outside.get("/api/v1/meta").status_code == 200


class Family(RuleBasedStateMachine):
    """One person's logins: whoever holds whichever token, at whatever time."""

    connection: ClassVar[Connection]
    district: ClassVar[District]

    @initialize()
    def begin(self) -> None:
        self.transaction = self.connection.begin()
        self.session = SharedSession(self.connection, SYSTEM)
        self.settings = Settings()
        self.now = datetime.now(UTC)
        self.owner = self.session.merge(self.district.people["dashanping"])
        self.tokens: list[dict[str, Any]] = []

    @rule()
    def log_in(self) -> None:
        attempt = Attempt("dashanping", self.owner.password_hash)
        login = sessions.log_in(self.session, attempt, settings=self.settings, keys=KEYS, now=self.now)
        assert isinstance(login, Login)
        self._hold(login, started=self.now)

    def _hold(self, login: Login, *, started: datetime) -> None:
        ends = min(self.now + timedelta(minutes=30), started + timedelta(hours=12))
        token = login.refresh_token
        self.tokens.append(
            {"token": token, "family": login.family_id, "started": started, "ends": ends, "used": None, "dead": False}
        )

    @rule(minutes=st.sampled_from([0.05, 0.1, 0.2, 5, 25, 31, 300]))
    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(data=st.data())
    def present(self, data: st.DataObject) -> None:
        if not self.tokens:
            return
        held = data.draw(st.sampled_from(self.tokens[-6:]))
        generation = self.owner.token_gen
        outcome = sessions.rotate(self.session, held["token"], settings=self.settings, now=self.now)
        if held["dead"]:
            assert outcome is Refused.NO
        elif held["used"] is not None and self.now - held["used"] <= timedelta(seconds=10):
            assert outcome is Refused.IN_PROGRESS
        elif held["used"] is not None:
            assert outcome is Refused.NO
            assert self.owner.token_gen == generation + 1
            self._bury(held["family"])
        elif held["ends"] < self.now:
            assert outcome is Refused.NO
        else:
            assert isinstance(outcome, Login)
            held["used"] = self.now
            self._hold(outcome, started=held["started"])

    def _bury(self, family: Any) -> None:
        for one in self.tokens:
            one["dead"] |= one["family"] == family

    @rule(data=st.data())
    def log_out(self, data: st.DataObject) -> None:
        if self.tokens:
            family = data.draw(st.sampled_from(self.tokens))["family"]
            sessions.end_family(self.session, self.owner, family, now=self.now)
            self._bury(family)

    @invariant()
    def no_login_has_two_live_tokens(self) -> None:
        if hasattr(self, "session"):
            live = [held.family_id for held in sessions.open_families(self.session, self.owner.id, now=self.now)]
            assert len(live) == len(set(live))

    @invariant()
    def no_token_is_kept_in_clear(self) -> None:
        if getattr(self, "tokens", None):
            kept = {held.token_hash for held in self.session.exec(select(RefreshSession)).all()}
            assert hashlib.sha256(self.tokens[-1]["token"].encode()).digest() in kept

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.transaction.rollback()


@pytest.fixture
def bare(engine: Engine, seeded: District) -> Iterator[Connection]:
    """A connection whose transactions the machine opens and rolls back itself."""
    with engine.connect() as connection:
        yield connection


def test_a_stolen_token_is_worth_nothing_in_any_order_of_events(bare: Connection, district: District) -> None:
    Family.connection, Family.district = bare, district
    run_state_machine_as_test(
        Family,
        settings=examples(
            max_examples=8,
            stateful_step_count=30,
            derandomize=True,
            phases=[Phase.generate],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def committed(spare_database: Callable[[str], str], settings: Settings) -> Iterator[FastAPI]:
    """The application over a database where transactions really meet."""
    url = spare_database("tabs")
    migrating.migrate(url)
    engine = create_pool(url, size=20)
    with open_session(engine) as session, session.begin():
        build_district(session, now=datetime.now(UTC))
    app = create_app(settings, url)
    app.state.sessions = partial(open_session, engine)
    yield app
    engine.dispose()


def test_of_twenty_tabs_at_once_one_gets_a_token(committed: FastAPI) -> None:
    client = TestClient(committed, base_url="https://testserver")
    client.post(LOGIN, json={"username": "dashanping", "password": PASSWORD})
    cookie = {**SPA, "Cookie": f"__Host-rt={client.cookies['__Host-rt']}"}

    def refresh(_: int) -> int:
        return TestClient(committed, base_url="https://testserver").post(REFRESH, headers=cookie).status_code

    with ThreadPoolExecutor(20) as tabs:
        assert sorted(tabs.map(refresh, range(20))) == [200, *[409] * 19]
