"""The command line (命令行): ``taizhang run``, ``serve``, ``migrate``, … ; ``taizhang --help`` lists them."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from taizhang.core.settings import Settings

DEMO_DAY = date(2023, 9, 20)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what it was asked."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except ValidationError as error:
        for fault in error.errors():
            print(f"设置有误：{fault['msg']}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="taizhang", description="政务公开重点任务工作台账")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def add(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(command=command)
        sub.add_argument("--data", type=Path, default=None, help="数据目录（默认 TAIZHANG_DATA_DIR 或 var）")
        return sub

    run = add("run", _run, "备好数据库与数据后启动（单机一条命令）")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--workers", type=int, default=1, help="接口进程数；多于一个时，死掉的会自动补上")
    run.add_argument("--demo", action=argparse.BooleanOptionalAction, default=True, help="是否带演示区")
    serve = add("serve", _serve, "只启动服务（数据库须已升级）")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    add("migrate", _migrate, "把数据库升级到本版本").add_argument("--revision", default="head")
    init = add("init", _init, "空库中建立本级政府与第一位管理员，打印一次性口令")
    init.add_argument("--government", default="本级人民政府", help="本级政府全称")
    init.add_argument("--username", default="admin")
    add("demo", _demo, "向空库写入演示区")
    add("worker", _worker, "运行后台任务")
    add("openapi", _openapi, "打印接口描述")
    add("migration", _migration, "按模型与数据库的差异写下一个迁移").add_argument("message")
    audit = add("audit", _audit, "核验审计日志的哈希链；把过了留存期的月份归档成文件")
    audit.add_argument("action", choices=["verify", "archive"])
    audit.add_argument("folder", type=Path, nargs="?", help="archive：归档到这个目录")
    add("reseal", _reseal, "用现用密钥重新加密申请人信息与动态口令（换密钥之后）")
    add("doctor", _doctor, "体检：数据库的角色、行级安全与设置，时钟，密钥，待升级，空间")
    fsck = add("fsck", _fsck, "逐个核对附件内容的哈希，清理一周前无主的内容，补查未查杀的")
    fsck.add_argument("--dry-run", action="store_true", help="只核对，不清理")
    backup = add("backup", _backup, "备份到一个目录：数据库、其后的日志、附件与清单")
    backup.add_argument("target", type=Path, metavar="备份目录")
    backup.add_argument("--full", action="store_true", help="做全量（默认：一周内有全量则做增量）")
    backup.add_argument("--follow", action="store_true", help="一直运行：连续归档日志，每日备份，按七日五周十二月留存")
    restore = add("restore", _restore, "从备份目录恢复到一个新的数据目录，并与清单核对")
    restore.add_argument("target", type=Path, metavar="备份目录")
    restore.add_argument("--to", type=Path, required=True, metavar="新数据目录")
    restore.add_argument("--at", type=datetime.fromisoformat, help="恢复到这一时刻，如 2026-11-25T10:30:00+08:00")
    restore.add_argument("--backup", help="用这一份备份（默认最近的一份）")
    return parser


def _settings(options: argparse.Namespace, **overrides: object) -> Settings:
    if options.data is not None:
        overrides["data_dir"] = options.data
    return Settings(**overrides)  # type: ignore[arg-type]


def _run(options: argparse.Namespace) -> int:
    from taizhang import running

    settings = _settings(options, demo=options.demo, public_url=f"http://127.0.0.1:{options.port}")
    if options.demo and settings.today is None:
        settings = settings.model_copy(update={"today": DEMO_DAY})
    return running.run(settings, port=options.port, workers=options.workers)


def _serve(options: argparse.Namespace) -> int:
    from taizhang import running

    settings = _settings(options)
    with running.database(settings) as url:
        running.serve(settings, url, host=options.host, port=options.port)
    return 0


def _migrate(options: argparse.Namespace) -> int:
    from taizhang import migrating, running

    with running.owned_database(_settings(options)) as url:
        migrating.migrate(url, options.revision)
        print(f"数据库版本：{migrating.current(url)}")
    return 0


def _init(options: argparse.Namespace) -> int:
    from taizhang import running

    with running.database(_settings(options)) as url:
        password = running.initialise(url, government=options.government, username=options.username)
    if password is None:
        print("库中已有用户，未作改动。", file=sys.stderr)
        return 1
    running.print_first_administrator(options.username, password)
    return 0


def _demo(options: argparse.Namespace) -> int:
    from taizhang import running

    settings = _settings(options, demo=True)
    with running.database(settings) as url:
        running.plant_demo(settings, url)
    return 0


def _worker(options: argparse.Namespace) -> int:
    from taizhang import jobs, running

    settings = _settings(options)
    with running.database(settings) as url:
        jobs.run_worker(url, settings.today)
    return 0


def _openapi(options: argparse.Namespace) -> int:
    from taizhang.app import create_app

    # The contract does not depend on where it is generated: no key, no page, no database.
    settings = Settings(secret_key="A" * 43, frontend_dir=None)  # type: ignore[arg-type]
    document = create_app(settings, "postgresql+psycopg://").openapi()
    print(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True))
    return 0


def _migration(options: argparse.Namespace) -> int:
    from taizhang import migrating, running

    with running.owned_database(_settings(options)) as url:
        migrating.migrate(url)
        migrating.autogenerate(url, options.message)
    return 0


def _audit(options: argparse.Namespace) -> int:
    from taizhang import running
    from taizhang.audit.keeping import NotArchived

    settings = _settings(options)
    if options.action == "archive" and options.folder is None:
        print("请给出归档目录：taizhang audit archive 目录", file=sys.stderr)
        return 2
    with running.databases(settings) as addresses:
        if options.action == "verify":
            return _verify_audit(addresses.application)
        try:
            for done in running.archive_audit(addresses.owner, options.folder, keep_months=settings.audit_keep_months):
                print(f"{done.month}：{done.events:,} 条，{done.path}，SHA-256 {done.sha256}")
        except NotArchived as reason:
            print(f"没有归档：{reason}", file=sys.stderr)
            return 1
    return 0


def _verify_audit(url: str) -> int:
    from taizhang.audit.service import verify
    from taizhang.core.database import create_pool, open_session

    with open_session(create_pool(url, size=1)) as session:
        found = verify(session)
    print(f"共 {found.events} 条，链首哈希 {found.head or '（空）'}")
    if found.broken:
        print(f"对不上的序号：{'、'.join(map(str, found.broken))}", file=sys.stderr)
        return 1
    print("哈希链完好。")
    return 0


def _reseal(options: argparse.Namespace) -> int:
    from taizhang import running
    from taizhang.accounts import second_factors
    from taizhang.core.database import PATIENT, create_pool, open_session
    from taizhang.registers import parties
    from taizhang.secrets import party_keys

    settings = _settings(options)
    with running.database(settings) as url, open_session(create_pool(url, size=1, **PATIENT)) as session:
        keys = party_keys(settings)
        count = parties.reseal(session, keys)
        seeds = second_factors.reseal(session, keys)
        session.commit()
    print(f"已用现用密钥重新加密申请人信息 {count} 件、动态口令 {seeds} 个。")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from taizhang import doctor, running

    settings = _settings(options)
    with running.databases(settings) as addresses:
        findings = doctor.examine(settings, addresses)
    for finding in findings:
        print(f"{finding.mark} {finding.what}：{finding.words}")
    failed = sum(finding.verdict is doctor.Verdict.BAD for finding in findings)
    print(f"有 {failed} 项不合要求。" if failed else "都合要求。")
    return 1 if failed else 0


def _fsck(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from taizhang import running
    from taizhang.attachments import keeping
    from taizhang.attachments.storage import Store
    from taizhang.core.database import PATIENT, create_pool, open_session

    settings = _settings(options)
    store = Store(settings.data_dir / "store")
    with running.database(settings) as url, open_session(create_pool(url, size=1, **PATIENT)) as session:
        damage = keeping.damaged(session, store)
        gone = [] if options.dry_run else keeping.sweep(session, store, now=datetime.now(UTC))
        scanned = keeping.scan_waiting(session, store, None if options.dry_run else settings.clamav_address)
        session.commit()
    for content in damage:
        print(f"{'缺失' if content.missing else '损坏'}：{content.sha256}", file=sys.stderr)
    if any(scanned.values()):
        print(f"补查病毒：{'，'.join(f'{state} {count}' for state, count in scanned.items() if count)}")
    print(f"清理无主内容 {len(gone)} 个。{'' if damage else '附件完好。'}")
    return 1 if damage else 0


def _backup(options: argparse.Namespace) -> int:
    from taizhang import running
    from taizhang.backups.source import BackupError

    try:
        return running.back_up(_settings(options), options.target, full=options.full, follow=options.follow)
    except BackupError as error:
        print(f"备份没有完成：{error}", file=sys.stderr)
        return 1


def _restore(options: argparse.Namespace) -> int:
    from taizhang.backups.manifest import Damaged
    from taizhang.backups.restoring import restore
    from taizhang.backups.source import BackupError

    at: datetime | None = options.at
    if at is not None and at.tzinfo is None:
        print("时刻须带时区，如 2026-11-25T10:30:00+08:00", file=sys.stderr)
        return 2
    try:
        done = restore(options.target, options.to, at=at, name=options.backup)
    except (BackupError, Damaged) as error:
        print(f"恢复没有完成：{error}", file=sys.stderr)
        return 1
    for fault in done.faults:
        print(fault, file=sys.stderr)
    rows, files = sum(done.contents.counts.values()), len(done.contents.attachments)
    print(f"备份 {done.manifest.name}：{rows:,} 行，审计 {done.contents.audit_seq:,} 条，附件 {files:,} 个")
    print("核对未通过，不要启用。" if done.faults else f"核对通过。启用：taizhang run --data {options.to}")
    print("签名密钥与申请人信息的密钥不在备份内，请把另行保管的 secret.key、party.keys 放回数据目录。")
    return 1 if done.faults else 0


if __name__ == "__main__":
    sys.exit(main())
