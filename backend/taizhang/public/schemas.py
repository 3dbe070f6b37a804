"""Shapes of the public face (公众查询) at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.forms import CellKind, FormVersion
from taizhang.annual_reports.report_schemas import FiguresOutput, PartsPublic
from taizhang.core.paging import Page
from taizhang.core.schemas import Output
from taizhang.plans.models import AssignmentRole, AssignmentState, PlanStatus

Links = Annotated[dict[str, str], Field(description="page 公开网页，html、docx、xlsx、json 各种格式的地址")]


class UnitName(Output):
    """单位：代码与全称。"""

    code: str
    name: str


class ReportSummary(Output):
    """清单中的一份年度报告。撤下的只有 status、changed_at、withdrawn_on 与 reason，links 为空。"""

    id: uuid.UUID
    unit: UnitName
    year: int
    scope: Scope
    scope_words: str
    form: FormVersion
    title: str
    status: Literal["published", "withdrawn"]
    changed_at: datetime
    version: int | None
    published_on: date | None
    withdrawn_on: date | None
    reason: str | None
    links: Links | None


class ReportSummaryPage(Page[ReportSummary]):
    """一页年度报告。"""


class PublicReport(Output):
    """一份已公布的年度报告。"""

    id: uuid.UUID
    unit: UnitName
    year: int
    scope: Scope
    scope_words: str
    form: FormVersion
    title: str
    version: int
    published_on: date
    figures: FiguresOutput
    texts: PartsPublic
    links: Links


class ReleasedPeriod(Output):
    """最近公布的一期：期名、公布日期、情况说明、各状态的分工数。"""

    label: str
    released_on: date
    statement: str
    counts: dict[str, int]


class PlanSummary(Output):
    """一份已印发的任务分解表；released 是最近公布的一期进展，还没有公布的为 null。"""

    id: uuid.UUID
    unit: UnitName
    year: int
    title: str
    document_no: str | None
    issued_on: date | None
    status: PlanStatus
    tasks: int
    units: int
    released: ReleasedPeriod | None


class PlanSummaryPage(Page[PlanSummary]):
    """一页任务分解表。"""


class TaskUnit(Output):
    """一个责任单位在一项任务中的分工；state 是公布那一期时的办理状态，没有公布的为 null。"""

    name: str
    role: AssignmentRole
    role_words: str
    state: AssignmentState | None
    state_words: str | None


class OpenEvidence(Output):
    """一件主动公开的佐证：题名、文号、公开日期、网址。"""

    title: str
    document_no: str | None
    published_on: date | None
    unit: str
    url: str


class PublicTask(Output):
    """一项任务。"""

    position: int
    category: str
    subcategory: str | None
    title: str
    content: str
    units: list[TaskUnit]
    evidence: list[OpenEvidence]


class PublicPlan(PlanSummary):
    """一份已印发的任务分解表，连同公布了的进展。"""

    task_list: list[PublicTask]


class DataColumn(Output):
    """开放数据的一列。"""

    name: str
    title: str
    description: str


class DataCell(Output):
    """年度报告的一格：键、表样、所在的表与栏目、数的种类与单位、由哪些格相加。"""

    form: FormVersion
    cell: str
    table: str
    label: str
    kind: CellKind
    unit: str
    sum_of: list[str]


class Dictionary(Output):
    """数据字典。"""

    columns: list[DataColumn]
    cells: list[DataCell]


class OpenReport(Output):
    """一份报告的数字。"""

    unit_code: str
    unit_name: str
    year: int
    scope: Scope
    form: FormVersion
    version: int
    published_on: date
    figures: FiguresOutput


class OpenData(Output):
    """全部已公布的数字。"""

    dictionary: str
    reports: list[OpenReport]
