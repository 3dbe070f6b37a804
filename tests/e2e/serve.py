"""The demo district, served for the browser tests from a folder of their own: ``python -m tests.e2e.serve PORT``."""

import shutil
import sys
from datetime import date
from pathlib import Path

from taizhang import running
from taizhang.core.settings import Settings

DATA = Path("var/e2e")


def main(port: int) -> int:
    """Start over from nothing, so that every run sees the same district."""
    from taizhang.core.cluster import Cluster

    Cluster(DATA).destroy()
    shutil.rmtree(DATA, ignore_errors=True)
    settings = Settings(data_dir=DATA, demo=True, today=date(2023, 9, 20), public_url=f"http://127.0.0.1:{port}")
    return running.run(settings, port=port)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
