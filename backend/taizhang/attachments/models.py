"""Files and evidence (附件、佐证材料)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint

from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    of_one_unit,
    owned,
    plain,
    primary_key,
    string_column,
    text_column,
    version_column,
)


class Openness(StrEnum):
    """公开属性 of a document (国办发〔2016〕80号：拟制公文时明确主动公开、依申请公开、不予公开)."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


class ScanState(StrEnum):
    """What the virus scanner said of a file (查杀结果)."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"


class Attachment(Table, table=True):
    """One uploaded file under the name its owner gave it; the bytes are stored once by their hash (附件)."""

    __table_args__ = (
        owned(),
        {"comment": "附件：内容按哈希存放，名称在此"},
    )

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "上传单位")
    sha256: str = string_column(64, "内容的 SHA-256", index=True)
    name: str = string_column(255, "文件名")
    size: int = plain("字节数")
    media_type: str = string_column(100, "按内容识别的类型")
    scan: ScanState = enum_column(ScanState, "病毒查杀结果", default=ScanState.UNSCANNED)
    uploaded_by: uuid.UUID = foreign_key("app_user.id", "上传人", index=False)
    created_at: datetime = plain("上传时间")


class Evidence(Table, table=True):
    """One piece of evidence (佐证材料), usable in several submissions; formed, published, uploaded are three dates."""

    __table_args__ = (owned(), of_one_unit("attachment_id", "attachment"), {"comment": "佐证材料"})

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "所属单位")
    title: str = string_column(300, "标题")
    document_no: str | None = string_column(100, "文号或索引号", nullable=True)
    formed_on: date | None = plain("形成日期", default=None)
    published_on: date | None = plain("公开日期", default=None)
    channel: str | None = string_column(100, "公开渠道", nullable=True)
    url: str | None = string_column(2000, "链接", nullable=True)
    attachment_id: uuid.UUID | None = foreign_key("attachment.id", "文件", nullable=True)
    openness: Openness | None = enum_column(Openness, "公开属性", nullable=True)
    secrecy_checked: bool = plain("是否经保密审查", default=False)
    note: str | None = text_column("说明", nullable=True)
    created_by: uuid.UUID = foreign_key("app_user.id", "登记人", index=False)
    created_at: datetime = plain("登记时间")
    version: int = version_column()


class EvidenceRevision(Table, table=True):
    """What a piece of evidence said before it was changed (佐证材料的旧版)."""

    __table_args__ = (UniqueConstraint("evidence_id", "version"), {"comment": "佐证材料旧版，只增不改"})

    id: uuid.UUID = primary_key()
    evidence_id: uuid.UUID = foreign_key("evidence.id", "佐证材料")
    version: int = plain("版本号")
    content: dict[str, Any] = jsonb_column("当时内容")
    made_at: datetime = plain("被替换的时间")
