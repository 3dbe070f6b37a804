"""Entries of the registers and what happened to them (台账条目、经过)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field

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
    version_column,
)
from taizhang.registers.kind import Waiting
from taizhang.registers.party import PartyKind


class EntryState(StrEnum):
    """Whether an entry is still to be done."""

    OPEN = "open"
    CLOSED = "closed"
    VOIDED = "voided"


STATE_WORDS = {EntryState.OPEN: "在办", EntryState.CLOSED: "已办结", EntryState.VOIDED: "已作废"}


class RegisterEntry(Table, table=True):
    """One case or document of a register (台账条目). Dates and state are computed from fields and events."""

    __table_args__ = (
        owned(),
        of_one_unit("related_id", "register_entry"),
        Index(None, "slug", "unit_path", "opened_on"),
        Index(None, "slug", "unit_path", "closed_on"),
        Index("ix_register_entry_open_due", "slug", "unit_path", "due_on", postgresql_where=text("state = 'open'")),
        {"comment": "专项台账条目：一件申请、一份文件、一次检查"},
    )

    id: uuid.UUID = primary_key()
    slug: str = string_column(64, "台账种类，如 applications")
    unit_id: uuid.UUID = foreign_key("unit.id", "单位")
    unit_path: str = Field(sa_column=Column(Text(collation="C"), nullable=False, comment="单位的机构路径，子树即区间"))
    state: EntryState = enum_column(EntryState, "在办 open，已办结 closed，已作废 voided", default=EntryState.OPEN)
    title: str = string_column(300, "标题、事项")
    ref_no: str | None = string_column(100, "文号、登记号", nullable=True)
    opened_on: date = plain("起始日：申请到达、文件印发、检查等")
    due_on: date | None = plain("到期日，由经过推算；期限暂停或者没有期限的为空", default=None)
    due_at: datetime | None = plain("按小时计的到期时刻", default=None)
    due_known: bool = plain("到期日所涉年份的放假安排是否都已公布", default=True)
    waiting: Waiting | None = enum_column(Waiting, "期限停着等什么", nullable=True)
    waiting_until: date | None = plain("等到哪天", default=None)
    closed_on: date | None = plain("办结日", default=None)
    done_at: datetime | None = plain("按小时计的，最迟一步的完成时刻", default=None)
    outcome: str | None = string_column(32, "结果：表三的行、表四的列等", nullable=True)
    party: PartyKind | None = enum_column(PartyKind, "申请人类型（表三的列）", nullable=True)
    party_masked: dict[str, Any] | None = jsonb_column("申请人信息的遮掩样子", nullable=True)
    party_key: str | None = string_column(32, "加密申请人信息的密钥编号", nullable=True)
    party_sealed: bytes | None = Field(
        default=None, sa_type=LargeBinary, sa_column_kwargs={"comment": "申请人信息（AES-256-GCM 密文）"}
    )
    related_id: uuid.UUID | None = foreign_key("register_entry.id", "相连的条目（复议、诉讼所涉申请）", nullable=True)
    data: dict[str, Any] = jsonb_column("本台账各栏，由该种类的模型校验")
    void_reason: str | None = string_column(500, "作废原因", nullable=True)
    created_by: uuid.UUID = foreign_key("app_user.id", "登记人", index=False)
    created_by_name: str = string_column(100, "登记人姓名（当时）")
    created_at: datetime = plain("登记时间")
    updated_at: datetime = plain("最近变动时间")
    version: int = version_column()


class ClockEvent(Table, table=True):
    """Something that happened to an entry (经过); never changed, at most voided with a reason."""

    __table_args__ = ({"comment": "专项台账条目的经过：补正、征求意见、延期、答复、送出、公开等"},)

    id: uuid.UUID = primary_key()
    entry_id: uuid.UUID = foreign_key("register_entry.id", "条目")
    kind: str = string_column(32, "经过种类")
    on: date = plain("发生之日")
    at: datetime | None = plain("发生时刻（按小时计的）", default=None)
    reason: str | None = string_column(500, "说明", nullable=True)
    data: dict[str, Any] | None = jsonb_column("这一步填的各栏", nullable=True)
    actor_id: uuid.UUID = foreign_key("app_user.id", "登记人", index=False)
    actor_name: str = string_column(100, "登记人姓名（当时）")
    recorded_at: datetime = plain("登记时间（真实时间）")
    voided_at: datetime | None = plain("作废时间", default=None)
    voided_by_name: str | None = string_column(100, "作废人姓名（当时）", nullable=True)
    void_reason: str | None = string_column(500, "作废原因", nullable=True)


class RegisterImportState(StrEnum):
    """How far an import has come; a discarded one has forgotten what it held."""

    DRAFT = "draft"
    PARTLY = "partly"
    COMMITTED = "committed"
    DISCARDED = "discarded"


class RegisterImport(Table, table=True):
    """A workbook on its way into a register (台账导入): its rows sealed, for they may hold applicants."""

    __table_args__ = (Index(None, "unit_id", "slug"), {"comment": "台账导入：读入的工作簿，登记之前的草稿"})

    id: uuid.UUID = primary_key()
    slug: str = string_column(64, "台账种类，如 applications")
    unit_id: uuid.UUID = foreign_key("unit.id", "导入的单位", index=False)
    file_name: str = string_column(255, "文件名")
    sha256: str = string_column(64, "文件的 SHA-256")
    state: RegisterImportState = enum_column(RegisterImportState, "状态", default=RegisterImportState.DRAFT)
    summary: dict[str, Any] = jsonb_column("各种行各多少")
    content_key: str | None = string_column(32, "加密草稿的密钥编号", nullable=True)
    content_sealed: bytes | None = Field(
        default=None,
        sa_type=LargeBinary,
        sa_column_kwargs={"comment": "草稿各行（AES-256-GCM 密文）；丢弃之后为空"},
    )
    created_by: uuid.UUID = foreign_key("app_user.id", "导入人", index=False)
    created_by_name: str = string_column(100, "导入人姓名（当时）")
    created_at: datetime = plain("导入时间")
    version: int = version_column()
