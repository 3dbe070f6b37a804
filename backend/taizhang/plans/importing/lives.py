"""Units over time (存续、承继): the directory a plan is read against, as units were on its date."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.plans.importing.matching import FormerEntry, GroupEntry, UnitDirectory, UnitEntry
from taizhang.units.rules import existed


@dataclass(frozen=True, slots=True)
class UnitLife:
    """A unit with the first and last day of its life and who carries on after it."""

    entry: UnitEntry
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: uuid.UUID | None = None

    def existed(self, on: date) -> bool:
        """Whether the unit existed on a day."""
        return existed(self.valid_from, self.valid_to, on)


def directory_on(lives: Iterable[UnitLife], groups: Iterable[GroupEntry], on: date) -> UnitDirectory:
    """Units that existed on a day; the names of the others read as whoever stood in their place."""
    by_id = {life.entry.id: life for life in lives}
    then = tuple(life.entry for life in by_id.values() if life.existed(on))
    former = tuple(_former(life, by_id, on) for life in by_id.values() if not life.existed(on))
    return UnitDirectory(then, tuple(groups), former)


def _former(life: UnitLife, by_id: Mapping[uuid.UUID, UnitLife], on: date) -> FormerEntry:
    entry = life.entry
    names = (entry.name, entry.short_name, *entry.aliases)
    if life.valid_to is not None and life.valid_to < on:
        heir = _heir(life, by_id, on)
        words = f"由{heir.entry.short_name}承继" if heir else "没有登记承继单位"
        return FormerEntry(
            names, (heir.entry.id,) if heir else (), f"{entry.short_name}已于{life.valid_to}撤并，{words}"
        )
    before = [other.entry for other in by_id.values() if other.existed(on) and _leads_to(other, entry.id, by_id)]
    words = "、".join(unit.short_name for unit in before) or "没有登记前身"
    note = f"{entry.short_name}当时尚未设立，当时：{words}"
    return FormerEntry(names, tuple(unit.id for unit in before), note)


def _heir(life: UnitLife, by_id: Mapping[uuid.UUID, UnitLife], on: date) -> UnitLife | None:
    """The first successor that existed on the day."""
    return next((heir for heir in _successors(life, by_id) if heir.existed(on)), None)


def _leads_to(life: UnitLife, unit_id: uuid.UUID, by_id: Mapping[uuid.UUID, UnitLife]) -> bool:
    return any(heir.entry.id == unit_id for heir in _successors(life, by_id))


def _successors(life: UnitLife, by_id: Mapping[uuid.UUID, UnitLife]) -> Iterable[UnitLife]:
    seen = {life.entry.id}
    successor = by_id.get(life.successor_id) if life.successor_id else None
    while successor is not None and successor.entry.id not in seen:
        yield successor
        seen.add(successor.entry.id)
        successor = by_id.get(successor.successor_id) if successor.successor_id else None
