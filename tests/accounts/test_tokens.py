"""Forged tokens, signed with the right key, are refused: nothing in a token chooses how it is checked."""

import ast
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.accounts import tokens
from taizhang.accounts.tokens import Claims, InvalidToken, TokenSigner, WeakSecret
from tests.accounts.forgeries import (
    CLIENT,
    OLDER,
    SECRET,
    SESSION,
    USER,
    after,
    all_forged,
    claims,
    forge,
    header,
    key_id,
    refuses,
)

SIGNER = TokenSigner(f"{SECRET} {OLDER}")


def test_an_issued_token_is_verified_and_says_who_and_how() -> None:
    now = datetime.now(UTC)
    token = SIGNER.issue(user_id=USER, session_id=SESSION, generation=3, now=now, second_factor=True)
    assert SIGNER.verify(token, now=now) == Claims(USER, SESSION, 3, second_factor=True)
    assert SIGNER.verify(forge(), now=now) == SIGNER.verify(token, now=now)


def test_a_token_of_another_system_names_it_and_its_scopes() -> None:
    now = datetime.now(UTC)
    token = SIGNER.issue(
        user_id=USER, session_id=SESSION, generation=3, now=now, client_id=CLIENT, scopes=["b:c:d", "a:b:c"]
    )
    found = SIGNER.verify(token, now=now)
    assert (found.client_id, found.scopes, found.second_factor) == (CLIENT, frozenset({"a:b:c", "b:c:d"}), False)


def test_a_token_ends_with_its_login(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC) - timedelta(seconds=100)
    token = SIGNER.issue(user_id=USER, session_id=SESSION, generation=1, now=now, until=now + timedelta(seconds=60))
    with pytest.raises(InvalidToken):
        SIGNER.verify(token, now=datetime.now(UTC))


def test_clocks_may_be_half_a_minute_apart() -> None:
    now = datetime.now(UTC)
    for change in ({"iat": after(25), "nbf": after(25)}, {"exp": after(-25), "iat": after(-600), "nbf": after(-600)}):
        assert SIGNER.verify(forge(body=claims(**change)), now=now).user_id == USER


def test_a_key_being_replaced_still_verifies() -> None:
    older = forge(header(kid=key_id(OLDER)), secret=OLDER)
    assert SIGNER.verify(older, now=datetime.now(UTC)).user_id == USER
    with pytest.raises(InvalidToken):
        TokenSigner(SECRET).verify(older, now=datetime.now(UTC))


@pytest.mark.parametrize(("make"), all_forged().values(), ids=all_forged().keys())
def test_a_forged_token_is_refused(make: Callable[[], str]) -> None:
    assert refuses(tokens, make)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))))
def test_no_text_whatever_is_more_than_an_invalid_token(text: str) -> None:
    for token in (text, f"{text}.{text}.{text}", f"{forge()[:-43]}{text}"):
        with pytest.raises(InvalidToken):
            SIGNER.verify(token, now=datetime.now(UTC))


@pytest.mark.parametrize("secret", ["", "short", "null", '{"a":"b"}', "A" * 42 + "!", "c2hvcnQ" * 5, "A" * 41])
def test_a_weak_secret_is_refused_at_start(secret: str) -> None:
    with pytest.raises(WeakSecret):
        TokenSigner(secret)


def test_the_unmaintained_back_ends_are_not_loaded() -> None:
    assert not {"ecdsa", "rsa", "pyasn1"} & sys.modules.keys()


def test_jose_is_imported_in_one_place() -> None:
    found = set()
    for path in Path("backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found |= {path.name for name in names if name.split(".")[0] == "jose"}
    assert found == {"tokens.py"}
    assert "get_unverified" not in Path("backend/taizhang/accounts/tokens.py").read_text(encoding="utf-8")
