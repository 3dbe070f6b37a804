"""Deadlines in words (时限): the date a phrase means, or that it recurs or never ends."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<year>20\d{2})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# The lost 年 of "20238月底前" is read as 2023年8月; a year of five digits does not exist.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"(?:{_YEAR}(?P<mark>年?))?(?<!\d){_MONTH}月{_DAY}日(?:之?前|止)?")),
    ("day", re.compile(rf"{_YEAR}(?P<mark>年?){_MONTH}月{_DAY}日(?:之?前|止)?")),
    ("month", re.compile(rf"{_YEAR}(?P<mark>年?){_MONTH}月(?:份)?(?:底|末)(?:之?前)?")),
    ("month", re.compile(rf"(?<!\d){_MONTH}月(?:份)?(?:底|末)(?:之?前)?")),
    ("month", re.compile(rf"(?:{_YEAR}(?P<mark>年))?(?<!\d){_MONTH}月(?:份)?(?:之?前|完成)")),
    ("half", re.compile(rf"(?:{_YEAR}(?P<mark>年))?(?P<half>上|下)半年(?:结束)?(?:之?前|内|底前)?")),
    ("quarter", re.compile(rf"(?:{_YEAR}(?P<mark>年))?第?(?P<quarter>[一二三四1-4])季度(?:末|底)?(?:之?前|内)?")),
    ("year", re.compile(rf"{_YEAR}(?P<mark>年)(?:年?底|年?末)(?:之?前)?")),
    ("year", re.compile(r"(?:今年|本年度?)?(?<!每)年(?:底|末)(?:之?前)?")),
)
PERIODIC = re.compile(r"每(?:年|半年|季度|季|月|周)|定期")
CONTINUOUS = re.compile(r"长期(?:坚持|推进)|持续推进|全年|常态化|动态更新|及时")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A phrase at ``start:end`` that names a day. ``restored``: a lost character was put back."""

    start: int
    end: int
    text: str
    on: date
    restored: bool


def find_deadlines(text: str, year: int) -> list[Deadline]:
    """Every day a text names, in order, none overlapping another; the plan's year fills in."""
    found: list[Deadline] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            day = _day(kind, match.groupdict(), year)
            if day is not None:
                restored = bool(match.groupdict().get("year")) and match.groupdict().get("mark") == ""
                found.append(Deadline(match.start(), match.end(), match[0], day, restored))
    return sorted(found, key=lambda deadline: deadline.start)


def is_plausible(on: date, year: int) -> bool:
    """A plan's deadlines lie in its year or the next (the annual report falls due there)."""
    return year <= on.year <= year + 1


def _day(kind: str, parts: dict[str, str | None], plan_year: int) -> date | None:
    year = int(parts.get("year") or plan_year)
    month = int(parts.get("month") or 12)
    if kind == "half":
        month = 6 if parts["half"] == "上" else 12
    if kind == "quarter":
        month = 3 * _NUMERALS[parts["quarter"] or "4"]
    last = calendar.monthrange(year, month)[1]
    day = int(parts.get("day") or last)
    return date(year, month, day) if day <= last else None
