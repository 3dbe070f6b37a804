"""Checking a row (逐行核对): by the same engine as typed entry, every fault at its cell, nothing written."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from taizhang.calendars.workdays import Calendar
from taizhang.core.clock import local_day
from taizhang.core.errors import words_of
from taizhang.core.problems import Invalid
from taizhang.documents.cells import Unfit
from taizhang.registers import parties
from taizhang.registers.importing.columns import Column, by_key, of_step
from taizhang.registers.importing.draft import Problem, Row, Step
from taizhang.registers.importing.values import value_of
from taizhang.registers.kind import Entry, Fault, Refused, RegisterKind, Standing
from taizhang.registers.party import STAR
from taizhang.registers.reading import ReadEvent, read, read_entry, read_event
from taizhang.registers.rules import Case, in_order, stand
from taizhang.registers.schemas import EntryCreate, EventCreate

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Around:
    """What a row is checked against besides itself.

    ``units``: names to units of the caller's scope. ``refs``: numbers the register has, by unit. ``links``: entries of
    the linked register by unit and number.
    """

    calendar: Calendar
    now: datetime
    own_unit: uuid.UUID
    units: Mapping[str, uuid.UUID]
    refs: Mapping[uuid.UUID, set[str]] = field(default_factory=dict)
    links: Mapping[tuple[uuid.UUID, str], Sequence[uuid.UUID]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """A row that may become an entry: everything typed entry would have been given, checked."""

    unit_id: uuid.UUID
    entry: EntryCreate
    events: Sequence[ReadEvent]
    standing: Standing


class _Faults:
    """The problems of one row; of a cell already at fault, nothing more is said."""

    def __init__(self, kind: RegisterKind, row: Row) -> None:
        self.known = by_key(kind.slug)
        self.row = row
        self.found: list[Problem] = []

    def add(self, code: str, message: str, key: str | None, line: int | None = None) -> None:
        if key is not None and any(
            problem.column == key and problem.line == (line or self.row.line) for problem in self.found
        ):
            return
        column = self.known.get(key or "")
        said = f"{column.heading}：{message}" if column else message
        self.found.append(Problem(code=code, message=said, column=key if column else None, line=line or self.row.line))


def check(kind: RegisterKind, row: Row, around: Around) -> Ready | None:
    """Put the row's problems beside it, what was acknowledged stays so; what it may become, if nothing blocks it."""
    faults = _Faults(kind, row)
    ready = _ready(kind, row, around, faults)
    seen = {(problem.code, problem.message) for problem in row.problems if problem.acknowledged}
    row.problems = faults.found
    for problem in row.problems:
        problem.acknowledged = (problem.code, problem.message) in seen
    return None if row.blocked else ready


def _ready(kind: RegisterKind, row: Row, around: Around, faults: _Faults) -> Ready | None:
    body = _values(row.cells, faults, row.line)
    unit_id = _unit(body.pop("unit", None), around, faults)
    related_id = _related(kind, body.pop("related", None), unit_id, around, faults)
    entry = _modelled(EntryCreate, {**body, "unit_id": unit_id, "related_id": related_id}, faults)
    events = [event for step in row.steps if (event := _event(kind, step, around, faults)) is not None]
    fields = _fields(kind, body, entry.opened_on if entry else None, faults)
    if entry is not None:
        _party(kind, entry, faults)
    if faults.found or entry is None or fields is None or unit_id is None:
        return None
    standing = _standing(kind, row, Case(entry.opened_on, fields), events, around, faults)
    if standing is None:
        return None
    _soft(row, entry, unit_id, standing, around, faults)
    filled = entry.model_copy(update={"data": fields.model_dump(mode="json")})
    return Ready(unit_id, filled, [event for _, event in events], standing)


def _values(cells: Mapping[str, str], faults: _Faults, line: int) -> dict[str, Any]:
    """Cells as the body of a request: ``data.channel`` and ``party.name`` go one level down."""
    body: dict[str, Any] = {}
    for key, text in cells.items():
        column = faults.known[key]
        try:
            value = _of_cell(column, text)
        except Unfit as fault:
            faults.add(fault.code, fault.message, key, line)
            continue
        inside, _, name = key.removeprefix(f"events.{column.event}.").rpartition(".")
        (body.setdefault(inside, {}) if inside else body)[name] = value
    return body


def _of_cell(column: Column, text: str) -> Any:
    if column.personal and STAR in text:
        raise Unfit("party-masked", "是遮掩过的，请填写原来的内容")
    # The six kinds are the rule's own words, with their source.
    return text if column.key == "party.kind" and not _known(column, text) else value_of(column, text)


def _known(column: Column, text: str) -> bool:
    try:
        value_of(column, text)
    except Unfit:
        return False
    return True


def _unit(name: str | None, around: Around, faults: _Faults) -> uuid.UUID | None:
    if name is None:
        return around.own_unit
    found = around.units.get(name)
    if found is None:
        faults.add("unit-unknown", f"没有“{name[:30]}”这个单位，或者不在您的范围内", "unit")
    return found


def _related(
    kind: RegisterKind, ref: str | None, unit_id: uuid.UUID | None, around: Around, faults: _Faults
) -> uuid.UUID | None:
    if ref is None or unit_id is None or kind.links is None:
        return None
    found = around.links.get((unit_id, ref), ())
    if len(found) != 1:
        words = "不止一件" if found else "没有这一件"
        faults.add("link-unknown", f"“{ref[:30]}”：本单位的台账里{words}", "related")
        return None
    return found[0]


def _modelled(model: type[Model], body: dict[str, Any], faults: _Faults) -> Model | None:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            key = ".".join(str(part) for part in item["loc"])
            faults.add("missing" if item["type"] == "missing" else item["type"], words_of(dict(item)), key)
        return None


def _party(kind: RegisterKind, entry: EntryCreate, faults: _Faults) -> None:
    try:
        parties.require_fit(kind, entry.party)
    except Invalid as refusal:
        for each in refusal.errors:
            faults.add(each.code, each.detail, "party.name")


def _fields(kind: RegisterKind, body: Mapping[str, Any], opened_on: date | None, faults: _Faults) -> Entry | None:
    """The register's own fields by its own model; together, where the day they are judged by is known."""
    data = dict(body.get("data", {}))
    try:
        return read_entry(kind, data, opened_on) if opened_on else read(kind.entry, data)
    except Invalid as refusal:
        for each in refusal.errors:
            faults.add(each.code, each.detail, each.pointer.removeprefix("#/").replace("/", "."))
        return None


def _event(kind: RegisterKind, step: Step, around: Around, faults: _Faults) -> tuple[Step, ReadEvent] | None:
    before = len(faults.found)
    body = _values(step.cells, faults, step.line)
    try:
        data = EventCreate.model_validate({"kind": step.kind, **body})
        return (step, read_event(kind, data, around.now)) if len(faults.found) == before else None
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            name = "/".join(str(part) for part in item["loc"])
            faults.add(item["type"], words_of(dict(item)), of_step(kind, step.kind, name), step.line)
    except Invalid as refusal:
        for each in refusal.errors:
            key = of_step(kind, step.kind, each.pointer.removeprefix("#/"))
            faults.add(each.code, each.detail, key, step.line)
    return None


def _standing(
    kind: RegisterKind, row: Row, case: Case, events: Sequence[tuple[Step, ReadEvent]], around: Around, faults: _Faults
) -> Standing | None:
    """Where the entry would stand. What is refused is looked for step by step, to name the cell it stands in."""
    today = local_day(around.now)
    every = [event.happened for _, event in events]
    try:
        return stand(kind, replace(case, events=in_order(every)), around.calendar, today=today)
    except Refused as refusal:
        step, faults_found = _first_refused(kind, case, events, around, today) or (None, refusal.faults)
    for fault in faults_found:
        key, line = _cell_of(kind, fault, step)
        faults.add(fault.code, fault.words, key, line)
    return None


def _first_refused(
    kind: RegisterKind, case: Case, events: Sequence[tuple[Step, ReadEvent]], around: Around, today: date
) -> tuple[Step | None, Sequence[Fault]] | None:
    ordered = sorted(events, key=lambda each: (each[1].on, each[1].at.timestamp() if each[1].at else 0.0))
    for count in range(len(ordered) + 1):
        so_far = [event.happened for _, event in ordered[:count]]
        try:
            stand(kind, replace(case, events=so_far), around.calendar, today=today)
        except Refused as refusal:
            return (ordered[count - 1][0] if count else None), refusal.faults
    return None


def _cell_of(kind: RegisterKind, fault: Fault, step: Step | None) -> tuple[str, int | None]:
    """Which cell a refusal stands in: of the step, where it has such a field, else of the entry."""
    if step is not None:
        key = of_step(kind, step.kind, fault.field)
        if key in by_key(kind.slug):
            return key, step.line
    return fault.field.replace("/", "."), None


def _soft(
    row: Row, entry: EntryCreate, unit_id: uuid.UUID, standing: Standing, around: Around, faults: _Faults
) -> None:
    """What does not stand in the way by itself: numbers used before, remarks of the rules."""
    if entry.ref_no and entry.ref_no in around.refs.get(unit_id, ()):
        faults.add("ref-exists", f"“{entry.ref_no}”已经登记过，是否重复", "ref_no")
    for remark in standing.remarks:
        faults.add("remark", remark, None)


def mark_twice(rows: Sequence[Row]) -> None:
    """Say of rows that carry one number that there are several of it."""
    by_number: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.cells.get("ref_no") and row.entry_id is None:
            by_number.setdefault((row.cells.get("unit", ""), row.cells["ref_no"]), []).append(row)
    twice = {row.position: same for same in by_number.values() if len(same) > 1 for row in same}
    for row in rows:
        seen = any(each.code == "ref-twice" and each.acknowledged for each in row.problems)
        row.problems = [each for each in row.problems if each.code != "ref-twice"]
        if row.position in twice:
            lines = "、".join(str(other.line) for other in twice[row.position] if other is not row)
            said = f"编号与第 {lines} 行相同"
            row.problems.append(
                Problem(code="ref-twice", message=said, column="ref_no", line=row.line, acknowledged=seen)
            )
