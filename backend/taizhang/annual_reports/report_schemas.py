"""Shapes of the report itself (表样、数字、核对、读取) at the interface."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from taizhang.annual_reports.checks.findings import Level, Part, Scope
from taizhang.annual_reports.forms import CellKind, FormVersion
from taizhang.core.schemas import Input, Output


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Version = Annotated[FormVersion, BeforeValidator(_as_text), Field(description="表样：2021 或 2019")]
ReportYear = Annotated[int, Field(ge=2000, le=2100, description="报告年度")]
FiguresInput = Annotated[
    dict[str, Any],
    Field(max_length=1000),
    WithJsonSchema(
        {
            "type": "object",
            "description": "格到数字；空为 null，与 0 不同。金额以万元计，是小数文字",
            "additionalProperties": {"type": ["number", "string", "null"]},
        }
    ),
]
FiguresOutput = Annotated[
    dict[str, int | str | None],
    WithJsonSchema(
        {
            "type": "object",
            "description": "格到数字，每格都在；空为 null。金额以万元计，是小数文字",
            "additionalProperties": {"type": ["integer", "string", "null"]},
        }
    ),
]
Prose = Annotated[str, Field(max_length=60_000)]
Yuan = Annotated[Decimal, Field(ge=0, le=10**10, decimal_places=2, description="元")]


class PartsInput(Input):
    """报告的文字部分：一、五、六。"""

    overview: Prose | None = None
    problems: Prose | None = None
    other: Prose | None = None


class PreviousInput(Input):
    """上年报告。form 不填则与本年同。"""

    figures: FiguresInput
    form: Version | None = None
    texts: PartsInput | None = None


class ProcessingFeesInput(Input):
    """信息处理费：发出收费通知件数、通知总金额、实际收取总金额（元）。"""

    notices: Annotated[int, Field(ge=0, le=10**9)]
    notified: Yuan
    received: Yuan


class CheckRequest(Input):
    """要核对的一份报告。makes_rules 表示有规章制定权（设区的市以上）。"""

    year: ReportYear
    form: Version
    scope: Scope = Scope.ORGAN
    figures: FiguresInput
    previous: PreviousInput | None = None
    texts: PartsInput | None = None
    processing_fees: ProcessingFeesInput | None = None
    makes_rules: bool = False


class PassagePublic(Output):
    """一段文字；雷同的附上年的原话。"""

    part: Part
    text: str
    previous: str | None


class FixPublic(Output):
    """一种改法：说明，和改后的各格（随之变的求和格也在内）。"""

    words: str
    figures: dict[str, int]


class FindingPublic(Output):
    """一条发现。left、right 是两边现在的数；repair 是一次即可改平的改法；fixes 是可以照着改的几种，最可能的在前。"""

    rule: str
    level: Level
    cells: list[str]
    left: int | str | None
    right: int | str | None
    message: str
    repair: str | None
    passages: list[PassagePublic]
    fixes: list[FixPublic]


class CheckResult(Output):
    """核对结果，不能报送的在前。"""

    findings: list[FindingPublic]


class ReadProblem(Output):
    """没有读准的一处：代码、说明、是哪一格、在文件何处。"""

    code: str
    message: str
    cell: str | None
    where: str | None


class PartsPublic(Output):
    """报告的文字部分：一、五、六。"""

    overview: str | None
    problems: str | None
    other: str | None


class ReadResult(Output):
    """读出的报告。"""

    form: FormVersion
    year: int | None
    unit_name: str | None
    scope: Scope
    figures: FiguresOutput
    texts: PartsPublic
    findings: list[FindingPublic]
    problems: list[ReadProblem]


class FormCell(Output):
    """一格。"""

    key: str
    label: str
    kind: CellKind
    sum_of: list[str]


class FormPlace(Output):
    """版面上的一块：栏目名（text，scope 说明它统领什么）或一格（cell）。行列从 0 起。"""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    cell: str | None
    scope: str | None


class FormTable(Output):
    """一张表。"""

    slug: str
    part: str
    heading: str
    row_count: int
    column_count: int
    places: list[FormPlace]


class FormEquation(Output):
    """一条勾稽关系：left 之和等于 right 之和。"""

    rule: str
    where: str
    left: list[str]
    right: list[str]


class FormRule(Output):
    """一项核对。"""

    id: str
    title: str
    level: Level
    needs: str


class FormPublic(Output):
    """一套表样。"""

    version: FormVersion
    title: str
    cells: list[FormCell]
    tables: list[FormTable]
    equations: list[FormEquation]
    rules: list[FormRule]
