"""Shapes of messages and live events at the interface."""

import uuid
from datetime import datetime

from taizhang.core.paging import Page
from taizhang.core.schemas import Output


class NotificationPublic(Output):
    """一条消息。"""

    id: uuid.UUID
    kind: str
    title: str
    text: str
    subject_type: str
    subject_id: uuid.UUID
    created_at: datetime
    read_at: datetime | None


class NotificationPage(Page[NotificationPublic]):
    """消息列表，未读在前。"""


class ChangeEvent(Output):
    """一处变更：什么变了、在哪个单位。内容请另行读取。"""

    kind: str
    id: uuid.UUID
    unit_id: uuid.UUID
    action: str
