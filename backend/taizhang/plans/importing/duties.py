"""Duties (要求): what a sentence of a notice asks that can be checked, with its exact words. Patterns are data.

A suggestion for a person to confirm. Kinds as in the field's table: date, event, ratio, count, period, setup,
continuous, conditional, ban. Hard ones (with a number or a day) are looked for first; a clause gives one duty.
"""

import re
from dataclasses import dataclass
from datetime import date

from taizhang.plans.importing.deadlines import find_deadlines, is_plausible

_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10}
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一两二三四五六十])"
_CLAUSE = re.compile(r"[^,，;；。!！\n]+")
_PER = {"年": "year", "年度": "year", "季度": "quarter", "季": "quarter", "月": "month"}
_UNITS = {"个工作日": "workday", "日": "day", "天": "day", "个月": "month"}

_RATIO = re.compile(
    rf"(?:(?P<least>不得?低于|不得?少于|达到?|至少|不小于)|(?P<most>不得?高于|不得?超过)){_NUMBER}[%％]"
)
_COUNT = re.compile(
    rf"每(?P<per>年度?|季度?|月)[^,，;；。]{{0,8}}?(?:至少|不少于)[^,，;；。\d]{{0,10}}?{_NUMBER}(?P<unit>次|期|场|篇|轮|条)"
)
_WITHIN = re.compile(
    rf"(?P<trigger>[^,，;；。]*?(?:后|之日起|以后))[,，]?{_NUMBER}(?P<unit>个工作日|日|天|个月)(?:以?内)"
)
_SOFT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("conditional", re.compile(r"^(?:凡|针对涉及|涉及)|依法公开滥用")),
    ("ban", re.compile(r"不得(?!低于|少于|高于|超过)|坚决杜绝|杜绝|严禁|禁止")),
    ("period", re.compile(r"定期")),
    (
        "setup",
        re.compile(
            r"(?:建立健全|健全完善|健全|完善|建立|制定|编制|梳理形成|形成|建设)"
            r"[^,，;；。]*?(?:机制|制度|办法|流程|体系|专区|知识库|台账|清单|样表|预案|程序|措施)"
            r"|做好应急预案"
        ),
    ),
    (
        "continuous",
        re.compile(
            r"及时(?:公开|公布|发布|回应|更新)|主动公开|动态更新|依规依法及时"
            r"|(?:加强|推动|推进|做好|抓好|大力推进|扎实推进|提高)[^,，;；。]*(?:公开|发布|推送|公开度|覆盖度|解读|监测)"
            r"|公开(?:人才|政府|省)|全面公开|同步(?:审签|发布)|扎实高效解决|开展调研"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """One suggested duty: ``content[start:end] == text``."""

    text: str
    start: int
    end: int
    kind: str
    due_on: date | None = None
    within: dict[str, object] | None = None
    threshold: dict[str, object] | None = None
    per: str | None = None
    trigger: str | None = None
    restored: bool = False
    plausible: bool = True


def find_duties(content: str, year: int) -> list[DutyDraft]:
    """The duties of a task's text, in order of appearance; at most one a clause."""
    found = _within(content)
    for match in _CLAUSE.finditer(content):
        start, end = _trimmed(content, match.start(), match.end())
        if start >= end or any(start < duty.end and duty.start < end for duty in found):
            continue
        duty = _hard(content, start, end, year) or _soft(content, start, end)
        if duty is not None:
            found.append(duty)
    return sorted(found, key=lambda duty: duty.start)


def number(text: str) -> float:
    """A number written in digits or as one Chinese numeral."""
    return float(_NUMBERS.get(text) or text)


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    piece = content[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _within(content: str) -> list[DutyDraft]:
    """…结束后，1个月内…: the one kind that spans a comma."""
    duties = []
    for match in _WITHIN.finditer(content):
        tail = _CLAUSE.match(content, match.end())
        start, end = _trimmed(content, match.start(), tail.end() if tail else match.end())
        within = {"amount": int(number(match["number"])), "unit": _UNITS[match["unit"]]}
        trigger = re.sub(r"(?:之日起|以后|后)$", "", match["trigger"]).strip()
        duties.append(DutyDraft(content[start:end], start, end, "event", within=within, trigger=trigger[:200]))
    return duties


def _hard(content: str, start: int, end: int, year: int) -> DutyDraft | None:
    text = content[start:end]
    days = find_deadlines(text, year)
    first = days[0] if days else None
    ratio, count = _RATIO.search(text), _COUNT.search(text)
    due = {"due_on": first.on, "restored": first.restored, "plausible": is_plausible(first.on, year)} if first else {}
    if ratio:
        threshold: dict[str, object] = {
            "op": "<=" if ratio["most"] else ">=",
            "value": number(ratio["number"]),
            "unit": "%",
        }
        return DutyDraft(text, start, end, "ratio", threshold=threshold, **due)  # type: ignore[arg-type]
    if count:
        threshold = {"op": ">=", "value": number(count["number"]), "unit": count["unit"]}
        return DutyDraft(text, start, end, "count", threshold=threshold, per=_PER[count["per"]])
    if first:
        return DutyDraft(text, start, end, "date", **due)  # type: ignore[arg-type]
    return None


def _soft(content: str, start: int, end: int) -> DutyDraft | None:
    text = content[start:end]
    kind = next((kind for kind, pattern in _SOFT if pattern.search(text)), None)
    return DutyDraft(text, start, end, kind) if kind else None
