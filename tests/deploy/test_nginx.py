"""nginx in front of two API processes (前置代理): the deployed configuration, run for real by this host's nginx."""

import contextlib
import json
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import psycopg
import pytest

from taizhang.access.permissions import Role
from taizhang.accounts import service as accounts
from taizhang.core.database import create_pool, open_session
from taizhang.core.envelope import API_POLICY, PAGE_POLICY
from taizhang.core.notify import CHANNEL
from taizhang.units import service as units
from taizhang.units.models import UnitKind
from tests.deploy.stack import NAME, Stack

PASSWORD = "Rt7-kvbn-Qpzw-31"
SECURITY_HEADERS = [
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "x-frame-options",
    "permissions-policy",
]


@pytest.fixture(scope="module")
def running(deployed_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("stack"), deployed_database)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def stack(running: Stack) -> Iterator[Stack]:
    yield running
    running.start_apis()


@pytest.fixture
def browser(stack: Stack) -> Iterator[httpx2.Client]:
    with stack.browser() as client:
        yield client


@pytest.fixture(scope="module")
def office(deployed_database: str) -> str:
    """The district office's account; its password is PASSWORD."""
    engine = create_pool(deployed_database, size=1)
    now = datetime.now(UTC)
    with open_session(engine) as session, session.begin():
        unit = units.add(session, None, code="jy", name="江阳区人民政府", short_name="区政府", kind=UnitKind.GOVERNMENT)
        user, _ = accounts.new_user(
            session, username="office", name="区政府办", role=Role.OFFICE, unit_id=unit.id, phone=None, now=now
        )
        accounts.set_password(session, user, PASSWORD, now=now)
    engine.dispose()
    return "office"


def test_the_configuration_has_no_error_and_no_warning(stack: Stack) -> None:
    checked = subprocess.run([*stack.nginx_command(), "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/board", "/submissions/0192/review?tab=1"])
    def test_every_page_is_the_spa(self, browser: httpx2.Client, path: str) -> None:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "/assets/app-4f2a.js" in answer.text
        assert answer.headers["cache-control"] == "no-cache"

    def test_hashed_files_are_kept_for_good_and_compressed(self, browser: httpx2.Client) -> None:
        answer = browser.get("/assets/app-4f2a.js")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"

    def test_a_missing_asset_is_not_answered_with_a_page(self, browser: httpx2.Client) -> None:
        assert browser.get("/assets/app-old.js").status_code == 404

    @pytest.mark.parametrize("path", ["/.vite/manifest.json", "/.git/config", "/readyz", "/metrics"])
    def test_what_is_for_the_inside_stays_inside(self, browser: httpx2.Client, path: str) -> None:
        assert browser.get(path).status_code == 404

    def test_pages_carry_the_same_policy_as_without_nginx(self, browser: httpx2.Client) -> None:
        assert browser.get("/").headers["content-security-policy"] == PAGE_POLICY


@pytest.mark.parametrize(
    "path",
    ["/", "/assets/app-4f2a.js", "/assets/absent.js", "/api/v1/meta", "/api/v1/absent", "/public", "/public/v1/plans"],
)
def test_every_answer_carries_each_security_header_once(browser: httpx2.Client, path: str) -> None:
    headers = browser.get(path).headers
    counts = {name: len(headers.get_list(name)) for name in SECURITY_HEADERS}
    assert counts == dict.fromkeys(SECURITY_HEADERS, 1)
    assert "nginx/" not in headers["server"]


def test_what_is_public_is_passed_on_to_anybody(browser: httpx2.Client) -> None:
    page = browser.get("/public")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "public, max-age=60"
    assert browser.get("/public/v1/annual-reports").json()["total"] == 0
    assert browser.get("/public/v1/absent").json()["code"] == "not-found"


class TestApi:
    def test_it_is_passed_on_with_its_own_policy(self, browser: httpx2.Client) -> None:
        answer = browser.get("/api/v1/meta")
        assert answer.json()["version"]
        assert answer.headers["content-security-policy"] == API_POLICY

    def test_a_refusal_of_the_api_reaches_the_caller_unchanged(self, browser: httpx2.Client) -> None:
        answer = browser.get("/api/v1/units")
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("application/problem+json")

    def test_a_request_is_named_by_nginx_not_by_the_caller(self, browser: httpx2.Client) -> None:
        answer = browser.get("/api/v1/meta", headers={"X-Request-ID": "chosen-by-the-caller"})
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])

    def test_an_oversized_body_is_refused_as_a_problem(self, browser: httpx2.Client) -> None:
        answer = browser.post("/api/v1/units", content=b"x" * (1024 * 1024 + 1))
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")

    @pytest.mark.parametrize("path", ["/api/v1/attachments", "/api/v1/plan-imports"])
    def test_uploads_may_be_twenty_megabytes_and_no_more(self, browser: httpx2.Client, path: str) -> None:
        statuses = [browser.post(path, content=b"x" * (megabytes * 1024 * 1024)).status_code for megabytes in (2, 22)]
        assert statuses == [401, 413]


class TestStrangers:
    def test_plain_http_is_sent_to_https(self, stack: Stack) -> None:
        answer = httpx2.get(f"http://{NAME}:{stack.http}/board?a=1")
        assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/board?a=1")

    def test_another_host_name_gets_no_answer(self, stack: Stack) -> None:
        with pytest.raises(httpx2.TransportError):
            httpx2.get(f"http://127.0.0.1:{stack.http}/", headers={"Host": "evil.example"})

    def test_another_name_gets_no_tls(self, stack: Stack) -> None:
        context = ssl._create_unverified_context()
        with socket.create_connection(("127.0.0.1", stack.https)) as raw, pytest.raises(ssl.SSLError):
            context.wrap_socket(raw, server_hostname="evil.example")

    def test_a_known_name_in_tls_and_another_in_the_request_gets_no_answer(self, browser: httpx2.Client) -> None:
        with pytest.raises(httpx2.TransportError):
            browser.get("/api/v1/meta", headers={"Host": "evil.example"})

    @pytest.mark.parametrize("headers", [{"X-Long": "x" * 40_000}, {f"X-{n}": "x" * 1000 for n in range(40)}])
    def test_a_header_bomb_is_refused_before_python_sees_it(
        self, browser: httpx2.Client, headers: dict[str, str]
    ) -> None:
        answer = browser.get("/api/v1/meta", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (431, "headers-too-large")
        assert answer.headers["content-type"].startswith("application/problem+json")

    def test_half_open_connections_are_closed_and_hurt_nobody(self, stack: Stack, browser: httpx2.Client) -> None:
        half_open = [socket.create_connection(("127.0.0.1", stack.http)) for _ in range(200)]
        for connection in half_open:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-")
        started = time.monotonic()
        assert browser.get("/healthz").status_code == 200
        assert time.monotonic() - started < 1
        for connection in half_open:
            with connection, contextlib.suppress(ConnectionResetError):
                connection.settimeout(20)
                assert connection.recv(1) == b""
        assert time.monotonic() - started < 20


class TestFaults:
    def test_one_process_killed_under_load_is_not_noticed(self, stack: Stack) -> None:
        statuses: list[int] = []
        over = threading.Event()

        def ask() -> None:
            with stack.browser() as client:
                while not over.is_set():
                    statuses.append(client.get("/api/v1/meta").status_code)

        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(0.5)
        before = len(statuses)
        stack.kill_api(0)
        time.sleep(2)
        over.set()
        for reader in readers:
            reader.join()
        assert len(statuses) > before
        assert [status for status in statuses if status != 200] == []

    def test_a_killed_process_takes_part_again_once_restarted(self, stack: Stack, browser: httpx2.Client) -> None:
        stack.kill_api(0)
        stack.start_apis()
        stack.kill_api(1)
        assert browser.get("/api/v1/meta").status_code == 200

    def test_with_both_gone_the_caller_is_told_to_come_back(self, stack: Stack, browser: httpx2.Client) -> None:
        stack.kill_api(0)
        stack.kill_api(1)
        answer = browser.get("/api/v1/meta")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"] == "2"
        assert browser.get("/board").status_code == 200


def test_a_change_reaches_an_open_page_within_a_second(
    browser: httpx2.Client, office: str, deployed_database: str
) -> None:
    login = browser.post("/api/v1/auth/login", json={"username": office, "password": PASSWORD})
    bearer = {"Authorization": f"Bearer {login.json()['access_token']}", "Accept": "text/event-stream"}
    change = {"kind": "plan", "id": "0", "action": "issue", "unit_id": "0", "unit_path": "0001"}
    with browser.stream("GET", "/api/v1/events", headers=bearer) as stream:
        lines = stream.iter_lines()
        assert next(line for line in lines if line.startswith("event:")) == "event: ready"
        with psycopg.connect(deployed_database.replace("+psycopg", ""), autocommit=True) as connection:
            path = connection.execute("SELECT path FROM unit").fetchone()
            assert path is not None
            change["unit_path"] = path[0]
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(change)])
        started = time.monotonic()
        assert next(line for line in lines if line.startswith("event:")) == "event: plan"
        assert time.monotonic() - started < 1


def test_the_access_log_is_json_without_search_words(stack: Stack, browser: httpx2.Client) -> None:
    browser.get("/api/v1/units?q=secret-word")
    time.sleep(0.2)
    text = Path(stack.folder / "access.log").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert rows[-1]["path"] == "/api/v1/units"
    assert "secret-word" not in text


def test_a_flood_of_logins_is_slowed_and_told_so(browser: httpx2.Client) -> None:
    body = {"username": "nobody", "password": "x" * 12}
    with ThreadPoolExecutor(20) as flood:
        answers = list(flood.map(lambda _: browser.post("/api/v1/auth/login", json=body), range(60)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].json()["code"] == "too-many-requests"
    assert refused[0].headers["retry-after"]
