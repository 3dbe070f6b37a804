"""Comparing (差异): a draft beside the plan, or the draft, that was made of the same table before. Pure.

Rows are paired by their words: the same title and content first, then the same content, the same title, and last the
likest content. What is left on one side is new, on the other missing.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from taizhang.plans.importing.draft import DraftRow

ALIKE_FROM = 0.5
SAME_TITLE_FROM = 0.6

ChangeKind = Literal["new", "changed", "unchanged", "missing"]
FieldName = Literal["category", "subcategory", "title", "content", "assignees", "due", "duties"]
FIELDS: dict[FieldName, str] = {
    "category": "类别",
    "subcategory": "二级类别",
    "title": "任务名称",
    "content": "具体任务内容",
    "assignees": "责任单位",
    "due": "时限",
    "duties": "要求",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One task as compared, its parts as people read them. ``phrases``: the units' column as written."""

    key: str
    position: int
    category: str
    subcategory: str | None
    title: str
    content: str
    units: tuple[str, ...]
    phrases: str
    due: str
    duties: tuple[str, ...]
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after."""

    field: FieldName
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the difference: ``position`` in the draft, ``key`` of the task or row it was paired with."""

    change: ChangeKind
    position: int | None
    key: str | None
    title: str
    fields: tuple[FieldChange, ...] = ()


_NOISE = re.compile(r"[\s\W_]+")


def squeezed(text: str) -> str:
    """Letters and digits alone: padding, line breaks and the width of punctuation say nothing."""
    return _NOISE.sub("", text)


def item_of(row: DraftRow, names: dict[uuid.UUID, str]) -> Item:
    """A row of a draft as compared."""
    roles: dict[str, str] = {}
    for assignee in row.assignees:
        for unit_id in assignee.unit_ids:
            roles.setdefault(names.get(unit_id, str(unit_id)), assignee.role)
    return Item(
        key=str(row.position),
        position=row.position,
        category=row.category,
        subcategory=row.subcategory,
        title=row.title,
        content=row.content,
        units=tuple(sorted(roles)),
        phrases="、".join(assignee.text for assignee in row.assignees),
        due=first_due([row.due.on if row.due else None, *(duty.due_on for duty in row.duties)]),
        duties=tuple(duty_words(duty.text, duty.due_on) for duty in row.duties if duty.text != row.content),
        undecided=any(assignee.is_open for assignee in row.assignees),
    )


def first_due(days: Iterable[date | None]) -> str:
    """The earliest deadline, however it was written; empty where there is none."""
    return min((day.isoformat() for day in days if day is not None), default="")


def duty_words(text: str, due_on: date | None) -> str:
    """A duty as compared: its words, and its day if it has one."""
    return f"{text}（{due_on}）" if due_on else text


def compare(old: Sequence[Item], new: Sequence[Item]) -> list[RowChange]:
    """The draft's rows in their order, each new, changed or unchanged, then what it no longer holds."""
    partner = _pair(old, new)
    taken = {item.key for item in partner.values()}
    changes = []
    for item in new:
        before = partner.get(item.key)
        if before is None:
            changes.append(RowChange("new", item.position, None, item.title))
            continue
        fields = _differences(before, item)
        changes.append(
            RowChange("changed" if fields else "unchanged", item.position, before.key, item.title, tuple(fields))
        )
    missing = [RowChange("missing", None, item.key, item.title) for item in old if item.key not in taken]
    return [*changes, *missing]


def _pair(old: Sequence[Item], new: Sequence[Item]) -> dict[str, Item]:
    """For each row of the draft, by its key, the old item it continues."""
    pairs: dict[str, Item] = {}
    sames: tuple[Callable[[Item], Hashable], ...] = (
        lambda item: (squeezed(item.title), squeezed(item.content), item.category, item.units),
        lambda item: (squeezed(item.title), squeezed(item.content)),
        lambda item: squeezed(item.content),
        lambda item: squeezed(item.title),
    )
    left = list(old)
    for same in sames:
        waiting: dict[Hashable, list[Item]] = {}
        for item in left:
            waiting.setdefault(same(item), []).append(item)
        for item in new:
            if item.key not in pairs and (found := waiting.get(same(item))):
                pairs[item.key] = found.pop(0)
        taken = {item.key for item in pairs.values()}
        left = [item for item in left if item.key not in taken]
    pairs.update(_likest(left, [item for item in new if item.key not in pairs]))
    return pairs


def _likest(old: Sequence[Item], new: Sequence[Item]) -> dict[str, Item]:
    """The best pairs first, by the pairs of characters they share; an index keeps it linear in the text."""
    grams = {item.key: _grams(item.content) for item in old}
    index: dict[str, list[str]] = {}
    for key, own in grams.items():
        for gram in own:
            index.setdefault(gram, []).append(key)
    scored = []
    for item in new:
        own = _grams(item.content)
        shared = Counter(key for gram in own for key in index.get(gram, ()))
        scored += [(2 * common / (len(own) + len(grams[key])), item.key, key) for key, common in shared.most_common(5)]
    by_key = {item.key: item for item in old}
    pairs: dict[str, Item] = {}
    for score, new_key, old_key in sorted(scored, key=lambda each: -each[0]):
        if score >= ALIKE_FROM and new_key not in pairs and old_key in by_key:
            pairs[new_key] = by_key.pop(old_key)
    return pairs


def _grams(text: str) -> set[str]:
    plain = squeezed(text)
    return {plain[at : at + 2] for at in range(max(len(plain) - 1, 1))}


def _differences(old: Item, new: Item) -> list[FieldChange]:
    texts: dict[FieldName, tuple[str, str]] = {
        "category": (old.category, new.category),
        "subcategory": (old.subcategory or "", new.subcategory or ""),
        "title": (old.title, new.title),
        "content": (old.content, new.content),
        "due": (old.due, new.due),
    }
    changes = [
        FieldChange(name, FIELDS[name], before, after)
        for name, (before, after) in texts.items()
        if squeezed(before) != squeezed(after)
    ]
    if _units_differ(old, new):
        before, after = (old.phrases, new.phrases) if new.undecided else ("、".join(old.units), "、".join(new.units))
        changes.append(FieldChange("assignees", FIELDS["assignees"], before, after))
    if [*map(squeezed, old.duties)] != [*map(squeezed, new.duties)]:
        changes.append(FieldChange("duties", FIELDS["duties"], "；".join(old.duties), "；".join(new.duties)))
    order = list(FIELDS)
    return sorted(changes, key=lambda change: order.index(change.field))


def _units_differ(old: Item, new: Item) -> bool:
    """While a phrase still waits for a person, only the words of the column can be compared."""
    if new.undecided or old.undecided:
        return squeezed(old.phrases) != squeezed(new.phrases)
    return old.units != new.units


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1, their years aside."""
    a, b = (_grams(re.sub(r"\d", "", title)) for title in (one, other))
    return 2 * len(a & b) / (len(a) + len(b))


def counts(changes: Iterable[RowChange]) -> dict[ChangeKind, int]:
    """How many rows of each kind."""
    found = Counter(change.change for change in changes)
    return {
        "new": found["new"],
        "changed": found["changed"],
        "unchanged": found["unchanged"],
        "missing": found["missing"],
    }
