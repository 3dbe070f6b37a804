"""Units in a cell (责任单位栏): every phrase kept, matched to the units it names, or left for a person.

Nothing unknown is turned into a unit here, and 有关…, 相关… mean whatever a person decides.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from taizhang.plans.importing.collectives import Collective, collective
from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.matching import Candidate, FormerEntry, GroupEntry, UnitDirectory, UnitEntry
from taizhang.plans.importing.names import bracketed, ends_like_unit, place_of
from taizhang.plans.importing.roles import Role
from taizhang.plans.importing.splitting import Phrase, split_cell

__all__ = [
    "Assignee",
    "AssigneeState",
    "Candidate",
    "FormerEntry",
    "GroupEntry",
    "UnitDirectory",
    "UnitEntry",
    "read_units",
]


class AssigneeState(StrEnum):
    """How sure the reading of a phrase is."""

    MATCHED = "matched"
    GROUP = "group"
    SUGGESTED = "suggested"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Assignee:
    """One phrase of the column with its reading."""

    text: str
    role: Role
    state: AssigneeState
    unit_ids: tuple[uuid.UUID, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    note: str | None = None


LONGEST_PHRASE = 300  # what a person can send back
_COLUMN_ROLES: dict[Column, Role] = {Column.LEAD: "lead", Column.SUPPORT: "support"}
_LEFT_OUT = re.compile(
    r"^(?:除(?P<one>.+?)[外内]?(?:以外|之外|外)?|(?P<two>.+?)除外|不(?:含|包括|包含|计)(?P<three>.+))$"
)
_EXCEPT = re.compile(r"^除(?P<left>.+?)(?:以外|之外|外)的?[,，]?(?P<whole>.+)$")
_ADDED = re.compile(r"^(?:含|包括|包含)(?P<more>.+)$")
_LIST = re.compile(r"[、,，;；/\s]|和(?=.{2})|及(?=.{2})")
_LEVELS = re.compile(r"^(?:[省市区县][、,，/])+(?P<own>[省市区县].+)$")


def read_units(text: str, column: Column, directory: UnitDirectory, *, first_leads: bool = False) -> list[Assignee]:
    """The phrases of one cell in order, each once, with role and reading.

    ``first_leads``: the heading says that the unit named first leads.
    """
    key = (text, column.value, first_leads)
    if key not in directory.cells_read:
        directory.cells_read[key] = tuple(_read(text, column, directory, first_leads=first_leads))
    return list(directory.cells_read[key])


def _read(text: str, column: Column, directory: UnitDirectory, *, first_leads: bool) -> Iterator[Assignee]:
    default = _COLUMN_ROLES.get(column, "responsible")
    phrases = split_cell(text, default, directory.known, first_leads=first_leads)
    once = {(phrase.text, phrase.role): phrase for phrase in reversed(phrases)}
    elsewhere = ""
    for phrase in reversed(once.values()):
        phrase = replace(phrase, text=phrase.text[:LONGEST_PHRASE])
        place = place_of(phrase.text)
        elsewhere = (place if directory.is_foreign(phrase.text) else "") if place else elsewhere
        if elsewhere and not place and ends_like_unit(phrase.text) and not directory.bears(phrase.text):
            yield _of_another_place(phrase, elsewhere, directory)
        else:
            yield _reading(phrase, directory)


def _of_another_place(phrase: Phrase, place: str, directory: UnitDirectory) -> Assignee:
    """县教育局、财政局: the second is the county's too, for all that the district has one so called."""
    if collective(phrase.text, directory.level, directory.own_places) is not None:
        return _reading(phrase, directory)
    note = f"承前文的“{place}”，不是本级的单位"
    return Assignee(phrase.text, phrase.role, AssigneeState.UNKNOWN, note=note)


def _reading(phrase: Phrase, directory: UnitDirectory) -> Assignee:
    known = _known(phrase, directory)
    if known is None:
        return _near(phrase, directory)
    return replace(known, note=known.note or phrase.note)


def _known(phrase: Phrase, directory: UnitDirectory) -> Assignee | None:
    """The reading of a phrase that is a name, a collective word, or one of them with brackets."""
    whole = _plainly(phrase, phrase.text, directory)
    if phrase.after_each and (whole is None or whole.state is AssigneeState.UNDECIDED):
        each = _plainly(phrase, f"各{phrase.text}", directory)
        if each is not None and each.state is AssigneeState.GROUP:
            return replace(each, note=f"按前文读作“各{phrase.text}”")
    if whole is not None and whole.state is not AssigneeState.UNDECIDED:
        return whole
    outside = _EXCEPT.match(phrase.text)
    if outside:
        return _without(phrase, outside["whole"], outside["left"], directory)
    parts = bracketed(phrase.text)
    if parts is not None and (bracket := _with_bracket(phrase, *parts, directory)) is not None:
        return bracket
    return whole


def _plainly(phrase: Phrase, name: str, directory: UnitDirectory) -> Assignee | None:
    group = directory.group(name)
    if group is not None:
        return _set_of(
            phrase, Collective(group.kinds, "所指单位没有写明，须由人指定" if group.undecided else None), directory
        )
    unit = directory.named(name)
    if unit is not None:
        return Assignee(phrase.text, phrase.role, AssigneeState.MATCHED, (unit.id,))
    former = directory.formerly(name)
    if former is not None:
        return _formerly(phrase, former, directory)
    read = collective(name, directory.level, directory.own_places)
    return _set_of(phrase, read, directory) if read else None


def _set_of(phrase: Phrase, read: Collective, directory: UnitDirectory) -> Assignee:
    members = directory.members(read.kinds)
    if read.reason is None and members:
        return Assignee(phrase.text, phrase.role, AssigneeState.GROUP, tuple(unit.id for unit in members))
    reason = read.reason or "机构库中没有这类单位，须由人指定"
    candidates = tuple(Candidate(unit.id, unit.short_name, 0.0) for unit in members)
    return Assignee(phrase.text, phrase.role, AssigneeState.UNDECIDED, (), candidates, reason)


def _formerly(phrase: Phrase, former: FormerEntry, directory: UnitDirectory) -> Assignee:
    """One unit in its place reads as that unit, with a note; several, or none, are for a person to decide."""
    if len(former.units) == 1:
        return Assignee(phrase.text, phrase.role, AssigneeState.MATCHED, former.units, note=former.note)
    names = {unit.id: unit.short_name for unit in directory.units}
    candidates = tuple(Candidate(unit_id, names[unit_id], 0.9) for unit_id in former.units)
    state = AssigneeState.SUGGESTED if candidates else AssigneeState.UNKNOWN
    return Assignee(phrase.text, phrase.role, state, (), candidates, former.note)


def _with_bracket(phrase: Phrase, name: str, inner: str, directory: UnitDirectory) -> Assignee | None:
    """各街镇（某某除外）, 各街镇（含园区）, 有关街镇（甲、乙）, 区委宣传部（区政府新闻办）."""
    left_out = _LEFT_OUT.match(inner)
    if left_out:
        return _without(phrase, name, left_out["one"] or left_out["two"] or left_out["three"], directory)
    base = _plainly(phrase, name, directory)
    added = _ADDED.match(inner)
    listed = _listed(added["more"] if added else inner, directory)
    if added and base is not None and base.state is AssigneeState.GROUP:
        if listed is None:
            reason = f"“{inner}”没有读出，须由人指定"
            return replace(base, state=AssigneeState.UNDECIDED, unit_ids=(), note=reason, candidates=_all(directory))
        return replace(base, unit_ids=tuple(dict.fromkeys((*base.unit_ids, *listed))), note=f"{inner}，一并计入")
    if base is None or base.state is AssigneeState.MATCHED:
        # A sign the same body also bears, or its section: the body is named outside the bracket.
        return base
    if listed:
        return replace(base, state=AssigneeState.GROUP, unit_ids=listed, candidates=(), note="按括号内所列读出")
    return base


def _without(phrase: Phrase, name: str, left_out: str, directory: UnitDirectory) -> Assignee | None:
    """A collective word less the units it excepts; undecided if these cannot be told."""
    base = _plainly(phrase, name, directory)
    if base is None or base.state is not AssigneeState.GROUP:
        return base
    out = _listed(left_out, directory)
    if not out:
        candidates = tuple(
            Candidate(unit.id, unit.short_name, 0.0) for unit in directory.units if unit.id in base.unit_ids
        )
        reason = f"“{left_out}”除外没有读出，须由人指定"
        return replace(base, state=AssigneeState.UNDECIDED, unit_ids=(), candidates=candidates, note=reason)
    kept = tuple(unit_id for unit_id in base.unit_ids if unit_id not in out)
    return replace(base, unit_ids=kept, note=f"不含{left_out}")


def _listed(text: str, directory: UnitDirectory) -> tuple[uuid.UUID, ...] | None:
    """The units a list in brackets names; None unless every one of them is known."""
    found: list[uuid.UUID] = []
    for name in filter(None, _LIST.split(text.removesuffix("等"))):
        phrase = Phrase(name, "responsible")
        read = _plainly(phrase, name, directory)
        if read is None or not read.unit_ids:
            read = _plainly(phrase, f"各{name}", directory)
        if read is None or not read.unit_ids:
            return None
        found.extend(read.unit_ids)
    return tuple(dict.fromkeys(found)) or None


def _near(phrase: Phrase, directory: UnitDirectory) -> Assignee:
    """A name nobody bears: near ones as suggestions, or unknown; the directory is never guessed at."""
    shared = _LEVELS.match(phrase.text)
    if shared and (unit := directory.named(shared["own"])):
        candidate = Candidate(unit.id, unit.short_name, 0.9)
        note = "同时写了几级单位，请核对本级的"
        return Assignee(phrase.text, phrase.role, AssigneeState.SUGGESTED, (), (candidate,), note)
    completed = f"{phrase.text}{phrase.ending}" if phrase.ending and not ends_like_unit(phrase.text) else None
    if completed and (unit := directory.named(completed)):
        candidate = Candidate(unit.id, unit.short_name, 0.9)
        note = f"按后文补全为“{completed}”，请核对"
        return Assignee(phrase.text, phrase.role, AssigneeState.SUGGESTED, (), (candidate,), note)
    parts = bracketed(phrase.text)
    nearest = directory.nearest(completed or (parts[0] if parts else phrase.text))
    if nearest:
        return Assignee(phrase.text, phrase.role, AssigneeState.SUGGESTED, (), nearest, "名称相近，请核对")
    note = "不是本级的单位" if directory.is_foreign(phrase.text) else "机构库中没有这个单位"
    return Assignee(phrase.text, phrase.role, AssigneeState.UNKNOWN, (), (), note)


def _all(directory: UnitDirectory) -> tuple[Candidate, ...]:
    return tuple(Candidate(unit.id, unit.short_name, 0.0) for unit in _holding(directory.units))


def _holding(units: Iterable[UnitEntry]) -> Iterable[UnitEntry]:
    return (unit for unit in units if unit.holds_tasks)
