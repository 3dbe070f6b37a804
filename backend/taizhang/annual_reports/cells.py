"""What is behind a cell (一格的来历): the cases counted in it, the reports summed up in it, the lines added to it."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from taizhang.annual_reports import carrying, counting, presenting, records, rolling, roster
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing_schemas import AdjustmentPublic, ReportUnit
from taizhang.annual_reports.forms import FORMS, CellSpec, Form, from_array, shown
from taizhang.annual_reports.records import Dossier
from taizhang.annual_reports.sum_schemas import CellChild, CellDetail, CellEntry, CellRegister
from taizhang.annual_reports.tally import contributions, feeds
from taizhang.core.problems import NotFound
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.models import RegisterEntry
from taizhang.units.models import Unit

MOST_ENTRIES = 500


def detail(session: Session, dossier: Dossier, key: str) -> CellDetail:
    """Where a cell's number comes from.

    Raises:
        NotFound: the form has no such cell.
    """
    row = dossier.report
    form = FORMS[row.form]
    cell = form.by_key.get(key)
    if cell is None:
        raise NotFound
    earlier = carrying.before(session, row)
    before = carrying.figures_of(earlier.own) if earlier.own else {}
    amounts = _amounts(session, dossier, form, cell) if row.scope is Scope.ORGAN else {}
    slugs = dict.fromkeys(slug for leaf in _leaves(form, cell) if (slug := feeds(leaf)))
    return CellDetail(
        cell=key,
        label=cell.label,
        value=shown(cell, from_array(form, row.figures)[key]),
        compiled=shown(cell, from_array(form, row.compiled)[key]) if row.compiled else None,
        edited=key in row.edited,
        locked=next((each for each in presenting.locked_cells(form, earlier) if each.cell == key), None),
        sum_of=list(cell.sum_of),
        entries=_entries(session, dossier.unit, cell, dict(list(amounts.items())[:MOST_ENTRIES])),
        entry_count=len(amounts),
        truncated=len(amounts) > MOST_ENTRIES,
        registers=[_register(slug, dossier) for slug in slugs] if row.scope is Scope.ORGAN else [],
        children=_children(session, dossier, form, cell) if row.scope is Scope.GOVERNMENT else [],
        adjustments=_lines(session, dossier, form, key),
        previous_value=shown(cell, before.get(key)),
    )


def _lines(session: Session, dossier: Dossier, form: Form, key: str) -> list[AdjustmentPublic]:
    lines = records.adjustments(session, dossier.report.id)
    return [presenting.adjustment(form, each) for each in lines if each.cell == key]


def _leaves(form: Form, cell: CellSpec) -> list[str]:
    """The cells people fill that a cell is made of."""
    if not cell.sum_of:
        return [cell.key]
    return [leaf for key in cell.sum_of for leaf in _leaves(form, form.by_key[key])]


def _amounts(session: Session, dossier: Dossier, form: Form, cell: CellSpec) -> dict[Any, int]:
    row, unit = dossier
    window = counting.window(unit, row.year)
    leaves = set(_leaves(form, cell))
    found: dict[Any, int] = {}
    for entry in counting.entries(session, unit, row.year):
        amount = sum(value for leaf, value in contributions(entry, window).items() if leaf in leaves)
        if amount:
            found[entry.id] = amount
    return found


def _entries(session: Session, unit: Unit, cell: CellSpec, amounts: dict[Any, int]) -> list[CellEntry]:
    names = ("id", "slug", "title", "ref_no", "opened_on", "closed_on", "outcome")
    columns: list[Any] = [col(getattr(RegisterEntry, name)) for name in names]
    keeper: list[Any] = [col(getattr(Unit, name)).label(f"unit_{name}") for name in ("id", "name", "short_name")]
    statement = (
        select(*columns, *keeper)
        .join(Unit, col(Unit.id) == RegisterEntry.unit_id)
        .where(col(RegisterEntry.id).in_(amounts))
        .order_by(col(RegisterEntry.opened_on), col(RegisterEntry.id))
    )
    with counting.beyond(session, unit):
        counted = session.connection().execute(statement).all()
    return [
        CellEntry(
            **{name: getattr(found, name) for name in names if name != "outcome"},
            register_words=REGISTERS[found.slug].title,
            outcome=REGISTERS[found.slug].outcomes.get(found.outcome, found.outcome),
            amount=shown(cell, amounts[found.id]),
            unit=ReportUnit(id=found.unit_id, name=found.unit_name, short_name=found.unit_short_name),
        )
        for found in counted
    ]


def _register(slug: str, dossier: Dossier) -> CellRegister:
    year, unit = dossier.report.year, dossier.unit
    path = f"/registers/{slug}?unit={unit.id}&opened_to={year}-12-31"
    return CellRegister(slug=slug, title=REGISTERS[slug].title, path=path)


def _children(session: Session, dossier: Dossier, form: Form, cell: CellSpec) -> list[CellChild]:
    row, unit = dossier
    children = roster.children(session, unit, row.year)
    ids = [child.report_id for child in children if child.report_id]
    place = [each.key for each in form.cells].index(cell.key)
    values = rolling.values(session, ids, place)
    return [
        CellChild(
            unit=child.unit,
            report_id=child.report_id,
            state=child.state,
            scope=child.scope,
            value=shown(cell, values.get(child.report_id)) if child.report_id else None,
            standing=child.standing.value,
            reason=child.reason,
        )
        for child in children
    ]
