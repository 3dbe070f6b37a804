"""The clock: golden values of the 条例's terms, what stops and restarts them, and the laws they keep."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.calendars.clock import (
    Arrival,
    DayStatus,
    Extension,
    Fault,
    ImpossibleClock,
    Pause,
    Question,
    faults,
    months_later,
    reckon,
    under_rule,
)
from taizhang.calendars.rules import RULES, Channel, Term, TermUnit, received_on
from taizhang.calendars.workdays import Calendar, DayKind, SpecialDay, is_weekend
from tests.calendars.strategies import AMOUNTS, CALENDAR, STARTS, asked, due, pauses

GOLDEN = [
    ("2023-07-07", 20, "2023-08-04"),
    ("2023-09-25", 20, "2023-10-27"),
    ("2023-09-25", 40, "2023-11-24"),
    ("2023-09-28", 7, "2023-10-13"),
    ("2023-12-15", 20, "2024-01-15"),
    ("2024-01-22", 20, "2024-02-22"),
    ("2025-01-20", 7, "2025-02-05"),
    ("2025-01-20", 20, "2025-02-21"),
    ("2025-04-21", 20, "2025-05-21"),
    ("2026-02-11", 15, "2026-03-10"),
    ("2026-02-11", 20, "2026-03-17"),
    ("2026-09-18", 7, "2026-09-29"),
    ("2026-12-01", 20, "2026-12-29"),
]
REPLY = RULES["K5"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def reply(start: str, **rest: object) -> Question:
    """An application received that day, to be answered in 20 working days."""
    return Question(day(start), Term(20, TermUnit.WORKDAY), REPLY, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "amount", "expected"), GOLDEN)
def test_golden_values(start: str, amount: int, expected: str) -> None:
    reckoning = reckon(asked(day(start), amount), CALENDAR)
    assert (reckoning.due_on, reckoning.known) == (day(expected), True)


@pytest.mark.parametrize(
    ("key", "start", "expected"),
    [
        ("K1", "2023-09-25", "2023-10-27"),
        ("K2", "2023-09-28", "2023-10-13"),
        ("K4", "2026-02-11", "2026-03-10"),
        ("K5", "2023-09-25", "2023-10-27"),
        ("K6", "2023-10-27", "2023-11-24"),
        ("K8", "2026-02-11", "2026-03-10"),
        ("K10", "2025-01-20", "2025-02-21"),
        ("K11", "2025-04-21", "2025-05-21"),
    ],
)
def test_each_rule_runs_its_own_term(key: str, start: str, expected: str) -> None:
    rule = RULES[key]
    assert rule.term is not None
    assert reckon(Question(day(start), rule.term, rule), CALENDAR).due_on == day(expected)


def test_day_one_is_the_next_working_day() -> None:
    counted = [each for each in reckon(asked(day("2026-09-18"), 7), CALENDAR).days if each.number == 1]
    assert (counted[0].on, counted[0].status) == (day("2026-09-20"), DayStatus.MAKE_UP)


def test_a_correction_starts_the_reply_anew() -> None:
    assert reckon(reply("2023-09-01", restarts=[day("2023-09-25")]), CALENDAR).due_on == day("2023-10-27")


def test_a_consultation_stops_the_clock_from_the_day_after_it_was_asked_to_the_day_of_the_answer() -> None:
    stopped = reckon(reply("2023-09-25", pauses=[Pause(day("2023-10-09"), day("2023-10-20"))]), CALENDAR)
    assert stopped.counted_by(day("2023-10-09")) == 6
    assert [each.on for each in stopped.days if each.number == 7][0] == day("2023-10-23")
    assert stopped.due_on == day("2023-11-09")


def test_working_days_are_carried_over_a_pause_and_not_calendar_days() -> None:
    over_the_holiday = reply("2023-09-25", pauses=[Pause(day("2023-09-28"), day("2023-10-06"))])
    assert reckon(over_the_holiday, CALENDAR).due_on == day("2023-10-27")


def test_while_no_opinion_has_come_the_clock_stands_still() -> None:
    standing = reply("2023-09-25", pauses=[Pause(day("2023-10-09"), None)])
    reckoning = reckon(standing, CALENDAR)
    assert (reckoning.due_on, reckoning.total - reckoning.counted_by(day("2023-12-01"))) == (None, 14)


def test_an_extension_adds_its_working_days_to_the_end() -> None:
    extended = reply("2023-09-25", extensions=[Extension(20, day("2023-10-27"))])
    assert reckon(extended, CALENDAR).due_on == day("2023-11-24")


def test_forty_under_the_reply_rule_are_twenty_and_twenty() -> None:
    assert under_rule(REPLY, Term(40, TermUnit.WORKDAY), ()) == (REPLY.term, [Extension(20)])
    assert under_rule(REPLY, Term(41, TermUnit.WORKDAY), ()) == (Term(41, TermUnit.WORKDAY), ())
    assert under_rule(None, Term(40, TermUnit.WORKDAY), ()) == (Term(40, TermUnit.WORKDAY), ())


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [("2023-08-31", 1, "2023-09-30"), ("2024-01-31", 1, "2024-02-29"), ("2023-12-15", 1, "2024-01-15")],
)
def test_a_month_ends_on_the_same_day_or_the_last_of_a_shorter_one(start: str, months: int, expected: str) -> None:
    assert months_later(day(start), months) == day(expected)
    assert reckon(Question(day(start), Term(months, TermUnit.MONTH)), CALENDAR).due_on == day(expected)


def test_days_of_the_calendar_count_every_day() -> None:
    assert reckon(Question(day("2023-09-25"), Term(30, TermUnit.DAY)), CALENDAR).due_on == day("2023-10-25")


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        (Channel.IN_PERSON, "2023-09-25"),
        (Channel.POST, "2023-09-25"),
        (Channel.ORDINARY_MAIL, "2023-09-26"),
        (Channel.INTERNET, "2023-09-26"),
        (Channel.FAX, "2023-09-26"),
    ],
)
def test_the_day_of_receipt_follows_the_channel(channel: Channel, expected: str) -> None:
    assert received_on(channel, day("2023-09-25"), day("2023-09-26")) == day(expected)


def test_unconfirmed_an_application_by_internet_is_not_received() -> None:
    assert received_on(Channel.INTERNET, day("2023-09-25"), None) is None


def test_a_year_without_notice_is_flagged_and_counted_by_weekends() -> None:
    reckoning = reckon(asked(day("2026-12-20"), 20), CALENDAR)
    assert (reckoning.due_on, reckoning.known, reckoning.unknown_from) == (
        day("2027-01-15"),
        False,
        day("2027-01-01"),
    )
    assert reckon(asked(day("2026-12-01"), 22), CALENDAR).known


P, E = Pause, Extension
IMPOSSIBLE = {
    "补正早于收到": (reply("2023-09-25", restarts=[day("2023-09-24")]), "restart/0", "restart-before-start"),
    "征求意见早于收到": (
        reply("2023-09-25", pauses=[P(day("2023-09-24"), day("2023-09-26"))]),
        "pause/0",
        "pause-before-start",
    ),
    "止早于起": (
        reply("2023-09-25", pauses=[P(day("2023-09-28"), day("2023-09-27"))]),
        "pause/0",
        "pause-crossed",
    ),
    "两段重叠": (
        reply(
            "2023-09-25",
            pauses=[P(day("2023-10-12"), day("2023-10-20")), P(day("2023-10-09"), day("2023-10-13"))],
        ),
        "pause/0",
        "pause-overlap",
    ),
    "未完又征求": (
        reply("2023-09-25", pauses=[P(day("2023-10-09"), None), P(day("2023-10-20"), day("2023-10-23"))]),
        "pause/1",
        "pause-overlap",
    ),
    "两次延期": (reply("2023-09-25", extensions=[E(10), E(10)]), "extend/1", "extension-twice"),
    "延期过长": (reply("2023-09-25", extensions=[E(21)]), "extend/0", "extension-too-long"),
    "届满才延期": (
        reply("2023-09-25", extensions=[E(20, day("2023-10-28"))]),
        "extend/0",
        "extension-too-late",
    ),
    "重新起算前的延期": (
        reply("2023-09-25", restarts=[day("2023-10-09")], extensions=[E(20, day("2023-09-28"))]),
        "extend/0",
        "extension-before-start",
    ),
    "早于日历": (asked(day("2012-12-31"), 20), "start", "date-out-of-reach"),
    "晚于日历": (asked(day("2028-01-01"), 20), "start", "date-out-of-reach"),
    "零个工作日": (asked(day("2023-09-25"), 0), "days", "term-absurd"),
    "太多工作日": (asked(day("2023-09-25"), 1001), "days", "term-absurd"),
    "答复四十一个工作日": (
        Question(day("2023-09-25"), Term(41, TermUnit.WORKDAY), REPLY),
        "days",
        "term-too-long",
    ),
    "答复按月": (Question(day("2023-09-25"), Term(1, TermUnit.MONTH), REPLY), "months", "term-unit"),
    "主动公开征求意见": (
        Question(day("2023-09-25"), Term(20, TermUnit.WORKDAY), RULES["K1"], pauses=[P(day("2023-09-26"), None)]),
        "pause",
        "pause-unfit",
    ),
    "补正告知重新起算": (
        Question(day("2023-09-25"), Term(7, TermUnit.WORKDAY), RULES["K2"], restarts=[day("2023-09-26")]),
        "restart",
        "restart-unfit",
    ),
    "按月又征求意见": (
        Question(day("2023-09-25"), Term(1, TermUnit.MONTH), pauses=[P(day("2023-09-26"), day("2023-09-27"))]),
        "pause",
        "pause-unfit",
    ),
    "没有规定的延期": (
        Question(day("2023-09-25"), Term(20, TermUnit.WORKDAY), extensions=[E(5)]),
        "extend",
        "extension-unfit",
    ),
    "确认早于到达": (
        reply("2023-09-25", arrival=Arrival(Channel.FAX, day("2023-09-24"))),
        "confirmed",
        "confirmed-before-arrival",
    ),
    "当面还要确认": (
        reply("2023-09-25", arrival=Arrival(Channel.IN_PERSON, day("2023-09-26"))),
        "confirmed",
        "confirmation-unfit",
    ),
    "主动公开问提交方式": (
        Question(day("2023-09-25"), Term(20, TermUnit.WORKDAY), RULES["K1"], arrival=Arrival(Channel.FAX)),
        "channel",
        "channel-unfit",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_have_happened_is_refused_with_its_field(case: str) -> None:
    question, field, code = IMPOSSIBLE[case]
    with pytest.raises(ImpossibleClock) as refused:
        reckon(question, CALENDAR)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(field, code)]


def test_a_refusal_under_a_rule_names_its_article() -> None:
    question = reply("2023-09-25", extensions=[E(10), E(10)])
    assert faults(question, CALENDAR) == [
        Fault("extend/1", "extension-twice", "只能延长一次（《政府信息公开条例》第三十三条）")
    ]


# -- laws


@given(STARTS, AMOUNTS)
def test_it_agrees_with_one_who_turns_the_calendar_day_by_day(start: date, amount: int) -> None:
    today, left = start, amount
    while left:
        today += timedelta(days=1)
        special = CALENDAR.special.get(today)
        worked = special.kind is DayKind.WORK if special else today.isoweekday() <= 5
        left -= worked
    assert due(asked(start, amount)) == today


@given(STARTS, AMOUNTS)
def test_one_day_more_is_due_later(start: date, amount: int) -> None:
    assert due(asked(start, amount + 1)) > due(asked(start, amount))


@given(STARTS, AMOUNTS, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(start: date, amount: int, later: int) -> None:
    assert due(asked(start + timedelta(days=later), amount)) >= due(asked(start, amount))


@given(st.data(), STARTS, AMOUNTS)
def test_to_pause_and_resume_never_shortens(data: st.DataObject, start: date, amount: int) -> None:
    stops = data.draw(pauses(start))
    assert due(asked(start, amount, *stops)) >= due(asked(start, amount))


@given(st.data(), STARTS, AMOUNTS)
def test_a_pause_takes_out_exactly_its_working_days(data: st.DataObject, start: date, amount: int) -> None:
    stops = data.draw(pauses(start))
    end = due(asked(start, amount, *stops))
    stopped = sum(CALENDAR.workdays_after(each.start, each.end) for each in stops if each.end and each.start < end)
    assert CALENDAR.workdays_after(start, end) == amount + stopped


@given(STARTS, AMOUNTS, st.integers(0, 90))
def test_a_pause_of_no_length_changes_nothing(start: date, amount: int, after: int) -> None:
    on = start + timedelta(days=after)
    assert due(asked(start, amount, Pause(on, on))) == due(asked(start, amount))


@given(STARTS, AMOUNTS, st.integers(0, 200))
def test_a_restart_is_a_fresh_clock_from_that_day(start: date, amount: int, after: int) -> None:
    again = start + timedelta(days=after)
    assert due(asked(start, amount, restarts=(again,))) == due(asked(again, amount))


@given(STARTS, AMOUNTS, st.integers(1, 150))
def test_a_holiday_more_never_brings_a_date_forward(start: date, amount: int, after: int) -> None:
    on = start + timedelta(days=after)
    richer = Calendar.of([*CALENDAR.special.values(), SpecialDay(on, DayKind.OFF, "新节")], CALENDAR.years)
    assert due(asked(start, amount), richer) >= due(asked(start, amount))


@given(STARTS, AMOUNTS, st.integers(1, 150))
def test_a_make_up_day_more_never_pushes_it_back(start: date, amount: int, after: int) -> None:
    on = start + timedelta(days=after)
    poorer = Calendar.of([*CALENDAR.special.values(), SpecialDay(on, DayKind.WORK, "补班")], CALENDAR.years)
    assert due(asked(start, amount), poorer) <= due(asked(start, amount))


@given(STARTS, AMOUNTS)
def test_every_day_is_accounted_for(start: date, amount: int) -> None:
    reckoning = reckon(asked(start, amount), CALENDAR)
    assert [each.on for each in reckoning.days] == [start + timedelta(days=n + 1) for n in range(len(reckoning.days))]
    assert reckoning.days[-1].number == amount
    assert all(is_weekend(each.on) for each in reckoning.days if each.status is DayStatus.MAKE_UP)


@given(STARTS, st.integers(1, 24))
def test_months_run_to_the_same_day_or_a_month_end(start: date, months: int) -> None:
    end = months_later(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
