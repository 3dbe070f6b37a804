"""Restoring (恢复): a backup and the log since, made into a data folder of their own and held to the manifest.

Never over a folder in use. The programs' account and passwords are made anew, as for a first start.
"""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from taizhang.attachments.storage import Store
from taizhang.backups import archive
from taizhang.backups.manifest import Contents, Manifest, chain, differences, kept_in
from taizhang.backups.source import BackupError, Source, contents
from taizhang.core.cluster import Cluster
from taizhang.core.cluster_account import Account, ClusterError, prepare_home, server_account

OPEN_TO_ITS_OWNER = "local all all trust\n"  # in a 0700 folder, until the passwords are set
SETTINGS = "# 恢复时写入，恢复后删去"


@dataclass(frozen=True)
class Restored:
    """What came back, and what is wrong with it."""

    manifest: Manifest
    contents: Contents
    faults: list[str] = field(default_factory=list)


def restore(target: Path, data_dir: Path, *, at: datetime | None = None, name: str | None = None) -> Restored:
    """Make a data folder from the backups in ``target``: as of the backup's moment, or of ``at``.

    Raises:
        BackupError: no such backup, the folder is in use, or the log does not reach so far.
        Damaged: a backup is not what it was written as.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise BackupError(f"{data_dir} 不是空的，恢复只写入新目录。")
    manifests = kept_in(target)
    chosen = _choose(manifests, at, name)
    account = server_account()
    home = prepare_home(data_dir, account)
    _combine(target, [target / link.name / "base" for link in chain(manifests, chosen)], home / "pgdata")
    _lay_out_log(target, home, chosen)
    goal = f"recovery_target_name = '{chosen.restore_point}'"
    if at is not None:
        goal = f"recovery_target_time = '{at.astimezone(UTC).isoformat()}'"
    _replay(data_dir, home, account, goal)
    _copy_store(target, data_dir)
    return _compare(data_dir, chosen, at)


def _choose(manifests: list[Manifest], at: datetime | None, name: str | None) -> Manifest:
    fitting = [each for each in manifests if (name is None or each.name == name) and (at is None or each.moment <= at)]
    if not fitting:
        raise BackupError("没有合适的备份：目录里没有，或都晚于所要的时间。")
    return fitting[-1]


def _combine(target: Path, bases: list[Path], pgdata: Path) -> None:
    for base in bases:
        Source("postgresql://").run("pg_verifybackup", "--quiet", str(base))
    if len(bases) == 1:
        shutil.copytree(bases[0], pgdata)
    else:
        Source("postgresql://").run("pg_combinebackup", f"--output={pgdata}", *map(str, bases))
    pgdata.chmod(0o700)


def _lay_out_log(target: Path, home: Path, chosen: Manifest) -> None:
    """Copy the log from the backup on to where the server's account can read it."""
    label = (target / chosen.name / "base" / "backup_label").read_text(encoding="utf-8")
    first = label.split("(file ", 1)[1].split(")", 1)[0]
    folder = home / "replay"
    folder.mkdir(mode=0o700)
    for segment in sorted(archive.folder_of(target).iterdir()):
        if segment.name[:24] >= first or segment.name.endswith(".history"):
            shutil.copyfile(segment, folder / segment.name.removesuffix(".partial"))


def _replay(data_dir: Path, home: Path, account: Account, goal: str) -> None:
    """Let the server recover up to the goal, then give its roles their new passwords and close the door."""
    pgdata = home / "pgdata"
    door, settings = pgdata / "pg_hba.conf", pgdata / "postgresql.auto.conf"
    closed, usual = door.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    command = f'cp "{home / "replay"}/%f" "%p"'.replace("'", "''")
    recovery = [SETTINGS, f"restore_command = '{command}'", goal, "recovery_target_action = 'promote'"]
    settings.write_text("\n".join([usual, *recovery, "hot_standby = off", ""]), encoding="utf-8")
    door.write_text(OPEN_TO_ITS_OWNER, encoding="utf-8")
    (pgdata / "recovery.signal").touch()
    for path in (home / "replay", pgdata, *(home / "replay").rglob("*"), *pgdata.rglob("*")):
        account.own(path)
    cluster = Cluster(data_dir)
    try:
        cluster.ensure_running()
        _renew_passwords(cluster)
    except ClusterError as error:
        raise BackupError(f"恢复没有到达所要的时刻：\n{error}") from error
    finally:
        cluster.stop()
        door.write_text(closed, encoding="utf-8")
        settings.write_text(usual, encoding="utf-8")
    shutil.rmtree(home / "replay")


def _renew_passwords(cluster: Cluster) -> None:
    with Source(cluster.superuser_url).connect() as connection:
        for user, password in cluster.passwords().items():
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(user), sql.Literal(password))
            connection.execute(statement)
        connection.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")


def _copy_store(target: Path, data_dir: Path) -> None:
    if (target / "store").is_dir():
        shutil.copytree(target / "store", data_dir / "store", ignore=shutil.ignore_patterns("tmp"))


def _compare(data_dir: Path, chosen: Manifest, at: datetime | None) -> Restored:
    with Cluster(data_dir) as cluster, Source(cluster.superuser_url).connect() as connection:
        found = contents(connection)
        faults = [] if at is not None else differences(chosen.contents, found)
        broken = connection.execute("SELECT seq FROM audit_verify() WHERE NOT intact").fetchall()
        faults += [f"审计链第 {seq} 条对不上" for (seq,) in broken]
        said = chosen.contents
        anchor = connection.execute(
            "SELECT encode(hash, 'hex') FROM audit_event WHERE seq = %s", [said.audit_seq]
        ).fetchone()
        if said.audit_seq and (anchor is None or anchor[0] != said.audit_hash):
            faults.append(f"审计链第 {said.audit_seq} 条不是备份时的那一条")
    store = Store(data_dir / "store")
    faults += [f"附件缺失或损坏：{digest}" for digest in found.attachments if not store.intact(digest)]
    return Restored(chosen, found, faults)
