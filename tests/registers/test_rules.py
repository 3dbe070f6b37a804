"""Fees, grounds and masks as pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.calendars.shipped import shipped_calendar
from taizhang.calendars.workdays import ONE_DAY
from taizhang.core.sealing import Keyring, Unsealable, new_key
from taizhang.registers.application_steps import CorrectionAsked, Decided, Extended, FeeNotified, Sent, Way, fee_of
from taizhang.registers.fees import fee_by_items, fee_by_pages, item_price
from taizhang.registers.grounds import DECISIONS, ROW_WORDS, Ground
from taizhang.registers.kind import Happened, Refused
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.kinds.applications import Application, Arrival
from taizhang.registers.kinds.public_opinion import Answered, Gravity, PublicOpinion
from taizhang.registers.party import Party, PartyKind, masked
from taizhang.registers.rules import Case, stand

CALENDAR = shipped_calendar()
TODAY = date(2024, 12, 31)
KIND = REGISTERS["applications"]
DAYS = st.dates(date(2023, 1, 1), date(2024, 6, 30))


def application(opened_on: date, *events: Happened) -> Case:
    return Case(opened_on, Application(channel=Arrival.IN_PERSON, content="申请公开年度预算"), events)


# -- fees


def test_the_worked_values_of_the_measures() -> None:
    assert fee_by_items(45) == 5500
    assert fee_by_pages(250) == 4700


@pytest.mark.parametrize(
    ("items", "yuan"), [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300)]
)
def test_applications_of_a_month_rise_by_steps_of_ten(items: int, yuan: int) -> None:
    assert fee_by_items(items) == yuan


@pytest.mark.parametrize(("pages", "yuan"), [(30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740)])
def test_pages_rise_by_bands(pages: int, yuan: int) -> None:
    assert fee_by_pages(pages) == yuan


@given(st.integers(1, 300))
def test_one_more_never_costs_less(count: int) -> None:
    assert fee_by_items(count) - fee_by_items(count - 1) == item_price(count) >= item_price(count - 1)
    assert fee_by_pages(count) >= fee_by_pages(count - 1)


@given(st.integers(0, 100), st.integers(1, 100), st.integers(1, 100))
def test_a_month_billed_in_parts_comes_to_the_same(before: int, first: int, second: int) -> None:
    def billed(items: int, items_before: int) -> int:
        try:
            return fee_of(FeeNotified(items=items, items_before=items_before))
        except Refused:
            return 0

    assert billed(first, before) + billed(second, before + first) == billed(first + second, before)


# -- grounds


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_leads_to_one_row_with_its_article(ground: Ground) -> None:
    decision = DECISIONS[ground]
    assert decision.row in ROW_WORDS
    assert ROW_WORDS[decision.row].startswith("（")
    assert decision.article


def test_every_row_of_the_form_is_reached() -> None:
    assert {decision.row for decision in DECISIONS.values()} == set(ROW_WORDS)
    assert len(ROW_WORDS) == 21


@pytest.mark.parametrize(
    ("ground", "row"),
    [
        (Ground.PARTLY, "r3.2"),
        (Ground.STATE_SECRET, "r3.3.1"),
        (Ground.PROCESS, "r3.3.6"),
        (Ground.ENFORCEMENT_FILE, "r3.3.7"),
        (Ground.ADMINISTRATIVE_QUERY, "r3.3.8"),
        (Ground.NOT_OURS, "r3.4.1"),
        (Ground.NEEDS_MAKING, "r3.4.2"),
        (Ground.REPEATED, "r3.5.2"),
        (Ground.PUBLICATION, "r3.5.3"),
        (Ground.WITHDRAWN, "r3.6.3"),
    ],
)
def test_a_case_decided_so_counts_in_that_row(ground: Ground, row: str) -> None:
    decided = Happened("decided", date(2023, 9, 1), Decided(ground=ground))
    assert stand(KIND, application(date(2023, 8, 28), decided), CALENDAR, today=TODAY).outcome == row


# -- the clock of a case


@given(DAYS, st.integers(0, 10), st.integers(0, 30))
def test_asking_a_third_party_never_brings_the_due_date_forward(opened: date, after: int, long: int) -> None:
    plain = stand(KIND, application(opened), CALENDAR, today=TODAY).due_on
    asked_on = opened + timedelta(days=after)
    events = [
        Happened("consultation_started", asked_on),
        Happened("consultation_ended", asked_on + timedelta(days=long)),
    ]
    paused = stand(KIND, application(opened, *events), CALENDAR, today=TODAY).due_on
    assert plain is not None
    assert paused is not None
    assert paused >= plain


@given(DAYS, st.integers(1, 20))
def test_an_extension_adds_its_working_days(opened: date, days: int) -> None:
    plain = stand(KIND, application(opened), CALENDAR, today=TODAY).due_on
    extended = Happened("extended", opened, Extended(days=days, approver="张主任"))
    due = stand(KIND, application(opened, extended), CALENDAR, today=TODAY).due_on
    assert plain is not None
    assert due is not None
    assert CALENDAR.workdays_after(plain, due) == days


@given(DAYS, st.integers(0, 40))
def test_from_the_correction_on_it_runs_as_if_received_that_day(opened: date, after: int) -> None:
    asked, got = opened, opened + timedelta(days=after)
    asking = Happened("correction_asked", asked, CorrectionAsked(items="请写明年度", until=asked + timedelta(days=60)))
    due = stand(KIND, application(opened, asking, Happened("correction_received", got)), CALENDAR, today=TODAY).due_on
    assert due == stand(KIND, application(got), CALENDAR, today=TODAY).due_on


@given(DAYS, st.lists(st.sampled_from([e.kind for e in KIND.events]), max_size=6))
def test_only_what_is_offered_next_can_happen_next(opened: date, kinds: list[str]) -> None:
    """Whatever people try in whatever order: a step is taken exactly when it was offered, or refused."""
    forms = {
        "correction_asked": CorrectionAsked(items="请写明年度", until=opened + timedelta(days=30)),
        "extended": Extended(days=5, approver="张主任"),
        "fee_notified": FeeNotified(pages=250),
        "decided": Decided(ground=Ground.GRANTED),
        "sent": Sent(way=Way.POST),
    }
    taken: list[Happened] = []
    for step, kind in enumerate(kinds):
        offered = stand(KIND, application(opened, *taken), CALENDAR, today=TODAY).next_events
        event = Happened(kind, opened + step * ONE_DAY, forms.get(kind))
        try:
            stand(KIND, application(opened, *taken, event), CALENDAR, today=TODAY)
        except Refused:
            continue
        assert kind in offered
        taken.append(event)


# -- hours


def opinion(gravity: Gravity, *events: tuple[str, int]) -> Case:
    found = datetime(2023, 9, 18, 1, 0, tzinfo=UTC)
    entry = PublicOpinion(gravity=gravity, found_at=found, source="网络")
    happened = [
        Happened(kind, (at := found + timedelta(hours=hours)).date(), Answered(channel="官网"), at)
        for kind, hours in events
    ]
    return Case(date(2023, 9, 18), entry, happened)


def test_grave_incidents_are_answered_in_five_and_twenty_four_hours() -> None:
    kind = REGISTERS["public-opinion"]
    fresh = stand(kind, opinion(Gravity.GRAVE), CALENDAR, today=TODAY)
    assert fresh.due_at == datetime(2023, 9, 18, 6, 0, tzinfo=UTC)
    stated = stand(kind, opinion(Gravity.GRAVE, ("stated", 4)), CALENDAR, today=TODAY)
    assert (stated.due_at, stated.closed_on) == (datetime(2023, 9, 19, 1, 0, tzinfo=UTC), None)
    late = stand(kind, opinion(Gravity.GRAVE, ("stated", 6), ("briefed", 20)), CALENDAR, today=TODAY)
    assert late.closed_on == date(2023, 9, 19)
    assert late.remarks == ("发布权威信息（5小时内）迟了1小时0分",)
    assert late.done_at is not None
    assert late.due_at is not None
    assert late.done_at > late.due_at


def test_other_opinion_has_forty_eight_hours_and_no_press_conference() -> None:
    kind = REGISTERS["public-opinion"]
    done = stand(kind, opinion(Gravity.OTHER, ("responded", 47)), CALENDAR, today=TODAY)
    assert (done.closed_on, done.remarks) == (date(2023, 9, 20), ())
    with pytest.raises(Refused, match="回应步骤是：回应"):
        stand(kind, opinion(Gravity.OTHER, ("briefed", 3)), CALENDAR, today=TODAY)


# -- personal data

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=30)
PEOPLE = st.builds(Party, kind=st.just(PartyKind.NATURAL), name=TEXT, id_number=TEXT, phone=TEXT, address=TEXT)


@given(PEOPLE)
def test_what_is_sealed_opens_to_the_same_and_only_where_it_belongs(person: Party) -> None:
    keys = Keyring.read(new_key("k1"))
    sealed = keys.seal(person.model_dump_json(), "entry-1")
    assert Party.model_validate_json(keys.open(sealed, "entry-1")) == person
    with pytest.raises(Unsealable):
        keys.open(sealed, "entry-2")


@given(PEOPLE)
def test_a_mask_hides_all_but_the_least(person: Party) -> None:
    shown = masked(person)
    assert shown["name"] is not None
    assert len(shown["name"].strip("*")) <= 1
    for name in ("id_number", "phone"):
        left = (shown[name] or "").strip("*")
        assert len(left) <= 2
    assert (shown["address"] or "").strip("*") == ""


def test_an_organ_is_not_named_either() -> None:
    assert masked(Party(kind=PartyKind.BUSINESS, name="泸州某建筑公司"))["name"] == "泸州**"


def test_an_old_key_still_opens_what_it_sealed_and_the_new_one_seals() -> None:
    old, new = new_key("k1"), new_key("k2")
    before = Keyring.read(old).seal("李小明", "entry-1")
    both = Keyring.read(f"{new}\n{old}\n")
    assert both.open(before, "entry-1") == "李小明"
    assert both.seal("李小明", "entry-1").key_id == "k2"
    with pytest.raises(Unsealable):
        Keyring.read(new).open(before, "entry-1")
    with pytest.raises(ValueError, match="32 字节"):
        Keyring.read("k1:short")
