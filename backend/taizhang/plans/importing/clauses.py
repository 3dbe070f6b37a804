"""Clauses (分句): where a requirement begins and ends. What only says when, or in which case, goes with the next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.plans.importing.deadlines import WITHIN, find_deadlines

_SENTENCE = re.compile(r"[^。!！?？;；\n]+")
# Two thresholds are two requirements, though only 、 stands between them.
_CLAUSE = re.compile(r"(?:(?!(?<=[%％上下内次场期篇条件人])、[^、,，]*(?:[%％]|不少于|不低于|至少))[^,，])+")
_PREFIX = re.compile(r"^(?:请|并|要|应|须|各单位|各部门|力争|确保|原则上|最迟|于|到|至|在|从)*$")
_AFTER = re.compile(
    r"(?:之日起|之后|以后|(?<!先)(?<!背)(?<!落)(?<!前)后|之时|(?<!及)(?<!同)(?<!按)(?<!实)(?<!随)(?<!平)时)$"
)
_CASE = re.compile(
    r"^(?:凡|对于?(?![照标接口外内])|针对|涉及|属于|遇|确需|(?:如|若)(?![实期下干何])|因.+的$|未.+的$)|(?<!目)的$"
)
# What tells of the past, counts what was done, or says why.
_TOLD = re.compile(
    r"共(?:有|受理|公开|召开|接听|举办|发布|参加|收到|办理|开展)|同比|环比|据统计|截[至止]|以来|已(?:接入|建成|公开|完成|取得)|过去一年"
    r"|[办设开置完获取]了|指出|强调|得分率|是.{0,30}(?:重要|第一)|^[^,，]{2,12}是(?!否)|^上年度"
)
_WHY = re.compile(
    r"^(?:为了?(?!主)|根据|依据|(?:重点)?围绕|聚焦|鉴于|结合|贯彻|全面落实|坚持以|习近平|要?充分认识|附件)"
)
# A clause that asks something itself is more than the case in which.
_ASKS = re.compile(r"[%％]|(?<![需重主必])要|应当|必须|不[得少低]|进行|开展")
_EXCEPT = re.compile(r"^除.+外$")
_NOUN = re.compile(r"的[^,，的]{2,12}$")
_ASKED_OF = re.compile(r"应当|应(?![急用对])|须|必须|由(?!于)|一律")
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）、].{2,14}$")
_LONGEST_LEAD = 60


@dataclass(frozen=True, slots=True)
class Clause:
    """Words at ``start:end`` of a task that may ask one thing. ``case``: they begin with in which case."""

    start: int
    end: int
    case: bool
    told: bool
    reason: bool


def clauses(content: str, year: int) -> Iterator[Clause]:
    """The clauses of a task's text in order; 9月底前，完成… and 对…的，要… are one each."""
    for sentence in _SENTENCE.finditer(content):
        told = bool(_TOLD.search(sentence[0]) or _HEADING.match(sentence[0].strip()))
        start: int | None = None
        case = False
        pieces = [(sentence.start() + m.start(), sentence.start() + m.end()) for m in _CLAUSE.finditer(sentence[0])]
        for number, (begin, end) in enumerate(pieces):
            begin, end = _trimmed(content, begin, end)
            if begin >= end:
                continue
            text = content[begin:end]
            in_case = bool(_CASE.search(text)) and not _ASKS.search(text) or bool(_EXCEPT.match(text))
            follows = content[slice(*pieces[number + 1])].lstrip() if number < len(pieces) - 1 else ""
            leads = in_case or _says_when(text, year) or _is_subject(text, follows)
            if follows and leads and len(text) <= _LONGEST_LEAD:
                start, case = begin if start is None else start, case or in_case
                continue
            first = begin if start is None else start
            yield Clause(first, end, case, told, bool(_WHY.match(content[first:end])))
            start, case = None, False


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    piece = content[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _is_subject(text: str, follows: str) -> bool:
    """主动公开的政府信息，应当…: a noun of which the next clause asks something."""
    return bool(_NOUN.search(text) and _ASKED_OF.match(follows) and not _ASKS.search(text))


def _says_when(text: str, year: int) -> bool:
    """Whether a clause is a deadline or a term, or ends with 后, and nothing else."""
    if _AFTER.search(text) and len(text) <= 30:
        return True
    if any(term.end() == len(text) for term in WITHIN.finditer(text)):
        return True
    days = find_deadlines(text, year) if len(text) <= 24 else []
    return bool(days) and days[0].end == len(text) and bool(_PREFIX.match(text[: days[0].start]))
