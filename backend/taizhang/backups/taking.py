"""Taking a backup (备份): base backup, checked; then a moment of the log; then the attachments of that moment."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from taizhang import __version__
from taizhang.attachments.storage import Store
from taizhang.backups import archive
from taizhang.backups.manifest import FILE, Manifest, chain, kept_in, named, to_keep
from taizhang.backups.source import BackupError, Source, contents, forget, standing_still

log = structlog.get_logger()

FULL_EVERY = timedelta(days=7)


def take(source: Source, store: Store, target: Path, *, now: datetime, full: bool = False) -> Manifest:
    """One backup into a folder of its own; the attachments and the log are shared by all of them.

    Incremental where a full one of the last week is at hand. It takes its name only when complete.

    Raises:
        BackupError: the reason in the message; nothing but an unnamed draft is left.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = kept_in(target)
    parent = None if full else _parent(before, now)
    name = named(now)
    draft = target / f".{name}.new"
    forget(draft)
    draft.mkdir(mode=0o700)
    with archive.receiving(source, target):
        parent = _copy_cluster(source, target, draft, parent)
        with source.connect() as connection:
            server = connection.info.server_version
            with standing_still(connection, f"taizhang-{name}") as lsn:
                held = contents(connection)
        archive.await_segment(source, target, lsn)
    _copy_attachments(store, Store(target / "store"), held.attachments)
    versions = {"taizhang": __version__, "postgresql": f"{server // 10000}.{server % 10000}"}
    parent_name = parent.name if parent else None
    made = Manifest(name, parent_name, now.isoformat(), f"taizhang-{name}", lsn, versions, held)
    made.write(draft)
    _sync(draft)
    draft.rename(target / name)
    return made


def _parent(before: list[Manifest], now: datetime) -> Manifest | None:
    """The last backup, if the full one it comes from is recent."""
    if not before or now - chain(before, before[-1])[0].moment > FULL_EVERY:
        return None
    return before[-1]


def _copy_cluster(source: Source, target: Path, draft: Path, parent: Manifest | None) -> Manifest | None:
    """The base backup, and what it came to build on: a full one where an increment cannot be made."""
    options = ["--checkpoint=fast", "--wal-method=stream", "--manifest-checksums=SHA256", "--no-password"]
    command = ["pg_basebackup", f"--pgdata={draft / 'base'}", f"--dbname={source.conninfo}", *options]
    if parent is not None:
        try:
            source.run(*command, f"--incremental={target / parent.name / 'base' / 'backup_manifest'}")
        except BackupError as error:
            log.warning("increment_failed", reason=str(error))
            forget(draft / "base")
            parent = None
    if parent is None:
        source.run(*command)
    source.run("pg_verifybackup", "--quiet", str(draft / "base"))
    return parent


def _copy_attachments(store: Store, copy: Store, digests: tuple[str, ...]) -> None:
    """Contents never change, so what is there whole needs no second copy."""
    missing = []
    for digest in digests:
        if copy.path(digest).is_file():
            continue
        if not store.intact(digest):
            missing.append(digest)
            continue
        with store.path(digest).open("rb") as content:
            copy.put(content)
    if missing:
        raise BackupError(f"附件内容缺失或损坏，先执行 taizhang fsck：{'、'.join(missing[:10])}")


def _sync(folder: Path) -> None:
    for path in (folder / FILE, folder / f"{FILE}.sha256", folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def prune(source: Source, target: Path) -> list[str]:
    """Delete the backups nobody needs any more, and the log before the oldest that stays; the names of the deleted."""
    manifests = kept_in(target)
    kept = to_keep(manifests)
    gone = [each.name for each in manifests if each.name not in kept]
    for name in gone:
        shutil.rmtree(target / name)
    for draft in target.glob(".*.new"):
        forget(draft)
    if stays := [each for each in manifests if each.name in kept]:
        label = (target / stays[0].name / "base" / "backup_label").read_text(encoding="utf-8")
        first = label.split("(file ", 1)[1].split(")", 1)[0]
        source.run("pg_archivecleanup", str(archive.folder_of(target)), first)
    return gone
