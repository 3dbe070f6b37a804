"""What is there afterwards (事后核对): each acknowledgement against the rows, the audit log and the store."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from taizhang.attachments.storage import Store
from taizhang.core.cluster import Cluster
from tests.trust.writers import Acknowledged


def compare(data: Path, told: list[Acknowledged], lost: list[str], doubled: list[str], wrong: list[str]) -> None:
    """Read everything as the superuser, whom no policy hides anything from, and add what does not agree."""
    with Cluster(data) as cluster:
        with psycopg.connect(cluster.superuser_url.replace("+psycopg", "")) as connection:
            found = Found(connection, lost, doubled, wrong)
            found.check_chain()
            for each in told:
                found.check_files(each, Store(data / "store"))
                found.check_evidence(each)
                found.check_submission(each)


class Found:
    """The database, read once."""

    def __init__(
        self, connection: psycopg.Connection[Any], lost: list[str], doubled: list[str], wrong: list[str]
    ) -> None:
        self.connection = connection
        self.lost, self.doubled, self.wrong = lost, doubled, wrong
        self.files = self._by("SELECT sha256, id::text, size, name FROM attachment")
        self.evidence = self._by("SELECT title, id::text, attachment_id::text FROM evidence")
        self.uploaded = self._counted("SELECT after->>'sha256' FROM audit_event WHERE action = 'attachment.create'")
        self.entered = self._counted("SELECT after->>'title' FROM audit_event WHERE action = 'evidence.create'")
        self.saved = self._counted("SELECT after->>'progress' FROM audit_event WHERE action = 'submission.edit'")

    def check_chain(self) -> None:
        """Every event sealed, every seal right."""
        broken = self.connection.execute("SELECT seq FROM audit_verify() WHERE NOT intact").fetchall()
        self.wrong.extend(f"审计链第 {seq} 条对不上" for (seq,) in broken)
        (unsealed,) = self._one("SELECT count(*) FROM audit_event WHERE seq IS NULL")
        self.wrong.extend(f"审计中有 {unsealed} 条没有封上" for _ in range(min(unsealed, 1)))

    def check_files(self, told: Acknowledged, store: Store) -> None:
        for digest, said in told.files.items():
            self._once(f"附件 {digest[:12]}", self.files.get(digest, []), self.uploaded[digest])
            for row in self.files.get(digest, [])[:1]:
                if row != (said["id"], said["size"], said["name"]):
                    self.wrong.append(f"附件 {digest[:12]}：说的是 {said}，存的是 {row}")
            if not store.intact(digest):
                self.lost.append(f"附件 {digest[:12]} 的内容")

    def check_evidence(self, told: Acknowledged) -> None:
        for title, said in told.evidence.items():
            self._once(title, self.evidence.get(title, []), self.entered[title])
            for row in self.evidence.get(title, [])[:1]:
                if row != (said["id"], said["file"]["id"]):
                    self.wrong.append(f"{title}：说的是 {said['id']}，存的是 {row}")

    def check_submission(self, told: Acknowledged) -> None:
        if not told.submission:
            return
        for text in told.edits:
            if self.saved[text] != 1:
                (self.lost if not self.saved[text] else self.doubled).append(f"保存“{text}”审计 {self.saved[text]} 次")
        row = self._one("SELECT progress, state, revision FROM submission WHERE id = %s", told.submission)
        if row is None:
            self.lost.append(f"填报 {told.submission}")
            return
        allowed = {told.edits[-1] if told.edits else "", told.open_text or ""} - ({""} if told.edits else set())
        if row[0] not in allowed:
            place = self.lost if row[0] in told.edits else self.wrong
            place.append(f"填报 {told.submission} 现为“{row[0]}”，应为 {allowed}")
        self._check_steps(told)

    def _check_steps(self, told: Acknowledged) -> None:
        contents = dict(
            self.connection.execute(
                "SELECT number, content->>'progress' FROM submission_revision WHERE submission_id = %s",
                [told.submission],
            ).fetchall()
        )
        for number, text in told.revisions.items():
            if number not in contents:
                self.lost.append(f"填报 {told.submission} 第 {number} 版")
            elif contents[number] != text:
                self.wrong.append(f"填报 {told.submission} 第 {number} 版是“{contents[number]}”，应为“{text}”")
        steps = self._counted(
            "SELECT action FROM audit_event WHERE subject_id = %s AND action LIKE 'submission.%%'", told.submission
        )
        for action, count in (("submit", len(told.revisions)), ("withdraw", told.withdrawals)):
            seen = steps[f"submission.{action}"]
            if seen < count:
                self.lost.append(f"填报 {told.submission} {action} {count} 次，审计 {seen} 次")
            elif seen > count + (told.open_action is not None):
                self.doubled.append(f"填报 {told.submission} {action} {count} 次，审计 {seen} 次")

    def _once(self, name: str, rows: list[Any], audited: int) -> None:
        if not rows or not audited:
            self.lost.append(f"{name}：行 {len(rows)}，审计 {audited}")
        if len(rows) > 1 or audited > 1:
            self.doubled.append(f"{name}：行 {len(rows)}，审计 {audited}")

    def _by(self, query: str) -> dict[str, list[Any]]:
        rows: dict[str, list[Any]] = {}
        for key, *rest in self.connection.execute(query):
            rows.setdefault(key, []).append(tuple(rest))
        return rows

    def _counted(self, query: str, *parameters: str) -> Counter[str]:
        keys: Iterable[Any] = (row[0] for row in self.connection.execute(query, parameters or None))
        return Counter(keys)

    def _one(self, query: str, *parameters: str) -> Any:
        return self.connection.execute(query, parameters or None).fetchone()
