"""Storage (附件存储): bytes kept once under their SHA-256, durable before anything in the database speaks of them.

Names, owners and rights are rows; here there are only contents. A file without a row is harmless and swept later;
a row without a file must never be.

Imports: nothing of ours.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

CHUNK = 1024 * 1024
MODE = 0o440


class Stored(NamedTuple):
    """One content: what it is called here and how long it is."""

    sha256: str
    size: int


class Store:
    """A folder of files named by what is in them: ``aa/<sha256>``."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def path(self, sha256: str) -> Path:
        """Where a content is kept."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256

    def put(self, source: BinaryIO) -> Stored:
        """Keep a copy of everything in ``source``; on return it is on the disk to stay."""
        drafts = self.root / "tmp"
        drafts.mkdir(parents=True, exist_ok=True)
        draft = drafts / uuid4().hex
        try:
            stored = self._write(source, draft)
            self._adopt(draft, self.path(stored.sha256), stored.size)
        finally:
            draft.unlink(missing_ok=True)
        return stored

    def _write(self, source: BinaryIO, draft: Path) -> Stored:
        digest = hashlib.sha256()
        source.seek(0)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fchmod(target.fileno(), MODE)
            os.fsync(target.fileno())
            size = target.tell()
        return Stored(digest.hexdigest(), size)

    def _adopt(self, draft: Path, home: Path, size: int) -> None:
        """Give a complete file its name; one that is already there whole is left alone."""
        if home.is_file() and home.stat().st_size == size:
            os.utime(home)  # wanted again: its age counts from now
            return
        fresh = not home.parent.is_dir()
        home.parent.mkdir(exist_ok=True)
        draft.rename(home)
        _sync_folder(home.parent)
        if fresh:
            _sync_folder(self.root)

    def contents(self) -> Iterator[str]:
        """Every content held, by its hash."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(file.name for file in folder.iterdir())

    def intact(self, sha256: str) -> bool:
        """Whether what is kept under a hash still has it."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def discard_older(self, moment: float, *, spare: Callable[[str], bool]) -> list[str]:
        """Delete what is older than a moment (seconds since the epoch), drafts included; ``spare`` names what stays."""
        for draft in self.root.glob("tmp/*"):
            if draft.stat().st_mtime < moment:
                draft.unlink(missing_ok=True)
        gone = [name for name in self.contents() if self.path(name).stat().st_mtime < moment and not spare(name)]
        for name in gone:
            self.path(name).unlink()
        return gone


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
