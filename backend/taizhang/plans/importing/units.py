"""Units in a cell (责任单位栏): every phrase kept, matched to the units it names, or left for a person.

Names are matched before anything is split, because some hold separators (各街道办事处、镇人民政府). Nothing unknown is
turned into a unit here, and 有关…, 相关… mean whatever a person decides.
"""

import difflib
import re
import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.plans.importing.headers import Column

SUGGESTED_FROM = 0.6
SUGGESTIONS = 3


class AssigneeState(StrEnum):
    """How sure the reading of a phrase is."""

    MATCHED = "matched"
    GROUP = "group"
    SUGGESTED = "suggested"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


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


@dataclass(frozen=True, slots=True)
class Assignee:
    """One phrase of the column with its reading."""

    text: str
    role: str
    state: AssigneeState
    unit_ids: tuple[uuid.UUID, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class UnitDirectory:
    """The names a reading is made against: units valid on the plan's date, and collective words."""

    units: tuple[UnitEntry, ...]
    groups: tuple[GroupEntry, ...]
    _names: dict[str, tuple[UnitEntry, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for unit in self.units:
            for name in {unit.name, unit.short_name, *unit.aliases}:
                self._names[name] = (*self._names.get(name, ()), unit)

    def named(self, name: str) -> UnitEntry | None:
        """The one unit of that name; None if nobody or several bear it."""
        found = self._names.get(name, ())
        return found[0] if len(found) == 1 else None

    def group(self, name: str) -> GroupEntry | None:
        """The collective word, if it is one."""
        return next((group for group in self.groups if group.name == name), None)

    def members(self, kinds: tuple[str, ...]) -> tuple[UnitEntry, ...]:
        """Units of these kinds that hold tasks."""
        return tuple(unit for unit in self.units if unit.kind in kinds and unit.holds_tasks)

    def known_names(self) -> list[str]:
        """Every name and collective word, longest first."""
        return sorted({*self._names, *(group.name for group in self.groups)}, key=len, reverse=True)

    def nearest(self, name: str) -> tuple[Candidate, ...]:
        """Units whose names look like this one, best first."""
        scored: dict[uuid.UUID, Candidate] = {}
        for known, units in self._names.items():
            score = round(difflib.SequenceMatcher(None, name, known).ratio(), 2)
            for unit in units:
                if score >= SUGGESTED_FROM and score > getattr(scored.get(unit.id), "score", 0):
                    scored[unit.id] = Candidate(unit.id, unit.short_name, score)
        return tuple(sorted(scored.values(), key=lambda candidate: -candidate.score)[:SUGGESTIONS])


_SEPARATOR = re.compile(r"[、,，;；/\n\s。]+")
_CLAUSE_END = re.compile(r"[;；。\n]")
_LABEL = re.compile(r"^(牵头|责任|配合|协办|会办|主办)(?:单位|部门|处室|科室)?[:：]")
_ROLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:分别)?牵头(?:负责)?$"), "lead"),
    (re.compile(r"(?:配合|协办|会办|参与|协助)(?:落实)?$"), "support"),
    (
        re.compile(r"(?:按照?(?:各自)?职责分工负责|按职责分工负责|按职责分工|分工负责|负责落实|负责|落实)$"),
        "responsible",
    ),
)
_LABEL_ROLES = {
    "牵头": "lead",
    "主办": "lead",
    "配合": "support",
    "协办": "support",
    "会办": "support",
    "责任": "responsible",
}
_COLUMN_ROLES = {Column.LEAD: "lead", Column.SUPPORT: "support", Column.UNITS: "responsible"}
_JOINING = re.compile(r"^(?:和|及|以及|与|会同)(?=.{2})")
_OPEN_WORDS = ("有关", "相关")


def read_units(text: str, column: Column, directory: UnitDirectory) -> list[Assignee]:
    """The phrases of one cell in order, each once, with role and reading."""
    known = directory.known_names()
    phrases: list[tuple[str, str]] = []
    for clause in _clauses(text):
        label = _LABEL.match(clause)
        default = _LABEL_ROLES[label[1]] if label else _COLUMN_ROLES.get(column, "responsible")
        phrases.extend(_with_roles(_tokens(clause[label.end() :] if label else clause, known), default))
    return [_reading(phrase, role, directory) for phrase, role in dict.fromkeys(phrases)]


def _clauses(text: str) -> list[str]:
    text = text.replace("（", "(").replace("）", ")").replace("〔", "(").replace("〕", ")")
    return [clause.strip() for clause in _CLAUSE_END.split(text) if clause.strip()]


def _tokens(clause: str, known: list[str]) -> list[str]:
    """Split at separators and brackets, but never inside a known name."""
    tokens: list[str] = []
    pending = ""
    place = 0
    while place < len(clause):
        name = next((name for name in known if clause.startswith(name, place)), None) if not pending else None
        if name and len(name) > 1:
            pending, place = name, place + len(name)
            continue
        if _SEPARATOR.match(clause, place) or clause[place] in "()":
            tokens.append(pending)
            pending = ""
        else:
            pending += clause[place]
        place += 1
    return [token for token in (token.strip() for token in [*tokens, pending]) if token]


def _with_roles(tokens: list[str], default: str) -> list[tuple[str, str]]:
    """牵头, 配合 and 负责 close the run of units before them."""
    read: list[tuple[str, str]] = []
    run: list[str] = []
    for token in tokens:
        for pattern, role in _ROLES:
            ending = pattern.search(token)
            if ending:
                name = token[: ending.start()]
                read.extend((phrase, role) for phrase in [*run, *([_bare(name)] if name else [])])
                run = []
                break
        else:
            run.append(_bare(token))
    return [*read, *((phrase, default) for phrase in run)]


def _bare(token: str) -> str:
    token = _JOINING.sub("", token)
    return token[:-1] if token.endswith("等") and len(token) > 2 else token


def _reading(phrase: str, role: str, directory: UnitDirectory) -> Assignee:
    group = directory.group(phrase)
    if group is not None and not group.undecided:
        members = directory.members(group.kinds)
        return Assignee(phrase, role, AssigneeState.GROUP, tuple(unit.id for unit in members))
    if group is not None or phrase.startswith(_OPEN_WORDS) or any(word in phrase for word in _OPEN_WORDS):
        kinds = group.kinds if group else tuple({unit.kind for unit in directory.units})
        candidates = tuple(Candidate(unit.id, unit.short_name, 0.0) for unit in directory.members(kinds))
        return Assignee(phrase, role, AssigneeState.UNDECIDED, (), candidates, "“有关”所指须由人指定")
    # 区 may be dropped in the later members of a list.
    unit = directory.named(phrase) or directory.named(f"区{phrase}")
    if unit is not None:
        return Assignee(phrase, role, AssigneeState.MATCHED, (unit.id,))
    nearest = directory.nearest(phrase)
    if nearest:
        return Assignee(phrase, role, AssigneeState.SUGGESTED, (), nearest, "名称相近，请核对")
    return Assignee(phrase, role, AssigneeState.UNKNOWN, (), (), "机构库中没有这个单位")
