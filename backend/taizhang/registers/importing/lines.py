"""Lines into rows (逐行读取): the sheet's headings found, each line's cells by key, continuation lines joined. Pure.

A step that happened twice stands in a second line under the same 序号, the entry's own cells left empty there.
"""

from collections.abc import Iterator

from taizhang.documents.grid import Document, Grid
from taizhang.documents.unreadable import Unreadable
from taizhang.registers.importing.columns import (
    EXAMPLE,
    MANUAL,
    NUMBER,
    OPTIONS,
    by_key,
    columns,
    headings,
    ignored,
    plain_heading,
)
from taizhang.registers.importing.draft import Draft, Notice, Row, SheetPlaces, Step
from taizhang.registers.kind import RegisterKind

HEADING_WITHIN = 15
MOST_ROWS = 5_000
PASSED_OVER = {MANUAL, EXAMPLE, OPTIONS}


def read_rows(kind: RegisterKind, document: Document, *, only: str | None = None) -> Draft:
    """The rows of every sheet that has the register's headings.

    ``only`` reads the one sheet of that name. Sheets of ours that explain or show are passed over.

    Raises:
        Unreadable: ``not-a-register``, no sheet has the headings; ``document-too-long``.
    """
    draft = Draft(sheets=[])
    for grid in document.grids:
        if (grid.name == only) if only else (grid.name not in PASSED_OVER):
            _read_grid(kind, grid, draft)
    if not draft.sheets:
        names = f"“{kind.title_words}”“{kind.opened_words}”"
        raise Unreadable("not-a-register", f"没有找到{kind.title}台账的表头（应有{names}等），请用模板填写")
    if len(draft.rows) > MOST_ROWS:
        raise Unreadable("document-too-long", f"超过 {MOST_ROWS} 条，请分成几份导入")
    if not draft.rows:
        draft.notices.append(Notice(code="no-rows", message="表头之下没有内容"))
    return draft


def _read_grid(kind: RegisterKind, grid: Grid, draft: Draft) -> None:
    found = _heading_row(kind, grid)
    if found is None:
        return
    top, places, number = found
    draft.sheets.append(SheetPlaces(name=grid.name, places=places))
    draft.notices += _notices(kind, grid, top, places)
    sheet = len(draft.sheets) - 1
    for line in range(top + 1, grid.row_count):
        cells = {key: text for key, column in places.items() if (text := grid.text(line, column).strip())}
        if cells:
            _take(kind, draft, cells, sheet, line, grid.text(line, number).strip() if number is not None else "")


def _heading_row(kind: RegisterKind, grid: Grid) -> tuple[int, dict[str, int], int | None] | None:
    known, best = headings(kind.slug), None
    for row in range(min(HEADING_WITHIN, grid.row_count)):
        places: dict[str, int] = {}
        number = None
        for column in range(grid.column_count):
            words = plain_heading(grid.text(row, column))
            if words in known:
                places.setdefault(known[words], column)
            elif words == NUMBER:
                number = column
        if ("title" in places or len(places) > 2) and (best is None or len(places) > len(best[1])):
            best = row, places, number
    return best


def _notices(kind: RegisterKind, grid: Grid, top: int, places: dict[str, int]) -> Iterator[Notice]:
    where = f"工作表“{grid.name}”" if grid.name else "表里"
    lacking = [each.heading for each in columns(kind.slug) if each.required and not each.event]
    lacking = [heading for heading in lacking if headings(kind.slug)[plain_heading(heading)] not in places]
    if lacking:
        yield Notice(code="column-missing", message=f"{where}没有必填的栏：{'、'.join(lacking)}")
    known, passed = headings(kind.slug), ignored(kind.slug)
    texts = [grid.text(top, column).strip() for column in range(grid.column_count)]
    unused = [text for text in texts if text and plain_heading(text) not in known.keys() | passed]
    if unused:
        shown = "、".join(f"“{text[:30]}”" for text in unused[:8])
        yield Notice(code="column-unused", message=f"{where}有 {len(unused)} 栏认不得，没有读入：{shown}")


def _take(kind: RegisterKind, draft: Draft, cells: dict[str, str], sheet: int, line: int, number: str) -> None:
    own = {key: text for key, text in cells.items() if not key.startswith("events.")}
    last = draft.rows[-1] if draft.rows else None
    if last and number and last.number == number and last.sheet == sheet and _continues(last, own):
        row = last
    else:
        row = Row(position=len(draft.rows) + 1, number=number, sheet=sheet, line=line + 1, cells=own)
        draft.rows.append(row)
    steps: dict[str, dict[str, str]] = {}
    for key, text in cells.items():
        event = by_key(kind.slug)[key].event
        if event:
            steps.setdefault(event, {})[key] = text
    order = [form.kind for form in kind.events]
    for event in sorted(steps, key=order.index):
        row.steps.append(Step(kind=event, line=line + 1, cells=steps[event]))


def _continues(row: Row, own: dict[str, str]) -> bool:
    """Whether a line's own cells say nothing but what the entry's first line says (merged down, or left empty)."""
    return all(row.cells.get(key) == text for key, text in own.items())
