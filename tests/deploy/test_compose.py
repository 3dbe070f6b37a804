"""docker-compose.yml (容器部署): held to the Compose specification and our own rules, no engine being at hand."""

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from taizhang.core.sealing import Keyring

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = sorted(set(SERVICES) - {"migrate"})
DOCKERFILES = sorted((ROOT / "deploy").glob("*.Dockerfile"))


def test_it_is_a_valid_compose_file() -> None:
    program = Path(sys.executable).parent / "check-jsonschema"
    schema = ["--builtin-schema", "vendor.compose-spec"]
    subprocess.run([program, *schema, ROOT / "docker-compose.yml"], check=True, capture_output=True)


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_image_names_a_version(name: str) -> None:
    assert re.search(r":\d", SERVICES[name]["image"])


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_every_base_image_names_a_version(path: Path) -> None:
    bases = re.findall(r"^FROM (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert bases
    assert [base for base in bases if not re.search(r":\d", base)] == []


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_no_image_runs_as_root(path: Path) -> None:
    users = re.findall(r"^USER (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_what_an_image_copies_is_there_and_not_ignored(path: Path) -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", path.read_text(encoding="utf-8"), re.MULTILINE)
    sources = [source.rstrip("/") for line in copied for source in line.split()]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if not any(source == k or source.startswith(f"{k}/") for k in kept)] == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_carries_a_secret_in_its_environment(name: str) -> None:
    secret = re.compile(r"PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL")
    environment = SERVICES[name].get("environment", {})
    assert [key for key in environment if secret.search(key) and not key.endswith("_FILE")] == []


def test_every_secret_is_a_file_that_git_ignores() -> None:
    files = [secret["file"] for secret in COMPOSE["secrets"].values()]
    assert all(file.startswith("./secrets/") for file in files)
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_every_secret_used_is_declared() -> None:
    used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", ["migrate", "api", "worker", "backup", "nginx"])
def test_our_services_are_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_nginx_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert [name for name, network in COMPOSE["networks"].items() if not network.get("internal")] == ["edge"]
    assert "data" not in SERVICES["nginx"]["networks"]


def test_the_api_starts_after_the_migrations_have_ended_well() -> None:
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_two_api_processes_stand_behind_nginx() -> None:
    assert SERVICES["api"]["deploy"]["replicas"] >= 2


def test_secrets_are_made_once_and_closed_to_other_people(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for _ in range(2):
        subprocess.run(["sh", ROOT / "deploy" / "make-secrets", folder], check=True, capture_output=True)
        made = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == {
        "postgres_password",
        "owner_password",
        "app_password",
        "secret_key",
        "party_keys",
        "database_url",
        "migration_url",
        "backup_database_url",
    }
    assert made["app_password"] in made["database_url"]
    assert made["owner_password"] in made["migration_url"]
    assert made["postgres_password"] in made["backup_database_url"]
    assert len(made["secret_key"]) >= 43
    assert Keyring.read(made["party_keys"]).current == "k1"
    assert len(set(made.values())) == len(made)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_example_environment_names_every_variable_compose_wants() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    given = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert given == wanted
