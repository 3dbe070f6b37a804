"""Server processes under measurement: started, waited for, timed, loaded with wrk, ended."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

CONNECTIONS = 16
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """A running process and how long it took from its start to its first 200."""

    process: subprocess.Popen[bytes]
    port: int
    started_in: float

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Load:
    """What one round measured."""

    per_second: float
    cpu_microseconds: float


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@contextmanager
def serving(
    arguments: list[str], port: int, path: str, headers: Mapping[str, str], environment: Mapping[str, str]
) -> Iterator[Server]:
    """``python arguments`` until it answers 200, for as long as the block lasts."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(process, port, path, headers)
        yield Server(process, port, time.monotonic() - started)
    finally:
        process.terminate()
        process.wait(30)


def _await(process: subprocess.Popen[bytes], port: int, path: str, headers: Mapping[str, str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if fetch(port, path, headers)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.005)
    raise SystemExit(f"服务没有启动（退出码 {process.poll()}）")


def fetch(port: int, path: str, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
    """One answer: status, body, ETag."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("ETag", "")
    finally:
        connection.close()


def wrk(server: Server, path: str, headers: Mapping[str, str], *, seconds: int) -> Load:
    """One round of load; refuses to measure errors."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("需要 wrk。Debian/Ubuntu：apt install wrk")
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{server.port}{path}"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = server.cpu_seconds()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = server.cpu_seconds() - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"压测中出现错误应答：\n{said}")
    total = int(_number(r"(\d+) requests in", said))
    return Load(_number(r"Requests/sec:\s+([\d.]+)", said), used / total * 1e6)


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    if found is None:
        raise SystemExit(f"读不懂 wrk 的输出：\n{said}")
    return float(found[1])
