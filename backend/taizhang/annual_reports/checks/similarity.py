"""Similarity (雷同, E3): how much of a part was said before, and where. Numbers are ignored: they should change."""

import re
from collections.abc import Iterator
from functools import lru_cache

from taizhang.annual_reports.checks.findings import PART_WORDS, Finding, Level, Part, Passage, Report

SHINGLE = 12
"""Letters in a row that count as the same words said again."""
STEP = 4
STRIDE = 64
SHORTEST = 100
"""A part of fewer letters is not judged."""
SIMILAR_PERCENT = 70
LISTED = 3
_WORDS = re.compile(r"[^\W\d_]+")


def _letters(text: str) -> tuple[str, list[int]]:
    """The words without punctuation and numbers, and where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    for run in _WORDS.finditer(text):
        letters.append(run[0])
        places.extend(range(*run.span()))
    return "".join(letters), places


@lru_cache(maxsize=512)
def _bare(text: str) -> str:
    """The words alone; the same neighbours are looked at again and again."""
    return "".join(_WORDS.findall(text))


def _alike(text: str, at: int, other: str, origin: int) -> int:
    """How many letters are the same from here on."""
    length = 0
    while text[at + length : at + length + STRIDE] == other[origin + length : origin + length + STRIDE]:
        if at + length >= len(text):
            return len(text) - at
        length += STRIDE
    while text[at + length : at + length + 1] == other[origin + length : origin + length + 1] != "":
        length += 1
    return length


def _runs(text: str, earlier: str) -> list[tuple[int, int, int]]:
    """Passages found in both: length, where in the text, where in the earlier one. Shingles are taken of every
    ``STEP``-th place only, so a passage is sure to be found from ``SHINGLE + STEP`` letters on."""
    known = {earlier[at : at + SHINGLE]: at for at in reversed(range(0, len(earlier) - SHINGLE + 1, STEP))}
    runs: list[tuple[int, int, int]] = []
    at = end = 0
    while at <= len(text) - SHINGLE:
        origin = known.get(text[at : at + SHINGLE])
        if origin is None:
            at += 1
            continue
        start = at
        while start > end and origin and text[start - 1] == earlier[origin - 1]:
            start, origin = start - 1, origin - 1
        length = _alike(text, start, earlier, origin)
        runs.append((length, start, origin))
        at = end = start + length
    return runs


def repeated(text: str, previous: str) -> tuple[int, list[tuple[str, str]]]:
    """Per cent of the text said before, and the longest repeated passages with their earlier wording."""
    letters, places = _letters(text)
    earlier, earlier_places = _letters(previous)
    if len(letters) < SHORTEST or len(earlier) < SHORTEST:
        return 0, []
    runs = sorted(_runs(letters, earlier), reverse=True)
    passages = [
        (
            text[places[start] : places[start + length - 1] + 1],
            previous[earlier_places[origin] : earlier_places[origin + length - 1] + 1],
        )
        for length, start, origin in runs[:LISTED]
    ]
    return round(100 * sum(length for length, _, _ in runs) / len(letters)), passages


def _looks_alike(known: set[str], letters: str) -> bool:
    """A cheap look before the real one: do half as many samples as would make it alike occur in the other text?"""
    samples = range(0, len(letters) - SHINGLE + 1, SHINGLE)
    hits = sum(letters[at : at + SHINGLE] in known for at in samples)
    return bool(samples) and 200 * hits >= SIMILAR_PERCENT * len(samples)


def with_peers(report: Report) -> Iterator[Finding]:
    """E3 against other units' reports of the same year: the one most alike, for parts 一 and 五."""
    peers = report.ledger.peers if report.ledger else ()
    for part in (Part.OVERVIEW, Part.PROBLEMS) if peers else ():
        text = (report.texts or {}).get(part) or ""
        letters = _bare(text)
        known = {letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1)}
        best: tuple[int, str, list[tuple[str, str]]] = (0, "", [])
        for peer in peers:
            other = peer.texts.get(part) or ""
            if _looks_alike(known, _bare(other)):
                percent, passages = repeated(text, other)
                best = max(best, (percent, peer.unit_name, passages))
        percent, name, passages = best
        if percent >= SIMILAR_PERCENT:
            message = (
                f"{PART_WORDS[part]}有 {percent}% 的文字与{name}相同（提示线 {SIMILAR_PERCENT}%），请写本单位的情况"
            )
            shown = tuple(Passage(part, *passage) for passage in passages)
            yield Finding("E3", Level.WARN, (), message, f"{percent}%", f"{SIMILAR_PERCENT}%", passages=shown)


def with_last_year(report: Report) -> Iterator[Finding]:
    """E3 against the unit's own last report, parts 一 and 五."""
    for part in (Part.OVERVIEW, Part.PROBLEMS):
        text, previous = (report.texts or {}).get(part), report.previous_texts.get(part)
        if not text or not previous:
            continue
        percent, passages = repeated(text, previous)
        if percent < SIMILAR_PERCENT:
            continue
        message = f"{PART_WORDS[part]}有 {percent}% 的文字与上年相同（提示线 {SIMILAR_PERCENT}%），请按本年情况改写"
        shown = tuple(Passage(part, *passage) for passage in passages)
        yield Finding("E3", Level.WARN, (), message, f"{percent}%", f"{SIMILAR_PERCENT}%", passages=shown)
