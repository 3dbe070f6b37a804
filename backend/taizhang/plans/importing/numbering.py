"""Numbering (编号): 一、（一）1.（1）① and their kin, in the order in which official documents nest them.

The order is that of 《党政机关公文格式》（GB/T 9704—2012）7.3.3: 一、 then （一） then 1. then （1）.
"""

import re

_GROUPING = 2
_CHINESE = "一二三四五六七八九十百"
# One entry a level, the highest first.
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_CHINESE}]{{1,4}}(?:部分|[章篇编类])[、:：.．\s]*")),
    (1, re.compile(rf"[{_CHINESE}]{{1,4}}[、.．](?![{_CHINESE}]{{1,2}}(?:季度|级|类|线|产|次))\s*")),
    (1, re.compile(r"(?:[\u2160-\u216b]|[IVX]{1,5}(?=[.、．]))[.、．\s]*")),
    (2, re.compile(rf"[(（〔【\[][{_CHINESE}]{{1,4}}[)）〕】\]][、.．]?\s*|[\u3220-\u3229]\s*")),
    (3, re.compile(rf"第[{_CHINESE}\d]{{1,4}}[项条件][、:：.．\s]*")),
    (3, re.compile(rf"任务[{_CHINESE}\d]{{1,4}}[、:：.．\s]+")),
    (4, re.compile(r"\d{1,2}(?:[.．]\d{1,2})+[.、．]?\s*(?![亿万元倍个%])(?=[\u4e00-\u9fff《“\"])")),
    (3, re.compile(r"\d{1,3}(?:[.．、](?!\d)|[ \u3000]+(?=[\u4e00-\u9fff《“]))\s*|[\u2488-\u249b]\s*")),
    (4, re.compile(r"[(（〔]\d{1,3}[)）〕][、.．]?\s*|\d{1,3}[)）]\s*|[\u2474-\u2487]\s*")),
    (5, re.compile(r"[\u2460-\u2473\u24f5-\u24fe\u2776-\u277f][、.．]?\s*|[a-zA-Z][)）.、]\s*")),
)


def level(text: str) -> int | None:
    """How deep the numbering a text begins with stands, 0 the highest; None if it begins with none."""
    return next((depth for depth, pattern in _STYLES if pattern.match(text)), None)


def groups(text: str) -> bool:
    """Whether a line bears a number that headings over tasks bear, down to （一）; deeper ones are tasks."""
    depth = level(text)
    return depth is not None and depth <= _GROUPING


def without_number(text: str) -> str:
    """A heading without the numbering before it; the text itself where nothing else is left."""
    for _, pattern in _STYLES:
        if match := pattern.match(text):
            return text[match.end() :].lstrip() or text
    return text


def is_number(text: str) -> bool:
    """Whether a cell holds a number and nothing else: 1, 1., 一、, （一）, ①."""
    bare = text.strip()
    if re.fullmatch(rf"(?:\d{{1,4}}|[{_CHINESE}]{{1,4}})(?:[-—.]\d{{1,3}})*[.、．]?", bare):
        return True
    return any((match := pattern.match(bare)) and match.end() == len(bare) for _, pattern in _STYLES)


def is_heading_number(text: str) -> bool:
    """Whether a number is one that headings bear (一、（一）第一章), not rows."""
    bare = text.strip()
    return bool(re.fullmatch(rf"[{_CHINESE}]{{1,4}}", bare)) or (is_number(bare) and groups(bare))


_TITLE_LIMIT = 40
# So short a text is one line, broken where the cell was narrow.
_WRAPPED = 16
_BREAKS = re.compile(r"[。；;！!\n]")
_PAUSES = re.compile(r"[，,：:。；;\n]")


def title_of(content: str) -> str:
    """A title for a task that has none: its first sentence if that is short, else its first clause.

    >>> title_of("1.推进决策公开。对涉及群众利益的决策，公开征求意见。")
    '推进决策公开'
    """
    text = without_number(content.strip())
    if len(text) <= _WRAPPED and not _BREAKS.search(text.replace("\n", "")):
        return text.replace("\n", "")
    first = _BREAKS.split(text, maxsplit=1)[0]
    if 0 < len(first) <= _TITLE_LIMIT:
        return first
    clause = _PAUSES.split(text, maxsplit=1)[0]
    return clause if 4 <= len(clause) <= _TITLE_LIMIT else text[:_TITLE_LIMIT]
