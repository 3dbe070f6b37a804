"""Columns of a table of tasks (栏): finding its headings in a grid, and which column holds what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from taizhang.documents.grid import Cell, Grid
from taizhang.documents.words import squeezed
from taizhang.plans.importing.headers import (
    TEXT_COLUMNS,
    UNIT_COLUMNS,
    Column,
    first_leads,
    is_bare_unit,
    is_elsewhere,
    meaning,
    names_tasks,
    nested_meaning,
    others_help,
)
from taizhang.plans.importing.numbering import groups, is_number, level
from taizhang.plans.importing.phrases import names_units

SEARCHED_ROWS = 60
HEADING_ROWS = 3
_LONGEST_HEADING = 48
# A column whose cells are this long on average holds what is to be done, whatever stands over it.
_WORDY = 14
_TITLE_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column of a table: the grid's columns it covers, its headings from the top down, and what it holds.

    ``mark_of`` names the unit of a column in which a mark says that the unit takes part.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    column: Column | None
    mark_of: str | None = None

    @property
    def label(self) -> str:
        return "·".join(squeezed(label) for label in self.labels)


@dataclass(frozen=True)
class Header:
    """Where the headings stand, and the columns below them from left to right."""

    first_row: int
    last_row: int
    leaves: tuple[Leaf, ...]

    @cached_property
    def texts(self) -> set[str]:
        """The headings' words, as a repeated heading is known."""
        return {squeezed(label) for leaf in self.leaves for label in leaf.labels}

    @cached_property
    def by_edges(self) -> dict[tuple[int, int], Leaf]:
        """The leaves by the grid's columns they begin and end at."""
        return {(leaf.start, leaf.end): leaf for leaf in self.leaves}

    def of(self, *columns: Column) -> list[Leaf]:
        """The leaves that hold one of these."""
        return [leaf for leaf in self.leaves if leaf.column in columns]


def find_header(grid: Grid, start: int = 0) -> Header | None:
    """The first headings of a table of tasks at or below a row; None if the grid is not one."""
    for row in range(start, min(grid.row_count, start + SEARCHED_ROWS)):
        if header := header_at(grid, row):
            return header
    return None


def header_at(grid: Grid, row: int) -> Header | None:
    """The headings that begin in a row: as many rows as their merges or their words say."""
    cells = [cell for cell in grid.row_cells(row) if cell.row == row]
    if sum(meaning(cell.text) is not None for cell in cells) < 2 or any(map(_is_long, cells)):
        return None
    tall = max(cell.row_span for cell in cells)
    heights = [tall] if 1 < tall <= HEADING_ROWS else [height for height in (3, 2, 1) if _is_nested(grid, row, height)]
    for height in heights:
        header = Header(row, row + height - 1, tuple(_leaves(grid, row, height)))
        if _is_of_tasks(header) or _is_of_tasks(header := _guessed(grid, header)):
            return replace(header, leaves=tuple(_split(grid, header)))
    return None


def _is_long(cell: Cell) -> bool:
    return len(squeezed(cell.text)) > _LONGEST_HEADING


def _is_nested(grid: Grid, row: int, height: int) -> bool:
    """Whether the rows below the first are headings too: each word a column's, or under a heading that spans it."""
    for number in range(row + 1, row + height):
        own = [cell for cell in grid.row_cells(number) if cell.row == number]
        if not own or number >= grid.row_count:
            return False
        for cell in own:
            above = grid.at(number - 1, cell.column)
            spanned = above is not None and above.column_span > 1 and cell.column_span < above.column_span
            named = meaning(cell.text) is not None
            unit = spanned and above is not None and meaning(above.text) in UNIT_COLUMNS and names_units(cell.text)
            if _is_long(cell) or not (named or unit or (spanned and is_bare_unit(cell.text))):
                return False
            if above is not None and not spanned:
                return False
    return True


def _leaves(grid: Grid, row: int, height: int) -> Iterator[Leaf]:
    start, chain = 0, _chain(grid, row, height, 0)
    for place in range(1, grid.column_count + 1):
        following = _chain(grid, row, height, place)
        if place == grid.column_count or following != chain:
            yield _leaf(start, place, tuple(cell.text for cell in chain))
            start, chain = place, following


def _chain(grid: Grid, row: int, height: int, place: int) -> list[Cell]:
    cells = [grid.at(number, place) for number in range(row, row + height)]
    return list(dict.fromkeys(cell for cell in cells if cell is not None and cell.row >= row))


def _leaf(start: int, end: int, labels: tuple[str, ...]) -> Leaf:
    if not labels:
        return Leaf(start, end, labels, None)
    column = nested_meaning(list(labels[:-1]), labels[-1])
    above = meaning(labels[-2]) if len(labels) > 1 else None
    if above in UNIT_COLUMNS and meaning(labels[-1]) is None and names_units(labels[-1]):
        return Leaf(start, end, labels, above, mark_of=squeezed(labels[-1]))
    if column is Column.UNITS and first_leads(labels[-1]) and others_help(labels[-1]):
        column = Column.SUPPORT
    return Leaf(start, end, labels, column)


def _is_of_tasks(header: Header) -> bool:
    texts = header.of(Column.TITLE, Column.CONTENT)
    elsewhere = sum(any(map(is_elsewhere, leaf.labels)) for leaf in header.leaves)
    speaks_of_tasks = any(names_tasks(leaf.label) for leaf in texts)
    if elsewhere >= 3 or (elsewhere == 2 and not speaks_of_tasks):
        return False
    if header.of(*UNIT_COLUMNS):
        return bool(header.of(*TEXT_COLUMNS))
    known = [leaf for leaf in header.leaves if leaf.column is not None]
    return bool(texts) and speaks_of_tasks and elsewhere == 0 and len(known) >= 2


def _guessed(grid: Grid, header: Header) -> Header:
    """Columns under words that say nothing, read by what stands in them."""
    leaves = list(header.leaves)
    speaks_of_tasks = any(names_tasks(leaf.label) for leaf in header.of(Column.TITLE, Column.CONTENT))
    for place, leaf in enumerate(leaves):
        if leaf.column is None and leaf.labels and is_bare_unit(leaf.labels[-1]) and speaks_of_tasks:
            leaves[place] = replace(leaf, column=Column.UNITS)
    if not any(leaf.column in TEXT_COLUMNS for leaf in leaves) and any(leaf.column in UNIT_COLUMNS for leaf in leaves):
        unknown = [place for place, leaf in enumerate(leaves) if leaf.column is None]
        wordy = max(unknown, key=lambda place: mean_length(grid, header, leaves[place]), default=None)
        if wordy is not None and mean_length(grid, header, leaves[wordy]) >= _WORDY:
            leaves[wordy] = replace(leaves[wordy], column=Column.CONTENT)
    return replace(header, leaves=tuple(leaves))


def mean_length(grid: Grid, header: Header, leaf: Leaf) -> float:
    """How long the texts of a column are on average, in characters."""
    width = leaf.end - leaf.start
    lengths = [len(cell.text) for cell in _texts(grid, header, leaf) if cell.column_span <= width]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _split(grid: Grid, header: Header) -> Iterator[Leaf]:
    """One heading over two columns of cells is two leaves of the same meaning."""
    starts: dict[Leaf, set[int]] = {leaf: set() for leaf in header.leaves if leaf.end - leaf.start > 1}
    for row in range(header.last_row + 1, grid.row_count):
        cells = grid.row_cells(row)
        for leaf, found in starts.items():
            width = leaf.end - leaf.start
            inside = [c.column for c in cells if leaf.start <= c.column < leaf.end and c.column_span < width]
            if len(inside) > 1:
                found.update(inside)
    for leaf in header.leaves:
        edges = sorted({leaf.start, *starts.get(leaf, set())})
        for start, end in zip(edges, [*edges[1:], leaf.end], strict=True):
            yield replace(leaf, start=start, end=end)


def side_by_side(grid: Grid, header: Header) -> Iterator[tuple[Grid, Header]]:
    """A table whose headings come twice beside each other is two tables, the left one first."""
    half = len(header.leaves) // 2
    labels = [leaf.labels for leaf in header.leaves]
    halves = [replace(header, leaves=leaves) for leaves in (header.leaves[:half], header.leaves[half:])]
    if half < 2 or labels[:half] != labels[half:] or not all(map(_is_of_tasks, halves)):
        yield grid, header
        return
    for part in halves:
        first, last = part.leaves[0].start, part.leaves[-1].end
        cells = tuple(cell for cell in grid.cells if first <= cell.column < last)
        yield replace(grid, cells=cells, width=last), part


def looks_like_headings(grid: Grid, row: int) -> bool:
    """Whether a row holds headings of some table, of tasks or not."""
    cells = [cell for cell in grid.row_cells(row) if cell.row == row]
    named = sum(meaning(cell.text) is not None or is_elsewhere(cell.text) for cell in cells)
    return len(cells) > 1 and named >= 2 and 2 * named > len(cells)


def headings_seen(grid: Grid) -> list[str]:
    """What stands where headings might, to tell a person what was found instead."""
    searched = range(min(grid.row_count, 10))
    rows = [[cell.text for cell in grid.row_cells(row) if len(cell.text) <= 20] for row in searched]
    likely = [row for row in range(len(rows)) if looks_like_headings(grid, row)]
    return rows[likely[0]] if likely else max(rows, key=len, default=[])


@dataclass(frozen=True, slots=True)
class Roles:
    """Which leaves give a task its parts. ``title`` is None where the title is to be made from the content."""

    number: tuple[Leaf, ...]
    category: tuple[Leaf, ...]
    title: Leaf | None
    content: tuple[Leaf, ...]
    units: tuple[Leaf, ...]
    due: tuple[Leaf, ...]
    note: tuple[Leaf, ...]
    unread: tuple[Leaf, ...]
    guessed: tuple[Leaf, ...]


def roles_of(grid: Grid, header: Header) -> Roles:
    """Give every column its part, by its heading first and then by where it stands and what is in it."""
    number = header.of(Column.NUMBER)
    category, titles, content = header.of(Column.CATEGORY), header.of(Column.TITLE), header.of(Column.CONTENT)
    blank = [leaf for leaf in header.leaves if leaf.column is None]
    category += [leaf for leaf in blank if _is_unnamed_category(grid, header, leaf, [*titles, *content])]
    category.sort(key=lambda leaf: leaf.start)
    number += [leaf for leaf in blank if not leaf.labels and _holds_numbers(grid, header, leaf)]
    if not content and titles:
        content = [titles.pop()]
    elif not content:
        content = [category.pop()]
    if number and titles and all(leaf.end <= number[0].start < content[0].start for leaf in titles):
        # 工作任务 · 序号 · 具体要求: what stands before the number groups the numbered rows.
        category, titles = [*category, *titles], []
    if len(titles) == 1 and content and not category and _is_grouping(grid, header, titles[0], content[0]):
        category, titles = titles, []
    if not titles and len(content) > 1 and _is_title(grid, header, content):
        titles = [content.pop(0)]
    while len(titles) > 1:
        category.append(titles.pop(0))
    due = _ends(header.of(Column.DUE))
    used = {*number, *category, *titles, *content}
    unread = (None, Column.STATUS, Column.PEOPLE)
    return Roles(
        tuple(number),
        tuple(category),
        titles[0] if titles else None,
        tuple(content),
        tuple(header.of(*UNIT_COLUMNS)),
        tuple(due),
        tuple(header.of(Column.NOTE)),
        tuple(leaf for leaf in header.leaves if leaf not in used and (leaf.column in unread or _is_start(leaf))),
        tuple(leaf for leaf in content if meaning(leaf.labels[-1] if leaf.labels else "") is None),
    )


def _is_grouping(grid: Grid, header: Header, title: Leaf, content: Leaf) -> bool:
    """一、 merged down over 1. and 2. groups tasks rather than names one."""
    names, contents = _texts(grid, header, title), _texts(grid, header, content)
    numbered = sum(level(cell.text) is not None and not groups(cell.text) for cell in contents)
    merged = any(cell.row_span > 1 for cell in names)
    return merged and all(groups(cell.text) for cell in names) and 2 * numbered > len(contents)


def _ends(due: list[Leaf]) -> list[Leaf]:
    """Of 起 and 止 under one heading the deadline is the latter."""
    return [leaf for leaf in due if not _is_start(leaf)] or due


def _is_start(leaf: Leaf) -> bool:
    last = squeezed(leaf.labels[-1]) if leaf.labels else ""
    return leaf.column is Column.DUE and bool(re.fullmatch(r"起|开始.*|启动.*|起始.*", last))


def _is_title(grid: Grid, header: Header, content: Sequence[Leaf]) -> bool:
    first = mean_length(grid, header, content[0])
    return 0 < first <= _TITLE_LENGTH and max(mean_length(grid, header, leaf) for leaf in content[1:]) > 1.5 * first


def _texts(grid: Grid, header: Header, leaf: Leaf) -> list[Cell]:
    return [cell for cell in grid.cells if cell.row > header.last_row and leaf.start <= cell.column < leaf.end]


def _is_unnamed_category(grid: Grid, header: Header, leaf: Leaf, texts: list[Leaf]) -> bool:
    """A column without heading before the tasks, whose cells are merged down over them."""
    cells = _texts(grid, header, leaf)
    before = bool(texts) and leaf.start < min(text.start for text in texts)
    merged = any(cell.row_span > 1 for cell in cells)
    return not leaf.labels and before and merged and not all(is_number(cell.text) for cell in cells)


def _holds_numbers(grid: Grid, header: Header, leaf: Leaf) -> bool:
    cells = _texts(grid, header, leaf)
    return bool(cells) and all(re.fullmatch(r"\d{1,4}[.、]?", cell.text) for cell in cells)


_UNREAD: dict[Column | None, str] = {Column.STATUS: "是进展", Column.PEOPLE: "是人员", Column.DUE: "是开始时间"}


def columns_said(grid: Grid, header: Header, roles: Roles) -> Iterator[tuple[str, str, str | None]]:
    """Code, message and field of what is to be said of columns: not read, read by a guess, hidden."""
    filled = [leaf for leaf in header.leaves if _is_filled(grid, header, leaf)]
    for leaf in filled:
        name = leaf.label or f"第 {leaf.start + 1} 列（没有表头）"
        if leaf in roles.unread:
            yield "column-not-read", f"“{name}”一栏{_UNREAD.get(leaf.column, '看不出是什么')}，没有读入", None
        if leaf in roles.guessed:
            yield "column-guessed", f"“{name}”一栏按任务内容读入，请核对", "content"
        if set(range(leaf.start, leaf.end)) <= grid.hidden_columns:
            yield "column-hidden", f"“{name}”一栏在表中是隐藏的，请核对", None


def _is_filled(grid: Grid, header: Header, leaf: Leaf) -> bool:
    """Whether anything but full-width rows stands in a column."""
    return any(
        cell.row > header.last_row and cell.column < leaf.end and cell.column + cell.column_span > leaf.start
        for cell in grid.cells
        if cell.column_span < max(len(header.leaves) - 1, 2)
    )
