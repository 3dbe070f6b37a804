"""上年结转: what last year's reports left open, and so what this year's begins with. Nobody types it."""

from typing import NamedTuple

from sqlmodel import Session

from taizhang.annual_reports import records
from taizhang.annual_reports.forms import FORMS, Figures, from_array
from taizhang.annual_reports.forms.official import CARRIED_IN, CARRIED_OUT, PARTY_COLUMNS
from taizhang.annual_reports.models import AnnualReport


class Before(NamedTuple):
    """Last year's report of the same unit, and those of units merged into it since."""

    own: AnnualReport | None
    merged: tuple[AnnualReport, ...]

    @property
    def all(self) -> tuple[AnnualReport, ...]:
        return (*((self.own,) if self.own else ()), *self.merged)


def before(session: Session, report: AnnualReport) -> Before:
    """The reports this one carries on from, once accepted."""
    return Before(records.previous(session, report), tuple(records.merged(session, report)))


def figures_of(report: AnnualReport) -> Figures:
    """A report's figures by cell."""
    return from_array(FORMS[report.form], report.figures)


def carried(earlier: Before) -> dict[str, int]:
    """上年结转 by cell: the 结转下年度 of last year, added up where units were merged; only what all of them say."""
    found: dict[str, int] = {}
    for column in PARTY_COLUMNS if earlier.all else ():
        left = [figures_of(report).get(f"t3.{CARRIED_OUT}.{column}") for report in earlier.all]
        known = [value for value in left if value is not None]
        if len(known) == len(left):
            found[f"t3.{CARRIED_IN}.{column}"] = sum(known)
    return found
