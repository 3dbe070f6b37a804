"""Virus scanning (病毒查杀): what a scanner finds is kept and not handed out; its silence is no all-clear."""

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import Session

from taizhang.attachments import keeping
from taizhang.attachments.models import ScanState
from taizhang.attachments.scanning import scan
from taizhang.attachments.service import Limits, keep_file
from taizhang.attachments.storage import Store
from tests.attachments.files import PDF, PNG
from tests.district import District

FILES = "/api/v1/attachments"
# The test file every scanner knows (eicar.org), in two parts so that nobody's scanner takes this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.BaseRequestHandler):
    """clamd's side of INSTREAM."""

    def handle(self) -> None:
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0" if len(content) > 1_000_000 else found)


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[str]:
    """A scanner's address."""
    path = str(tmp_path / "clamd.sock")
    with socketserver.ThreadingUnixStreamServer(path, Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield path
        server.shutdown()


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (PDF, ScanState.CLEAN),
        (PDF * 5000, ScanState.CLEAN),
        (PDF + EICAR, ScanState.INFECTED),
        (bytes(1_100_000), ScanState.UNSCANNED),
    ],
)
def test_the_scanner_is_taken_at_its_word(scanner: str, content: bytes, state: ScanState) -> None:
    assert scan(scanner, io.BytesIO(content)) is state


@pytest.mark.parametrize("address", [None, "/nowhere/clamd.sock", "127.0.0.1:1"])
def test_without_a_scanner_nothing_is_called_clean(address: str | None) -> None:
    assert scan(address, io.BytesIO(PDF)) is ScanState.UNSCANNED


def test_an_infected_file_is_kept_shown_and_not_handed_out(reporter: TestClient, app: FastAPI, scanner: str) -> None:
    app.state.settings = app.state.settings.model_copy(update={"clamav_address": scanner})
    clean = reporter.post(FILES, files={"file": ("a.pdf", PDF)}).json()
    infected = reporter.post(FILES, files={"file": ("b.pdf", PDF + EICAR)}).json()
    assert (clean["scan"], infected["scan"]) == ("clean", "infected")
    assert reporter.get(f"{FILES}/{clean['id']}").status_code == 200
    refused = reporter.get(f"{FILES}/{infected['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "file-infected")
    shown = reporter.post("/api/v1/evidence", json={"title": "有毒的", "attachment_id": infected["id"]}).json()
    assert shown["file"]["scan"] == "infected"


def test_what_was_not_scanned_is_scanned_later(
    session: Session, district: District, scanner: str, tmp_path: Path
) -> None:
    store, actor, now = Store(tmp_path / "store"), district.actor("dashanping"), datetime.now(UTC)
    files = {
        content: keep_file(session, actor, store, "a.pdf", io.BytesIO(content), limits=Limits(10**6), now=now)
        for content in (PDF, PDF + EICAR)
    }
    assert {row.scan for row in files.values()} == {ScanState.UNSCANNED}
    keeping.scan_waiting(session, store, scanner)
    assert files[PDF].scan is ScanState.CLEAN
    assert files[PDF + EICAR].scan is ScanState.INFECTED
    told = text("SELECT count(*) FROM audit_event WHERE action = 'attachment.scan'")
    assert session.connection().execute(told).scalar() == 2


def test_a_unit_keeps_no_more_than_its_share(reporter: TestClient, neighbour: TestClient, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"attachment_quota_bytes": len(PDF) + 10})
    assert reporter.post(FILES, files={"file": ("a.pdf", PDF)}).status_code == 201
    refused = reporter.post(FILES, files={"file": ("b.png", PNG)})
    assert (refused.status_code, refused.json()["code"]) == (409, "quota-exceeded")
    assert neighbour.post(FILES, files={"file": ("b.png", PNG)}).status_code == 201
