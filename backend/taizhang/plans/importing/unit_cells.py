"""Cells of units (责任单位一格): labels, marks and 同上 in them, before any name is looked up."""

import re

from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.phrases import labelled, parsed, unlabelled
from taizhang.plans.importing.raw import RawRow

_BLANK = re.compile(r"[/／\\\\\-—–－\s]+|无")
_DITTO = re.compile(r"同上.{0,4}|同前|[〃″\"”]|''")
_MARKED_LEAD = re.compile(r"牵头|主办|主责|主")
_MARKED_SUPPORT = re.compile(r"配合|协办|会办|协助|参与|协|配")
_LEAD_MARK = re.compile(
    r"(?:带|标|加|有|注|打|前|后).{0,3}?[“\"（(]?(?P<mark>[*＊★☆▲△●◆■#])[”\"）)]?[^，,。；;]{0,8}(?:为|是|系|表示)[^，,。；;]{0,4}牵头"
)
_SEPARATOR = re.compile(r"([、,，;；\n]+)")


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing but a stroke: /, —, 无."""
    return bool(_BLANK.fullmatch(text))


def is_ditto(text: str) -> bool:
    """Whether a cell says that it is the same as the one above: 同上, 〃."""
    return bool(_DITTO.fullmatch(text.strip()))


def marked(mark: str, column: Column) -> Column:
    """What a mark under a unit's own heading says of its part: 牵头, 配合, or √ for the column's."""
    if _MARKED_LEAD.search(mark):
        return Column.LEAD
    return Column.SUPPORT if _MARKED_SUPPORT.search(mark) else column


def lead_mark(text: str) -> str | None:
    """The mark that a document says its leading units bear.

    >>> lead_mark("注：标★的为牵头单位。")
    '★'
    """
    found = _LEAD_MARK.search(text)
    return found["mark"] if found else None


def cell_units(text: str, column: Column, mark: str | None) -> tuple[list[tuple[Column, str]], str]:
    """The words of a cell by column, and a deadline labelled in it: 牵头单位：甲\\n配合单位：乙\\n完成时限：年底."""
    label, rest = unlabelled(text)
    if label is column and labelled(rest) is None:
        text = rest
    elif labelled(text) is not None:
        units, due = parsed(text)
        return list(units), due
    if mark is not None and mark in text:
        return _by_mark(text, column, mark), ""
    return [(column, text)], ""


def _by_mark(text: str, column: Column, mark: str) -> list[tuple[Column, str]]:
    names = [name for name in _SEPARATOR.split(text) if name and not _SEPARATOR.fullmatch(name)]
    leading = [name.replace(mark, "").strip() for name in names if mark in name]
    others = [name.strip() for name in names if mark not in name]
    parts = ((Column.LEAD, "、".join(leading)), (column, "、".join(others)))
    return [(named, words) for named, words in parts if words]


def extend_units(row: RawRow, more: list[tuple[Column, str]]) -> None:
    for column, words in more:
        place = next((n for n, (above, _) in enumerate(row.units) if above is column), None)
        if place is None:
            row.units.append((column, words))
        else:
            joint = "" if re.search(r"[、，,；;和及与]$", row.units[place][1]) or words[:1] in "、，,；;" else "\n"
            row.units[place] = (column, f"{row.units[place][1]}{joint}{words}")
