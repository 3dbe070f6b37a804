"""Shapes of imports into a register at the interface."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, Output, Ref
from taizhang.plans.importing.problems import Level
from taizhang.registers.fields import InputKind
from taizhang.registers.importing.fixes import Fix
from taizhang.registers.models import RegisterImportState
from taizhang.registers.schemas import ChoiceOption

Cells = Annotated[dict[str, Annotated[str, Field(max_length=32_767)]], Field(max_length=120)]


class ImportSummary(Output):
    """各种行各多少：好行、挡住的、要看一眼的、已登记的。"""

    rows: int
    good: int
    blocked: int
    warned: int
    committed: int


class RegisterImportBrief(Output):
    """台账导入（列表中不含各行）。"""

    id: uuid.UUID
    version: int
    slug: str
    state: RegisterImportState
    file_name: str
    unit: Ref
    created_at: datetime
    created_by_name: str
    summary: ImportSummary


class RegisterImportPage(Page[RegisterImportBrief]):
    """台账导入列表。"""


class ImportColumn(Output):
    """一栏：表头与怎么填；event 是它属于哪一步经过。"""

    key: str
    heading: str
    input: InputKind
    required: bool
    hint: str | None
    options: list[ChoiceOption]
    event: str | None
    personal: Annotated[bool, Field(description="个人信息，已遮掩；改就填新的")]


class ImportSource(Output):
    """在表里哪一格：工作表、Excel 行号、列号（从 1 数）。"""

    sheet: str | None
    row: int
    column: int | None


class ImportProblem(Output):
    """一处问题。level：block 不改不能登记，warn 不算好行，note 看一眼即可。column 为 null 是整行的。"""

    code: str
    level: Level
    message: str
    column: str | None
    source: ImportSource
    acknowledged: bool


class ImportStep(Output):
    """一步经过：种类、名称、在表里哪一行、各格（键见 columns）。"""

    kind: str
    title: str
    source: ImportSource
    cells: dict[str, str]


class ImportRow(Output):
    """一行：各格照表里写的，个人信息已遮掩。entry_id：已登记为哪一条。"""

    position: int
    number: str
    source: ImportSource
    cells: dict[str, str]
    steps: list[ImportStep]
    problems: list[ImportProblem]
    entry_id: uuid.UUID | None


class ImportNotice(Output):
    """整份文件的情况：缺了哪些栏、哪些栏没有读入。"""

    code: str
    message: str


class ImportOfferedFix(Output):
    """一次改好全部同类之处的办法；fix 原样放进 POST …/fixes 的 fixes 里即可。"""

    label: str
    fix: dict[str, Any]


class ImportProblemGroup(Output):
    """同一类问题归在一处。text：这些格都写的是什么（只有选项、单位）。"""

    code: str
    level: Level
    title: str
    message: str
    column: str | None
    text: str | None
    count: int
    rows: list[int]
    fixes: list[ImportOfferedFix]


class ImportAppliedFix(Output):
    """已经用过的改法，可以撤回。"""

    number: int
    kind: str
    label: str
    places: int
    by: str
    at: datetime


class RegisterImportPublic(RegisterImportBrief):
    """台账导入的草稿：各行、问题、归好类的问题与改法。登记之前台账里什么也没有。"""

    columns: list[ImportColumn]
    rows: list[ImportRow]
    problems: list[ImportNotice]
    problem_groups: list[ImportProblemGroup]
    fixes: list[ImportAppliedFix]
    actions: list[Literal["edit", "commit", "undo", "discard"]]


class StepPatch(Input):
    """一步经过：种类与各格。"""

    kind: Annotated[str, Field(min_length=1, max_length=32)]
    cells: Cells


class ImportRowPatch(Input):
    """修改一行：给出的格代替原来的，空字即清空；steps 给出则整个代替。"""

    position: Annotated[int, Field(ge=1, le=100_000)]
    cells: Cells = {}
    steps: Annotated[list[StepPatch] | None, Field(max_length=60)] = None


class RegisterImportPatch(Input):
    """修改草稿的几行。"""

    rows: Annotated[list[ImportRowPatch], Field(min_length=1, max_length=2000)]


class RegisterFixes(Input):
    """对全部同类之处一次改好；依次用，一个不成则全不改。"""

    fixes: Annotated[list[Fix], Field(min_length=1, max_length=50)]


class RegisterFixUndo(Input):
    """撤回一次改法；之后又被人改过的地方不动。"""

    number: Annotated[int, Field(ge=1, le=100_000)]


class RegisterCommit(Input):
    """登记的办法。mode：all 全部登记，还有挡住的就拒绝；good 只登记没有问题的，其余留在草稿里。"""

    mode: Literal["all", "good"] = "all"


class RegisterLeftRow(Output):
    """留在草稿里的一行和原因。"""

    position: int
    title: str
    problems: list[str]


class RegisterCommitted(Output):
    """登记了几条，哪几行留下，以及草稿的现状。"""

    committed_rows: int
    left_rows: list[RegisterLeftRow]
    draft: RegisterImportPublic
