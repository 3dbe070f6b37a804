"""Shapes of the round trip at the interface."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from taizhang.core.schemas import Input, Output, Ref
from taizhang.progress.roundtrip.columns import SheetName
from taizhang.progress.roundtrip.comparing import RowState
from taizhang.progress.roundtrip.models import LedgerImportState


class LedgerCell(Output):
    """改过的一格：导出时（before，不知道则为 null）、表里（after）、库里现在（current）。"""

    column: str
    heading: str
    before: str | None
    after: str
    current: str


class LedgerProblem(Output):
    """一行的问题；column 为 null 是整行的。blocks 为真则这一行不能写入。"""

    code: str
    message: str
    column: str | None
    blocks: bool


class LedgerRow(Output):
    """表里的一行与库里的对照。row 是 Excel 行号，表里没有这一行时为 null。"""

    sheet: SheetName
    row: int | None
    id: uuid.UUID | None
    task_id: uuid.UUID | None
    assignment_id: uuid.UUID | None
    label: str | None
    state: RowState
    version: int | None
    changes: list[LedgerCell]
    problems: list[LedgerProblem]


class LedgerNotice(Output):
    """整张表的情况：缺了哪些列、没有留底等。"""

    code: str
    message: str
    sheet: SheetName


class LedgerSummary(Output):
    """各种行各多少；ignored 是因所在列不从表里改而未采用的改动数。"""

    unchanged: int
    changed: int
    conflict: int
    new: int
    missing: int
    invalid: int
    ignored: int


class LedgerApplied(Output):
    """写入的结果：写了几行，冲突中留用库里的几行，有问题或新加而没有写的几行。"""

    written: int
    kept: int
    refused: int


class LedgerImportPublic(Output):
    """交回的工作簿：逐行对照。写入之前库里什么也没有变。"""

    id: uuid.UUID
    version: int
    state: LedgerImportState
    plan: Ref
    file_name: str
    created_at: datetime
    notices: list[LedgerNotice]
    summary: LedgerSummary
    rows: list[LedgerRow]
    result: LedgerApplied | None
    actions: list[str]


class LedgerChoice(Input):
    """一处冲突怎么定：mine 用表里的，theirs 留库里的。version 是看到的库里版本，其间又变了则要重新看。"""

    sheet: SheetName
    row: Annotated[int, Field(ge=1, le=1_048_576)]
    take: Literal["mine", "theirs"]
    version: Annotated[int, Field(ge=1, le=2_147_483_647)]


class LedgerApply(Input):
    """写入：每处冲突一个选择。"""

    choices: Annotated[list[LedgerChoice], Field(max_length=20_000)] = []
