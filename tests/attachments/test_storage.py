"""Contents are kept once, under their hash, and never half."""

import hashlib
import io
import stat
from pathlib import Path

import pytest

from taizhang.attachments.storage import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_content_is_found_under_its_hash_and_cannot_be_written_to(store: Store) -> None:
    kept = store.put(io.BytesIO("佐证".encode()))
    assert kept == (hashlib.sha256("佐证".encode()).hexdigest(), 6)
    home = store.path(kept.sha256)
    assert home.relative_to(store.root) == Path(kept.sha256[:2], kept.sha256)
    assert home.read_bytes() == "佐证".encode()
    assert stat.S_IMODE(home.stat().st_mode) == 0o440


def test_the_same_content_twice_is_one_file(store: Store) -> None:
    assert store.put(io.BytesIO(b"same")) == store.put(io.BytesIO(b"same"))
    assert len(list(store.contents())) == 1


def test_a_truncated_file_is_replaced_by_the_whole_one(store: Store) -> None:
    kept = store.put(io.BytesIO(b"whole content"))
    home = store.path(kept.sha256)
    home.chmod(0o600)
    home.write_bytes(b"who")
    assert not store.intact(kept.sha256)
    store.put(io.BytesIO(b"whole content"))
    assert store.intact(kept.sha256)


def test_an_upload_that_breaks_off_leaves_nothing(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        store.put(Broken())
    assert list(store.contents()) == []
    assert list((store.root / "tmp").iterdir()) == []


def test_only_a_hash_is_a_place_in_the_store(store: Store) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path("../../etc/passwd")


def test_drafts_left_by_a_crash_are_cleared(store: Store) -> None:
    store.put(io.BytesIO(b"kept"))
    (store.root / "tmp" / "stale").write_bytes(b"half")
    store.clear_drafts()
    assert len(list(store.contents())) == 1
    assert not (store.root / "tmp").exists()
