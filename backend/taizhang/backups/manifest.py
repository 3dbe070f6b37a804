"""Manifest (备份清单): what a backup must hold; compared with what a restore brings back.

Counts, the audit head and the attachments are those of one moment, which the write-ahead log knows as a restore point.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

FILE = "manifest.json"
STAMP = "%Y%m%dT%H%M%SZ"


class Damaged(ValueError):
    """A backup that is not what it was written as; the message says what, in Chinese."""


@dataclass(frozen=True)
class Contents:
    """What a database holds at one moment."""

    revision: str | None
    counts: dict[str, int]
    audit_seq: int
    audit_hash: str | None
    attachments: tuple[str, ...]
    """SHA-256 of every content, sorted."""


@dataclass(frozen=True)
class Manifest:
    """One backup: its name, what it builds on, where its moment is in the log, and what it holds."""

    name: str
    parent: str | None
    taken_at: str
    restore_point: str
    lsn: str
    versions: dict[str, str]
    contents: Contents

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.taken_at)

    def write(self, folder: Path) -> None:
        """Write the manifest and, beside it, its own SHA-256."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()
        (folder / FILE).write_bytes(text)
        (folder / f"{FILE}.sha256").write_text(hashlib.sha256(text).hexdigest() + "\n", encoding="ascii")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a backup.

        Raises:
            Damaged: it is missing, or was changed after it was written.
        """
        try:
            text = (folder / FILE).read_bytes()
            said = (folder / f"{FILE}.sha256").read_text(encoding="ascii").strip()
        except OSError as error:
            raise Damaged(f"{folder} 里没有备份清单。") from error
        if hashlib.sha256(text).hexdigest() != said:
            raise Damaged(f"{folder} 的备份清单被改动过。")
        data: dict[str, Any] = json.loads(text)
        contents = data.pop("contents")
        contents["attachments"] = tuple(contents["attachments"])
        return cls(contents=Contents(**contents), **data)


def named(moment: datetime) -> str:
    """The name of a backup taken at a moment."""
    return moment.astimezone(UTC).strftime(STAMP)


def kept_in(folder: Path) -> list[Manifest]:
    """Every complete backup in a folder, oldest first; what broke off has no manifest and is left out."""
    return [Manifest.read(found.parent) for found in sorted(folder.glob(f"[0-9]*Z/{FILE}"))]


def chain(manifests: list[Manifest], last: Manifest) -> list[Manifest]:
    """A backup and what it builds on, the full one first.

    Raises:
        Damaged: one of them is gone.
    """
    by_name = {each.name: each for each in manifests}
    links = [last]
    while (parent := links[0].parent) is not None:
        if parent not in by_name:
            raise Damaged(f"备份 {links[0].name} 所依据的 {parent} 不在了。")
        links.insert(0, by_name[parent])
    return links


def differences(said: Contents, found: Contents) -> list[str]:
    """How a restored database differs from its manifest, in Chinese; nothing when it does not."""
    words = []
    if said.revision != found.revision:
        words.append(f"数据库版本：清单 {said.revision}，恢复后 {found.revision}")
    for table in sorted(said.counts.keys() | found.counts.keys()):
        ours, theirs = said.counts.get(table), found.counts.get(table)
        if ours != theirs:
            words.append(f"{table}：清单 {ours} 行，恢复后 {theirs} 行")
    if (said.audit_seq, said.audit_hash) != (found.audit_seq, found.audit_hash):
        words.append(f"审计链首：清单 {said.audit_seq} {said.audit_hash}，恢复后 {found.audit_seq} {found.audit_hash}")
    if said.attachments != found.attachments:
        words.append(f"附件：清单 {len(said.attachments)} 个，恢复后 {len(found.attachments)} 个，名单不同")
    return words


def to_keep(manifests: list[Manifest]) -> set[str]:
    """Which backups stay: the last of each of 7 days, 5 weeks and 12 months, and what those build on."""
    spans = (("%Y-%j", 7), ("%G-%V", 5), ("%Y-%m", 12))
    kept: set[str] = set()
    for pattern, number in spans:
        last = {each.moment.strftime(pattern): each for each in sorted(manifests, key=lambda each: each.name)}
        for each in list(last.values())[-number:]:
            kept |= {link.name for link in chain(manifests, each)}
    return kept
