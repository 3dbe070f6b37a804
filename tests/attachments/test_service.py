"""Keeping house: what nobody refers to goes after a week, what is missing is named."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from taizhang.attachments import keeping, service
from taizhang.attachments.keeping import Damage
from taizhang.attachments.models import Attachment
from taizhang.attachments.service import Limits
from taizhang.attachments.storage import Store
from tests.attachments.files import PDF
from tests.district import District
from tests.progress.ledger import at

NOW = at(9, 20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def attachment(session: Session, district: District, store: Store) -> Attachment:
    """A plan 大山坪街道 uploaded long ago."""
    reporter = district.actor("dashanping")
    kept = service.keep_file(session, reporter, store, "方案.pdf", io.BytesIO(PDF), limits=Limits(1024), now=NOW)
    _age(store, kept.sha256, days=30)
    return kept


def _age(store: Store, sha256: str, *, days: int) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(store.path(sha256), (then, then))


def test_a_content_without_a_row_goes_after_a_week(session: Session, store: Store, attachment: Attachment) -> None:
    orphan, young = store.put(io.BytesIO(b"orphan")), store.put(io.BytesIO(b"young orphan"))
    _age(store, orphan.sha256, days=8)
    _age(store, young.sha256, days=6)
    assert keeping.sweep(session, store, now=NOW) == [orphan.sha256]
    assert keeping.sweep(session, store, now=NOW) == []
    assert set(store.contents()) == {attachment.sha256, young.sha256}


def test_a_whole_store_has_no_damage(session: Session, store: Store, attachment: Attachment) -> None:
    assert keeping.damaged(session, store) == []


def test_a_changed_content_and_a_missing_one_are_told_apart(
    session: Session, store: Store, attachment: Attachment
) -> None:
    path = store.path(attachment.sha256)
    path.chmod(0o600)
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    assert keeping.damaged(session, store) == [Damage(attachment.sha256, missing=False)]
    path.unlink()
    assert keeping.damaged(session, store) == [Damage(attachment.sha256, missing=True)]
