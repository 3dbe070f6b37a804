"""Writers (写者): people who work while the server is being killed, and remember every acknowledgement they got.

A writer repeats a request whose answer it did not get, with the same ``Idempotency-Key`` or the same ``If-Match``; what
it does not know at the very end is *open*: it may have happened or not, but whole and once.
"""

import hashlib
import json
import random
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.district import PASSWORD

PNG = b"\x89PNG\r\n\x1a\n"
API = "/api/v1"
AGAIN = {429, 502, 503, 504}
PAUSE = 0.1


@dataclass
class Acknowledged:
    """What one writer was told: every entry must be found afterwards, once and as said."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By SHA-256."""
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By title."""
    edits: list[str] = field(default_factory=list)
    """The texts saved, in order."""
    revisions: dict[int, str] = field(default_factory=dict)
    """The text handed in, by revision."""
    withdrawals: int = 0
    submission: str = ""
    open_text: str | None = None
    open_action: str | None = None

    @property
    def count(self) -> int:
        """How many acknowledgements there are."""
        own = bool(self.submission)
        return len(self.files) + len(self.evidence) + len(self.edits) + len(self.revisions) + self.withdrawals + own


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    etag: str
    replayed: bool


class Unanswered(Exception):
    """The trial ended before an answer came."""


class Writer(threading.Thread):
    """One reporter: uploads, enters evidence, saves, hands in, takes back."""

    def __init__(self, port: int, username: str, assignment: str, seed: int, *, forgetful: bool) -> None:
        super().__init__(name=username)
        self.port = port
        self.username = username
        self.assignment = assignment
        self.chance = random.Random(seed)
        self.forgetful = forgetful
        self.ended = threading.Event()
        self.acknowledged = Acknowledged()
        self.faults: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.replayed = 0
        self._connection: HTTPConnection | None = None
        self._token = ""
        self._shown: Answer = Answer(0, {}, "", replayed=False)

    def run(self) -> None:
        try:
            self._begin()
            self._save()  # nothing blank can be handed in
            while not self.ended.is_set():
                self.chance.choices([self._upload, self._save, self._hand_in_and_take_back], [3, 6, 1])[0]()
        except Unanswered:
            pass
        except Exception as error:
            self.faults.append(f"{self.username}：{type(error).__name__} {error}")

    # -- the work

    def _begin(self) -> None:
        answer = self._create("/progress-submissions", {"assignment_id": self.assignment})
        if answer.status == 409:  # the key was not sent, and the first request had been carried out after all
            self.acknowledged.submission = answer.body["existing"]
        else:
            self.acknowledged.submission = answer.body["id"]
        self._shown = self._get()

    def _upload(self) -> None:
        content = PNG + secrets.token_bytes(self.chance.randrange(64, 200_000))
        digest = hashlib.sha256(content).hexdigest()
        file = self._create("/attachments", content).body
        self.acknowledged.files[digest] = file
        title = f"佐证 {digest[:24]}"
        found = self._create("/evidence", {"title": title, "attachment_id": file["id"]})
        self.acknowledged.evidence[title] = found.body

    def _save(self) -> None:
        text = f"进展 {self.username} {len(self.acknowledged.edits)} {secrets.token_hex(8)}"
        self.acknowledged.open_text = text
        answer = self._ask("PATCH", self._own, {"progress": text}, {"If-Match": self._shown.etag})
        if answer.status == 412:  # carried out before, unless somebody else was here, and nobody else is
            answer = self._get()
        self._expect(answer, 200)
        if answer.body["progress"] != text:
            self.faults.append(f"{self.username}：保存后读到“{answer.body['progress']}”，不是“{text}”")
        self._shown = answer
        self.acknowledged.edits.append(text)
        self.acknowledged.open_text = None

    def _hand_in_and_take_back(self) -> None:
        handed_in = self._step("submit", "submitted")
        self.acknowledged.revisions[handed_in.body["revision"]] = handed_in.body["progress"]
        self._step("withdraw", "draft")
        self.acknowledged.withdrawals += 1
        self._shown = self._get()

    def _step(self, action: str, state: str) -> Answer:
        self.acknowledged.open_action = action
        answer = self._ask("POST", f"{self._own}/{action}", None, {"If-Match": self._shown.etag})
        if answer.status in (409, 412):
            answer = self._get()
        self._expect(answer, 200)
        if answer.body["state"] != state:
            self.faults.append(f"{self.username}：{action} 之后是 {answer.body['state']}")
        self._shown = answer
        self.acknowledged.open_action = None
        return answer

    # -- asking

    @property
    def _own(self) -> str:
        return f"/progress-submissions/{self.acknowledged.submission}"

    def _get(self) -> Answer:
        answer = self._ask("GET", self._own, None, {})
        self._expect(answer, 200)
        return answer

    def _create(self, path: str, body: dict[str, Any] | bytes) -> Answer:
        key = secrets.token_urlsafe(24)
        answer = self._ask("POST", path, body, {} if self.forgetful else {"Idempotency-Key": key})
        if not (self.forgetful and answer.status == 409):
            self._expect(answer, 201)
        return answer

    def _expect(self, answer: Answer, status: int) -> None:
        if answer.status != status:
            raise AssertionError(f"{answer.status} {answer.body}")

    def _ask(self, method: str, path: str, body: dict[str, Any] | bytes | None, headers: dict[str, str]) -> Answer:
        """The answer, however often it has to be asked for."""
        while True:
            answer = self._once(method, path, body, headers)
            if answer is not None and answer.status == 401:
                self._sign_in()
            elif answer is not None and answer.status not in AGAIN:
                self.replayed += answer.replayed
                return answer
            if self.ended.is_set():
                raise Unanswered
            time.sleep(PAUSE * (0.5 + self.chance.random()))

    def _sign_in(self) -> None:
        answer = self._once("POST", "/auth/login", {"username": self.username, "password": PASSWORD}, {})
        if answer is not None and answer.status == 200:
            self._token = answer.body["access_token"]

    def _once(
        self, method: str, path: str, body: dict[str, Any] | bytes | None, headers: dict[str, str]
    ) -> Answer | None:
        """One attempt; None when the connection broke before the whole answer was there."""
        sent, kind = _encoded(body)
        headers = headers | kind | {"Authorization": f"Bearer {self._token}"}
        try:
            connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=30)
            self._connection = connection
            connection.request(method, API + path, sent, headers)
            response = connection.getresponse()
            read = response.read()
        except (OSError, HTTPException):
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return None
        self.statuses[response.status] += 1
        if response.status >= 500 and response.status not in (503, 507):
            self.faults.append(f"{method} {path} 答 {response.status}：{read[:300]!r}")
        if response.status in (429, 503) and "Retry-After" not in response.headers:
            self.faults.append(f"{method} {path} 答 {response.status}，没有 Retry-After")
        replayed = response.headers.get("Idempotent-Replayed") == "true"
        return Answer(response.status, json.loads(read or b"{}"), response.headers.get("ETag", ""), replayed=replayed)


def _encoded(body: dict[str, Any] | bytes | None) -> tuple[bytes | None, dict[str, str]]:
    if body is None:
        return None, {}
    if isinstance(body, dict):
        return json.dumps(body).encode(), {"Content-Type": "application/json"}
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n\r\n'.encode()
    return (
        head + body + f"\r\n--{boundary}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
