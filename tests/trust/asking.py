"""One question to the server under trial, and what it said to it."""

import json
import secrets
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from tests.district import PASSWORD


@dataclass(frozen=True)
class Ask:
    """A request."""

    method: str
    path: str
    body: dict[str, Any] | None = None


@dataclass(frozen=True)
class Said:
    """An answer and how long it took."""

    status: int
    body: Any
    seconds: float
    retry_after: str | None

    @property
    def code(self) -> str | None:
        """The problem's code, if it is one."""
        return self.body.get("code") if isinstance(self.body, dict) else None


def ask(port: int, token: str, question: Ask) -> Said:
    """Ask once, on a connection of its own."""
    body = None if question.body is None else json.dumps(question.body).encode()
    kind = "application/json" if body else None
    return send(port, token, question.method, question.path, body, kind)


def upload(port: int, token: str, content: bytes) -> Said:
    """Upload a picture with this content."""
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n\r\n'.encode()
    body = head + b"\x89PNG\r\n\x1a\n" + content + f"\r\n--{boundary}--\r\n".encode()
    return send(port, token, "POST", "/api/v1/attachments", body, f"multipart/form-data; boundary={boundary}")


def send(port: int, token: str, method: str, path: str, body: bytes | None, kind: str | None) -> Said:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"Content-Type": kind} if kind else {}
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        read = answer.read()
    finally:
        connection.close()
    seconds = time.monotonic() - started
    said = json.loads(read) if "json" in (answer.headers.get("Content-Type") or "") else read
    return Said(answer.status, said, seconds, answer.headers.get("Retry-After"))


def sign_in(port: int, username: str) -> str:
    """A token, or nothing while the server cannot give one."""
    said = ask(port, "", Ask("POST", "/api/v1/auth/login", {"username": username, "password": PASSWORD}))
    return str(said.body["access_token"]) if said.status == 200 else ""
