"""Headings over tasks (类别): the categories under which rows stand, as far as the document has named them."""

import re
from dataclasses import dataclass, field

from taizhang.documents.words import squeezed
from taizhang.plans.importing.numbering import level

_CONTINUED = re.compile(r"[(（]?(?:续表?|接上[页表]|续上[页表])[)）]?$")
# A heading without a number goes under a numbered one no deeper than this.
_FIRST_LEVELS = 1


@dataclass
class Headings:
    """Two headings or more, the highest first. A heading met again, as after a page break, is the same one."""

    stack: list[tuple[int | None, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    is_fresh: bool = False

    def enter(self, text: str) -> None:
        """Begin a heading: numbering says how deep; two in a row without numbers stand one below the other."""
        heading = self.spelled(text)
        depth = level(heading)
        if any(heading == above for _, above in self.stack):
            while self.stack[-1][1] != heading:
                self.stack.pop()
            if not self.is_fresh:
                return
        elif depth is None:
            self._enter_unnumbered(heading)
        else:
            while self.stack and self._ends(self.stack[-1][0], depth):
                self.stack.pop()
            self.stack.append((depth, heading))
        self.is_fresh = True

    def _enter_unnumbered(self, heading: str) -> None:
        if self.is_fresh and len(self.stack) == 1:
            self.stack.append((None, heading))
        elif len(self.stack) > 1 and self.stack[-1][0] is None and not self.is_fresh:
            self.stack[-1] = (None, heading)
        else:
            self.stack = [(None, heading)]

    @staticmethod
    def _ends(above: int | None, depth: int) -> bool:
        return depth <= _FIRST_LEVELS if above is None else above >= depth

    def spelled(self, text: str) -> str:
        """A heading in the spelling in which it was first met, without 续."""
        heading = _CONTINUED.sub("", text.replace("\n", "")).strip()
        return self.known.setdefault(squeezed(heading), heading)

    def levels(self) -> list[str]:
        """The headings now in force."""
        return [heading for _, heading in self.stack]


def as_category(levels: list[str]) -> tuple[str, str | None]:
    """A task's category and subcategory from all the headings it stands under."""
    levels = list(dict.fromkeys(heading for heading in levels if heading))
    return (levels[0] if levels else "", " / ".join(levels[1:]) or None)
