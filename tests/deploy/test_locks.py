"""Lock files (锁文件): they pin everything, name no registry, and leave out what must not come in."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
# python-jose asks for these; with cryptography it loads none of them, and ecdsa has a flaw nobody will mend.
UNWANTED = {"ecdsa", "rsa", "pyasn1"}


def requirements(path: Path) -> dict[str, str]:
    """Each requirement's name and what stands after it."""
    entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = (re.match(r"([a-z0-9._-]+)(.*)", entry) for entry in entries if entry and not entry.startswith("#"))
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    loose = [
        name for name, rest in requirements(path).items() if not rest.startswith("==") or "--hash=sha256:" not in rest
    ]
    assert loose == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_no_index_is_named(path: Path) -> None:
    assert re.search(r"://|^--", path.read_text(encoding="utf-8"), re.MULTILINE) is None


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_the_unwanted_stay_out(path: Path) -> None:
    assert UNWANTED & set(requirements(path)) == set()


def test_the_development_lock_holds_the_same_versions() -> None:
    runtime, development = (requirements(path) for path in LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime


class TestNpm:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]

    def test_no_registry_is_named(self) -> None:
        assert [name for name, entry in self.packages.items() if "://" in str(entry.get("resolved", ""))] == []

    def test_every_package_is_hashed(self) -> None:
        ours = {"", "tools/openapi", "node_modules/openapi-types"}
        assert {name for name, entry in self.packages.items() if "integrity" not in entry} <= ours

    def test_programs_for_every_platform_are_there(self) -> None:
        wanted = {name for entry in self.packages.values() for name in entry.get("optionalDependencies", {})}
        present = {name.rsplit("node_modules/", 1)[-1] for name in self.packages}
        assert wanted - present == set()
