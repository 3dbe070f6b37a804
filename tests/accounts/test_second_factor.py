"""One-time passwords, as the office, the administrator and somebody with a stolen password meet them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from taizhang.accounts import second_factors
from taizhang.accounts.models import SecondFactor
from taizhang.core.sealing import Keyring, new_key
from taizhang.core.settings import Settings
from tests.district import PASSWORD, District

SPA = {"X-Requested-With": "spa"}
LogIn = Callable[..., Response]


@pytest.fixture
def log_in(citizen: TestClient) -> LogIn:
    def attempt(username: str = "office", password: str = PASSWORD, **rest: Any) -> Response:
        return citizen.post("/api/v1/auth/login", json={"username": username, "password": password, **rest})

    return attempt


def bearer(login: Response) -> dict[str, str]:
    assert login.status_code == 200, login.text
    return {"Authorization": f"Bearer {login.json()['access_token']}"}


@pytest.fixture
def seed(citizen: TestClient, log_in: LogIn) -> str:
    """The office has enrolled; what its authenticator holds. The code of the present step is used up by that."""
    headers = bearer(log_in())
    begun = citizen.post("/api/v1/auth/totp", json={"current_password": PASSWORD}, headers=headers).json()
    assert begun["qr"].startswith("data:image/svg+xml")
    code = pyotp.TOTP(begun["secret"]).at(datetime.now(UTC) - timedelta(seconds=30))
    confirmed = citizen.post("/api/v1/auth/totp/confirm", json={"otp": code}, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    assert len(set(confirmed.json()["recovery_codes"])) == 10
    assert citizen.get("/api/v1/auth/me", headers=headers).status_code == 401  # a token without the factor is over
    return str(begun["secret"])


def test_the_office_logs_in_with_password_and_code_and_no_code_serves_twice(seed: str, log_in: LogIn) -> None:
    assert log_in().json()["code"] == "otp-required"
    code = pyotp.TOTP(seed).now()
    answer = log_in(otp=code)
    assert answer.status_code == 200
    assert answer.json()["user"]["totp_enabled"] is True
    assert log_in(otp=code).json()["code"] == "login-failed"


def test_asking_for_the_code_tells_nothing_without_the_password(seed: str, log_in: LogIn) -> None:
    assert log_in(password="wrong-password-1").json()["code"] == "login-failed"
    assert log_in(password="wrong-password-1", otp=pyotp.TOTP(seed).now()).json()["code"] == "login-failed"


def test_five_wrong_codes_lock_the_account(seed: str, log_in: LogIn) -> None:
    for _ in range(5):
        assert log_in(otp="000000").status_code == 401
    assert log_in(otp=pyotp.TOTP(seed).now()).json()["code"] == "login-failed"


def test_a_recovery_code_serves_once_in_the_authenticators_place(
    citizen: TestClient, log_in: LogIn, session: Session, app: FastAPI, district: District
) -> None:
    headers = bearer(log_in())
    begun = citizen.post("/api/v1/auth/totp", json={"current_password": PASSWORD}, headers=headers).json()
    code = pyotp.TOTP(begun["secret"]).now()
    codes = citizen.post("/api/v1/auth/totp/confirm", json={"otp": code}, headers=headers).json()["recovery_codes"]
    assert log_in(otp=codes[3].upper()).status_code == 200
    assert log_in(otp=codes[3]).status_code == 401
    kept = session.exec(select(SecondFactor).where(SecondFactor.user_id == district.people["office"].id)).one()
    assert len(kept.recovery_hashes) == 9
    assert begun["secret"].encode() not in kept.secret


def test_enrolling_wants_the_password_again_and_the_right_first_code(citizen: TestClient, log_in: LogIn) -> None:
    headers = bearer(log_in())
    refused = citizen.post("/api/v1/auth/totp", json={"current_password": "not-my-password-1"}, headers=headers)
    assert refused.json()["code"] == "current-password-wrong"
    citizen.post("/api/v1/auth/totp", json={"current_password": PASSWORD}, headers=headers)
    assert citizen.post("/api/v1/auth/totp/confirm", json={"otp": "000000"}, headers=headers).status_code == 403
    assert log_in().status_code == 200  # not enabled until confirmed


def test_a_stolen_token_cannot_guess_the_password_for_ever(citizen: TestClient, log_in: LogIn) -> None:
    headers = bearer(log_in("caizheng"))
    change = {"current_password": "guess-number-1-", "new_password": "Willow-bridge-29-lamp"}
    assert [citizen.post("/api/v1/auth/password", json=change, headers=headers).status_code for _ in range(6)] == [
        *[403] * 5,
        401,
    ]
    assert log_in("caizheng").status_code == 401


def test_switching_off_takes_a_code_and_the_administrator_can_reset_with_a_reason(
    citizen: TestClient, seed: str, log_in: LogIn, admin: TestClient, client_as: Callable[[str], TestClient]
) -> None:
    headers = bearer(log_in(otp=pyotp.TOTP(seed).now()))
    assert citizen.post("/api/v1/auth/totp/disable", json={"otp": "000000"}, headers=headers).status_code == 403
    later = pyotp.TOTP(seed).at(datetime.now(UTC) + timedelta(seconds=30))
    assert citizen.post("/api/v1/auth/totp/disable", json={"otp": later}, headers=headers).status_code == 204
    assert log_in().json()["user"]["totp_enabled"] is False


def test_the_administrator_resets_a_lost_factor_with_a_reason(
    seed: str, log_in: LogIn, admin: TestClient, district: District
) -> None:
    address = f"/api/v1/users/{district.people['office'].id}"
    assert admin.get(address).json()["totp_enabled"] is True
    assert admin.post(f"{address}/reset-totp", json={}).status_code == 422
    assert admin.post(f"{address}/reset-totp", json={"reason": "手机丢失，已当面核实"}).status_code == 204
    assert log_in().status_code == 200
    assert admin.post(f"{address}/reset-totp", json={"reason": "再来一次"}).json()["code"] == "totp-not-enabled"


@pytest.fixture
def strict(app: FastAPI, settings: Settings) -> None:
    """As in production: privileged roles must use a second factor."""
    app.state.settings = settings.model_copy(update={"require_totp": True})


@pytest.mark.usefixtures("strict")
def test_where_it_is_required_the_office_enrols_before_anything_else(citizen: TestClient, log_in: LogIn) -> None:
    headers = bearer(log_in())
    assert citizen.get("/api/v1/units", headers=headers).json()["code"] == "totp-enrolment-required"
    assert citizen.get("/api/v1/auth/me", headers=headers).json()["totp_required"] is True
    begun = citizen.post("/api/v1/auth/totp", json={"current_password": PASSWORD}, headers=headers).json()
    code = pyotp.TOTP(begun["secret"]).now()
    assert citizen.post("/api/v1/auth/totp/confirm", json={"otp": code}, headers=headers).status_code == 200
    headers = bearer(citizen.post("/api/v1/auth/refresh", headers=SPA))
    assert citizen.get("/api/v1/units", headers=headers).status_code == 200
    assert (
        citizen.post("/api/v1/auth/totp/disable", json={"otp": code}, headers=headers).json()["code"] == "totp-required"
    )


@pytest.mark.usefixtures("strict")
def test_a_reporter_needs_none_even_there(citizen: TestClient, log_in: LogIn) -> None:
    assert citizen.get("/api/v1/units", headers=bearer(log_in("dashanping"))).status_code == 200


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(seconds: int, taken: bool, seeded: District) -> None:
    ring = Keyring.read(new_key("k1"))
    now = datetime(2026, 11, 25, 2, 0, 15, tzinfo=UTC)
    sealed = ring.seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", str(seeded.people["office"].id))
    factor = SecondFactor(
        user_id=seeded.people["office"].id, key_id=sealed.key_id, secret=sealed.content, created_at=now, last_step=0
    )
    code = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").at(now + timedelta(seconds=seconds))
    assert second_factors.accept(factor, code, ring, now=now) is taken
    assert second_factors.accept(factor, code, ring, now=now) is False
