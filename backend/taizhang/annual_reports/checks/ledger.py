"""Checks against the ledger (D、F): the reports summed up in a government's, and the register the cases are in."""

from collections.abc import Iterator

from taizhang.annual_reports.checks.findings import CATALOGUE, Finding, Level, Report, Scope
from taizhang.annual_reports.forms import Figures, shown
from taizhang.annual_reports.forms.official import CARRIED_IN, CARRIED_OUT, PARTY_COLUMNS

LISTED = 10


def rolled_up(report: Report) -> Iterator[Finding]:
    """D1 and D2, for a government's report: what was added up, and what was not there to add."""
    if report.ledger is None or report.scope is not Scope.GOVERNMENT:
        return
    missing = report.ledger.missing
    if missing:
        message = f"编制范围内有 {len(missing)} 个单位的报告还没有通过，汇总不全：{_named(missing)}"
        yield Finding("D2", CATALOGUE["D2"].level, (), message, len(missing), 0)
    if report.ledger.summed is not None:
        yield from _differences(report, report.ledger.summed, report.ledger.lines)


def _differences(report: Report, summed: Figures, lines: Figures) -> Iterator[Finding]:
    for key in report.form.leaves:
        cell = report.form.by_key[key]
        below, line = summed.get(key), lines.get(key) or 0
        due = None if below is None and not line else (below or 0) + line
        here = report.figures.get(key)
        if here is None or here == due or (due is None and here == 0):
            continue
        words = f"各份报告之和是 {shown(cell, below or 0)}" + (f"，调整 {shown(cell, line)}" if line else "")
        # Documents issued jointly are counted once in the sum and by each of their organs: table 二 may differ.
        level = Level.WARN if key.startswith("t2.") else Level.BLOCK
        message = f"“{cell.label}”是 {shown(cell, here)}，{words}"
        yield Finding("D1", level, (key,), message, shown(cell, here), shown(cell, due or 0))


def recounted(report: Report) -> Iterator[Finding]:
    """F1 and F2: the tables as their cases have them. 上年结转 is last year's report's business (A5)."""
    if report.ledger is None:
        return
    for key, counted in (report.ledger.recounted or {}).items():
        here = report.figures.get(key)
        if key.startswith(f"t3.{CARRIED_IN}.") or here is None or counted is None or here == counted:
            continue
        cell = report.form.by_key[key]
        sides = shown(cell, here), shown(cell, counted)
        # Every case must be registered; that every document and decision is, no rule says.
        level = Level.BLOCK if key.startswith("t3.") else Level.WARN
        message = f"“{cell.label}”是 {sides[0]}，台账里是 {sides[1]}"
        yield Finding("F1", level, (key,), message, *sides)
    overdue = report.ledger.overdue
    if overdue:
        cells = tuple(f"t3.{CARRIED_OUT}.{column}" for column in (*PARTY_COLUMNS, "total"))
        message = f"结转下年度的申请里有 {len(overdue)} 件在年底前已经逾期没有答复：{_named(overdue)}"
        yield Finding("F2", CATALOGUE["F2"].level, cells, message, len(overdue), 0)


def _named(names: tuple[str, ...]) -> str:
    words = "、".join(names[:LISTED])
    return words if len(names) <= LISTED else f"{words}等 {len(names)} 个"
