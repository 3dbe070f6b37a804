"""What colour an assignment shows, in the words people read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.lights import LightColour
from taizhang.progress.lights import Light, LightFacts, Reason, Thresholds, light

TODAY = date(2023, 9, 20)
THRESHOLDS = Thresholds(near_due_days=15, report_near_due_days=5)


def shown(facts: LightFacts, today: date = TODAY) -> Light:
    return light(facts, today, THRESHOLDS)


@pytest.mark.parametrize(
    ("facts", "colour", "words"),
    [
        (LightFacts("in_progress", due_on=date(2023, 8, 31)), "red", "逾期 20 天：应于 8月31日 完成"),
        (LightFacts("in_progress", due_on=date(2022, 12, 31)), "red", "逾期 263 天：应于 2022年12月31日 完成"),
        (
            LightFacts("continuing", report_due_on=date(2023, 9, 17), report_label="2023年9月"),
            "red",
            "9月填报已逾期 3 天",
        ),
        (LightFacts("in_progress", due_on=date(2023, 9, 30)), "yellow", "临近时限：9月30日，余 10 天"),
        (LightFacts("in_progress", due_on=TODAY), "yellow", "临近时限：9月20日，今日到期"),
        (
            LightFacts("continuing", report_due_on=date(2023, 9, 23), report_label="2023年第三季度"),
            "yellow",
            "第三季度填报临近：应 9月23日，余 3 天",
        ),
        (
            LightFacts(
                "completed",
                completed_on=date(2023, 9, 5),
                was_late=True,
                late_due_on=date(2023, 8, 31),
                late_done_on=date(2023, 9, 5),
            ),
            "yellow",
            "补办完成：应 8月31日，实 9月5日",
        ),
        (LightFacts("continuing", was_late=True), "yellow", "曾逾期补办"),
        (LightFacts("completed", completed_on=date(2023, 8, 25)), "green", "按时完成"),
        (LightFacts("in_progress", due_on=date(2023, 12, 31)), "green", "按时推进"),
        (LightFacts("not_started", due_on=date(2023, 12, 31)), "green", "按时推进"),
        (LightFacts("continuing", report_due_on=date(2023, 10, 8)), "blue", "持续推进，按期填报"),
        (LightFacts("not_started", report_due_on=date(2023, 10, 8)), "blue", "持续推进，按期填报"),
    ],
)
def test_every_light_comes_with_its_words(facts: LightFacts, colour: str, words: str) -> None:
    found = shown(facts)
    assert (found.colour, found.words) == (colour, words)


def test_the_due_day_itself_is_not_overdue_and_the_next_is() -> None:
    facts = LightFacts("in_progress", due_on=TODAY)
    assert shown(facts).colour is LightColour.YELLOW
    assert shown(facts, TODAY + timedelta(days=1)).colour is LightColour.RED


def test_near_begins_on_the_fifteenth_day_before() -> None:
    assert shown(LightFacts("in_progress", due_on=TODAY + timedelta(days=15))).reason is Reason.NEAR
    assert shown(LightFacts("in_progress", due_on=TODAY + timedelta(days=16))).reason is Reason.ON_TRACK


days = st.none() | st.dates(date(2022, 6, 1), date(2024, 12, 31))
facts = st.builds(
    LightFacts,
    state=st.sampled_from(["not_started", "in_progress", "continuing", "completed"]),
    due_on=days,
    completed_on=days,
    was_late=st.booleans(),
    report_due_on=days,
    report_label=st.sampled_from([None, "2023年9月"]),
    late_due_on=days,
    late_done_on=days,
)


@given(facts, st.dates(date(2023, 1, 1), date(2024, 3, 31)))
def test_what_was_late_is_never_green_and_what_is_overdue_is_red(facts: LightFacts, today: date) -> None:
    found = shown(facts, today)
    assert found.words
    assert not (facts.was_late and found.colour in (LightColour.GREEN, LightColour.BLUE))
    overdue = facts.due_on is not None and facts.due_on < today and facts.state != "completed"
    unreported = facts.report_due_on is not None and facts.report_due_on < today
    assert (found.colour is LightColour.RED) == (overdue or unreported)


@given(facts, st.dates(date(2023, 1, 1), date(2024, 3, 31)))
def test_as_days_pass_an_unfinished_assignment_only_grows_more_urgent(facts: LightFacts, today: date) -> None:
    order = [LightColour.BLUE, LightColour.GREEN, LightColour.YELLOW, LightColour.RED]
    now, later = shown(facts, today), shown(facts, today + timedelta(days=1))
    assert order.index(later.colour) >= order.index(now.colour)
