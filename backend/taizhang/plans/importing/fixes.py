"""Fixes (一处定，处处改): one decision applied to every alike place of a draft, and taken back again. Pure.

A fix is remembered as the slots it changed, each with its value before and after. Taking it back puts the old value
only where the new one still stands, so that what somebody decided since is not lost.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from taizhang.core.schemas import Input
from taizhang.plans.importing.draft import DraftAssignee, DraftDue, DraftDuty, DraftRow
from taizhang.plans.importing.problems import rechecked
from taizhang.plans.importing.units import AssigneeState

Phrase = Annotated[str, Field(min_length=1, max_length=300, description="责任单位栏中的写法")]
Positions = Annotated[list[int] | None, Field(max_length=20_000, description="只用于这些行；不给即全部")]
UnitIds = Annotated[list[uuid.UUID], Field(max_length=500)]
Role = Literal["lead", "support", "responsible"]
Kind = Literal["government", "office", "department", "branch", "subdistrict", "town", "zone", "other"]


class AssigneeFix(Input):
    """同一写法，处处认作这些单位；一个都不给即不指单位。remember_alias 把写法记为该单位的别名，下次自己认得。"""

    kind: Literal["assignee"]
    text: Phrase
    unit_ids: UnitIds
    remember_alias: bool = False
    rows: Positions = None


class NewUnit(Input):
    """要新建的一个单位；code 不给则编一个本地代码，short_name 不给则用写法。"""

    text: Phrase
    name: Annotated[str, Field(min_length=2, max_length=200)]
    short_name: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    kind: Kind
    code: Annotated[str | None, Field(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9-]+$")] = None


class CreateUnitsFix(Input):
    """新建这些单位，各自的写法处处认作它。"""

    kind: Literal["create-units"]
    units: Annotated[list[NewUnit], Field(min_length=1, max_length=200)]


class AssignFix(Input):
    """给没有责任单位的行指定单位。"""

    kind: Literal["assign"]
    unit_ids: Annotated[UnitIds, Field(min_length=1)]
    role: Role = "responsible"
    rows: Positions = None


class AcknowledgeFix(Input):
    """这一类问题都看过了，就这样。"""

    kind: Literal["acknowledge"]
    code: Annotated[str, Field(min_length=1, max_length=64)]
    rows: Positions = None


class ClearDatesFix(Input):
    """不在本年度的时限都去掉。"""

    kind: Literal["clear-dates"]
    rows: Positions = None


Fix = Annotated[AssigneeFix | CreateUnitsFix | AssignFix | AcknowledgeFix | ClearDatesFix, Field(discriminator="kind")]

Slot = tuple[str, ...]
"""What a fix changes: ``("assignee", text, role, n)``, ``("due",)``, ``("duty", n)``, ``("seen", code, message)``."""


class Change(BaseModel):
    """One slot of one row, as JSON, before and after; ``None`` where there was nothing."""

    position: int
    slot: Slot
    before: Any
    after: Any


_ASSIGNEE, _DUE, _DUTY = TypeAdapter(DraftAssignee), TypeAdapter(DraftDue | None), TypeAdapter(DraftDuty)


def slots(row: DraftRow) -> dict[Slot, Any]:
    """Everything of a row that a fix may change."""
    found: dict[Slot, Any] = {("due",): _DUE.dump_python(row.due, mode="json")}
    for assignee in row.assignees:
        found[_free(found, assignee)] = _ASSIGNEE.dump_python(assignee, mode="json")
    for duty in row.duties:
        found["duty", str(duty.position)] = _DUTY.dump_python(duty, mode="json")
    for problem in row.problems:
        if problem.acknowledged:
            found["seen", problem.code, problem.message] = True
    return found


def _free(found: dict[Slot, Any], assignee: DraftAssignee) -> Slot:
    number = 0
    while ("assignee", assignee.text, assignee.role, str(number)) in found:
        number += 1
    return ("assignee", assignee.text, assignee.role, str(number))


def apply_fix(rows: Iterable[DraftRow], fix: Fix, units: dict[str, uuid.UUID] | None = None) -> list[Change]:
    """Apply a fix to the rows that are not yet in a plan; what it changed, nothing where it had been applied.

    ``units``: for ``create-units``, the new unit of each phrase.
    """
    changes: list[Change] = []
    for row in rows:
        if row.task_id is not None or not _concerns(row, fix):
            continue
        before = slots(row)
        _change(row, fix, units or {})
        row.problems = rechecked(row)
        after = slots(row)
        changes += [
            Change(position=row.position, slot=slot, before=before.get(slot), after=after.get(slot))
            for slot in dict.fromkeys([*before, *after])
            if before.get(slot) != after.get(slot)
        ]
    return changes


def _concerns(row: DraftRow, fix: Fix) -> bool:
    if not isinstance(fix, CreateUnitsFix) and fix.rows is not None and row.position not in fix.rows:
        return False
    match fix:
        case AssigneeFix():
            return any(assignee.text == fix.text for assignee in row.assignees)
        case CreateUnitsFix():
            wanted = {unit.text for unit in fix.units}
            return any(assignee.text in wanted for assignee in row.assignees)
        case AssignFix():
            return not row.assignees
        case AcknowledgeFix():
            return any(problem.code == fix.code for problem in row.problems)
        case ClearDatesFix():
            return any(problem.code == "date-implausible" for problem in row.problems)


def _change(row: DraftRow, fix: Fix, units: dict[str, uuid.UUID]) -> None:
    match fix:
        case AssigneeFix():
            row.assignees = [decided(each, fix.unit_ids) if each.text == fix.text else each for each in row.assignees]
        case CreateUnitsFix():
            row.assignees = [
                decided(each, [units[each.text]]) if each.text in units else each for each in row.assignees
            ]
        case AssignFix():
            if not row.assignees:
                row.assignees = [_named(fix)]
        case AcknowledgeFix():
            for problem in row.problems:
                problem.acknowledged = problem.acknowledged or problem.code == fix.code
        case ClearDatesFix():
            _clear_dates(row)


def decided(assignee: DraftAssignee, unit_ids: Iterable[uuid.UUID]) -> DraftAssignee:
    """A phrase as a person decided it: these units, or none."""
    chosen = list(dict.fromkeys(unit_ids))
    state = assignee.state
    if chosen:
        state = AssigneeState.MATCHED if len(chosen) == 1 else AssigneeState.GROUP
    return assignee.model_copy(update={"unit_ids": chosen, "state": state, "note": None, "decided": True})


def _named(fix: AssignFix) -> DraftAssignee:
    empty = DraftAssignee(text="（原文未写）", role=fix.role, state=AssigneeState.UNKNOWN, unit_ids=[])
    return decided(empty, fix.unit_ids)


def _clear_dates(row: DraftRow) -> None:
    """Dates outside the plan's year are those the reading called implausible; the words of the deadline stay."""
    said = [problem for problem in row.problems if problem.code == "date-implausible" and not problem.acknowledged]

    def doubtful(on: date | None) -> bool:
        return on is not None and any(on.isoformat() in problem.message for problem in said)

    if row.due and doubtful(row.due.on):
        row.due = DraftDue(text=row.due.text, kind="none")
    row.duties = [duty.model_copy(update={"due_on": None}) if doubtful(duty.due_on) else duty for duty in row.duties]
    for problem in said:
        problem.acknowledged = True


def undo_fix(rows: Iterable[DraftRow], changes: Iterable[Change]) -> int:
    """Take a fix back where its result still stands; how many places were left because they were changed since."""
    by_position = {row.position: row for row in rows}
    left = 0
    for position, own in _by_position(changes).items():
        row = by_position.get(position)
        if row is None or row.task_id is not None:
            left += len(own)
            continue
        now = slots(row)
        kept = [change for change in own if now.get(change.slot) != change.after]
        left += len(kept)
        taken = [change for change in own if change not in kept]
        for change in taken:
            _put(row, change)
        row.problems = rechecked(row)
        _put_seen(row, taken)
    return left


def _by_position(changes: Iterable[Change]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for change in changes:
        found.setdefault(change.position, []).append(change)
    return found


def _put(row: DraftRow, change: Change) -> None:
    match change.slot[0]:
        case "due":
            row.due = _DUE.validate_python(change.before)
        case "duty":
            old = _DUTY.validate_python(change.before)
            row.duties = [old if duty.position == old.position else duty for duty in row.duties]
        case "assignee":
            _put_assignee(row, change)


def _put_seen(row: DraftRow, changes: list[Change]) -> None:
    """Last, because a problem may only be back once its cause is."""
    seen = {change.slot[1:]: bool(change.before) for change in changes if change.slot[0] == "seen"}
    for problem in row.problems:
        problem.acknowledged = seen.get((problem.code, problem.message), problem.acknowledged)


def _put_assignee(row: DraftRow, change: Change) -> None:
    matching = [n for n, each in enumerate(row.assignees) if (each.text, each.role) == change.slot[1:3]]
    place = matching[int(change.slot[3])]
    old = [] if change.before is None else [_ASSIGNEE.validate_python(change.before)]
    row.assignees = [*row.assignees[:place], *old, *row.assignees[place + 1 :]]
