"""Cards (一事一表): a table a task, each heading beside its words: 任务名称 | …  责任单位 | …"""

from collections.abc import Iterator

from taizhang.documents.grid import Cell, Grid
from taizhang.plans.importing.headers import TEXT_COLUMNS, UNIT_COLUMNS, Column, meaning
from taizhang.plans.importing.numbering import title_of, without_number
from taizhang.plans.importing.raw import RawRow, Reading, shortened

_UNREAD = (Column.STATUS, Column.PEOPLE, Column.NOTE)


def is_card(grid: Grid) -> bool:
    """Whether every row is headings with their words beside them, of a task and of units among them."""
    named: set[Column] = set()
    rows = 0
    for row in range(grid.row_count):
        if len(_own(grid, row)) < 2:
            continue
        pairs = _pairs(grid, row)
        if not pairs:
            return False
        named.update(column for column, _, _ in pairs)
        rows += 1
    return rows > 1 and bool(named & set(TEXT_COLUMNS)) and bool(named & set(UNIT_COLUMNS))


def _own(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.row_cells(row) if cell.row == row]


def _pairs(grid: Grid, row: int) -> list[tuple[Column, str, Cell | None]]:
    """The headings of a row with the cell beside each; none if the row is not made of such pairs."""
    cells = _own(grid, row)
    if meaning(cells[0].text) is None:
        return []
    pairs: list[tuple[Column, str, Cell | None]] = []
    for cell in cells:
        column = meaning(cell.text)
        if column is not None:
            pairs.append((column, cell.text, None))
        elif pairs[-1][2] is None:
            pairs[-1] = (*pairs[-1][:2], cell)
        else:
            return []
    return pairs if any(cell is not None for _, _, cell in pairs) else []


def read_cards(grid: Grid, index: int, reading: Reading, category: tuple[str, str | None]) -> list[RawRow]:
    """The tasks of a grid of cards: one begins where a heading comes again."""
    rows: list[RawRow] = []
    for card in _cards(grid):
        parts: dict[Column, list[Cell]] = {}
        for column, label, cell in card:
            if column in _UNREAD:
                reading.remark("column-not-read", f"“{shortened(label)}”没有读入：{shortened(cell.text, 30)}")
            parts.setdefault(column, []).append(cell)
        row = _row(parts, index, category)
        if row.content:
            rows.append(row)
        else:
            words = "；".join(cell.text for _, _, cell in card)
            reading.remark("line-not-read", f"没有任务，没有读入：{shortened(words, 60)}")
    return rows


def _cards(grid: Grid) -> Iterator[list[tuple[Column, str, Cell]]]:
    card: list[tuple[Column, str, Cell]] = []
    for row in range(grid.row_count):
        for column, label, cell in _pairs(grid, row) if len(_own(grid, row)) > 1 else ():
            if any(known == label for _, known, _ in card):
                yield card
                card = []
            if cell is not None:
                card.append((column, label, cell))
    if card:
        yield card


def _row(parts: dict[Column, list[Cell]], index: int, category: tuple[str, str | None]) -> RawRow:
    def text(column: Column) -> str:
        return "\n".join(cell.text for cell in parts.get(column, []))

    title, content = without_number(text(Column.TITLE).replace("\n", "")), text(Column.CONTENT)
    if not content:
        title, content = "", text(Column.TITLE)
    first = next(iter(parts.get(Column.CONTENT) or parts.get(Column.TITLE) or next(iter(parts.values()))))
    return RawRow(
        category=text(Column.CATEGORY) or category[0],
        subcategory=None if text(Column.CATEGORY) else category[1],
        title=title or title_of(content),
        content=content,
        units=[(column, cell.text) for column in UNIT_COLUMNS for cell in parts.get(column, [])],
        due=text(Column.DUE),
        row=first.row + 1,
        column=first.column + 1,
        grid=index,
        places={column: [(cell.row + 1, cell.column + 1) for cell in cells] for column, cells in parts.items()},
    )
