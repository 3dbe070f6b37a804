"""Word documents (Word 文档): paragraphs and tables as they are shown, whichever program wrote them.

Insertions count and deletions do not; controls, links, fields and text boxes give their text; hidden text does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS, too_long, too_wide
from taizhang.documents.package import Element, Package, attribute, child, name_of
from taizhang.documents.readers.docx_numbers import Numbering
from taizhang.documents.unreadable import Unreadable
from taizhang.documents.words import clean

# Elements that stand around what they hold without changing it.
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"}
_WRAPPERS |= {"body", "document", "txbxContent", "AlternateContent", "Choice", "ruby", "rubyBase", "oMath", "oMathPara"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read(data: bytes) -> Document:
    """Every table is a grid, one nested in a cell both a grid of its own and that cell's text.

    Raises:
        Unreadable: ``document-damaged``, ``-too-complex``, ``-too-long``, ``-too-wide``.
    """
    package = Package(data)
    main = next((name for name in package.related("").values() if name.endswith(".xml") and "word/" in name), "")
    main = main if main in package.names else "word/document.xml"
    root = package.xml(main)
    if root is None:
        raise Unreadable("document-damaged", "文件里没有正文，请重新保存后再导入")
    reading = _Reading(Numbering.of(package, set(package.related(main).values())))
    for block in _blocks(root):
        reading.block(block)
    return Document("docx", tuple(reading.paragraphs), tuple(grid for grid in reading.grids if grid is not None))


def _blocks(node: Element) -> Iterator[Element]:
    """Paragraphs and tables below a node, through whatever wraps them."""
    for inner in node:
        name = name_of(inner)
        if name in ("p", "tbl"):
            yield inner
        elif name in _WRAPPERS:
            yield from _blocks(inner)


def _below(node: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through whatever wraps them."""
    for inner in node:
        if name_of(inner) == name:
            yield inner
        elif name_of(inner) in _WRAPPERS:
            yield from _below(inner, name)


@dataclass
class _Open:
    """A cell that may still grow downwards."""

    text: str
    row: int
    column: int
    column_span: int
    row_span: int = 1


@dataclass
class _Reading:
    numbering: Numbering
    paragraphs: list[str] = field(default_factory=list)
    grids: list[Grid | None] = field(default_factory=list)

    def block(self, block: Element) -> None:
        """A paragraph or a table of the body."""
        if name_of(block) == "tbl":
            self._table(block, None)
            return
        text, boxes = self._paragraph(block)
        self.paragraphs.extend(line for line in clean(text).split("\n") if line)
        for box in boxes:
            for inner in _blocks(box):
                self.block(inner)

    def _paragraph(self, paragraph: Element) -> tuple[str, list[Element]]:
        boxes: list[Element] = []
        text = "".join(_words(paragraph, boxes))
        label = self.numbering.label(paragraph)
        return f"{label}{text}", boxes

    def _table(self, table: Element, within: int | None) -> str:
        number = len(self.grids)
        self.grids.append(None)
        where = f"第 {number + 1} 个表格"
        cells: list[_Open] = []
        growing: dict[int, _Open] = {}
        row_number = 0
        width = 0
        for row in _below(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            if row_number >= MAXIMUM_ROWS:
                raise too_long(where)
            growing, end = self._row(row, row_number, number, growing, cells)
            if end > MAXIMUM_COLUMNS:
                raise too_wide(where)
            width = max(width, end)
            row_number += 1
        filled = tuple(Cell(c.text, c.row, c.column, c.row_span, c.column_span) for c in cells if c.text)
        if filled:
            self.grids[number] = Grid(filled, width=width, after=len(self.paragraphs), within=within)
        else:
            self.grids.pop(number)
        return "\n".join(cell.text for cell in filled)

    def _row(
        self, row: Element, row_number: int, grid: int, above: dict[int, _Open], cells: list[_Open]
    ) -> tuple[dict[int, _Open], int]:
        """Place a row's cells; those it leaves open to the row below, and the column it ends before."""
        growing: dict[int, _Open] = {}
        column = _count(attribute(child(row, "trPr", "gridBefore"), "val"), 0)
        before: _Open | None = None
        for element in _below(row, "tc"):
            properties = child(element, "tcPr")
            span = max(_count(attribute(child(properties, "gridSpan"), "val"), 1), 1)
            if _merge(properties, "hMerge") == "continue" and before is not None:
                before.column_span += span
                column += span
                continue
            upward = above.get(column) if _merge(properties, "vMerge") == "continue" else None
            if upward is not None:
                upward.row_span = row_number - upward.row + 1
                cell = upward
            else:
                cell = _Open(self._cell(element, grid), row_number, column, span)
                cells.append(cell)
            if _merge(properties, "vMerge") is not None:
                growing[column] = cell
            before = cell
            column += span
        return growing, column

    def _cell(self, element: Element, grid: int) -> str:
        """A cell's text; what stands beside a table nested in it is also a paragraph of the document, in order."""
        pieces: list[str] = []
        said = 0
        for block in _blocks(element):
            if name_of(block) == "tbl":
                self._say(pieces[said:])
                pieces.append(self._table(block, grid))
                said = len(pieces)
                continue
            text, boxes = self._paragraph(block)
            pieces.append(text)
            pieces.extend(self._cell(box, grid) for box in boxes)
        if said:
            self._say(pieces[said:])
        return clean("\n".join(pieces))

    def _say(self, texts: list[str]) -> None:
        self.paragraphs.extend(line for line in clean("\n".join(texts)).split("\n") if line)


def _merge(properties: Element | None, name: str) -> str | None:
    merged = child(properties, name)
    return None if merged is None else attribute(merged, "val") or "continue"


def _count(text: str | None, default: int) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text[:9]), MAXIMUM_COLUMNS + 1)


def _words(node: Element, boxes: list[Element]) -> Iterator[str]:
    """The text of a paragraph in order; text boxes are put aside."""
    for inner in node:
        name = name_of(inner)
        if name == "r":
            if child(inner, "rPr", "vanish") is None:
                yield from _words(inner, boxes)
        elif name == "t":
            yield inner.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _symbol(inner)
        elif name in ("drawing", "pict", "object"):
            boxes.extend(_boxes(inner))
        elif name in _WRAPPERS:
            yield from _words(inner, boxes)


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    # Symbol fonts live in the private area: what they show cannot be told from the code.
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _boxes(node: Element) -> Iterator[Element]:
    for inner in node:
        if name_of(inner) == "txbxContent":
            yield inner
        else:
            yield from _boxes(inner)
