"""Shapes of imports at the interface; the draft itself is ``importing.draft``."""

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, OptionalText, Output, Ref
from taizhang.plans.importing.draft import (
    Draft,
    DraftDue,
    DraftProblem,
    DraftRow,
    DraftSummary,
    DraftThreshold,
    DraftWithin,
)
from taizhang.plans.models import ImportState
from taizhang.plans.schemas import Title, Year


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


class PlanImportPublic(PlanImportBrief):
    """导入草稿：各行、问题与原文。"""

    issuer_text: str | None
    rows: list[DraftRow]
    problems: list[DraftProblem]
    source_paragraphs: list[str]


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
