"""Reading the State Council's yearly notice (节假日安排通知) pasted as text. Pure: standard library only.

The wordings since 2013: "1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班", "4月5日放假，与周末连休",
"4月5日放假，4月7日（星期一）补休", "1月1日（周三）放假1天，不调休", "2022年12月31日至2023年1月2日放假调休".
A suggestion for a person to confirm: whatever does not agree with itself is a problem, not a guess.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from taizhang.calendars.workdays import ONE_DAY, Calendar, DayKind, SpecialDay, is_weekend, weekday_words

Level = Literal["block", "warn"]

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
# 全国年节及纪念日放假办法, fourth revision (2024-11-10): 元旦1、春节4、清明1、劳动节2、端午1、中秋1、国庆3.
STATUTORY_DAYS = 13
STATUTORY_SINCE = 2025

_NAME = r"(?:元旦|春节|清明节?|(?:国际)?劳动节|端午节?|中秋节?|国庆节)"
_HEADING = re.compile(
    r"(?:^|[\n。；])"
    rf"(?:[一二三四五六七八九十]{{1,2}}、(?P<any>[^：:\n。，]{{2,40}})|(?P<known>{_NAME}(?:[、和]{_NAME})*))[：:]"
)
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国际劳动节": "劳动节"}
_TOKEN = re.compile(
    r"(?P<paren>[（(][^（）()]*[）)])"
    r"|(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"|(?P<since>起)"
    r"|(?P<count>\d{1,2})天"
    r"|(?P<nothing>不调休|不放假|连休)"
    r"|(?P<off>放假|补休|调休|休息)"
    r"|(?P<work>上班|为工作日)"
    r"|(?P<range>至|到|—+|－|–|-|~|～)"
)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_ADVICE = re.compile(r"鼓励|提倡|可以|建议")
_YEAR = re.compile(r"(\d{4})年(?:部分|元旦|节假日)")
_TITLE = re.compile(r"^.*关于.*(?:放假|节假日|假期).*通知.*$", re.MULTILINE)
_DOCUMENT_NO = re.compile(r"[\u4e00-\u9fff]{2,12}〔\d{4}〕\d{1,4}号")
_SIGNED = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.MULTILINE)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789", " \u3000\xa0\t")


class Problem(NamedTuple):
    """What does not agree: ``block`` must be put right before the days are confirmed, ``warn`` is for a look."""

    code: str
    level: Level
    message: str
    on: date | None = None


@dataclass(slots=True)
class NoticeItem:
    """The arrangement of one holiday, with its words."""

    name: str
    text: str
    days: list[SpecialDay] = field(default_factory=list)


@dataclass(slots=True)
class NoticeReading:
    """What was read; ``days`` are in order and each day once."""

    year: int | None
    title: str | None
    document_no: str | None
    issued_on: date | None
    items: list[NoticeItem]
    days: list[SpecialDay]
    problems: list[Problem]


def read_notice(text: str, year: int | None = None) -> NoticeReading:
    """The days off and make-up days of a pasted notice, and whatever does not agree in it.

    ``year`` is the year it is expected to be for; without it, the year its title names.
    """
    plain = text.translate(_WIDE)
    title = _TITLE.search(plain)
    named = _YEAR.search(plain)
    stated = int(named[1]) if named else None
    number = _DOCUMENT_NO.search(plain)
    reading = NoticeReading(
        stated or year, title[0].strip() if title else None, number[0] if number else None, None, [], [], []
    )
    signed = _SIGNED.findall(plain)
    if signed:
        reading.issued_on = _real(*map(int, signed[-1]))
    if reading.year is None:
        reading.problems.append(Problem("year-missing", "block", "没有读出是哪一年的安排，请连同标题一起粘贴"))
        return reading
    if year is not None and reading.year != year:
        words = f"这份通知是{reading.year}年的，不是{year}年的"
        reading.problems.append(Problem("year-other", "block", words))
    for name, body in _items(_SIGNED.sub("", plain)):
        item = _Item(name, body, reading.year)
        reading.items.append(NoticeItem(name, body.strip(), item.read()))
        reading.problems += item.problems
    days = [day for item in reading.items for day in item.days]
    reading.problems += [*check_days(reading.year, days), *_check_whole(reading.year, days)]
    reading.days = sorted(Calendar.of(days, ()).special.values())
    return reading


def _items(text: str) -> Iterator[tuple[str, str]]:
    headings = list(_HEADING.finditer(text))
    if not headings:
        known = re.search(_NAME, text)
        yield _full_name(known[0]) if known else "节假日", text
        return
    ends = [heading.start() + 1 for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        names = re.split("[、和]", heading["any"] or heading["known"])
        yield "、".join(_full_name(name) for name in names), text[heading.end() : end]


def _full_name(name: str) -> str:
    return _FULL_NAMES.get(name.strip(), name.strip())


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Item:
    """Reads the words of one holiday: days wait until a verb says what they are."""

    def __init__(self, name: str, body: str, year: int) -> None:
        self.name, self.body, self.year = name, body, year
        self.days: list[SpecialDay] = []
        self.problems: list[Problem] = []
        self.waiting: list[date] = []
        self.latest: date | None = None
        self.group: list[date] = []
        self.open_range = False

    def read(self) -> list[SpecialDay]:
        for sentence in re.split(r"[。；;\n]", self.body):
            if _ADVICE.search(sentence):
                continue
            for token in _TOKEN.finditer(sentence):
                self._take(token, sentence)
            self._leave_none_waiting()
        return self.days

    def _take(self, token: re.Match[str], sentence: str) -> None:
        if token["paren"]:
            self._weekday(token["paren"])
        elif token["day"]:
            self._date(token)
        elif token["count"]:
            self._count(int(token["count"]), sentence)
        elif token["off"] or token["work"]:
            self._settle(DayKind.OFF if token["off"] else DayKind.WORK)
        elif token["range"]:
            self.open_range = bool(self.waiting)
        elif token["since"]:
            self.waiting, self.open_range = [], False

    def _date(self, token: re.Match[str]) -> None:
        day = self._resolved(token["year"], token["month"], int(token["day"]))
        if day is None:
            words = f"“{self.name}”中没有“{token[0]}”这一天"
            self.problems.append(Problem("date-impossible", "block", words))
            return
        first = self.waiting[-1] if self.open_range and self.waiting else None
        if first is not None and not timedelta(0) < day - first <= timedelta(days=20):
            words = f"“{self.name}”的起止日不对：{first.isoformat()}至{day.isoformat()}"
            self.problems.append(Problem("range-wrong", "block", words, day))
        elif first is not None:
            self.waiting += [first + timedelta(days=step) for step in range(1, (day - first).days)]
        self.waiting.append(day)
        self.latest, self.open_range = day, False

    def _resolved(self, year: str | None, month: str | None, day: int) -> date | None:
        """The year follows the start of a range, else the notice; December of 元旦 is the year before."""
        ahead = self.waiting[-1] if self.waiting else None
        wanted_month = int(month) if month else (self.latest.month if self.latest else 0)
        if year:
            return _real(int(year), wanted_month, day)
        if ahead is not None and self.open_range:
            return _real(ahead.year + (wanted_month < ahead.month), wanted_month, day)
        before = "元旦" in self.name and wanted_month == 12
        same = self.latest is not None and not month
        return _real(self.latest.year if same and self.latest else self.year - before, wanted_month, day)

    def _weekday(self, words: str) -> None:
        found = _WEEKDAY.search(words)
        if found is None or not self.waiting:
            return
        day, said = self.waiting[-1], found[1].replace("天", "日")
        if weekday_words(day)[-1] != said:
            message = f"{day.year}年{day.month}月{day.day}日是{weekday_words(day)}，通知写作星期{said}"
            self.problems.append(Problem("weekday-disagrees", "block", message, day))

    def _settle(self, kind: DayKind) -> None:
        if not self.waiting:
            return
        self.days += [SpecialDay(day, kind, self.name) for day in self.waiting]
        if kind is DayKind.OFF:
            self.group = self.waiting
        self.waiting, self.open_range = [], False

    def _count(self, stated: int, sentence: str) -> None:
        if not self.group:
            return
        counted = len(self.group)
        joined = len(_with_weekend(self.group)) if "连休" in sentence else counted
        if stated not in (counted, joined):
            words = f"“{self.name}”写明{stated}天，列出的日期是{counted}天"
            self.problems.append(Problem("count-disagrees", "block", words, self.group[0]))

    def _leave_none_waiting(self) -> None:
        for day in self.waiting:
            words = f"“{self.name}”提到{day.month}月{day.day}日，没有说放假还是上班"
            self.problems.append(Problem("day-unsaid", "warn", words, day))
        self.waiting, self.open_range = [], False


def _with_weekend(days: Iterable[date]) -> set[date]:
    """The days with the weekend days they touch."""
    joined = set(days)
    for step in (ONE_DAY, -ONE_DAY):
        edge = max(joined) if step > timedelta(0) else min(joined)
        while is_weekend(edge + step):
            edge += step
            joined.add(edge)
    return joined


def check_days(year: int, days: Iterable[SpecialDay]) -> list[Problem]:
    """What no arrangement of a year can hold: a day of another year, a make-up day on a weekday, a day said twice
    over to be both.
    """
    problems: list[Problem] = []
    kinds: dict[date, set[DayKind]] = {}
    for day in days:
        kinds.setdefault(day.on, set()).add(day.kind)
    for on, said in sorted(kinds.items()):
        shown = f"{on.year}年{on.month}月{on.day}日（{weekday_words(on)}）"
        if on.year != year and (on.year, on.month) != (year - 1, 12):
            problems.append(Problem("day-of-another-year", "block", f"{shown}不在{year}年，也不在上年12月", on))
        if len(said) > 1:
            problems.append(Problem("day-both", "block", f"{shown}既放假又上班", on))
        elif said == {DayKind.WORK} and not is_weekend(on):
            problems.append(Problem("make-up-on-weekday", "block", f"{shown}本来就上班，不会是调休上班日", on))
    if not kinds:
        problems.append(Problem("no-days", "block", "没有放假的日子"))
    return problems


def _check_whole(year: int, days: Iterable[SpecialDay]) -> Iterator[Problem]:
    """What a whole year's notice is expected to hold."""
    listed = list(days)
    absent = [name for name in HOLIDAYS if not any(name in day.name for day in listed)]
    if listed and absent:
        yield Problem("holiday-absent", "warn", f"没有读到：{'、'.join(absent)}")
    off = {day.on for day in listed if day.kind is DayKind.OFF and not is_weekend(day.on)}
    work = {day.on for day in listed if day.kind is DayKind.WORK}
    balance = len(off) - len(work)
    if year >= STATUTORY_SINCE and not absent and balance != STATUTORY_DAYS:
        words = (
            f"工作日放假{len(off)}天，减去调休上班{len(work)}天，是{balance}天；"
            f"《全国年节及纪念日放假办法》规定的法定节假日共{STATUTORY_DAYS}天，请核对"
        )
        yield Problem("balance", "warn", words)
