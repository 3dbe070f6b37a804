"""Checking a stored report (年度报告核对): the one engine, given what the ledger knows to compare with."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from taizhang.annual_reports import carrying, counting, presenting, records, rolling, roster
from taizhang.annual_reports.carrying import Before
from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import (
    CATALOGUE,
    Finding,
    Ledger,
    Level,
    Peer,
    ProcessingFees,
    Report,
    Scope,
)
from taizhang.annual_reports.filing_schemas import ReportCheck, ReportFinding
from taizhang.annual_reports.forms import FORMS, from_array
from taizhang.annual_reports.models import AnnualReport, ReportWaiver
from taizhang.annual_reports.records import Dossier
from taizhang.annual_reports.report_schemas import FindingPublic
from taizhang.annual_reports.roster import Standing
from taizhang.annual_reports.sections import load, texts
from taizhang.core.problems import FieldError, Invalid

NEVER_WAIVED = frozenset({"A1", "A2", "A3", "A4", "B1"})
"""Arithmetic of the printed form: no reason makes it right."""
FEN_PER_YUAN = 100
MOST_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the reason given for letting it stand."""

    finding: Finding
    waiver: ReportWaiver | None

    @property
    def blocks(self) -> bool:
        return self.finding.level is Level.BLOCK and self.waiver is None


def findings(session: Session, dossier: Dossier, *, against_peers: bool = True) -> list[Found]:
    """Everything found on a report as it stands, with the reasons given."""
    reasons = [each for each in records.waivers(session, dossier.report.id) if each.withdrawn_at is None]
    return [
        Found(finding, next((each for each in reasons if covers(each, finding)), None))
        for finding in check(report(session, dossier, against_peers=against_peers))
    ]


def report(session: Session, dossier: Dossier, *, against_peers: bool) -> Report:
    """A stored report as the engine takes it, with what the ledger has to compare it with."""
    row = dossier.report
    earlier = carrying.before(session, row)
    return Report(
        FORMS[row.form],
        row.year,
        carrying.figures_of(row),
        scope=row.scope,
        texts=texts(row.sections),
        previous=carrying.figures_of(earlier.own) if earlier.own else None,
        previous_texts=texts(earlier.own.sections) if earlier.own else {},
        fees=_fees(row),
        ledger=_ledger(session, dossier, earlier, records.peers(session, row) if against_peers else ()),
    )


def _ledger(session: Session, dossier: Dossier, earlier: Before, peers: Iterable[tuple[str, Any]]) -> Ledger:
    row, unit = dossier
    government = row.scope is Scope.GOVERNMENT
    below = roster.children(session, unit, row.year) if government else []
    counted = [child.report_id for child in below if child.standing is Standing.COUNTED and child.report_id]
    form = FORMS[row.form]
    return Ledger(
        merged=tuple(carrying.figures_of(each) for each in earlier.merged),
        lines=records.lines(session, row.id),
        summed=from_array(form, rolling.total(session, form, counted).figures) if government else None,
        missing=tuple(child.unit.short_name for child in below if child.standing is Standing.MISSING),
        recounted=None if government else counting.recounted(session, unit, row.year, form),
        overdue=() if government else tuple(counting.overdue(session, unit, row.year)),
        peers=tuple(Peer(name, texts(sections)) for name, sections in peers),
    )


def _fees(row: AnnualReport) -> ProcessingFees | None:
    notices, notified, received = (load(row.facts, f"fees.{key}").value for key in ("notices", "notified", "received"))
    if notices is None or notified is None or received is None:
        return None
    return ProcessingFees(notices, notified * FEN_PER_YUAN, received * FEN_PER_YUAN)


def covers(waiver: ReportWaiver, finding: Finding) -> bool:
    """Whether a reason was given for this finding, with the numbers it has now."""
    return (
        waiver.rule == finding.rule
        and sorted(waiver.cells) == sorted(finding.cells)
        and waiver.sides == [finding.left, finding.right]
        and (bool(finding.cells) or waiver.message == finding.message)
    )


def check_report(session: Session, dossier: Dossier) -> ReportCheck:
    """The findings as they are shown."""
    found = findings(session, dossier)
    return ReportCheck(
        findings=[_public(each) for each in found],
        blocking=sum(each.blocks for each in found),
        warnings=sum(each.finding.level is Level.WARN and each.waiver is None for each in found),
    )


def _public(found: Found) -> ReportFinding:
    finding = found.finding
    return ReportFinding(
        **FindingPublic.model_validate(finding).model_dump(),
        key=key(finding),
        waivable=finding.rule not in NEVER_WAIVED,
        waiver=presenting.waiver(found.waiver) if found.waiver else None,
    )


def key(finding: Finding) -> str:
    """A name for a finding that stays while its rule, cells and words do."""
    told = "|".join((finding.rule, *sorted(finding.cells), finding.message))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def require_clear(session: Session, dossier: Dossier) -> None:
    """Refuse a report with findings in its way.

    Raises:
        Invalid: 422 ``report-blocked``, one error a finding, pointing at its first cell.
    """
    # Words like a neighbour's never stand in the way, and cost the most to look for.
    blocking = [each.finding for each in findings(session, dossier, against_peers=False) if each.blocks]
    if blocking:
        errors = [FieldError(_pointer(finding), finding.rule, finding.message) for finding in blocking]
        detail = f"有 {len(blocking)} 条不能放行的核对发现：{'；'.join(each.message for each in blocking[:3])}"
        raise Invalid("report-blocked", "核对没有通过", detail=detail, errors=errors[:MOST_ERRORS])


def _pointer(finding: Finding) -> str:
    if finding.cells:
        return f"#/figures/{finding.cells[0]}"
    if finding.passages:
        return f"#/sections/{finding.passages[0].part}"
    return "#/"


def one(found: Sequence[Found], rule: str, cells: Sequence[str]) -> Found | None:
    """The finding of that rule on these cells."""
    return next(
        (each for each in found if each.finding.rule == rule and sorted(each.finding.cells) == sorted(cells)), None
    )


def waivable(finding: Finding) -> bool:
    """Whether a reason may let it stand."""
    return finding.rule in CATALOGUE and finding.rule not in NEVER_WAIVED


def token(cell: str) -> str:
    """A key as part of a JSON pointer."""
    fit = cell[:100].encode("utf-8", "replace").decode()
    return fit.replace("~", "~0").replace("/", "~1")
