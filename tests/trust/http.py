"""HTTP abuse (HTTP 滥用) against a single process: the table of ``tests/core/abuse.py``, counted."""

from taizhang.core import logs
from tests.core.abuse import ABUSES, fault, listening


def report(**_: object) -> bool:
    """Send everything once; each must get the one answer it should."""
    logs.configure(pretty=True)
    with listening() as port:
        wrong = {name: found for name, abuse in ABUSES.items() if (found := fault(port, abuse)) is not None}
    print(f"HTTP 滥用：{len(ABUSES)} 种，应答正确 {len(ABUSES) - len(wrong)} 种", flush=True)
    for name, found in wrong.items():
        print(f"  {name}：{found}")
    return not wrong
