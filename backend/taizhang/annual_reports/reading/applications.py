"""Table 三 as published: rows found by their labels, columns by theirs, whatever the merges around them."""

from dataclasses import dataclass
from itertools import takewhile

from taizhang.annual_reports.forms.official import (
    CARRIED_IN,
    CARRIED_OUT,
    CLOSED,
    COLUMNS,
    OUTCOMES,
    RECEIVED,
    RESULT_BLOCKS_2021,
    ROW_LABELS,
)
from taizhang.annual_reports.reading.labels import Labels, plain
from taizhang.annual_reports.reading.sheets import Harvest, Problem, Sheet, Written
from taizhang.annual_reports.reading.values import is_valuelike
from taizhang.documents.grid import Cell

COLUMN_LABELS = Labels({name: key for key, name in COLUMNS} | {"合计": "total"})
OUTCOME_WORDS = {label for key, label in OUTCOMES if key != "total"}
FEWEST_COLUMNS = 5
FEWEST_ROWS = 5
MOST_LABELS = 8
MOST_PIECES = 4


def _row_labels() -> dict[str, str]:
    named = dict(zip(ROW_LABELS.values(), (RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT), strict=True))
    for number, (head, labels) in enumerate(RESULT_BLOCKS_2021, start=1):
        named |= {label: f"r3.{number}.{place}" for place, label in enumerate(labels, start=1)}
        if not labels:
            named[head] = f"r3.{number}"
    # A row of its own on the 2019 form only.
    named["（六）其他处理"] = "r3.6"
    # Names in use beside the official ones.
    return named | {"（七）合计": CLOSED, "本年新收": RECEIVED, "上年结转": CARRIED_IN, "结转下年度": CARRIED_OUT}


ROWS = Labels(_row_labels())
# Heads of blocks carry no number.
HEADS = Labels({head: head for head, labels in RESULT_BLOCKS_2021[:-1] if labels} | {"三、本年度办理结果": "三"})


@dataclass(frozen=True)
class Header:
    """The columns of the table in their order, and where each begins if the heads stand true to the rows."""

    order: tuple[str, ...]
    columns: dict[int, str]

    @property
    def start(self) -> int:
        return min(self.columns, default=-1)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table with its label end and its values."""

    row: int
    key: str
    label_end: int
    values: list[Cell]


def read(sheet: Sheet, inherited: Header | None) -> tuple[Harvest, Header | None]:
    """Read what a sheet has of table 三. A table cut in several keeps the header of its first piece."""
    lines = _lines(sheet)
    harvest = Harvest(rows=len(lines))
    if not lines:
        return harvest, inherited
    header = _header(sheet, lines[0].row) or inherited
    if header is None:
        if len(lines) >= FEWEST_ROWS:
            where = sheet.where(lines[0].row, 0)
            harvest.problems.append(
                Problem("columns-unknown", "表三找不到“自然人”“商业企业”等列名，无法对应各列", where=where)
            )
        return harvest, inherited
    shifts = _shifts(sheet, header, lines)
    for line in lines:
        _place(sheet, header, line, shifts, harvest)
    return harvest, header


def _lines(sheet: Sheet) -> list[Line]:
    found: list[Line] = []
    begun: list[Cell] = []
    for row, cells in sheet.rows():
        if _heads_columns(cells):
            continue
        labels = list(takewhile(lambda cell: not is_valuelike(cell.text), cells))
        if len(labels) > MOST_LABELS:
            continue
        key, used = _key(labels, begun)
        if key is None:
            begun = labels if len(labels) == len(cells) and any(ROWS.begins(cell.text) for cell in labels) else []
            continue
        if used == len(cells) and _goes_on(sheet, row, labels):
            begun = labels
            continue
        ends = [cell.column + cell.column_span for cell in (labels[:used] or begun)]
        found.append(Line(row, key, max(ends), cells[used:]))
        begun = []
    # 总计 and 其他 stand in many tables: alone they do not make one 表三.
    return found if any(line.key not in (CLOSED, "r3.6.3") for line in found) else []


def _heads_columns(cells: list[Cell]) -> bool:
    """Whether a row holds column names, of this table or of 表四, which has a 总计 too."""
    named = sum(1 for cell in cells if COLUMN_LABELS.exactly(cell.text))
    return named > 1 or any(plain(cell.text) in OUTCOME_WORDS for cell in cells)


def _key(labels: list[Cell], begun: list[Cell]) -> tuple[str | None, int]:
    """The row that labels name and how many of them do: whole before like, right before left, what the row above
    began included."""
    earlier = "".join(cell.text for cell in begun)
    for look in (ROWS.exactly, ROWS.find):
        for used in range(len(labels), 0, -1):
            starts = range(used - 1, max(used - 1 - MOST_PIECES, -1), -1)
            texts = ["".join(cell.text for cell in labels[start:used]) for start in starts]
            if earlier:
                texts.insert(0, earlier + "".join(cell.text for cell in labels[:used]))
            for text in texts:
                if HEADS.exactly(text) or not (found := look(text)):
                    continue
                # On the 2021 form （六）其他处理 is a head, and the row's own label stands right of it.
                if found != "r3.6" or used == len(labels):
                    return found, used
    return (ROWS.find(earlier), 0) if earlier and not labels else (None, 0)


def _goes_on(sheet: Sheet, row: int, labels: list[Cell]) -> bool:
    """Whether a label without values goes on in the next row, which has them."""
    following = sheet.by_row.get(row + 1, [])
    more = list(takewhile(lambda cell: not is_valuelike(cell.text), following))
    text = "".join(cell.text for cell in (*labels, *more))
    alone = "".join(cell.text for cell in more)
    return len(more) < len(following) and ROWS.exactly(alone) is None and ROWS.exactly(text) is not None


def _header(sheet: Sheet, above: int) -> Header | None:
    """Column names over the first row, each once. Heads that wrong spans pushed over each other keep the order of the
    form, which only complete rows can follow."""
    found = [
        (cell.column, key)
        for cell in sheet.grid.cells
        if cell.row < above and not is_valuelike(cell.text) and (key := COLUMN_LABELS.find(cell.text))
    ]
    keys = {key for _, key in found}
    if len(keys) < FEWEST_COLUMNS or len(keys) != len(found):
        return None
    columns = dict(sorted(found))
    official = tuple(key for key, _ in COLUMNS if key in keys)
    side_by_side = len(columns) == len(keys) == max(columns) - min(columns) + 1
    if len(columns) == len(keys) and (side_by_side or tuple(columns.values()) == official):
        return Header(tuple(columns.values()), columns)
    return Header(official, {})


def _shifts(sheet: Sheet, header: Header, lines: list[Line]) -> dict[int, int | None]:
    """How far rows with a given label end stand from under their heads, as their complete rows show; ``None`` where
    these disagree."""
    shifts: dict[int, int | None] = {}
    for line in lines:
        if header.columns and len(line.values) == len(header.order):
            shift = line.values[0].column - header.start
            shifts[line.label_end] = shift if shifts.get(line.label_end, shift) == shift else None
    if header.columns:
        for label_end in {line.label_end for line in lines} if sheet.rigid else {header.start}:
            shifts.setdefault(label_end, 0)
    return shifts


def _place(sheet: Sheet, header: Header, line: Line, shifts: dict[int, int | None], harvest: Harvest) -> None:
    placed: dict[str, Cell] = {}
    if len(line.values) == len(header.order):
        placed = dict(zip(header.order, line.values, strict=True))
    else:
        shift = shifts.get(line.label_end)
        columns = [header.columns.get(cell.column - shift) for cell in line.values] if shift is not None else [None]
        if None in columns and line.values:
            harvest.problems.append(
                Problem(
                    "row-misaligned",
                    f"表三“{line.key}”行有 {len(line.values)} 个数，与 {len(header.order)} 列对不上",
                    where=sheet.where(line.row, line.label_end),
                )
            )
            return
        placed = {column: cell for column, cell in zip(columns, line.values, strict=False) if column}
    stands = {key: at for at, key in header.columns.items()}
    for column in header.order:
        cell = placed.get(column)
        at = cell.column if cell else stands.get(column, line.label_end) + (shifts.get(line.label_end) or 0)
        text = cell.text if cell else ""
        harvest.written.append(Written(f"t3.{line.key}.{column}", text, sheet.where(line.row, at)))
