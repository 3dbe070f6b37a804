"""A database of one's own for tests that start real processes (部署测试)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang import migrating
from taizhang.core.cluster import Cluster


@pytest.fixture(scope="session")
def deployed_database() -> Iterator[str]:
    """Address of a migrated, empty database."""
    with tempfile.TemporaryDirectory(prefix="taizhang-deploy-") as folder:
        cluster = Cluster(Path(folder))
        url = cluster.ensure_running()
        migrating.migrate(url)
        yield url
        cluster.destroy()
