"""Secrets (密钥): the signing key, from the environment, a mounted file, or made once in the data folder."""

import os
import secrets
from pathlib import Path

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
    return _made_once(settings.data_dir / "secret.key")


def _made_once(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text(encoding="ascii").strip()
