"""Web pages (网页), those saved by Word, Excel and WPS too: the tables with their spans, and the paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from taizhang.documents.encodings import decode
from taizhang.documents.grid import Document, Grid
from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS
from taizhang.documents.readers.layout import Layout
from taizhang.documents.readers.text import require_size
from taizhang.documents.unreadable import Unreadable
from taizhang.documents.words import clean, writable

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
BLOCKS = {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "hr"}
BLOCKS |= {"ul", "ol", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "center", "blockquote", "pre"}
SKIPPED = {"script", "style", "noscript", "template", "head", "title", "option", "select", "textarea", "button", "rt"}


def read(data: bytes) -> Document:
    """Every table is a grid, one nested in a cell both a grid of its own and that cell's text.

    Raises:
        Unreadable: ``document-too-complex``, ``-too-long``, ``-too-wide``, ``-encoding``, ``-too-large``.
    """
    require_size(data)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    root: HtmlElement = lxml.html.document_fromstring(_text(data), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable("document-too-complex", "网页嵌套层数过多，读不全，请只留下分解表另存后再导入")
    page = _Page()
    page.walk(root)
    return Document("html", tuple(page.paragraphs), tuple(grid for grid in page.grids if grid is not None))


def _text(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in _CHINESE:
        try:
            # Pages declared gb2312 hold characters of gb18030 all the time; some are UTF-8 all the same.
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = decode(data, tolerant=True)
        else:
            text = _as_utf8(data) or text
    else:
        text = decode(data, tolerant=bool(name))
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", writable(text))


def _as_utf8(data: bytes) -> str | None:
    """Valid UTF-8 with Chinese in it is hardly ever anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if re.search(r"[\u4e00-\u9fff]{2}", text) else None


@dataclass
class _Page:
    """The page as it is walked: paragraphs outside tables, and grids in the order in which they open."""

    paragraphs: list[str] = field(default_factory=list)
    grids: list[Grid | None] = field(default_factory=list)
    _loose: list[str] = field(default_factory=list)

    def walk(self, root: HtmlElement) -> None:
        self._outside(root)
        self._close_paragraph()

    def _outside(self, node: HtmlElement) -> None:
        for kind, item in _contents(node):
            if kind == "text":
                self._loose.append(str(item))
            elif kind == "block":
                self._loose.append("\n")
            elif isinstance(item, HtmlElement) and item.tag == "table":
                self._close_paragraph()
                self._table(item, None)
            elif isinstance(item, HtmlElement):
                self._outside(item)

    def _close_paragraph(self) -> None:
        self.paragraphs.extend(line for line in clean("".join(self._loose)).split("\n") if line)
        self._loose = []

    def _table(self, table: HtmlElement, within: int | None) -> str:
        number = len(self.grids)
        self.grids.append(None)
        layout = Layout(f"第 {number + 1} 个表格")
        captions: list[str] = []
        for line in _rows(table):
            if not isinstance(line, list):
                captions.append(self._cell(line, number))
                continue
            layout.next_row()
            for element in line:
                layout.place(self._cell(element, number), _tall(element), _wide(element))
        if within is None:
            self.paragraphs.extend(line for caption in captions for line in caption.split("\n") if line)
        cells = layout.closed()
        if cells:
            self.grids[number] = Grid(cells, width=layout.width, after=len(self.paragraphs), within=within)
        else:
            # Nothing stands within an empty table: the numbers of the grids after it move up.
            self.grids.pop(number)
        return "\n".join([*captions, *(cell.text for cell in cells)])

    def _cell(self, node: HtmlElement, number: int) -> str:
        """A cell's text; what stands beside a table nested in it is also a paragraph of the page, in order."""
        pieces: list[str] = []
        said = 0

        def say() -> None:
            nonlocal said
            self._loose = ["".join(pieces[said:])]
            self._close_paragraph()

        def inside(node: HtmlElement) -> None:
            nonlocal said
            for kind, item in _contents(node):
                if kind == "text":
                    pieces.append(str(item))
                elif kind == "block":
                    pieces.append("\n")
                elif isinstance(item, HtmlElement) and item.tag == "table":
                    say()
                    pieces.append(f"\n{self._table(item, number)}\n")
                    said = len(pieces)
                elif isinstance(item, HtmlElement):
                    inside(item)

        inside(node)
        if said:
            say()
        return clean("".join(pieces))


def _contents(node: HtmlElement) -> Iterator[tuple[str, HtmlElement | str]]:
    """What a node holds in order: its text, the breaks its blocks make, its visible elements."""
    if node.text:
        yield "text", _spaced(node, node.text)
    for child in node:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and not _is_hidden(child):
            block = child.tag in BLOCKS
            if block:
                yield "block", ""
            yield "element", child
            if block:
                yield "block", ""
        if child.tail:
            yield "text", _spaced(node, child.tail)


def _spaced(node: HtmlElement, text: str) -> str:
    return text if node.tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _rows(node: HtmlElement) -> Iterator[list[HtmlElement] | HtmlElement]:
    """The rows of one table, not of those nested in it; captions as elements."""
    loose: list[HtmlElement] = []
    for child in node:
        if not isinstance(child.tag, str) or _is_hidden(child):
            continue
        if child.tag in ("td", "th"):
            loose.append(child)
            continue
        if loose:
            yield loose
            loose = []
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th") and not _is_hidden(cell)]
        elif child.tag == "caption":
            yield child
        elif child.tag not in SKIPPED and child.tag != "table":
            yield from _rows(child)
    if loose:
        yield loose


def _wide(element: HtmlElement) -> int:
    return min(_span(element, "colspan") or 1, MAXIMUM_COLUMNS + 1)


def _tall(element: HtmlElement) -> int:
    """A rowspan of 0 reaches to the end of the table."""
    span = _span(element, "rowspan")
    return MAXIMUM_ROWS if span == 0 else min(span or 1, MAXIMUM_ROWS)


def _span(element: HtmlElement, name: str) -> int | None:
    found = re.match(r"\s*(\d{1,9})", element.get(name, ""))
    return int(found[1]) if found else None
