"""Passwords (口令): argon2id hashes, two profiles, and random first passwords.

The standards disagree, so there are two profiles. ``dengbao3`` (GB/T 22239-2019 8.1.4.1.a): at least 12 characters of
three classes, changed every 90 days, none of the last five. ``plain`` (ASVS 5.0 6.2.1, 6.2.5, 6.2.10): at least 15
characters, nothing else asked. Neither takes a password everybody would try first.
"""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

MAXIMUM_LENGTH = 256
ONE_TIME_HOURS = 72
WARNING_DAYS = 14


@dataclass(frozen=True, slots=True)
class Profile:
    """What a password must be like; ``maximum_age`` is None where it is good until something happens to it."""

    minimum_length: int
    minimum_classes: int
    remembered: int
    maximum_age: timedelta | None

    def expires_at(self, changed_at: datetime) -> datetime | None:
        """When a password set then must be changed."""
        return None if self.maximum_age is None else changed_at + self.maximum_age

    def words(self) -> str:
        """The rule as the page says it."""
        said = [f"至少 {self.minimum_length} 个字符"]
        if self.minimum_classes > 1:
            said.append(f"大写、小写、数字、符号中有{'一二三四'[self.minimum_classes - 1]}种")
        if self.remembered:
            said.append(f"不得与最近 {self.remembered} 次相同")
        return "；".join(said)


PROFILES = {
    "dengbao3": Profile(12, 3, 5, timedelta(days=90)),
    "plain": Profile(15, 1, 1, None),
}
DENGBAO3 = PROFILES["dengbao3"]

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


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.current_hasher.check_needs_rehash(stored)


@cache
def _commonly_used() -> frozenset[str]:
    # Imported when first needed: the lists take longer to read than everything else at the start.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def _is_commonly_used(lowered: str) -> bool:
    """The password itself, or what is left of it without the digits and signs people put at either end."""
    core = lowered.strip(string.digits + string.punctuation)
    return lowered in _commonly_used() or (len(core) > 3 and core in _commonly_used())


def faults(password: str, *, username: str, name: str, profile: Profile = DENGBAO3) -> list[str]:
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
    if len(password) < profile.minimum_length:
        found.append(f"至少 {profile.minimum_length} 个字符")
    if len(password) > MAXIMUM_LENGTH:
        found.append(f"至多 {MAXIMUM_LENGTH} 个字符")
    if classes < profile.minimum_classes:
        found.append("大写字母、小写字母、数字、符号中至少用三种")
    if any(word in lowered for word in COMMON_WORDS):
        found.append("不要包含地名、系统名等容易猜到的词")
    elif _is_commonly_used(lowered):
        found.append("这是很多人用过的口令，容易猜到")
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
