"""The year's arithmetic: parts add up to wholes, and nothing is divided by nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.annual_reports.rules import (
    STATES,
    AssignmentFact,
    Rate,
    ReportFact,
    Verdict,
    expected,
    standings,
    stats,
    verdict,
)
from taizhang.progress.rules import ClaimOutcome

YEAR_END = date(2023, 12, 31)


def handed(on_time: bool, accepted: bool) -> ReportFact:
    return ReportFact(handed_in=True, on_time=on_time, accepted=accepted)


reports = st.builds(handed, st.booleans(), st.booleans()) | st.just(ReportFact(False, False, False))
facts = st.builds(
    AssignmentFact,
    unit=st.sampled_from(["财政", "民政", "大山坪"]),
    state=st.sampled_from(STATES),
    light=st.sampled_from(["red", "yellow", "green", "blue"]),
    reports=st.lists(reports, max_size=6),
    verdicts=st.lists(st.sampled_from(list(Verdict)), max_size=6),
)


@given(st.lists(st.lists(facts, max_size=8), max_size=5))
def test_the_sum_of_the_categories_is_the_total(categories: list[list[AssignmentFact]]) -> None:
    parts = [stats(category) for category in categories]
    whole = stats(fact for category in categories for fact in category)
    for name in ("states", "lights", "verdicts"):
        for key, number in getattr(whole, name).items():
            assert sum(getattr(part, name)[key] for part in parts) == number
    for name in ("on_time", "accepted"):
        rate: Rate = getattr(whole, name)
        assert sum(getattr(part, name).numerator for part in parts) == rate.numerator
        assert sum(getattr(part, name).denominator for part in parts) == rate.denominator


@given(st.lists(facts, max_size=10))
def test_every_assignment_and_duty_is_counted_once(counted: list[AssignmentFact]) -> None:
    found = stats(counted)
    assert sum(found.states.values()) == sum(found.lights.values()) == len(counted)
    assert sum(found.verdicts.values()) == sum(len(fact.verdicts) for fact in counted)


@given(st.lists(facts, max_size=10))
def test_a_rate_is_between_nothing_and_all_or_absent(counted: list[AssignmentFact]) -> None:
    found = stats(counted)
    for rate in (found.on_time, found.accepted):
        assert (rate.value is None) == (rate.denominator == 0)
        assert rate.value is None or 0 <= rate.value <= 1


@given(st.lists(facts, max_size=10))
def test_the_roster_holds_each_unit_once_and_adds_up(counted: list[AssignmentFact]) -> None:
    found = standings(counted)
    assert len({each.unit for each in found}) == len(found)
    assert sum(each.assignments for each in found) == len(counted)
    assert sum(each.owed + each.submitted for each in found) == stats(counted).on_time.denominator
    assert sum(each.accepted for each in found) == stats(counted).accepted.numerator


@pytest.mark.parametrize(
    ("handed_in", "completed_on", "today", "owed"),
    [
        (False, None, date(2023, 10, 8), False),
        (False, None, date(2023, 10, 9), True),
        (True, None, date(2023, 9, 2), True),
        (False, date(2023, 8, 31), date(2023, 10, 9), False),
        (False, date(2023, 9, 1), date(2023, 10, 9), True),
        (True, date(2023, 8, 31), date(2023, 10, 9), True),
    ],
)
def test_a_report_is_expected_once_past_due_unless_the_work_was_done(
    handed_in: bool, completed_on: date | None, today: date, owed: bool
) -> None:
    september = {"starts_on": date(2023, 9, 1), "due_on": date(2023, 10, 8)}
    assert expected(**september, handed_in=handed_in, completed_on=completed_on, today=today) is owed


@pytest.mark.parametrize(
    ("kind", "due_on", "outcome", "today", "found"),
    [
        ("date", date(2023, 8, 31), ClaimOutcome.MET, YEAR_END, Verdict.MET),
        ("date", date(2023, 8, 31), None, date(2023, 8, 31), Verdict.ONGOING),
        ("date", date(2023, 8, 31), None, date(2023, 9, 1), Verdict.NOT_MET),
        ("ratio", None, ClaimOutcome.PARTLY, date(2023, 9, 1), Verdict.ONGOING),
        ("ratio", None, ClaimOutcome.ONGOING, date(2024, 1, 1), Verdict.NOT_MET),
        ("continuous", None, ClaimOutcome.ONGOING, date(2024, 1, 1), Verdict.ONGOING),
        ("continuous", None, None, date(2023, 9, 1), Verdict.ONGOING),
        ("continuous", None, None, date(2024, 1, 1), Verdict.NOT_MET),
        ("conditional", None, ClaimOutcome.NOT_APPLICABLE, date(2024, 1, 1), Verdict.NOT_APPLICABLE),
        ("count", None, ClaimOutcome.NOT_MET, date(2023, 9, 1), Verdict.NOT_MET),
    ],
)
def test_a_duty_is_judged_by_its_last_accepted_word_and_its_day(
    kind: str, due_on: date | None, outcome: ClaimOutcome | None, today: date, found: Verdict
) -> None:
    assert verdict(kind, due_on, outcome, year=2023, today=today) is found
