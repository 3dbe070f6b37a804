"""Uploads (上传的文件): a file as sent and as read, before anybody asked the database."""

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from taizhang.core.problems import FieldError, Invalid
from taizhang.documents.child import read_apart
from taizhang.documents.grid import Document
from taizhang.documents.unreadable import Unreadable


@dataclass(frozen=True)
class Upload:
    """What was sent: its plain name, the digest of its bytes, and what could be read of it."""

    name: str
    sha256: str
    document: Document


@contextmanager
def refusals() -> Iterator[None]:
    """A reader's refusal as the problem that answers it (422, the reader's code and words)."""
    try:
        yield
    except Unreadable as refusal:
        errors = [FieldError("#/file", refusal.code, refusal.detail)]
        raise Invalid(refusal.code, "文件读不了", detail=refusal.detail, errors=errors) from refusal


def open_upload(data: bytes, file_name: str, *, exactly: bool = False) -> Upload:
    """Read a file as far as it can be read without knowing the district.

    Raises:
        Invalid: it cannot be read (422, the reader's code and words).
    """
    name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)[:255] or "未命名"
    with refusals():
        return Upload(name, hashlib.sha256(data).hexdigest(), read_apart(data, name, exactly=exactly))
