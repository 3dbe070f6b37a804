"""Checks (勾稽关系): one engine for what is typed, imported, sent or rolled up. Pure."""

from collections.abc import Iterator

from taizhang.annual_reports.checks import arithmetic, ledger, prose, similarity, wording
from taizhang.annual_reports.checks.findings import CATALOGUE, Finding, Level, Report
from taizhang.annual_reports.checks.repairs import Repairs


def check(report: Report) -> list[Finding]:
    """Everything found, what blocks first, in the order of the catalogue."""
    order = list(CATALOGUE)
    return sorted(_findings(report), key=lambda each: (each.level is Level.WARN, order.index(each.rule)))


def _findings(report: Report) -> Iterator[Finding]:
    yield from _balances(report)
    yield from arithmetic.blank_cells(report)
    yield from arithmetic.disputes(report)
    yield from arithmetic.disclosure(report)
    yield from arithmetic.processing_fees(report)
    yield from prose.against_tables(report)
    yield from wording.years(report)
    yield from wording.required(report)
    yield from wording.unfinished(report)
    yield from similarity.with_last_year(report)
    yield from similarity.with_peers(report)
    yield from ledger.rolled_up(report)
    yield from ledger.recounted(report)


def _balances(report: Report) -> Iterator[Finding]:
    balances = arithmetic.balances(report)
    repairs = Repairs(report.form, report.figures, balances)
    for index, balance in enumerate(balances):
        if balance.residual:
            repair, fixes = repairs.hint(index)
            yield Finding(
                balance.equation.rule,
                CATALOGUE[balance.equation.rule].level,
                balance.equation.cells,
                arithmetic.describe(report, balance),
                balance.left,
                balance.right,
                repair,
                fixes=fixes,
            )
