"""Contents are kept once, under their hash, and never half."""

import hashlib
import io
import os
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


def test_old_drafts_and_old_contents_go_unless_spared(store: Store) -> None:
    kept, spared = store.put(io.BytesIO(b"old")), store.put(io.BytesIO(b"old but wanted"))
    fresh = store.put(io.BytesIO(b"new"))
    draft = store.root / "tmp" / "stale"
    draft.write_bytes(b"half")
    for path in (draft, store.path(kept.sha256), store.path(spared.sha256)):
        os.utime(path, (1000, 1000))
    assert store.discard_older(2000, spare=lambda name: name == spared.sha256) == [kept.sha256]
    assert set(store.contents()) == {spared.sha256, fresh.sha256}
    assert not draft.exists()


def test_a_content_wanted_again_is_young_again(store: Store) -> None:
    kept = store.put(io.BytesIO(b"again"))
    os.utime(store.path(kept.sha256), (1000, 1000))
    store.put(io.BytesIO(b"again"))
    assert store.discard_older(2000, spare=lambda name: False) == []
