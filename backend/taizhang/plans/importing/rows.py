"""Rows (行): from a grid to tasks as written: category, title, content, the units' words, the deadline's words."""

import re
from dataclasses import dataclass, field

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.headers import Column, Header, find_header, is_repeated, meaning

UNIT_ENDINGS = re.compile(
    r"(?:局|办|办公室|委|委员会|街道|镇|乡|街镇|镇街|管委会|部门|单位|中心|科|科室|处室|政府|院|大队|公司|办事处)"
    r"(?:牵头|配合|负责|负责落实|按职责分工负责|参与)?$"
)
_SEPARATORS = re.compile(r"[、,，;；/\n]+|(?<=。)$")
_SENTENCE = re.compile(r"[。;；!！]")
_TITLE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class RawProblem:
    """Something about the reading that a person should look at; ``column`` is a field of the draft's row."""

    code: str
    message: str
    column: str | None = None


@dataclass(slots=True)
class RawRow:
    """One task as the document writes it, and where.

    ``grid`` is the number of the grid in ``Document.grids`` it was read from (from 0), None where it was read from
    running text. ``places`` holds, for each column, the cells its text came from in order, as (row, column) of the
    cell's top-left corner counted from 1 — ``Cell.row + 1, Cell.column + 1``; in running text (paragraph, 1), the
    paragraph counted from 1 in ``Document.paragraphs``. A cell merged over several tasks is a place of each.
    ``row`` and ``column`` are the place of the content, ``paragraph`` the same for running text.
    """

    category: str
    title: str
    content: str
    units: list[tuple[Column, str]] = field(default_factory=list)
    due: str = ""
    subcategory: str | None = None
    sheet: str | None = None
    row: int = 0
    column: int = 0
    paragraph: int | None = None
    grid: int | None = None
    places: dict[Column, list[tuple[int, int]]] = field(default_factory=dict)
    problems: list[RawProblem] = field(default_factory=list)
    first_leads: bool = False


@dataclass(slots=True)
class Reading:
    """Every task of a document, and what is to be said about the document as a whole."""

    rows: list[RawRow]
    problems: list[RawProblem] = field(default_factory=list)


def read_rows(document: Document) -> Reading:
    """Every task of every table of tasks in a document.

    Raises:
        Unreadable: ``not-a-task-table``.
    """
    rows: list[RawRow] = []
    header: Header | None = None
    for index, grid in enumerate(document.grids):
        own = find_header(grid)
        # A table continued after a page break may come without its headings.
        start = own.last_row + 1 if own else 0
        header = own or (header if header and grid.column_count == _width(header) else None)
        if header is not None:
            found = _tabular(grid, header, start, rows[-1] if rows and own is None else None)
            for row in found:
                row.grid = index
            rows.extend(found)
    if not rows:
        rows = _flowed(list(document.paragraphs))
    if not rows:
        raise Unreadable(
            "not-a-task-table", "没有找到任务分解表：需要有“任务名称”或“具体任务内容”，以及“责任单位”这样的表头"
        )
    return Reading(rows)


def _width(header: Header) -> int:
    return max(place for places in header.columns.values() for place in places) + 1


# ---- tables


def _tabular(grid: Grid, header: Header, start: int, before: RawRow | None) -> list[RawRow]:
    rows: list[RawRow] = []
    category, subcategory = (before.category, before.subcategory) if before else ("", None)
    for number in range(start, grid.row_count):
        cells = grid.row_cells(number)
        if not cells or is_repeated(grid, number):
            continue
        banner = _banner(grid, cells, number)
        if banner is not None:
            category, subcategory = _headed(banner, category, subcategory)
            continue
        read = _read(grid, header, number)
        if read.category:
            category, subcategory = read.category, read.subcategory
        read.category, read.subcategory = category, read.subcategory or subcategory
        if _continues(grid, header, number, rows):
            _append(rows[-1], read)
        elif read.content or read.title:
            rows.append(read)
    return rows


def _banner(grid: Grid, cells: list[Cell], number: int) -> str | None:
    """A full-width row with one text is a category heading."""
    wide = cells[0].column_span >= max(grid.column_count - 1, 2)
    alone = len(cells) == 1 and cells[0].row == number and cells[0].row_span == 1
    if alone and (wide or len(cells[0].text) <= _TITLE_LIMIT) and not _SENTENCE.search(cells[0].text):
        return cells[0].text.replace("\n", "")
    return None


def _headed(banner: str, category: str, subcategory: str | None) -> tuple[str, str | None]:
    """（一）stands below 一、; anything else is a heading of the first level."""
    return (category, banner) if category and re.match(r"[（(][一二三四五六七八九十]+[)）]", banner) else (banner, None)


def _read(grid: Grid, header: Header, number: int) -> RawRow:
    def text(column: Column, *, last: bool = False) -> str:
        places = header.columns.get(column, ())
        return grid.text(number, places[-1 if last else 0]) if places else ""

    category, subcategory = _categories(grid, header, number)
    titles = header.columns.get(Column.TITLE, ())
    title = text(Column.TITLE, last=True)
    if len(titles) > 1 and not category:
        # 任务名称 over two columns: the first holds the category.
        category = grid.text(number, titles[0])
    units = [(column, text(column)) for column in (Column.LEAD, Column.UNITS, Column.SUPPORT) if text(column)]
    cell = grid.at(number, header.first(Column.CONTENT) or 0)
    return RawRow(
        category=category.replace("\n", ""),
        subcategory=subcategory,
        title=title.replace("\n", ""),
        content=text(Column.CONTENT),
        units=units,
        due=text(Column.DUE),
        sheet=grid.name,
        row=number + 1,
        column=(cell.column if cell else 0) + 1,
        places={
            column: [(cell.row + 1, cell.column + 1)]
            for column, places in header.columns.items()
            if (cell := grid.at(number, places[0])) is not None
        },
    )


def _categories(grid: Grid, header: Header, number: int) -> tuple[str, str | None]:
    places = header.columns.get(Column.CATEGORY, ())
    names = list(dict.fromkeys(grid.text(number, place).replace("\n", "") for place in places))
    names = [name for name in names if name]
    return (names[0] if names else "", names[1] if len(names) > 1 else None)


def _continues(grid: Grid, header: Header, number: int, rows: list[RawRow]) -> bool:
    """A row that names neither a task nor units goes on with the row above."""
    if not rows:
        return False

    def own(column: Column) -> bool:
        place = header.columns.get(column, (None,))[-1]
        cell = grid.at(number, place) if place is not None else None
        return cell is not None and cell.row == number

    unit_columns = (Column.LEAD, Column.UNITS, Column.SUPPORT)
    return (
        own(Column.CONTENT)
        and not own(Column.TITLE)
        and not own(Column.NUMBER)
        and not any(map(own, unit_columns))
        and (not _merged_units(grid, header, number))
    )


def _merged_units(grid: Grid, header: Header, number: int) -> bool:
    return any(
        grid.text(number, places[0])
        for column in (Column.LEAD, Column.UNITS, Column.SUPPORT)
        if (places := header.columns.get(column))
    )


def _append(row: RawRow, more: RawRow) -> None:
    row.content = f"{row.content}\n{more.content}" if row.content else more.content


# ---- flowed text


def _flowed(lines: list[str]) -> list[RawRow]:
    """Tasks of a table whose cells stand one below the other: heading words first, then cells row by row.

    A row ends with its units; what stands before them is title and content, and before these perhaps a category.
    """
    start = _after_headings(lines)
    if start is None:
        return []
    rows: list[RawRow] = []
    group: list[int] = []
    category = ""
    for number in range(start, len(lines)):
        if not names_units(lines[number]) or not group:
            group.append(number)
            continue
        row = _gathered(lines, group, number)
        category = row.category = row.category or category
        rows.append(row)
        group = []
    return rows


def _after_headings(lines: list[str]) -> int | None:
    for number in range(len(lines)):
        named: list[Column] = []
        while number + len(named) < len(lines) and (column := meaning(lines[number + len(named)])):
            named.append(column)
        if Column.UNITS in named and {Column.TITLE, Column.CONTENT} & set(named):
            return number + len(named)
    return None


def names_units(text: str) -> bool:
    """Whether a paragraph is a list of units: every part of it ends as a unit's name does, and it is no sentence."""
    if "。" in text or len(text) > 600:
        return False
    parts = [part.strip(" ()（）") for part in _SEPARATORS.split(text) if part.strip()]
    return bool(parts) and all(len(part) <= 30 and UNIT_ENDINGS.search(part) for part in parts)


def _gathered(lines: list[str], group: list[int], units: int) -> RawRow:
    first_long = next((n for n in group if _SENTENCE.search(lines[n]) or len(lines[n]) > _TITLE_LIMIT), group[-1])
    heading = [n for n in group if n < first_long]
    content = [n for n in group if n >= first_long]
    title = heading[-1] if heading else content[0]
    return RawRow(
        category=lines[heading[-2]] if len(heading) > 1 else "",
        title=lines[title][:_TITLE_LIMIT],
        content="\n".join(lines[n] for n in content),
        units=[(Column.UNITS, lines[units])],
        row=content[0] + 1,
        column=1,
        paragraph=content[0] + 1,
        places={
            Column.CATEGORY: [(n + 1, 1) for n in heading[:-1]],
            Column.TITLE: [(n + 1, 1) for n in heading[-1:]],
            Column.CONTENT: [(n + 1, 1) for n in content],
            Column.UNITS: [(units + 1, 1)],
        },
    )
