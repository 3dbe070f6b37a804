"""Deadlines in words (时限): which of the days a text names are deadlines, and what the words of a 时限 column mean.

In running text a day is a deadline only with a word that makes it one (前, 底, 内, 完成 …); in a column of its own any
day is. What cannot be read is said, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from taizhang.plans.importing.dates import NamedDay, named_days
from taizhang.plans.importing.numerals import NUMBER, narrowed, number_of

DueKind = Literal["date", "event", "periodic", "continuous", "none"]

WITHIN = re.compile(
    rf"(?P<number>{NUMBER})\s*(?P<unit>个工作日|工作日|个自然日|个月|个星期|个?小时|日|天|周)(?:之|以)?内"
)
_UNITS = {"个工作日": ("workday", 1), "工作日": ("workday", 1), "个月": ("month", 1)}
_UNITS |= {"个自然日": ("day", 1), "日": ("day", 1), "天": ("day", 1), "周": ("day", 7), "个星期": ("day", 7)}
PERIODIC = re.compile(r"各(?:季|月)|每(?:半?年|季|个?月|周|日|天|半月|旬|两)|定期|按(?:月|季|年度?|周)|逐(?:月|季|年)")
CONTINUOUS = re.compile(
    r"长期|持续|全年|常年|常态|贯穿|一贯|动态更新|及时|实时|随时|立行立改|即知即改|立即|马上|即时|经常"
)

_AFTER = re.compile(r"\s*(?:之?前|以前|(?:之|以)?内|止)")
_AT_ONCE = re.compile(r"[^\w\s]?(?:要|应|须|前)?(?:完成|建成|实现|印发|上线|出台|报送|全面(?:完成|实现|建成))")
_ACTION = re.compile(
    r"(?:要|应|拟|集中|组织|全面)*(?:组织|开展|召开|举办|启动|发布|公布|公开|制定|编制|形成|开通|编印|提交|公示|对)"
)
_NOT_AFTER = re.compile(
    r"\s*(?:之?后|以后|起|以来|至今|考核|总结|绩效|述职|召开的|印发的|发布的|公布的|(?:-|—+|–|~|～|至|到|开始)\s*(?:持续|长期|常态|今后))"
)
_PAST = re.compile(r"截[至止]到?\s*$")
_LATEST = re.compile(r"(?:不晚于|不迟于|最迟|最晚|限于?)\s*$")
_RECURRING = re.compile(r"每一?年度?的?\s*$")
_LOOK_BACK = 16
_TITLE = re.compile(r"《[^《》]*》")
_CLAUSE_START = re.compile(r"(?:^|[,，;；。:：、\n(（]|于|在|计划|拟)\s*$")
_EVENT = re.compile(
    r"(?:之?后|以后|之日起|之时起|(?:召开|开始|实施|施行|印发|发布|公布|决策|会议)之?前|接到.{0,8}通知)"
)
_WHOLE_YEAR = re.compile(r"^\s*(?:20\d{2}年度?|本年度?|今年|当年)(?:完成)?[。.]?\s*$")
# 9.30 and 09-30; 9-10 may be two months, and stays unread.
_DAY_ALONE = re.compile(r"^\s*(?:(\d{1,2})[./](\d{1,2})|(\d{2})-(\d{2}))日?(?:之?前)?\s*$")
_BLANK = re.compile(r"^[\s/／\-—–_无.。]*$")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A phrase at ``start:end`` that names a day. ``restored``: a lost character was put back."""

    start: int
    end: int
    text: str
    on: date
    restored: bool


@dataclass(frozen=True, slots=True)
class DueProblem:
    """Why a deadline should be looked at; ``code`` is stable."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Due:
    """What a 时限 cell says; ``on`` only for a date."""

    text: str
    kind: DueKind
    on: date | None = None
    problems: tuple[DueProblem, ...] = ()


def find_deadlines(text: str, year: int) -> list[Deadline]:
    """Every deadline of running text, in order, none overlapping another; the plan's year fills in."""
    return [
        Deadline(day.start, end, text[day.start : end], day.on, day.restored)
        for day, end in _deadlines(text, year)
        if day.on is not None
    ]


def impossible_deadlines(text: str, year: int) -> list[str]:
    """The words of deadlines that name no day (2月30日前) or more than one (2023111日前)."""
    return [text[day.start : end] for day, end in _deadlines(text, year) if day.on is None]


def read_due(text: str, year: int) -> Due | None:
    """What a cell of the 时限 column means; None if it is blank."""
    if _BLANK.match(text):
        return None
    every = named_days(_untitled(text), year)
    if every and _RECURRING.search(text[: every[0].start]):
        return Due(text, "periodic")
    if alone := _day_alone(text, year):
        return Due(text, "date", alone)
    days = [day for day in every if not _is_other(text, day)]
    dated = [day for day in days if day.on is not None]
    unreadable = tuple(
        DueProblem("date-impossible", f"“{text[day.start : day.end]}”不是一个确定的日期，请填写")
        for day in days
        if day.on is None
    )
    if dated:
        return _dated(text, dated, year, unreadable)
    if unreadable:
        return Due(text, "none", problems=unreadable)
    if _WHOLE_YEAR.match(text):
        written = re.search(r"20\d{2}", text)
        on = date(int(written[0]) if written else year, 12, 31)
        return Due(text, "date", on, _implausible(on, year))
    return _undated(text)


def _day_alone(text: str, year: int) -> date | None:
    written = _DAY_ALONE.match(narrowed(text))
    if written is None:
        return None
    month, day = (int(part) for part in written.groups() if part)
    return named_days(f"{month}月{day}日", year)[0].on


def is_plausible(on: date, year: int) -> bool:
    """A plan's deadlines lie in its year or the next (the annual report falls due there)."""
    return year <= on.year <= year + 1


def within(match: re.Match[str]) -> dict[str, object] | None:
    """How long after its trigger a match of ``WITHIN`` allows: ``{amount, unit}``; None for hours that fill no day."""
    amount, unit = number_of(match["number"]), match["unit"]
    if unit.endswith("小时"):
        return {"amount": int(amount) // 24, "unit": "day"} if amount and amount % 24 == 0 else None
    word, times = _UNITS[unit]
    return {"amount": int(amount) * times, "unit": word} if amount else None


def _dated(text: str, days: list[NamedDay], year: int, problems: tuple[DueProblem, ...]) -> Due:
    last = max(days, key=lambda day: day.on or date.min)
    on = last.on or date.min
    if len({day.on for day in days}) > 1:
        words = "、".join(str(day.on) for day in days)
        problems += (DueProblem("date-several", f"时限栏写了几个日期（{words}），读作最后一个，请核对"),)
    if last.restored:
        problems += (DueProblem("date-restored", f"“{text[last.start : last.end]}”漏了字，读作 {on}"),)
    return Due(text, "date", on, problems + _implausible(on, year))


def _undated(text: str) -> Due:
    if WITHIN.search(text) or (_EVENT.search(text) and not re.search(r"\d+日之?后", text)):
        return Due(text, "event")
    if PERIODIC.search(text):
        return Due(text, "periodic")
    if CONTINUOUS.search(text):
        return Due(text, "continuous")
    return Due(text, "none", problems=(DueProblem("date-unread", f"时限“{text[:30]}”没有读出日期，请填写"),))


def _implausible(on: date, year: int) -> tuple[DueProblem, ...]:
    if is_plausible(on, year):
        return ()
    return (DueProblem("date-implausible", f"时限 {on} 不在本年度，请核对"),)


def _deadlines(text: str, year: int) -> Iterator[tuple[NamedDay, int]]:
    """Named days that a word makes deadlines, each with the end of that word."""
    for day in named_days(_untitled(text), year):
        if _is_other(text, day):
            continue
        after = _AFTER.match(text, day.end)
        if after:
            yield day, after.end()
        elif _stands_as_deadline(text, day):
            yield day, day.end


def _stands_as_deadline(text: str, day: NamedDay) -> bool:
    """9月底, 年内 and 不晚于9月10日 need no 前; 9月 does with an action right after it (9月开展…)."""
    before = text[max(day.start - _LOOK_BACK, 0) : day.start]
    if _PAST.search(before):
        return False
    if day.end - day.start >= len(text) - 4 and text.strip(" \n。.") == text[day.start : day.end]:
        return True
    ends = text[day.end - 1] in "底末终内旬束"
    if ends or day.style == "plan" or _LATEST.search(before):
        return True
    if day.restored and not text[day.end - 1] == "日":
        return False
    if _AT_ONCE.match(text, day.end):
        return True
    return bool(_CLAUSE_START.search(before) and _ACTION.match(text, day.end))


def _is_other(text: str, day: NamedDay) -> bool:
    """After a day, from a day on, and every year's day are no deadline of this year."""
    return bool(_NOT_AFTER.match(text, day.end) or _RECURRING.search(text[max(day.start - _LOOK_BACK, 0) : day.start]))


def _untitled(text: str) -> str:
    """The text with what stands in 《》 blanked, as long as it was: years in titles are names."""
    return _TITLE.sub(lambda match: "　" * len(match[0]), text)
