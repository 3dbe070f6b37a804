"""Prose plans (叙述式方案): tasks in numbered paragraphs, their units in brackets after them or on a line below.

一、 is a category, （一） a subcategory, and the lowest heading over a paragraph its title; a paragraph with several
brackets holds several tasks, since each bracket assigns the sentences before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.headings import as_category
from taizhang.plans.importing.lines import is_filled_in, is_furniture, is_title
from taizhang.plans.importing.numbering import level, title_of, without_number
from taizhang.plans.importing.phrases import Assigning, assigned, assigning_line, leading_unit
from taizhang.plans.importing.raw import Line, RawRow, Reading, shortened

_HEADING_LIMIT = 50
# Headings down to （一） group tasks; deeper ones are tasks.
_GROUPING = 2
# The depth of a paragraph that bears no number: below them all.
_UNNUMBERED = 9


@dataclass
class _Heading:
    """A numbered line without a sentence below it so far."""

    depth: int
    line: Line
    is_used: bool = False

    @property
    def text(self) -> str:
        return self.line.text.rstrip("。：:")


@dataclass
class _Item:
    """A paragraph of the plan, or several, before what they share is known."""

    path: tuple[str, ...]
    depth: int
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    found: list[Assigning] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    @property
    def is_assigned(self) -> bool:
        return any(found.units for found in self.found)

    def take(self, other: "_Item") -> None:
        """Go on with another paragraph."""
        self.parts.extend(other.parts)
        self.lines.extend(other.lines)
        self.found.extend(other.found)


def read_prose(lines: Sequence[Line], reading: Reading) -> list[RawRow]:
    """The tasks of a plan written in paragraphs; none where no paragraph says who does it."""
    plan = _Plan()
    for line in lines:
        if not (is_furniture(line.text) or is_filled_in(line.text)):
            plan.add(line)
    plan.close(0)
    sections = [section for section in _sections(plan.items) if any(item.is_assigned for item in section)]
    is_deep = any(len(item.path) > 1 or item.depth != _UNNUMBERED for section in sections for item in section)
    rows = [row for section in sections for row in _assigned(section, is_deep=is_deep)]
    if rows:
        _report(plan.items, rows, reading)
    return rows


@dataclass
class _Plan:
    """The plan as its lines come by: the headings in force and the items under them."""

    headings: list[_Heading] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)

    def add(self, line: Line) -> None:
        assigning = assigning_line(line.text)
        if assigning is not None:
            self._assign(assigning, line)
            return
        depth = level(line.text)
        if depth is not None:
            self.close(depth)
        if depth is not None and _is_heading(line.text):
            self.headings.append(_Heading(depth, line))
            return
        for heading in self.headings:
            heading.is_used = True
        self.items.extend(_cut(line, self._path(), _UNNUMBERED if depth is None else depth))

    def close(self, depth: int) -> None:
        """End the headings at a depth and below it; one with nothing under it was a task in one line."""
        while self.headings and self.headings[-1].depth >= depth:
            heading = self.headings.pop()
            if not heading.is_used:
                self._make_item(heading)

    def _make_item(self, heading: _Heading) -> None:
        for above in self.headings:
            above.is_used = True
        self.items.append(_Item(self._path(), heading.depth, [heading.line.text], [heading.line]))

    def _path(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.headings)

    def _assign(self, assigning: Assigning, line: Line) -> None:
        """A line of labels belongs to the paragraph before it, or to the heading if there is none between."""
        if self.headings and not self.headings[-1].is_used:
            self._make_item(self.headings.pop())
        if self.items:
            self.items[-1].found.append(assigning)
            self.items[-1].lines.append(line)


def _is_heading(text: str) -> bool:
    if len(text) > _HEADING_LIMIT or any(mark in text.rstrip("。：:") for mark in "。；;"):
        return False
    return not assigned(text) and leading_unit(without_number(text)) is None


def _cut(line: Line, path: tuple[str, ...], depth: int) -> list[_Item]:
    """One item a paragraph, or one a bracket where several assign its sentences."""
    if depth != _UNNUMBERED and not assigned(line.text) and (unit := leading_unit(without_number(line.text))):
        return [_Item(path, depth, [line.text], [line], [Assigning(0, 0, (unit,))])]
    items: list[_Item] = []
    start = 0
    for assigning in assigned(line.text):
        items.append(_Item(path, depth, [line.text[start : assigning.end].strip()], [line], [assigning]))
        start = assigning.end
    if line.text[start:].strip(" 。；;"):
        items.append(_Item(path, depth, [line.text[start:].strip()], [line]))
    return items


def _sections(items: list[_Item]) -> list[list[_Item]]:
    """Items that follow one another under the same headings."""
    sections: list[list[_Item]] = []
    for item in items:
        if sections and sections[-1][-1].path == item.path:
            sections[-1].append(item)
        else:
            sections.append([item])
    return sections


def _assigned(section: list[_Item], *, is_deep: bool) -> list[RawRow]:
    """One task an item; but items of which the last alone is assigned are one task under their heading."""
    if section[0].path and len(section) > 1 and [item.is_assigned for item in section].index(True) == len(section) - 1:
        whole = _Item(section[0].path, _UNNUMBERED)
        for item in section:
            whole.take(item)
        row = _row(whole, takes_heading=True)
        if (numbered := sum(item.depth != _UNNUMBERED for item in section)) > 1:
            row.remark("units-for-several", f"{numbered} 段共用最后写的责任单位，请核对", "assignees")
        return [row]
    merged: list[_Item] = []
    for item in section:
        # A paragraph without number or units goes on with the one before, or leads up to the one after.
        if merged and not item.is_assigned and item.depth == _UNNUMBERED:
            merged[-1].take(item)
        else:
            merged.append(item)
    if len(merged) > 1 and not merged[0].is_assigned and merged[0].depth == _UNNUMBERED:
        merged.pop(0)
    alone = len(merged) == 1 and merged[0].depth == _UNNUMBERED
    return [_row(item, takes_heading=alone and (len(item.path) > 1 or not is_deep)) for item in merged]


def _row(item: _Item, *, takes_heading: bool) -> RawRow:
    headings = list(item.path)
    title = title_of(_unassigned(item))
    if takes_heading and headings:
        title = without_number(headings[-1])
        if (level(headings[-1]) or 0) >= _GROUPING or len(headings) > 1:
            headings.pop()
    category, subcategory = as_category(headings[:2])
    first = item.lines[0]
    places = [line.place for line in item.lines if line.grid == first.grid]
    return RawRow(
        category=category,
        subcategory=subcategory,
        title=title,
        content=item.text,
        units=[words for found in item.found for words in found.units],
        due="；".join(found.due for found in item.found if found.due),
        row=first.row,
        column=first.column,
        paragraph=first.row if first.grid is None else None,
        grid=first.grid,
        places={Column.TITLE: places[:1], Column.CONTENT: places, Column.UNITS: places[-1:]},
    )


def _unassigned(item: _Item) -> str:
    """The text of an item before what assigns it, which is no part of a title."""
    text = item.parts[0]
    if any(found.end == 0 for found in item.found):
        return re.split("[:：]", text, maxsplit=1)[-1].strip()
    found = assigned(text)
    return text[: found[0].start].strip() or text if found else text


def _report(items: list[_Item], rows: list[RawRow], reading: Reading) -> None:
    """Numbered paragraphs that nobody is assigned to, beside those that somebody is."""
    read = {place for row in rows for place in row.places[Column.CONTENT]}
    depths = {level(row.content) for row in rows} - {None}
    for item in items:
        if item.depth in depths and not item.found and item.lines[0].place not in read and not is_title(item.text):
            reading.remark("prose-not-read", f"这一段没有写责任单位，没有读作任务：{shortened(item.text, 40)}")
