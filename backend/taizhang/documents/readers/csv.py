"""Delimited text (CSV、TSV)."""

import csv
import io
import re

from taizhang.documents.encodings import decode
from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS, too_long, too_wide
from taizhang.documents.readers.text import require_size
from taizhang.documents.words import clean, writable

DELIMITERS = ",\t;|，；"
FIELD_LIMIT = 1_000_000
SNIFFED_CHARACTERS = 20_000
SNIFFED_ROWS = 20


def read(data: bytes) -> Document:
    """One grid; the delimiter is the one that splits the head of the file into the most even rows.

    Raises:
        Unreadable: ``document-too-large``, ``-too-long``, ``-too-wide``, ``-encoding``.
    """
    require_size(data)
    text = re.sub(r"\r\n?", "\n", writable(decode(data)))
    csv.field_size_limit(FIELD_LIMIT)
    delimiter = _declared(text) or _delimiter(text)
    cells: list[Cell] = []
    width = 0
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
        if number >= MAXIMUM_ROWS:
            raise too_long("文件")
        if any(value.strip() for value in row[MAXIMUM_COLUMNS:]):
            raise too_wide("文件")
        row = row[:MAXIMUM_COLUMNS]
        filled = [Cell(cleaned, number, column) for column, value in enumerate(row) if (cleaned := clean(value))]
        width = max(width, len(row))
        cells.extend(filled)
    return Document("csv", (), (Grid(tuple(cells), width=width),) if cells else ())


def _declared(text: str) -> str | None:
    """Excel's own first line, sep=;"""
    line = text[:16].splitlines()[0].strip().lower() if text.strip() else ""
    return line[4] if len(line) == 5 and line.startswith("sep=") else None


def _delimiter(text: str) -> str:
    head = [f"{line}\n" for line in text[:SNIFFED_CHARACTERS].splitlines() if line.strip()][:SNIFFED_ROWS]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if any(value.strip() for value in row)]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(DELIMITERS, key=evenness)
