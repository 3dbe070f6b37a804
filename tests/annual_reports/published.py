"""Reports as published: the official tables printed to html, docx and xlsx in the styles offices really use."""

import html
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import docx
import xlsxwriter

from taizhang.annual_reports.forms import Form, TableSpec, present

Write = Callable[[str], str]


@dataclass(frozen=True)
class Item:
    """One printed cell."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    label: bool = False


Printed = list[Item]


def printed(form: Form, table: TableSpec, figures: Mapping[str, int | None], write: Write = str) -> Printed:
    """A table as the form prints it; ``write`` is how the office writes its numbers."""
    shown = present(form, figures)
    items = []
    for place in table.places:
        value = "" if place.cell is None or shown[place.cell] is None else write(str(shown[place.cell]))
        text = place.text if place.cell is None else value
        items.append(Item(text, place.row, place.column, place.row_span, place.column_span, label=place.cell is None))
    return items


# ── styles: what offices make of the official table ──


def apart(items: Printed) -> Printed:
    """Nothing merged: each text at its first place, the rest empty."""
    return [replace(item, row_span=1, column_span=1) for item in items]


def stacked(tables: Sequence[Printed]) -> Printed:
    """All tables one under the other in a single one."""
    items, top = [], 0
    for table in tables:
        items += [replace(item, row=item.row + top) for item in table]
        top = max(item.row + item.row_span for item in items)
    return items


def transposed(items: Printed) -> Printed:
    """Rows and columns exchanged, as pasted the other way."""
    return [Item(each.text, each.column, each.row, each.column_span, each.row_span, each.label) for each in items]


def cut(items: Printed, *rows: int) -> list[Printed]:
    """One table cut into several above the given rows; merged labels are repeated by none of them."""
    edges = [0, *rows, max(item.row + item.row_span for item in items)]
    pieces = []
    for top, bottom in zip(edges, edges[1:], strict=False):
        own = [item for item in items if top <= item.row < bottom]
        pieces.append(
            [replace(each, row=each.row - top, row_span=min(each.row_span, bottom - each.row)) for each in own]
        )
    return pieces


def without_column(items: Printed, column: int) -> Printed:
    """The table without one column."""
    kept = []
    for item in items:
        if item.column == column and item.column_span == 1:
            continue
        inside = item.column < column < item.column + item.column_span
        kept.append(replace(item, column_span=item.column_span - 1) if inside else item)
    return kept


def relabelled(items: Printed, change: Callable[[str], str]) -> Printed:
    """Labels as somebody typed them."""
    return [replace(item, text=change(item.text)) if item.label else item for item in items]


def half_width(label: str) -> str:
    """（三）不予公开 as (三)不予公开, “” as straight quotes."""
    return label.translate(str.maketrans("（）“”：、", '()"":,'))


def spaced(label: str) -> str:
    """自 然 人, and long labels broken over lines."""
    return "\n".join(" ".join(label[at : at + 6]) for at in range(0, len(label), 6))


def slipped(label: str) -> str:
    """One letter lost or doubled in the long labels."""
    return label if len(label) < 9 else label[:6] + label[7:]


def unnumbered(label: str) -> str:
    """1.属于国家秘密 as 属于国家秘密."""
    return label[2:] if label[1:2] == "." else label


def split_labels(items: Printed) -> Printed:
    """The number of a label in a cell of its own: 1. | 属于国家秘密."""
    moved = [replace(item, column=item.column + (item.column > 2)) for item in items]
    result = []
    for item in moved:
        if item.label and item.column == 2 and item.text[1:2] == ".":
            result += [replace(item, text=item.text[:2]), replace(item, text=item.text[2:], column=3)]
        elif item.label and item.column <= 2 < item.column + item.column_span:
            result.append(replace(item, column_span=item.column_span + 1))
        else:
            result.append(item)
    return result


def misspanned(items: Printed) -> Printed:
    """Heads of blocks that span a row too few: later rows slip to the left."""
    return [
        replace(item, row_span=item.row_span - 1)
        if item.label and item.column < 2 and 3 <= item.row_span < 20
        else item
        for item in items
    ]


def overspanned(items: Printed) -> Printed:
    """三、本年度办理结果 spanning into the next row, which slips to the right."""
    return [replace(item, row_span=item.row_span + 1) if item.row_span >= 20 else item for item in items]


# ── how numbers are written ──


def grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number


def full_width(number: str) -> str:
    return number.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def with_unit(number: str) -> str:
    return f"{number}件" if number.isdigit() else f"{number}万元"


# ── writers ──


def _rows(items: Printed) -> list[list[Item]]:
    height = max(item.row + item.row_span for item in items)
    width = max(item.column + item.column_span for item in items)
    covered = {
        (row, column)
        for item in items
        for row in range(item.row, item.row + item.row_span)
        for column in range(item.column, item.column + item.column_span)
    }
    filled = [*items, *(Item("", r, c) for r in range(height) for c in range(width) if (r, c) not in covered)]
    return [sorted((i for i in filled if i.row == row), key=lambda i: i.column) for row in range(height)]


def html_table(items: Printed, *, ragged: bool = False) -> str:
    """A table; ``ragged`` writes cells in order whatever their spans leave uncovered, as a hand-made page does."""
    rows = [[each for each in line if not ragged or each in items] for line in _rows(items)]
    lines = []
    for row in rows:
        cells = "".join(
            f'<td rowspan="{item.row_span}" colspan="{item.column_span}"><p>{_breaks(item.text)}</p></td>'
            for item in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _breaks(text: str) -> str:
    return html.escape(text).replace("\n", "<br>") or "&nbsp;"


HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TITLE = "泸州市江阳区大山坪街道办事处2023年政府信息公开工作年度报告"
OVERVIEW = "2023年，街道认真贯彻条例。\n（一）主动公开。公开信息三百余条。"
PROBLEMS = "一是解读形式不多。\n二是更新不及时。"
OTHER = "本年度未收取信息处理费。"

Tables = Sequence[Sequence[Printed]]
"""For each of 二 三 四, the tables it is printed as."""


def _sections(tables: Tables) -> list[tuple[str, Sequence[Printed], str]]:
    second, third, fourth = tables
    return list(
        zip(HEADINGS, ((), second, third, fourth, (), ()), (OVERVIEW, "", "", "", PROBLEMS, OTHER), strict=True)
    )


def as_html(tables: Tables, *, ragged: bool = False, title: str = TITLE) -> bytes:
    parts = [f"<h1>{title}</h1>"]
    for heading, printed_as, text in _sections(tables):
        parts.append(f"<p><strong>{heading}</strong></p>")
        parts += [f"<p>{line}</p>" for line in text.split("\n") if line]
        parts += [html_table(items, ragged=ragged) for items in printed_as]
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>".encode()


def as_docx(tables: Tables) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for heading, printed_as, text in _sections(tables):
        document.add_paragraph(heading)
        for line in text.split("\n"):
            document.add_paragraph(line)
        for items in printed_as:
            _docx_table(document, items)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_table(document: "docx.document.Document", items: Printed) -> None:
    height = max(item.row + item.row_span for item in items)
    width = max(item.column + item.column_span for item in items)
    table = document.add_table(height, width)
    grid = [row.cells for row in table.rows]
    for item in items:
        corner = grid[item.row][item.column]
        if item.row_span > 1 or item.column_span > 1:
            far = grid[item.row + item.row_span - 1][item.column + item.column_span - 1]
            corner = corner.merge(far)
        corner.text = item.text


def as_xlsx(tables: Tables, *, sheets: bool = False) -> bytes:
    """All on one sheet, or a sheet a part."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, top = None, 0
    for number, (heading, printed_as, text) in enumerate(_sections(tables)):
        if sheet is None or sheets:
            sheet, top = book.add_worksheet(f"第{number + 1}部分" if sheets else "年报"), 0
        if number == 0:
            sheet.write(top, 0, TITLE)
            top += 1
        for line in (heading, *(line for line in text.split("\n") if line)):
            sheet.write(top, 0, line)
            top += 1
        for items in printed_as:
            top += _xlsx_table(sheet, items, top)
    book.close()
    return stream.getvalue()


def _xlsx_table(sheet: "xlsxwriter.worksheet.Worksheet", items: Printed, top: int) -> int:
    for item in items:
        row, value = top + item.row, int(item.text) if item.text.isascii() and item.text.isdigit() else item.text
        if item.row_span > 1 or item.column_span > 1:
            last = row + item.row_span - 1, item.column + item.column_span - 1
            sheet.merge_range(row, item.column, *last, value)
        else:
            sheet.write(row, item.column, value)
    return max(item.row + item.row_span for item in items)


# ── the corpus ──

Style = Callable[[Form, Mapping[str, int | None]], tuple[bytes, str]]


def _tables(form: Form, figures: Mapping[str, int | None], write: Write = str) -> list[Printed]:
    return [printed(form, table, figures, write) for table in form.tables]


def styled(
    change: Callable[[list[Printed]], Tables],
    save: Callable[[Tables], bytes],
    suffix: str,
    write: Write = str,
) -> Style:
    def style(form: Form, figures: Mapping[str, int | None]) -> tuple[bytes, str]:
        return save(change(_tables(form, figures, write))), f"年度报告.{suffix}"

    return style


def _whole(tables: list[Printed]) -> Tables:
    return [[table] for table in tables]


def _each(change: Callable[[Printed], Printed], *numbers: int) -> Callable[[list[Printed]], Tables]:
    """A change of some of the three tables."""
    return lambda tables: [[change(table) if place in numbers else table] for place, table in enumerate(tables)]


def _blocks(tables: list[Printed]) -> Tables:
    """Table 二 as one table a block, table 三 cut in three, table 四 whole."""
    heads = sorted(item.row for item in tables[0] if item.text.startswith("第二十条"))
    return [cut(tables[0], *heads[1:]), cut(tables[1], 7, 16), [tables[2]]]


def _merged(tables: list[Printed]) -> Tables:
    return [[], [stacked(tables)], []]


ALL = (0, 1, 2)
STYLES: dict[str, Style] = {
    "official": styled(_whole, as_html, "html"),
    "nothing-merged": styled(_each(apart, 1, 2), as_html, "htm"),
    "blocks-apart": styled(_blocks, as_html, "html"),
    "one-table": styled(_merged, as_html, "html"),
    "transposed": styled(_each(transposed, *ALL), as_html, "html"),
    "split-labels": styled(_each(split_labels, 1), as_html, "html"),
    "half-width": styled(_each(partial(relabelled, change=half_width), *ALL), as_html, "html"),
    "spaced": styled(_each(partial(relabelled, change=spaced), *ALL), as_html, "html"),
    "unnumbered": styled(_each(partial(relabelled, change=unnumbered), 1), as_html, "html"),
    "slipped": styled(_each(partial(relabelled, change=slipped), 1), as_html, "html"),
    "misspanned": styled(_each(misspanned, 1), partial(as_html, ragged=True), "html"),
    "overspanned": styled(_each(overspanned, 1), partial(as_html, ragged=True), "html"),
    "grouped": styled(_whole, as_html, "html", grouped),
    "full-width": styled(_whole, as_html, "html", full_width),
    "with-unit": styled(_whole, as_html, "html", with_unit),
    "word": styled(_whole, as_docx, "docx"),
    "word-one-table": styled(_merged, as_docx, "docx"),
    "word-blocks": styled(_blocks, as_docx, "docx", grouped),
    "sheet": styled(_whole, as_xlsx, "xlsx"),
    "sheets": styled(_whole, partial(as_xlsx, sheets=True), "xlsx"),
    "sheet-nothing-merged": styled(_each(apart, 1, 2), as_xlsx, "xlsx"),
}
