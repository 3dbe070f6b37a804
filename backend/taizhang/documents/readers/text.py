"""Plain text (纯文本): paragraphs, and tables whose cells are set apart by tabs, bars or wide gaps."""

import csv
import re
from collections.abc import Callable

from taizhang.documents.encodings import decode
from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.limits import MAXIMUM_ROWS, too_long
from taizhang.documents.unreadable import Unreadable
from taizhang.documents.words import clean

MAXIMUM_BYTES = 5 * 1024 * 1024
_BAR = re.compile("[|\u2502\u2503\u2551\uff5c]")
_RULE = re.compile(r"^[\s|:=+\-\u2500-\u257f]*[-=\u2500-\u257f]{2}[\s|:=+\-\u2500-\u257f]*$")
_GAP = re.compile(r"\t+|\u3000+|[ \u00a0]{2,}")
# Fewer columns set apart by gaps alone are as likely a padded line.
_GAPPED_COLUMNS = 3


def require_size(data: bytes) -> None:
    """Refuse a text longer than any breakdown.

    Raises:
        Unreadable: ``document-too-large``.
    """
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("document-too-large", f"文字超过 {MAXIMUM_BYTES // 1024 // 1024} MB，请只留下分解表后再导入")


def read(data: bytes) -> Document:
    """Every non-empty line is a paragraph, but lines that are rows of a table are a grid.

    Raises:
        Unreadable: ``document-too-large``, ``-too-long``, ``-encoding``.
    """
    require_size(data)
    lines = re.split(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", decode(data))
    lines = [line for line in lines if not line.isspace() and line]
    if len(lines) > MAXIMUM_ROWS:
        raise too_long("文件")
    lines = [line for line in lines if clean(line)]
    for split in (_barred, _tabbed, _gapped, _spaced):
        found = _table(lines, split)
        if found is not None:
            first, last, rows = found
            before = tuple(clean(line) for line in lines[:first])
            after = tuple(clean(line) for line in lines[last + 1 :])
            return Document("text", before + after, (_grid(rows, len(before)),))
    return Document("text", tuple(clean(line) for line in lines), ())


def _grid(rows: list[list[str]], after: int) -> Grid:
    cells = tuple(
        Cell(text, number, column)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if (text := clean(value))
    )
    return Grid(cells, width=max(map(len, rows)), after=after)


Split = Callable[[str], list[str]]


def _table(lines: list[str], split: Split) -> tuple[int, int, list[list[str]]] | None:
    """The first and last line of a table and its rows; None if the lines are none, so split."""
    widths = [len([cell for cell in split(line) if cell.strip()]) for line in lines]
    least = _GAPPED_COLUMNS if split in (_gapped, _spaced) else 2
    rows = [number for number, width in enumerate(widths) if width >= least]
    if len(rows) < 2:
        return None
    first, last = rows[0], rows[-1]
    # One banner a row is usual; more single lines than rows are text in which a gap stands by chance.
    body = lines[first : last + 1]
    if 2 * len(rows) < len(body) - (sum(bool(_RULE.match(line)) for line in body) if split is _barred else 0):
        return None
    if split is _gapped and len({widths[number] for number in rows}) > 2:
        return None
    # A single blank parts cells only where it does so in every line.
    if split is _spaced and (len(rows) < 3 or len({widths[number] for number in rows}) > 1):
        return None
    while split is _tabbed and sum(line.count('"') for line in body) % 2 and last + 1 < len(lines):
        # The last cell goes on over the line's end.
        last += 1
        body.append(lines[last])
    if split is _tabbed and sum(line.count('"') for line in body) % 2 == 0:
        return first, last, _rejoined(list(csv.reader([f"{line}\n" for line in body], delimiter="\t")))
    if split is _barred:
        return first, last, _boxed(body)
    return first, last, [split(line) for line in body]


def _barred(line: str) -> list[str]:
    if _RULE.match(line):
        return []
    cells = _BAR.split(line.strip())
    if len(cells) < 3:
        return [line] if len(cells) == 1 else cells
    return cells[1 if not cells[0].strip() else 0 : -1 if not cells[-1].strip() else None]


def _tabbed(line: str) -> list[str]:
    return line.rstrip().split("\t")


def _gapped(line: str) -> list[str]:
    return _GAP.split(line.strip())


def _spaced(line: str) -> list[str]:
    return line.split()


def _rejoined(rows: list[list[str]]) -> list[list[str]]:
    """Rows that a paragraph's end within a cell has cut, as Word's tables come out when pasted."""
    widths = [len(row) for row in rows]
    width = max(set(widths), key=lambda found: (widths.count(found), found))
    whole: list[list[str]] = []
    for row in rows:
        above = whole[-1] if whole else []
        goes_on = 1 < len(above) < width and len(row) < width and len(above) + len(row) - 1 <= width
        if goes_on and not row[0].strip().isdigit():
            whole[-1] = [*above[:-1], f"{above[-1]}\n{row[0]}", *row[1:]]
        else:
            whole.append(row)
    return whole


def _boxed(lines: list[str]) -> list[list[str]]:
    """Rows between bars; where rules part the rows, the lines between two rules are one row, wrapped."""
    ruled = sum(bool(_RULE.match(line)) for line in lines)
    rows: list[list[str]] = []
    fresh = True
    for line in lines:
        if _RULE.match(line):
            fresh = True
            continue
        cells = _barred(line)
        if ruled < 2 or fresh or len(cells) != len(rows[-1]):
            rows.append(cells)
        else:
            rows[-1] = [above.rstrip() + cell.strip() for above, cell in zip(rows[-1], cells, strict=True)]
        fresh = False
    return rows
