"""Shapes of the link to the higher level's task at the interface (上级任务、下级承接)."""

import uuid
from typing import Annotated

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, Output, Ref
from taizhang.plans.models import PlanStatus


class Upstream(Output):
    """上级任务：本任务来自上级分解表的哪一项。

    上级分解表在本系统里的，task_id 指向它；不在的，只有书面的出处与原文。openable 为真则可以打开那项任务。
    """

    task_id: uuid.UUID | None
    plan_title: str | None
    document_no: str | None
    year: int | None
    unit: Ref | None
    position: int | None
    title: str
    text: str
    openable: bool


class UpstreamInput(Input):
    """指定上级任务：在本系统里的给 task_id；不在的写明出处（标题或文号）、任务名称与原文。"""

    task_id: uuid.UUID | None = None
    plan_title: Annotated[str | None, Field(max_length=300)] = None
    document_no: Annotated[str | None, Field(max_length=100)] = None
    title: Annotated[str | None, Field(max_length=300)] = None
    text: Annotated[str | None, Field(max_length=20_000)] = None


class UpstreamCandidate(Output):
    """可能的上级任务；score 是文字的相似度，0 到 1。只有任务文字，没有办理情况。"""

    task_id: uuid.UUID
    plan_title: str
    document_no: str | None
    year: int
    unit: Ref
    position: int
    category: str
    title: str
    text: str
    score: float


class UpstreamSuggestion(Output):
    """一项任务与它可能的上级任务，最像的在前；suggested 是足够像的那一项，没有则为 null。"""

    task_id: uuid.UUID
    version: int
    position: int
    category: str
    title: str
    text: str
    upstream: Upstream | None
    suggested: uuid.UUID | None
    candidates: list[UpstreamCandidate]


class UpstreamSuggestionPage(Page[UpstreamSuggestion]):
    """整份分解表的上级任务建议。"""


class UpstreamLink(Input):
    """一项任务的上级任务；upstream 为 null 则清除。version 是读到的任务版本。"""

    task_id: uuid.UUID
    version: Annotated[int, Field(ge=1, le=2_147_483_647)]
    upstream: UpstreamInput | None


class UpstreamLinks(Input):
    """一次指定多项任务的上级任务，全部写入或全不写入。"""

    links: Annotated[list[UpstreamLink], Field(min_length=1, max_length=2000)]


class UpstreamLinked(Output):
    """写了几项。"""

    changed: int


class DownstreamTask(Output):
    """下级承接：查看范围内，哪份分解表的哪一项来自本任务。"""

    id: uuid.UUID
    position: int
    title: str
    plan: Ref
    plan_year: int
    plan_status: PlanStatus
    unit: Ref


class DownstreamPage(Page[DownstreamTask]):
    """下级承接的任务。"""
