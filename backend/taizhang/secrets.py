"""Secrets (密钥): signing and sealing keys, from the environment, a mounted file, or made once in the data folder."""

import os
import secrets
from pathlib import Path

from taizhang.core.sealing import Keyring, new_key
from taizhang.core.settings import Settings


def signing_secret(settings: Settings) -> str:
    """The base64url signing key.

    Raises:
        ValueError: production mode without a configured key.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    if settings.secret_key_file is not None:
        return settings.secret_key_file.read_text(encoding="ascii").strip()
    if settings.production:
        raise ValueError("生产模式必须配置 TAIZHANG_SECRET_KEY 或 TAIZHANG_SECRET_KEY_FILE")
    return _made_once(settings.data_dir / "secret.key", secrets.token_urlsafe(32))


def party_keys(settings: Settings) -> Keyring:
    """The keys applicants' personal data is sealed with.

    Raises:
        ValueError: production mode without configured keys, or keys that are none.
    """
    if settings.party_keys is not None:
        return Keyring.read(settings.party_keys.get_secret_value())
    if settings.party_keys_file is not None:
        return Keyring.read(settings.party_keys_file.read_text(encoding="ascii"))
    if settings.production:
        raise ValueError("生产模式必须配置 TAIZHANG_PARTY_KEYS 或 TAIZHANG_PARTY_KEYS_FILE")
    return Keyring.read(_made_once(settings.data_dir / "party.keys", new_key("k1")))


def _made_once(path: Path, made: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    return path.read_text(encoding="ascii").strip()
