"""Headings (表头): the words offices use for the columns of a breakdown, and finding them in a grid."""

import re
from dataclasses import dataclass
from enum import StrEnum

from taizhang.documents.grid import Grid
from taizhang.documents.words import squeezed


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TITLE = "title"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    UNITS = "units"
    DUE = "due"
    STATUS = "status"
    NOTE = "note"


SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("序号", "编号", "项次"),
    Column.CATEGORY: ("类别", "任务类别", "工作类别", "重点领域", "类型", "一级任务", "工作大类"),
    Column.TITLE: ("任务名称", "工作任务", "重点任务", "任务", "工作项目", "主要任务", "任务事项", "事项名称"),
    Column.CONTENT: (
        "具体任务内容",
        "工作要求",
        "具体要求",
        "工作内容",
        "任务内容",
        "具体任务",
        "具体内容",
        "工作措施",
        "主要内容",
    ),
    Column.LEAD: ("牵头单位", "牵头处室", "牵头部门", "牵头责任单位", "主办单位", "牵头科室"),
    Column.SUPPORT: ("配合单位", "会办处室", "协办单位", "配合部门", "参与单位", "会办单位", "协同单位"),
    Column.UNITS: (
        "责任单位",
        "责任部门",
        "责任科室",
        "负责科室",
        "责任主体",
        "责任单位（部门）",
        "分工",
        "承办单位",
        "落实单位",
        "责任（配合）单位",
        "责任处室",
    ),
    Column.DUE: ("时限要求", "完成时限", "完成时间", "时间节点", "时间安排", "时限", "完成期限", "时间要求"),
    Column.STATUS: ("落实情况", "进展", "完成情况", "进展情况", "工作进展", "完成状态", "每季度形象进度"),
    Column.NOTE: ("备注", "说明"),
}
_MEANING = {word: column for column, words in SYNONYMS.items() for word in words}
_DECORATION = re.compile(r"[：:*＊]+$")
SEARCHED_ROWS = 60


def meaning(text: str) -> Column | None:
    """The column a heading names, padding, brackets' width and line breaks aside."""
    word = _DECORATION.sub("", squeezed(text)).replace("(", "（").replace(")", "）")
    return _MEANING.get(word)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand and which grid columns each covers."""

    first_row: int
    last_row: int
    columns: dict[Column, tuple[int, ...]]

    def first(self, column: Column) -> int | None:
        """The first grid column of a kind."""
        return self.columns[column][0] if column in self.columns else None


def find_header(grid: Grid) -> Header | None:
    """The row, or two rows, of headings of a table of tasks; None if the grid is not one."""
    for row in range(min(grid.row_count, SEARCHED_ROWS)):
        single = _columns(grid, row, row)
        if not _is_header(single):
            continue
        double = _columns(grid, row, row + 1)
        second = [cell for cell in grid.row_cells(row + 1) if cell.row == row + 1]
        if second and all(meaning(cell.text) for cell in second):
            return Header(row, row + 1, double)
        return Header(row, row, single)
    return None


def is_repeated(grid: Grid, row: int) -> bool:
    """Whether a row repeats the headings, as after a page break."""
    cells = grid.row_cells(row)
    return len(cells) > 1 and all(meaning(cell.text) is not None for cell in cells)


def _columns(grid: Grid, first: int, last: int) -> dict[Column, tuple[int, ...]]:
    found: dict[Column, list[int]] = {}
    for place in range(grid.column_count):
        named = meaning(grid.text(last, place)) or meaning(grid.text(first, place))
        if named is not None:
            found.setdefault(named, []).append(place)
    return {column: tuple(places) for column, places in found.items()}


def _is_header(columns: dict[Column, tuple[int, ...]]) -> bool:
    has_text = Column.CONTENT in columns or Column.TITLE in columns
    has_units = bool(columns.keys() & {Column.UNITS, Column.LEAD, Column.SUPPORT})
    return has_text and has_units
