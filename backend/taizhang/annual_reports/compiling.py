"""Compiling (汇编): a unit's figures from its registers, a government's from its units' reports, and the words drafted
from them. What a person wrote stands; what the compile says is kept beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from taizhang.annual_reports import achievements, carrying, counting, drafting, records, rolling
from taizhang.annual_reports.checks.findings import PART_WORDS, Part, Scope
from taizhang.annual_reports.drafting import Material
from taizhang.annual_reports.filing_schemas import CompileChange
from taizhang.annual_reports.forms import FORMS, Form, from_array, shown, to_array, with_sums
from taizhang.annual_reports.forms.official import DISCLOSURE_2021
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.part_one import FACTS
from taizhang.annual_reports.records import Dossier
from taizhang.annual_reports.sections import dump, load
from taizhang.annual_reports.tally import tally

Figures = dict[str, int | None]
NO_RULES = tuple(f"t2.rules.{name}" for name, _, _ in DISCLOSURE_2021[0][1])


def compile_into(session: Session, dossier: Dossier, now: datetime) -> list[CompileChange]:
    """Compile a report; where the compile now differs from what stands, or from what it said of what a person wrote."""
    row = dossier.report
    form = FORMS[row.form]
    figures = government_figures(session, row) if row.scope is Scope.GOVERNMENT else organ_figures(session, dossier)
    earlier = carrying.before(session, row)
    lines = records.lines(session, row.id)
    figures |= carrying.carried(earlier)
    for cell, delta in lines.items():
        figures[cell] = (figures.get(cell) or 0) + delta
    changes = _figures(row, form, with_sums(form, figures))
    changes += _facts(row, _told(session, dossier))
    changes += _sections(session, dossier, earlier.own)
    row.compiled_at = now
    return changes


def organ_figures(session: Session, dossier: Dossier) -> Figures:
    """A unit's own figures, counted from its registers; blank where it keeps none."""
    row, unit = dossier
    window = counting.window(unit, row.year)
    figures = tally(
        FORMS[row.form], counting.entries(session, unit, row.year), window, counting.kept(session, unit, window.end)
    )
    # 立法法: below 设区的市 there is no power to make 规章, so there is nothing to declare.
    return figures | {cell: 0 for cell in NO_RULES if cell in figures}


def government_figures(session: Session, row: AnnualReport) -> Figures:
    """The sum of the reports now accepted below; the reports it was made of are put on the row."""
    row.inputs = rolling.inputs(session, row)
    form = FORMS[row.form]
    summed = from_array(form, rolling.of_inputs(session, row).figures)
    return {key: summed[key] for key in form.leaves}


def _told(session: Session, dossier: Dossier) -> dict[str, int]:
    row, unit = dossier
    if row.scope is Scope.ORGAN:
        return counting.facts(session, unit, row.year)
    return rolling.facts(session, row)


def _figures(row: AnnualReport, form: Form, compiled: Figures) -> list[CompileChange]:
    stands = from_array(form, row.figures)
    by_hand = {key for key in row.edited if compiled.get(key) != stands[key]}
    figures = with_sums(form, {key: stands[key] if key in by_hand else compiled[key] for key in form.leaves})
    before = from_array(form, row.compiled) if row.compiled else {}
    changes = []
    for cell in form.cells:
        key, edited = cell.key, cell.key in by_hand
        was, now = stands[key], compiled[key] if edited else figures[key]
        if was != now and not (edited and before.get(key) == now and row.compiled):
            values = shown(cell, was), shown(cell, now)
            changes.append(
                CompileChange(kind="figure", key=key, label=cell.label, was=values[0], now=values[1], edited=edited)
            )
    row.figures, row.compiled, row.edited = to_array(form, figures), to_array(form, compiled), sorted(by_hand)
    return changes


def _facts(row: AnnualReport, told: Mapping[str, int]) -> list[CompileChange]:
    changes = []
    kept: dict[str, Any] = {}
    for key, spec in FACTS.items():
        before = load(row.facts, key)
        after = before.compile(told.get(key))
        kept[key] = dump(after)
        now = after.compiled if after.edited else after.value
        if now != (before.compiled if after.edited else before.value):
            change = CompileChange(
                kind="fact", key=key, label=spec.label, was=before.value, now=now, edited=after.edited
            )
            changes.append(change)
    row.facts = kept
    return changes


def _sections(session: Session, dossier: Dossier, last_year: AnnualReport | None) -> list[CompileChange]:
    row = dossier.report
    material = Material(
        year=row.year,
        scope=row.scope,
        facts={key: load(row.facts, key).value for key in FACTS},
        figures=carrying.figures_of(row),
        last_problems=load(last_year.sections, Part.PROBLEMS.value).value if last_year else None,
        achieved=achievements.achieved(session, row),
    )
    drafted = drafting.sections(material)
    changes = []
    kept: dict[str, Any] = {}
    for part in Part:
        before = load(row.sections, part.value)
        after = before.compile(drafted[part])
        kept[part.value] = dump(after)
        now = after.compiled if after.edited else after.value
        if now != (before.compiled if after.edited else before.value):
            change = CompileChange(
                kind="section",
                key=part.value,
                label=PART_WORDS[part],
                was=before.value,
                now=now,
                edited=after.edited,
            )
            changes.append(change)
    row.sections = kept
    return changes
