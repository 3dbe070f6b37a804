"""Shapes of released progress (进展公布) at the interface."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from taizhang.core.schemas import Input, Output


class ReleaseCreate(Input):
    """公布哪一期，附给公众看的情况说明。"""

    period_id: uuid.UUID
    statement: Annotated[str, Field(min_length=1, max_length=5000, description="情况说明，公众看得到")]


class ReleaseWithdraw(Input):
    """撤下的理由。"""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ReleasePublic(Output):
    """一次公布；counts 是当时各状态的分工数。"""

    id: uuid.UUID
    period_id: uuid.UUID
    period_label: str
    statement: str
    counts: dict[str, int]
    released_at: datetime
    released_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdraw_reason: str | None
