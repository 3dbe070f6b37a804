"""Reading a workbook back and writing what changed (回读、写入): compared with the ledger as it is at that moment."""

import hashlib
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePath
from typing import Any

from sqlmodel import Session, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.problems import Conflict, FieldError, Invalid, NotFound
from taizhang.core.versions import require_version
from taizhang.documents.cells import Unfit
from taizhang.documents.child import read_apart
from taizhang.documents.unreadable import Unreadable
from taizhang.plans import drafts
from taizhang.plans import queries as plans
from taizhang.plans.models import Plan
from taizhang.progress.roundtrip import stored
from taizhang.progress.roundtrip.columns import SHEET, SheetName
from taizhang.progress.roundtrip.comparing import Outcome, RowState, compare, counted
from taizhang.progress.roundtrip.models import LedgerImport, LedgerImportState
from taizhang.progress.roundtrip.reading import Line, Reading, read_back
from taizhang.progress.roundtrip.schemas import LedgerApply, LedgerChoice, LedgerImportPublic
from taizhang.units.models import Unit


@dataclass(frozen=True)
class Returned:
    """A workbook as uploaded and as read, before anybody asked the database."""

    name: str
    sha256: str
    reading: Reading


def open_workbook(data: bytes, file_name: str) -> Returned:
    """Read a workbook as far as it can be read without knowing the plan.

    Raises:
        Invalid: it cannot be read, or did not come from here (422, the reader's code and words).
    """
    name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)[:255] or "未命名"
    try:
        reading = read_back(read_apart(data, name, exactly=True))
    except (Unreadable, Unfit) as refusal:
        words = str(refusal)
        raise Invalid(
            refusal.code, "工作簿读不回来", detail=words, errors=[FieldError("#/file", refusal.code, words)]
        ) from refusal
    return Returned(name, hashlib.sha256(data).hexdigest(), reading)


def create(session: Session, actor: Actor, plan_id: uuid.UUID, returned: Returned, *, now: datetime) -> LedgerImport:
    """Keep what a workbook says of a plan. Nothing of the plan changes.

    Raises:
        NotFound: the plan is absent or outside the scope.
    """
    plan, _ = plans.one(session, actor, plan_id)
    reading = returned.reading
    found = LedgerImport(
        plan_id=plan.id,
        file_name=returned.name,
        sha256=returned.sha256,
        content={
            "sheets": sorted(reading.sheets),
            "notices": [asdict(notice) for notice in reading.notices],
            "lines": [_kept(line) for line in reading.lines],
        },
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(found)
    session.flush()
    after = {"plan_id": plan.id, "file_name": returned.name, "lines": len(reading.lines)}
    audit.record(session, actor, "ledger-import.create", "ledger_import", found.id, after=after)
    return found


def _kept(line: Line) -> dict[str, Any]:
    touched = line.touched
    base = None if line.base is None else {key: line.base[key] for key in touched if key in line.base}
    return {**asdict(line), "id": str(line.id) if line.id else None, "cells": touched, "base": base}


def _lines(found: LedgerImport) -> list[Line]:
    return [
        Line(**{**line, "sheet": SheetName(line["sheet"]), "id": uuid.UUID(line["id"]) if line["id"] else None})
        for line in found.content["lines"]
    ]


def one(session: Session, actor: Actor, import_id: uuid.UUID, *, lock: bool = False) -> tuple[LedgerImport, Plan, Unit]:
    """A workbook read back, of a plan the caller may see; the plan is locked first, then the import.

    Raises:
        NotFound: absent or outside the scope.
    """
    plan_id = session.exec(select(LedgerImport.plan_id).where(LedgerImport.id == import_id)).one_or_none()
    if plan_id is None:
        raise NotFound
    plan, issuer = plans.one(session, actor, plan_id, lock=lock)
    statement = select(LedgerImport).where(LedgerImport.id == import_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one(), plan, issuer


class Comparison:
    """The lines of a workbook beside the rows of its plan, as they are now."""

    def __init__(self, session: Session, actor: Actor, found: LedgerImport, plan: Plan, *, lock: bool = False) -> None:
        self.known = cache(lambda: drafts.directory(session, actor, plan.issued_on or local_day(plan.created_at)))
        self.tasks = stored.tasks(session, plan, lock=lock)
        self.assignments = stored.assignments(session, plan, lock=lock)
        rows = [*stored.stored_assignments(self.assignments), *stored.stored_tasks(self.tasks, self.known)]
        sheets = [SheetName(name) for name in found.content["sheets"]]
        self.outcomes = compare(_lines(found), sheets, rows, plan.status.value)

    def write(self, session: Session, actor: Actor, outcome: Outcome) -> None:
        """Write one line's edited cells."""
        assert outcome.stored is not None  # only what has a row is written
        if outcome.sheet is SheetName.TASKS:
            stored.write_task(session, actor, self.tasks[outcome.stored.id], self.known, outcome.after)
        else:
            stored.write_assignment(session, actor, self.assignments[outcome.stored.id][0], outcome.after)


def present(session: Session, actor: Actor, found: LedgerImport, plan: Plan) -> LedgerImportPublic:
    """A workbook as answered: compared with the ledger as it is now; after it was applied, with its result alone."""
    applied = found.state is LedgerImportState.APPLIED
    outcomes = [] if applied else Comparison(session, actor, found, plan).outcomes
    own = ("id", "version", "state", "file_name", "created_at", "result")
    return LedgerImportPublic.model_validate(
        {
            **{name: getattr(found, name) for name in own},
            "plan": {"id": plan.id, "name": plan.title},
            "notices": found.content["notices"],
            "summary": counted(outcomes),
            "rows": [_row(outcome) for outcome in outcomes],
            "actions": [] if applied else ["apply"],
        }
    )


def _row(outcome: Outcome) -> dict[str, Any]:
    held = outcome.stored
    of_unit = held is not None and outcome.sheet is SheetName.ASSIGNMENTS
    return {
        "sheet": outcome.sheet,
        "row": outcome.row,
        "id": held.id if held else None,
        "task_id": held.task_id if held else None,
        "assignment_id": held.id if held and of_unit else None,
        "label": held.label if held else None,
        "state": outcome.state,
        "version": held.version if held else None,
        "changes": [
            {**asdict(change), "heading": SHEET[outcome.sheet].column(change.column).heading}
            for change in outcome.changes
        ],
        "problems": [asdict(problem) for problem in outcome.problems],
    }


def apply(
    session: Session, actor: Actor, import_id: uuid.UUID, data: LedgerApply, if_match: str | None
) -> tuple[LedgerImport, Plan]:
    """Write the changed lines and the conflicts a person decided for the sheet, all or none.

    Raises:
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: applied before (409 ``ledger-import-applied``), or a conflict is not decided, or was decided on a
            version that is no longer the present one (409 ``ledger-import-undecided``, a pointer each).
    """
    found, plan, issuer = one(session, actor, import_id, lock=True)
    require_version(if_match, found.version)
    if found.state is LedgerImportState.APPLIED:
        raise Conflict("ledger-import-applied", "这份工作簿已经写入", detail="要再改，请重新导出")
    comparison = Comparison(session, actor, found, plan, lock=True)
    choices = {(choice.sheet, choice.row): choice for choice in data.choices}
    _require_decided(comparison.outcomes, choices)
    written = [outcome for outcome in comparison.outcomes if _taken(outcome, choices)]
    for outcome in written:
        comparison.write(session, actor, outcome)
    counts = counted(comparison.outcomes)
    result = {
        "written": len(written),
        "kept": counts["changed"] + counts["conflict"] - len(written),
        "refused": counts["invalid"] + counts["new"],
    }
    found.state, found.result = LedgerImportState.APPLIED, result
    found.version += 1
    session.flush()
    after = {**result, "plan_id": plan.id}
    audit.record(session, actor, "ledger-import.apply", "ledger_import", found.id, after=after)
    notify.publish(session, "plan", plan.id, action="change", unit_id=issuer.id, unit_path=issuer.path)
    return found, plan


Choices = dict[tuple[SheetName, int], LedgerChoice]


def _decision(outcome: Outcome, choices: Choices) -> LedgerChoice | None:
    """What was decided on a conflict, if it was decided on the row as it now is."""
    choice = choices.get((outcome.sheet, outcome.row or 0))
    return choice if choice and outcome.stored and choice.version == outcome.stored.version else None


def _taken(outcome: Outcome, choices: Choices) -> bool:
    if outcome.state is RowState.CONFLICT:
        decision = _decision(outcome, choices)
        return decision is not None and decision.take == "mine"
    return outcome.state is RowState.CHANGED


def _require_decided(outcomes: Iterable[Outcome], choices: Choices) -> None:
    errors = [
        FieldError(
            f"#/choices/{outcome.sheet}/{outcome.row}",
            "conflict-undecided",
            f"“{SHEET[outcome.sheet].title}”表第 {outcome.row} 行在导出后又被改过，请选用哪一份",
        )
        for outcome in outcomes
        if outcome.state is RowState.CONFLICT and _decision(outcome, choices) is None
    ]
    if errors:
        detail = f"有 {len(errors)} 行在导出后被别人改过，请逐行选用表里的还是库里的"
        raise Conflict("ledger-import-undecided", "有冲突还没有定", detail=detail, errors=errors)
