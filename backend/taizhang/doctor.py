"""Doctor (体检): whether an installation is as it must be. Each check says in Chinese what it saw and what to do."""

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from taizhang import migrating
from taizhang.accounts.tokens import decode_secret
from taizhang.core.cluster import DURABILITY
from taizhang.core.database import APP_ROLE, SYSTEM, connect_args
from taizhang.core.settings import Settings
from taizhang.row_security import applying, roles
from taizhang.row_security.tables import TABLES
from taizhang.running import Addresses
from taizhang.secrets import party_keys, signing_secret

MAJOR = 18
SKEW_SECONDS = 20.0
FREE_SHARE, FREE_BYTES = 0.1, 2**30


class Verdict(StrEnum):
    """How a check went."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


MARKS = {Verdict.GOOD: "✓", Verdict.DOUBTFUL: "！", Verdict.BAD: "✗"}


class Finding(NamedTuple):
    """What one check saw."""

    what: str
    verdict: Verdict
    words: str

    @property
    def mark(self) -> str:
        return MARKS[self.verdict]


def examine(settings: Settings, addresses: Addresses) -> list[Finding]:
    """Every check, in order. What needs the database is left out where it cannot be reached."""
    findings = [_space(settings), *_secrets(settings)]
    try:
        with _connected(addresses.application) as connection:
            findings += [check(connection) for check in CHECKS]
            connection.exec_driver_sql(SYSTEM.call)
            findings += [_migrations(connection), _sealed(connection, settings)]
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        findings.append(
            Finding("数据库", Verdict.BAD, f"连接不上或查不了：{reason}；还没升级的，请先执行 taizhang migrate")
        )
    return findings


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection as the application has them, in one transaction that is given up at the end."""
    engine = create_engine(url, poolclass=NullPool, connect_args=connect_args(role=APP_ROLE))
    with engine.connect() as connection:
        yield connection


def _space(settings: Settings) -> Finding:
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.resolve().parent
    usage = shutil.disk_usage(folder)
    words = f"数据目录所在的盘余 {usage.free / 2**30:.1f} GiB（{usage.free / usage.total:.0%}）"
    if usage.free < FREE_BYTES:
        return Finding("空间", Verdict.BAD, f"{words}，不足 1 GiB，请先腾出空间")
    if usage.free < usage.total * FREE_SHARE:
        return Finding("空间", Verdict.DOUBTFUL, f"{words}，不足一成")
    return Finding("空间", Verdict.GOOD, words)


def _secrets(settings: Settings) -> Iterator[Finding]:
    for what, read in (
        ("签名密钥", lambda: decode_secret(signing_secret(settings))),
        ("个人信息密钥", lambda: party_keys(settings)),
    ):
        try:
            read()
        except (ValueError, OSError) as error:
            yield Finding(what, Verdict.BAD, str(error))
        else:
            yield Finding(what, Verdict.GOOD, "可用")
    files = [settings.data_dir / name for name in ("secret.key", "party.keys")]
    files += [path for path in (settings.secret_key_file, settings.party_keys_file) if path is not None]
    open_to_others = [str(path) for path in files if path.is_file() and path.stat().st_mode & (stat.S_IRWXO | 0o020)]
    if open_to_others:
        yield Finding("密钥文件", Verdict.BAD, f"{'、'.join(open_to_others)} 他人可读写，请改为 0600")


def _version(connection: Connection) -> Finding:
    number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    fits = number // 10000 >= MAJOR
    words = f"{connection.exec_driver_sql('SHOW server_version').scalar_one()}"
    return Finding("PostgreSQL 版本", *_either(fits, words, f"{words}，需要 {MAJOR} 或更新"))


def _durability(connection: Connection) -> Finding:
    rows = connection.execute(
        text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)"), {"names": [*DURABILITY]}
    )
    off = sorted(row.name for row in rows if row.setting in ("off", "local"))
    return Finding(
        "落盘", *_either(not off, "断电不丢已确认的数据", f"{'、'.join(off)} 被关闭，断电会丢数据，请改回 on")
    )


def _checksums(connection: Connection) -> Finding:
    on = connection.exec_driver_sql("SHOW data_checksums").scalar_one() == "on"
    words = "未开启，磁盘悄悄坏了也发现不了；停库后用 pg_checksums --enable 打开"
    return Finding("数据校验和", Verdict.GOOD if on else Verdict.DOUBTFUL, "已开启" if on else words)


def _encoding(connection: Connection) -> Finding:
    row = connection.exec_driver_sql(
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale "
        "FROM pg_database WHERE datname = current_database()"
    ).one()
    if row[0] != "UTF8":
        return Finding("编码", Verdict.BAD, f"{row[0]}，必须是 UTF8")
    same = (row[1], row[2]) == ("b", "C.UTF-8")
    return Finding("编码", Verdict.GOOD if same else Verdict.DOUBTFUL, "UTF8" if same else "排序规则不是内置 C.UTF-8")


def _clock(connection: Connection) -> Finding:
    there: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    apart = abs((datetime.now(UTC) - there).total_seconds())
    words = f"与数据库相差 {apart:.1f} 秒"
    return Finding("时钟", *_either(apart < SKEW_SECONDS, words, f"{words}，令牌与期限会算错，请对时"))


def _account(connection: Connection) -> Finding:
    who = connection.exec_driver_sql(
        "SELECT session_user AS name, r.rolsuper, r.rolbypassrls, "
        "EXISTS (SELECT FROM pg_class WHERE relname = 'unit' AND pg_has_role(r.oid, relowner, 'MEMBER')) AS owns "
        "FROM pg_roles AS r WHERE r.rolname = session_user"
    ).one()
    if who.rolsuper or who.rolbypassrls:
        return Finding("接口的数据库账号", Verdict.BAD, f"{who.name} 不受行级安全约束，请改用 {APP_ROLE}")
    if who.owns:
        words = f"{who.name} 是表的主人；请让接口以 {APP_ROLE} 登录，主人只在升级时用（TAIZHANG_MIGRATION_URL）"
        return Finding("接口的数据库账号", Verdict.DOUBTFUL, words)
    return Finding("接口的数据库账号", Verdict.GOOD, str(who.name))


def _roles(connection: Connection) -> Finding:
    rows = connection.execute(
        text(
            "SELECT rolname, rolcanlogin OR rolsuper OR rolbypassrls AS mighty, pg_has_role(:app, oid, 'SET') AS given "
            "FROM pg_roles WHERE rolname = ANY(:names)"
        ),
        {"app": APP_ROLE, "names": [*roles.COMMENTS]},
    ).all()
    missing = roles.COMMENTS.keys() - {row.rolname for row in rows if row.given}
    mighty = {row.rolname for row in rows if row.mighty}
    if missing or mighty:
        words = [f"缺少 {'、'.join(sorted(missing))}"] * bool(missing) + [
            f"{'、'.join(sorted(mighty))} 权限过大"
        ] * bool(mighty)
        return Finding("数据库角色", Verdict.BAD, f"{'；'.join(words)}。请执行 taizhang migrate")
    return Finding("数据库角色", Verdict.GOOD, f"{len(rows)} 个，都不能登录")


def _forced(connection: Connection) -> Finding:
    rows = connection.execute(
        text(
            "SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace "
            "AND c.relname = ANY(:tables) AND NOT (c.relrowsecurity AND c.relforcerowsecurity "
            "AND EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid))"
        ),
        {"tables": [*TABLES]},
    )
    loose = sorted(rows.scalars())
    remedy = f"{'、'.join(loose)} 没有行级安全，请执行 taizhang migrate"
    return Finding("行级安全", *_either(not loose, f"{len(TABLES)} 张表都已强制", remedy))


def _fingerprint(connection: Connection) -> Finding:
    same = applying.found(connection) == applying.fingerprint()
    return Finding("行级安全的版本", *_either(same, "与程序一致", "与程序不一致，请执行 taizhang migrate"))


def _closed(connection: Connection) -> Finding:
    """Asked without saying who acts, the database must refuse."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("SELECT FROM unit LIMIT 1")
    except ProgrammingError:
        return Finding("无身份的查询", Verdict.GOOD, "被拒绝")
    return Finding("无身份的查询", Verdict.BAD, f"{APP_ROLE} 不表明身份也读得到表，请收回多给的权限")


def _definers(connection: Connection) -> Finding:
    rows = connection.exec_driver_sql(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace IN (SELECT oid FROM pg_namespace "
        "WHERE nspname IN ('public', 'guard')) AND NOT coalesce(proconfig::text LIKE '%%search_path=%%', false)"
    )
    loose = sorted(rows.scalars())
    return Finding(
        "函数", *_either(not loose, "以主人身份运行的都固定了 search_path", f"{'、'.join(loose)} 没有固定 search_path")
    )


def _migrations(connection: Connection) -> Finding:
    at = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    words = f"数据库 {at or '（空）'}，程序 {migrating.head()}"
    return Finding("升级", *_either(at == migrating.head(), words, f"{words}，请执行 taizhang migrate"))


CHECKS: tuple[Callable[[Connection], Finding], ...] = (
    _version,
    _durability,
    _checksums,
    _encoding,
    _clock,
    _account,
    _closed,
    _roles,
    _forced,
    _fingerprint,
    _definers,
)


def _sealed(connection: Connection, settings: Settings) -> Finding:
    """Every key something is sealed with must be at hand, or those applicants are lost."""
    rows = connection.exec_driver_sql("SELECT DISTINCT party_key FROM register_entry WHERE party_key IS NOT NULL")
    used = set(rows.scalars())
    try:
        keys = party_keys(settings)
    except (ValueError, OSError):
        keys = None
    missing = used - set(keys.keys if keys else ())
    if missing:
        return Finding("已加密的个人信息", Verdict.BAD, f"缺少密钥 {'、'.join(sorted(missing))}，打不开")
    old = used - {keys.current} if keys else set()
    words = f"有 {len(old)} 把旧密钥还在用，请执行 taizhang reseal" if old else "都由现用密钥加密"
    return Finding("已加密的个人信息", Verdict.DOUBTFUL if old else Verdict.GOOD, words)


def _either(fits: bool, good: str, bad: str) -> tuple[Verdict, str]:
    return (Verdict.GOOD, good) if fits else (Verdict.BAD, bad)
