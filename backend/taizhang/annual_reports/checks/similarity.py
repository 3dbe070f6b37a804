"""Similarity (雷同, E3): how much of a part was said before, and where. Numbers are ignored: they should change."""

import re
from collections.abc import Iterator

from taizhang.annual_reports.checks.findings import PART_WORDS, Finding, Level, Part, Passage, Report

SHINGLE = 12
"""Letters in a row that count as the same words said again."""
SHORTEST = 100
"""A part of fewer letters is not judged."""
SIMILAR_PERCENT = 70
LISTED = 3
_IGNORED = re.compile(r"[\W\d_]+")


def _letters(text: str) -> tuple[str, list[int]]:
    """The words without punctuation and numbers, and where each letter stood."""
    places = [place for place, letter in enumerate(text) if not _IGNORED.match(letter)]
    return "".join(text[place] for place in places), places


def repeated(text: str, previous: str) -> tuple[int, list[tuple[str, str]]]:
    """Per cent of the text said before, and the repeated passages, longest first, with their earlier wording."""
    letters, places = _letters(text)
    earlier, earlier_places = _letters(previous)
    if len(letters) < SHORTEST or len(earlier) < SHORTEST:
        return 0, []
    known = {earlier[at : at + SHINGLE]: at for at in range(len(earlier) - SHINGLE + 1)}
    covered, at = 0, 0
    runs: list[tuple[int, int, int]] = []
    while at <= len(letters) - SHINGLE:
        origin = known.get(letters[at : at + SHINGLE])
        if origin is None:
            at += 1
            continue
        length = SHINGLE
        while letters[at + length : at + length + 1] == earlier[origin + length : origin + length + 1] != "":
            length += 1
        runs.append((length, at, origin))
        covered += length
        at += length
    runs.sort(reverse=True)
    passages = [
        (
            text[places[start] : places[start + length - 1] + 1],
            previous[earlier_places[origin] : earlier_places[origin + length - 1] + 1],
        )
        for length, start, origin in runs[:LISTED]
    ]
    return round(100 * covered / len(letters)), passages


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
