"""Reading a workbook back (回读): which line is which row of which version, and what its cells hold. Pure.

Rows are known by their hidden id, columns by their headings, so sorting, filtering and moving columns change nothing.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.documents.cells import Unfit
from taizhang.documents.grid import Document, Grid
from taizhang.progress.roundtrip.columns import SHEETS, LedgerSheet, SheetName

HEADING_WITHIN = 30
_BLANK = re.compile(r"\s+")
_VERSION = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet. ``base`` is what was exported, where the workbook still has its hidden copy."""

    sheet: SheetName
    row: int
    id_text: str
    id: uuid.UUID | None
    version: int | None
    cells: dict[str, str]
    base: dict[str, str] | None

    @property
    def touched(self) -> dict[str, str]:
        """Cells that are not, letter for letter, what was exported."""
        base = self.base or {}
        return {key: text for key, text in self.cells.items() if base.get(key) != text}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a whole sheet."""

    code: str
    message: str
    sheet: SheetName


@dataclass
class Reading:
    """A workbook as read."""

    lines: list[Line] = field(default_factory=list)
    sheets: set[SheetName] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sheet's headings are."""

    grid: Grid
    heading_row: int
    id_column: int
    version_column: int | None
    columns: dict[str, int]


def read_back(document: Document) -> Reading:
    """The lines of a workbook that was exported from here.

    Raises:
        Unfit: ``ledger-not-ours`` where no sheet has its id column, ``ledger-sheet-twice`` where two are of one kind.
    """
    reading = Reading()
    copies = {sheet.copy_title for sheet in SHEETS}
    for sheet in SHEETS:
        visible = [grid for grid in document.grids if grid.name not in copies and _find(grid, sheet)]
        if len(visible) > 1:
            raise Unfit("ledger-sheet-twice", f"工作簿里有 {len(visible)} 张“{sheet.title}”表，请只留一张")
        if visible:
            _read_sheet(reading, document, sheet, visible[0])
    if not reading.sheets:
        raise Unfit("ledger-not-ours", "没有找到隐藏的编号列：请用从这里导出的工作簿修改，不要删去隐藏列")
    return reading


def _find(grid: Grid, sheet: LedgerSheet) -> tuple[int, int] | None:
    for row in range(min(grid.row_count, HEADING_WITHIN)):
        for column in range(grid.column_count):
            if _heading(grid.text(row, column)) == sheet.id_heading:
                return row, column
    return None


def _heading(text: str) -> str:
    return _BLANK.sub("", text)


def _read_sheet(reading: Reading, document: Document, sheet: LedgerSheet, grid: Grid) -> None:
    place = _placed(reading, sheet, grid)
    copy = next((each for each in document.grids if each.name == sheet.copy_title and _find(each, sheet)), None)
    base = dict(_by_id(_placed(Reading(), sheet, copy))) if copy else {}
    if copy is None:
        words = "工作簿里没有导出时的留底（可能是把表复制到了别的文件），改过哪些格只能同库里现在的内容比"
        reading.notices.append(Notice("copy-missing", words, sheet.name))
    reading.sheets.add(sheet.name)
    for row in range(place.heading_row + 1, grid.row_count):
        cells = {key: grid.text(row, column) for key, column in place.columns.items()}
        id_text = grid.text(row, place.id_column).strip()
        if not id_text and not any(text.strip() for text in cells.values()):
            continue
        row_id = _uuid(id_text)
        version = grid.text(row, place.version_column).strip() if place.version_column is not None else ""
        number = int(version) if _VERSION.fullmatch(version) else None
        reading.lines.append(
            Line(sheet.name, row + 1, id_text, row_id, number, cells, base.get(row_id) if row_id else None)
        )


def _placed(reading: Reading, sheet: LedgerSheet, grid: Grid) -> _Place:
    """Find the columns by their headings; what is missing, double or unknown is told, and not compared."""
    found = _find(grid, sheet)
    assert found is not None  # only grids with the id heading come here
    headings: dict[str, list[int]] = {}
    for column in range(grid.column_count):
        headings.setdefault(_heading(grid.text(found[0], column)), []).append(column)
    own = {column.heading: column.key for column in sheet.columns}

    def told(code: str, names: list[str], words: str) -> None:
        if names:
            quoted = "、".join(f"“{name}”" for name in names)
            reading.notices.append(Notice(code, f"“{sheet.title}”表{words}：{quoted}", sheet.name))

    told("column-missing", [name for name in own if name not in headings], "里没有这些列，未作比较")
    twice = [name for name, columns in headings.items() if name in own and len(columns) > 1]
    told("column-twice", twice, "里这些列出现了不止一次，不知以哪列为准，未作比较")
    known = {*own, sheet.id_heading, sheet.version_heading, ""}
    told("column-unknown", [name for name in headings if name not in known], "里这些列不是导出的，不读")
    columns = {key: headings[name][0] for name, key in own.items() if len(headings.get(name, [])) == 1}
    versions = headings.get(sheet.version_heading, [])
    return _Place(grid, *found, versions[0] if versions else None, columns)


def _by_id(place: _Place) -> Iterator[tuple[uuid.UUID, dict[str, str]]]:
    for row in range(place.heading_row + 1, place.grid.row_count):
        row_id = _uuid(place.grid.text(row, place.id_column).strip())
        if row_id is not None:
            yield row_id, {key: place.grid.text(row, column) for key, column in place.columns.items()}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
