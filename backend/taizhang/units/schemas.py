"""Shapes of units at the interface."""

import uuid
from datetime import date
from typing import Annotated

from pydantic import Field

from taizhang.core.paging import Page
from taizhang.core.schemas import Input, Output, Ref
from taizhang.units.models import UnitKind

UnitName = Annotated[str, Field(min_length=2, max_length=200, description="全称")]
ShortName = Annotated[str, Field(min_length=1, max_length=100, description="简称，即分解表中的写法")]
Code = Annotated[
    str, Field(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9-]+$", description="统一社会信用代码或本地代码")
]
Aliases = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=30, description="别名、曾用名")
]


class UnitCreate(Input):
    """新增单位。"""

    code: Code
    name: UnitName
    short_name: ShortName
    kind: UnitKind
    parent_id: uuid.UUID | None = None
    aliases: Aliases = []
    valid_from: date | None = None
    valid_to: date | None = None
    holds_tasks: bool = True
    counts_in_report: bool = True


class UnitPatch(Input):
    """修改单位；没有给出的项不变。撤并时填存续止日与承继单位。"""

    name: UnitName | None = None
    short_name: ShortName | None = None
    kind: UnitKind | None = None
    aliases: Aliases | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: uuid.UUID | None = None
    holds_tasks: bool | None = None
    counts_in_report: bool | None = None
    position: Annotated[int, Field(ge=0, le=9999)] | None = None


class UnitPublic(Output):
    """责任单位。"""

    id: uuid.UUID
    code: str
    name: str
    short_name: str
    kind: UnitKind
    kind_words: str
    parent_id: uuid.UUID | None
    path: str
    aliases: list[str]
    valid_from: date | None
    valid_to: date | None
    successor: Ref | None
    holds_tasks: bool
    counts_in_report: bool
    position: int
    version: int


class UnitPage(Page[UnitPublic]):
    """单位列表。"""


class UnitNode(UnitPublic):
    """机构树的一个节点。"""

    children: list["UnitNode"]


class UnitGroupPublic(Output):
    """统称与其所指。"""

    id: uuid.UUID
    name: str
    kinds: list[str]
    undecided: bool
