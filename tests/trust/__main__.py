"""``make trust``: what must hold when things go wrong or people mean harm, tried and counted.

``python -m tests.trust`` runs every section, ``python -m tests.trust crash --seconds 180`` one of them.
"""

import argparse
import sys
from collections.abc import Callable

from tests.trust import crash, faults, fuzz, http, mutation

Section = Callable[..., bool]
SECTIONS: dict[str, Section] = {
    "crash": crash.report,
    "faults": faults.report,
    "fuzz": fuzz.report,
    "http": http.report,
    "mutation": mutation.report,
}


def main() -> int:
    """Run the sections asked for; the exit code says whether every figure holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust")
    parser.add_argument("sections", nargs="*", choices=[[], *SECTIONS], default=[])
    parser.add_argument("--seconds", type=float, default=180, help="崩溃试验的秒数")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="每节缩短到一两分钟")
    options = parser.parse_args()
    failed = [
        name
        for name in options.sections or SECTIONS
        if not SECTIONS[name](seconds=options.seconds, seed=options.seed, quick=options.quick)
    ]
    print(f"未达到：{'、'.join(failed)}" if failed else "全部达到。", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
