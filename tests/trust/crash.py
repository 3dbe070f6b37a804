"""Crashes (崩溃): processes are killed under eight writers; every acknowledgement is compared with what is there.

The database, the audit log and the store are read afterwards, once everything has come to rest. With a planted fault
(commits that do not wait for the disk, writers that send no key) the same comparison must fail.
"""

import contextlib
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.found import compare
from tests.trust.served import Served, plant, served
from tests.trust.writers import Writer

WRITERS = 8
READY_SECONDS = 10.0
CALM = (0.4, 2.0)
# Read by every Python of the trial at its start, the workers' own included.
NOT_WAITING_FOR_THE_DISK = """
from taizhang.core import database
database.SERVER_OPTIONS["synchronous_commit"] = "off"
"""
# Between the commit and its answer lies the moment that only a key makes harmless; it is made long enough to be hit.
SLOW_TO_ANSWER = """
import time
from sqlalchemy.orm import Session
commit = Session.commit
def commit_and_linger(self):
    commit(self)
    time.sleep(0.3)
Session.commit = commit_and_linger
"""


@dataclass
class Trial:
    """What one trial brought."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    files: int = 0
    replayed: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    recoveries: dict[str, float] = field(default_factory=dict)
    """The slowest, in seconds, by what was killed."""

    @property
    def slowest(self) -> float:
        return max(self.recoveries.values(), default=0.0)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.faults)

    def words(self) -> str:
        kinds = "、".join(
            f"{name} {count}（{self.recoveries.get(name, 0):.1f} 秒）" for name, count in sorted(self.kills.items())
        )
        return (
            f"击杀 {self.kills.total()} 次（{kinds}）；确认 {self.acknowledged:,} 次（附件 {self.files:,}，"
            f"重放 {self.replayed}）：丢失 {len(self.lost)}，重复 {len(self.doubled)}，错误 {len(self.wrong)}，"
            f"其他 {len(self.faults)}"
        )


def trial(seconds: float, *, seed: int, forgetful: bool = False, planted: str = "") -> Trial:
    """Eight writers for so many seconds, something killed every now and then."""
    chance = random.Random(seed)
    found = Trial()
    with tempfile.TemporaryDirectory(prefix="taizhang-crash-") as folder:
        os.chmod(folder, 0o711)
        data = Path(folder, "var")
        reporters = plant(data, WRITERS)
        environment = _planted(Path(folder), planted)
        with served(data, environment) as server:
            writers = [
                Writer(server.port, name, assignment, seed * 100 + number, forgetful=forgetful)
                for number, (name, assignment) in enumerate(reporters)
            ]
            for writer in writers:
                writer.start()
            _kill_until(time.monotonic() + seconds, server, chance, found)
            for writer in writers:
                writer.ended.set()
            for writer in writers:
                writer.join(60)
        for writer in writers:
            found.acknowledged += writer.acknowledged.count
            found.files += len(writer.acknowledged.files)
            found.replayed += writer.replayed
            found.faults += writer.faults
        compare(data, [writer.acknowledged for writer in writers], found.lost, found.doubled, found.wrong)
        _destroy(data)
    return found


def _planted(folder: Path, code: str) -> dict[str, str]:
    if not code:
        return {}
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def _kill_until(end: float, server: Served, chance: random.Random, found: Trial) -> None:
    kinds: list[tuple[str, Callable[[], None]]] = [
        ("接口进程", lambda: os.kill(chance.choice(server.workers()), signal.SIGKILL)),
        ("数据库连接进程", lambda: os.kill(chance.choice(server.backends()), signal.SIGKILL)),
        ("数据库主进程", lambda: os.kill(server.postmaster(), signal.SIGKILL)),
        ("立即停止", lambda: os.kill(server.postmaster(), signal.SIGQUIT)),
    ]
    time.sleep(2)
    while time.monotonic() < end:
        name, kill = chance.choice(kinds)
        # Between listing and killing, a process may end by itself.
        with contextlib.suppress(ProcessLookupError, IndexError, FileNotFoundError):
            kill()
            found.kills[name] += 1
            time.sleep(0.1)
            took = 0.1 + server.wait_until_ready()
            found.recoveries[name] = max(found.recoveries.get(name, 0.0), took)
        time.sleep(chance.uniform(*CALM))


def _destroy(data: Path) -> None:
    from taizhang.core.cluster import Cluster

    Cluster(data).destroy()


def report(*, seconds: float, seed: int, quick: bool) -> bool:
    """The figures, and whether they hold; the planted faults must be found."""
    real = trial(75 if quick else seconds, seed=seed)
    print(f"崩溃：{real.words()}", flush=True)
    for fault in [*real.lost, *real.doubled, *real.wrong, *real.faults][:20]:
        print(f"  {fault}")
    holds = real.sound and real.slowest <= READY_SECONDS
    if quick:
        return holds
    unsafe = trial(60, seed=seed + 1, planted=NOT_WAITING_FOR_THE_DISK)
    print(f"种下“提交不等落盘”：{unsafe.words()}", flush=True)
    forgetful = trial(60, seed=seed + 2, forgetful=True, planted=SLOW_TO_ANSWER)
    print(f"种下“不带幂等键”：{forgetful.words()}", flush=True)
    if not unsafe.lost or not forgetful.doubled:
        print("  种下的故障没有被发现，这个试验不可信")
        return False
    return holds
