"""Forged tokens, signed with the right key, are refused: nothing in a token chooses how it is checked."""

import base64
import hashlib
import hmac
import json
import math
import secrets
import sys
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from taizhang.accounts.tokens import InvalidToken, TokenSigner, WeakSecret, decode_secret

SECRET = secrets.token_urlsafe(32)
SIGNER = TokenSigner(SECRET)
NOW = datetime.now(UTC)
USER, SESSION = uuid.uuid4(), uuid.uuid4()


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forge(header: Any, claims: Any, *, digest: Any = hashlib.sha256) -> str:
    signed = f"{encode(header)}.{encode(claims)}"
    return f"{signed}.{encode(hmac.new(decode_secret(SECRET), signed.encode(), digest).digest())}"


@pytest.fixture
def token() -> str:
    return SIGNER.issue(user_id=USER, session_id=SESSION, generation=3, now=NOW)


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, claims, _ = (
        json.loads(base64.urlsafe_b64decode(p + "==")) if i < 2 else {} for i, p in enumerate(token.split("."))
    )
    return header, claims


def test_an_issued_token_is_verified(token: str) -> None:
    claims = SIGNER.verify(token, now=NOW)
    assert (claims.user_id, claims.session_id, claims.generation) == (USER, SESSION, 3)
    assert SIGNER.verify(forge(*parts(token)), now=NOW) == claims


def test_a_token_ends_after_ten_minutes_and_half_a_minute_of_leeway(token: str) -> None:
    real = datetime.now(UTC)
    fresh = SIGNER.issue(user_id=USER, session_id=SESSION, generation=1, now=real - timedelta(minutes=11))
    with pytest.raises(InvalidToken):
        SIGNER.verify(fresh, now=real)


@pytest.mark.parametrize(
    "change",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "HS512"},
        {"alg": "RS256"},
        {"alg": ["HS256"]},
        {"alg": None},
        {"typ": "JWT"},
        {"kid": "../../etc/passwd"},
        {"kid": 1},
        {"crit": ["exp"]},
        {"b64": False},
        {"zip": "DEF"},
        {"jwk": {"kty": "oct", "k": "AA"}},
        {"jku": "http://127.0.0.1/keys"},
        {"x5u": "http://127.0.0.1/cert"},
    ],
)
def test_a_header_that_is_not_exactly_ours_is_refused(token: str, change: dict[str, Any]) -> None:
    header, claims = parts(token)
    with pytest.raises(InvalidToken):
        SIGNER.verify(forge({**header, **change}, claims), now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "other"},
        {"aud": ["taizhang-api"]},
        {"iss": "other"},
        {"sub": "1"},
        {"sub": None},
        {"sub": 7},
        {"sid": "x"},
        {"gen": "3"},
        {"gen": True},
        {"gen": 3.0},
        {"exp": 0},
        {"exp": None},
        {"exp": "soon"},
        {"exp": [1]},
        {"exp": True},
        {"exp": 10**30},
        {"exp": int(NOW.timestamp()) + 86_400},
        {"iat": int(NOW.timestamp()) + 3_600},
        {"nbf": int(NOW.timestamp()) + 10**9},
        {"exp": math.inf},
    ],
)
def test_claims_of_the_wrong_kind_or_time_are_refused(token: str, change: dict[str, Any]) -> None:
    header, claims = parts(token)
    with pytest.raises(InvalidToken):
        SIGNER.verify(forge(header, {**claims, **change}), now=NOW)


@pytest.mark.parametrize("name", ["exp", "iat", "nbf", "aud", "iss", "sub", "jti", "sid", "gen"])
def test_a_missing_claim_is_refused(token: str, name: str) -> None:
    header, claims = parts(token)
    del claims[name]
    with pytest.raises(InvalidToken):
        SIGNER.verify(forge(header, claims), now=NOW)


def test_other_spellings_of_the_same_signature_are_refused(token: str) -> None:
    body, tail = token[:-1], token[-1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = alphabet[alphabet.index(tail) | 1]
    for spelling in (body + same_bytes, token + "=", token.replace("-", "+").replace("_", "/") + "x"):
        with pytest.raises(InvalidToken):
            SIGNER.verify(spelling, now=NOW)


@pytest.mark.parametrize("depth", [990, 5_000, 20_000])
def test_a_deeply_nested_header_is_refused_quietly(depth: int) -> None:
    header = b"[" * depth + b"]" * depth
    with pytest.raises(InvalidToken):
        SIGNER.verify(f"{encode(header)}.{encode({'a': 1})}.{'A' * 43}", now=NOW)


@pytest.mark.parametrize("secret", ["", "short", "null", '{"a":"b"}', "A" * 42 + "!", "c2hvcnQ" * 5])
def test_a_weak_secret_is_refused_at_start(secret: str) -> None:
    with pytest.raises(WeakSecret):
        TokenSigner(secret)


def test_the_unmaintained_back_ends_are_not_loaded() -> None:
    assert not {"ecdsa", "rsa", "pyasn1"} & sys.modules.keys()
