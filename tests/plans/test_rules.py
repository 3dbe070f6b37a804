"""A plan's year: its periods, its parts, its steps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from taizhang.plans.rules import (
    earliest,
    lost_words,
    new_dates,
    period_state,
    periods,
    plan_actions,
    shifted,
    stronger,
    task_actions,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONTH_DAYS = st.integers(1, 31)


@given(st.integers(2020, 2030), st.sampled_from(["month", "quarter"]), DAYS, MONTH_DAYS, MONTH_DAYS)
def test_periods_cover_the_rest_of_the_year_without_gaps(year: int, cycle: str, first: date, a: int, b: int) -> None:
    found = periods(year, cycle, first, due_day=min(a, b), closes_day=max(a, b))
    assert found[-1].ends_on == date(year, 12, 31)
    assert [period.position for period in found] == list(range(1, len(found) + 1))
    for before, after in zip(found, found[1:], strict=False):
        assert (after.starts_on - before.ends_on).days == 1
    for period in found:
        assert period.opens_on == period.starts_on <= period.ends_on < period.due_on <= period.closes_on
    if first.year == year:
        assert found[0].starts_on <= first <= found[0].ends_on


def test_a_notice_of_july_reports_from_july() -> None:
    found = periods(2023, "month", date(2023, 7, 7), due_day=8, closes_day=20)
    assert [period.label for period in found[:2]] == ["2023年7月", "2023年8月"]
    assert (found[1].due_on, found[1].closes_on) == (date(2023, 9, 8), date(2023, 9, 20))
    assert found[-1].due_on == date(2024, 1, 8)
    assert [p.label for p in periods(2023, "quarter", date(2023, 7, 7), due_day=8, closes_day=20)] == [
        "2023年第3季度",
        "2023年第4季度",
    ]


def test_a_period_goes_through_its_states_in_order() -> None:
    dates = (date(2023, 8, 1), date(2023, 9, 8), date(2023, 9, 20))
    days = [date(2023, 7, 31), *dates[:1], dates[1], date(2023, 9, 9), dates[2], date(2023, 9, 21)]
    assert [period_state(*dates, day) for day in days] == ["future", "open", "open", "late", "late", "closed"]


def test_the_lead_outweighs_the_others_and_a_name_a_collective_word() -> None:
    assert stronger(("responsible", True), ("lead", False)) == ("lead", False)
    assert stronger(("responsible", False), ("responsible", True)) == ("responsible", True)


@given(DAYS, st.integers(-5, 5))
def test_a_day_shifts_to_the_same_day_of_another_year(day: date, years: int) -> None:
    moved = shifted(day, years)
    assert moved is not None
    assert (moved.year, moved.month) == (day.year + years, day.month)
    assert moved.day == day.day or (day.month, day.day, moved.day) == (2, 29, 28)


def test_the_earliest_of_none_is_none() -> None:
    assert earliest([None, None]) is None
    assert earliest([date(2023, 9, 30), None, date(2023, 8, 31)]) == date(2023, 8, 31)


def test_only_a_draft_is_issued_and_only_an_issued_plan_closed() -> None:
    assert plan_actions("draft", may_write=True, may_issue=True) == ["edit", "issue"]
    assert plan_actions("issued", may_write=True, may_issue=True) == ["close", "copy"]
    assert plan_actions("issued", may_write=False, may_issue=False) == []


def test_a_tasks_words_are_open_before_it_is_issued_and_its_origin_until_it_is_closed() -> None:
    found = {status: task_actions(status, may_write=True) for status in ("draft", "issued", "closed")}
    assert found == {"draft": ["edit", "link"], "issued": ["link"], "closed": []}
    assert task_actions("draft", may_write=False) == []


@given(st.text(max_size=20), st.text(max_size=20), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_a_requirement_is_lost_only_if_its_words_are(old: str, new: str, duties: list[str]) -> None:
    assert lost_words(old, None, duties) == []
    assert lost_words(old, "".join(duties) + new, duties) == []
    assert lost_words(old, new, [old]) == []
    assert all(text not in new for text in lost_words(old, new, duties))


@given(st.lists(DAYS, max_size=4), st.lists(DAYS, max_size=4))
def test_deadlines_change_one_for_one_or_a_single_one_comes_or_goes(before: list[date], after: list[date]) -> None:
    allowed = len(before) == len(after) or (not before and len(after) == 1) or (not after and len(before) == 1)
    assert new_dates(before, after) == allowed
