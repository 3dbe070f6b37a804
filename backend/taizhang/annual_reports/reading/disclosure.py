"""Table 二 as published: on either form, its blocks stacked, side by side or as tables of their own."""

import re
from dataclasses import dataclass, field

from taizhang.annual_reports.forms import FormVersion
from taizhang.annual_reports.forms.official import DISCLOSURE_2019, DISCLOSURE_2021
from taizhang.annual_reports.reading.labels import Labels, plain
from taizhang.annual_reports.reading.sheets import Sheet
from taizhang.annual_reports.reading.values import is_valuelike
from taizhang.documents.grid import Cell

_LINES = {label: slug for blocks in (DISCLOSURE_2019, DISCLOSURE_2021) for _, _, rows in blocks for slug, label in rows}
LINES = Labels(_LINES)
_HEADS = {
    label: (version, name)
    for version, blocks in ((FormVersion.Y2019, DISCLOSURE_2019), (FormVersion.Y2021, DISCLOSURE_2021))
    for _, heads, _ in blocks
    for name, label, _ in heads
}
HEADS = Labels(
    {label: label for label in _HEADS}
    | {"本年收费金额": "本年收费金额（单位：万元）", "采购总金额（单位：万元）": "采购总金额"}
)
_UNIT = re.compile(r"(万元|元)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of table 二 under the form its column head belongs to."""

    version: FormVersion
    slug: str
    name: str
    text: str
    where: str
    unit: str


@dataclass
class Published:
    """What a sheet has of table 二."""

    figures: list[Figure] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A column head as it stands."""

    column: int
    version: FormVersion
    name: str
    unit: str


def read(sheet: Sheet) -> Published:
    """Each row by its label, each number by the nearest heads above it."""
    found, heads = Published(), list[Head]()
    for row, cells in sheet.rows():
        above = [head for cell in cells if (head := _head(cell))]
        if above:
            heads = above
            continue
        for index, cell in enumerate(cells):
            slug = None if is_valuelike(cell.text) else LINES.exactly(cell.text) or _line(cell.text)
            if slug is not None:
                found.rows += 1
                _take(sheet, row, slug, cells[index], cells[index + 1 :], heads, found)
                break
    return found


def _line(text: str) -> str | None:
    return LINES.find(text) if len(plain(text)) <= max(map(len, _LINES)) + 2 else None


def _head(cell: Cell) -> Head | None:
    label = HEADS.find(cell.text)
    if label is None:
        return None
    version, name = _HEADS[label]
    unit = _UNIT.search(plain(cell.text))
    return Head(cell.column, version, name, unit[1] if unit else "")


def _take(
    sheet: Sheet, row: int, slug: str, label: Cell, values: list[Cell], heads: list[Head], found: Published
) -> None:
    fitting = [head for head in heads if _belongs(head, slug)]
    if not fitting:
        return
    if len(values) == len(fitting):
        pairs: list[tuple[Head, Cell | None]] = list(zip(fitting, values, strict=True))
    else:
        at = {cell.column: cell for cell in values}
        pairs = [(head, at.get(head.column)) for head in fitting]
        if len([cell for _, cell in pairs if cell]) < len(values):
            return
    for head, cell in pairs:
        column = cell.column if cell else label.column + label.column_span
        text = cell.text if cell else ""
        found.figures.append(Figure(head.version, slug, head.name, text, sheet.where(row, column), head.unit))


def _belongs(head: Head, slug: str) -> bool:
    blocks = DISCLOSURE_2019 if head.version is FormVersion.Y2019 else DISCLOSURE_2021
    return any(
        head.name in [name for name, _, _ in heads] and slug in [line for line, _ in rows] for _, heads, rows in blocks
    )
