"""Passwords (口令): argon2id hashes, the 等保三级 profile, and random first passwords.

Profile ``dengbao3`` (GB/T 22239-2019 8.1.4.1.a): at least 12 characters of three classes, changed every 90 days,
none of the last five, none of the words everybody here would try first.
"""

import secrets
import string
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 256
MINIMUM_CLASSES = 3
REMEMBERED = 5
MAXIMUM_AGE_DAYS = 90
ONE_TIME_HOURS = 72

COMMON_WORDS = (
    "luzhou",
    "jiangyang",
    "zwgk",
    "taizhang",
    "zhengwu",
    "gongkai",
    "泸州",
    "江阳",
    "政务公开",
    "台账",
    "password",
    "admin",
    "qwerty",
    "123456",
    "abc123",
)

# Explicit parameters (OWASP minimum): with the library's recommended 64 MiB × 4 lanes, six logins a second fill the
# memory.
_hasher = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
_at_once = BoundedSemaphore(4)
_DUMMY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    with _at_once:
        return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password fits. An absent account costs the same time as a wrong password."""
    with _at_once:
        return _hasher.verify(password, stored or _DUMMY) and stored is not None


def faults(password: str, *, username: str, name: str) -> list[str]:
    """What is wrong with a new password, in words; empty when it will do."""
    lowered = password.lower()
    classes = sum(
        (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
    )
    found = []
    if len(password) < MINIMUM_LENGTH:
        found.append(f"至少 {MINIMUM_LENGTH} 个字符")
    if len(password) > MAXIMUM_LENGTH:
        found.append(f"至多 {MAXIMUM_LENGTH} 个字符")
    if classes < MINIMUM_CLASSES:
        found.append("大写字母、小写字母、数字、符号中至少用三种")
    if any(word in lowered for word in COMMON_WORDS):
        found.append("不要包含地名、系统名等容易猜到的词")
    if username.lower() in lowered or (len(name) > 1 and name in password):
        found.append("不要包含账号或姓名")
    return found


def random_password(length: int = 16) -> str:
    """A one-time password that meets the profile and is easy to read aloud (no 0/O, 1/l/I)."""
    letters = "".join(c for c in string.ascii_letters if c not in "OlI")
    digits = "23456789"
    while True:
        password = "".join(secrets.choice(letters + digits + "-_+=") for _ in range(length))
        if password[0].isalpha() and not faults(password, username="\0", name=""):
            return password
