"""Two profiles of password, and what a hash costs."""

import pytest

from taizhang.accounts import passwords
from taizhang.accounts.passwords import PROFILES, faults, hash_password, is_outdated, matches, random_password
from taizhang.core.settings import Settings


@pytest.mark.parametrize(
    ("password", "dengbao3", "plain"),
    [
        ("Willow-bridge-29", True, True),
        ("correcthorsebatterystaple-on-a-hill", False, True),  # long words alone: fine for ASVS, not for 等保
        ("Kite-for-ty-7", True, False),
        ("Iloveyou-2026-!!", False, False),  # a common one with the year put behind it
        ("Jiangyang-2026-x", False, False),
        ("chenhong-Walks-29", False, False),
        ("秋水共长天一色Aa-79413358", True, True),
        ("x" * 257, False, False),
        ("Aa1-" * 64, True, True),
    ],
)
def test_each_profile_takes_what_its_standard_takes(password: str, dengbao3: bool, plain: bool) -> None:
    taken = {
        name: not faults(password, username="chenhong", name="陈红", profile=profile)
        for name, profile in PROFILES.items()
    }
    assert taken == {"dengbao3": dengbao3, "plain": plain}


def test_a_password_is_checked_exactly_as_it_was_typed() -> None:
    stored = hash_password(" Willow-Bridge ")
    assert matches(" Willow-Bridge ", stored)
    assert not any(matches(other, stored) for other in ("Willow-Bridge", " willow-bridge ", " Willow-Bridge"))


def test_an_absent_account_fits_no_password() -> None:
    assert not matches("anything", None)


def test_hashes_have_the_parameters_decided_on_and_older_ones_are_renewed() -> None:
    assert hash_password("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not is_outdated(hash_password("x"))
    assert is_outdated("$argon2id$v=19$m=8192,t=1,p=1$c2FsdHNhbHQ$" + "A" * 43)


def test_first_passwords_are_random_and_meet_the_stricter_profile() -> None:
    made = {random_password() for _ in range(20)}
    assert len(made) == 20
    assert not any(faults(password, username="chenhong", name="陈红") for password in made)


def test_production_takes_dengbao3_and_the_second_factor_unless_told_otherwise() -> None:
    assert (Settings().password_profile, Settings().totp_required) == ("dengbao3", False)
    strict = Settings(production=True, public_url="https://taizhang.example.gov.cn")
    assert strict.totp_required
    assert not Settings(production=True, public_url="https://a.example.gov.cn", require_totp=False).totp_required
    assert passwords.PROFILES["plain"].maximum_age is None


@pytest.mark.parametrize("networks", ["10.0.0.1/8", "intranet", "10.0.0.0/33"])
def test_networks_that_are_none_are_refused_at_the_start(networks: str) -> None:
    with pytest.raises(ValueError, match="网段"):
        Settings(staff_networks=networks)
