"""Prose plans (叙述式方案): tasks in numbered paragraphs, their units in brackets after them or on a line below.

一、 is a category, （一） a subcategory, and the lowest heading over a paragraph its title; a paragraph with several
brackets holds several tasks, since each bracket assigns the sentences before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.headings import as_category
from taizhang.plans.importing.lines import is_filled_in, is_furniture, is_title
from taizhang.plans.importing.numbering import level, title_of, without_number
from taizhang.plans.importing.phrases import Assigning, bracketed, labelled
from taizhang.plans.importing.raw import Line, RawRow, Reading, shortened

_HEADING_LIMIT = 50
# The depth of a paragraph that bears no number: below them all.
_UNNUMBERED = 9


@dataclass
class _Item:
    """A paragraph of the plan, or several, before what they share is known."""

    path: tuple[tuple[int, str], ...]
    depth: int
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    found: list[Assigning] = field(default_factory=list)
    title: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.parts)


def read_prose(lines: Sequence[Line], reading: Reading) -> list[RawRow]:
    """The tasks of a plan written in paragraphs; none where no paragraph says who does it."""
    items = _items(lines)
    rows: list[RawRow] = []
    for section in _sections(items):
        if any(item.found for item in section):
            rows.extend(_assigned(section))
    if rows:
        _report(items, rows, reading)
    return rows


def _items(lines: Sequence[Line]) -> list[_Item]:
    path: list[tuple[int, str]] = []
    items: list[_Item] = []
    for line in lines:
        if is_furniture(line.text) or is_filled_in(line.text):
            continue
        depth = level(line.text)
        heading = _is_heading(line.text, depth)
        if depth is not None:
            while path and path[-1][0] >= depth:
                path.pop()
        if heading and depth is not None:
            path.append((depth, line.text.rstrip("。：:")))
            continue
        assigning = labelled(line.text)
        if assigning is not None and assigning.start == 0 and items and items[-1].path == tuple(path):
            items[-1].found.append(assigning)
            items[-1].lines.append(line)
            continue
        items.extend(_cut(line, tuple(path), _UNNUMBERED if depth is None else depth))
    return items


def _is_heading(text: str, depth: int | None) -> bool:
    if depth is None or len(text) > _HEADING_LIMIT or any(mark in text.rstrip("。：:") for mark in "。；;"):
        return False
    return not bracketed(text) and labelled(text) is None


def _cut(line: Line, path: tuple[tuple[int, str], ...], depth: int) -> list[_Item]:
    """One item a paragraph, or one a bracket where several assign its sentences."""
    inline = labelled(line.text)
    if inline is not None:
        return [_Item(path, depth, [line.text], [line], [inline])]
    found = bracketed(line.text)
    items: list[_Item] = []
    start = 0
    for assigning in found:
        items.append(_Item(path, depth, [line.text[start : assigning.end].strip()], [line], [assigning]))
        start = assigning.end
    rest = line.text[start:].strip(" 。；;")
    if rest:
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


def _assigned(section: list[_Item]) -> list[RawRow]:
    """One task an item; but items of which the last alone is assigned are one task under their heading."""
    assigned = [item for item in section if item.found]
    if section[0].path and len(section) > 1 and len(assigned) == 1 and assigned[0] is section[-1]:
        whole = _Item(section[0].path, section[0].depth, found=section[-1].found)
        for item in section:
            whole.parts.extend(item.parts)
            whole.lines.extend(item.lines)
        row = _row(whole, shares_heading=True)
        numbered = sum(item.depth != _UNNUMBERED for item in section)
        if numbered > 1:
            row.remark("units-for-several", f"{numbered} 段共用最后写的责任单位，请核对", "assignees")
        return [row]
    merged: list[_Item] = []
    for item in section:
        # A paragraph without number or units goes on with the one before, or leads up to the one after.
        if merged and not item.found and item.depth == _UNNUMBERED:
            merged[-1].parts.extend(item.parts)
            merged[-1].lines.extend(item.lines)
        else:
            merged.append(item)
    if len(merged) > 1 and not merged[0].found and merged[0].depth == _UNNUMBERED:
        merged.pop(0)
    return [_row(item, shares_heading=len(merged) == 1) for item in merged]


def _row(item: _Item, *, shares_heading: bool) -> RawRow:
    headings = [heading for _, heading in item.path]
    title = without_number(headings.pop()) if shares_heading and headings else title_of(_unassigned(item))
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
    found = bracketed(text) or ([inline] if (inline := labelled(text)) else [])
    return text[: found[0].start].strip() or text if found else text


def _report(items: list[_Item], rows: list[RawRow], reading: Reading) -> None:
    """Numbered paragraphs that nobody is assigned to, beside those that somebody is."""
    read = {place for row in rows for place in row.places[Column.CONTENT]}
    depths = {level(row.content) for row in rows} - {None}
    for item in items:
        if item.depth in depths and not item.found and item.lines[0].place not in read and not is_title(item.text):
            reading.remark("prose-not-read", f"这一段没有写责任单位，没有读作任务：{shortened(item.text, 40)}")
