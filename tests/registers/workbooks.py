"""Workbooks as units hand them in: the template filled in, one dict a line."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook

from taizhang.registers.importing.columns import by_key, columns

Line = Mapping[str, str]


def filled(slug: str, lines: Sequence[Line], *, keys: Sequence[str] | None = None) -> bytes:
    """An xlsx with the register's headings and these lines; keys as in ``importing.columns``, ``number`` for 序号."""
    known = by_key(slug)
    used = keys or [column.key for column in columns(slug) if not column.rare]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", *(known[key].heading for key in used)])
    for line in lines:
        sheet.append([line.get("number", ""), *(line.get(key, "") for key in used)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(content: bytes, sheet: int = 0) -> list[dict[str, str]]:
    """The lines of a workbook by heading."""
    heading, *rows = load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows(values_only=True)
    return [{str(name): str(value or "") for name, value in zip(heading, row, strict=True)} for row in rows]
