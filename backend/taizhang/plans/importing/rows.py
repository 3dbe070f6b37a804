"""Rows (行): from a document to tasks as written: category, title, content, the units' words, the deadline's words."""

import re
from collections.abc import Iterator

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.blocks import read_blocks
from taizhang.plans.importing.cards import is_card, read_cards
from taizhang.plans.importing.columns import Header, Leaf, find_header, headings_seen, looks_like_headings, side_by_side
from taizhang.plans.importing.flowed import read_flowed
from taizhang.plans.importing.headers import UNIT_COLUMNS, Column, first_leads, is_elsewhere
from taizhang.plans.importing.headings import as_category
from taizhang.plans.importing.lines import is_furniture, is_note, is_title
from taizhang.plans.importing.numbering import groups, level
from taizhang.plans.importing.phrases import blanket, bracketed, is_unit_heading, names_units, speaks_of_units
from taizhang.plans.importing.prose import read_prose
from taizhang.plans.importing.raw import Line, RawProblem, RawRow, Reading, listed, shortened
from taizhang.plans.importing.tables import TableReader
from taizhang.plans.importing.unit_cells import lead_mark

__all__ = ["RawProblem", "RawRow", "Reading", "read_rows"]

_HEADING_LIMIT = 60
# 任务一 above a table counts the tasks, it does not group them.
_COUNTED = re.compile(r"(?:任务|事项|项目|清单|附件?表?)[一二三四五六七八九十\d]{1,3}[:：]?")

# An attachment begins anew under no heading of the text before it.
_ATTACHED = re.compile(r"附[件表]\s*\d{0,2}\s*(?:$|[:：])")


def read_rows(document: Document) -> Reading:
    """Every task of a document: from its tables of tasks, or else from its running text.

    Raises:
        Unreadable: ``not-a-task-table``, with the headings that were looked for and those that were found.
    """
    reading = Reading()
    _read_tables(document, reading)
    if not reading.rows:
        lines = list(_lines(document))
        reading.rows = read_flowed(lines, reading) or read_blocks(lines, reading) or read_prose(lines, reading)
    if not reading.rows:
        raise Unreadable("not-a-task-table", _refusal(document))
    for row in reading.rows:
        if row.grid is not None:
            row.sheet = document.grids[row.grid].name
    return reading


def _read_tables(document: Document, reading: Reading) -> None:
    reader = TableReader(reading, lead_mark=_lead_mark(document))
    used: set[int] = set()
    captions: dict[int, str | None] = {}
    header: Header | None = None
    for index, grid in enumerate(document.grids):
        if grid.within in used:
            used.add(index)
            continue
        if is_card(grid):
            used.add(index)
            captions[index] = _enter_paragraphs(document, index, reader, used)
            reading.rows.extend(read_cards(grid, index, reading, as_category(reader.headings.levels())))
            continue
        own = find_header(grid)
        if own is None and (turned := _turned(grid)) is not None:
            _read_turned(turned, index, reading)
            used.add(index)
            continue
        following = own or (_continued(grid, header) if header else None)
        if following is None:
            continue
        used.add(index)
        if own is not None:
            captions[index] = _enter_paragraphs(document, index, reader, used)
        start = own.last_row + 1 if own else 0
        for part, part_header in side_by_side(grid, following):
            reader.read(part, index, part_header, start=start, is_continued=own is None)
        header = reader.header if part_header is following else following
    if reading.rows:
        _name_captions(reading, captions)
        _finish(document, reading, reader, used)


def _enter_paragraphs(document: Document, index: int, reader: TableReader, used: set[int]) -> str | None:
    """Enter the numbered headings that stand between tables; a caption without number is given back."""
    before = max((document.grids[other].after for other in used if other < index), default=0)
    between = document.paragraphs[before : document.grids[index].after]
    for number, line in enumerate(between):
        if _ATTACHED.match(line):
            between = document.paragraphs[before + number + 1 : document.grids[index].after]
            reader.headings.stack.clear()
    caption = None
    for line in [line for line in between if not is_furniture(line)][-3:]:
        caption = None
        if len(line) > _HEADING_LIMIT or set(line) & set("。；;") or line[-1] in "，,：:" or is_title(line):
            continue
        depth = level(line)
        if depth is None and not _COUNTED.fullmatch(line):
            caption = line
        elif groups(line):
            reader.headings.enter(line)
    return caption


def _continued(grid: Grid, header: Header) -> Header | None:
    """The headings above a table that goes on after a page break without its own; None if it is another table."""
    if grid.row_count == 0 or any(looks_like_headings(grid, row) for row in range(min(2, grid.row_count))):
        return None
    leaves = header.leaves
    if grid.column_count != leaves[-1].end:
        starts = sorted({cell.column for cell in grid.cells})
        if len(starts) != len(leaves):
            return None
        ends = [*starts[1:], grid.column_count]
        leaves = tuple(
            Leaf(start, end, leaf.labels, leaf.column, leaf.mark_of)
            for leaf, start, end in zip(leaves, starts, ends, strict=True)
        )
    moved = Header(-1, -1, leaves)
    return moved if _is_plausible(grid, moved) else None


def _is_plausible(grid: Grid, header: Header) -> bool:
    """Whether what stands in the columns of units are units."""
    spans = [(leaf.start, leaf.end) for leaf in header.of(*UNIT_COLUMNS)]
    cells = [cell for cell in grid.cells if any(start <= cell.column < end for start, end in spans)]
    named = [cell for cell in cells if names_units(cell.text) or speaks_of_units(cell.text)]
    return 2 * len(named) >= len(cells) and (bool(named) or grid.row_count == 1)


def _turned(grid: Grid) -> Grid | None:
    """The grid with rows for columns, if its headings stand one below the other: 任务名称 | …, 责任单位 | …"""
    cells = tuple(Cell(c.text, c.column, c.row, c.column_span, c.row_span) for c in grid.cells)
    turned = Grid(cells, grid.name, within=grid.within, after=grid.after)
    header = find_header(turned)
    return turned if header is not None and header.first_row == 0 and len(header.leaves) >= 3 else None


def _read_turned(turned: Grid, index: int, reading: Reading) -> None:
    header = find_header(turned)
    if header is None:
        return
    found = Reading()
    TableReader(found).read(turned, index, header, start=header.last_row + 1, is_continued=False)
    for row in found.rows:
        row.row, row.column = row.column, row.row
        row.places = {column: [(c, r) for r, c in places] for column, places in row.places.items()}
    reading.rows.extend(found.rows)
    reading.problems.extend(found.problems)


def _finish(document: Document, reading: Reading, reader: TableReader, used: set[int]) -> None:
    _name_sheets(document, reading)
    for number, text in enumerate(document.paragraphs):
        if rule := blanket(text):
            for row in reading.rows:
                is_below = row.grid is None or number < document.grids[row.grid].after
                if rule.scope == "all" or (rule.scope == "below") == is_below:
                    row.apply(rule)
    _lead_with_first(document, reading)
    prose = [text for text in document.paragraphs if bracketed(text)]
    if prose:
        reading.remark("prose-not-read", f"表格之外有 {len(prose)} 段写了责任单位，没有读入：{listed(prose, 3)}")
    for remark in document.remarks:
        if remark.grid is None:
            reading.remark(remark.code, remark.message)
        elif (marked := reader.row_at.get((remark.grid, remark.row or 0))) is not None:
            marked.remark(remark.code, f"第 {(remark.row or 0) + 1} 行：{remark.message}")
    around = {document.grids[index].within for index in used}
    for index, grid in enumerate(document.grids):
        if index not in used and index not in around and grid.within is None and grid.row_count > 1:
            where = f"工作表“{grid.name}”" if grid.name else f"第 {index + 1} 个表格"
            reading.remark("table-not-read", f"{where}不是任务分解表，没有读入：{listed(headings_seen(grid), 6)}")


def _lead_mark(document: Document) -> str | None:
    texts = [*document.paragraphs, *(cell.text for grid in document.grids for cell in grid.cells)]
    return next((mark for text in texts if "牵头" in text and (mark := lead_mark(text))), None)


def _name_captions(reading: Reading, captions: dict[int, str | None]) -> None:
    """A table a category: the lines above the tables are the categories, if every table has its own."""
    if len(captions) < 2 or None in captions.values() or len(set(captions.values())) < len(captions):
        return
    for row in reading.rows:
        if not row.category and row.grid is not None:
            row.category = captions.get(row.grid) or ""


def _lead_with_first(document: Document, reading: Reading) -> None:
    """A note that the first unit named leads holds for every task without a lead of its own."""
    notes = [cell.text for grid in document.grids for cell in grid.cells if is_note(cell.text)]
    said = next((text for text in [*document.paragraphs, *notes] if "牵头" in text and first_leads(text)), None)
    if said is None:
        return
    reading.remark("first-leads", f"按“{shortened(said, 60)}”把各项的第一个责任单位记作牵头，请核对", "assignees")
    for row in reading.rows:
        row.first_leads = not any(column is Column.LEAD or "牵头" in words for column, words in row.units)


def _name_sheets(document: Document, reading: Reading) -> None:
    """A sheet a category: the sheets' names are the categories where nothing else is."""
    sheets = {row.grid for row in reading.rows}
    if len(sheets) < 2:
        return
    for row in reading.rows:
        name = document.grids[row.grid].name if row.grid is not None else None
        if name and not row.category and not name.lower().startswith(("sheet", "工作表")):
            row.category = name
            if not row.units and is_unit_heading(name):
                row.units = [(Column.UNITS, name)]
                row.remark("category-units", f"责任单位“{name}”取自工作表的名称，请核对", "assignees")


def _lines(document: Document) -> Iterator[Line]:
    """All text in order, that of tables too: a page may set a whole plan in one cell."""
    outer = [
        (index, grid)
        for index, grid in enumerate(document.grids)
        if grid.within is None and sum(map(is_elsewhere, headings_seen(grid))) < 2
    ]
    # What stands beside a table in the cell of another is a paragraph too.
    said = set(document.paragraphs)
    next_grid = 0
    for number, text in enumerate([*document.paragraphs, None]):
        while next_grid < len(outer) and (text is None or outer[next_grid][1].after <= number):
            yield from _grid_lines(*outer[next_grid], said)
            next_grid += 1
        if text is not None:
            yield Line(text, number + 1, 1, None)


def _grid_lines(index: int, grid: Grid, said: set[str]) -> Iterator[Line]:
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        for text in cell.text.split("\n"):
            if text not in said:
                yield Line(text, cell.row + 1, cell.column + 1, index)


def _refusal(document: Document) -> str:
    found = [text for grid in document.grids if grid.within is None for text in headings_seen(grid)]
    asked = (
        "没有找到任务分解表：要有“工作任务”“具体要求”这样的任务栏，和“责任单位”“牵头单位”这样的单位栏，"
        "或在每项任务后用括号写明责任单位"
    )
    if not found:
        return f"{asked}。文件里没有这样的表头，也没有写明责任单位的段落"
    if any(find_header(grid) for grid in document.grids):
        return f"表头找到了：{listed(found)}，但下面没有写任务"
    elsewhere = "，看起来是目录、名册、预算或评分表" if sum(map(is_elsewhere, found)) >= 2 else ""
    return f"{asked}。文件里的表头是{listed(found)}{elsewhere}"
