"""Tables (表格): from a grid whose headings are known to tasks as written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from taizhang.documents.grid import Cell, Grid
from taizhang.documents.words import squeezed
from taizhang.plans.importing.columns import Header, Leaf, Roles, columns_said, header_at, roles_of
from taizhang.plans.importing.headers import UNIT_COLUMNS, Column, first_leads
from taizhang.plans.importing.headings import Headings, as_category
from taizhang.plans.importing.lines import is_example, is_filled_in, is_furniture, is_note, is_title, is_total
from taizhang.plans.importing.numbering import groups, is_heading_number, is_number, level, title_of, without_number
from taizhang.plans.importing.phrases import (
    Blanket,
    assigned,
    blanket,
    bracketed,
    is_unit_heading,
    mentions_deadline,
    names_units,
    unlabelled,
)
from taizhang.plans.importing.raw import RawRow, Reading, shortened
from taizhang.plans.importing.row_cells import RowCells, cells_of, is_parent
from taizhang.plans.importing.unit_cells import cell_units, extend_units, is_blank, is_ditto, marked

_SENTENCE = re.compile(r"[。;；!！]")
_ENDED = re.compile(r"[。；;！!？?：:）)”\"》]$")
_UNENDED_LIST = re.compile(r"[、，,和及与]$")
_BANNER_LIMIT = 60
_LONGEST_BANNER = 150


@dataclass
class TableReader:
    """Reads the grids of a document one after another into one reading; headings stay in force from one to the next."""

    reading: Reading
    lead_mark: str | None = None
    headings: Headings = field(default_factory=Headings)
    row_at: dict[tuple[int, int], RawRow] = field(default_factory=dict)
    grid: Grid = field(init=False)
    index: int = field(init=False, default=0)
    header: Header = field(init=False)
    roles: Roles = field(init=False)
    _columns: list[str] = field(init=False, default_factory=list)
    _blankets: list[tuple[Blanket, int, Cell]] = field(init=False, default_factory=list)
    _category_units: list[tuple[tuple[Column, str], str]] = field(init=False, default_factory=list)
    _first: int = field(init=False, default=0)
    _is_continued: bool = field(init=False, default=False)

    def read(self, grid: Grid, index: int, header: Header, *, start: int, is_continued: bool) -> None:
        """Read the rows of one grid from a row on."""
        self.grid, self.index, self._is_continued = grid, index, is_continued
        self._head(header)
        self._first = len(self.reading.rows)
        self._blankets = []
        if not is_continued:
            self._columns = []
        above = {squeezed(cell.text) for cell in grid.cells if cell.row < start}
        for number in range(start, grid.row_count):
            if number <= self.header.last_row and header is not self.header:
                continue
            self._row(number, above)
        self._apply_blankets()
        for remark in columns_said(grid, self.header, self.roles):
            self.reading.remark(*remark)

    def _head(self, header: Header) -> None:
        self.header, self.roles = header, roles_of(self.grid, header)

    @property
    def rows(self) -> list[RawRow]:
        return self.reading.rows

    def _row(self, number: int, above: set[str]) -> None:
        own = [cell for cell in self.grid.row_cells(number) if cell.row == number and not is_blank(cell.text)]
        if not own or all(squeezed(cell.text) in self.header.texts for cell in own):
            return
        if len(own) > 1 and (other := header_at(self.grid, number)) and 2 * len(other.of(*Column)) > len(own):
            self._head(other)
            return
        if len(own) > 2 and all(is_number(cell.text) for cell in own):
            return
        texts = list(dict.fromkeys(cell.text for cell in own))
        if is_total(texts[0]) or all(is_furniture(text) or is_filled_in(text) for text in texts):
            return
        cells = cells_of(self.grid, self.header, number)
        if len(texts) == 1 and self._alone(own, cells, above):
            return
        if self._is_numbered_banner(own, cells):
            self._banner(f"{own[0].text}{'' if level(own[0].text) is not None else '、'}{own[1].text}")
            return
        if self._heads(own, cells) or is_parent(self.grid, self.header, self.roles, cells):
            words = cells.text([self.roles.title] if self.roles.title else self.roles.content)
            self._banner((own[0].text if self._heads(own, cells) else words).replace("\n", ""))
            for found in self._units(cells)[0]:
                if names_units(found[1]):
                    self._category_units.append((found, own[0].text))
                else:
                    self.reading.remark("line-not-read", f"类别旁的文字没有读入：{shortened(found[1])}")
            return
        self._task(cells)

    # ---- rows of one text

    def _alone(self, own: list[Cell], cells: RowCells, above: set[str]) -> bool:
        """Deal with a row that says one thing; False if that is part of a task."""
        text, line = own[0].text, own[0].text.replace("\n", "")
        rule = blanket(text)
        if rule is not None:
            self._blankets.append((rule, len(self.rows), own[0]))
            return True
        if is_note(text):
            self.reading.remark("note-not-read", f"表中的说明没有作为任务：{shortened(line, 80)}")
            return True
        is_wide = len(own) > 2 or own[0].column_span >= max(len(self.header.leaves) - 1, 2)
        if (is_wide or own[0].column == self.header.leaves[0].start) and groups(line):
            self._numbered_banner(line)
            return True
        if not is_wide and (cells.owns(self.roles.content) and self.roles.title is not None and self.rows):
            return False
        beside = own[0] in cells.cells([*self.roles.units, *self.roles.due])
        if not is_wide and beside and (names_units(line) or mentions_deadline(line)):
            return False
        if squeezed(text) in above or (is_title(text) and level(text) is None):
            return True
        if any(cell.row != cells.number for leaf in cells.by_leaf for cell in cells.by_leaf[leaf]) and not is_wide:
            return False
        if _SENTENCE.search(line.rstrip("。；;")) and not bracketed(line) or len(line) > _BANNER_LIMIT:
            if is_wide:
                self.reading.remark("line-not-read", f"整行的文字没有作为任务：{shortened(line, 80)}")
            return is_wide
        self._banner(line.rstrip("。；;"))
        return True

    def _numbered_banner(self, line: str) -> None:
        """一、 over the whole width is a heading however long; sentences behind it are said, not read."""
        heading, mark, rest = line.partition("。")
        if bracketed(line):
            heading, rest = line, ""
        self._banner(heading[:_LONGEST_BANNER])
        if mark and rest:
            self.reading.remark("line-not-read", f"整行的文字没有作为任务：{shortened(rest, 80)}")

    def _heads(self, own: list[Cell], cells: RowCells) -> bool:
        """A heading that begins where the numbers stand, whatever else is in its row."""
        text = own[0].text
        return own[0] in cells.cells(self.roles.number) and groups(text) and not is_number(text)

    def _is_numbered_banner(self, own: list[Cell], cells: RowCells) -> bool:
        """一 in the column of numbers and a heading beside it."""
        if len(own) != 2 or not cells.owns(self.roles.number) or not is_heading_number(own[0].text):
            return False
        words = own[1].text
        beside = [cell for cell in cells.cells(self.roles.units) if cell != own[1]]
        return len(words) <= _BANNER_LIMIT and not _SENTENCE.search(words) and not beside

    def _banner(self, text: str) -> None:
        assigned = bracketed(text)
        name = text[: assigned[0].start].strip() if assigned else text
        self.headings.enter(name)
        self._category_units = [(words, name) for found in assigned for words in found.units]
        self._columns = []

    # ---- rows that are tasks

    def _task(self, cells: RowCells) -> None:
        row = self._read(cells)
        if is_example(cells.text(self.roles.number)):
            self.reading.remark("line-not-read", f"示例行没有读入：{shortened(row.title or row.content, 60)}")
            return
        if self._is_same_task(cells):
            extend_units(self.rows[-1], row.units if cells.owns(self.roles.units) else [])
            self._join_places(self.rows[-1], row)
            return
        if self._joins(cells, row):
            self._join(row, cells)
            return
        if not row.content and not row.title:
            self._rest(row, cells)
            return
        self._remark_blank_units(row, cells)
        self.rows.append(row)
        self.row_at[self.index, cells.number] = row
        self.headings.is_fresh = False

    def _read(self, cells: RowCells) -> RawRow:
        roles = self.roles
        category, subcategory = as_category([*self.headings.levels(), *self._category_columns(cells)])
        content_cells = cells.cells(roles.content)
        title_cells = [cell for cell in cells.cells([roles.title] if roles.title else []) if cell not in content_cells]
        title = "".join(cell.text.replace("\n", "") for cell in title_cells)
        content = cells.text(roles.content)
        units, due = self._units(cells)
        place = next(iter([*content_cells, *title_cells]), None)
        row = RawRow(
            category=category,
            subcategory=subcategory,
            title=without_number(title) if title else "",
            content=content,
            units=units,
            due=self._due(cells) or due,
            sheet=self.grid.name,
            row=cells.number + 1,
            column=(place.column if place else 0) + 1,
            grid=self.index,
            places=self._places(cells),
            first_leads=any(first_leads(leaf.labels[-1]) for leaf in roles.units if leaf.labels),
        )
        if not row.title and content:
            row.title = self._title_above(cells) or title_of(content)
        self._complete(row, cells)
        return row

    def _places(self, cells: RowCells) -> dict[Column, list[tuple[int, int]]]:
        roles = self.roles
        parts: dict[Column, Sequence[Leaf]] = {
            Column.NUMBER: roles.number,
            Column.CATEGORY: roles.category,
            Column.TITLE: [roles.title] if roles.title else [],
            Column.CONTENT: roles.content,
            Column.DUE: roles.due,
            Column.NOTE: roles.note,
        }
        parts |= {column: [leaf for leaf in roles.units if leaf.column is column] for column in UNIT_COLUMNS}
        return {
            column: [(cell.row + 1, cell.column + 1) for cell in found]
            for column, leaves in parts.items()
            if (found := cells.cells(leaves))
        }

    def _category_columns(self, cells: RowCells) -> list[str]:
        """The categories in columns of their own; a blank cell is under the category above it."""
        names = [
            name if name is None else self.headings.spelled(name)
            for leaf in self.roles.category
            for name in [cells.text([leaf]) or None]
        ]
        kept: list[str] = []
        changed = False
        for place, name in enumerate(names):
            before = self._columns[place] if place < len(self._columns) else ""
            if name is not None and not is_ditto(name):
                changed = changed or squeezed(name) != squeezed(before)
                kept.append(name)
            else:
                kept.append("" if changed else before)
        self._columns = kept
        return kept

    def _title_above(self, cells: RowCells) -> str:
        """A blank title beside a blank number is the title of the row above."""
        roles = self.roles
        if roles.title is None or not self.rows or cells.has(roles.number) or self.rows[-1].grid != self.index:
            return ""
        same = self.rows[-1].category == as_category([*self.headings.levels(), *self._columns])[0]
        return self.rows[-1].title if same and roles.number else ""

    def _units(self, cells: RowCells) -> tuple[list[tuple[Column, str]], str]:
        """The words of the cells of units by column, and a deadline written among them."""
        found: dict[Cell, list[Leaf]] = {}
        for leaf in self.roles.units:
            for cell in cells.by_leaf.get(leaf, ()):
                found.setdefault(cell, []).append(leaf)
        units: list[tuple[Column, str]] = []
        due = ""
        for cell, leaves in found.items():
            columns = {leaf.column for leaf in leaves if leaf.column is not None}
            column = columns.pop() if len(columns) == 1 else Column.UNITS
            if is_blank(cell.text):
                continue
            if leaves[0].mark_of and not names_units(cell.text):
                units.extend((marked(cell.text, column), leaf.mark_of) for leaf in leaves if leaf.mark_of)
            elif is_ditto(cell.text):
                units.extend(words for words in (self.rows[-1].units if self.rows else []) if words[0] is column)
            else:
                words, written_due = cell_units(cell.text, column, self.lead_mark)
                units, due = units + words, due or written_due
        return units, due

    def _due(self, cells: RowCells) -> str:
        text = cells.text(self.roles.due)
        if is_ditto(text):
            return self.rows[-1].due if self.rows else ""
        column, rest = unlabelled(text)
        return rest if column is Column.DUE else text

    def _complete(self, row: RawRow, cells: RowCells) -> None:
        """What a column of its own does not say may stand in the content, in a note, or over the category."""
        text = row.content or row.title
        has_column = bool(row.units)
        for found in assigned(text):
            if not has_column:
                row.units = [*row.units, *found.units]
                row.places.setdefault(Column.UNITS, row.places.get(Column.CONTENT, []))
            row.due = row.due or found.due
        above = self.headings.levels()
        if not row.units and not self.roles.units and not self._category_units and above and is_unit_heading(above[-1]):
            self._category_units = [((Column.UNITS, above[-1]), above[-1])]
        is_taken = not row.units
        for words, name in self._category_units:
            if is_taken:
                row.units.append(words)
            said = f"责任单位“{words[1]}”取自类别" if is_taken else f"类别后面写的“{words[1]}”没有加到这一项，类别是"
            row.remark("category-units", f"{said}“{name}”，请核对", "assignees")
        note = cells.text(self.roles.note)
        if note and not row.due and mentions_deadline(note):
            row.due = note
            row.places[Column.DUE] = row.places[Column.NOTE]
        elif note:
            row.remark("note", f"备注：{shortened(note, 80)}")
        if cells.number in self.grid.hidden_rows:
            row.remark("row-hidden", "这一行在表中是隐藏的，已读入，请确认是否需要")
        if "\ufffd" in row.title + row.content + "".join(words for _, words in row.units):
            row.remark("text-garbled", "有的字无法识别，请对照原文补上", "content")

    def _remark_blank_units(self, row: RawRow, cells: RowCells) -> None:
        above = self.rows[-1] if self.rows and self.rows[-1].grid == self.index else None
        if row.units or above is None or not above.units or not self.roles.units or cells.has(self.roles.units):
            return
        words = shortened("、".join(words for _, words in above.units))
        row.remark("units-blank", f"责任单位一格是空的；上一项是“{words}”，如果原表是合并单元格请补上", "assignees")

    # ---- rows that go on with the row above

    def _joins(self, cells: RowCells, row: RawRow) -> bool:
        roles = self.roles
        title = [roles.title] if roles.title else []
        if not self.rows or not cells.owns(roles.content) or cells.owns(title) or cells.owns(roles.number):
            return False
        if self.rows[-1].grid != self.index and not (self._is_continued and len(self.rows) == self._first):
            return False
        if cells.owns(roles.category) or self.headings.is_fresh:
            return False
        if cells.owns(roles.units):
            named = cells.has(roles.number) or cells.has(title)
            return bool(roles.number or title) and not named and self._is_cut()
        if cells.has(roles.units):
            # Merged down with its number, one task is written over several rows.
            return cells.has(roles.number) or not (roles.number or title)
        return bool(roles.number or title) or bool(roles.units)

    def _is_same_task(self, cells: RowCells) -> bool:
        """Whether a row is one more line of units beside a task merged down over it."""
        roles = self.roles
        if not self.rows or self.rows[-1].grid != self.index or self.headings.is_fresh:
            return False
        title = [roles.title] if roles.title else []
        task = [*roles.number, *roles.category, *title, *roles.content]
        return cells.has(roles.content) and not cells.owns(task)

    def _is_cut(self) -> bool:
        """Whether the row above breaks off, as a page cuts a row in two."""
        above = self.rows[-1]
        units = above.units[-1][1] if above.units else ""
        return not _ENDED.search(above.content) or bool(_UNENDED_LIST.search(units))

    def _join(self, row: RawRow, cells: RowCells) -> None:
        above = self.rows[-1]
        joint = "\n" if _ENDED.search(above.content) or not above.content else ""
        above.content = f"{above.content}{joint}{row.content}"
        if cells.owns(self.roles.units):
            extend_units(above, row.units)
        above.due = above.due or row.due
        self._join_places(above, row)
        self.row_at[self.index, cells.number] = above

    def _join_places(self, above: RawRow, row: RawRow) -> None:
        if above.grid == self.index:
            for column, places in row.places.items():
                kept = above.places.setdefault(column, [])
                kept.extend(place for place in places if place not in kept)
        above.problems.extend(problem for problem in row.problems if problem not in above.problems)

    def _rest(self, row: RawRow, cells: RowCells) -> None:
        """A row without a task: the rest of the units above, or words that belong to nothing."""
        if self.rows and row.units and cells.owns(self.roles.units) and not self.headings.is_fresh:
            extend_units(self.rows[-1], row.units)
            self._join_places(self.rows[-1], row)
            return
        own = [cell.text for cell in self.grid.row_cells(cells.number) if cell.row == cells.number]
        if any(not is_number(text) for text in own):
            words = shortened("；".join(own), 60)
            self.reading.remark("line-not-read", f"{self._where()}第 {cells.number + 1} 行没有任务，没有读入：{words}")

    def _where(self) -> str:
        return f"工作表“{self.grid.name}”" if self.grid.name else f"第 {self.index + 1} 个表格"

    # ---- what holds for many rows

    def _apply_blankets(self) -> None:
        for rule, place, cell in self._blankets:
            first = place if rule.scope == "below" else self._first
            last = place if rule.scope == "above" else len(self.rows)
            for row in self.rows[first:last]:
                row.apply(rule)
                if rule.units:
                    row.places.setdefault(rule.units[0], []).append((cell.row + 1, cell.column + 1))
