"""Scanning (病毒查杀): clamd asked over INSTREAM; its silence is never taken for an all-clear.

Imports: core.
"""

import socket
import struct
from typing import BinaryIO

import structlog

from taizhang.attachments.models import ScanState

log = structlog.get_logger()

TIMEOUT_SECONDS = 10.0
CHUNK = 64 * 1024
ANSWER_MAX = 4096


def scan(address: str | None, file: BinaryIO) -> ScanState:
    """What the scanner at ``host:port`` or ``/path/of/socket`` says of a file; unscanned without one, or without an
    answer that is understood."""
    if address is None:
        return ScanState.UNSCANNED
    try:
        answer = _ask(address, file)
    except OSError as error:
        log.warning("scanner_unreachable", reason=type(error).__name__)
        return ScanState.UNSCANNED
    if answer.endswith(" FOUND"):
        log.warning("malware_found", signature=answer.removeprefix("stream: ").removesuffix(" FOUND"))
        return ScanState.INFECTED
    if answer == "stream: OK":
        return ScanState.CLEAN
    log.warning("scanner_refused", answer=answer[:200])
    return ScanState.UNSCANNED


def _ask(address: str, file: BinaryIO) -> str:
    """Chunks, each after its length in network order; a length of zero ends them (clamd(8))."""
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        said = b""
        while b"\0" not in said and len(said) < ANSWER_MAX and (more := connection.recv(CHUNK)):
            said += more
    return said.split(b"\0", 1)[0].decode("utf-8", errors="replace").strip()


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT_SECONDS)
