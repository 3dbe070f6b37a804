"""Shapes of imports at the interface; the draft itself is ``importing.draft``."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, OptionalText, Output, Ref
from taizhang.plans.importing.comparing import ChangeKind, FieldName
from taizhang.plans.importing.draft import (
    Draft,
    DraftCandidate,
    DraftDue,
    DraftProblem,
    DraftRow,
    DraftSummary,
    DraftThreshold,
    DraftWithin,
)
from taizhang.plans.importing.fixes import Fix
from taizhang.plans.importing.problems import Level
from taizhang.plans.models import ImportState, PlanStatus
from taizhang.plans.schemas import PlanPublic, Title, Year


class PlanImportBrief(Output):
    """导入草稿（列表中不含各行）。"""

    id: uuid.UUID
    version: int
    state: ImportState
    file_name: str
    format: str
    title: str
    year: int
    document_no: str | None
    issued_on: date | None
    unit: Ref
    created_at: datetime
    plan_id: uuid.UUID | None
    summary: DraftSummary


class PlanImportPage(Page[PlanImportBrief]):
    """导入草稿列表。"""


class OfferedFix(Output):
    """一个可以一次改好全部同类问题的办法；fix 原样放进 POST …/fixes 的 fixes 里即可。"""

    label: str
    fix: dict[str, Any]


class ProblemGroupPublic(Output):
    """同一类问题归在一处。level：block 不定不能成表，warn 不算好行，note 看一眼即可。"""

    code: str
    level: Level
    title: str
    message: str
    column: str | None
    text: Annotated[str | None, Field(description="同一个责任单位写法的，写法是什么")]
    count: Annotated[int, Field(description="几处")]
    rows: Annotated[list[int], Field(description="在哪几行（position）")]
    candidates: list[DraftCandidate]
    fixes: list[OfferedFix]


class AppliedFix(Output):
    """已经用过的改法，可以撤回。"""

    number: int
    kind: str
    label: str
    places: Annotated[int, Field(description="改了几处")]
    by: str
    at: datetime
    alias: Annotated[str | None, Field(description="一并记下的别名")]
    created_units: list[Ref]


ImportAction = Literal["edit", "commit", "undo", "write-units"]


class PlanImportPublic(PlanImportBrief):
    """导入草稿：各行、问题、归好类的问题与改法、原文各段。原文的表格另见 …/source。"""

    issuer_text: str | None
    rows: list[DraftRow]
    problems: list[DraftProblem]
    source_paragraphs: list[str]
    problem_groups: list[ProblemGroupPublic]
    fixes: list[AppliedFix]
    actions: list[ImportAction]
    committed_rows: Annotated[int, Field(description="已经成表的行数")]


class FixesInput(Input):
    """对全部同类之处一次改好；依次用，一个不成则全不改。"""

    fixes: Annotated[list[Fix], Field(min_length=1, max_length=50)]


class FixUndo(Input):
    """撤回一次改法；之后又被人改过的地方不动。"""

    number: Annotated[int, Field(ge=1, le=100_000)]


class ImportCommit(Input):
    """成表的办法。mode：all 全部成表，还有没定的就拒绝；good 只把没有问题的行成表，其余留在草稿里。

    plan_id：并入这一份未印发的分解表：相同的任务更新，新的加上；missing 说原有而这次没有的怎么办。
    """

    mode: Literal["all", "good"] = "all"
    plan_id: uuid.UUID | None = None
    missing: Literal["keep", "remove"] = "keep"


class LeftRow(Output):
    """留在草稿里的一行和原因。"""

    position: int
    title: str
    problems: list[str]


class CommittedPlan(PlanPublic):
    """成了的分解表，以及留下的行。"""

    committed_rows: int
    left_rows: list[LeftRow]


class SourceCell(Output):
    """原文的一个单元格；行列从 1 数，是左上角的位置。"""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


class SourceGrid(Output):
    """原文的一张表。after：在第几段之后。truncated：过大，只留了读出任务的行。"""

    name: str | None
    row_count: int
    column_count: int
    hidden_rows: list[int]
    hidden_columns: list[int]
    after: int
    truncated: bool
    cells: list[SourceCell]


class PlanImportSourcePublic(Output):
    """原文：各段与各表格。rows[].source.grid 是 grids 的下标，places 是单元格的行列。"""

    format: str
    paragraphs: list[str]
    grids: list[SourceGrid]


class FieldChangePublic(Output):
    """一项内容，从什么变成什么。"""

    field: FieldName
    label: str
    before: str
    after: str


class RowChangePublic(Output):
    """一行的差异；missing 的行只在原来那份里有。"""

    change: ChangeKind
    position: int | None
    key: Annotated[str | None, Field(description="对上的任务编号，或那份草稿的第几行")]
    title: str
    fields: list[FieldChangePublic]


class ChangeCounts(Output):
    """新增、有改动、没有变、少了的各几行。"""

    new: int
    changed: int
    unchanged: int
    missing: int


class Comparable(Output):
    """可以拿来对照的一份：已有的分解表，或另一份导入草稿。"""

    kind: Literal["plan", "import"]
    id: uuid.UUID
    title: str
    year: int
    status: PlanStatus | ImportState
    created_at: datetime
    likeness: Annotated[float, Field(description="标题相似程度，0 到 1")]


class EarlierPhrase(Output):
    """这次还没定的一个写法，先前那份里指了哪些单位。"""

    text: str
    unit_ids: list[uuid.UUID]


class ImportComparison(Output):
    """与先前那份的差异；没有先前的，against 为空。

    into：update 可以并入这份未印发的分解表；supplement 那份已印发，不会改动，差异须另行印发；none 只供对照。
    """

    against: Comparable | None
    choices: list[Comparable]
    into: Literal["update", "supplement", "none"]
    words: str
    counts: ChangeCounts
    rows: list[RowChangePublic]
    earlier_phrases: list[EarlierPhrase]


class AssigneePatch(Input):
    """一个措辞指哪些单位；decided 表示已由人确认，可以一个都不指。"""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    role: Literal["lead", "support", "responsible"] = "responsible"
    unit_ids: Annotated[list[uuid.UUID], Field(max_length=500)]
    decided: bool | None = None


class DutyPatch(Input):
    """一条要求；text 须是任务内容中 start 到 end 的原文。"""

    text: Annotated[str, Field(min_length=1, max_length=5000)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    kind: Literal["date", "event", "ratio", "count", "period", "setup", "continuous", "conditional", "ban"]
    due_on: date | None = None
    within: DraftWithin | None = None
    threshold: DraftThreshold | None = None
    per: Literal["year", "half-year", "quarter", "month", "week"] | None = None
    trigger: OptionalText = None
    owner_unit_id: uuid.UUID | None = None
    confirmed: bool = True


class RowPatch(Input):
    """修改一行；没有给出的项不变。"""

    position: Annotated[int, Field(ge=1)]
    category: Title | None = None
    subcategory: OptionalText = None
    title: Title | None = None
    content: Annotated[str | None, Field(min_length=1, max_length=20_000)] = None
    assignees: Annotated[list[AssigneePatch] | None, Field(max_length=200)] = None
    due: DraftDue | None = None
    duties: Annotated[list[DutyPatch] | None, Field(max_length=100)] = None


class PlanImportPatch(Input):
    """修改导入草稿；没有给出的项不变。"""

    title: Title | None = None
    year: Year | None = None
    document_no: OptionalText = None
    issued_on: date | None = None
    rows: Annotated[list[RowPatch], Field(max_length=2000)] = []


__all__ = ["Draft", "PlanImportPage", "PlanImportPatch", "PlanImportPublic", "RowPatch"]
