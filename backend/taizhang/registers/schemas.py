"""Shapes of registers at the interface."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from taizhang.calendars.derivation import StepKind
from taizhang.calendars.rules import TermUnit
from taizhang.core.lights import LightColour
from taizhang.core.paging import Page
from taizhang.core.schemas import BlankIsNone, Input, OptionalText, Output
from taizhang.registers.fields import InputKind
from taizhang.registers.kind import Group, Waiting
from taizhang.registers.models import EntryState
from taizhang.registers.party import Party, PartyKind

Title = Annotated[str, Field(min_length=1, max_length=300, description="标题、事项；不要写入个人信息")]
RefNo = Annotated[Annotated[str, Field(max_length=100)] | None, BlankIsNone, Field(description="文号、登记号")]
Values = Annotated[dict[str, Any], Field(max_length=100, description="本台账各栏，见 GET /registers/{slug}")]
Reason = Annotated[str, Field(min_length=1, max_length=500, description="原因")]


class EntrySort(StrEnum):
    """列表的次序。"""

    DUE = "due_on"
    NEWEST = "-opened_on"
    OLDEST = "opened_on"
    UPDATED = "-updated_at"


class EntryCreate(Input):
    """登记一条。不给单位的，登记在自己的单位名下。"""

    unit_id: uuid.UUID | None = None
    title: Title
    ref_no: RefNo = None
    opened_on: date = Field(description="起始日，各台账所指不同，见 opened_words")
    data: Values = Field(default_factory=dict)
    party: Party | None = Field(default=None, description="申请人，只有依申请公开台账要填")
    related_id: uuid.UUID | None = Field(default=None, description="相连的条目，如复议所涉的申请")


class EntryPatch(Input):
    """修改一条；没有给出的不变，data 中给出的各栏逐栏代替。"""

    title: Title | None = None
    ref_no: RefNo = None
    opened_on: date | None = None
    data: Values | None = None
    party: Party | None = None
    related_id: uuid.UUID | None = None


class EventCreate(Input):
    """登记一步经过。按小时计的台账给 at，其余给 on。"""

    kind: Annotated[str, Field(min_length=1, max_length=32, description="经过种类，见该台账的 events")]
    on: date | None = Field(default=None, description="发生之日")
    at: AwareDatetime | None = Field(default=None, description="发生时刻（按小时计的台账）")
    reason: OptionalText = Field(default=None, description="说明")
    data: Values = Field(default_factory=dict)


class Split(Input):
    """把一封来信拆成几件：本件之外，另立几件。"""

    titles: Annotated[list[Title], Field(min_length=1, max_length=20, description="另立各件的申请事项")]


class WithReason(Input):
    """说明原因。"""

    reason: Reason


class ChoiceOption(Output):
    """一个选项。"""

    value: str
    words: str


class FieldPublic(Output):
    """一栏：叫什么、怎么填。"""

    name: str
    label: str
    hint: str | None
    section: str
    input: InputKind
    required: bool
    options: list[ChoiceOption]
    longest: int | None
    least: float | None
    most: float | None


class EventFormPublic(Output):
    """一步经过：叫什么、填什么。"""

    kind: str
    title: str
    on_words: str
    hint: str
    closes: bool
    by_hour: bool
    fields: list[FieldPublic]


class EntryCounts(Output):
    """我看得到的：全部、在办、逾期、临期。"""

    total: int
    open: int
    overdue: int
    near: int


class RegisterPublic(Output):
    """一种专项台账：依据、各栏、各步、期限与件数。"""

    slug: str
    title: str
    group: Group
    group_words: str
    basis: str
    summary: str
    title_words: str
    ref_words: str
    opened_words: str
    term_words: str
    term_basis: str | None
    records: bool
    party: bool
    links: str | None
    indicators: list[str]
    cells: list[str]
    fields: list[FieldPublic]
    events: list[EventFormPublic]
    counts: EntryCounts
    actions: list[str]


class RegisterDetail(RegisterPublic):
    """一种专项台账，连同 data 的 JSON Schema。"""

    data_schema: dict[str, Any]


class UnitBrief(Output):
    """单位。"""

    id: uuid.UUID
    name: str
    short_name: str


class EntrySummary(Output):
    """列表里的一条。"""

    id: uuid.UUID
    version: int
    slug: str
    title: str
    ref_no: str | None
    unit: UnitBrief
    opened_on: date
    due_on: date | None
    due_at: datetime | None
    due_known: bool
    closed_on: date | None
    state: EntryState
    state_words: str
    waiting: Waiting | None
    outcome: str | None
    party: PartyKind | None
    party_words: str | None
    party_name: str | None
    light: LightColour
    light_words: str
    remaining: int | None
    actions: list[str]


class EntryPage(Page[EntrySummary]):
    """台账条目列表。"""


class PartyMasked(Output):
    """申请人，个人信息已遮掩；看原文用 GET …/party，每看一次记一次。"""

    kind: PartyKind
    kind_words: str
    name: str
    id_number: str | None
    phone: str | None
    address: str | None
    email: str | None


class PartyOpen(PartyMasked):
    """申请人的完整信息。"""


class EventPublic(Output):
    """一步经过。"""

    id: uuid.UUID
    kind: str
    title: str
    on: date
    at: datetime | None
    reason: str | None
    data: dict[str, Any]
    facts: list["Fact"]
    actor_name: str
    recorded_at: datetime
    voided_at: datetime | None
    voided_by_name: str | None
    void_reason: str | None


class Fact(Output):
    """一栏与它的话。"""

    label: str
    words: str


class RelatedEntry(Output):
    """相连的条目。"""

    id: uuid.UUID
    slug: str
    register_title: str
    title: str
    ref_no: str | None
    state_words: str


class EntryPublic(EntrySummary):
    """一条的全部内容。"""

    data: dict[str, Any]
    facts: list["SectionFacts"]
    party_masked: PartyMasked | None
    outcome_words: str | None
    remarks: list[str]
    events: list[EventPublic]
    next_events: list[str]
    related: RelatedEntry | None
    relating: list[RelatedEntry]
    void_reason: str | None
    created_by_name: str
    created_at: datetime
    updated_at: datetime


class SectionFacts(Output):
    """一节各栏的话。"""

    section: str
    facts: list[Fact]


class ClockStep(Output):
    """推算的一步。"""

    on: date
    until: date | None
    kind: StepKind
    step: str
    rule: str
    article: str | None
    counted: int | None
    remaining: int | None


class MilestonePublic(Output):
    """按小时计的一个时限。"""

    title: str
    due_at: datetime
    done_at: datetime | None
    basis: str
    light: LightColour
    words: str


class EntryClock(Output):
    """期限与推算过程；没有期限或者停着的，due_on 为空，light 说为什么。"""

    due_on: date | None
    due_at: datetime | None
    known: bool
    term_words: str
    basis: str | None
    received_on: date | None
    runs_from: date | None
    total: int | None
    unit: TermUnit | None
    remaining: int | None
    light: LightColour
    light_words: str
    waiting: Waiting | None
    waiting_until: date | None
    derivation: list[ClockStep]
    statement: str | None
    milestones: list[MilestonePublic]
    remarks: list[str]
