"""Reading in a child process (隔离读取): a hostile file may end the child, never the server.

The child (:func:`answer`) reads the file from standard input and answers one JSON object:
``{"document": …}`` or ``{"unreadable": [code, detail]}``. The limits are the child's own, set before it parses.
"""

import dataclasses
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from taizhang.documents.grid import Cell, Document, Grid, Remark
from taizhang.documents.readers import read
from taizhang.documents.sniffing import format_of
from taizhang.documents.unreadable import Unreadable

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 6
WALL_SECONDS = 20
# Decoding text and splitting it runs no foreign parser, and may stay in the server.
HARMLESS = {"text", "csv"}


def read_apart(data: bytes, filename: str, *, exactly: bool = False) -> Document:
    """Like ``documents.readers.read`` (or ``documents.verbatim.read``), every real parser behind a process boundary.

    Raises:
        Unreadable: also ``document-too-complex`` when the child ran out of time or memory.
    """
    if format_of(data, filename) in HARMLESS and not exactly:
        return read(data, filename)
    command = [sys.executable, "-I", "-c", _PROGRAM, *sys.path, "--", filename, *(["exactly"] if exactly else [])]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False, env={})
    except subprocess.TimeoutExpired as error:
        raise Unreadable("document-too-complex", "文件过于复杂，读取超时") from error
    if done.returncode != 0:
        raise Unreadable("document-too-complex", "文件过于复杂或已损坏，无法读取")
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise Unreadable(*answer["unreadable"])
    return _document(answer["document"])


_PROGRAM = (
    "import sys; end = sys.argv.index('--'); sys.path[:] = sys.argv[1:end]; "
    "from taizhang.documents.child import answer; answer(*sys.argv[end + 1:])"
)


def answer(filename: str, how: str = "") -> None:
    """The child's whole life."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        reader = _verbatim() if how == "exactly" else read
        result: dict[str, Any] = {"document": _shape(reader(sys.stdin.buffer.read(), filename))}
    except Unreadable as refusal:
        result = {"unreadable": [refusal.code, refusal.detail]}
    sys.stdout.write(json.dumps(result))


def _shape(document: Document) -> dict[str, Any]:
    return {
        "format": document.format,
        "paragraphs": document.paragraphs,
        "grids": [
            {
                "cells": [dataclasses.astuple(cell) for cell in grid.cells],
                "name": grid.name,
                "width": grid.width,
                "hidden_rows": sorted(grid.hidden_rows),
                "hidden_columns": sorted(grid.hidden_columns),
                "after": grid.after,
                "within": grid.within,
            }
            for grid in document.grids
        ],
        "remarks": [dataclasses.astuple(remark) for remark in document.remarks],
    }


def _verbatim() -> Callable[[bytes, str], Document]:
    from taizhang.documents import verbatim  # its parser is heavy, and the server itself never needs it

    return verbatim.read


def _document(shape: dict[str, Any]) -> Document:
    grids = tuple(
        Grid(
            tuple(Cell(*cell) for cell in grid["cells"]),
            grid["name"],
            grid["width"],
            frozenset(grid["hidden_rows"]),
            frozenset(grid["hidden_columns"]),
            grid["after"],
            grid["within"],
        )
        for grid in shape["grids"]
    )
    remarks = tuple(Remark(*remark) for remark in shape["remarks"])
    return Document(shape["format"], tuple(shape["paragraphs"]), grids, remarks)
