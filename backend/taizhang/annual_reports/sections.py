"""Sections and facts of a report (文字与所述的数): what was compiled, what a person wrote, and which of them stands.

Pure. A person's hand wins: a recompile changes what was compiled and leaves what was written alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from taizhang.annual_reports.checks.findings import Part


class Origin(StrEnum):
    """Where a section's words come from."""

    BLANK = "blank"
    COMPILED = "compiled"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Kept:
    """One section or fact: the value that stands, what the last compile said, whether a person set it."""

    value: Any = None
    compiled: Any = None
    edited: bool = False

    def edit(self, value: Any) -> "Kept":
        """As a person set it; setting it to what was compiled hands it back to the compile."""
        return Kept(value, self.compiled, value != self.compiled)

    def compile(self, value: Any) -> "Kept":
        """As a new compile leaves it."""
        return Kept(self.value if self.edited else value, value, self.edited and self.value != value)

    def restore(self) -> "Kept":
        """What was compiled, again."""
        return Kept(self.compiled, self.compiled, False)

    @property
    def origin(self) -> Origin:
        if not self.value:
            return Origin.EDITED if self.edited else Origin.BLANK
        return Origin.EDITED if self.edited else Origin.COMPILED


def load(stored: Mapping[str, Any], key: str) -> Kept:
    """A kept value as it is stored, or a blank one."""
    return Kept(**stored[key]) if key in stored else Kept()


def dump(kept: Kept) -> dict[str, Any]:
    """As it is stored."""
    return {"value": kept.value, "compiled": kept.compiled, "edited": kept.edited}


def texts(stored: Mapping[str, Any]) -> dict[Part, str | None]:
    """The words that stand, by part."""
    return {part: load(stored, part.value).value for part in Part}
