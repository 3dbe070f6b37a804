"""A workbook that came back (回读): what its lines said, kept until somebody has decided on them."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    plain,
    primary_key,
    string_column,
    version_column,
)


class LedgerImportState(StrEnum):
    """A workbook read back is open until its changes have been written."""

    OPEN = "open"
    APPLIED = "applied"


class LedgerImport(Table, table=True):
    """A workbook of a plan's ledger, read back; the plan is not touched before it is applied."""

    __table_args__ = ({"comment": "台账回读：交回的工作簿与其各行"},)

    id: uuid.UUID = primary_key()
    plan_id: uuid.UUID = foreign_key("plan.id", "分解表")
    file_name: str = string_column(255, "文件名")
    sha256: str = string_column(64, "文件的 SHA-256")
    state: LedgerImportState = enum_column(LedgerImportState, "状态", default=LedgerImportState.OPEN)
    content: dict[str, Any] = jsonb_column("读到的各行：编号、版本、改过的格与导出时的原样")
    result: dict[str, Any] | None = jsonb_column("写入的结果", nullable=True)
    created_by: uuid.UUID = foreign_key("app_user.id", "交回人", index=False)
    created_at: datetime = plain("交回时间")
    version: int = version_column()
