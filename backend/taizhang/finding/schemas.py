"""Shapes of what is found."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from taizhang.core.schemas import Input, Output


class FoundKind(StrEnum):
    """What a hit is."""

    UNIT = "unit"
    TASK = "task"
    PLAN = "plan"
    ENTRY = "entry"


KIND_WORDS = {
    FoundKind.UNIT: "责任单位",
    FoundKind.TASK: "任务",
    FoundKind.PLAN: "任务分解表",
    FoundKind.ENTRY: "专项台账",
}


class Found(Output):
    """找到的一项。slug 是所在专项台账，其余种类为空。"""

    kind: FoundKind
    kind_words: str
    id: uuid.UUID
    slug: str | None
    title: str
    detail: str


class SearchResult(Output):
    """找到的，按种类排，同一种里最像的在前。"""

    q: str
    items: list[Found]


PagePath = Annotated[str, Field(max_length=200, pattern=r"^/([a-z0-9][a-z0-9/-]*)?$", description="页面，如 /ledger")]


class SavedViewCreate(Input):
    """要存的常用筛选。query 是地址里问号之后的部分。"""

    page: PagePath
    query: Annotated[str, Field(max_length=2000, pattern=r"^[^#\s]*$")]
    name: Annotated[str, Field(min_length=1, max_length=30)]
    shared: bool = False


class SavedViewPublic(Output):
    """一个常用筛选；mine 为自己存的，其余是政务公开科给大家共用的。"""

    id: uuid.UUID
    page: str
    query: str
    name: str
    shared: bool
    mine: bool
    owner_name: str
