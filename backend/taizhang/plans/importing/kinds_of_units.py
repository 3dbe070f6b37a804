"""Kinds of units (单位类别): what a name that is not in the directory says about its unit. Pure, a guess."""

import re

_KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:人民)?政府$"), "government"),
    (re.compile(r"政府办(?:公室)?$|区府办$"), "office"),
    (re.compile(r"(?:街道|街道办事处|街办)$"), "subdistrict"),
    (re.compile(r"[镇乡]$"), "town"),
    (re.compile(r"(?:管委会|园区|开发区|高新区)$"), "zone"),
    (re.compile(r"(?:生态环境|自然资源|税务|公安|气象|消防).{0,6}(?:局|分局|大队|支队|中心)$|分局$"), "branch"),
    (re.compile(r"(?:局|委|委员会|办|办公室|部)$"), "department"),
)
_TOWN_GOVERNMENT = re.compile(r"[镇乡]人民政府$")
_AREA = re.compile(r"^.{2,4}?市(?=.{1,4}?[区县])|^.{2,4}?省")


def guess_kind(name: str) -> str:
    """The most likely ``UnitKind`` value of a unit so called; ``other`` where the name does not say."""
    if _TOWN_GOVERNMENT.search(name):
        return "town"
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), "other")


def short_name_of(name: str) -> str:
    """The name without its city and province, as a breakdown writes it."""
    return _AREA.sub("", name) or name
