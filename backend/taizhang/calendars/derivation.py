"""The derivation (推算过程): each step of a reckoning with its date, rule and article. Pure: standard library only.

In words fit for a file of 行政复议.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from taizhang.calendars.clock import WORKED, CountedDay, DayStatus, Pause, Question, Reckoning
from taizhang.calendars.rules import ARTICLES, RECEIPTS, UNIT_WORDS, Counting, TermUnit
from taizhang.calendars.workdays import ONE_DAY, Calendar, is_weekend, weekday_words


class StepKind(StrEnum):
    """What a step of a derivation tells."""

    RECEIVED = "received"
    RESTARTED = "restarted"
    STARTED = "started"
    DAY_OFF = "day_off"
    MAKE_UP = "make_up"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    NOTE = "note"
    DUE = "due"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``until`` closes a range of days; ``counted`` is the running number of working days (of days, for a
    term in days; None for months); ``remaining`` what was left where the clock stopped."""

    on: date
    kind: StepKind
    words: str
    rule: str
    article: str | None = None
    until: date | None = None
    counted: int | None = None
    remaining: int | None = None


# Steps of one day stand in this order.
_ORDER = list(StepKind)


def full_words(day: date) -> str:
    """2023年9月25日（星期一）."""
    return f"{day.year}年{day.month}月{day.day}日（{weekday_words(day)}）"


def day_words(day: date, beside: date) -> str:
    """9月26日（星期二）, with its year where that is not ``beside``'s."""
    year = "" if day.year == beside.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{weekday_words(day)}）"


def span_words(first: date, last: date, beside: date) -> str:
    """9月29日至10月6日; one day alone carries its weekday."""
    if first == last:
        return day_words(first, beside)
    head = "" if first.year == beside.year else f"{first.year}年"
    tail = "" if last.year == first.year else f"{last.year}年"
    return f"{head}{first.month}月{first.day}日至{tail}{last.month}月{last.day}日"


def derivation(question: Question, reckoning: Reckoning, calendar: Calendar) -> list[Step]:
    """The steps, in order; the last but what became of the answer is the due date."""
    steps = [
        *_received(question),
        *_restarted(question),
        *_started(question, reckoning),
        *_days_off(question, reckoning, calendar),
        *_made_up(question, reckoning),
        *_paused(question, reckoning),
        *_extended(question, reckoning),
        *_unknown(reckoning),
        *_due(question, reckoning, calendar),
    ]
    return sorted(steps, key=lambda step: (step.kind is StepKind.SENT, step.on, _ORDER.index(step.kind)))


def statement(steps: Sequence[Step]) -> str:
    """The whole derivation as one paragraph, each article once where it is first relied on."""
    said: list[str] = []
    cited: set[str] = set()
    for step in steps:
        article = f"（{step.article}）" if step.article and step.article not in cited else ""
        cited.add(step.article or "")
        said.append(f"{step.words}{article}")
    return "；".join(said) + "。"


def _rule(question: Question, otherwise: Counting) -> str:
    return question.rule.key if question.rule else otherwise.value


def _received(question: Question) -> Iterator[Step]:
    arrival, rule = question.arrival, question.rule
    start, on = question.start, question.received_on
    counted = None if question.term.unit is TermUnit.MONTH else 0
    article = ARTICLES[Counting.RECEIVED] if arrival or (rule and rule.received) else rule.article if rule else None
    if arrival is None:
        event = rule.event if rule else "为期限开始之日"
        words = f"{full_words(on)}{event}"
        yield Step(on, StepKind.RECEIVED, words, _rule(question, Counting.RECEIVED), article, counted=counted)
        return
    receipt = RECEIPTS[arrival.channel]
    if arrival.confirmed_on is None or on == start:
        words = f"{full_words(on)}收到申请（{receipt.name}，{receipt.day}）"
    else:
        words = f"{full_words(start)}申请到达（{receipt.name}），{day_words(on, start)}确认，{receipt.day}"
    yield Step(on, StepKind.RECEIVED, words, _rule(question, Counting.RECEIVED), article, counted=counted)


def _restarted(question: Question) -> Iterator[Step]:
    for day in sorted(question.restarts):
        words = f"{day_words(day, question.start)}收到申请人的补正，期限自收到补正之日起重新计算"
        yield Step(day, StepKind.RESTARTED, words, Counting.RESTART, ARTICLES[Counting.RESTART], counted=0)


def _started(question: Question, reckoning: Reckoning) -> Iterator[Step]:
    workdays = question.term.unit is TermUnit.WORKDAY
    if question.term.unit is TermUnit.MONTH:
        on = question.runs_from + ONE_DAY
        words = f"期间开始之日不计，自{day_words(on, question.start)}起算"
        yield Step(on, StepKind.STARTED, words, Counting.FIRST_DAY)
        return
    first = next((day for day in reckoning.days if day.status in WORKED), None)
    if first is None:
        return
    unit = "个工作日" if workdays else "日"
    words = f"期间开始之日不计，{day_words(first.on, question.start)}起算，为第1{unit}"
    if workdays:
        words += "，周六、周日不计"
    yield Step(first.on, StepKind.STARTED, words, Counting.FIRST_DAY, counted=1)


def _runs(days: Sequence[CountedDay], *statuses: DayStatus) -> Iterator[list[CountedDay]]:
    for wanted, run in groupby(days, key=lambda day: day.status in statuses):
        if wanted:
            yield list(run)


def _days_off(question: Question, reckoning: Reckoning, calendar: Calendar) -> Iterator[Step]:
    """Runs of days off that hold a holiday's weekday; plain weekends were said at the start."""
    for run in _runs(reckoning.days, DayStatus.HOLIDAY, DayStatus.WEEKEND):
        if all(is_weekend(day.on) for day in run):
            continue
        first, last = run[0].on, run[-1].on
        names = dict.fromkeys(calendar.special[day.on].name for day in run if day.on in calendar.special)
        words = f"{span_words(first, last, question.start)}{'、'.join(names)}放假，不计"
        source = f"国务院办公厅{last.year}年节假日安排"
        yield Step(first, StepKind.DAY_OFF, words, Counting.DAY_OFF, source, last, run[0].number)


def _made_up(question: Question, reckoning: Reckoning) -> Iterator[Step]:
    for run in _runs(reckoning.days, DayStatus.MAKE_UP):
        first, last = run[0], run[-1]
        days = "、".join(day_words(day.on, question.start) for day in run)
        numbers = f"{first.number}" if first is last else f"{first.number}、{last.number}"
        words = f"{days}调休上班，计入，为第{numbers}个工作日"
        source = f"国务院办公厅{last.on.year}年节假日安排"
        yield Step(first.on, StepKind.MAKE_UP, words, Counting.MAKE_UP, source, last.on, last.number)


def _paused(question: Question, reckoning: Reckoning) -> Iterator[Step]:
    for pause in sorted(question.pauses):
        if _moot(pause, question, reckoning):
            words = f"{_pause_words(pause, question)}，不在期限进行之中，不影响期限"
            yield Step(pause.start, StepKind.NOTE, words, Counting.PAUSE, counted=reckoning.counted_by(pause.start))
            continue
        unit = UNIT_WORDS[question.term.unit]
        counted = reckoning.counted_by(pause.start)
        left = _total_on(pause.start, question, reckoning) - counted
        words = (
            f"{day_words(pause.start, question.start)}书面征求第三方或者其他机关意见，自次日起所需时间不计入期限，"
            f"此时已计{counted}{unit}，尚余{left}{unit}"
        )
        article = ARTICLES[Counting.PAUSE]
        yield Step(pause.start, StepKind.PAUSED, words, Counting.PAUSE, article, pause.end, counted, left)
        if pause.end is None:
            return
        resumed = next((day for day in reckoning.days if day.on > pause.end and day.status in WORKED), None)
        again = f"，{day_words(resumed.on, question.start)}恢复计算，为第{resumed.number}{unit}" if resumed else ""
        words = f"{day_words(pause.end, question.start)}收到意见{again}"
        yield Step(pause.end, StepKind.RESUMED, words, Counting.PAUSE, article, counted=counted, remaining=left)


def _total_on(day: date, question: Question, reckoning: Reckoning) -> int:
    """The length of the term as it stood on a day: an extension counts from its decision."""
    extension = question.extension
    if extension is None:
        return reckoning.total
    decided = extension.on or reckoning.base_due_on
    return reckoning.total if decided and decided <= day else reckoning.total - extension.amount


def _pause_words(pause: Pause, question: Question) -> str:
    if pause.end is None:
        return f"{day_words(pause.start, question.start)}起征求意见"
    return f"{span_words(pause.start, pause.end, question.start)}征求意见"


def _moot(pause: Pause, question: Question, reckoning: Reckoning) -> bool:
    """Over before the running clock started, or begun after it had run out."""
    over = pause.end is not None and pause.end <= question.runs_from
    return over or (reckoning.due_on is not None and pause.start >= reckoning.due_on)


def _extended(question: Question, reckoning: Reckoning) -> Iterator[Step]:
    extension = question.extension
    if extension is None:
        return
    on = extension.on or reckoning.base_due_on
    if on is None:
        return
    when = f"{day_words(extension.on, question.start)}" if extension.on else ""
    base = reckoning.base_due_on
    before = f"原期限为{day_words(base, question.start)}，" if base else ""
    words = f"{when}经政府信息公开工作机构负责人同意并告知申请人，{before}延长{extension.amount}个工作日"
    counted = reckoning.counted_by(on)
    yield Step(on, StepKind.EXTENDED, words, "K6", ARTICLES[Counting.EXTENSION], counted=counted)


def _unknown(reckoning: Reckoning) -> Iterator[Step]:
    since = reckoning.unknown_from
    if since is None:
        return
    words = f"{since.year}年的放假安排尚未公布，自{full_words(since)}起暂按周六、周日休息推算，公布后须重新计算"
    yield Step(since, StepKind.NOTE, words, Counting.UNKNOWN, counted=reckoning.counted_by(since - ONE_DAY))


def _due(question: Question, reckoning: Reckoning, calendar: Calendar) -> Iterator[Step]:
    due = reckoning.due_on
    if due is None:
        return
    rule, term = question.rule, question.term
    counted = None if term.unit is TermUnit.MONTH else reckoning.total
    name = f"{rule.name}期限" if rule else "期限"
    reached = f"满{term.words}" if counted is None else f"第{counted}{UNIT_WORDS[term.unit]}"
    verb = "为" if reckoning.known else "暂推算为"
    words = f"{reached}{verb}{full_words(due)}，{name}于该日届满"
    key = rule.key if rule else "term"
    yield Step(due, StepKind.DUE, words, key, rule.article if rule else None, counted=counted)
    if term.unit is not TermUnit.WORKDAY and not calendar.is_workday(due):
        before = calendar.last_workday_until(due)
        words = f"该日为休息日，未查得可以顺延的规定，不予顺延，此前最后一个工作日为{day_words(before, question.start)}"
        yield Step(due, StepKind.DUE, words, Counting.NO_ROLL, counted=counted)
    if question.sent_on:
        yield _sent(question.sent_on, due, question, reckoning, calendar)


def _sent(sent: date, due: date, question: Question, reckoning: Reckoning, calendar: Calendar) -> Step:
    words = f"{day_words(sent, question.start)}答复付邮或者由申请人签收"
    if sent <= due:
        words += "，在期限之内"
    else:
        words += f"，逾期{calendar.workdays_after(due, sent)}个工作日"
    counted = reckoning.counted_by(sent) if reckoning.days else None
    return Step(sent, StepKind.SENT, words, Counting.POSTED, ARTICLES[Counting.POSTED], counted=counted)
