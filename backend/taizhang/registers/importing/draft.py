"""The draft of an import (导入草稿): rows as they stand in the sheet, with what is wrong in them. Pure."""

import uuid
from typing import Literal

from pydantic import BaseModel

from taizhang.plans.importing.problems import Level

# block: no entry is made of the row; warn: the row is not good, a person may still take it; note: for the eye only.
LEVELS: dict[str, Level] = {"ref-exists": "warn", "ref-twice": "warn", "remark": "note"}
TITLES = {
    "ref-exists": "台账里已有这个编号",
    "ref-twice": "表里两行同一个编号",
    "remark": "请看一眼",
    "missing": "必填而空着",
    "choice-unknown": "不在可选范围",
    "date-impossible": "日期不存在",
    "date-unreadable": "读不出日期",
    "time-unreadable": "读不出时分",
    "date-in-future": "日期晚于今天",
    "event-before-opening": "经过早于起始日",
    "event-out-of-order": "经过次序不对",
    "entry-closed": "办结之后又登记",
    "extension-twice": "两次延期",
    "extension-too-long": "延期过长",
    "fee-both": "两种计费标准并用",
    "fee-none": "没有计费标准",
    "fee-free": "在免费范围之内",
    "ground-unfit": "答复理由不成立",
    "number-unreadable": "应为数字",
    "check-unreadable": "应为是或否",
    "unit-unknown": "没有这个单位",
    "link-unknown": "没有相连的条目",
    "party-masked": "申请人是遮掩过的",
    "cell-error": "是错误值的单元格",
}
OTHER = "不合规定"


class Problem(BaseModel):
    """Something wrong in a row; ``line`` is the sheet's row, from 1."""

    code: str
    message: str
    column: str | None = None
    line: int | None = None
    acknowledged: bool = False

    @property
    def level(self) -> Level:
        return LEVELS.get(self.code, "block")


class Step(BaseModel):
    """A step as read: its kind, the sheet's row it stands in, its cells by key (``events.decided.on``)."""

    kind: str
    line: int
    cells: dict[str, str]


class Row(BaseModel):
    """One entry as read. ``entry_id``: what it has become; from then on it is changed in the register."""

    position: int
    number: str = ""
    sheet: int
    line: int
    cells: dict[str, str]
    steps: list[Step] = []
    problems: list[Problem] = []
    entry_id: uuid.UUID | None = None

    @property
    def standing(self) -> list[Problem]:
        """What still keeps the row from being good."""
        return [each for each in self.problems if not each.acknowledged and each.level != "note"]

    @property
    def blocked(self) -> bool:
        return any(problem.level == "block" for problem in self.problems)


class SheetPlaces(BaseModel):
    """A sheet of the file: its name, and the column (from 0) each key stands in."""

    name: str | None
    places: dict[str, int]


class Notice(BaseModel):
    """Something about the whole file."""

    code: str
    message: str


class Change(BaseModel):
    """One cell, or one problem seen, before and after; ``step`` is None for the entry's own cells."""

    position: int
    step: int | None
    key: str
    before: str
    after: str


class AppliedChange(BaseModel):
    """A fix as remembered, so that it can be taken back."""

    number: int
    kind: Literal["replace", "acknowledge"]
    label: str
    by: str
    at: str
    changes: list[Change]


class Draft(BaseModel):
    """Everything an import holds before it is entries; it may hold applicants, and is only ever stored sealed."""

    sheets: list[SheetPlaces]
    notices: list[Notice] = []
    rows: list[Row] = []
    fixes: list[AppliedChange] = []


class Summary(BaseModel):
    """How many rows, and how they stand."""

    rows: int
    good: int
    blocked: int
    warned: int
    committed: int


def summarise(rows: list[Row]) -> Summary:
    open_ = [row for row in rows if row.entry_id is None]
    blocked = sum(row.blocked for row in open_)
    warned = sum(bool(row.standing) and not row.blocked for row in open_)
    return Summary(
        rows=len(rows),
        good=len(open_) - blocked - warned,
        blocked=blocked,
        warned=warned,
        committed=len(rows) - len(open_),
    )
