"""Comparing a line with the row it came from (逐行比较): theirs, mine and base, and what became of it. Pure.

base is what was exported, mine what the sheet says, theirs what the ledger holds now. A line whose row has moved on
since the export is a conflict for a person to settle; nothing is overwritten unseen.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.documents.cells import Unfit, fitted
from taizhang.progress.roundtrip.cells import canonical
from taizhang.progress.roundtrip.columns import SHEET, Kind, LedgerColumn, SheetName
from taizhang.progress.roundtrip.reading import Line


class RowState(StrEnum):
    """What became of a line, or of a row without one."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    CONFLICT = "conflict"
    NEW = "new"
    MISSING = "missing"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something to tell about a row; ``column`` is a key, None for the row itself."""

    code: str
    message: str
    column: str | None = None
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class CellChange:
    """One edited cell: ``before`` as exported (None if unknown), ``current`` in the ledger, ``after`` on the sheet."""

    column: str
    before: str | None
    after: str
    current: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as the ledger holds it now: the texts of its editable columns."""

    sheet: SheetName
    id: uuid.UUID
    task_id: uuid.UUID
    version: int
    label: str
    texts: Mapping[str, str]
    check: Callable[[Mapping[str, str]], Sequence[RowProblem]] = field(default=lambda after: ())


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line beside its row."""

    sheet: SheetName
    row: int | None
    stored: Stored | None
    state: RowState
    changes: tuple[CellChange, ...] = ()
    problems: tuple[RowProblem, ...] = ()

    @property
    def after(self) -> dict[str, str]:
        return {change.column: change.after for change in self.changes}


def compare(lines: Sequence[Line], sheets: Collection[SheetName], rows: Sequence[Stored], status: str) -> list[Outcome]:
    """Every line in the sheets' order, then the rows of those sheets that have no line left.

    ``status`` is the plan's: it decides which columns may be edited.
    """
    held = {(row.sheet, row.id): row for row in rows}
    times = Counter((line.sheet, line.id) for line in lines if line.id is not None)
    outcomes = []
    for line in lines:
        stored = held.get((line.sheet, line.id)) if line.id else None
        outcomes.append(_outcome(line, stored, status, twice=line.id is not None and times[line.sheet, line.id] > 1))
    for key, row in held.items():
        if row.sheet in sheets and not times[key]:
            outcomes.append(Outcome(row.sheet, None, row, RowState.MISSING))
    return outcomes


def _outcome(line: Line, stored: Stored | None, status: str, *, twice: bool) -> Outcome:
    if not line.id_text:
        words = "这一行没有编号，是表里新加的；新任务请用导入，新分工请在任务上增加责任单位"
        return _refused(line, None, RowState.NEW, RowProblem("row-new", words))
    if stored is None:
        # One answer for a bad id, a stranger's and another plan's: nothing is to be learned from it.
        return _refused(line, None, RowState.INVALID, RowProblem("row-unknown", "这一行的编号不属于这份分解表"))
    if twice:
        words = "同一编号在表里出现了不止一次，不知以哪行为准，请只留一行"
        return _refused(line, stored, RowState.INVALID, RowProblem("row-twice", words))
    changes, problems = _changes(line, stored, status)
    if changes and not any(problem.blocks for problem in problems):
        problems += stored.check({change.column: change.after for change in changes})
    if any(problem.blocks for problem in problems):
        state = RowState.INVALID
    elif not changes:
        state = RowState.UNCHANGED
    else:
        state = RowState.CHANGED if line.version == stored.version else RowState.CONFLICT
    return Outcome(line.sheet, line.row, stored, state, tuple(changes), tuple(problems))


def _refused(line: Line, stored: Stored | None, state: RowState, problem: RowProblem) -> Outcome:
    return Outcome(line.sheet, line.row, stored, state, problems=(problem,))


def _changes(line: Line, stored: Stored, status: str) -> tuple[list[CellChange], list[RowProblem]]:
    changes: list[CellChange] = []
    problems: list[RowProblem] = []
    touched = line.touched
    for column in SHEET[line.sheet].columns:
        key = column.key
        if key not in touched:
            continue
        text = touched[key]
        base = line.base.get(key) if line.base else None
        if not _edited(column.kind, base, text):
            continue
        if status not in column.editable_in:
            if base is not None:
                problems.append(RowProblem("column-fixed", _fixed(column, status), key, blocks=False))
            continue
        current = stored.texts[key]
        if base is None and line.version == stored.version:
            base = current
        after, faults = _taken(column, text, current)
        if faults or _edited(column.kind, current, after):
            changes.append(CellChange(key, base, after, current))
            problems += faults
    return changes, problems


def _edited(kind: Kind, base: str | None, text: str) -> bool:
    """Whether a hand changed the cell: what Excel did to it by itself is no edit."""
    if base is None:
        return True
    try:
        return canonical(kind, text) != canonical(kind, base)
    except Unfit:
        return True


def _fixed(column: LedgerColumn, status: str) -> str:
    if not column.editable_in:
        return f"“{column.heading}”由填报、审核或分解表算出，不从表里改，这处改动未采用"
    words = "分解表已印发" if status == "issued" else "分解表已办结"
    return f"{words}，“{column.heading}”不能再改，这处改动未采用"


def _taken(column: LedgerColumn, text: str, current: str) -> tuple[str, list[RowProblem]]:
    """The cell's text as it would be kept, and what forbids to keep it."""
    if fitted(current) != current:
        words = f"“{column.heading}”超过一格能放的字数，导出时截断了，不能从表里改"
        return text, [RowProblem("cell-cut", words, column.key)]
    try:
        after = canonical(Kind.TEXT if column.kind is Kind.UNITS else column.kind, text)
    except Unfit as unfit:
        return text, [RowProblem(unfit.code, f"“{column.heading}”{unfit.message}", column.key)]
    if column.required and not after:
        return after, [RowProblem("cell-empty", f"“{column.heading}”不能为空", column.key)]
    if len(after) > column.limit:
        return after, [RowProblem("cell-too-long", f"“{column.heading}”至多 {column.limit} 个字", column.key)]
    return after, []


def counted(outcomes: Collection[Outcome]) -> dict[str, int]:
    """How many rows of each state, and how many edits were not taken because their column is only shown."""
    states = Counter(outcome.state.value for outcome in outcomes)
    ignored = sum(problem.code == "column-fixed" for outcome in outcomes for problem in outcome.problems)
    return {**{state.value: states[state.value] for state in RowState}, "ignored": ignored}
