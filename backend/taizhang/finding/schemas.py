"""Shapes of what is found."""

import uuid
from enum import StrEnum

from taizhang.core.schemas import Output


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
