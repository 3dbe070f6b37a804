"""The clock (期限计算): from what happened to a derivation a reviewing organ can follow. Pure: standard library only.

Day one is the day after the one a term runs from (期间开始之日不计). 补正 starts the term anew; asking others stops it
from the day after the question to the day of the answer; an extension adds to it once. A term in days or months that
ends on a day off is not rolled forward: no article at hand says so (docs/decisions/0015).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from taizhang.calendars.rules import (
    ARTICLES,
    EXTENSION_LONGEST,
    LONGEST,
    RECEIPTS,
    UNIT_WORDS,
    Channel,
    Counting,
    Rule,
    Term,
    TermUnit,
    received_on,
)
from taizhang.calendars.workdays import ONE_DAY, Calendar, is_weekend


class Pause(NamedTuple):
    """Opinions asked for on ``start`` and had on ``end``; open while ``end`` is None (征求意见)."""

    start: date
    end: date | None


class Extension(NamedTuple):
    """A longer term, in working days (延期); ``on`` is the day it was decided and told."""

    amount: int
    on: date | None = None


class Arrival(NamedTuple):
    """How an application came, and when both sides confirmed it."""

    channel: Channel
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the clock. ``start`` is the day of the event the term runs from (an application's arrival)."""

    start: date
    term: Term
    rule: Rule | None = None
    restarts: Sequence[date] = ()
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Extension] = ()
    arrival: Arrival | None = None
    sent_on: date | None = None

    @property
    def received_on(self) -> date:
        """收到申请之日, or the day of the event."""
        if self.arrival is None:
            return self.start
        return received_on(self.arrival.channel, self.start, self.arrival.confirmed_on) or self.start

    @property
    def runs_from(self) -> date:
        """The day the running clock started: the last restart, or the first day."""
        return max([self.received_on, *self.restarts])

    @property
    def extension(self) -> Extension | None:
        return self.extensions[0] if self.extensions else None


class Fault(NamedTuple):
    """What makes a question impossible: the field (``pause/0``), a code, words with the article."""

    field: str
    code: str
    words: str


class ImpossibleClock(ValueError):
    """These events cannot have happened so, or not under this rule."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(fault.words for fault in faults))
        self.faults = faults


class DayStatus(StrEnum):
    """What a day was to the term."""

    COUNTED = "counted"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"


WORKED = (DayStatus.COUNTED, DayStatus.MAKE_UP)


class CountedDay(NamedTuple):
    """One day after the start; ``number`` is how many had been counted by its end."""

    on: date
    status: DayStatus
    number: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The bare count. ``due_on`` is None while the clock stands still; ``days`` follow ``runs_from`` without a gap."""

    due_on: date | None
    days: Sequence[CountedDay]
    total: int
    base_due_on: date | None
    unknown_from: date | None
    in_workdays: bool = True

    @property
    def known(self) -> bool:
        """Whether every day counted lies in a year whose arrangement has been published."""
        return self.unknown_from is None

    def counted_by(self, day: date) -> int:
        """How many working days had been counted by the end of a day."""
        if not self.days or day < self.days[0].on:
            return 0
        return self.days[min((day - self.days[0].on).days, len(self.days) - 1)].number


def under_rule(rule: Rule | None, term: Term, extensions: Sequence[Extension]) -> tuple[Term, Sequence[Extension]]:
    """Under a rule that may be extended, what is asked beyond its own term is an extension (20 + 20)."""
    if rule is None or not rule.extends or rule.term is None or extensions or term.unit is not rule.term.unit:
        return term, extensions
    beyond = term.amount - rule.term.amount
    return (rule.term, [Extension(beyond)]) if 0 < beyond <= EXTENSION_LONGEST else (term, extensions)


def reckon(question: Question, calendar: Calendar) -> Reckoning:
    """The due date and how it was counted.

    Raises:
        ImpossibleClock: see :func:`faults`, or the extension was decided after the term had run out.
    """
    wrong = faults(question, calendar)
    if wrong:
        raise ImpossibleClock(wrong)
    if question.term.unit is TermUnit.MONTH:
        return _whole(months_later(question.runs_from, question.term.amount))
    found = _count(question, calendar)
    extension = question.extension
    if extension and extension.on and found.base_due_on and extension.on > found.base_due_on:
        words = f"延期应在期限届满前决定，该期限已于{found.base_due_on.isoformat()}届满"
        raise ImpossibleClock([Fault("extend/0", "extension-too-late", _cited(words, question.rule))])
    return found


def _whole(due_on: date) -> Reckoning:
    """A term of months: nothing to count, so no calendar is asked."""
    return Reckoning(due_on, (), 0, due_on, None, in_workdays=False)


def months_later(start: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (following - ONE_DAY).day))


def _count(question: Question, calendar: Calendar) -> Reckoning:
    workdays = question.term.unit is TermUnit.WORKDAY
    base = question.term.amount
    total = base + (question.extension.amount if question.extension else 0)
    pauses = sorted(question.pauses, key=lambda pause: (pause.start, pause.end or date.max))
    day, number = question.runs_from, 0
    base_due, unknown_from = None, None
    days: list[CountedDay] = []
    while number < total:
        day += ONE_DAY
        while pauses and pauses[0].end is not None and pauses[0].end < day:
            pauses.pop(0)
        if pauses and pauses[0].start < day:
            if pauses[0].end is None:
                return Reckoning(None, days, total, base_due, unknown_from, workdays)
            days.append(CountedDay(day, DayStatus.PAUSED, number))
            continue
        status = _status(day, calendar) if workdays else DayStatus.COUNTED
        number += status in WORKED
        days.append(CountedDay(day, status, number))
        if number == base and base_due is None:
            base_due = day
        if workdays and unknown_from is None and not calendar.knows(day.year):
            unknown_from = day
    return Reckoning(day, days, total, base_due, unknown_from, workdays)


def _status(day: date, calendar: Calendar) -> DayStatus:
    if calendar.is_workday(day):
        return DayStatus.MAKE_UP if is_weekend(day) else DayStatus.COUNTED
    return DayStatus.HOLIDAY if day in calendar.special else DayStatus.WEEKEND


# -- what cannot be


def faults(question: Question, calendar: Calendar) -> list[Fault]:
    """Everything that makes the question impossible, each with the article where one speaks."""
    return [
        *_dates_out_of_reach(question, calendar),
        *_wrong_term(question),
        *_wrong_arrival(question),
        *_wrong_restarts(question),
        *_wrong_pauses(question),
        *_wrong_extensions(question),
    ]


def _cited(words: str, rule: Rule | None) -> str:
    return f"{words}（{rule.article}）" if rule else words


def _dates_out_of_reach(question: Question, calendar: Calendar) -> Iterator[Fault]:
    first, last = date(calendar.first_year, 1, 1), date(calendar.last_year + 1, 12, 31)
    for field, day in _dates(question):
        if not first <= day <= last:
            words = f"日期应在{first.year}年至{last.year}年之间：工作日历自{first.year}年起，已公布至{last.year - 1}年"
            yield Fault(field, "date-out-of-reach", words)


def _dates(question: Question) -> Iterator[tuple[str, date]]:
    yield "start", question.start
    yield from ((f"restart/{index}", day) for index, day in enumerate(question.restarts))
    for index, pause in enumerate(question.pauses):
        yield from ((f"pause/{index}", day) for day in pause if day is not None)
    yield from ((f"extend/{index}", each.on) for index, each in enumerate(question.extensions) if each.on)
    if question.arrival and question.arrival.confirmed_on:
        yield "confirmed", question.arrival.confirmed_on
    if question.sent_on:
        yield "sent", question.sent_on


TERM_FIELDS = {TermUnit.WORKDAY: "days", TermUnit.DAY: "calendar_days", TermUnit.MONTH: "months"}


def _wrong_term(question: Question) -> Iterator[Fault]:
    term, rule = question.term, question.rule
    field, longest = TERM_FIELDS[term.unit], LONGEST[term.unit]
    if not 1 <= term.amount <= longest:
        yield Fault(field, "term-absurd", f"应为 1 至 {longest}{UNIT_WORDS[term.unit]}")
    if rule is None or rule.term is None:
        return
    if term.unit is not rule.term.unit:
        yield Fault(field, "term-unit", _cited(f"“{rule.name}”的期限按{UNIT_WORDS[rule.term.unit]}计", rule))
    elif term.amount > rule.term.amount:
        limit = f"，延长至多{EXTENSION_LONGEST}个工作日" if rule.extends else ""
        yield Fault(field, "term-too-long", _cited(f"“{rule.name}”的期限是{rule.term.words}{limit}", rule))


def _wrong_arrival(question: Question) -> Iterator[Fault]:
    arrival = question.arrival
    if arrival is None:
        return
    if question.rule is not None and not question.rule.received:
        yield Fault("channel", "channel-unfit", _cited(f"“{question.rule.name}”不从收到申请之日起算", question.rule))
    if arrival.confirmed_on is None:
        return
    if not RECEIPTS[arrival.channel].by_confirmation:
        receipt = RECEIPTS[arrival.channel]
        words = f"{receipt.name}{receipt.day}，无须确认（{ARTICLES[Counting.RECEIVED]}）"
        yield Fault("confirmed", "confirmation-unfit", words)
    elif arrival.confirmed_on < question.start:
        words = f"确认之日早于申请到达之日（{ARTICLES[Counting.RECEIVED]}）"
        yield Fault("confirmed", "confirmed-before-arrival", words)


def _wrong_restarts(question: Question) -> Iterator[Fault]:
    rule = question.rule
    if question.restarts and rule is not None and not rule.restarts:
        yield Fault("restart", "restart-unfit", _cited(f"“{rule.name}”没有重新起算的规定", rule))
    for index, day in enumerate(question.restarts):
        if day < question.received_on:
            yield Fault(
                f"restart/{index}", "restart-before-start", f"收到补正之日早于起算之日（{ARTICLES[Counting.RESTART]}）"
            )


def _wrong_pauses(question: Question) -> Iterator[Fault]:
    rule, article = question.rule, ARTICLES[Counting.PAUSE]
    if not question.pauses:
        return
    if rule is not None and not rule.pauses:
        yield Fault("pause", "pause-unfit", _cited(f"“{rule.name}”没有扣除征求意见时间的规定", rule))
    if question.term.unit is TermUnit.MONTH:
        yield Fault("pause", "pause-unfit", "按月计的期限没有扣除征求意见时间的规定")
    order = sorted(range(len(question.pauses)), key=lambda index: question.pauses[index].start)
    before: date | None = date.min
    for index in order:
        start, end = question.pauses[index]
        if start < question.received_on:
            yield Fault(f"pause/{index}", "pause-before-start", f"征求意见早于起算之日（{article}）")
        if end is not None and end < start:
            yield Fault(f"pause/{index}", "pause-crossed", f"收到意见早于发出征求意见（{article}）")
        if before is None or start < before:
            yield Fault(f"pause/{index}", "pause-overlap", f"两段征求意见的时间重叠，请合为一段（{article}）")
        before = None if before is None or end is None else max(before, end)


def _wrong_extensions(question: Question) -> Iterator[Fault]:
    rule = question.rule
    if not question.extensions:
        return
    if rule is None or not rule.extends:
        words = f"延长答复期限只适用于答复（{ARTICLES[Counting.EXTENSION]}）"
        yield Fault("extend", "extension-unfit", words)
    if len(question.extensions) > 1:
        yield Fault("extend/1", "extension-twice", _cited("只能延长一次", rule))
    for index, extension in enumerate(question.extensions):
        if not 1 <= extension.amount <= EXTENSION_LONGEST:
            yield Fault(f"extend/{index}", "extension-too-long", _cited(f"延长最长{EXTENSION_LONGEST}个工作日", rule))
        if extension.on and extension.on < question.runs_from:
            yield Fault(f"extend/{index}", "extension-before-start", _cited("延期决定早于期限起算之日", rule))


def resumed(question: Question, on: date) -> Question:
    """The question had the open pause ended on that day: what a standing clock would come to."""
    pauses = [pause if pause.end is not None else pause._replace(end=max(on, pause.start)) for pause in question.pauses]
    return replace(question, pauses=pauses)
