"""Notes on a report (说明、调整、零申报): signed lines beside the figures, each with its reason, each withdrawable."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from taizhang.annual_reports import checking, records, zeros
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing import Filing
from taizhang.annual_reports.filing_schemas import AdjustmentInput, WaiverInput
from taizhang.annual_reports.forms import FORMS, CellKind, Form, from_array, parse, shown, to_array, with_sums
from taizhang.annual_reports.forms.official import CARRIED_IN
from taizhang.annual_reports.models import AnnualReport, ReportAdjustment, ReportWaiver, ZeroDeclaration
from taizhang.annual_reports.procedure import ReportAction
from taizhang.annual_reports.records import Dossier
from taizhang.core.problems import Conflict, Invalid, NotFound


class _Note(Protocol):
    id: uuid.UUID
    withdrawn_by_name: str | None
    withdrawn_at: datetime | None


Note = TypeVar("Note", bound=_Note)


def _signed(filing: Filing, row: AnnualReport) -> dict[str, object]:
    return {
        "report_id": row.id,
        "made_by": filing.actor.user_id,
        "made_by_name": filing.actor.name,
        "made_at": filing.now,
    }


def _standing(notes: Sequence[Note], note_id: uuid.UUID) -> Note:
    """The note, if it was not withdrawn.

    Raises:
        NotFound, Conflict.
    """
    found = next((note for note in notes if note.id == note_id), None)
    if found is None:
        raise NotFound
    if found.withdrawn_at is not None:
        raise Conflict("already-withdrawn", "已经撤回", detail="这一条已经撤回")
    return found


def _withdraw(filing: Filing, note: _Note) -> None:
    note.withdrawn_at, note.withdrawn_by_name = filing.now, filing.actor.name


# -- reasons for findings


def waive(filing: Filing, report_id: uuid.UUID, data: WaiverInput, if_match: str | None) -> Dossier:
    """Give the reason why a finding may stand.

    Raises:
        Invalid: no such finding now, or one no reason can mend (422 ``waiver-unfit``).
    """
    dossier, _ = filing.open(report_id, ReportAction.WAIVE, if_match)
    found = checking.one(checking.findings(filing.session, dossier), data.rule, data.cells)
    if found is None:
        raise Invalid.field("#/rule", "waiver-unfit", "现在没有这条核对发现，请重新核对")
    finding = found.finding
    if not checking.waivable(finding):
        raise Invalid.field("#/rule", "waiver-unfit", f"{finding.rule}是表内的勾稽关系，须改平，不能以理由放行")
    waiver = ReportWaiver(
        **_signed(filing, dossier.report),  # type: ignore[arg-type]
        rule=finding.rule,
        cells=list(finding.cells),
        sides=[finding.left, finding.right],
        message=finding.message,
        reason=data.reason,
    )
    filing.session.add(waiver)
    after = {"rule": finding.rule, "message": finding.message, "reason": data.reason}
    return filing.saved(dossier, "waive", after=after)


def unwaive(filing: Filing, report_id: uuid.UUID, waiver_id: uuid.UUID, if_match: str | None) -> Dossier:
    """Withdraw a reason."""
    dossier, _ = filing.open(report_id, ReportAction.WAIVE, if_match)
    waiver = _standing(records.waivers(filing.session, report_id), waiver_id)
    _withdraw(filing, waiver)
    return filing.saved(dossier, "unwaive", before={"rule": waiver.rule, "reason": waiver.reason})


# -- lines added to a sum


def adjust(filing: Filing, report_id: uuid.UUID, data: AdjustmentInput, if_match: str | None) -> Dossier:
    """Add a line to a cell: in a government's report to any that is summed up, in an organ's to 上年结转.

    Raises:
        Invalid: a cell that takes no line, a delta that is none, or one that leaves less than nothing.
    """
    dossier, _ = filing.open(report_id, ReportAction.ADJUST, if_match)
    row = dossier.report
    form = FORMS[row.form]
    delta = _delta(form, row.scope, data)
    before = from_array(form, row.figures)[data.cell]
    _shift(row, form, data.cell, delta)
    filing.session.add(
        ReportAdjustment(**_signed(filing, row), cell=data.cell, delta=delta, reason=data.reason)  # type: ignore[arg-type]
    )
    cell = form.by_key[data.cell]
    after = {"cell": data.cell, "delta": shown(cell, delta), "reason": data.reason}
    return filing.saved(dossier, "adjust", before={data.cell: shown(cell, before)}, after=after)


def _delta(form: Form, scope: Scope, data: AdjustmentInput) -> int:
    cell = form.by_key.get(data.cell)
    if cell is None:
        raise Invalid.field("#/cell", "cell-unknown", f"{form.version}年表样没有这一格")
    if cell.sum_of:
        raise Invalid.field("#/cell", "cell-locked", f"“{cell.label}”由各格相加得出，请调整相加的格")
    if scope is Scope.ORGAN and not data.cell.startswith(f"t3.{CARRIED_IN}."):
        raise Invalid.field("#/cell", "cell-unadjustable", f"“{cell.label}”可以直接填写；调整只用于取自上年的格")
    negative = isinstance(data.delta, int | float | str) and str(data.delta).startswith("-")
    given = data.delta
    if negative:
        given = given[1:] if isinstance(given, str) else -given
    if cell.kind is CellKind.COUNT and isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given[:12])
    parsed, faults = parse(form, {data.cell: given})
    if faults:
        raise Invalid.field("#/delta", faults[0].code, faults[0].detail)
    value = parsed[data.cell]
    if not value:
        raise Invalid.field("#/delta", "number-zero", "加减数不能为 0 或空")
    return -value if negative else value


def _shift(row: AnnualReport, form: Form, cell: str, delta: int) -> None:
    figures = from_array(form, row.figures)
    value = (figures[cell] or 0) + delta
    if value < 0 and form.by_key[cell].kind is not CellKind.CHANGE:
        label = form.by_key[cell].label
        raise Invalid.field("#/delta", "number-negative", f"“{label}”现为 {figures[cell] or 0}，加减后小于 0")
    row.figures = to_array(form, with_sums(form, {**figures, cell: value}))
    if row.compiled:
        compiled = from_array(form, row.compiled)
        compiled[cell] = (compiled[cell] or 0) + delta
        row.compiled = to_array(form, with_sums(form, compiled))


def unadjust(filing: Filing, report_id: uuid.UUID, adjustment_id: uuid.UUID, if_match: str | None) -> Dossier:
    """Withdraw a line; the cell is what it was without it."""
    dossier, _ = filing.open(report_id, ReportAction.ADJUST, if_match)
    line = _standing(records.adjustments(filing.session, report_id), adjustment_id)
    _withdraw(filing, line)
    _shift(dossier.report, FORMS[dossier.report.form], line.cell, -line.delta)
    return filing.saved(dossier, "unadjust", before={"cell": line.cell, "delta": line.delta, "reason": line.reason})


# -- 本单位无此项业务


def declare_zero(filing: Filing, report_id: uuid.UUID, group_key: str, if_match: str | None) -> Dossier:
    """Say that the unit has no such business: explicit zeros in the group, what stood there kept.

    Raises:
        Invalid: no such group.
        Conflict: a cell of it is not zero (409 ``declaration-contradicted``), or it was declared already.
    """
    dossier, _ = filing.open(report_id, ReportAction.DECLARE_ZERO, if_match)
    row = dossier.report
    form = FORMS[row.form]
    group = zeros.groups(form).get(group_key)
    if group is None:
        raise Invalid.field("#/group", "group-unknown", "没有这一组格")
    figures = from_array(form, row.figures)
    filled = [cell for cell in group.cells if figures[cell]]
    if filled:
        detail = f"{group.label}里有不为 0 的数：{form.names(filled)}"
        raise Conflict("declaration-contradicted", "与所填的数不符", detail=detail, cells=filled)
    held = records.zero_declarations(filing.session, report_id)
    if any(each.group == group.key and each.withdrawn_at is None for each in held):
        raise Conflict("already-declared", "已经申报", detail=f"{group.label}已经申报无此项业务")
    leaves = [cell for cell in group.cells if not form.by_key[cell].sum_of]
    before = {cell: figures[cell] for cell in leaves}
    filing.session.add(ZeroDeclaration(**_signed(filing, row), group=group.key, before=before))  # type: ignore[arg-type]
    row.figures = to_array(form, with_sums(form, {**figures, **dict.fromkeys(leaves, 0)}))
    row.edited = sorted({*row.edited, *(cell for cell in leaves if figures[cell] is None)})
    return filing.saved(dossier, "declare-zero", after={"group": group.label})


def undeclare_zero(filing: Filing, report_id: uuid.UUID, declaration_id: uuid.UUID, if_match: str | None) -> Dossier:
    """Withdraw a declaration; cells that still hold its zeros are again what they were."""
    dossier, _ = filing.open(report_id, ReportAction.DECLARE_ZERO, if_match)
    row = dossier.report
    form = FORMS[row.form]
    declared = _standing(records.zero_declarations(filing.session, report_id), declaration_id)
    _withdraw(filing, declared)
    figures = from_array(form, row.figures)
    back = {cell: value for cell, value in declared.before.items() if figures.get(cell) == 0}
    row.figures = to_array(form, with_sums(form, {**figures, **back}))
    row.edited = [cell for cell in row.edited if cell not in back]
    group = zeros.groups(form)[declared.group]
    return filing.saved(dossier, "undeclare-zero", before={"group": group.label})
