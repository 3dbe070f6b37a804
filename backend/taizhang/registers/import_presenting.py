"""Imports as people read them (导入草稿的呈现): applicants masked, every problem with its place in the sheet."""

from collections.abc import Mapping
from typing import Literal

from sqlmodel import Session

from taizhang.core.schemas import Ref
from taizhang.registers.import_schemas import (
    ImportAppliedFix,
    ImportColumn,
    ImportNotice,
    ImportOfferedFix,
    ImportProblem,
    ImportProblemGroup,
    ImportRow,
    ImportSource,
    ImportStep,
    ImportSummary,
    RegisterCommitted,
    RegisterImportPublic,
    RegisterLeftRow,
)
from taizhang.registers.importing.columns import REMARKS, by_key
from taizhang.registers.importing.draft import Draft, Problem, Row
from taizhang.registers.importing.fixes import group_problems
from taizhang.registers.importing.workbook import EntryCells, StepCells, handed_back
from taizhang.registers.kind import RegisterKind
from taizhang.registers.models import RegisterImport, RegisterImportState
from taizhang.registers.party import PARTY_WORDS, PERSONAL, PartyKind, covered
from taizhang.registers.schemas import ChoiceOption
from taizhang.units.models import Unit


def present(session: Session, kind: RegisterKind, found: RegisterImport, draft: Draft) -> RegisterImportPublic:
    """An import as answered."""
    unit = session.get_one(Unit, found.unit_id)
    own = ("id", "version", "slug", "state", "file_name", "created_at", "created_by_name")
    groups = group_problems(kind, draft.rows)
    return RegisterImportPublic(
        **{name: getattr(found, name) for name in own},
        unit=Ref(id=unit.id, name=unit.name),
        summary=ImportSummary(**found.summary),
        columns=[_column(kind, key) for key in _used(kind, draft)],
        rows=[_row(kind, draft, row) for row in draft.rows],
        problems=[ImportNotice(code=each.code, message=each.message) for each in draft.notices],
        problem_groups=[
            ImportProblemGroup(
                fixes=[ImportOfferedFix(label=fix.label, fix=fix.fix) for fix in group.fixes],
                **{name: getattr(group, name) for name in ("code", "level", "title", "message", "column", "text")},
                **{name: getattr(group, name) for name in ("count", "rows")},
            )
            for group in groups
        ],
        fixes=[ImportAppliedFix(places=len(fix.changes), **fix.model_dump(exclude={"changes"})) for fix in draft.fixes],
        actions=_actions(found, draft),
    )


def _used(kind: RegisterKind, draft: Draft) -> list[str]:
    """The columns the template has, and the rarer ones this draft uses."""
    used = {key for row in draft.rows for step in row.steps for key in step.cells}
    return [key for key, column in by_key(kind.slug).items() if not column.rare or key in used]


def _column(kind: RegisterKind, key: str) -> ImportColumn:
    column = by_key(kind.slug)[key]
    options = [ChoiceOption(value=value, words=words) for value, words in column.options]
    names = ("key", "heading", "input", "required", "hint", "event", "personal")
    return ImportColumn(options=options, **{name: getattr(column, name) for name in names})


def _actions(found: RegisterImport, draft: Draft) -> list[Literal["edit", "commit", "undo", "discard"]]:
    open_ = found.state is not RegisterImportState.COMMITTED
    actions: list[Literal["edit", "commit", "undo", "discard"]] = ["edit", "commit"] if open_ else []
    if any(row.entry_id is not None for row in draft.rows):
        actions.append("undo")
    return [*actions, "discard"]


def shown(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells as they may be shown: the applicant's covered."""
    organs = {word for kind in PartyKind if kind is not PartyKind.NATURAL for word in (kind.value, PARTY_WORDS[kind])}
    natural = cells.get("party.kind") not in organs
    masked = covered({name: cells.get(f"party.{name}") for name in PERSONAL}, natural=natural)
    return {**cells, **{f"party.{name}": text for name, text in masked.items() if text is not None}}


def _row(kind: RegisterKind, draft: Draft, row: Row) -> ImportRow:
    sheet = draft.sheets[row.sheet]
    return ImportRow(
        position=row.position,
        number=row.number,
        source=ImportSource(sheet=sheet.name, row=row.line, column=None),
        cells=shown(row.cells),
        steps=[
            ImportStep(
                kind=step.kind,
                title=form.title if (form := kind.event(step.kind)) else step.kind,
                source=ImportSource(sheet=sheet.name, row=step.line, column=None),
                cells=step.cells,
            )
            for step in row.steps
        ],
        problems=[_problem(draft, row, problem) for problem in row.problems],
        entry_id=row.entry_id,
    )


def _problem(draft: Draft, row: Row, problem: Problem) -> ImportProblem:
    sheet = draft.sheets[row.sheet]
    place = sheet.places.get(problem.column or "")
    return ImportProblem(
        source=ImportSource(
            sheet=sheet.name, row=problem.line or row.line, column=place + 1 if place is not None else None
        ),
        **{name: getattr(problem, name) for name in ("code", "level", "message", "column", "acknowledged")},
    )


def committed(
    session: Session, kind: RegisterKind, found: RegisterImport, draft: Draft, count: int
) -> RegisterCommitted:
    """What became of a commit."""
    left = [
        RegisterLeftRow(
            position=row.position,
            title=row.cells.get("title", ""),
            problems=[problem.message for problem in row.standing],
        )
        for row in draft.rows
        if row.entry_id is None
    ]
    return RegisterCommitted(committed_rows=count, left_rows=left, draft=present(session, kind, found, draft))


def workbook(kind: RegisterKind, draft: Draft) -> bytes:
    """The rows not yet entered, with what is wrong in each; applicants stay covered."""
    return handed_back(kind, [_handed_back(row) for row in draft.rows if row.entry_id is None])


def _handed_back(row: Row) -> EntryCells:
    wrong = {(problem.column, problem.line) for problem in row.standing}
    said = "；".join(problem.message for problem in row.problems if not problem.acknowledged)
    return EntryCells(
        number=row.number or str(row.position),
        cells=shown(row.cells),
        steps=[
            StepCells(step.kind, step.cells, frozenset(key for key in step.cells if (key, step.line) in wrong))
            for step in row.steps
        ],
        wrong=frozenset(column for column, _ in wrong if column),
        extra={REMARKS: said},
    )
