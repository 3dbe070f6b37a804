"""Shapes of attachments and evidence at the interface."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from taizhang.attachments.models import Openness, ScanState
from taizhang.core.paging import Page
from taizhang.core.schemas import BlankIsNone, Input, OptionalText, Output, Ref

Title = Annotated[str, Field(min_length=1, max_length=300, description="标题")]
_Hundred = Annotated[str, Field(max_length=100)]
_Link = Annotated[str, Field(max_length=2000)]
DocumentNo = Annotated[_Hundred | None, BlankIsNone, Field(description="文号或索引号")]
Channel = Annotated[_Hundred | None, BlankIsNone, Field(description="公开渠道")]
Url = Annotated[_Link | None, BlankIsNone, Field(description="链接，http 或 https")]


class AttachmentPublic(Output):
    """一个附件；内容另行下载。"""

    id: uuid.UUID
    name: str
    size: int
    media_type: str
    sha256: str
    scan: Annotated[ScanState, Field(description="查杀结果：unscanned 未查、clean 无毒、infected 有毒（不可下载）")]


class EvidenceCreate(Input):
    """登记佐证材料：文号、链接、文件至少有一项。"""

    title: Title
    document_no: DocumentNo = None
    formed_on: Annotated[date | None, Field(description="形成日期")] = None
    published_on: Annotated[date | None, Field(description="公开日期")] = None
    channel: Channel = None
    url: Url = None
    attachment_id: uuid.UUID | None = None
    openness: Annotated[Openness | None, Field(description="公开属性")] = None
    secrecy_checked: Annotated[bool, Field(description="是否经保密审查")] = False
    note: OptionalText = None


class EvidencePatch(Input):
    """修改佐证材料；没有给出的项不变，旧版留存。"""

    title: Title | None = None
    document_no: DocumentNo = None
    formed_on: date | None = None
    published_on: date | None = None
    channel: Channel = None
    url: Url = None
    attachment_id: uuid.UUID | None = None
    openness: Openness | None = None
    secrecy_checked: bool | None = None
    note: OptionalText = None


class EvidencePublic(Output):
    """一件佐证材料：形成、公开、登记是三个日期。"""

    id: uuid.UUID
    unit: Ref
    title: str
    document_no: str | None
    formed_on: date | None
    published_on: date | None
    channel: str | None
    url: str | None
    file: AttachmentPublic | None
    openness: Openness | None
    secrecy_checked: bool
    note: str | None
    created_at: datetime
    version: int


class EvidencePage(Page[EvidencePublic]):
    """佐证材料列表。"""
