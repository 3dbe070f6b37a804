"""Compiling a government's report (逐级汇总): the cost at each level is that of its children, whatever lies below."""

import statistics
import time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, event, text
from sqlmodel import Session, select

from taizhang.annual_reports import compiling
from taizhang.annual_reports.forms import FORM_2021
from taizhang.annual_reports.models import AnnualReport
from taizhang.core.database import SYSTEM, GuardedSession

YEAR = 2022
# Levels over one another: a root, twenty governments in it, a hundred units in each of them.
GOVERNMENTS, UNITS = 20, 100
CELLS = len(FORM_2021.cells)

UNIT = """
INSERT INTO unit (code, name, short_name, kind, path, position, holds_tasks, counts_in_report)
SELECT 'b' || path, path, path, kind, path, 0, true, true FROM (
    SELECT 'zzzz' AS path, 'government' AS kind
    UNION ALL SELECT 'zzzz' || lpad(g::text, 4, '0'), 'government' FROM generate_series(1, :governments) g
    UNION ALL SELECT 'zzzz' || lpad(g::text, 4, '0') || lpad(u::text, 4, '0'), 'department'
    FROM generate_series(1, :governments) g, generate_series(1, :units) u
) made
"""
PARENT = """
UPDATE unit SET parent_id = above.id FROM unit above
WHERE unit.path LIKE 'zzzz%' AND above.path = left(unit.path, -4)
"""
REPORT = """
INSERT INTO annual_report (unit_id, unit_path, year, scope, form, state, figures, edited, facts, sections, inputs,
                           revision, created_by, created_at, updated_at)
SELECT id, path, :year, CASE kind WHEN 'government' THEN 'government' ELSE 'organ' END, '2021', 'accepted',
       array_fill(3::bigint, ARRAY[:cells]), '[]', '{}', '{}', '[]', 1, :author, now(), now()
FROM unit WHERE path LIKE 'zzzz%'
"""


def report(engine: Engine, author: UUID, *, rounds: int) -> None:
    """Print what it takes; nothing is kept."""
    with engine.connect() as connection, connection.begin() as transaction:
        _load(connection, author)
        with GuardedSession(connection) as session:
            session.context = SYSTEM
            for words, path, below in (
                ("区县，100 个单位", "zzzz0001", UNITS),
                ("市，20 个区县、2,000 个单位", "zzzz", GOVERNMENTS),
            ):
                row = session.exec(select(AnnualReport).where(AnnualReport.unit_path == path)).one()
                taken = [_compile(session, row, below) for _ in range(rounds + 1)][1:]
                print(f"汇总{words:<20}        {statistics.median(taken):8.2f} 毫秒 SQL（目标 ≤ 5）", flush=True)
        transaction.rollback()


def _load(connection: Connection, author: UUID) -> None:
    connection.execute(text(UNIT), {"governments": GOVERNMENTS, "units": UNITS})
    connection.execute(text(PARENT))
    connection.execute(text(REPORT), {"year": YEAR, "cells": CELLS, "author": author})
    connection.exec_driver_sql("ANALYZE unit")
    connection.exec_driver_sql("ANALYZE annual_report")


def _compile(session: Session, row: AnnualReport, below: int) -> float:
    """Milliseconds in the database."""
    taken: list[float] = []

    def begin(*_: Any) -> None:
        taken.append(-time.perf_counter())

    def end(*_: Any) -> None:
        taken[-1] += time.perf_counter()

    connection = session.connection()
    for name, listener in (("before_cursor_execute", begin), ("after_cursor_execute", end)):
        event.listen(connection, name, listener)
    figures = compiling.government_figures(session, row)
    for name, listener in (("before_cursor_execute", begin), ("after_cursor_execute", end)):
        event.remove(connection, name, listener)
    assert figures["t3.r1.natural"] == 3 * below
    return 1000 * sum(taken)
