"""Days as documents write them (日期): every style, with lost characters put back and what cannot be a day told apart.

Nothing is guessed: a day comes from the text's own numbers, the plan's year filling in, and a month, quarter, half or
year means its last day.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.plans.importing.numerals import narrowed, number_of, year_of

_CHINESE_YEAR = r"二[〇○零][〇○零一二三四五六七八九]{2}"
_YEAR_WORDS = {"今年": 0, "本年度": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "次年": 1, "翌年": 1, "第二年": 1}
_YEAR_WORDS |= {"去年": -1, "上一年": -1, "上年": -1}
_SPOKEN = rf"(?P<spoken>{'|'.join(_YEAR_WORDS)})"
# 年 may be lost (20238月) only after four digits; a year of five digits does not exist.
_YEAR = (
    rf"(?:(?:(?P<year>(?<!\d)20\d{{2}}|{_CHINESE_YEAR})(?P<mark>年度?|(?=\d))"
    rf"|(?P<short>(?<!\d)\d{{2}})年|{_SPOKEN})\s*)"
)
_CHINESE_MONTH = "十[一二]?|[一二三四五六七八九]"
_CHINESE_DAY = "三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_TO = r"\s*(?:-|—+|–|~|～|至|到)\s*"
_MONTH = rf"(?P<month>\d{{1,2}}|{_CHINESE_MONTH})\s*月"
_FROM_MONTH = rf"(?:(?<!\d)(?:\d{{1,2}}|{_CHINESE_MONTH})\s*月?份?{_TO})?"
_DAY = rf"(?P<day>\d{{1,2}}|{_CHINESE_DAY})\s*(?:日|号|(?=之?前|以前|{_TO}\d|$))"
_TO_DAY = rf"(?:{_TO}(?P<to_day>\d{{1,2}}|{_CHINESE_DAY})\s*[日号])?"
# No digit, and no Chinese numeral that would belong to a longer one, stands before a month of its own.
_ALONE = r"(?<![\d.十])"
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_TENS = {"上旬": 10, "中旬": 20}

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"{_YEAR}{_MONTH}\s*{_DAY}{_TO_DAY}")),
    ("day", re.compile(rf"{_ALONE}{_MONTH}\s*{_DAY}{_TO_DAY}")),
    ("day", re.compile(r"(?<!\d)(?P<year>20\d{2})[.\-/年](?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})日?(?![\d月])")),
    ("run", re.compile(r"(?<![\d.])(?P<year>20\d{2})(?P<run>\d{2,4})(?![\d.%月年份个条件项次号])日?")),
    ("run", re.compile(r"(?<![\d.])(?P<year>20\d{2})年(?P<run>\d{3,4})日")),
    ("month", re.compile(rf"{_YEAR}{_FROM_MONTH}{_MONTH}份?\s*(?P<part>上旬|中旬|中?下旬|底|末)?")),
    ("month", re.compile(rf"{_FROM_MONTH}{_ALONE}{_MONTH}份?\s*(?P<part>上旬|中旬|中?下旬|底|末)?")),
    ("month", re.compile(r"(?<!\d)(?P<year>20\d{2})[.\-/](?P<month>1[0-2]|0?[1-9])(?![\d.%])")),
    ("half", re.compile(rf"{_YEAR}?(?P<half>上|下)半年(?:底|末|结束)?")),
    ("quarter", re.compile(rf"{_YEAR}?第?(?P<quarter>[一二三四1-4])季度(?:末|底)?")),
    ("quarter", re.compile(rf"{_YEAR}?[Qq](?P<quarter>[1-4])(?![\dA-Za-z])")),
    ("year", re.compile(rf"(?<!\d)20\d{{2}}年?{_TO}(?P<year>20\d{{2}})年(?:度|底|末)?")),
    ("year", re.compile(rf"{_YEAR}年?(?:底|末|终)")),
    ("year", re.compile(r"(?:今年|本年度?|当年)?(?<![每数几近半\d一二两三四五六七八九十])年(?:底|末|终)")),
    ("within", re.compile(rf"{_YEAR}(?:年?度?内)")),
    ("within", re.compile(r"(?<![每数几近半\d一二两三四五六七八九十])年度?内")),
    ("plan", re.compile(r"[“\"「]?(?P<plan>十[三四五]五)[”\"」]?(?:期|时期)?(?:末|收官)")),
)
_ANY_DAY = re.compile(r"[年月季Qq五\d]")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day at ``start:end`` of a text. ``style``: day · month · half · quarter · year · within · plan.

    ``on`` is None for what cannot be a day (2月30日) or may be several (2023111). ``restored``: a lost character was
    put back.
    """

    start: int
    end: int
    on: date | None
    style: str
    restored: bool = False


def named_days(text: str, year: int) -> list[NamedDay]:
    """Every day a text names, in order, none overlapping another; a range of days is its last."""
    if not _ANY_DAY.search(text):
        return []
    narrow = narrowed(text)
    found: list[NamedDay] = []
    taken = bytearray(len(text))
    for style, pattern in _STYLES:
        for match in pattern.finditer(narrow):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            found.append(_named(style, match, year))
    return list(_joined(sorted(found, key=lambda day: day.start), narrow))


def _joined(days: list[NamedDay], text: str) -> Iterator[NamedDay]:
    """3月1日—6月30日 is one range, which ends on its last day."""
    before: NamedDay | None = None
    for day in days:
        if before and re.fullmatch(_TO, text[before.end : day.start]):
            on = day.on
            if on and before.on and on < before.on and before.on.year != on.year:
                # 2024年3月1日—6月30日: the year stands once, before the first.
                on = _safe(before.on.year, on.month, on.day)
            day = NamedDay(before.start, day.end, on, day.style, day.restored or before.restored)
        elif before:
            yield before
        before = day
    if before:
        yield before


def _named(style: str, match: re.Match[str], plan_year: int) -> NamedDay:
    parts = match.groupdict()
    # 20230930 has lost nothing; 2023930 and 202309 have.
    restored = parts.get("mark") == "" or (style == "run" and len(parts["run"]) < 4)
    if style == "run":
        on, style = _from_run(int(parts["year"]), parts["run"])
    else:
        on = _day(style, parts, _year(parts, plan_year))
    return NamedDay(match.start(), match.end(), on, style, restored)


def _year(parts: Mapping[str, str | None], plan_year: int) -> int:
    if spoken := parts.get("spoken"):
        return plan_year + _YEAR_WORDS[spoken]
    written = parts.get("year") or parts.get("short")
    return year_of(written) if written else plan_year


def _day(style: str, parts: Mapping[str, str | None], year: int) -> date | None:
    month = int(number_of(parts.get("month") or "12"))
    if style == "half":
        month = 6 if parts["half"] == "上" else 12
    elif style == "quarter":
        quarter = parts["quarter"] or "4"
        month = 3 * (_QUARTERS.get(quarter) or int(quarter))
    elif style == "plan":
        year = _PLANS[parts["plan"] or ""]
    if written := parts.get("to_day") or parts.get("day"):
        return _safe(year, month, int(number_of(written)))
    return _safe(year, month, _TENS.get(parts.get("part") or "", 0) or None)


def _safe(year: int, month: int, day: int | None) -> date | None:
    """The day, the month's last if none is given; None if there is no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if (day or last) <= last and day != 0 else None


def _from_run(year: int, run: str) -> tuple[date | None, str]:
    """2023 and 930, 0930, 09 or 91: a day only if the digits can be split in one way."""
    if len(run) == 4:
        return _safe(year, int(run[:2]), int(run[2:])), "day"
    if len(run) == 2 and 1 <= int(run) <= 12:
        return _safe(year, int(run), None), "month"
    splits = [(run[:place], run[place:]) for place in range(1, len(run))]
    days = {day for month, rest in splits if not rest.startswith("0") and (day := _safe(year, int(month), int(rest)))}
    return (days.pop() if len(days) == 1 else None), "day"
