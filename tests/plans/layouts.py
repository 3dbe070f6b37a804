"""Tables as offices lay them out, written as real files in every format they are sent in.

A table is a list of rows of texts; ``UP`` goes on with the cell above, ``LEFT`` with the cell to the left.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import docx
import xlsxwriter
from docx.document import Document as Paper

from taizhang.documents.readers import read
from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.rows import RawRow, Reading, read_rows

UP, LEFT = "↑", "←"
Table = Sequence[Sequence[str]]
Block = str | Table


@dataclass(frozen=True)
class Task:
    """What a person reads in a row; None is not compared."""

    category: str
    title: str | None
    units: str = ""
    due: str = ""
    content: str | None = None
    sub: str | None = None
    lead: str = ""
    support: str = ""
    flags: frozenset[str] = field(default_factory=frozenset)


def reading_of(data: bytes, name: str) -> Reading:
    """The rows of a file."""
    return read_rows(read(data, name))


def compared(row: RawRow, expected: Task) -> Task:
    """A row in the terms of what is expected of it."""

    def words(column: Column) -> str:
        return "\n".join(text for named, text in row.units if named is column)

    return Task(
        row.category,
        row.title if expected.title is not None else None,
        words(Column.UNITS),
        row.due,
        row.content if expected.content is not None else None,
        row.subcategory,
        words(Column.LEAD),
        words(Column.SUPPORT),
        frozenset(problem.code for problem in row.problems),
    )


def spans(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Row, column, height, width and text of every cell of a table."""
    found = []
    for row, line in enumerate(table):
        for column, text in enumerate(line):
            if text in (UP, LEFT):
                continue
            width = 1
            while column + width < len(line) and line[column + width] == LEFT:
                width += 1
            height = 1
            while row + height < len(table) and column < len(table[row + height]) and table[row + height][column] == UP:
                height += 1
            found.append((row, column, height, width, text))
    return found


def as_docx(*blocks: Block) -> bytes:
    """A Word document of paragraphs and tables in order."""
    paper = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            paper.add_paragraph(block)
        else:
            add_table(paper, block)
    return saved(paper)


def add_table(paper: Paper, table: Table) -> None:
    """Put a table with its merges into a document."""
    made = paper.add_table(rows=len(table), cols=max(map(len, table)))
    for row, column, height, width, text in spans(table):
        cell = made.cell(row, column)
        if height > 1 or width > 1:
            cell = cell.merge(made.cell(row + height - 1, column + width - 1))
        cell.text = text


def saved(paper: Paper) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def as_xlsx(*blocks: Block, sheets: Mapping[str, Table] | None = None) -> bytes:
    """A workbook: the blocks on one sheet below each other, or a sheet for each table named."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, table in (sheets or {"Sheet1": stacked(blocks)}).items():
            sheet = book.add_worksheet(name)
            for row, column, height, width, text in spans(table):
                if height > 1 or width > 1:
                    sheet.merge_range(row, column, row + height - 1, column + width - 1, text)
                elif text:
                    sheet.write_string(row, column, text)
    return buffer.getvalue()


def stacked(blocks: Sequence[Block]) -> list[list[str]]:
    """Blocks below each other, a paragraph a row merged over the width of the tables."""
    width = max((len(line) for block in blocks if not isinstance(block, str) for line in block), default=1)
    rows: list[list[str]] = []
    for block in blocks:
        rows.extend([[block, *[LEFT] * (width - 1)]] if isinstance(block, str) else [list(line) for line in block])
    return rows


def as_html(*blocks: Block) -> bytes:
    """A page as sites publish it: in GB18030 under the name of gb2312, with a layout table around."""
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>&nbsp;&nbsp;{escape(block)}</p>")
            continue
        lines: dict[int, list[str]] = {row: [] for row in range(len(block))}
        for row, _, height, width, text in spans(block):
            words = escape(text).replace("\n", "<br>")
            lines[row].append(f'<td rowspan="{height}" colspan="{width}"><p>{words}&nbsp;</p></td>')
        parts.append("<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in lines.values()) + "</table>")
    return _PAGE.format("".join(parts)).encode("gb18030")


_PAGE = (
    '<html><head><meta charset="gb2312"><title>通知</title></head><body>'
    "<table><tr><td>首页</td><td>政务公开</td></tr><tr><td colspan=2>{}</td></tr></table>"
    "<div>扫一扫在手机打开当前页</div></body></html>"
)


def as_csv(*blocks: Block) -> bytes:
    """What Excel saves as CSV: of merged cells the first alone keeps its text."""
    buffer = io.StringIO()
    rows = [["" if text in (UP, LEFT) else text for text in line] for line in stacked(blocks)]
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode("gb18030")


WRITERS = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html, "csv": as_csv}
