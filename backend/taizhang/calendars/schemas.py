"""Shapes of calendars and deadlines at the interface."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from taizhang.calendars.clock import DayStatus, Extension, Pause
from taizhang.calendars.derivation import StepKind
from taizhang.calendars.rules import Channel, TermUnit
from taizhang.calendars.workdays import DayKind
from taizhang.core.errors import MESSAGES
from taizhang.core.lights import LightColour
from taizhang.core.schemas import Input, OptionalText, Output

MESSAGES["pause_format"] = "应为“起日/止日”，如 2023-10-09/2023-10-20；还没有收到意见的，止日留空"
MESSAGES["extension_format"] = "应为“决定日/工作日数”或只写工作日数，如 2023-10-20/20"

# -- deadlines


def pause_of(text: str) -> Pause:
    """``2023-10-09/2023-10-20``, or ``2023-10-09/`` while no answer has come."""
    first, slash, last = text.partition("/")
    try:
        if slash:
            return Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    except ValueError:
        pass
    raise PydanticCustomError("pause_format", "pause")


def extension_of(text: str) -> Extension:
    """``20``, or ``2023-10-20/20`` with the day it was decided."""
    first, slash, last = text.partition("/")
    amount = last if slash else first
    try:
        if amount.isascii() and amount.isdigit() and len(amount) <= 4:
            return Extension(int(amount), date.fromisoformat(first) if slash else None)
    except ValueError:
        pass
    raise PydanticCustomError("extension_format", "extension")


def _checked_pause(text: str) -> str:
    pause_of(text)
    return text


def _checked_extension(text: str) -> str:
    extension_of(text)
    return text


class DeadlineQuery(BaseModel):
    """从哪天起、按哪条规定或多长期限、其间发生了什么。"""

    start: date = Field(description="起算事由发生之日（申请到达、信息形成、收到通知等）")
    days: int | None = Field(default=None, description="期限：工作日")
    calendar_days: int | None = Field(default=None, description="期限：日（自然日）")
    months: int | None = Field(default=None, description="期限：月")
    rule: str | None = Field(default=None, max_length=10, description="规定，如 K5；见 GET /deadlines/rules")
    restart: list[date] = Field(default=[], max_length=20, description="收到补正之日，可重复；期限重新起算")
    pause: list[Annotated[str, AfterValidator(_checked_pause)]] = Field(
        default=[], max_length=20, description="征求意见的“起日/止日”，可重复；起日次日至止日不计"
    )
    extend: list[Annotated[str, AfterValidator(_checked_extension)]] = Field(
        default=[], max_length=20, description="延期：“决定日/工作日数”或工作日数，只能一次，至多 20"
    )
    channel: Channel | None = Field(default=None, description="申请提交方式")
    confirmed: date | None = Field(default=None, description="与申请人确认之日（平常信函、互联网、传真）")
    sent: date | None = Field(default=None, description="答复付邮或者签收之日")


class RulePublic(Output):
    """一条法定期限。"""

    key: str
    name: str
    article: str
    event: str
    amount: int | None
    unit: TermUnit | None
    term_words: str
    consequence: str
    verified: bool
    restarts: bool
    pauses: bool
    extends: bool
    received: bool


class DerivationStep(Output):
    """推算的一步。counted 是到此为止计了第几个工作日。"""

    on: date
    until: date | None
    kind: StepKind
    step: str
    rule: str
    article: str | None
    counted: int | None
    remaining: int | None


class DayCounted(Output):
    """期限里的一天：计入、调休上班计入、周末、放假、征求意见不计。"""

    on: date
    status: DayStatus
    number: int


class DeadlineLight(Output):
    """灯与说法。"""

    colour: LightColour
    words: str


class Deadline(Output):
    """期限与推算过程。known 为假：跨入了尚未公布放假安排的年份，日期只是按周末推算。"""

    due_on: date | None
    known: bool
    derivation: list[DerivationStep]
    statement: str
    due_words: str | None
    received_on: date
    runs_from: date
    total: int
    unit: TermUnit
    due_is_workday: bool
    last_workday: date | None
    today: date
    remaining: int | None
    light: DeadlineLight
    rule: RulePublic | None
    days: list[DayCounted]


# -- calendars

Source = Literal["shipped", "notice", "none"]
Action = Literal["change", "undo"]
DayName = Annotated[str, Field(min_length=1, max_length=100, description="节日")]


class CalendarDay(Output):
    """放假或者调休上班的一天。"""

    on: date
    kind: DayKind
    name: str


class NoticePublic(Output):
    """确认的安排出自哪份通知。"""

    title: str
    document_no: str | None
    issued_on: date | None
    note: str | None
    text: str | None
    confirmed_by_name: str
    confirmed_at: datetime


class CalendarBrief(Output):
    """一年的工作日历从哪里来。"""

    year: int
    known: bool
    source: Source
    workdays: int | None
    document_no: str | None


class CalendarYear(CalendarBrief):
    """一年的工作日历。没有公布的年份 known 为假，days 为空。"""

    days: list[CalendarDay]
    notice: NoticePublic | None
    version: int
    actions: list[Action]


class CalendarDayInput(Input):
    """放假（off）或者调休上班（work）的一天。"""

    on: date
    kind: DayKind
    name: DayName


class CalendarPut(Input):
    """确认一年的节假日安排，整年代替原有的。"""

    title: Annotated[str, Field(min_length=2, max_length=200, description="通知标题")]
    document_no: OptionalText = Field(default=None, max_length=100, description="文号")
    issued_on: date | None = None
    note: OptionalText = None
    text: Annotated[str | None, Field(max_length=20_000, description="通知原文")] = None
    days: Annotated[list[CalendarDayInput], Field(min_length=1, max_length=100)]


class NoticeText(Input):
    """粘贴的通知。"""

    text: Annotated[str, Field(min_length=1, max_length=20_000, description="国务院办公厅节假日安排通知的文字")]
    year: Annotated[int, Field(ge=2000, le=2099, description="应当是哪一年的")] | None = None


class NoticeProblem(Output):
    """读出的疑点：block 要改好才能确认，warn 请看一眼。"""

    code: str
    level: Literal["block", "warn"]
    message: str
    on: date | None


class NoticeItemRead(Output):
    """一个节日的安排与原文。"""

    name: str
    text: str
    days: list[CalendarDay]


class NoticeRead(Output):
    """读通知的结果，没有写入任何东西。"""

    year: int | None
    title: str | None
    document_no: str | None
    issued_on: date | None
    items: list[NoticeItemRead]
    days: list[CalendarDay]
    problems: list[NoticeProblem]
