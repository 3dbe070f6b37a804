"""Figures counted from cases, and what the ledger holds against a report: the registers, the units below, the peers."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import Ledger, Part, Peer, Report, Scope
from taizhang.annual_reports.drafting import Achieved, Material, Task, sections
from taizhang.annual_reports.forms import FORM_2021, with_sums
from taizhang.annual_reports.forms.official import PARTY_COLUMNS
from taizhang.annual_reports.tally import FEEDING, Entry, Window, tally
from tests.annual_reports.years import unhurried

YEAR = 2023
DAYS = st.dates(date(YEAR - 1, 1, 1), date(YEAR + 1, 6, 30))
SOON = st.none() | st.integers(0, 200)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """A register of cases over two and a half years, each closed after it was opened, or still open."""
    found = []
    for _ in range(draw(st.integers(0, 25))):
        opened, after = draw(DAYS), draw(SOON)
        closed = None if after is None else opened + timedelta(days=after)
        slug = draw(st.sampled_from(("applications", "reviews", "lawsuits", "normative-documents")))
        row = draw(st.sampled_from(FORM_2021.outcome_rows))
        outcome = row if slug == "applications" else draw(st.sampled_from(("upheld", "corrected", "other")))
        lasted = draw(SOON)
        ended = None if lasted is None else opened + timedelta(days=lasted)
        data = {
            "way": draw(st.sampled_from(("direct", "after_review"))),
            "issuer": "unit",
            "effect": "repealed" if ended else "in_force",
            "ended_on": ended.isoformat() if ended else None,
        }
        party = draw(st.sampled_from(PARTY_COLUMNS))
        found.append(Entry(slug, opened, opened, closed, outcome if closed else None, party, data))
    return found


def counted(cases: list[Entry], year: int) -> dict[str, int | None]:
    """The tables of a year; what no case told is zero."""
    figures = tally(FORM_2021, cases, Window(year), FEEDING)
    return with_sums(FORM_2021, {key: value or 0 for key, value in figures.items()})


def report(figures: dict[str, int | None], previous: dict[str, int | None], **ledger: object) -> Report:
    known = Ledger(**ledger)  # type: ignore[arg-type]
    return Report(FORM_2021, YEAR, figures, previous=previous, ledger=known)


@unhurried
@given(entries())
def test_figures_counted_from_cases_pass_every_check(cases: list[Entry]) -> None:
    figures, before = counted(cases, YEAR), counted(cases, YEAR - 1)
    found = check(report(figures, before, recounted=tally(FORM_2021, cases, Window(YEAR), FEEDING)))
    # 复议后起诉 of no review, a case of no application: the random cases know nothing of each other.
    assert [each for each in found if each.rule not in ("B3", "B4", "C5")] == []


@unhurried
@given(entries(), st.sampled_from(list(FORM_2021.by_key)), st.integers(1, 9))
def test_any_single_changed_cell_is_caught(cases: list[Entry], key: str, by: int) -> None:
    figures, before = counted(cases, YEAR), counted(cases, YEAR - 1)
    wrong = {**figures, key: (figures[key] or 0) + by}
    found = check(report(wrong, before, recounted=tally(FORM_2021, cases, Window(YEAR), FEEDING)))
    caught = {each.level for each in found if key in each.cells}
    assert caught
    assert key.startswith("t2.") or "block" in caught


@given(st.sampled_from([key for key in FORM_2021.leaves if not key.startswith("t3.r2.")]), st.integers(1, 9))
def test_any_single_changed_cell_of_a_sum_is_caught(key: str, by: int) -> None:
    chance = random.Random(by)
    summed = with_sums(FORM_2021, {each: chance.randrange(9) for each in FORM_2021.leaves})
    ledger = Ledger(summed=summed, lines={"t4.review.upheld": 2})
    right = {**summed, "t4.review.upheld": (summed["t4.review.upheld"] or 0) + 2}
    whole = Report(FORM_2021, YEAR, right, scope=Scope.GOVERNMENT, ledger=ledger, makes_rules=True)
    assert [each for each in check(whole) if each.rule == "D1"] == []
    wrong = Report(FORM_2021, YEAR, {**right, key: (right[key] or 0) + by}, scope=Scope.GOVERNMENT, ledger=ledger)
    (found,) = [each for each in check(wrong) if each.rule == "D1"]
    assert found.cells == (key,)
    assert found.level == ("warn" if key.startswith("t2.") else "block")


def test_an_entry_confirmed_after_the_new_year_belongs_to_it() -> None:
    arrived = Entry("applications", date(YEAR, 12, 30), date(YEAR + 1, 1, 3), party="natural")
    unconfirmed = Entry("applications", date(YEAR, 12, 30), None, party="natural")
    assert counted([arrived, unconfirmed], YEAR)["t3.r1.total"] == 0
    assert counted([arrived, unconfirmed], YEAR + 1)["t3.r1.total"] == 1


def test_words_taken_from_another_unit_are_found_and_shown() -> None:
    own = "本单位坚持以公开为常态、不公开为例外，主动公开重点领域信息，规范依申请公开办理流程，" * 4
    peer = Peer("区财政局", {Part.OVERVIEW: "2023年，" + own.replace("流程", "程序")})
    other = Peer("区民政局", {Part.OVERVIEW: "全年围绕民生救助、养老服务、殡葬管理公开信息。" * 8})
    ledger = Ledger(peers=(other, peer))
    texts = {Part.OVERVIEW: own, Part.PROBLEMS: None, Part.OTHER: "信息处理费。重点任务。"}
    found = check(Report(FORM_2021, YEAR, counted([], YEAR), texts=texts, ledger=ledger))
    (alike,) = [each for each in found if each.rule == "E3"]
    assert "区财政局" in alike.message
    assert alike.passages[0].text in own


def test_merged_units_are_added_up_and_overdue_cases_named() -> None:
    before = with_sums(FORM_2021, dict.fromkeys(FORM_2021.leaves, 0) | {"t3.r4.natural": 1})
    figures = with_sums(FORM_2021, dict.fromkeys(FORM_2021.leaves, 0) | {"t3.r2.natural": 1, "t3.r4.natural": 1})
    found = check(report(figures, before, merged=(before,), overdue=("甲1", "甲2")))
    assert [(each.rule, each.left, each.right) for each in found] == [("A6", 1, 2), ("A6", 1, 2), ("F2", 2, 0)]
    assert "甲1、甲2" in found[-1].message
    assert check(report(figures, before, merged=(before,), lines={"t3.r2.natural": -1})) == []


def test_a_draft_says_what_is_known_and_where_a_person_must_write() -> None:
    figures = counted(
        [Entry("applications", date(YEAR, 3, 1), date(YEAR, 3, 1), date(YEAR, 3, 9), "r3.1", "natural")], YEAR
    )
    facts = {"info.total": 812, "fees.notices": 2, "fees.notified": 5500, "fees.received": 4700}
    achieved = Achieved(["江阳区2023年分解表"], 2, 1, [Task("公开目录", True, "目录已于8月公开。")])
    drafted = sections(Material(YEAR, Scope.ORGAN, facts, figures, "解读形式单一。", achieved))
    whole = Report(FORM_2021, YEAR, figures, texts=drafted, makes_rules=True)
    assert [each.rule for each in check(whole)] == ["E4", "E4"]  # both 【请…】 of part 五; no number is amiss
    assert "累计公开政府信息812条" in (drafted[Part.OVERVIEW] or "")
    assert "通知收取信息处理费5,500元，实际收取信息处理费4,700元" in (drafted[Part.OTHER] or "")
    assert "承担重点任务2项，已完成1项" in (drafted[Part.OTHER] or "")
    assert "上年提出“解读形式单一。”【请写明改进情况】" in (drafted[Part.PROBLEMS] or "")
