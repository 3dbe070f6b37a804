"""Fuzzing (模糊测试): schemathesis against the served contract, signed in as one unit.

Every check schemathesis has, but those that do not fit what the product promises: a unit's scope answers 404, states
answer 409, versions 412 and 428, and what a role may not do 403; see :data:`LEFT_OUT`.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.trust.asking import sign_in
from tests.trust.faults import district_served

# Checks that hold for an API without roles, states and business rules.
LEFT_OUT = (
    "positive_data_acceptance",  # well-formed requests are refused by rules: scope, state, period, role
    "unsupported_method",  # answered 405 by the router and tried in tests/architecture
)
CONTRACT = Path(__file__).parents[2] / "openapi.json"
UNTRIED = (r"/auth/(login|logout|refresh|password|token)", r"/events$")


def report(*, seconds: float, seed: int, quick: bool) -> bool:
    """Cases tried and failures found."""
    with district_served() as (server, token, data), tempfile.TemporaryDirectory() as folder:
        command = [
            str(Path(sys.executable).with_name("st")),
            "run",
            str(CONTRACT),
            f"--url=http://127.0.0.1:{server.port}",
            "--request-timeout=60",
            f"--header=Authorization: Bearer {token}",
            f"--exclude-checks={','.join(LEFT_OUT)}",
            *(f"--exclude-path-regex={path}" for path in UNTRIED),
            f"--max-time={30 if quick else 120}",
            f"--seed={seed}",
            "--workers=1",
            "--continue-on-failure",
            "--no-color",
        ]
        del data
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        still_there = bool(sign_in(server.port, "dashanping"))
    said = done.stdout + done.stderr
    cases = re.search(r"([\d,]+) generated", said)
    found = re.search(r"([\d,]+) (?:found )?unique failures?", said)
    tried, kinds = cases[1] if cases else "?", found[1] if found else "0"
    print(f"模糊测试：{tried} 例，失败 {kinds} 种；服务{'仍在' if still_there else '不在了'}", flush=True)
    if done.returncode != 0:
        print(said[-6000:], flush=True)
    return done.returncode == 0 and still_there
