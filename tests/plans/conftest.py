"""The 2023 notice and the names it is read against, without a database."""

import uuid
from pathlib import Path

import pytest

from taizhang.demo.units import UNITS
from taizhang.documents.readers import read
from taizhang.plans.importing.draft import Draft, read_draft
from taizhang.plans.importing.units import GroupEntry, UnitDirectory, UnitEntry
from taizhang.units.defaults import GROUPS

NOTICE = Path("backend/taizhang/demo/jiangyang-2023.txt").read_bytes()


@pytest.fixture(scope="session")
def notice() -> bytes:
    """The notice as issued."""
    return NOTICE


@pytest.fixture(scope="session")
def names() -> UnitDirectory:
    """江阳区's units and collective words."""
    units = [
        UnitEntry(uuid.uuid4(), seed.name, seed.short_name, seed.kind.value, tuple(seed.aliases)) for seed in UNITS
    ]
    groups = [GroupEntry(name, tuple(kind.value for kind in kinds), undecided) for name, kinds, undecided in GROUPS]
    return UnitDirectory(tuple(units), tuple(groups))


@pytest.fixture(scope="session")
def draft(notice: bytes, names: UnitDirectory) -> Draft:
    """The notice as read."""
    return read_draft(read(notice, "notice.txt"), year=None, directory=names)
