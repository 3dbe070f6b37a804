"""Fixes (一处定，处处改): one answer for every cell that says the same, and taken back again. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field

from taizhang.core.schemas import Input
from taizhang.plans.importing.problems import Level, OfferedFix
from taizhang.registers.fields import InputKind
from taizhang.registers.importing.columns import Column, by_key
from taizhang.registers.importing.draft import LEVELS, OTHER, TITLES, Change, Problem, Row
from taizhang.registers.kind import RegisterKind

Key = Annotated[str, Field(min_length=1, max_length=100, description="栏，见草稿的 columns")]
Text = Annotated[str, Field(max_length=5000)]
MOST_OPTIONS = 4


class CellsFix(Input):
    """某一栏写作 before 的（空着则为空字），处处改作 after。"""

    kind: Literal["replace"]
    column: Key
    before: Text
    after: Text


class SeenFix(Input):
    """这一类都看过了，就这样。只用于不挡登记的（level 是 warn 或 note）。"""

    kind: Literal["acknowledge"]
    code: Annotated[str, Field(min_length=1, max_length=64)]


Fix = Annotated[CellsFix | SeenFix, Field(discriminator="kind")]


@dataclass(slots=True)
class ProblemGroup:
    """Alike problems; ``text`` is what the cells all say, where that may be shown."""

    code: str
    level: Level
    title: str
    message: str
    column: str | None
    text: str | None
    count: int = 0
    rows: list[int] = field(default_factory=list)
    fixes: list[OfferedFix] = field(default_factory=list)


def cells_of(row: Row, key: str) -> list[tuple[int | None, dict[str, str]]]:
    """Where a column stands in a row: its own cells, or those of each step that has it."""
    if not key.startswith("events."):
        return [(None, row.cells)]
    kind = key.split(".")[1]
    return [(index, step.cells) for index, step in enumerate(row.steps) if step.kind == kind]


def apply_fix(rows: Iterable[Row], fix: CellsFix | SeenFix) -> list[Change]:
    """Change every cell, or every problem, a fix is for; what it changed."""
    changes: list[Change] = []
    for row in rows:
        if row.entry_id is not None:
            continue
        if isinstance(fix, SeenFix):
            changes += _acknowledged(row, fix.code)
        else:
            changes += _replaced(row, fix)
    return changes


def _acknowledged(row: Row, code: str) -> list[Change]:
    found = [each for each in row.problems if each.code == code and each.level != "block" and not each.acknowledged]
    for each in found:
        each.acknowledged = True
    return [Change(position=row.position, step=None, key=code, before="", after=each.message) for each in found]


def _replaced(row: Row, fix: CellsFix) -> list[Change]:
    changes = []
    for step, cells in cells_of(row, fix.column):
        if cells.get(fix.column, "") == fix.before and fix.after != fix.before:
            put(cells, fix.column, fix.after)
            changes.append(Change(position=row.position, step=step, key=fix.column, before=fix.before, after=fix.after))
    return changes


def put(cells: dict[str, str], key: str, text: str) -> None:
    """Write a cell; an empty one is no cell."""
    if text.strip():
        cells[key] = text.strip()
    else:
        cells.pop(key, None)


def undo_changes(rows: Sequence[Row], changes: Iterable[Change], kind: str) -> set[int]:
    """Put back what a fix changed, where nobody has changed it since; the rows touched."""
    touched = set()
    for change in changes:
        row = rows[change.position - 1]
        if row.entry_id is not None:
            continue
        touched.add(row.position)
        if kind == "acknowledge":
            for problem in row.problems:
                if problem.code == change.key and problem.message == change.after:
                    problem.acknowledged = False
            continue
        for step, cells in cells_of(row, change.key):
            if step == change.step and cells.get(change.key, "") == change.after:
                put(cells, change.key, change.before)
    return touched


def group_problems(kind: RegisterKind, rows: Iterable[Row]) -> list[ProblemGroup]:
    """Every open problem once for all the places it stands in, what blocks first, then by how many places."""
    known = by_key(kind.slug)
    groups: dict[tuple[str, str | None, str | None], ProblemGroup] = {}
    for row in rows:
        for problem in row.problems if row.entry_id is None else ():
            if problem.acknowledged:
                continue
            column = known.get(problem.column or "")
            text = _text(row, problem, column)
            place = (problem.code, problem.column, text)
            group = groups.get(place)
            if group is None:
                title = TITLES.get(problem.code, OTHER)
                group = groups[place] = ProblemGroup(
                    problem.code, problem.level, title, problem.message, problem.column, text
                )
            group.count += 1
            if row.position not in group.rows[-1:]:
                group.rows.append(row.position)
    for group in groups.values():
        group.fixes = _offered(group, known.get(group.column or ""))
    order = {"block": 0, "warn": 1, "note": 2}
    return sorted(groups.values(), key=lambda group: (order[group.level], -group.count))


def _text(row: Row, problem: Problem, column: Column | None) -> str | None:
    """What the cell says, for cells whose text is the same in many rows and nobody's own."""
    if column is None or column.personal or not (column.options or column.key == "unit"):
        return None
    for step, cells in cells_of(row, column.key):
        if step is None or row.steps[step].line == problem.line:
            return cells.get(column.key, "")
    return None


def _offered(group: ProblemGroup, column: Column | None) -> list[OfferedFix]:
    if LEVELS.get(group.code, "block") != "block":
        return [OfferedFix(f"这 {group.count} 处都看过了", {"kind": "acknowledge", "code": group.code})]
    if group.text is None or column is None or column.input not in (InputKind.CHOICE, InputKind.CHECK):
        return []
    words = [word for _, word in column.options]
    near = get_close_matches(group.text, words, n=MOST_OPTIONS, cutoff=0.2) if group.text else []
    offered = (near + [word for word in words if word not in near])[:MOST_OPTIONS]
    said = f"“{group.text}”" if group.text else "空着的"
    return [
        OfferedFix(
            f"{said}都改作{word}",
            {"kind": "replace", "column": column.key, "before": group.text, "after": word},
        )
        for word in offered
    ]
