"""Access tokens (访问令牌): the only module that touches python-jose, which is frozen upstream and locked down here.

HS256 alone, one issuer, a pre-built key, and a header that must be exactly ours: nothing in a token can choose how
it is checked. Whatever goes wrong is one answer, because jose lets TypeError, OverflowError and RecursionError out.
"""

import base64
import binascii
import hashlib
import json
import re
import secrets
import uuid
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

_SHAPE = re.compile(r"([A-Za-z0-9_-]{20,200})\.([A-Za-z0-9_-]{20,3000})\.([A-Za-z0-9_-]{43})")
# The last of 43 characters carries only four significant bits; other spellings of the same bytes are refused.
_CANONICAL_TAIL = frozenset("AEIMQUYcgkosw048")
_REQUIRED = ("exp", "iat", "nbf", "aud", "iss", "sub", "jti")
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


def decode_secret(secret: str) -> bytes:
    """The key bytes of a base64url secret.

    Raises:
        WeakSecret: shorter than 32 bytes, or not base64url.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", secret):
        raise WeakSecret("签名密钥必须是 base64url 文本")
    try:
        raw = base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
    except binascii.Error as error:
        raise WeakSecret("签名密钥必须是 base64url 文本") from error
    if len(raw) < MINIMUM_SECRET_BYTES:
        raise WeakSecret(f"签名密钥至少 {MINIMUM_SECRET_BYTES} 字节")
    return raw


class TokenSigner:
    """Issues and verifies access tokens with one key."""

    def __init__(self, secret: str, *, minutes: int = 10) -> None:
        raw = decode_secret(secret)
        self._key = jwk.construct(raw, ALGORITHM)
        if not isinstance(self._key, CryptographyHMACKey):
            raise RuntimeError("python-jose must run on the cryptography backend")
        self._kid = hashlib.sha256(b"taizhang-kid" + raw).hexdigest()[:8]
        self.lifetime = timedelta(minutes=minutes)

    def issue(self, *, user_id: uuid.UUID, session_id: uuid.UUID, generation: int, now: datetime) -> str:
        """A signed token for one login."""
        issued = int(now.timestamp())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "gen": generation,
            "jti": secrets.token_urlsafe(12),
            "iat": issued,
            "nbf": issued,
            "exp": issued + int(self.lifetime.total_seconds()),
        }
        token: str = jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": TYPE, "kid": self._kid})
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
        self._require_our_header(token)
        options = {f"require_{name}": True for name in _REQUIRED} | {"leeway": LEEWAY_SECONDS}
        claims = jwt.decode(token, self._key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=options)
        return _checked(claims, int(now.timestamp()))

    def _require_our_header(self, token: str) -> None:
        if len(token) > MAXIMUM_LENGTH:
            raise InvalidToken
        parts = _SHAPE.fullmatch(token)
        if parts is None or token[-1] not in _CANONICAL_TAIL:
            raise InvalidToken
        header = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        if header != {"alg": ALGORITHM, "typ": TYPE, "kid": self._kid}:
            raise InvalidToken


def _checked(claims: dict[str, Any], now: int) -> Claims:
    """Shape checks jose leaves out: exact audience, whole numbers, a bounded life."""
    if claims["aud"] != AUDIENCE or any(type(claims[name]) is not int for name in _NUMERIC):
        raise InvalidToken
    if claims["exp"] - claims["iat"] > MAXIMUM_LIFETIME_SECONDS or claims["iat"] > now + LEEWAY_SECONDS:
        raise InvalidToken
    if claims["exp"] + LEEWAY_SECONDS < now:
        raise InvalidToken
    return Claims(uuid.UUID(claims["sub"]), uuid.UUID(claims["sid"]), claims["gen"])
