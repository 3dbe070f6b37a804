"""Texts (正文): the title with its organ and year, and parts 一 五 六 between the headings of the report."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.annual_reports.checks.findings import Part

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("一", r"总体情况"),
    ("二", r"主动公开政府信息(?:的)?情况"),
    ("三", r"收到和处理政府信息公开申请(?:的)?情况"),
    (
        "四",
        r"(?:因)?政府信息公开(?:工作)?(?:被申请|被提起)?(?:的)?行政复议[、和及,，]*(?:被)?(?:提起)?行政诉讼(?:的)?情况",
    ),
    ("五", r"(?:政府信息公开工作)?存在的?(?:主要)?问题[、及和与]*改进(?:情况|措施)"),
    ("六", r"其他需要报告的(?:其他)?事项"),
)
_NUMBERED = re.compile(r"^[(（]?(?:[一二三四五六]|[1-6１-６])[)）]?[、.．,，:：\s　]*")
_BODIES = {"一": Part.OVERVIEW, "五": Part.PROBLEMS, "六": Part.OTHER}
_YEAR = r"(?P<year>20\d\d|二[〇○零ＯO0][一二三四五六七八九〇○零]{2})年(?:度)?"
_REPORT = r"政府信息公开(?:工作)?的?(?:年度报告|年报)(?:[（(].*[)）])?$"
_TITLES = (
    re.compile(rf"^(?P<unit>.{{2,50}}?){_YEAR}{_REPORT}"),
    re.compile(rf"^{_YEAR}(?P<unit>.{{0,50}}?){_REPORT}"),
    re.compile(rf"^(?P<unit>.{{2,50}}?)政府信息公开(?:工作)?(?:年度报告|年报)[（(]{_YEAR}[)）]$"),
)
_WINDOW = re.compile(r"(20\d\d)年1月1日(?:起)?.{0,4}?(?:20\d\d年)?12月31日")
_CRUMBS = re.compile(r"[>»›|]|当前位置|您的位置|首页")
_ORGAN = re.compile(r"(?:政府|办公室|办公厅|局|委员会|管委会|办事处|中心|厅|部|院|委|队|所|处)$")
_FURNITURE = re.compile(
    r"^(?:【?打印|【?关闭|分享到|扫一扫|上一篇|下一篇|相关链接|相关附件|附件[:：]|版权所有|主办单位|.*ICP备)"
)
_CHINESE_DIGITS = {letter: str(value) for value, letter in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
}


@dataclass(frozen=True, slots=True)
class Title:
    """What the title says; ``None`` where it does not."""

    unit_name: str | None
    year: int | None
    found: bool


def title_of(lines: Sequence[str]) -> Title:
    """The organ and the year the report names itself by; the year else by the window of its statistics."""
    for index, line in enumerate(lines):
        flat = _flat(line)
        if _CRUMBS.search(flat):
            continue
        for pattern in _TITLES:
            match = pattern.match(flat)
            if match:
                unit = match["unit"].strip("《关于") or _organ_above(lines, index)
                return Title(unit or None, int(_arabic(match["year"])), found=True)
    window = next((match for line in lines if (match := _WINDOW.search(_flat(line)))), None)
    return Title(None, int(window[1]) if window else None, found=False)


def _organ_above(lines: Sequence[str], index: int) -> str | None:
    above = _flat(lines[index - 1]) if index else ""
    return above if len(above) <= 40 and _ORGAN.search(above) else None


def parts_of(lines: Sequence[str]) -> tuple[dict[Part, str | None], set[str]]:
    """Parts 一 五 六, and which of the six headings stand in the report."""
    starts = _starts(lines)
    order = sorted((index, number) for number, (index, _) in starts.items())
    texts: dict[Part, str | None] = dict.fromkeys(Part)
    for place, (index, number) in enumerate(order):
        if number not in _BODIES:
            continue
        end = order[place + 1][0] if place + 1 < len(order) else len(lines)
        body = [rest] if (rest := starts[number][1]) else []
        for line in lines[index + 1 : end]:
            if _FURNITURE.match(line):
                break
            body.append(line)
        texts[_BODIES[number]] = "\n".join(body) or None
    return texts, set(starts)


def _starts(lines: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Where each heading stands and what follows it on its line. The last counts: a table of contents comes first."""
    found: dict[str, tuple[int, str]] = {}
    for index, line in enumerate(lines):
        numbered = _NUMBERED.match(line)
        words = line[numbered.end() :] if numbered else line
        for number, pattern in _HEADINGS:
            match = re.match(pattern, words)
            if match is None:
                continue
            rest = words[match.end() :].strip(" 　:：。.…")
            if numbered or not rest:
                found[number] = (index, "" if re.fullmatch(r"\d*", rest) else rest)
    return found


def _flat(line: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", line))


def _arabic(year: str) -> str:
    return "".join(_CHINESE_DIGITS.get(letter, letter) if letter not in "二" else "2" for letter in year)
