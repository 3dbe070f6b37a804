"""Limits (上限): what a document of a district's work never reaches; past them a file is refused, not read in part."""

from taizhang.documents.grid import Document, Grid
from taizhang.documents.unreadable import Unreadable

MAXIMUM_ROWS = 10_000
MAXIMUM_COLUMNS = 200
MAXIMUM_PARAGRAPHS = 10_000
# Places a table covers, merged or not: each is looked up in memory.
MAXIMUM_PLACES = 300_000
# Excel's own limit of characters in a cell.
MAXIMUM_CELL = 32_767
MAXIMUM_TEXT = 3_000_000


def too_wide(where: str) -> Unreadable:
    """The refusal of a table with more columns than any breakdown has."""
    return Unreadable("document-too-wide", f"{where}超过 {MAXIMUM_COLUMNS} 列，不像任务分解表，请删去多余的列后再导入")


def too_long(where: str) -> Unreadable:
    """The refusal of a table with more rows than any breakdown has."""
    return Unreadable("document-too-long", f"{where}超过 {MAXIMUM_ROWS} 行，不像任务分解表，请删去多余的行后再导入")


def require_bounds(document: Document) -> Document:
    """The document, if every part of it is of a size that can be read and shown.

    Raises:
        Unreadable: ``document-too-long``, ``-too-wide``, ``-cell-too-long``, ``-too-large``.
    """
    if len(document.paragraphs) > MAXIMUM_PARAGRAPHS:
        raise Unreadable("document-too-long", f"文件超过 {MAXIMUM_PARAGRAPHS} 段，不像任务分解表")
    for text in document.paragraphs:
        require_length(text, "有一段文字")
    total = sum(map(len, document.paragraphs))
    places = 0
    around = {grid.within for grid in document.grids}
    for number, grid in enumerate(document.grids):
        where = f"工作表“{grid.name}”" if grid.name else f"第 {number + 1} 个表格"
        places += _places(grid, where)
        # A cell around another table repeats the whole of it.
        for cell in grid.cells if number not in around else ():
            require_length(cell.text, f"{where}第 {cell.row + 1} 行有一格")
        total += sum(len(cell.text) for cell in grid.cells if grid.within is None)
    if places > MAXIMUM_PLACES or total > MAXIMUM_TEXT:
        raise Unreadable("document-too-large", "文件内容过多，不像任务分解表，请只留下分解表后再导入")
    return document


def require_length(text: str, where: str) -> None:
    """Refuse a text longer than a cell can hold."""
    if len(text) > MAXIMUM_CELL:
        raise Unreadable("document-cell-too-long", f"{where}超过 {MAXIMUM_CELL} 字，请检查是不是粘贴错了")


def _places(grid: Grid, where: str) -> int:
    if grid.row_count > MAXIMUM_ROWS:
        raise too_long(where)
    if grid.column_count > MAXIMUM_COLUMNS:
        raise too_wide(where)
    return sum(cell.row_span * cell.column_span for cell in grid.cells)
