"""Arithmetic of a year (年度汇总): sums of counts, never means of rates, every rate with its denominator. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taizhang.core.lights import LightColour
from taizhang.progress.rules import FINITE_KINDS, ClaimOutcome

STATES = ("not_started", "in_progress", "continuing", "completed")


class Verdict(StrEnum):
    """What became of a duty."""

    MET = "met"
    NOT_MET = "not_met"
    ONGOING = "ongoing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ReportFact:
    """One period of one assignment, of which a report was expected."""

    handed_in: bool
    on_time: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class AssignmentFact:
    """One assignment with what was expected of it and what became of its duties."""

    unit: str
    state: str
    light: str
    reports: Sequence[ReportFact]
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class Rate:
    """Both numbers, and their quotient unless there is nothing to divide by."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        return round(self.numerator / self.denominator, 4) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of some assignments."""

    states: Mapping[str, int]
    lights: Mapping[str, int]
    on_time: Rate
    accepted: Rate
    verdicts: Mapping[Verdict, int]


def expected(*, starts_on: date, due_on: date, handed_in: bool, completed_on: date | None, today: date) -> bool:
    """Whether a report on a period counts: it was handed in, or it is past due and the work was not done before."""
    if handed_in:
        return True
    return due_on < today and (completed_on is None or completed_on >= starts_on)


def verdict(kind: str, due_on: date | None, outcome: ClaimOutcome | None, *, year: int, today: date) -> Verdict:
    """What became of a duty by the last accepted word on it: a duty without a day of its own has the year.

    What goes on all year and was said to be going on stays so; anything else unmet on its day is not met.
    """
    if outcome is ClaimOutcome.MET:
        return Verdict.MET
    if outcome is ClaimOutcome.NOT_APPLICABLE:
        return Verdict.NOT_APPLICABLE
    if outcome is ClaimOutcome.NOT_MET:
        return Verdict.NOT_MET
    endless = kind not in FINITE_KINDS and due_on is None
    if endless and outcome is ClaimOutcome.ONGOING:
        return Verdict.ONGOING
    return Verdict.NOT_MET if (due_on or date(year, 12, 31)) < today else Verdict.ONGOING


def stats(facts: Iterable[AssignmentFact]) -> Stats:
    """Count some assignments. On time is of the reports expected, accepted is of those handed in."""
    counted = list(facts)
    reports = [report for fact in counted for report in fact.reports]
    handed_in = sum(report.handed_in for report in reports)
    states = Counter(fact.state for fact in counted)
    lights = Counter(fact.light for fact in counted)
    verdicts = Counter(each for fact in counted for each in fact.verdicts)
    return Stats(
        states={state: states[state] for state in STATES},
        lights={colour.value: lights[colour.value] for colour in LightColour},
        on_time=Rate(sum(report.on_time for report in reports), len(reports)),
        accepted=Rate(sum(report.accepted for report in reports), handed_in),
        verdicts={each: verdicts[each] for each in Verdict},
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit handed in over the year."""

    unit: str
    assignments: int
    owed: int
    submitted: int
    accepted: int


def standings(facts: Iterable[AssignmentFact]) -> list[Standing]:
    """Each unit that has assignments, in the order met; ``owed`` are reports expected and never handed in."""
    by_unit: dict[str, list[AssignmentFact]] = {}
    for fact in facts:
        by_unit.setdefault(fact.unit, []).append(fact)
    found = []
    for unit, held in by_unit.items():
        reports = [report for fact in held for report in fact.reports]
        submitted = sum(report.handed_in for report in reports)
        accepted = sum(report.accepted for report in reports)
        found.append(Standing(unit, len(held), len(reports) - submitted, submitted, accepted))
    return found
