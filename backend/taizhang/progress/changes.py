"""What changed between two revisions (版次对照): the reviewer opens at the difference. Pure: standard library only.

A revision's content is the snapshot written when it was handed in: texts, claims by duty, evidence by id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.progress.rules import FIELD_WORDS

Content = Mapping[str, Any]
EMPTY: Content = {"claims": [], "evidence": []}


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that reads differently."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClaimShift:
    """One claim that was added, dropped or changed."""

    duty_id: str
    before: Content | None
    after: Content | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; empty if nothing does."""

    fields: list[TextChange] = field(default_factory=list)
    claims: list[ClaimShift] = field(default_factory=list)
    added: list[Content] = field(default_factory=list)
    removed: list[Content] = field(default_factory=list)
    changed: list[Content] = field(default_factory=list)


def difference(before: Content | None, after: Content) -> Difference:
    """What changed from one revision to another; from nothing, everything did."""
    old = before or EMPTY
    old_evidence, new_evidence = _by(old, "evidence", "id"), _by(after, "evidence", "id")
    shared = [key for key in new_evidence if key in old_evidence]
    return Difference(
        fields=[
            TextChange(name, label, was, now)
            for name, label in FIELD_WORDS.items()
            if (was := old.get(name, "")) != (now := after.get(name, ""))
        ],
        claims=_claims(_by(old, "claims", "duty_id"), _by(after, "claims", "duty_id")),
        added=[item for key, item in new_evidence.items() if key not in old_evidence],
        removed=[item for key, item in old_evidence.items() if key not in new_evidence],
        changed=[new_evidence[key] for key in shared if new_evidence[key] != old_evidence[key]],
    )


def _claims(old: dict[str, Content], new: dict[str, Content]) -> list[ClaimShift]:
    duties = [*new, *(key for key in old if key not in new)]
    return [ClaimShift(key, old.get(key), new.get(key)) for key in duties if old.get(key) != new.get(key)]


def _by(content: Content, part: str, key: str) -> dict[str, Content]:
    return {item[key]: item for item in content.get(part, [])}
