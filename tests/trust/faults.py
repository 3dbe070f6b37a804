"""Faults (故障): every table locked, the network gone, the disk full, clients that never finish asking.

Nothing may answer but 503 and 507, each with ``Retry-After`` and soon; being alive must stay cheap to show; and what
was acknowledged before is there afterwards. What needs rights this machine does not give is skipped in words.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from taizhang.core.cluster import Cluster
from tests.bench.servers import free_port
from tests.trust.asking import Ask, Said, ask, sign_in, upload
from tests.trust.served import Served, plant, served

REQUESTS, AT_ONCE = 120, 120
WORST_SECONDS, ALIVE_SECONDS, AFTERWARDS_SECONDS = 5.0, 0.25, 1.0
STUCK_SECONDS = 10.0
HALF_OPEN = 300
SMALL_STORE, SMALL_DATABASE = 6, 160  # MB


class Skipped(Exception):
    """This machine does not let the fault be made; the message says what is refused."""


def report(*, seconds: float, seed: int, quick: bool) -> bool:
    """Each fault once."""
    holds = True
    for name, fault in FAULTS:
        try:
            good, words = fault()
        except Skipped as reason:
            print(f"{name}：跳过，{reason}", flush=True)
            continue
        print(f"{name}：{words}{'' if good else '　← 未达到'}", flush=True)
        holds = holds and good
    return holds


def everything_locked() -> tuple[bool, str]:
    """R10: all tables locked, which also empties the pool."""
    with district_served() as (server, token, data):
        asks = [Ask("GET", "/api/v1/evidence"), Ask("GET", "/api/v1/auth/me"), _entry()]
        with Cluster(data) as cluster, psycopg.connect(_plain(cluster.superuser_url)) as locker:
            tables = locker.execute(
                "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') "
                "AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            locker.execute("LOCK TABLE " + ", ".join(name for (name,) in tables) + " IN ACCESS EXCLUSIVE MODE")
            said, alive = _under(server.port, token, asks)
            locker.rollback()
        first = ask(server.port, token, Ask("GET", "/api/v1/evidence"))
    good = _refused_soon(said, WORST_SECONDS) and alive <= ALIVE_SECONDS
    good = good and first.status == 200 and first.seconds <= AFTERWARDS_SECONDS
    return good, f"{_told(said)}；healthz 最慢 {alive * 1000:.0f} 毫秒；放开后 {first.status}，{first.seconds:.2f} 秒"


def network_gone() -> tuple[bool, str]:
    """R11: the API's way to the database swallows every packet."""
    with _planted() as data, Cluster(data) as cluster, _namespace() as space:
        port, proxy_port = free_port(), 15432
        proxy = space.run("-m", "tests.trust.relay", str(data / "postgres"), space.inner, str(proxy_port))
        url = space.address_of(cluster.url, proxy_port)
        environment = {"TAIZHANG_DATABASE_URL": url, "TAIZHANG_DATA_DIR": str(data), "TAIZHANG_TODAY": "2023-09-20"}
        command = [sys.executable, "-m", "taizhang.cli", "serve", f"--port={port}"]
        api = subprocess.Popen(command, env={**os.environ, **environment})
        try:
            token = _until(lambda: sign_in(port, "office"))
            for _ in range(10):
                ask(port, token, Ask("GET", "/api/v1/evidence"))
            space.cut()
            said, alive = _under(port, token, [Ask("GET", "/api/v1/evidence"), _entry()], count=20)
            space.mend()
            back = _until(lambda: ask(port, token, Ask("GET", "/api/v1/evidence")).status == 200)
        finally:
            api.terminate()
            api.wait(40)
            proxy.terminate()
            proxy.wait(10)
    good = _refused_soon(said, STUCK_SECONDS) and alive <= ALIVE_SECONDS and bool(back)
    return good, f"{_told(said)}；healthz 最慢 {alive * 1000:.0f} 毫秒；接通后恢复"


def slow_clients() -> tuple[bool, str]:
    """Connections that never finish their request keep nobody else waiting."""
    with district_served() as (server, token, _):
        held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(HALF_OPEN)]
        for connection in held:
            connection.sendall(b"POST /api/v1/evidence HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
        said = [ask(server.port, token, Ask("GET", "/api/v1/evidence")) for _ in range(10)]
        alive = max(ask(server.port, "", Ask("GET", "/healthz")).seconds for _ in range(20))
        for connection in held:
            connection.close()
    good = all(each.status == 200 for each in said) and alive <= ALIVE_SECONDS
    return good, f"{HALF_OPEN} 个半开连接下 {_told(said)}；healthz 最慢 {alive * 1000:.0f} 毫秒"


def disk_before_word() -> tuple[bool, str]:
    """An upload is on the disk, under its name, before the database speaks of it, and that before the caller hears."""
    with _planted() as data, Cluster(data) as cluster, tempfile.NamedTemporaryFile() as trace:
        port = free_port()
        environment = {"TAIZHANG_DATABASE_URL": cluster.url, "TAIZHANG_DATA_DIR": str(data)}
        calls = "trace=fsync,rename,renameat,renameat2,sendto,write"
        command = ["strace", "-D", "-f", "-y", "-s", "120", "-e", calls, "-o", trace.name, sys.executable]
        try:
            api = subprocess.Popen(
                [*command, "-m", "taizhang.cli", "serve", f"--port={port}"], env={**os.environ, **environment}
            )
        except FileNotFoundError as error:
            raise Skipped("没有 strace") from error
        try:
            _until(lambda: api.poll() is not None or ask(port, "", Ask("GET", "/healthz")).status == 200)
            if api.poll() is not None:
                raise Skipped("不允许 ptrace")
            said = upload(port, sign_in(port, "dashanping"), secrets.token_bytes(1000))
        finally:
            api.terminate()
            api.wait(40)
        lines = Path(trace.name).read_text(encoding="utf-8", errors="replace").splitlines()
    steps = _order(lines)
    wanted = ["文件落盘", "改名", "目录落盘", "INSERT", "COMMIT", "201"]
    return said.status == 201 and steps == wanted, " → ".join(steps)


def _order(lines: list[str]) -> list[str]:
    """The steps of the one upload, in the order they first happened."""
    steps: list[str] = []
    signs = (
        ("文件落盘", "fsync(", "/store/tmp/"),
        ("改名", "rename", "/store/tmp/"),
        ("目录落盘", "fsync(", "/store/"),
        ("INSERT", "INSERT INTO attachment", ""),
        ("COMMIT", "COMMIT", ""),
        ("201", "HTTP/1.1 201", ""),
    )
    for line in lines:
        for name, call, place in signs:
            if (
                name not in steps
                and call in line
                and place in line
                and not (name == "COMMIT" and "INSERT" not in steps)
            ):
                steps.append(name)
                break
    return steps


def store_full() -> tuple[bool, str]:
    """The volume of the attachments has no room left."""
    with _planted() as data, _small_disk(SMALL_STORE) as disk:
        (disk / "store").mkdir()
        (data / "store").symlink_to(disk / "store")
        with served(data, {"TAIZHANG_STORAGE_FLOOR_BYTES": "0"}) as server:
            token = sign_in(server.port, "dashanping")
            said: list[Said] = []
            while len(said) < 40 and (not said or said[-1].status == 201):
                said.append(upload(server.port, token, secrets.token_bytes(700_000)))
            drafts = list((disk / "store" / "tmp").iterdir())
            listed = ask(server.port, token, Ask("GET", "/api/v1/evidence")).status
    good = said[-1].status == 507 and said[-1].code == "storage-full" and not drafts and listed == 200
    return good, f"存下 {len(said) - 1} 个后答 {said[-1].status} {said[-1].code}，残留 {len(drafts)}，列表仍答 {listed}"


def database_full() -> tuple[bool, str]:
    """The database's own volume fills up; what was acknowledged is there once there is room."""
    with _small_disk(SMALL_DATABASE) as disk, Cluster(disk / "var") as cluster:
        address = _plain(cluster.url)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE told (n bigint PRIMARY KEY, filling text)")
        filler = disk / "filler"
        acknowledged = _fill(address, filler, disk)
        filler.unlink()
        started = time.monotonic()
        _until(lambda: _count(address) is not None, seconds=90)
        took = time.monotonic() - started
        kept = _count(address) or 0
    return kept >= acknowledged, f"写满前确认 {acknowledged} 条，腾出空间后有 {kept} 条，{took:.1f} 秒恢复"


def _fill(address: str, filler: Path, disk: Path) -> int:
    """Leave a few megabytes and insert until the server refuses; how many rows were acknowledged."""
    status = os.statvfs(disk)
    filler.write_bytes(bytes(max(status.f_bavail * status.f_frsize - 24 * 2**20, 0)))
    acknowledged = 0
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            while acknowledged < 20_000:
                filling = secrets.token_hex(4000)
                connection.execute("INSERT INTO told VALUES (%s, %s)", [acknowledged, filling])
                acknowledged += 1
    except psycopg.Error:
        pass
    return acknowledged


def _count(address: str) -> int | None:
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=2) as connection:
            row = connection.execute("SELECT count(*) FROM told").fetchone()
            return int(row[0]) if row else None
    except psycopg.Error:
        return None


FAULTS: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
    ("全部表被锁", everything_locked),
    ("数据库断网", network_gone),
    ("慢客户端", slow_clients),
    ("落盘在先", disk_before_word),
    ("附件盘满", store_full),
    ("数据库盘满", database_full),
)


# -- how faults are made


@contextmanager
def _planted() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="taizhang-faults-") as folder:
        os.chmod(folder, 0o711)
        data = Path(folder, "var")
        plant(data, 2)
        try:
            yield data
        finally:
            Cluster(data).destroy()


@contextmanager
def district_served() -> Iterator[tuple[Served, str, Path]]:
    with _planted() as data, served(data, {}) as server:
        yield server, sign_in(server.port, "dashanping"), data


@contextmanager
def _small_disk(megabytes: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="taizhang-disk-") as folder:
        os.chmod(folder, 0o711)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "tmpfs", folder]
        done = subprocess.run(mount, capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(f"不能挂载 tmpfs：{done.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


class Namespace:
    """A network of its own behind a cable that can be pulled."""

    def __init__(self) -> None:
        self.name = f"tz{secrets.token_hex(3)}"
        self.cable = f"v{self.name}"
        self.outer, self.inner = "10.213.77.1", "10.213.77.2"

    def lay(self) -> None:
        for command in (
            f"ip netns add {self.name}",
            f"ip link add {self.cable} type veth peer name inner netns {self.name}",
            f"ip addr add {self.outer}/30 dev {self.cable}",
            f"ip link set {self.cable} up",
            f"ip -n {self.name} addr add {self.inner}/30 dev inner",
            f"ip -n {self.name} link set inner up",
        ):
            try:
                done = subprocess.run(command.split(), capture_output=True, text=True)
            except FileNotFoundError as error:
                raise Skipped("没有 ip 命令") from error
            if done.returncode != 0:
                raise Skipped(f"不能建网络名字空间：{done.stderr.strip()}")

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["ip", "netns", "exec", self.name, sys.executable, *arguments])

    def address_of(self, url: str, port: int) -> str:
        return url.split("@")[0] + f"@{self.inner}:{port}/taizhang"

    def cut(self) -> None:
        """Pull the cable at the far end: packets go out and nothing says they do not arrive."""
        subprocess.run(["ip", "-n", self.name, "link", "set", "inner", "down"], check=True)

    def mend(self) -> None:
        subprocess.run(["ip", "-n", self.name, "link", "set", "inner", "up"], check=True)


@contextmanager
def _namespace() -> Iterator[Namespace]:
    space = Namespace()
    try:
        space.lay()
        yield space
    finally:
        subprocess.run(["ip", "netns", "delete", space.name], capture_output=True)
        subprocess.run(["ip", "link", "delete", space.cable], capture_output=True)


# -- what is said meanwhile


def _entry() -> Ask:
    return Ask("POST", "/api/v1/evidence", {"title": "故障中的佐证", "document_no": "江府办〔2023〕1号"})


def _under(port: int, token: str, asks: list[Ask], count: int = REQUESTS) -> tuple[list[Said], float]:
    """All at once; and the slowest sign of life meanwhile, in seconds."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(ask, port, token, asks[number % len(asks)]) for number in range(count)]
        alive = 0.0
        while not all(each.done() for each in waiting):
            alive = max(alive, ask(port, "", Ask("GET", "/healthz")).seconds)
            time.sleep(0.05)
        return [each.result() for each in waiting], alive


def _refused_soon(said: list[Said], seconds: float) -> bool:
    return all(each.status == 503 and each.retry_after and each.seconds <= seconds for each in said)


def _told(said: list[Said]) -> str:
    counted = Counter(each.status for each in said)
    kinds = "、".join(f"{status}×{count}" for status, count in sorted(counted.items()))
    return f"{len(said)} 个请求 {kinds}，最慢 {max(each.seconds for each in said):.1f} 秒"


def _until(question: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise SystemExit("等了太久")
        time.sleep(0.1)


def _plain(url: str) -> str:
    return url.replace("+psycopg", "", 1)
