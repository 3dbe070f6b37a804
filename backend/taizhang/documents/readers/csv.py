"""Delimited text (CSV、TSV)."""

import csv
import io

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.readers.text import decode
from taizhang.documents.words import clean

DELIMITERS = ",\t;|，"
FIELD_LIMIT = 1_000_000


def read(data: bytes) -> Document:
    """One grid; the delimiter is the one that splits the head of the file into the most even rows."""
    text = decode(data)
    csv.field_size_limit(FIELD_LIMIT)
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    cells = tuple(
        Cell(cleaned, number, column)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if (cleaned := clean(value))
    )
    return Document("csv", (), (Grid(cells),) if cells else ())


def _delimiter(text: str) -> str:
    head = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter)]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(DELIMITERS, key=evenness)
