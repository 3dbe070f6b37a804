"""Columns of the workbook (工作簿的列): what each holds, and when it may be edited there. Pure.

A column has one home: the words of a task are edited on the sheet of tasks, and merely repeated on that of assignments.
"""

from dataclasses import dataclass
from enum import StrEnum


class SheetName(StrEnum):
    """The two sheets, by what one row is."""

    ASSIGNMENTS = "assignments"
    TASKS = "tasks"


class Kind(StrEnum):
    """How a cell is read."""

    FIXED = "fixed"
    TEXT = "text"
    DAYS = "days"
    UNITS = "units"


DRAFT = frozenset({"draft"})
OPEN = frozenset({"draft", "issued"})


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column: its heading, its width in characters, and in which states of the plan it may be edited."""

    key: str
    heading: str
    width: int
    kind: Kind = Kind.FIXED
    limit: int = 0
    required: bool = False
    editable_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet. The two hidden columns say which row a line is, and which version of it was exported."""

    name: SheetName
    title: str
    copy_title: str
    id_heading: str
    version_heading: str
    columns: tuple[LedgerColumn, ...]

    def column(self, key: str) -> LedgerColumn:
        return next(column for column in self.columns if column.key == key)


ASSIGNMENTS = LedgerSheet(
    SheetName.ASSIGNMENTS,
    "工作台账",
    "导出时的工作台账",
    "分工编号",
    "分工版本",
    (
        LedgerColumn("position", "序号", 6),
        LedgerColumn("category", "类别", 18),
        LedgerColumn("title", "任务", 26),
        LedgerColumn("content", "内容", 60),
        LedgerColumn("unit", "责任单位", 18),
        LedgerColumn("role", "分工", 7),
        LedgerColumn("due", "时限", 12),
        LedgerColumn("progress", "最新进展", 50),
        LedgerColumn("state", "状态", 10),
        LedgerColumn("light", "灯", 26),
        LedgerColumn("evidence", "佐证", 30),
        LedgerColumn("problems", "存在问题", 30),
        LedgerColumn("next_steps", "下步打算", 30),
        LedgerColumn("opinion", "审核意见", 30),
        LedgerColumn("updated_on", "更新日期", 12),
        LedgerColumn("contact", "责任人及联系方式", 20, Kind.TEXT, 200, editable_in=OPEN),
        LedgerColumn("note", "备注", 30, Kind.TEXT, 1000, editable_in=OPEN),
    ),
)
TASKS = LedgerSheet(
    SheetName.TASKS,
    "任务",
    "导出时的任务",
    "任务编号",
    "任务版本",
    (
        LedgerColumn("position", "序号", 6),
        LedgerColumn("category", "类别", 20, Kind.TEXT, 200, required=True, editable_in=DRAFT),
        LedgerColumn("subcategory", "二级类别", 16, Kind.TEXT, 200, editable_in=DRAFT),
        LedgerColumn("title", "任务名称", 28, Kind.TEXT, 300, required=True, editable_in=DRAFT),
        LedgerColumn("content", "具体任务内容", 70, Kind.TEXT, 20_000, required=True, editable_in=DRAFT),
        LedgerColumn("lead", "牵头单位", 24, Kind.UNITS, 20_000, editable_in=DRAFT),
        LedgerColumn("responsible", "责任单位", 40, Kind.UNITS, 20_000, editable_in=DRAFT),
        LedgerColumn("support", "配合单位", 24, Kind.UNITS, 20_000, editable_in=DRAFT),
        LedgerColumn("due", "时限", 14, Kind.DAYS, 500, editable_in=DRAFT),
        LedgerColumn("assignees_text", "责任单位栏原文", 30),
    ),
)
SHEETS = (ASSIGNMENTS, TASKS)
SHEET = {sheet.name: sheet for sheet in SHEETS}
