"""Tokens good and forged, signed with the right key by hand: what a thief of everything but our code could send.

The table is read twice: by the tests, and by the mutation runner (``tests/trust/mutation.py``), which asks of every
small change to ``tokens.py`` whether some row here notices it.
"""

import base64
import hashlib
import hmac
import json
import math
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

SECRET = "c2l4dGVlbiB0aW1lcyB0d28gYnl0ZXMgb2Yga2V5IQ_-"
OLDER = "YW4gb2xkZXIga2V5IHRoYXQgc3RpbGwgdmVyaWZpZXMg"
USER, SESSION, CLIENT = (uuid.UUID(int=number, version=4) for number in (7, 8, 9))


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def key_bytes(secret: str) -> bytes:
    return base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))


def key_id(secret: str) -> str:
    return hashlib.sha256(b"taizhang-kid" + key_bytes(secret)).hexdigest()[:8]


def sign(text: str, *, secret: str = SECRET, digest: Any = hashlib.sha256) -> str:
    return f"{text}.{encode(hmac.new(key_bytes(secret), text.encode(), digest).digest())}"


def header(**change: Any) -> dict[str, Any]:
    return {"alg": "HS256", "typ": "at+jwt", "kid": key_id(SECRET)} | change


def claims(**change: Any) -> dict[str, Any]:
    now = int(time.time())
    ours = {
        "iss": "taizhang",
        "aud": "taizhang-api",
        "sub": str(USER),
        "sid": str(SESSION),
        "gen": 3,
        "jti": "AAAAAAAAAAAAAAAA",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "otp": True,
    }
    return ours | change


def forge(head: Any = None, body: Any = None, **rest: Any) -> str:
    return sign(f"{encode(header() if head is None else head)}.{encode(claims() if body is None else body)}", **rest)


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in claims().items() if key != name}


def after(seconds: int) -> int:
    return int(time.time()) + seconds


KIDS: tuple[Any, ...] = ("../../etc/passwd", "' or '1'='1", 1, None, [], {}, "")
HEADERS: list[dict[str, Any]] = [
    *({"alg": alg} for alg in ("none", "None", "NONE", "HS384", "HS512", "RS256", "ES256", ["HS256"], None, "hs256")),
    *({"typ": typ} for typ in ("JWT", "at+JWT", None, 1)),
    *({"kid": kid} for kid in KIDS),
    {"crit": ["exp"]},
    {"b64": False},
    {"zip": "DEF"},
    {"jwk": {"kty": "oct", "k": "AA"}},
    {"jku": "http://127.0.0.1/keys"},
    {"x5u": "http://127.0.0.1/cert"},
    {"x5c": ["AA"]},
    {"cty": "JWT"},
]
CLAIMS: list[dict[str, Any]] = [
    *({"aud": aud} for aud in ("other", ["taizhang-api"], None, "", "taizhang-api2", 1)),
    *({"iss": iss} for iss in ("other", ["taizhang"], None, "")),
    *({"sub": sub} for sub in ("1", None, 7, "", "' or 1=1", True)),
    *({"sid": sid} for sid in ("x", None, 8)),
    *({"gen": gen} for gen in ("3", True, 3.0, None, [3])),
    *({"otp": otp} for otp in (None, "true", 1)),
    *({"jti": jti} for jti in (None, 1)),
    *({"exp": exp} for exp in (0, None, "soon", "", [1], True, 10**30, -1, math.inf, 1e300)),
    {"iat": float(int(time.time()) + 20)},
    {"nbf": float(int(time.time()))},
    {"exp": float(int(time.time()) + 500)},
    *({"iat": iat} for iat in ("now", None, True, math.inf)),
    *({"nbf": nbf} for nbf in ("now", None, True, 10**12)),
    {"client_id": "x"},
    {"client_id": 1},
    {"client_id": str(CLIENT), "scope": 1},
]
REQUIRED = ("exp", "iat", "nbf", "aud", "iss", "sub", "jti", "sid", "gen", "otp")


def odd_tokens() -> dict[str, Callable[[], str]]:
    """Tokens wrong in their spelling, their nesting or their time, made when asked: they age."""
    good = forge()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = good[:-1] + alphabet[alphabet.index(good[-1]) | 1]
    body = json.dumps(claims(), separators=(",", ":")).encode()
    padded = next(
        encode(claims(jti="A" * size)) for size in (16, 17, 18) if len(encode(claims(jti="A" * size))) % 4 == 2
    )
    loose = padded[:-1] + alphabet[alphabet.index(padded[-1]) | 1]
    head, nested = encode(header()), b'{"a":' * 990 + b"1" + b"}" * 990
    spelled: dict[str, Callable[[], str]] = {
        "empty": lambda: "",
        "dots": lambda: "..",
        "not a token": lambda: "x" * 100,
        "other last bits": lambda: same_bytes,
        "padding": lambda: good + "=",
        "four parts": lambda: good + ".AAAA",
        "line end": lambda: good + "\n",
        "standard alphabet": lambda: good[:-43] + "+/" + good[-41:],
        "loose claims bits": lambda: sign(f"{head}.{loose}"),
        "5,000 characters": lambda: sign(f"{head}.{encode(claims(pad='x' * 5000))}"),
        "4,097 characters": lambda: sized(4097),
        "long header": lambda: forge(header(pad="x" * 3000)),
        "broken claims": lambda: sign(f"{head}.{encode(body[:-1] + b',}')}"),
        "nested claim": lambda: forge(body=claims(extra={"a": 1})),
        "list claim": lambda: forge(body=claims(extra=[1])),
        "claims are a list": lambda: forge(body=[claims()]),
        "claims are text": lambda: forge(body="x" * 60),
        "header is a list": lambda: forge([header()]),
        "deep claims": lambda: sign(f"{head}.{encode(nested[:2000])}"),
        "not UTF-8": lambda: sign(f"{head}.{encode(body[:-1] + bytes([0xFF, 0xFE]) + b'}')}"),
        "wrong key": lambda: forge(secret="A" * 43),
        "unsigned": lambda: good[:-43] + "A" * 43,
        "HS512 signature": lambda: forge(digest=hashlib.sha512),
        "kid of another key": lambda: forge(header(kid=key_id(OLDER))),
        "long lived": lambda: forge(body=claims(exp=after(601))),
        "over": lambda: forge(body=claims(iat=after(-700), nbf=after(-700), exp=after(-100))),
        "just over the leeway": lambda: forge(body=claims(iat=after(-600), nbf=after(-600), exp=after(-32))),
        "not yet": lambda: forge(body=claims(nbf=after(40))),
        "made in the future": lambda: forge(body=claims(iat=after(40), exp=after(100))),
    }
    for depth in (990, 5_000, 20_000):
        deep = b"[" * depth + b"]" * depth
        spelled[f"header {depth} deep"] = lambda deep=deep: f"{encode(deep)}.{encode({'a': 1})}.{'A' * 43}"  # type: ignore[misc]
    return spelled


def sized(characters: int) -> str:
    """A token of ours that is just so long, or up to two more: not every length can be spelled."""
    spare = (characters - len(forge())) * 3 // 4 - len(',"pad":""')
    found = (forge(body=claims(pad="x" * size)) for size in range(spare - 3, spare + 6))
    return next(token for token in found if len(token) >= characters)


def all_forged() -> dict[str, Callable[[], str]]:
    """Every token that must be refused, by a name for the report."""
    table: dict[str, Callable[[], str]] = {}
    for change in HEADERS:
        table[f"header {change}"] = lambda change=change: forge(header(**change))  # type: ignore[misc]
    for change in CLAIMS:
        table[f"claims {change}"] = lambda change=change: forge(body=claims(**change))  # type: ignore[misc]
    for name in REQUIRED:
        table[f"without {name}"] = lambda name=name: forge(body=without(name))  # type: ignore[misc]
    for name in ("alg", "typ", "kid"):
        short = {key: value for key, value in header().items() if key != name}
        table[f"header without {name}"] = lambda short=short: forge(short)  # type: ignore[misc]
    return table | odd_tokens()


def refuses(module: ModuleType, make: Callable[[], str]) -> bool:
    """Whether a copy of ``tokens.py`` refuses a token in the one way there is."""
    try:
        module.TokenSigner(f"{SECRET} {OLDER}").verify(make(), now=datetime.now(UTC))
    except module.InvalidToken:
        return True
    return False
