"""Sealing (加密): personal data and second factors at rest under AES-256-GCM, each bound to what it belongs to. Pure.

A ring holds several keys so that one can be replaced: the first seals, all open. The cipher can be exchanged here
alone (SM4-GCM, trust.md of the plan for 密评).
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class Unsealable(Exception):
    """No such key, or the text was changed or moved."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is stored: which key, and nonce with ciphertext."""

    key_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by their id; ``current`` seals."""

    keys: Mapping[str, bytes]
    current: str

    @classmethod
    def read(cls, text: str) -> "Keyring":
        """A key file: one ``id:base64url`` a line, the current one first.

        Raises:
            ValueError: no key, or one that is not 32 bytes.
        """
        keys: dict[str, bytes] = {}
        for line in text.split():
            key_id, _, encoded = line.partition(":")
            try:
                keys[key_id] = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
            except binascii.Error:
                keys[key_id] = b""
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError("个人信息加密密钥应为“编号:密钥”，密钥为 base64url 编码的 32 字节")
        return cls(keys, next(iter(keys)))

    def seal(self, text: str, bound_to: str) -> Sealed:
        """Encrypt; ``bound_to`` must be given again to open it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), bound_to.encode())
        return Sealed(self.current, nonce + sealed)

    def open(self, sealed: Sealed, bound_to: str) -> str:
        """Decrypt.

        Raises:
            Unsealable: see there.
        """
        key = self.keys.get(sealed.key_id)
        if key is None:
            raise Unsealable(sealed.key_id)
        nonce, content = sealed.content[:NONCE_BYTES], sealed.content[NONCE_BYTES:]
        try:
            return AESGCM(key).decrypt(nonce, content, bound_to.encode()).decode()
        except InvalidTag as error:
            raise Unsealable(sealed.key_id) from error


def new_key(key_id: str) -> str:
    """A line for a key file."""
    return f"{key_id}:{secrets.token_urlsafe(KEY_BYTES)}"
