"""Rolling up (逐级汇总): a government's figures from its direct children's, so that the cost at any level is that of
its children and not of the units below them."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from taizhang.annual_reports import records, roster
from taizhang.annual_reports.forms import FORMS, Form, form_of_year, from_array, present, shown
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.procedure import FINAL
from taizhang.annual_reports.roster import Standing
from taizhang.annual_reports.sum_schemas import CellCount, ReportSums
from taizhang.calendars.workdays import Calendar
from taizhang.units.models import Unit, UnitKind

Array = list[int | None]


class Sum(NamedTuple):
    """A sum cell by cell: NULL where nothing but blanks was added; how many figures went into each."""

    figures: Array
    counted: list[int]
    reports: int


def total(session: Session, form: Form, report_ids: Sequence[uuid.UUID]) -> Sum:
    """Add up reports cell by cell.

    The arrays are read and added here: a statement of two sums a cell takes longer to plan than these to be read.
    """
    if not report_ids:
        return added([], len(form.cells))
    statement = text("SELECT figures FROM annual_report WHERE id = ANY(:ids) AND cardinality(figures) = :cells")
    found = session.connection().execute(statement, {"ids": list(report_ids), "cells": len(form.cells)})
    return added([row.figures for row in found], len(form.cells))


def added(arrays: Sequence[Array], cells: int) -> Sum:
    """The sum of figures as arrays; a cell that is blank everywhere stays blank."""
    known = [[value for value in column if value is not None] for column in zip(*arrays, strict=True)]
    columns = known or [[] for _ in range(cells)]
    return Sum([sum(each) if each else None for each in columns], [len(each) for each in columns], len(arrays))


def sums(session: Session, top: Unit, year: int, calendar: Calendar, *, today: date) -> ReportSums:
    """What the direct children's accepted reports add up to now; of a unit that is no government, its own report."""
    listed = roster.roster(session, top, year, calendar, today=today)
    form = FORMS[form_of_year(year)]
    counted = listed.counted
    if top.kind is not UnitKind.GOVERNMENT and listed.own and listed.own.state in FINAL:
        counted = [listed.own]
    found = total(session, form, [unit.report_id for unit in counted if unit.report_id])
    lines = (
        records.lines(session, listed.government.report_id) if listed.government and listed.government.report_id else {}
    )
    return ReportSums(
        roster=listed,
        figures=present(form, from_array(form, found.figures)),
        cells={
            cell.key: CellCount(counted=number, blank=found.reports - number)
            for cell, number in zip(form.cells, found.counted, strict=True)
        },
        adjusted={key: shown(form.by_key[key], delta) for key, delta in lines.items()},
    )


def inputs(session: Session, report: AnnualReport) -> list[Any]:
    """The reports a government's sum is made of now, each in its version, as they are kept on the row."""
    top = session.get_one(Unit, report.unit_id)
    found = roster.children(session, top, report.year)
    return [child.input().model_dump(mode="json") for child in found if child.standing is Standing.COUNTED]


def of_inputs(session: Session, report: AnnualReport) -> Sum:
    """The sum of a report's recorded inputs as they stand now."""
    return total(session, FORMS[report.form], [uuid.UUID(each["report_id"]) for each in report.inputs])


def values(session: Session, report_ids: Sequence[uuid.UUID], place: int) -> dict[uuid.UUID, int | None]:
    """One cell of several reports."""
    statement = text("SELECT id, figures[:place] AS value FROM annual_report WHERE id = ANY(:ids)")
    found = session.connection().execute(statement, {"ids": list(report_ids), "place": place + 1})
    return {row.id: row.value for row in found}


def facts(session: Session, report: AnnualReport) -> dict[str, int]:
    """Facts of part 一 added up over the recorded inputs; those nobody stated are left out."""
    statement = text(
        "SELECT key, sum((fact ->> 'value')::bigint)::bigint AS value "
        "FROM annual_report, jsonb_each(facts) AS f(key, fact) "
        "WHERE id = ANY(:ids) AND fact ->> 'value' IS NOT NULL GROUP BY key"
    )
    ids = [uuid.UUID(each["report_id"]) for each in report.inputs]
    return {row.key: row.value for row in session.connection().execute(statement, {"ids": ids})}
