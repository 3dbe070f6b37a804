"""Word documents: body paragraphs and tables with both kinds of merge."""

import io
from collections.abc import Iterator

import docx
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.words import clean


def read(data: bytes) -> Document:
    """Each table is a grid; a table nested in a cell is read as that cell's text."""
    source = docx.Document(io.BytesIO(data))
    paragraphs: list[str] = []
    grids: list[Grid] = []
    for item in source.iter_inner_content():
        if isinstance(item, Paragraph):
            paragraphs.extend(line for line in clean(item.text).split("\n") if line)
        else:
            grids.append(_grid(item))
    return Document("docx", tuple(paragraphs), tuple(grid for grid in grids if grid.cells))


def _grid(table: Table) -> Grid:
    spans: dict[int, tuple[_Cell, list[tuple[int, int]]]] = {}
    for number, row in enumerate(table.rows):
        column = row.grid_cols_before
        for cell in row.cells:
            # A merged cell is one XML element seen at every place it covers.
            spans.setdefault(id(cell._tc), (cell, []))[1].append((number, column))
            column += 1
    return Grid(tuple(cell for source, places in spans.values() if (cell := _merged(source, places)).text))


def _merged(source: _Cell, places: list[tuple[int, int]]) -> Cell:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return Cell(
        clean("\n".join(_texts(source))),
        min(rows),
        min(columns),
        max(rows) - min(rows) + 1,
        max(columns) - min(columns) + 1,
    )


def _texts(cell: _Cell) -> Iterator[str]:
    for item in cell.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        else:
            for row in item.rows:
                seen: set[int] = set()
                for inner in row.cells:
                    if id(inner._tc) not in seen:
                        seen.add(id(inner._tc))
                        yield from _texts(inner)
