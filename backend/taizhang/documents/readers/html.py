"""Web pages (网页): the tables of a page with their spans, and its paragraphs."""

import re
from collections.abc import Iterable
from typing import Any

import lxml.html
from lxml.html import HtmlElement

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.readers.text import decode
from taizhang.documents.words import clean

MAXIMUM_SPAN = 500
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030"}
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
SKIPPED = {"script", "style", "noscript", "template", "head"}


def read(data: bytes) -> Document:
    """Innermost tables become grids, so that a layout table around the real one does no harm."""
    root: HtmlElement = lxml.html.document_fromstring(_text(data))
    _drop(root.iter(*SKIPPED))
    tables = [table for table in root.iter("table") if table.find(".//table") is None]
    grids = tuple(grid for table in tables if (grid := _grid(table)).cells)
    _drop(tables)
    paragraphs = tuple(line for line in _words(root).split("\n") if line)
    return Document("html", paragraphs, grids)


def _drop(elements: Iterable[Any]) -> None:
    for element in list(elements):
        element.drop_tree()


def _text(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    # Pages declared gb2312 hold characters of gb18030 all the time.
    if declared and declared[1].decode("ascii").lower() in _CHINESE:
        text = data.decode("gb18030", errors="replace")
    else:
        text = decode(data)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _grid(table: HtmlElement) -> Grid:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for element in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            tall, wide = _span(element, "rowspan"), _span(element, "colspan")
            taken.update((r, c) for r in range(row, row + tall) for c in range(column, column + wide))
            cells.append(Cell(_words(element), row, column, tall, wide))
            column += wide
    return Grid(tuple(cell for cell in cells if cell.text))


def _span(element: HtmlElement, name: str) -> int:
    value = element.get(name, "1").strip()
    return min(max(int(value), 1), MAXIMUM_SPAN) if value.isdigit() else 1


def _words(element: HtmlElement) -> str:
    pieces: list[str] = []

    def walk(node: HtmlElement) -> None:
        if not isinstance(node.tag, str):
            pieces.append(node.tail or "")
            return
        block = node.tag in BLOCKS
        pieces.append(("\n" if block else "") + re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            walk(child)
        pieces.append(("\n" if block else "") + re.sub(r"\s+", " ", node.tail or ""))

    walk(element)
    return clean("".join(pieces))
