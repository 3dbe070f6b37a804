"""What nobody's browser sends (HTTP 滥用): raw requests, and the one answer each must get from a single process."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import uvicorn

from taizhang.app import create_app
from taizhang.core.protocol import ProblemProtocol
from taizhang.core.settings import Settings

LOGIN = "POST /api/v1/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
MEGABYTE = 1024 * 1024
DEEP = "[" * 5_000 + "]" * 5_000


class Abuse(NamedTuple):
    """One raw request: what is sent, the status it must get, and the problem's code."""

    sent: bytes
    status: int
    code: str


def get(*lines: str, path: str = "/healthz", host: str = "127.0.0.1", version: str = "1.1") -> bytes:
    """A GET with further header lines as given."""
    head = [f"GET {path} HTTP/{version}", *([f"Host: {host}"] if host else []), "Connection: close", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")


def post(body: bytes, *lines: str) -> bytes:
    """A login with a body and further header lines."""
    extra = "".join(f"{line}\r\n" for line in (f"Content-Length: {len(body)}", "Connection: close", *lines))
    return (LOGIN + extra + "\r\n").encode() + body


def chunked(total: int) -> bytes:
    """A body in chunks that never says how long it is."""
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    return (LOGIN + "Transfer-Encoding: chunked\r\n\r\n").encode() + chunk * (total // 0x10000) + b"0\r\n\r\n"


ABUSES: dict[str, Abuse] = {
    "200 kB of header": Abuse(get("X-Bomb: " + "x" * 200_000), 431, "headers-too-large"),
    "20,000 headers": Abuse(get(*(f"X-{number}: 1" for number in range(20_000))), 431, "headers-too-large"),
    "65 headers": Abuse(get(*(f"X-{number}: 1" for number in range(65))), 431, "headers-too-large"),
    "an address of 9 kB": Abuse(get(path="/healthz?q=" + "x" * 9_000), 414, "uri-too-long"),
    "no Host": Abuse(get(host=""), 400, "host-missing"),
    "two Hosts": Abuse(get("Host: 127.0.0.1"), 400, "host-missing"),
    "another Host": Abuse(get(host="evil.example"), 421, "misdirected-request"),
    "a Host with a path": Abuse(get(host="127.0.0.1/evil"), 421, "misdirected-request"),
    "a Host with user information": Abuse(get(host="127.0.0.1@evil.example"), 421, "misdirected-request"),
    "a forwarded host": Abuse(get("X-Forwarded-Host: 127.0.0.1", host="evil.example"), 421, "misdirected-request"),
    "a page elsewhere": Abuse(post(b"{}", "Origin: https://evil.example"), 403, "csrf"),
    "no origin at all": Abuse(post(b"{}", "Origin: null"), 403, "csrf"),
    "a cross-site fetch": Abuse(post(b"{}", "Sec-Fetch-Site: cross-site"), 403, "csrf"),
    "10 GB announced": Abuse(
        (LOGIN + "Content-Length: 10737418240\r\nConnection: close\r\n\r\n").encode(), 413, "body-too-large"
    ),
    "131 MB in chunks": Abuse(chunked(131 * MEGABYTE), 413, "body-too-large"),
    "just over the limit": Abuse(post(b'"' + b"x" * MEGABYTE + b'"'), 413, "body-too-large"),
    "deep JSON": Abuse(post(DEEP.encode()), 422, "json-too-deep"),
    "a name twice": Abuse(post(b'{"username":"office","username":"admin","password":"x"}'), 422, "json-duplicate-name"),
    "NaN": Abuse(post(b'{"username":NaN,"password":"x"}'), 422, "json-invalid"),
    "5,000 digits": Abuse(post(b'{"username":' + b"9" * 5_000 + b"}"), 422, "json-invalid"),
    "not UTF-8": Abuse(post(b'{"username":"\xff\xfe","password":"x"}'), 422, "json-invalid"),
    "not JSON": Abuse(post(b"{username: office}"), 422, "validation"),
    "text as JSON": Abuse(post(b"{}").replace(b"application/json", b"text/plain"), 415, "media-type-unsupported"),
    "a form as JSON": Abuse(
        post(b"a=1").replace(b"application/json", b"application/x-www-form-urlencoded"), 415, "media-type-unsupported"
    ),
    "a method of its own": Abuse(get().replace(b"GET", b"PROPFIND"), 405, "method-not-allowed"),
    "TRACE": Abuse(get().replace(b"GET", b"TRACE"), 405, "method-not-allowed"),
    "no such address": Abuse(get(path="/api/v1/no-such-thing"), 404, "not-found"),
    "up and out": Abuse(get(path="/api/v1/../../etc/passwd"), 404, "not-found"),
    "NUL in the address": Abuse(get(path="/api/v1/no-such-thing/%00"), 404, "not-found"),
    # Smuggling: two lengths, or bytes a proxy and we might read differently.
    "length and chunks": Abuse(
        (
            LOGIN + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"
        ).encode(),
        400,
        "malformed-request",
    ),
    "two lengths": Abuse(
        (LOGIN + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").encode(),
        400,
        "malformed-request",
    ),
    "a length that is none": Abuse((LOGIN + "Content-Length: +2\r\n\r\n{}").encode(), 400, "malformed-request"),
    "chunks twice": Abuse(
        (LOGIN + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n").encode(), 400, "malformed-request"
    ),
    "a folded header": Abuse(get("X-A: 1", " Transfer-Encoding: chunked"), 400, "malformed-request"),
    "a space before the colon": Abuse(get("Content-Length : 5"), 400, "malformed-request"),
    "NUL in a header": Abuse(get("X-A: a\x00b"), 400, "malformed-request"),
    "not HTTP": Abuse(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "malformed-request"),
}


@contextmanager
def listening() -> Iterator[int]:
    """A process without a database; none of these requests may come so far as to ask it."""
    settings = Settings(secret_key="A" * 43, frontend_dir=None)  # type: ignore[arg-type]
    app = create_app(settings, "postgresql+psycopg://unused")
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=ProblemProtocol, lifespan="off", log_level="critical", server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def exchange(port: int, sent: bytes) -> bytes:
    """Everything that comes back, until the other side hangs up or is silent for twenty seconds."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        writer = threading.Thread(target=_send, args=(line, sent), daemon=True)
        writer.start()
        try:
            while chunk := line.recv(65_536):
                received += chunk
        except (TimeoutError, ConnectionResetError):
            pass
    return received


def _send(line: socket.socket, sent: bytes) -> None:
    try:
        line.sendall(sent)
    except OSError:
        pass  # it hung up before the end, as it should on what is too large


class Answer(NamedTuple):
    """One answer taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes
    answers: int

    @property
    def code(self) -> str:
        code: str = json.loads(self.body)["code"]
        return code


def answered(received: bytes) -> Answer:
    """What came back: the first answer, and how many there were."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Answer(int(first.split()[1]), headers, body, received.count(b"HTTP/1.1 "))


def fault(port: int, abuse: Abuse) -> str | None:
    """What is wrong with how a request was met, if anything."""
    received = exchange(port, abuse.sent)
    if not received:
        return "no answer"
    answer = answered(received)
    if answer.status != abuse.status:
        return f"{answer.status} instead of {abuse.status}: {answer.body[:200]!r}"
    if answer.answers != 1:
        return f"{answer.answers} answers"
    if answer.headers.get("content-type") != "application/problem+json":
        return str(answer.headers.get("content-type"))
    if answer.code != abuse.code:
        return f"{answer.code} instead of {abuse.code}"
    leaks = [word for word in ("Traceback", "site-packages", "/work", "SELECT ") if word.encode() in received]
    return f"leaks {leaks}" if leaks else None
