"""Embedded database (内置数据库): PostgreSQL 18 from a wheel, started beside the application.

Only the wheel's programs are used. The server listens on a Unix socket in a 0700 folder and nowhere else, asks for a
password (SCRAM) from everybody, keeps data checksums, and is refused if it would not wait for the disk.

Imports: core.cluster_account, core.postmaster.
"""

import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import structlog
from psycopg import sql
from sqlalchemy import URL

from taizhang.core import postmaster
from taizhang.core.cluster_account import ClusterError, binaries, prepare_home, server_account
from taizhang.core.postmaster import PORT, Postmaster

log = structlog.get_logger()

__all__ = ["Cluster", "ClusterError"]

MAJOR = "18"
OWNER = "taizhang_owner"
APPLICATION = "taizhang_app"
SUPERUSER = "postgres"
DATABASE = "taizhang"
SOCKET_PATH_MAX = 103  # bytes; 107 on Linux, 103 on BSD and macOS
START_TIMEOUT = 300.0  # crash recovery on a slow disk takes minutes, and giving up early loses nothing but patience
STOP_TIMEOUT = 60.0
RESTART_PATIENCE = 15.0  # after a killed postmaster, its orphans take seconds to go
WATCH_SECONDS, WATCH_SECONDS_MAX = 1.0, 30.0
LOG_MAX_BYTES = 16 * 1024 * 1024

SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "password_encryption": "scram-sha-256",
    "summarize_wal": "on",  # incremental backups
    "max_slot_wal_keep_size": "8GB",  # an archive that stopped must not fill the disk
}
INITDB_OPTIONS = (
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
)
DURABILITY = ("fsync", "full_page_writes", "synchronous_commit")


class Cluster:
    """One embedded PostgreSQL cluster in one data folder.

    Several processes may use one cluster. As a context manager it brings back a server that dies meanwhile, and on
    leaving stops it if nobody else uses it: the last one out turns off the light, whoever turned it on.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = Path(data_dir).absolute()
        self._process: subprocess.Popen[bytes] | None = None
        self._using: int | None = None
        self._leaving = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="cluster", daemon=True)

    def __enter__(self) -> Self:
        self.ensure_running()
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._watcher.join()
        with self._alone():
            if self._is_only_user():
                self._halt()
        self._release()

    def ensure_running(self) -> str:
        """Initialise and start the server where needed; the address of the ``taizhang`` database as its owner.

        Raises:
            ClusterError: the server cannot be started, or would not wait for the disk.
        """
        self._account = server_account()
        self._home = prepare_home(self.data_dir, self._account)
        self._use()
        with self._alone():
            if not self._answers():
                self._initialise()
                self._start()
            try:
                with psycopg.connect(self._dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
                    _require_durability(connection)
                    self._ensure_database(connection)
            except ClusterError:
                if self._process is not None:
                    self._halt()
                raise
        return self.url

    def stop(self) -> None:
        """Stop the server, whoever started it; nothing happens if it is not running."""
        if (self.data_dir / "postgres").is_dir():
            self._home = (self.data_dir / "postgres").resolve()
            with self._alone():
                self._halt()
        self._release()

    def destroy(self) -> None:
        """Stop the server and delete its data; for tests."""
        self.stop()
        home = self.data_dir / "postgres"
        if home.is_dir():
            shutil.rmtree(home.resolve())
        if home.is_symlink():
            home.unlink()

    @property
    def running(self) -> bool:
        """Whether a server answers in this data folder."""
        self._home = (self.data_dir / "postgres").resolve()
        return self._answers()

    @property
    def url(self) -> str:
        """SQLAlchemy address of the database as its owner (not a superuser)."""
        return self._url(OWNER)

    @property
    def app_url(self) -> str:
        """SQLAlchemy address of the database as the application, which by itself may touch no table."""
        return self._url(APPLICATION)

    @property
    def superuser_url(self) -> str:
        """SQLAlchemy address of the database as the superuser: backups, and tests that play the intruder."""
        return self._url(SUPERUSER)

    def passwords(self) -> dict[str, str]:
        """The passwords of the roles that may sign in, as kept in the data folder."""
        return {user: self._password(user) for user in (SUPERUSER, OWNER, APPLICATION)}

    def program(self, name: str) -> Path:
        """A PostgreSQL program such as ``pg_dump``, of the same version as the server."""
        return binaries(server_account()) / name

    # -- where things are

    @property
    def _pgdata(self) -> Path:
        return self._home / "pgdata"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time initialises, starts or stops a cluster."""
        with (self._home / "lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _use(self) -> None:
        """Be counted as a user: a shared lock, which the kernel takes back even from a process that is killed."""
        if self._using is None:
            self._using = os.open(self._home / "users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._using, fcntl.LOCK_SH)

    def _is_only_user(self) -> bool:
        try:
            fcntl.flock(self._using or -1, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(self) -> None:
        if self._using is not None:
            os.close(self._using)
            self._using = None

    def _password(self, user: str) -> str:
        path = self._home / f"password.{user}"
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
                handle.write(secrets.token_urlsafe(32))
        return path.read_text(encoding="ascii")

    def _url(self, user: str) -> str:
        found = self._postmaster()
        if found is None:
            raise ClusterError("内置数据库没有运行。")
        place = {"host": found.socket_dir, "port": str(PORT)}
        address = URL.create("postgresql+psycopg", user, self._password(user), database=DATABASE, query=place)
        return address.render_as_string(hide_password=False)

    def _dsn(self, user: str, database: str) -> str:
        found = self._postmaster()
        host = found.socket_dir if found else ""
        return psycopg.conninfo.make_conninfo(
            host=host, port=PORT, user=user, password=self._password(user), dbname=database, connect_timeout=10
        )

    def _postmaster(self) -> Postmaster | None:
        return postmaster.read(self._pgdata)

    def _answers(self) -> bool:
        """Whether a server is there and ready for work."""
        found = self._postmaster()
        return found is not None and found.ready and found.listens()

    # -- making, starting, stopping

    def _initialise(self) -> None:
        """Run initdb once, in a folder that takes its final name only when complete."""
        if (self._pgdata / "PG_VERSION").exists():
            found = (self._pgdata / "PG_VERSION").read_text(encoding="ascii").strip()
            if found != MAJOR:
                raise ClusterError(f"{self._pgdata} 是 PostgreSQL {found} 的数据，本程序使用 {MAJOR}，请先导出再导入。")
            return
        draft, password = self._home / "pgdata.new", self._home / "password.initdb"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(self._password(SUPERUSER), encoding="ascii")
        for path in (draft, password):
            self._account.own(path)
        command = [
            str(binaries(self._account) / "initdb"),
            f"--pgdata={draft}",
            f"--pwfile={password}",
            f"--username={SUPERUSER}",
            *INITDB_OPTIONS,
        ]
        try:
            done = subprocess.run(
                command, cwd="/", env=_environment(), capture_output=True, text=True, **self._account.switch
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            raise ClusterError(f"内置数据库初始化失败：\n{done.stderr[-2000:]}")
        draft.rename(self._pgdata)

    def _start(self) -> None:
        """Start the server and wait until it is ready; try again while a killed predecessor is still going."""
        deadline = time.monotonic() + START_TIMEOUT
        patience = time.monotonic() + RESTART_PATIENCE
        self._rotate_log()
        while not self._answers():
            found = self._postmaster()
            recovering = found is not None and found.listens()
            if self._process is None and not recovering:
                socket_dir = self._socket_dir(found)
                postmaster.forget_stale(self._pgdata)
                self._process = self._spawn(socket_dir)
            elif self._process is not None and self._process.poll() is not None:
                self._process = None
                if time.monotonic() > patience:
                    raise ClusterError(f"内置数据库启动失败，日志末尾：\n{self._log_tail()}")
                time.sleep(0.5)
            elif time.monotonic() > deadline:
                raise ClusterError(f"内置数据库 {START_TIMEOUT:.0f} 秒内没有就绪，日志末尾：\n{self._log_tail()}")
            time.sleep(0.02)

    def _watch(self) -> None:
        """Bring a dead server back; wait longer after each failure (a full disk does not empty in a second)."""
        pause = WATCH_SECONDS
        while not self._leaving.wait(pause):
            if self._answers():
                pause = WATCH_SECONDS
                continue
            try:
                self.ensure_running()
                log.warning("cluster_restarted")
            except (ClusterError, psycopg.Error) as error:
                pause = min(pause * 2, WATCH_SECONDS_MAX)
                log.error("cluster_restart_failed", reason=str(error))

    def _spawn(self, socket_dir: Path) -> subprocess.Popen[bytes]:
        settings = SERVER_SETTINGS | {"unix_socket_directories": f'"{socket_dir}"'}
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [str(binaries(self._account) / "postgres"), "-D", str(self._pgdata), "-p", str(PORT), *options]
        log = os.open(self._home / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(
                command,
                bufsize=0,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._account.switch,
            )
        finally:
            os.close(log)

    def _socket_dir(self, before: Postmaster | None) -> Path:
        """A 0700 folder for the socket: beside the data, or under the temp folder where that path would be too long.

        A server that crashed comes back at the same place, so that open pools find it.
        """
        beside = self._home / "socket"
        plain = re.fullmatch(r'[^,"\\]+', str(beside)) is not None  # what neither libpq nor the server reads as a list
        if plain and len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_MAX:
            beside.mkdir(exist_ok=True)
            place = beside
        elif before is not None and self._account.owns(Path(before.socket_dir)):
            place = Path(before.socket_dir)
        else:
            place = Path(tempfile.mkdtemp(prefix="taizhang-", dir="/tmp"))
        place.chmod(0o700)
        self._account.own(place)
        return place

    def _halt(self) -> None:
        """Fast shutdown; immediate if that takes too long (the log replays, nothing acknowledged is lost)."""
        found = self._postmaster()
        if found is None or not self._answers():
            return
        os.kill(found.pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_TIMEOUT
        while (self._pgdata / "postmaster.pid").exists():
            if time.monotonic() > deadline:
                os.kill(found.pid, signal.SIGQUIT)
                deadline += STOP_TIMEOUT
            time.sleep(0.02)
        if self._process is not None:
            self._process.wait(STOP_TIMEOUT)
            self._process = None
        if Path(found.socket_dir) != self._home / "socket":
            shutil.rmtree(found.socket_dir, ignore_errors=True)

    def _ensure_database(self, connection: psycopg.Connection) -> None:
        """Make the owner role, which may create the application's roles and databases, and the database."""
        owner, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).rowcount:
            create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}")
            connection.execute(create.format(owner, sql.Literal(self._password(OWNER))))
            # The owner may act as the roles it creates, as a managed PostgreSQL would have it.
            connection.execute(sql.SQL("ALTER ROLE {} SET createrole_self_grant = 'set'").format(owner))
        self._ensure_application(connection)
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))

    def _ensure_application(self, connection: psycopg.Connection) -> None:
        """Let the application sign in; in an older cluster its role could not."""
        found = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone()
        if found is None or not found[0]:
            create = sql.SQL("{} ROLE {} LOGIN NOINHERIT PASSWORD {}")
            verb, password = sql.SQL("ALTER" if found else "CREATE"), sql.Literal(self._password(APPLICATION))
            connection.execute(create.format(verb, sql.Identifier(APPLICATION), password))
            grant = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
            connection.execute(grant.format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))

    # -- the log

    def _rotate_log(self) -> None:
        log = self._home / "server.log"
        if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
            log.rename(log.with_suffix(".log.1"))

    def _log_tail(self) -> str:
        log = self._home / "server.log"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else "（空）"


def _environment() -> dict[str, str]:
    """A clean environment: no PG* variable of the caller's reaches the server, and no locale it lacks."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _require_durability(connection: psycopg.Connection) -> None:
    rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABILITY)])
    off = sorted(name for name, setting in rows if setting in ("off", "local"))
    if off:
        raise ClusterError(f"内置数据库关闭了 {'、'.join(off)}，断电会丢失已确认的数据，拒绝使用。请改回 on。")
