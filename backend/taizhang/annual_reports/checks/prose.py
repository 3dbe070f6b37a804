"""The prose against the tables (E1): every number of part 一 that also stands in a table equals it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from taizhang.annual_reports.checks.arithmetic import total
from taizhang.annual_reports.checks.facts import Fact, any_trigger, facts_of
from taizhang.annual_reports.checks.findings import Finding, Level, Part, Passage, Report
from taizhang.annual_reports.forms import wan

FEN_PER_YUAN, FEN_PER_WAN = 100, 1_000_000
NEAR = 80
"""Letters to either side of a number in which the words that name it stand."""
# Full-width digits and letters are one character each, so places in the text stay where they are.
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NUMBER = re.compile(
    r"(?<![\d.第])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[零〇一二三四五六七八九十百千两]+)\s*"
    r"(?P<unit>件次|件|宗|条|份|个(?!部分)|起|项|部(?!分)|万元|元)"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_BREAK = re.compile(r"[，：:（）()]|,(?!\d)")
_FILLER = re.compile(
    r"(?:其中|总共|合计|共计|总计|累计|分别|数量|申请|案件|共|为|有|计|达|是|的|约|、|和|及|\s)*(?:政府)?(?:信息公开)?(?:申请)?"
)
_NOTHING = re.compile(r"未发生|未收到|未产生|没有|无(?!法|正当|需|偿|障|故|效)")
_EACH = re.compile(r"[各均](?:为|是|有)?\s*$")
_JOINED = re.compile(r"[、和及与或]|以及")
# Another year's number, or a difference between two.
_COMPARED = re.compile(r"增加|减少|增长|下降|上升|同比|较上年|比上年|较去年|比去年|上年度?同期|多于|少于")
_YEAR = re.compile(r"(?<![至到入])(20\d\d)年(?!度?(?:继续|结转))")
_OF_APPLICATIONS = re.compile(
    r"依申请|公开申请|信息申请|(?:受理|收到|接收)[^，。；]{0,10}申请|新收|部分公开|不予公开|无法提供"
)
_OF_DISCLOSURE_CASES = re.compile(r"信息公开|依申请|公开申请|部分公开|无法提供")
_ELSEWHERE = re.compile(r"12345|热线|信箱|留言|建议|提案|来信|工单|网民|问政|咨询|主动公开|解读|证明事项")
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of the prose with the facts it states and the words around it."""

    value: int
    facts: tuple[Fact, ...]
    sure: bool
    words: str
    sentence: str
    each: bool


class _About(NamedTuple):
    """What a sentence is about: its paragraph speaks of applications, of their disputes; itself of other matters."""

    applications: bool
    disputes: bool
    elsewhere: bool


def chinese_number(text: str) -> int | None:
    """四十二 as 42; ``None`` for what is no number in words."""
    total_, current = 0, 0
    for letter in text:
        if letter in _DIGITS:
            current = _DIGITS[letter]
        elif letter in _TENS:
            total_ += (current or 1) * _TENS[letter]
            current = 0
        else:
            return None
    return total_ + current


def mentions(report: Report, text: str) -> Iterator[Mention]:
    """Numbers of a text that speak of cells, in order."""
    heading = ""
    for line in text.translate(_NARROW).split("\n"):
        if len(line) <= 20 and not line.endswith("。") and not _NUMBER.search(line):
            heading = line
            continue
        around = heading + line
        applications, disputes = bool(_OF_APPLICATIONS.search(around)), bool(_OF_DISCLOSURE_CASES.search(around))
        for sentence in _SENTENCE.finditer(line):
            if not any_trigger(report.form).search(sentence[0]):
                continue
            about = _About(applications, disputes, bool(_ELSEWHERE.search(sentence[0])))
            yield from _of_sentence(report, sentence[0], about)
            yield from _nothings(report, sentence[0], about)


def _nothings(report: Report, sentence: str, about: _About) -> Iterator[Mention]:
    """未发生行政复议、行政诉讼: a zero said in words. The words are never sure enough to block."""
    for clause in _BREAK.split(sentence):
        nothing = _NOTHING.search(clause)
        if nothing is None or _NUMBER.search(clause):
            continue
        for _, _, fact in _facts_in(report, clause[nothing.start() + 1 : nothing.end() + NEAR]):
            if _is_sure((fact,), about) is not None:
                yield Mention(0, (fact,), False, clause.strip(), sentence.strip(), False)


def _of_sentence(report: Report, sentence: str, about: _About) -> Iterator[Mention]:
    numbers = list(_NUMBER.finditer(sentence))
    waiting: list[Fact] = []
    found: tuple[Fact, ...]
    start = 0
    for index, number in enumerate(numbers):
        end = numbers[index + 1].start() if index + 1 < len(numbers) else len(sentence)
        near = _nearest(sentence[max(start, number.start() - NEAR) : number.start()])
        if waiting and _FILLER.fullmatch(near):
            found, read = (waiting.pop(0),), 0
        else:
            found, read = _facts_around(report, near, sentence[number.end() : min(end, number.end() + NEAR)])
        start = number.end() + read
        if not found or _COMPARED.search(near) or _other_year(report, sentence, number.start()):
            continue
        if "分别" in near and len(found) > 1:
            waiting, found = list(found[1:]), found[:1]
        value = _value(number, money=found[0].money)
        sure = _is_sure(found, about)
        if value is not None and sure is not None:
            words = sentence[number.start() - len(near) : start]
            yield Mention(value, found, sure, words.strip("，、（ "), sentence.strip(), bool(_EACH.search(near)))


def _nearest(before: str) -> str:
    """The clause a number ends, or the one before it if that says nothing (…申请，共 42 件)."""
    clauses = [clause for clause in _BREAK.split(before) if clause is not None]
    while len(clauses) > 1 and _FILLER.fullmatch(clauses[-1]):
        clauses.pop()
    return clauses[-1] if clauses else ""


def _facts_around(report: Report, near: str, after: str) -> tuple[tuple[Fact, ...], int]:
    """The facts named last before a number, joined ones together; else the one named right behind it, and how many
    letters behind the number were read for it."""
    found = _facts_in(report, near)
    if found:
        chain = [found[-1]]
        for earlier in reversed(found[:-1]):
            if not _JOINED.fullmatch(near[earlier[1] : chain[0][0]]):
                break
            chain.insert(0, earlier)
        return tuple(fact for _, _, fact in chain), 0
    behind = _facts_in(report, near + _BREAK.split(after)[0])
    if not behind:
        return (), 0
    _, end, fact = behind[0]
    return (fact,), max(end - len(near), 0)


def _facts_in(report: Report, text: str) -> list[tuple[int, int, Fact]]:
    """Facts in the order they stand, the longest of those that overlap."""
    if not any_trigger(report.form).search(text):
        return []
    found = [
        (match.start(), match.end(), fact)
        for fact in facts_of(report.form)
        if fact.trigger in text
        for match in fact.pattern.finditer(text)
    ]
    found.sort(key=lambda each: (-(each[1] - each[0]), each[0]))
    kept: list[tuple[int, int, Fact]] = []
    for start, end, fact in found:
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end, fact))
    return sorted(kept, key=lambda each: each[0])


def _other_year(report: Report, sentence: str, at: int) -> bool:
    years = _YEAR.findall(sentence[max(0, at - NEAR) : at])
    return bool(years) and int(years[-1]) != report.year


def _is_sure(facts: tuple[Fact, ...], about: _About) -> bool | None:
    """Whether the words surely mean these cells; ``None`` where they speak of something else."""
    sure = all(fact.sure for fact in facts)
    if any(key.startswith("t4.") for fact in facts for key in fact.cells):
        return sure and about.disputes
    elsewhere = about.elsewhere and any(fact.cells[0].startswith("t3.") for fact in facts)
    if not all(fact.standing for fact in facts) and (elsewhere or not about.applications):
        return None
    return sure and not elsewhere


def _value(number: re.Match[str], *, money: bool) -> int | None:
    text, unit = number["number"].replace(",", ""), number["unit"]
    if money != (unit in ("元", "万元")):
        return None
    if not text[0].isdigit():
        return chinese_number(text) if not money else None
    amount = Decimal(text)
    if money:
        amount *= FEN_PER_WAN if unit == "万元" else FEN_PER_YUAN
    return int(amount) if amount == int(amount) else None


def against_tables(report: Report) -> Iterator[Finding]:
    """E1. Sure matches block, the others warn; a blank cell is A4's to tell."""
    text = (report.texts or {}).get(Part.OVERVIEW)
    if not text:
        return
    for mention in mentions(report, text):
        together = [tuple(key for fact in mention.facts for key in fact.cells)]
        groups = [fact.cells for fact in mention.facts] if mention.each else together
        for cells in groups:
            stands = total(report.figures, cells)
            if stands is None or stands == mention.value or _also_means(report, mention):
                continue
            yield _difference(report, mention, cells, stands)


def _also_means(report: Report, mention: Mention) -> bool:
    return any(fact.alternative and total(report.figures, fact.alternative) == mention.value for fact in mention.facts)


def _difference(report: Report, mention: Mention, cells: tuple[str, ...], stands: int) -> Finding:
    money = mention.facts[0].money
    said, shown = (wan(mention.value), wan(stands)) if money else (mention.value, stands)
    unit = " 万元" if money else ""
    named = "、".join(dict.fromkeys(fact.name for fact in mention.facts))
    where = report.form.names(cells)
    message = f"第一部分写“{mention.words}”，表中{named}（{where}{'之和' if len(cells) > 1 else ''}）是 {shown}{unit}"
    if report.previous is not None and total(report.previous, cells) == mention.value:
        message += f"；{said} 是上年的数字，疑为沿用"
    level = Level.BLOCK if mention.sure else Level.WARN
    passage = Passage(Part.OVERVIEW, mention.sentence)
    return Finding("E1", level, cells, message, said, shown, passages=(passage,))
