"""Confirmed holiday notices and their days (节假日安排)."""

import uuid
from datetime import date, datetime

from sqlalchemy import UniqueConstraint

from taizhang.calendars.workdays import DayKind
from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    plain,
    primary_key,
    string_column,
    text_column,
    version_column,
)


class HolidayNotice(Table, table=True):
    """A year's arrangement as the office confirmed it (节假日安排通知), in place of the shipped one while in force.

    Taken back it stays, with no days, so that its version never repeats.
    """

    __table_args__ = (UniqueConstraint("year"), {"comment": "节假日安排：办公室确认的一年，代替随软件提供的安排"})

    id: uuid.UUID = primary_key()
    year: int = plain("年度")
    in_force: bool = plain("是否有效；撤回后为否，回到随软件提供的安排", default=True)
    title: str = string_column(200, "通知标题")
    document_no: str | None = string_column(100, "文号", nullable=True)
    issued_on: date | None = plain("成文日期", default=None)
    note: str | None = string_column(500, "备注", nullable=True)
    text: str | None = text_column("通知原文（粘贴读取时）", nullable=True)
    confirmed_by: uuid.UUID = foreign_key("app_user.id", "确认人", index=False)
    confirmed_by_name: str = string_column(100, "确认人姓名（当时）")
    confirmed_at: datetime = plain("确认时间")
    version: int = version_column()


class Holiday(Table, table=True):
    """One day a confirmed notice names: off, or worked to make up for it (放假、调休上班)."""

    __table_args__ = (UniqueConstraint("notice_id", "on"), {"comment": "节假日安排中的一天：放假或调休上班"})

    id: uuid.UUID = primary_key()
    notice_id: uuid.UUID = foreign_key("holiday_notice.id", "所属节假日安排", index=False)
    on: date = plain("日期（可在上年12月）")
    kind: DayKind = enum_column(DayKind, "放假 off，调休上班 work")
    name: str = string_column(100, "节日")
