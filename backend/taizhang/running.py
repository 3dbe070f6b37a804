"""Running (启动): from a bare machine to a served ledger, each step done once."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import uvicorn
from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session, select
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from taizhang import migrating
from taizhang.access.permissions import ROLE_WORDS, Role
from taizhang.accounts import service as accounts
from taizhang.accounts.models import AppUser
from taizhang.app import create_app
from taizhang.attachments.storage import Store
from taizhang.audit import keeping
from taizhang.audit import service as audit
from taizhang.backups import archive, taking
from taizhang.backups.manifest import Manifest, kept_in
from taizhang.backups.source import BackupError, Source
from taizhang.core import logs
from taizhang.core.cluster import Cluster, ClusterError
from taizhang.core.database import PATIENT, connect_args, create_pool, open_session
from taizhang.core.protocol import ProblemProtocol
from taizhang.core.settings import Settings
from taizhang.units import service as units
from taizhang.units.defaults import GROUPS
from taizhang.units.models import Unit, UnitKind

ACCOUNTS_FILE = "demo-accounts.json"
UNFINISHED = "demo-unfinished"  # stands in the data folder while the demo district is being written
SHOWN_ACCOUNTS = (
    "office",
    "dashanping",
    "dashanping-signer",
    "caizheng",
    "caizheng-signer",
    "admin",
    "auditor",
    "audit",
)


class Addresses(NamedTuple):
    """One database as two accounts reach it: the application, and the owner of the tables, who migrates."""

    application: str
    owner: str


@contextmanager
def databases(settings: Settings) -> Iterator[Addresses]:
    """The database to use: the configured one, or the embedded one for as long as the block lasts."""
    outside, owner = settings.external_database_url, settings.external_migration_url
    if outside is not None and owner is not None:
        yield Addresses(outside, owner)
        return
    # The server hands a SIGTERM back to us when it is done; unwinding stops the database too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Cluster(settings.data_dir) as cluster:
        yield Addresses(cluster.app_url, cluster.url)


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Its address for the application."""
    with databases(settings) as found:
        yield found.application


@contextmanager
def owned_database(settings: Settings) -> Iterator[str]:
    """Its address for whoever migrates."""
    with databases(settings) as found:
        yield found.owner


BACKUP_HOURS = 24


def archive_audit(url: str, folder: Path, *, keep_months: int) -> Iterator[keeping.Archived]:
    """Put away every month of the audit log past its time, each in its own transaction, as the tables' owner.

    Raises:
        NotArchived: the reason in the message.
    """
    patient = connect_args(role=None, statement_timeout="0", transaction_timeout="0")
    engine = create_engine(url, poolclass=NullPool, connect_args=patient)
    while True:
        with Session(engine) as session, session.begin():
            done = keeping.archive_oldest(session, folder, keep_months=keep_months, now=datetime.now(UTC))
        if done is None:
            return
        yield done


@contextmanager
def backup_source(settings: Settings) -> Iterator[Source]:
    """The database as backups see it: the embedded one as its superuser, an outside one as the role set for it."""
    if settings.external_backup_url is not None:
        yield Source(settings.external_backup_url)
        return
    if settings.external_database_url is not None:
        raise BackupError(
            "接口的账号不能备份。请在 TAIZHANG_BACKUP_DATABASE_URL_FILE 所指的文件里写上备份用的连接地址。"
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Cluster(settings.data_dir) as cluster:
        yield Source(cluster.superuser_url)


def back_up(settings: Settings, target: Path, *, full: bool, follow: bool) -> int:
    """Back up once, or keep the log coming and back up every day.

    Raises:
        BackupError: the reason in the message.
    """
    store = Store(settings.data_dir / "store")
    with backup_source(settings) as source:
        if not follow:
            _say_backup(taking.take(source, store, target, now=datetime.now(UTC), full=full))
            return 0
        while True:
            with archive.receiving(source, target):
                _follow(source, store, target)


def _follow(source: Source, store: Store, target: Path) -> None:
    """Until the log stops coming: a backup whenever the last one is a day old."""
    while archive.followed(source):
        now = datetime.now(UTC)
        held = kept_in(target)
        if not held or now - held[-1].moment >= timedelta(hours=BACKUP_HOURS):
            _say_backup(taking.take(source, store, target, now=now))
            taking.prune(source, target)
        time.sleep(60)


def _say_backup(made: Manifest) -> None:
    kind = f"增量，依据 {made.parent}" if made.parent else "全量"
    head = f"审计链首 {made.contents.audit_seq} {made.contents.audit_hash}"
    print(f"备份 {made.name}（{kind}）完成：附件 {len(made.contents.attachments):,} 个，{head}", flush=True)
    print("签名密钥与申请人信息的密钥（secret.key、party.keys）不在备份内，请另行保管。", flush=True)


def run(settings: Settings, *, port: int, workers: int = 1) -> int:
    """Prepare everything and serve until interrupted."""
    started = time.monotonic()
    if not _is_free(port):
        print(f"端口 {port} 已被占用，请换一个：make run PORT={port + 1}", file=sys.stderr)
        return 1
    try:
        with databases(settings) as (url, owner):
            if not migrating.is_current(owner):
                print("升级数据库 …", flush=True)
                migrating.migrate(owner)
            _prepare(settings, url, owner)
            print(f"已就绪（{time.monotonic() - started:.1f} 秒）：http://127.0.0.1:{port}/", flush=True)
            serve(settings, url, host="127.0.0.1", port=port, workers=workers)
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _prepare(settings: Settings, url: str, owner: str) -> None:
    if settings.demo:
        if (settings.data_dir / UNFINISHED).exists() and settings.external_database_url is None:
            print("上次的演示区没有写完，清空重写 …", flush=True)
            migrating.migrate(owner, "base")
            migrating.migrate(owner)
        if not has_users(url):
            plant_demo(settings, url)
        _print_demo_accounts(settings.data_dir / ACCOUNTS_FILE)
        return
    password = initialise(url, government="本级人民政府", username="admin")
    if password is not None:
        print_first_administrator("admin", password)


def has_users(url: str) -> bool:
    """Whether anybody has an account yet."""
    with open_session(create_pool(url, size=1)) as session:
        return session.exec(select(AppUser.id).limit(1)).first() is not None


def serve(settings: Settings, url: str, *, host: str, port: int, workers: int = 1) -> None:
    """Serve until interrupted; in-flight requests get 20 seconds to end. Of several workers, a dead one is replaced."""
    config = uvicorn.Config(
        partial(_application, settings, url),
        factory=True,
        workers=workers,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.production,
        forwarded_allow_ips=settings.trusted_proxies,
        http=ProblemProtocol,
        timeout_graceful_shutdown=20,
    )
    with suppress(KeyboardInterrupt):
        if workers == 1:
            uvicorn.Server(config).run()
        else:
            Workers(config, [config.bind_socket()]).run()


class Workers(Multiprocess):
    """uvicorn's supervisor, but that it replaces a worker when it has died, and does not ask it first.

    Asked for a sign of life while it was starting, a worker killed at that moment held the others up for the whole
    time-out; and one that starts slowly on a busy machine was taken for hung and killed, again and again.
    """

    def keep_subprocess_alive(self) -> None:
        for index, process in enumerate(self.processes):
            if process.process.is_alive() or self.should_exit.is_set():
                continue
            process.join()
            if process.exitcode == STARTUP_FAILURE:
                self.should_exit.set()
                return
            self.processes[index] = Process(self.config, self.sockets)
            self.processes[index].start()


def _application(settings: Settings, url: str) -> FastAPI:
    """The application of one process: several workers make their own, each in its own process."""
    logs.configure(pretty=not settings.production)
    return create_app(settings, url)


def initialise(url: str, *, government: str, username: str) -> str | None:
    """A government, its office and one administrator in an empty database; the one-time password, or None."""
    if has_users(url):
        return None
    now = datetime.now(UTC)
    with open_session(create_pool(url, size=1)) as session, session.begin():
        office = _found(session, government)
        user, password = accounts.new_user(
            session, username=username, name="系统管理员", role=Role.ADMIN, unit_id=office.id, phone=None, now=now
        )
        audit.record(
            session, None, "user.create", "app_user", user.id, after={"username": username, "role": Role.ADMIN}
        )
    return password


def _found(session: Session, name: str) -> Unit:
    government = units.add(
        session, None, code="LOCAL", name=name, short_name=name, kind=UnitKind.GOVERNMENT, holds_tasks=False
    )
    for word, kinds, undecided in GROUPS:
        units.add_group(session, government, word, kinds, undecided=undecided)
    return units.add(
        session, government, code="LOCAL-001", name=f"{name}办公室", short_name="政府办公室", kind=UnitKind.OFFICE
    )


def print_first_administrator(username: str, password: str) -> None:
    """Show the one-time password, once."""
    print(
        f"\n管理员账号：{username}\n一次性口令：{password}\n（72 小时内有效，登录后须立即修改；此口令不再显示）\n",
        flush=True,
    )


def plant_demo(settings: Settings, url: str) -> None:
    """Write the demo district and its accounts file, readable by its owner alone."""
    from taizhang.demo.plant import plant

    print("写入演示区（约两分钟）…", flush=True)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / UNFINISHED).touch()
    people = plant(create_pool(url, size=2, **PATIENT), settings, say=lambda words: print(f"  {words}", flush=True))
    path = settings.data_dir / ACCOUNTS_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(people, file, ensure_ascii=False, indent=1)
    (settings.data_dir / UNFINISHED).unlink()


def _print_demo_accounts(path: Path) -> None:
    if not path.exists():
        return
    people = {person["username"]: person for person in json.loads(path.read_text(encoding="utf-8"))}
    print("\n演示账号（全部账号见 " + str(path) + "）")
    for username in SHOWN_ACCOUNTS:
        if username in people:
            person = people[username]
            print(f"  {ROLE_WORDS[Role(person['role'])]:　<6}{username:<20}{person['password']}")
    print(flush=True)
