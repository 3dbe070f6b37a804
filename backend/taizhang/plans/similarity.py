"""How alike two tasks are (相似度): what one level issues, the next repeats in nearly the same words. Pure.

Pairs of characters are compared, not words: Chinese needs no dictionary for that, and a name reworded keeps most pairs.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

TITLE_WEIGHT = 3
SUGGEST_FROM = 0.3

Profile = Counter[str]


def profile(title: str, content: str) -> Profile:
    """The pairs of characters of a task, those of its title counting more; punctuation and blanks do not count."""
    whole = _pairs(content)
    for pair, times in _pairs(title).items():
        whole[pair] += TITLE_WEIGHT * times
    return whole


def _pairs(text: str) -> Profile:
    letters = [letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum()]
    return Counter(letters) if len(letters) == 1 else Counter(map("".join, zip(letters, letters[1:], strict=False)))


def rarity(profiles: Sequence[Profile]) -> dict[str, float]:
    """How much each pair tells among these tasks: 公开 stands in all of them and tells little."""
    held = Counter(pair for each in profiles for pair in each)
    return {pair: math.log((1 + len(profiles)) / (1 + times)) + 1 for pair, times in held.items()}


def similarity(a: Profile, b: Profile, weights: Mapping[str, float] | None = None) -> float:
    """From 0, nothing in common, to 1, the same pairs as often: the cosine of the weighted counts. Symmetric."""
    if a == b:
        return 1.0
    known = weights or {}
    product = sum(a[pair] * b[pair] * known.get(pair, 1.0) ** 2 for pair in sorted(a.keys() & b.keys()))
    length = _length(a, known) * _length(b, known)
    return min(1.0, product / length) if length else 0.0


def _length(pairs: Profile, weights: Mapping[str, float]) -> float:
    return math.sqrt(sum((times * weights.get(pair, 1.0)) ** 2 for pair, times in pairs.items()))


def ranked(
    task: Profile, others: Iterable[tuple[int, Profile]], weights: Mapping[str, float]
) -> list[tuple[float, int]]:
    """Scores with the numbers of the others, the most alike first, equals in their own order."""
    scored = [(round(similarity(task, other, weights), 3), number) for number, other in others]
    return sorted(scored, key=lambda each: (-each[0], each[1]))
