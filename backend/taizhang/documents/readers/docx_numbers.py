"""Numbers Word writes by itself (自动编号): 一、 and 1. that stand in no paragraph's text."""

from collections import defaultdict
from dataclasses import dataclass, field

from taizhang.documents.package import Element, Package, attribute, child, name_of

_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9


def chinese(number: int) -> str:
    """一 to 九十九 as headings are counted; digits above."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def roman(number: int) -> str:
    """I, II, III …"""
    if not 0 < number < 400:
        return str(number)
    written = ""
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, letters in steps:
        while number >= value:
            written, number = written + letters, number - value
    return written


def written(number: int, style: str) -> str:
    """A number in one of Word's number formats (ST_NumberFormat, ECMA-376 17.18.59)."""
    if style.startswith(("chineseCounting", "japaneseCounting", "ideograph", "taiwaneseCounting", "koreanCounting")):
        return chinese(number)
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style.endswith("Roman"):
        return roman(number) if style.startswith("upper") else roman(number).lower()
    if style.endswith("Letter") and 1 <= number <= 26:
        return chr((65 if style.startswith("upper") else 97) + number - 1)
    return str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    pattern: str


@dataclass
class Numbering:
    """The lists of a document, counted as its paragraphs come by."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _styles: dict[str, tuple[str | None, tuple[str, int] | None]] = field(default_factory=dict)
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, package: Package, related: set[str]) -> "Numbering":
        """The numbering and the styles a document refers to."""
        numbering = cls()
        for name in related:
            if name.endswith("numbering.xml"):
                numbering._read_lists(package.xml(name))
            elif name.endswith("styles.xml"):
                numbering._read_styles(package.xml(name))
        return numbering

    def _read_lists(self, root: Element | None) -> None:
        for element in root if root is not None else ():
            if name_of(element) == "abstractNum":
                self._levels[attribute(element, "abstractNumId") or ""] = {
                    _number(attribute(level, "ilvl")): _Level(
                        _number(attribute(child(level, "start"), "val"), 1),
                        attribute(child(level, "numFmt"), "val") or "decimal",
                        attribute(child(level, "lvlText"), "val") or "",
                    )
                    for level in element
                    if name_of(level) == "lvl"
                }
            elif name_of(element) == "num":
                self._read_instance(element)

    def _read_instance(self, element: Element) -> None:
        number = attribute(element, "numId") or ""
        self._abstract[number] = attribute(child(element, "abstractNumId"), "val") or ""
        self._restarts[number] = {
            _number(attribute(override, "ilvl")): _number(attribute(child(override, "startOverride"), "val"), 1)
            for override in element
            if name_of(override) == "lvlOverride" and child(override, "startOverride") is not None
        }

    def _read_styles(self, root: Element | None) -> None:
        for element in root if root is not None else ():
            if name_of(element) == "style":
                based_on = attribute(child(element, "basedOn"), "val")
                self._styles[attribute(element, "styleId") or ""] = (based_on, _reference(child(element, "pPr")))

    def label(self, paragraph: Element) -> str:
        """The number Word shows before a paragraph, counting it; empty for none and for bullets."""
        properties = child(paragraph, "pPr")
        reference = _reference(properties) or self._inherited(attribute(child(properties, "pStyle"), "val"))
        if reference is None:
            return ""
        number, depth = reference
        levels = self._levels.get(self._abstract.get(number, ""), {})
        level = levels.get(depth)
        if level is None or level.style in ("bullet", "none"):
            return ""
        counts = self._counts[self._abstract[number]]
        restart = self._restarts[number].pop(depth, None)
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        label = level.pattern
        for above in range(depth + 1):
            style = levels[above].style if above in levels else "decimal"
            label = label.replace(f"%{above + 1}", written(counts.get(above, 1), style))
        return label

    def _inherited(self, style: str | None) -> tuple[str, int] | None:
        for _ in range(_LEVELS):
            if style is None or style not in self._styles:
                return None
            style, reference = self._styles[style]
            if reference is not None:
                return reference
        return None


def _reference(properties: Element | None) -> tuple[str, int] | None:
    numbered = child(properties, "numPr")
    number = attribute(child(numbered, "numId"), "val")
    return (number, _number(attribute(child(numbered, "ilvl"), "val"))) if number else None


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default
