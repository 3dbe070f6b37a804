"""Imports under measurement (导入): from upload to draft for the notice and for a workbook of two thousand rows."""

import json
import resource
import secrets
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from taizhang.documents.child import read_apart
from tests.bench.servers import Server
from tests.plans.tables import line, workbook

NOTICE = Path("backend/taizhang/demo/jiangyang-2023.txt")
ROWS = 2000
UNITS = (
    "区财政局",
    "区民政局",
    "各街镇",
    "区教体局",
    "有关部门",
    "大山坪街道",
    "区司法局牵头，区审计局配合",
    "某某银行",
)
PATH = "/api/v1/plan-imports"


@dataclass(frozen=True)
class Reading:
    """What one upload took: wall and server CPU in milliseconds, the answer in bytes."""

    wall: float
    cpu: float
    size: int


def two_thousand_rows() -> bytes:
    """A workbook of every way units are written, twenty categories merged downwards."""
    lines = [
        line(n, "、".join(UNITS[(n + step) % len(UNITS)] for step in range(3)), category=f"第{n // 100 + 1}类")
        for n in range(ROWS)
    ]
    return workbook(lines)


def report(server: Server, headers: Callable[[], Mapping[str, str]], *, rounds: int) -> None:
    """Print what uploads take, and the memory of the server and of the child that reads."""
    big = two_thousand_rows()
    print(f"\n导入  {rounds} 次取中位数")
    _row("通知 → 草稿", _median(server, headers, "通知.txt", NOTICE.read_bytes(), rounds), "目标 ≤ 150 毫秒")
    _row(f"{ROWS} 行工作簿 → 草稿", _median(server, headers, "分解表.xlsx", big, rounds), "目标 ≤ 3000 毫秒")
    with ProcessPoolExecutor(1) as apart:
        child = apart.submit(_child_megabytes, big).result()
    print(f"内存峰值：服务 {_peak_megabytes(server)} MB，读取子进程 {child} MB（目标 ≤ 300 MB）", flush=True)


def _row(words: str, reading: Reading, target: str) -> None:
    told = f"{reading.wall:8.0f} 毫秒  CPU {reading.cpu:6.0f} 毫秒  应答 {reading.size / 1024:7.0f} KB"
    print(f"{words:<22}{told}（{target}）", flush=True)


def _median(server: Server, headers: Callable[[], Mapping[str, str]], name: str, data: bytes, rounds: int) -> Reading:
    _upload(server, headers(), name, data)
    found = [_upload(server, headers(), name, data) for _ in range(rounds)]
    return Reading(
        statistics.median(each.wall for each in found), statistics.median(each.cpu for each in found), found[0].size
    )


def _upload(server: Server, headers: Mapping[str, str], name: str, data: bytes) -> Reading:
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    used, started = server.cpu_seconds(), time.monotonic()
    form = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    connection.request("POST", PATH, body, {**headers, **form})
    answer = connection.getresponse()
    content = answer.read()
    taken = time.monotonic() - started
    connection.close()
    if answer.status != 201:
        raise RuntimeError(json.loads(content))
    return Reading(taken * 1000, (server.cpu_seconds() - used) * 1000, len(content))


def _peak_megabytes(server: Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    peak = next(each for each in status.splitlines() if each.startswith("VmHWM:"))
    return int(peak.split()[1]) // 1024


def _child_megabytes(data: bytes) -> int:
    """In a process of its own, so that the only child counted is the one that reads."""
    read_apart(data, "分解表.xlsx")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
