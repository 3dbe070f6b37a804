"""``make bench``: how well duties are read, statutory terms, requests per second, start, imports, roll-up."""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from taizhang import migrating
from taizhang.accounts.tokens import TokenSigner
from taizhang.core.cluster import Cluster
from taizhang.core.database import PATIENT, create_pool
from taizhang.core.settings import Settings
from taizhang.secrets import signing_secret
from tests.bench import accuracy, checking, imports, rolling, terms, year
from tests.bench.servers import CONNECTIONS, Load, Server, fetch, free_port, serving, wrk

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))
PATH = "/api/v1/assignments?size=50"


def main() -> None:
    terms.report(rounds=ROUNDS)
    checking.report(rounds=ROUNDS)
    accuracy.report()
    with tempfile.TemporaryDirectory(prefix="taizhang-bench-") as folder:
        data = Path(folder, "data")
        cluster = Cluster(Path(folder, "cluster"))
        cluster.ensure_running()
        try:
            _measure(cluster.url, data)
        finally:
            cluster.destroy()


def _measure(url: str, data: Path) -> None:
    migrating.migrate(url)
    key = secrets.token_urlsafe(32)
    settings = Settings(secret_key=key, data_dir=data)  # type: ignore[arg-type]
    office = year.build(create_pool(url, size=1, **PATIENT))
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    rolling.report(engine, office.id, rounds=ROUNDS)
    signer = TokenSigner(signing_secret(settings), minutes=10)

    def headers() -> dict[str, str]:
        token = signer.issue(
            user_id=office.id, session_id=office.id, generation=office.token_gen, now=datetime.now(UTC)
        )
        return {"Authorization": f"Bearer {token}"}

    environment = {
        "TAIZHANG_DATABASE_URL": url,
        "TAIZHANG_DATA_DIR": str(data),
        "TAIZHANG_SECRET_KEY": key,
        "TAIZHANG_TODAY": year.TODAY.isoformat(),
    }
    _starts(environment, headers)
    _rates(environment, headers, data)
    port = free_port()
    with _ledger(port, headers(), environment) as server:
        imports.report(server, headers, rounds=ROUNDS)


def _starts(environment: Mapping[str, str], headers: Callable[[], Mapping[str, str]]) -> None:
    """Process start to first 200, the database warm."""
    imported = [_import_seconds() for _ in range(ROUNDS)]
    started = []
    for _ in range(ROUNDS):
        port = free_port()
        with _ledger(port, headers(), environment) as server:
            started.append(server.started_in)
    print(f"import taizhang.app                 {statistics.median(imported):8.2f} 秒（目标 ≤ 1.2）")
    print(f"启动到首个 200                      {statistics.median(started):8.2f} 秒（目标 ≤ 2.5）", flush=True)


def _import_seconds() -> float:
    program = "import time; t = time.perf_counter(); import taizhang.app; print(time.perf_counter() - t)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    return float(said)


def _rates(environment: Mapping[str, str], headers: Callable[[], Mapping[str, str]], data: Path) -> None:
    """A/B/A/B: the ledger, the bare answer of the same bytes, and the ledger when the caller holds them already."""
    port, bare_port = free_port(), free_port()
    with _ledger(port, headers(), environment) as ledger:
        _, body, tag = fetch(port, PATH, headers())
        data.mkdir(parents=True, exist_ok=True)
        ready = data / "answer.json"
        ready.write_bytes(body)
        arguments = ["-m", "tests.bench.bare", str(bare_port), str(ready)]
        with serving(arguments, bare_port, PATH, {}, {}) as bare:
            cases: dict[str, Callable[[], Load]] = {
                "ledger": lambda: wrk(ledger, PATH, headers(), seconds=SECONDS),
                "bare": lambda: wrk(bare, PATH, headers(), seconds=SECONDS),
                "unchanged": lambda: wrk(ledger, PATH, {**headers(), "If-None-Match": tag}, seconds=SECONDS),
            }
            for warm_up in cases.values():
                warm_up()
            rounds = [{name: case() for name, case in cases.items()} for _ in range(ROUNDS)]
    _report(rounds, len(body))


def _ledger(port: int, headers: Mapping[str, str], environment: Mapping[str, str]) -> AbstractContextManager[Server]:
    return serving(["-m", "taizhang.cli", "serve", "--port", str(port)], port, PATH, headers, environment)


def _report(rounds: list[dict[str, Load]], size: int) -> None:
    middle = {
        name: Load(
            statistics.median(each[name].per_second for each in rounds),
            statistics.median(each[name].cpu_microseconds for each in rounds),
        )
        for name in rounds[0]
    }
    print(f"\nGET {PATH}  {size:,} 字节，{CONNECTIONS} 连接，{len(rounds)} 轮交替取中位数")
    print(f"{'':<28}{'请求/秒':>10}{'CPU 微秒/请求':>14}")
    for name, words in (("ledger", "台账（JWT）"), ("unchanged", "台账，304"), ("bare", "裸 Starlette，同样字节")):
        print(f"{words:<24}{middle[name].per_second:>12,.0f}{middle[name].cpu_microseconds:>14,.0f}")
    ratio = middle["ledger"].per_second / middle["bare"].per_second
    cpu = middle["ledger"].cpu_microseconds / middle["bare"].cpu_microseconds
    unchanged = middle["unchanged"].per_second / middle["ledger"].per_second
    print(f"台账 ÷ 裸 Starlette：请求/秒 {ratio:.3f}，CPU {cpu:.1f} 倍（目标 ≤ 30）")
    print(f"304 ÷ 200：请求/秒 {unchanged:.2f}", flush=True)


if __name__ == "__main__":
    main()
