"""Labels (栏目名): the official words, found again under numbering, spacing, brackets, quotes and small slips."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

_MARKS = re.compile(r"[\s\W_]+")
_NUMBERING = re.compile(
    r"^(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、.．,，]|\d{1,2}[、.．,，)）](?!\d))\s*"
)
FUZZY_FROM = 4
"""Shorter labels (其他、总计) must be exact: one letter off is another word."""
LONGEST = 120
"""Longer cells hold prose, and no label."""
LIKE, APART = 0.78, 0.08


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The letters of a label, without numbering, spaces and marks: （三）不予公开 is 不予公开."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    while stripped := _NUMBERING.match(text):
        text = text[stripped.end() :]
    return _MARKS.sub("", text)


class Labels:
    """Official labels of one kind, each with what it stands for."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._exact = {plain(label): value for label, value in named.items()}
        self._longest = max(map(len, self._exact))
        self._letters = {label: frozenset(label) for label in self._exact}

    def find(self, text: str) -> str | None:
        """What a text is the label of, if of exactly one."""
        letters = plain(text)
        if not letters or len(letters) > LONGEST:
            return None
        return self._exact.get(letters) or self._whole_but_for_a_head(letters) or self._like(letters)

    def exactly(self, text: str) -> str | None:
        """What a text is the label of, letter by letter."""
        return self._exact.get(plain(text))

    def begins(self, text: str) -> bool:
        """Whether a text may be the first piece of a label that goes on in the next row."""
        letters = plain(text)
        return len(letters) >= FUZZY_FROM and any(label.startswith(letters) for label in self._exact)

    def _whole_but_for_a_head(self, letters: str) -> str | None:
        """（三）不予公开 1.属于国家秘密 in one cell; or a label cut short, as （二）部分公开 without its note."""
        ended = [label for label in self._exact if len(label) >= FUZZY_FROM and letters.endswith(label)]
        if ended:
            return self._exact[max(ended, key=len)]
        started = {self._exact[label] for label in self._exact if label.startswith(letters)}
        return started.pop() if len(letters) >= FUZZY_FROM and len(started) == 1 else None

    def _like(self, letters: str) -> str | None:
        if not FUZZY_FROM <= len(letters) <= self._longest + FUZZY_FROM:
            return None
        matcher = SequenceMatcher(b=letters, autojunk=False)
        best, runner_up, value = 0.0, 0.0, None
        mine = set(letters)
        for label, stands_for in self._exact.items():
            # Most texts share hardly a letter with a label: told at a hundredth of the cost of comparing them.
            if 2 * len(mine & self._letters[label]) < len(self._letters[label]):
                continue
            matcher.set_seq1(label)
            if matcher.real_quick_ratio() < LIKE - APART or matcher.quick_ratio() < LIKE - APART:
                continue
            ratio = matcher.ratio()
            if ratio > best:
                if stands_for != value:
                    runner_up = best
                best, value = ratio, stands_for
            elif stands_for != value:
                runner_up = max(runner_up, ratio)
        return value if best >= LIKE and best - runner_up >= APART else None
