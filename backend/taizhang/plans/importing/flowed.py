"""Flowed tables (一格一段): a table copied as text, its cells one below the other, a row after a row.

Which cell a line is follows from the order of the headings and from what the line looks like: the likeliest path
through the columns is found as in a hidden Markov model (Viterbi 1967), with costs instead of probabilities.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from taizhang.plans.importing.headers import UNIT_COLUMNS, Column, meaning
from taizhang.plans.importing.headings import Headings, as_category
from taizhang.plans.importing.lines import is_filled_in, is_furniture, is_note
from taizhang.plans.importing.numbering import groups, is_number, title_of, without_number
from taizhang.plans.importing.phrases import Blanket, blanket, is_deadline, names_units, speaks_of_units
from taizhang.plans.importing.raw import Line, RawRow, Reading, shortened

_SENTENCE = re.compile(r"[。;；!！]")
_HEADING_LIMIT = 60
_DUE_LIMIT = 30
_DATED = re.compile(r"\d月|年底|季度|半年|持续|长期|常态|全年")
# What it costs a row to lack a column; columns not named are often left blank.
_MISSING = {Column.NUMBER: 3.0, Column.TITLE: 2.0, Column.CONTENT: 3.0, Column.UNITS: 4.0, Column.LEAD: 3.0}
_MISSING_OTHER = 0.4
# What it costs a cell to go on over one more line.
_LONGER = {Column.NUMBER: 8.0, Column.TITLE: 2.0, Column.CONTENT: 0.3, Column.CATEGORY: 1.5}
_LONGER_OTHER = 1.0
_UNFIT = 8.0


def read_flowed(lines: Sequence[Line], reading: Reading) -> list[RawRow]:
    """The tasks of text under the headings of a table of tasks; none if there are no such headings."""
    found = _headings(lines)
    if found is None:
        return []
    start, columns = found
    words = {line.text for line in lines[:start] if meaning(line.text) is not None}
    body = _Body()
    for place in range(start, len(lines)):
        body.take(lines, place, words, reading)
    path = _likeliest([line.text for line in body.lines], columns)
    rows = _rows(body, path, columns, reading)
    for rule, place in body.blankets:
        first = _rows_before(rows, body.lines, place)
        span = rows[first:] if rule.scope == "below" else rows[:first] if rule.scope == "above" else rows
        for row in span:
            row.apply(rule)
    return rows


@dataclass
class _Body:
    """The lines of cells, without what belongs to the page."""

    lines: list[Line] = field(default_factory=list)
    blankets: list[tuple[Blanket, int]] = field(default_factory=list)

    def take(self, lines: Sequence[Line], place: int, words: set[str], reading: Reading) -> None:
        line = lines[place]
        beside = [lines[other].text for other in (place - 1, place + 1) if 0 <= other < len(lines)]
        if line.text in words and any(text in words for text in beside):
            return
        rule = blanket(line.text)
        if rule is not None:
            self.blankets.append((rule, len(self.lines)))
        elif is_note(line.text):
            reading.remark("note-not-read", f"说明没有作为任务：{shortened(line.text, 80)}")
        elif not (is_furniture(line.text) or is_filled_in(line.text)):
            self.lines.append(line)


def _headings(lines: Sequence[Line]) -> tuple[int, list[Column]] | None:
    """The line after the headings, and the columns in their order; several may share a line."""
    for start in range(len(lines)):
        named: list[Column] = []
        place = start
        while place < len(lines) and (columns := _heading_words(lines[place].text)):
            named.extend(columns)
            place += 1
        if set(named) & set(UNIT_COLUMNS) and {Column.TITLE, Column.CONTENT} & set(named):
            return place, named
    return None


def _heading_words(text: str) -> list[Column]:
    whole = meaning(text)
    if whole is not None:
        return [whole]
    parts = [meaning(part) for part in text.split()]
    return [part for part in parts if part is not None] if len(parts) > 1 and None not in parts else []


def _fits(text: str, column: Column | None) -> float:
    """How well a line suits a column; None is a heading over the rows."""
    short = len(text) <= _HEADING_LIMIT and not _SENTENCE.search(text)
    units = names_units(text)
    if column is Column.NUMBER:
        return 4.0 if is_number(text) else -2 * _UNFIT
    if is_number(text):
        return -_UNFIT
    if column in UNIT_COLUMNS:
        return 4.0 if units else 3.0 if speaks_of_units(text) else -_UNFIT
    due = is_deadline(text)
    if column is Column.DUE:
        return 4.0 if due else 2.0 if len(text) <= _DUE_LIMIT and _DATED.search(text) else -_UNFIT
    if units or due:
        return -2.0
    if column is Column.CONTENT:
        return 3.0 if not short else 0.0
    if column is Column.TITLE:
        return 1.0 if short else -4.0
    if column is None or column is Column.CATEGORY:
        return (2.0 if groups(text) else 0.5) if short else -_UNFIT
    return -1.5


def _missing(columns: Sequence[Column]) -> float:
    return sum(_MISSING.get(column, _MISSING_OTHER) for column in columns)


def _likeliest(texts: list[str], columns: list[Column]) -> list[tuple[int, bool]]:
    """For every line its column (0 a heading over the rows, else from 1) and whether a row begins with it."""
    states: list[Column | None] = [None, *columns]
    count = len(states)
    # moves[to] = what each step costs and whether it begins a row.
    moves = [[_step(columns, before, to) for before in range(count)] for to in range(count)]
    best = [-_missing(columns[: max(to - 1, 0)]) if to else 0.0 for to in range(count)]
    back: list[list[int]] = []
    for number, text in enumerate(texts):
        fits = [_fits(text, state) for state in states]
        if number == 0:
            best = [best[to] + fits[to] for to in range(count)]
            back.append([-1] * count)
            continue
        chosen = [_cheapest(best, moves[to]) for to in range(count)]
        best = [best[chosen[to]] - moves[to][chosen[to]][0] + fits[to] for to in range(count)]
        back.append(chosen)
    if not texts:
        return []
    state = max(range(count), key=lambda last: best[last] - (_missing(columns[last:]) if last else 0.0))
    path = [state]
    for chosen in reversed(back[1:]):
        path.append(chosen[path[-1]])
    path.reverse()
    return [(state, number == 0 or moves[state][path[number - 1]][1]) for number, state in enumerate(path)]


def _cheapest(best: list[float], moves: list[tuple[float, bool]]) -> int:
    return max(range(len(best)), key=lambda before: best[before] - moves[before][0])


def _step(columns: list[Column], before: int, to: int) -> tuple[float, bool]:
    """What it costs to go from one column to another, and whether that begins a new row."""
    if before == to:
        return (1.0 if to == 0 else _LONGER.get(columns[to - 1], _LONGER_OTHER), False)
    if to == 0:
        return (_missing(columns[before:]), True)
    if before < to:
        return (_missing(columns[before : to - 1]), before == 0)
    return (_missing(columns[before:]) + _missing(columns[: to - 1]), True)


def _rows(body: _Body, path: list[tuple[int, bool]], columns: list[Column], reading: Reading) -> list[RawRow]:
    headings = Headings()
    rows: list[RawRow] = []
    cells: dict[int, list[Line]] = {}

    def close() -> None:
        if not cells:
            return
        row = _row(cells, columns, headings)
        if row.content:
            rows.append(row)
            headings.is_fresh = False
        else:
            words = "；".join(line.text for lines in cells.values() for line in lines)
            reading.remark("line-not-read", f"没有读作任务：{shortened(words, 60)}")
        cells.clear()

    for line, (state, begins) in zip(body.lines, path, strict=True):
        if begins or state == 0:
            close()
        if state == 0:
            headings.enter(line.text)
        else:
            cells.setdefault(state, []).append(line)
    close()
    return rows


def _row(cells: dict[int, list[Line]], columns: list[Column], headings: Headings) -> RawRow:
    by_column: dict[Column, list[Line]] = {}
    for state, lines in sorted(cells.items()):
        by_column.setdefault(columns[state - 1], []).extend(lines)

    def text(column: Column, joint: str = "\n") -> str:
        return joint.join(line.text for line in by_column.get(column, []))

    own = [headings.spelled(line.text) for line in by_column.get(Column.CATEGORY, [])]
    category, subcategory = as_category([*headings.levels(), *own])
    title, content = without_number(text(Column.TITLE, "")), text(Column.CONTENT)
    if not content:
        title, content = "", text(Column.TITLE)
    place = (by_column.get(Column.CONTENT) or by_column.get(Column.TITLE) or next(iter(cells.values())))[0]
    return RawRow(
        category=category,
        subcategory=subcategory,
        title=title or title_of(content),
        content=content,
        units=[(column, text(column)) for column in UNIT_COLUMNS if column in by_column],
        due=text(Column.DUE),
        row=place.row,
        column=place.column,
        paragraph=place.row if place.grid is None else None,
        grid=place.grid,
        places={
            column: [line.place for line in lines if line.grid == place.grid] for column, lines in by_column.items()
        },
    )


def _rows_before(rows: list[RawRow], lines: list[Line], place: int) -> int:
    if place >= len(lines):
        return len(rows)
    return sum((row.grid or 0, row.row) < (lines[place].grid or 0, lines[place].row) for row in rows)
