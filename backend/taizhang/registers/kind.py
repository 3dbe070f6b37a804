"""The kind of a register (台账种类): its fields, its events and its due rule, as data. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from taizhang.calendars.clock import Question
from taizhang.calendars.rules import Term
from taizhang.calendars.workdays import Calendar
from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, FieldShape, OptionalArea, OptionalLine, may, shapes

if TYPE_CHECKING:
    from taizhang.registers.rules import Case

KEEPING = "公开与保密"
BEIJING = ZoneInfo("Asia/Shanghai")


class Group(StrEnum):
    """Under which heading of the annual report's five aspects a register stands (主动公开、依申请公开、平台、保障)."""

    ACTIVE = "active"
    REQUEST = "request"
    PLATFORM = "platform"
    SUPPORT = "support"


GROUP_WORDS = {
    Group.ACTIVE: "主动公开",
    Group.REQUEST: "依申请公开",
    Group.PLATFORM: "平台与互动",
    Group.SUPPORT: "监督保障",
}


class Openness(Choice):
    """公开属性 (国办发〔2016〕80号: 拟制公文时明确)."""

    ACTIVE = "active", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"


class Fault(NamedTuple):
    """What cannot be: the field (``on``, ``data/days``), a code, words with the rule and its article."""

    field: str
    code: str
    words: str


class Refused(ValueError):
    """An entry or its events that cannot have been so."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("；".join(fault.words for fault in faults))
        self.faults = faults


class Entry(Input):
    """What every register asks for besides its own: openness and the secrecy review (条例第十七条)."""

    openness: Openness | None = may("公开属性", KEEPING)
    closed_reason: OptionalLine = may("不公开的理由", KEEPING, hint="不予公开的须说明")
    secrecy_reviewer: OptionalLine = may("保密审查人", KEEPING, hint="条例第十七条：公开前应当审查")
    secrecy_reviewed_on: date | None = may("保密审查日期", KEEPING)
    note: OptionalArea = may("备注", KEEPING, area=True)

    def faults(self, opened_on: date) -> Iterator[Fault]:
        """What is wrong between fields; registers add their own."""
        if self.openness is Openness.CLOSED and self.closed_reason is None:
            words = "不予公开的，须说明理由（国办发〔2016〕80号：拟制公文明确公开属性，不公开的说明理由）"
            yield Fault("data/closed_reason", "reason-missing", words)


class Happened(NamedTuple):
    """One event as the rules see it; ``at`` where the hour counts."""

    kind: str
    on: date
    data: BaseModel | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventForm:
    """An event a register takes: what it is called, what it asks for, and whether it closes the entry.

    ``says`` adds to what was filled in what follows from it (label, words): a fee's amount, the row of table 三.
    """

    kind: str
    title: str
    on_words: str
    form: type[Input] | None = None
    closes: bool = False
    hint: str = ""
    by_hour: bool = False
    says: Callable[[Any], Sequence[tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When an entry must be done.

    Under a rule of ``calendars.rules`` (``rule``), a term of its own (``term``), or on a day the entry names (``on``).
    ``start`` names the field a term runs from; None is the opening day. ``when`` says for which entries.
    """

    words: str
    basis: str
    rule: str | None = None
    term: Term | None = None
    start: str | None = None
    on: str | None = None
    when: Callable[[Any], bool] = lambda entry: True


class Waiting(StrEnum):
    """What an entry's clock waits for while it stands still."""

    CONFIRMATION = "confirmation"
    CORRECTION = "correction"
    CONSULTATION = "consultation"
    PAYMENT = "payment"


WAITING_WORDS = {
    Waiting.CONFIRMATION: "待与申请人确认收到",
    Waiting.CORRECTION: "待申请人补正",
    Waiting.CONSULTATION: "征求意见中，期限暂不计算",
    Waiting.PAYMENT: "待申请人缴费",
}


class Milestone(NamedTuple):
    """One of several terms of an entry, in hours: when it ran out and when it was met."""

    title: str
    due_at: datetime
    done_at: datetime | None
    basis: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands: computed from its fields and events, never typed."""

    due_on: date | None = None
    due_at: datetime | None = None
    known: bool = True
    waiting: Waiting | None = None
    waiting_until: date | None = None
    closed_on: date | None = None
    done_at: datetime | None = None
    outcome: str | None = None
    next_events: tuple[str, ...] = ()
    question: Question | None = None
    milestones: tuple[Milestone, ...] = ()
    remarks: tuple[str, ...] = ()
    paid_on: tuple[date, ...] = field(default=())


Replay = Callable[["RegisterKind", "Case", Calendar], Standing]


@dataclass(frozen=True)
class RegisterKind:
    """One register (专项台账)."""

    slug: str
    title: str
    group: Group
    position: int
    basis: str
    summary: str
    entry: type[Entry]
    opened_words: str
    title_words: str = "标题"
    ref_words: str = "文号、编号"
    due: Due | None = None
    due_words: str = ""
    events: Sequence[EventForm] = ()
    replay: Replay | None = None
    links: str | None = None
    party: bool = False
    outcome: str | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    indicators: Sequence[str] = ()
    cells: Sequence[str] = ()
    # Rows of the import template's example sheet, by column key (``importing.columns``); invented.
    examples: Sequence[Mapping[str, str]] = ()

    @property
    def records(self) -> bool:
        """Whether entries only record what was done: nothing to wait for, closed as they are entered."""
        return not self.events

    @property
    def term_words(self) -> str:
        """Until when an entry must be done, in words."""
        return self.due.words if self.due else self.due_words or "没有固定期限"

    @cached_property
    def fields(self) -> tuple[FieldShape, ...]:
        """The entry's own fields first, those common to all registers last."""
        common = set(Entry.model_fields)
        found = shapes(self.entry)
        return (*(f for f in found if f.name not in common), *(f for f in found if f.name in common))

    def event(self, kind: str) -> EventForm | None:
        return next((event for event in self.events if event.kind == kind), None)
