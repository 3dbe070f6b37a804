"""The restore drill (恢复演练): what was backed up comes back whole, to the row and the byte; or says not."""

import io
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from taizhang import migrating
from taizhang.attachments import service as attachments
from taizhang.attachments.models import Attachment
from taizhang.attachments.storage import Store
from taizhang.backups.manifest import Contents, Damaged, Manifest, chain, kept_in, named, to_keep
from taizhang.backups.restoring import restore
from taizhang.backups.source import BackupError, Source
from taizhang.backups.taking import prune, take
from taizhang.core.cluster import Cluster
from taizhang.core.database import create_pool, open_session
from tests.district import District, build_district

PNG = b"\x89PNG\r\n\x1a\n"


class Town:
    """A served district in a folder, which uploads when asked to."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.store = Store(folder / "var" / "store")
        self.backups = folder / "backups"
        self.source = Source(cluster.superuser_url)
        migrating.migrate(cluster.url)
        self.engine = create_pool(cluster.url, size=1, transaction_timeout="0")
        with open_session(self.engine) as session, session.begin():
            self.district: District = build_district(session, now=datetime.now(UTC))

    def upload(self, content: bytes) -> None:
        with open_session(self.engine) as session, session.begin():
            self._keep(session, content)

    def _keep(self, session: Session, content: bytes) -> None:
        reporter = self.district.actor("dashanping")
        file = io.BytesIO(PNG + content)
        attachments.keep_file(
            session, reporter, self.store, "p.png", file, limits=attachments.Limits(10**6), now=datetime.now(UTC)
        )

    def back_up(self) -> Manifest:
        return take(self.source, self.store, self.backups, now=datetime.now(UTC))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="taizhang-drill-") as made:
        os.chmod(made, 0o711)
        yield Path(made)


@pytest.fixture(scope="module")
def town(folder: Path) -> Iterator[Town]:
    with Cluster(folder / "var") as cluster:
        made = Town(folder, cluster)
        yield made
        made.engine.dispose()


@pytest.fixture(scope="module")
def drilled(town: Town) -> tuple[Manifest, Manifest, datetime]:
    """A full backup, a day's work, an increment, and a moment after it that nothing else was backed up at."""
    town.upload(b"before the first backup")
    full = town.back_up()
    town.upload(b"between the two")
    time.sleep(1.1)  # backups are named by the second
    increment = town.back_up()
    town.upload(b"after both, in the log alone")
    time.sleep(0.2)
    moment = datetime.now(UTC)
    time.sleep(0.2)
    town.upload(b"after the moment")
    return full, increment, moment


def rows(data: Path) -> int:
    """Attachments as the application sees them: it can sign in, and row-level security came back too."""
    with Cluster(data) as cluster:
        engine = create_pool(cluster.app_url, size=1)
        with open_session(engine) as session:
            found = session.exec(select(func.count()).select_from(Attachment)).one()
        engine.dispose()
    return found


def test_an_increment_is_restored_with_its_full_one_and_equals_its_manifest(
    folder: Path, town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    full, increment, _ = drilled
    assert increment.parent == full.name
    done = restore(town.backups, folder / "restored")
    assert done.manifest == increment
    assert done.faults == []
    assert done.contents == increment.contents
    assert len(done.contents.attachments) == 2
    assert rows(folder / "restored") == 2


def test_a_restored_folder_is_an_ordinary_one_that_can_be_backed_up_again(
    folder: Path, town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    data = folder / "restored"
    with Cluster(data) as cluster:
        assert migrating.current(cluster.url) == migrating.head()
        made = take(Source(cluster.superuser_url), Store(data / "store"), folder / "anew", now=datetime.now(UTC))
    assert made.contents == drilled[1].contents


def test_any_moment_since_can_be_restored(
    folder: Path, town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    moment = drilled[2]
    time.sleep(1.1)
    town.back_up()  # what was written since has reached the archive
    done = restore(town.backups, folder / "then", at=moment)
    assert done.faults == []
    assert len(done.contents.attachments) == 3


def test_a_missing_attachment_and_a_changed_row_are_told(
    folder: Path, town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    copy = folder / "copy"
    shutil.copytree(town.backups, copy)
    gone = drilled[0].contents.attachments[0]
    (copy / "store" / gone[:2] / gone).unlink()
    manifest = Manifest.read(copy / drilled[0].name)
    told = Contents(**{**manifest.contents.__dict__, "counts": manifest.contents.counts | {"unit": 1}})
    Manifest(**{**manifest.__dict__, "contents": told}).write(copy / drilled[0].name)
    done = restore(copy, folder / "faulty", name=drilled[0].name)
    assert f"附件缺失或损坏：{gone}" in done.faults
    assert any(fault.startswith("unit：清单 1 行") for fault in done.faults)


def test_a_manifest_changed_afterwards_is_refused(
    folder: Path, town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    copy = folder / "forged"
    shutil.copytree(town.backups / drilled[0].name, copy / drilled[0].name)
    path = copy / drilled[0].name / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"audit_seq"', '"audit_seq" '), encoding="utf-8")
    with pytest.raises(Damaged, match="改动"):
        restore(copy, folder / "never")


def test_a_folder_in_use_is_not_restored_into(folder: Path, town: Town) -> None:
    with pytest.raises(BackupError, match="不是空的"):
        restore(town.backups, folder / "var")


def test_an_attachment_gone_from_the_store_stops_the_backup(
    town: Town, drilled: tuple[Manifest, Manifest, datetime]
) -> None:
    town.upload(b"soon gone")
    before = len(kept_in(town.backups))
    newest = max(town.store.contents(), key=lambda digest: town.store.path(digest).stat().st_mtime)
    content = town.store.path(newest).read_bytes()
    town.store.path(newest).unlink()
    with pytest.raises(BackupError, match=newest):
        town.back_up()
    assert len(kept_in(town.backups)) == before
    town.store.put(io.BytesIO(content))
    prune(town.source, town.backups)
    assert len(kept_in(town.backups)) >= 1


EMPTY = Contents(None, {}, 0, None, ())


@given(st.lists(st.tuples(st.integers(0, 800), st.booleans()), unique_by=lambda pair: pair[0], min_size=1, max_size=60))
def test_what_is_kept_can_be_restored_and_the_newest_always_is(days: list[tuple[int, bool]]) -> None:
    made: list[Manifest] = []
    for day, full in sorted(days):
        moment = datetime(2024, 1, 1, 2, 30, tzinfo=UTC) + timedelta(days=day)
        parent = None if full or not made else made[-1].name
        made.append(Manifest(named(moment), parent, moment.isoformat(), "", "", {}, EMPTY))
    kept = to_keep(made)
    assert made[-1].name in kept
    assert {each.name for each in made[-7:]} <= kept
    for each in made:
        if each.name in kept:
            assert {link.name for link in chain(made, each)} <= kept
