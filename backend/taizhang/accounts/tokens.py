"""Access tokens (访问令牌): the only module that touches python-jose, which is frozen upstream and locked down here.

HS256 alone, one issuer, pre-built keys, and a header that must be exactly ours: nothing in a token can choose how
it is checked. Whatever goes wrong is one answer, because jose lets TypeError, OverflowError and RecursionError out.

Kinds of callers: a person (no ``client_id``), or another system, whose token names it and may narrow its scopes.
"""

import base64
import binascii
import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jose import jwk, jwt
from jose.backends.cryptography_backend import CryptographyHMACKey

ALGORITHM = "HS256"
TYPE = "at+jwt"
ISSUER = "taizhang"
AUDIENCE = "taizhang-api"
LEEWAY_SECONDS = 30
MAXIMUM_LIFETIME_SECONDS = 600
MAXIMUM_LENGTH = 4096
MINIMUM_SECRET_BYTES = 32

_SHAPE = re.compile(r"([A-Za-z0-9_-]{20,200})\.([A-Za-z0-9_-]{20,4000})\.([A-Za-z0-9_-]{43})")
_NUMERIC = ("exp", "iat", "nbf", "gen")


class InvalidToken(Exception):
    """The bearer token is not one of ours, or no longer valid. Never says why."""


class WeakSecret(ValueError):
    """The signing secret is too short or not base64url."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. Hints: the live row decides."""

    user_id: uuid.UUID
    session_id: uuid.UUID
    generation: int
    second_factor: bool
    client_id: uuid.UUID | None = None
    scopes: frozenset[str] = frozenset()


def decode_secret(secret: str) -> bytes:
    """The key bytes of a base64url secret.

    Raises:
        WeakSecret: shorter than 32 bytes, or not base64url.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", secret):
        raise WeakSecret("签名密钥必须是 base64url 文本")
    try:
        raw = base64.urlsafe_b64decode(secret + "==")
    except binascii.Error as error:
        raise WeakSecret("签名密钥必须是 base64url 文本") from error
    if len(raw) < MINIMUM_SECRET_BYTES:
        raise WeakSecret(f"签名密钥至少 {MINIMUM_SECRET_BYTES} 字节")
    return raw


class TokenSigner:
    """Issues access tokens with the first key of the ring and verifies with any, so that keys can be replaced."""

    def __init__(self, secrets_text: str, *, minutes: int = 10) -> None:
        keys = [decode_secret(secret) for secret in secrets_text.split()] or [decode_secret("")]
        self._keys = {
            hashlib.sha256(b"taizhang-kid" + raw).hexdigest()[:8]: jwk.construct(raw, ALGORITHM) for raw in keys
        }
        if not all(isinstance(key, CryptographyHMACKey) for key in self._keys.values()):
            raise RuntimeError("python-jose must run on the cryptography backend")
        self._kid = next(iter(self._keys))
        self.lifetime = timedelta(minutes=minutes)

    def issue(
        self,
        *,
        user_id: uuid.UUID,
        session_id: uuid.UUID,
        generation: int,
        now: datetime,
        until: datetime | None = None,
        second_factor: bool = False,
        client_id: uuid.UUID | None = None,
        scopes: Iterable[str] = (),
    ) -> str:
        """A signed token for one login; it never outlives ``until``, the end of that login."""
        issued = int(now.timestamp())
        ends = now + self.lifetime if until is None else min(now + self.lifetime, until)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "gen": generation,
            "jti": secrets.token_urlsafe(12),
            "iat": issued,
            "nbf": issued,
            "exp": int(ends.timestamp()),
            "otp": second_factor,
        }
        if client_id is not None:
            claims |= {"client_id": str(client_id), "scope": " ".join(sorted(scopes))}
        headers = {"typ": TYPE, "kid": self._kid}
        token: str = jwt.encode(claims, self._keys[self._kid], algorithm=ALGORITHM, headers=headers)
        return token

    def verify(self, token: str, *, now: datetime) -> Claims:
        """The claims of a token that is ours, unaltered and in its time.

        Raises:
            InvalidToken: in every other case.
        """
        try:
            return self._verify(token, now)
        except InvalidToken:
            raise
        except Exception as error:
            raise InvalidToken from error

    def _verify(self, token: str, now: datetime) -> Claims:
        key = self._key_of(token)
        # Every other claim is read below, so that its absence is found there.
        options = {"require_jti": True, "leeway": LEEWAY_SECONDS}
        claims = jwt.decode(token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=options)
        return _checked(claims, int(now.timestamp()))

    def _key_of(self, token: str) -> Any:
        """The key of a well-formed token. Nothing nested is parsed: a header is short, claims are flat."""
        if len(token) > MAXIMUM_LENGTH:
            raise InvalidToken
        parts = _SHAPE.fullmatch(token)
        if parts is None:
            raise InvalidToken
        header, claims, _ = (_decoded(part) for part in parts.groups())
        if claims.count(b"{") != 1 or b"[" in claims:
            raise InvalidToken
        named = json.loads(header)
        kid = named.get("kid")
        if not isinstance(kid, str) or kid not in self._keys or named != {"alg": ALGORITHM, "typ": TYPE, "kid": kid}:
            raise InvalidToken
        return self._keys[kid]


def _decoded(part: str) -> bytes:
    """The bytes of one part, if it is spelled the one way there is: its last character may carry spare bits."""
    raw = base64.urlsafe_b64decode(part + "==")
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != part:
        raise InvalidToken
    return raw


def _checked(claims: dict[str, Any], now: int) -> Claims:
    """Shape checks jose leaves out: exact audience, whole numbers, a bounded life."""
    if claims["aud"] != AUDIENCE or any(type(claims[name]) is not int for name in _NUMERIC):
        raise InvalidToken
    if type(claims["otp"]) is not bool:
        raise InvalidToken
    if claims["exp"] - claims["iat"] > MAXIMUM_LIFETIME_SECONDS or claims["iat"] > now + LEEWAY_SECONDS:
        raise InvalidToken
    if claims["exp"] + LEEWAY_SECONDS < now:
        raise InvalidToken
    client = claims.get("client_id")
    return Claims(
        uuid.UUID(claims["sub"]),
        uuid.UUID(claims["sid"]),
        claims["gen"],
        claims["otp"],
        None if client is None else uuid.UUID(client),
        frozenset(claims.get("scope", "").split()),
    )
