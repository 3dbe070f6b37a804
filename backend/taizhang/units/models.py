"""Units and their names (责任单位、别名、统称)."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from taizhang.core.columns import (
    Table,
    enum_column,
    foreign_key,
    jsonb_column,
    path_column,
    plain,
    primary_key,
    string_column,
    version_column,
)


class UnitKind(StrEnum):
    """What a unit is."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    BRANCH = "branch"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    ZONE = "zone"
    OTHER = "other"


KIND_WORDS = {
    UnitKind.GOVERNMENT: "人民政府",
    UnitKind.OFFICE: "政府办公室",
    UnitKind.DEPARTMENT: "工作部门",
    UnitKind.BRANCH: "派出（垂管）机构",
    UnitKind.SUBDISTRICT: "街道",
    UnitKind.TOWN: "镇",
    UnitKind.ZONE: "园区管委会",
    UnitKind.OTHER: "其他",
}


class Unit(Table, table=True):
    """A unit (责任单位) or a government above it."""

    __table_args__ = (UniqueConstraint("code"), UniqueConstraint("path"), {"comment": "责任单位及其上的政府"})

    id: uuid.UUID = primary_key()
    code: str = string_column(32, "统一社会信用代码，或本地代码")
    name: str = string_column(200, "全称", index=True)
    short_name: str = string_column(100, "简称，分解表中的写法", index=True)
    kind: UnitKind = enum_column(UnitKind, "类别", index=True)
    parent_id: uuid.UUID | None = foreign_key("unit.id", "上级", nullable=True)
    path: str = path_column()
    position: int = plain("同级次序", default=0)
    valid_from: date | None = plain("存续起日", default=None)
    valid_to: date | None = plain("存续止日（含），空为存续", default=None)
    successor_id: uuid.UUID | None = foreign_key("unit.id", "承继单位", nullable=True, index=False)
    holds_tasks: bool = plain("是否承担政务公开重点任务", default=True)
    counts_in_report: bool = plain("是否计入本级政府年度报告（编制主体）", default=True)
    version: int = version_column()


class UnitAlias(Table, table=True):
    """Another name a unit goes by in documents (别名、曾用名)."""

    __table_args__ = (UniqueConstraint("unit_id", "name"), {"comment": "单位别名、曾用名"})

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "单位")
    name: str = string_column(200, "别名", index=True)


class UnitGroup(Table, table=True):
    """A collective word of the notices (统称), such as 各街镇, and the kinds it means."""

    __table_args__ = (UniqueConstraint("unit_id", "name"), {"comment": "统称与其所指的单位类别"})

    id: uuid.UUID = primary_key()
    unit_id: uuid.UUID = foreign_key("unit.id", "所属政府")
    name: str = string_column(100, "统称")
    kinds: list[str] = jsonb_column("所指单位类别")
    undecided: bool = plain("是否须由人指定（有关…、相关…）", default=False)
