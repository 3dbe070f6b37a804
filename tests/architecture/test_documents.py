"""What must be documented is found here, not remembered."""

import json
import re
from pathlib import Path

from taizhang.access.permissions import GRANTS, PERMISSION_WORDS, ROLE_WORDS, Permission
from taizhang.app import create_app
from taizhang.core.settings import Settings


def test_every_setting_is_documented() -> None:
    manual = Path("docs/settings.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`TAIZHANG_{name.upper()}`" not in manual] == []


def test_the_permission_table_is_what_the_code_grants() -> None:
    rows = {}
    for line in Path("docs/permissions.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].startswith("`"):
            rows[cells[0].strip("`")] = [cells[1], *(cell == "✓" for cell in cells[2:])]
    assert rows == {
        permission.value: [PERMISSION_WORDS[permission], *(permission in GRANTS[role] for role in ROLE_WORDS)]
        for permission in Permission
    }


def test_the_committed_contract_is_the_one_served() -> None:
    served = create_app(Settings(secret_key="A" * 43, frontend_dir=None), "postgresql+psycopg://unused").openapi()  # type: ignore[arg-type]
    assert json.loads(Path("openapi.json").read_text(encoding="utf-8")) == json.loads(json.dumps(served))


def test_every_decision_has_a_number_and_a_state() -> None:
    for path in sorted(Path("docs/decisions").glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        assert path.name[:4].isdigit()
        assert re.search(r"状态\**：", text), path.name


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for path in [
        Path("README.md"),
        Path("CONTRIBUTING.md"),
        *Path("docs").rglob("*.md"),
        Path("frontend/src/ui/README.md"),
    ]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path} → {target}")
    assert broken == []


def test_every_decision_cited_in_code_exists() -> None:
    numbers = {path.name[:4] for path in Path("docs/decisions").glob("[0-9]*.md")}
    cited = set()
    for path in Path("backend").rglob("*.py"):
        cited |= set(re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8")))
    assert cited <= numbers
