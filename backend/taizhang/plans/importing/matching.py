"""Names to units (机构库): exact names first, then former ones, then near ones as suggestions with a score.

A near name must be an abbreviation in the characters' order (教体 of 教育体育), a former word of the same function
(环保 of 生态环境), or a slip of the pen in a name that is nobody else's; a name of another place is never near.
"""

import difflib
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from taizhang.plans.importing.names import BRACKETS, LEVELS, own_place, place_of
from taizhang.plans.importing.organs import COMMON_WORDS, function_meant

SUGGESTED_FROM = 0.6
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit that existed when the plan was issued."""

    id: uuid.UUID
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...] = ()
    holds_tasks: bool = True


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """A unit that did not exist on the plan's date, and the units that stood in its place then."""

    names: tuple[str, ...]
    units: tuple[uuid.UUID, ...]
    note: str


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A collective word and the kinds of unit it means."""

    name: str
    kinds: tuple[str, ...]
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit a phrase may mean."""

    unit_id: uuid.UUID
    name: str
    score: float


class KnownNames:
    """Names that are never split, found where they begin."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = frozenset(name for name in names if len(name) > 1)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(self._all, key=len, reverse=True):
            self._by_start.setdefault(name[:2], []).append(name)

    def __contains__(self, name: str) -> bool:
        return name in self._all

    def at(self, text: str, place: int = 0) -> str | None:
        """The longest name that begins at a place of a text."""
        beginning = self._by_start.get(text[place : place + 2], ())
        return next((name for name in beginning if text.startswith(name, place)), None)


@dataclass(frozen=True)
class UnitDirectory:
    """The names a reading is made against: units valid on the plan's date, collective words, units of other times."""

    units: tuple[UnitEntry, ...]
    groups: tuple[GroupEntry, ...]
    former: tuple[FormerEntry, ...] = ()
    _names: dict[str, tuple[UnitEntry, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _plain: dict[str, tuple[UnitEntry, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    _former: dict[str, list[FormerEntry]] = field(default_factory=dict, init=False, repr=False, compare=False)
    # A table names the same units row after row.
    cells_read: dict[tuple[str, str, bool], tuple[Any, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _near: dict[str, tuple[Candidate, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for unit in self.units:
            for name in _names_of(unit):
                self._names[name] = (*self._names.get(name, ()), unit)
        for unit in self.units:
            for plain in {self.plain(name) for name in _names_of(unit)} - {""}:
                self._plain[plain] = (*self._plain.get(plain, ()), unit)
        for entry in self.former:
            for plain in {self.plain(name) for name in entry.names} - {""}:
                self._former.setdefault(plain, []).append(entry)

    @cached_property
    def place(self) -> str:
        """The place most full names begin with, such as 泸州市江阳区; empty if none."""
        governments = [own_place(unit.name) for unit in self.units if unit.kind == "government"]
        places = Counter(place for unit in self.units if (place := own_place(unit.name)))
        return next(iter(governments), "") or (places.most_common(1)[0][0] if places else "")

    @cached_property
    def level(self) -> str:
        """The level's character in short names: 区, 县 or 市; empty if unknown."""
        return self.place[-1:]

    @cached_property
    def own_places(self) -> tuple[str, ...]:
        """How names of this place may begin, longest first."""
        place, level = self.place, self.level
        if not place:
            return ()
        last = re.split(rf"(?<=[{LEVELS}])", place)[-2]
        return (
            f"中共{place}",
            place,
            f"中共{last}",
            last,
            f"本{level}",
            f"我{level}",
            f"{level}级",
            f"{level}直",
            level,
        )

    @cached_property
    def known(self) -> "KnownNames":
        """Every name and collective word of two characters or more."""
        former = {name for entry in self.former for name in entry.names}
        return KnownNames({*self._names, *former, *(group.name for group in self.groups)})

    def named(self, name: str) -> UnitEntry | None:
        """The one unit of that name, the place before it and 和 within it aside; None if nobody or several bear it."""
        for found in (self._names.get(name), self._names.get(f"{self.level}{name}"), self._plain.get(self.plain(name))):
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def bears(self, name: str) -> bool:
        """Whether a unit or a group is called exactly so, with nothing to be added before it."""
        return name in self._names or self.group(name) is not None

    def formerly(self, name: str) -> FormerEntry | None:
        """The one unit of another time that bore the name."""
        found = self._former.get(self.plain(name), [])
        return found[0] if len(found) == 1 else None

    def group(self, name: str) -> GroupEntry | None:
        """The collective word, if it is one."""
        return next((group for group in self.groups if group.name == name), None)

    def members(self, kinds: Iterable[str]) -> tuple[UnitEntry, ...]:
        """Units of these kinds that hold tasks."""
        wanted = set(kinds)
        return tuple(unit for unit in self.units if unit.kind in wanted and unit.holds_tasks)

    def is_foreign(self, name: str) -> bool:
        """Whether the name begins with another place, or another level: 龙马潭区…, 市…."""
        place = place_of(name)
        return bool(self.place and place) and not any(place.startswith(own) for own in self.own_places)

    def plain(self, name: str) -> str:
        """A name without its own place, connectives and the long forms of its ending."""
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).translate(BRACKETS)
        text = next((text[len(own) :] for own in self.own_places if text.startswith(own) and text != own), text)
        text = re.sub(r"^人民政府(?=.+(?:街道|办事处))", "", text)
        for pattern, short in _SHORTENED:
            text = pattern.sub(short, text)
        return text if _TOWN.search(text) else re.sub(r"(?<=.)[和与及](?=.{2})", "", text)

    def nearest(self, name: str) -> tuple[Candidate, ...]:
        """Units whose names are near this one, best first; none for a name of another place."""
        if name not in self._near:
            self._near[name] = () if self.is_foreign(name) else self._nearest(name)
        return self._near[name]

    def _nearest(self, name: str) -> tuple[Candidate, ...]:
        scored: dict[uuid.UUID, Candidate] = {}
        asked = _parted(self.plain(name))
        for plain, units in self._plain.items():
            score = _likeness(asked, _parted(plain))
            for unit in units:
                if score >= SUGGESTED_FROM and score > getattr(scored.get(unit.id), "score", 0):
                    scored[unit.id] = Candidate(unit.id, unit.short_name, score)
        return tuple(sorted(scored.values(), key=lambda candidate: -candidate.score)[:SUGGESTIONS])


def _names_of(unit: UnitEntry) -> set[str]:
    return {unit.name, unit.short_name, *unit.aliases}


_SHORTENED = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"监督管理", "监管"),
        (r"(?<=街道)(?:办事处|办)$", ""),
        (r"(?<=[镇乡])(?:人民政府|政府)$", ""),
        (r"管理委员会$", "管委会"),
        (r"(?<!管)委员会$", "委"),
        (r"办公室$", "办"),
        (r"^人民政府", "政府"),
        (r"^府办$", "政府办"),
    )
)
_TOWN = re.compile(r"(?:街道|镇|乡|办事处)$")
_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("town", _TOWN),
    ("zone", re.compile(r"(?:(?:产业|工业|科技)?园区?|开发区|高新区)?(?:管委会)$|(?:产业|工业|科技)园区?$|园区$")),
    ("organ", re.compile(r"(?:局|委|办|署|厅)$")),
)


@dataclass(frozen=True, slots=True)
class _Parted:
    """A name as its distinguishing core and the family its ending belongs to (town, zone, organ, none)."""

    core: str
    family: str
    whole: str


def _parted(plain: str) -> _Parted:
    for family, pattern in _FAMILIES:
        ending = pattern.search(plain)
        if ending and ending.start() > 0:
            return _Parted(plain[: ending.start()], family, plain)
    return _Parted(plain, "", plain)


def _likeness(asked: _Parted, known: _Parted) -> float:
    """From 0, nothing alike, to 1; what is below ``SUGGESTED_FROM`` is another unit."""
    if asked.family and known.family and asked.family != known.family:
        return 0.0
    if not known.family and asked.family:
        return 0.0
    meant = function_meant(asked.core) or function_meant(asked.whole)
    return round(max(_scores(asked.core, known.core, meant, same_family=asked.family == known.family)), 2)


def _scores(asked: str, known: str, meant: str | None, *, same_family: bool) -> Iterator[float]:
    yield 0.0
    if len(known) < 2 or (len(asked) < 2 and meant is None):
        return
    share = min(len(asked), len(known)) / max(len(asked), len(known))
    if asked == known:
        yield 0.95
    if not same_family:
        # 区财政居: the ending is lost or misspelt, the rest must be whole.
        yield 0.85 if asked[:-1] == known or asked == known[:-1] else 0.0
        return
    if len(asked) > 1 and asked[0] == known[0] and _in_order(asked, known):
        yield 0.75 + 0.2 * share
    elif len(asked) > 1 and asked in known and asked not in COMMON_WORDS:
        yield 0.65 + 0.2 * share
    if known in asked and len(known) > 2 or asked.startswith(known) and meant is None:
        yield 0.6 + 0.2 * share
    if meant and (meant == function_meant(known) or meant in known):
        yield 0.7 + 0.1 * share
    if meant is None and _is_slip(asked, known):
        yield 0.7 + 0.1 * share


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def _is_slip(asked: str, known: str) -> bool:
    """One character wrong, missing or too many in three or more; two in six or more."""
    allowed = 0 if min(len(asked), len(known)) < 3 else 1 if len(known) < 6 else 2
    edits = difflib.SequenceMatcher(None, asked, known, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in edits if tag != "equal") <= allowed
