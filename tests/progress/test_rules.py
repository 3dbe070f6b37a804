"""When a period takes reports, what a report must hold, and where an assignment stands."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.progress.rules import (
    AssignmentFacts,
    ClaimedDuty,
    ClaimFact,
    ClaimOutcome,
    DutyFact,
    PeriodFact,
    Window,
    faults,
    is_late,
    settlement,
    standing,
)

AUGUST = Window(date(2023, 8, 1), date(2023, 9, 8), date(2023, 9, 20))
END_OF_AUGUST = date(2023, 8, 31)
TODAY = date(2023, 9, 20)
PERIODS = [PeriodFact(f"{month}月", date(2023, month + 1, 8)) for month in range(7, 12)]
DATED = DutyFact("公开目录", "date", END_OF_AUGUST)
ONGOING = DutyFact("持续更新", "continuous", None)


def met(duty: str, done_on: date | None, reported_on: date = date(2023, 8, 30)) -> ClaimFact[str]:
    return ClaimFact(duty, ClaimOutcome.MET, done_on, reported_on)


def said(duty: str, outcome: ClaimOutcome) -> ClaimFact[str]:
    return ClaimFact(duty, outcome, None, date(2023, 9, 5))


# -- periods


@pytest.mark.parametrize(
    ("day", "state", "refusal"),
    [
        (date(2023, 7, 31), "future", "period-not-open"),
        (date(2023, 8, 1), "open", None),
        (date(2023, 9, 8), "open", None),
        (date(2023, 9, 9), "late", None),
        (date(2023, 9, 20), "late", None),
        (date(2023, 9, 21), "closed", "period-closed"),
    ],
)
def test_august_is_reported_from_the_first_and_closes_on_the_twentieth_after(
    day: date, state: str, refusal: str | None
) -> None:
    assert AUGUST.state(day) == state
    assert AUGUST.refusal(day) == refusal


def test_a_late_permit_opens_a_closed_period_until_its_last_day() -> None:
    permitted = Window(AUGUST.opens_on, AUGUST.due_on, AUGUST.closes_on, permit_until=date(2023, 10, 10))
    assert permitted.refusal(date(2023, 10, 10)) is None
    assert permitted.refusal(date(2023, 10, 11)) == "period-closed"
    assert permitted.refusal(date(2023, 7, 1)) == "period-not-open"


def test_nothing_is_reported_on_a_plan_that_is_not_issued() -> None:
    draft = Window(AUGUST.opens_on, AUGUST.due_on, AUGUST.closes_on, plan_issued=False)
    assert draft.refusal(date(2023, 8, 10)) == "plan-not-issued"


def test_the_due_day_itself_is_in_time() -> None:
    assert not is_late(AUGUST.due_on, AUGUST.due_on)
    assert is_late(AUGUST.due_on + timedelta(days=1), AUGUST.due_on)
    assert not is_late(None, AUGUST.due_on)


# -- what a report must hold


def test_a_report_without_progress_cannot_go_in() -> None:
    assert [fault.code for fault in faults(" \n", [], [], TODAY)] == ["progress-empty"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (ClaimedDuty("date", END_OF_AUGUST, None, ClaimOutcome.MET, None, END_OF_AUGUST), []),
        (ClaimedDuty("date", END_OF_AUGUST, None, ClaimOutcome.MET, None, None), ["done-on-missing"]),
        (ClaimedDuty("setup", END_OF_AUGUST, None, ClaimOutcome.MET, None, None), ["done-on-missing"]),
        (ClaimedDuty("setup", None, None, ClaimOutcome.MET, None, None), []),
        (ClaimedDuty("date", END_OF_AUGUST, None, ClaimOutcome.PARTLY, None, None), []),
        (ClaimedDuty("date", END_OF_AUGUST, None, ClaimOutcome.MET, None, date(2023, 9, 21)), ["done-on-future"]),
        (ClaimedDuty("ratio", None, (">=", 50), ClaimOutcome.MET, None, None), ["figure-missing"]),
        (ClaimedDuty("ratio", None, (">=", 50), ClaimOutcome.MET, 50.0, None), []),
        (ClaimedDuty("ratio", None, (">=", 50), ClaimOutcome.MET, 49.9, None), ["threshold-not-reached"]),
        (ClaimedDuty("count", None, (">=", 1), ClaimOutcome.MET, None, END_OF_AUGUST), []),
        (ClaimedDuty("count", None, (">=", 1), ClaimOutcome.NOT_MET, 0.0, None), []),
        (ClaimedDuty("continuous", None, None, ClaimOutcome.MET, None, None), []),
    ],
)
def test_a_duty_claimed_met_needs_its_day_or_its_figure(claim: ClaimedDuty, expected: list[str]) -> None:
    assert [fault.code for fault in faults("已完成", [claim], [], TODAY)] == expected


def test_each_unanswered_point_is_named_by_its_place() -> None:
    found = faults("已完成", [], [True, False, True, False], TODAY)
    assert [(fault.pointer, fault.code) for fault in found] == [
        ("#/points/1/answer", "point-unanswered"),
        ("#/points/3/answer", "point-unanswered"),
    ]


# -- where an assignment stands


def settled(
    *claims: ClaimFact[str], reported: int = 0, duties: tuple[DutyFact[str], ...] = (DATED, ONGOING)
) -> AssignmentFacts[str]:
    return settlement(duties, claims, PERIODS, {period.id for period in PERIODS[:reported]})


def test_before_the_first_report_nothing_has_begun_and_july_is_owed() -> None:
    facts = settled()
    assert (facts.state, facts.due_on) == ("not_started", END_OF_AUGUST)
    assert (facts.report_period_id, facts.report_due_on) == ("7月", date(2023, 8, 8))


def test_a_report_moves_the_next_one_owed_even_if_that_opens_later() -> None:
    facts = settled(reported=2)
    assert (facts.state, facts.report_period_id) == ("in_progress", "9月")


def test_a_missed_month_stays_owed_whatever_is_reported_after_it() -> None:
    facts = settlement([DATED], [], PERIODS, {"8月", "9月"})
    assert facts.report_period_id == "7月"


def test_after_the_last_period_no_report_is_owed() -> None:
    assert settled(reported=len(PERIODS)).report_period_id is None


def test_with_the_dated_duty_done_only_what_goes_on_is_left() -> None:
    facts = settled(met("公开目录", date(2023, 8, 25)), reported=2)
    assert (facts.state, facts.due_on, facts.was_late) == ("continuing", None, False)


def test_done_after_its_day_it_was_late_for_good() -> None:
    assert settled(met("公开目录", date(2023, 9, 1)), reported=2).was_late


def test_all_met_is_completed_on_the_last_day_and_owes_nothing_more() -> None:
    facts = settled(met("公开目录", date(2023, 8, 25)), met("持续更新", None, date(2023, 12, 31)), reported=3)
    assert (facts.state, facts.completed_on) == ("completed", date(2023, 12, 31))
    assert facts.report_period_id is None


def test_a_duty_that_does_not_apply_holds_nothing_up_but_completes_nothing() -> None:
    facts = settled(said("公开目录", ClaimOutcome.NOT_APPLICABLE), reported=1, duties=(DATED,))
    assert (facts.state, facts.due_on, facts.completed_on) == ("continuing", None, None)


def test_met_again_next_month_it_was_met_when_first_said() -> None:
    stand = standing([met("甲", date(2023, 8, 20)), met("甲", date(2023, 9, 3))])
    assert stand.done_on == date(2023, 8, 20)


def test_the_latest_accepted_word_counts() -> None:
    claims = [met("甲", date(2023, 8, 20)), said("甲", ClaimOutcome.PARTLY), met("甲", date(2023, 9, 3))]
    assert standing(claims[:2]) == (ClaimOutcome.PARTLY, None)
    assert standing(claims).done_on == date(2023, 9, 3)


# -- properties

NAMES = st.sampled_from("甲乙丙丁戊")
DAYS = st.dates(date(2023, 7, 1), date(2024, 1, 31))
DUTIES = st.lists(
    st.builds(
        DutyFact,
        id=NAMES,
        kind=st.sampled_from(["date", "ratio", "count", "setup", "continuous", "event", "ban"]),
        due_on=st.none() | DAYS,
    ),
    unique_by=lambda duty: duty.id,
    max_size=5,
)
CLAIMS = st.lists(
    st.builds(
        ClaimFact,
        duty_id=NAMES,
        outcome=st.sampled_from(ClaimOutcome),
        done_on=st.none() | DAYS,
        reported_on=DAYS,
    ),
    max_size=12,
)
REPORTED = st.sets(st.sampled_from([period.id for period in PERIODS]))


@given(duties=DUTIES, claims=CLAIMS, reported=REPORTED)
def test_whatever_is_claimed_the_facts_agree_with_each_other(
    duties: list[DutyFact[str]], claims: list[ClaimFact[str]], reported: set[str]
) -> None:
    facts = settlement(duties, claims, PERIODS, reported)
    assert (facts.state == "completed") == (facts.completed_on is not None)
    assert (facts.report_period_id is None) == (facts.report_due_on is None)
    assert facts.report_period_id not in reported
    assert facts.due_on is None or facts.due_on in {duty.due_on for duty in duties}
    if facts.state == "completed":
        assert (facts.due_on, facts.report_due_on) == (None, None)
    if facts.due_on is not None and facts.state != "not_started":
        assert facts.state == "in_progress"


@given(duties=DUTIES, claims=CLAIMS, reported=REPORTED)
def test_claims_on_duties_that_do_not_apply_change_nothing(
    duties: list[DutyFact[str]], claims: list[ClaimFact[str]], reported: set[str]
) -> None:
    own = {duty.id for duty in duties}
    relevant = [claim for claim in claims if claim.duty_id in own]
    assert settlement(duties, claims, PERIODS, reported) == settlement(duties, relevant, PERIODS, reported)


@given(duties=DUTIES, claims=CLAIMS)
def test_reporting_more_never_moves_the_owed_report_backwards(
    duties: list[DutyFact[str]], claims: list[ClaimFact[str]]
) -> None:
    owed = [
        settlement(duties, claims, PERIODS, {period.id for period in PERIODS[:count]}).report_due_on
        for count in range(len(PERIODS) + 1)
    ]
    assert all(after is None or (before is not None and before < after) for before, after in pairwise(owed))


@given(claims=CLAIMS, duty=st.builds(DutyFact, id=st.just("甲"), kind=st.just("date"), due_on=DAYS))
def test_a_met_duty_is_late_exactly_when_its_day_was_after_the_limit(
    claims: list[ClaimFact[str]], duty: DutyFact[str]
) -> None:
    stand = standing(claim for claim in claims if claim.duty_id == "甲")
    facts = settlement([duty], claims, PERIODS, set())
    assert facts.was_late == (stand.done_on is not None and duty.due_on is not None and stand.done_on > duty.due_on)
