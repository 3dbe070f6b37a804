"""The catalogue: what is true passes, what is not is named with both sides, its cells and its repair."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import Finding, Level, Part, ProcessingFees, Report, Scope
from taizhang.annual_reports.checks.similarity import repeated
from taizhang.annual_reports.forms import FORM_2019, FORM_2021, with_sums
from tests.annual_reports.years import YEAR, TrueYear, told, true_years, unhurried


def blocking(report: Report) -> list[Finding]:
    return [finding for finding in check(report) if finding.level is Level.BLOCK]


def found(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in check(report) if finding.rule == rule]


@pytest.fixture
def office_2023() -> dict[str, int | None]:
    """江阳区政府办公室 2023: 42 + 0 = 13 + 18 + 9 + 2."""
    figures: dict[str, int | None] = dict.fromkeys(FORM_2021.leaves, 0)
    figures |= {
        "t3.r1.natural": 40,
        "t3.r1.business": 2,
        "t3.r3.1.natural": 13,
        "t3.r3.2.natural": 18,
        "t3.r3.4.1.natural": 7,
        "t3.r3.4.1.business": 2,
        "t3.r4.natural": 2,
    }
    return with_sums(FORM_2021, figures)


OFFICE_2023 = (
    "2023年，区政府办公室新收政府信息公开申请42件，无上年结转，办结40件，其中予以公开13件，部分公开18件，"
    "无法提供9件，结转下年度2件。"
)


def test_the_office_of_2023_balances_with_its_words(office_2023: dict[str, int | None]) -> None:
    assert office_2023["t3.r3.7.total"] == 40
    assert check(Report(FORM_2021, 2023, office_2023, texts={Part.OVERVIEW: OFFICE_2023})) == []


@given(st.data())
@unhurried
def test_figures_made_of_cases_pass_every_check_that_blocks(data: st.DataObject) -> None:
    for form in (FORM_2021, FORM_2019):
        assert blocking(data.draw(true_years(form)).report()) == []


@given(true_years())
@unhurried
def test_what_is_told_of_a_true_year_agrees_with_its_tables(year: TrueYear) -> None:
    assert found(year.report_with({}, told(year)), "E1") == []


@given(true_years(), st.sampled_from(FORM_2021.leaves), st.integers(-5, 5).filter(bool))
@settings(unhurried, max_examples=300)
def test_any_single_changed_cell_is_caught(year: TrueYear, key: str, by: int) -> None:
    wrong = (year.figures[key] or 0) + by * (100 if key == "t2.fees.amount" else 1)
    if wrong < 0:
        wrong = (year.figures[key] or 0) + 100
    report = year.report_with({key: wrong}, told(year))
    assert any(key in finding.cells for finding in check(report))


@given(true_years(), st.sampled_from([key for key in FORM_2021.leaves if key.startswith(("t3.", "t4."))]))
@unhurried
def test_a_slip_in_one_cell_is_mended_by_its_hint(year: TrueYear, key: str) -> None:
    true = year.figures[key] or 0
    hints = {finding.repair for finding in blocking(year.report_with({key: true + 1}))}
    label = FORM_2021.by_key[key].label
    assert any(hint and f"“{label}”改为 {true} 即平" in hint for hint in hints) or any(
        hint and "种改法" in hint for hint in hints
    )


@given(true_years(), st.sampled_from(FORM_2021.leaves), st.integers(1, 3), st.booleans())
@unhurried
def test_every_fix_offered_mends_its_equation_and_upsets_none(year: TrueYear, key: str, by: int, summed: bool) -> None:
    figures = {**year.figures, key: (year.figures[key] or 0) + by}
    report = year.report_with(with_sums(FORM_2021, figures) if summed else figures)
    before = {(finding.rule, finding.cells) for finding in blocking(report)}
    for finding in blocking(report):
        for fix in finding.fixes:
            after = {
                (each.rule, each.cells) for each in blocking(replace(report, figures={**report.figures, **fix.figures}))
            }
            assert after < before
            assert (finding.rule, finding.cells) not in after


def test_where_totals_follow_the_balance_of_a_column_can_still_be_mended(office_2023: dict[str, int | None]) -> None:
    wrong = with_sums(FORM_2021, {**office_2023, "t3.r4.natural": 3})
    natural, total = blocking(Report(FORM_2021, 2023, wrong))
    assert (natural.cells[0], total.cells[0]) == ("t3.r1.natural", "t3.r1.total")
    assert {"t3.r4.natural": 2, "t3.r4.total": 2} in [fix.figures for fix in natural.fixes]


def test_a_case_in_the_wrong_column_is_moved_back(office_2023: dict[str, int | None]) -> None:
    office_2023 |= {"t3.r1.natural": 41, "t3.r1.other": -1 + 1, "t3.r1.business": 1}
    natural, business = blocking(Report(FORM_2021, 2023, office_2023))
    assert (natural.rule, natural.left, natural.right) == ("A1", 41, 40)
    assert (business.left, business.right) == (1, 2)
    assert natural.repair is not None
    assert "从 自然人 移 1 件到 商业企业 即平" in natural.repair
    assert (
        "“自然人”列不平：本年新收 41 + 上年结转 0 = 41，办理结果总计 38 + 结转下年度 2 = 40，相差 1" in natural.message
    )


def test_a_misprinted_total_is_the_total_to_mend(office_2023: dict[str, int | None]) -> None:
    office_2023["t3.r3.1.total"] = 31
    rules = {finding.rule: finding for finding in blocking(Report(FORM_2021, 2023, office_2023))}
    assert set(rules) == {"A2", "A3"}
    assert {finding.repair for finding in rules.values()} == {"“（一）予以公开·总计”改为 13 即平"}


def test_a_blank_is_told_once_and_makes_no_false_imbalance(office_2023: dict[str, int | None]) -> None:
    office_2023 |= {"t3.r3.1.natural": None, "t4.review.upheld": None}
    third, fourth = blocking(Report(FORM_2021, 2023, office_2023))
    assert (third.rule, third.cells, third.left, third.right) == ("A4", ("t3.r3.1.natural",), 174, 175)
    assert "（一）予以公开·自然人" in third.message
    assert "2 条勾稽关系因此核对不了" in third.message
    assert fourth.cells == ("t4.review.upheld",)


def test_an_empty_form_is_three_findings_and_no_fault() -> None:
    findings = check(Report(FORM_2021, 2023, {}, previous={}, texts={}))
    assert [finding.rule for finding in findings if finding.level is Level.BLOCK] == ["A4", "A4", "A4"]


def test_what_last_year_carried_over_comes_back_column_by_column(office_2023: dict[str, int | None]) -> None:
    previous = {**office_2023, "t3.r4.natural": 1, "t3.r4.legal": 1, "t3.r4.total": 2}
    carried = found(Report(FORM_2021, 2024, office_2023, previous=previous), "A5")
    assert [finding.cells for finding in carried] == [("t3.r2.natural",), ("t3.r2.legal",), ("t3.r2.total",)]
    assert "2023 年报告的结转下年度是 1" in carried[0].message
    assert all(finding.level is Level.BLOCK for finding in carried)


@pytest.mark.parametrize(
    ("now", "before", "rule", "left", "right"),
    [
        ({"t4.review.upheld": 1, "t4.review.total": 1}, {"t4.review.pending": 2, "t4.review.total": 2}, "B2", 2, 1),
        ({"t4.after_review.upheld": 3, "t4.after_review.total": 3}, {"t4.review.upheld": 1}, "B3", 3, 1),
        ({"t2.documents.in_force": 9}, {"t2.documents.in_force": 10}, "C1", 9, 10),
        ({"t2.documents.repealed": 11}, {"t2.documents.in_force": 10}, "C2", 11, 10),
        ({"t2.rules.in_force": 2}, {}, "C3", 2, 0),
        ({"t2.fees.amount": 12_500_000}, {"t2.fees.amount": 12_500}, "C4", "12.5", "0.0125"),
        ({"t2.penalties.decisions": 5}, {"t2.penalties.decisions": 0}, "C5", 5, 0),
        ({"t2.penalties.decisions": 0}, {"t2.penalties.decisions": 7}, "C5", 0, 7),
    ],
)
def test_figures_are_held_against_last_year(
    now: dict[str, int], before: dict[str, int], rule: str, left: int | str, right: int | str
) -> None:
    nothing = dict.fromkeys(FORM_2021.by_key, 0)
    findings = found(Report(FORM_2021, 2023, {**nothing, **now}, previous={**nothing, **before}), rule)
    assert [(finding.left, finding.right) for finding in findings] == [(left, right)]
    assert findings[0].level is (Level.BLOCK if rule == "C2" else Level.WARN)


def test_disputes_without_applications_are_questioned() -> None:
    figures = {**dict.fromkeys(FORM_2021.by_key, 0), "t4.direct.upheld": 1, "t4.direct.total": 1}
    assert [finding.left for finding in found(Report(FORM_2021, 2023, figures), "B4")] == [1]


def test_processing_fees_received_are_no_more_than_notified() -> None:
    figures = {**dict.fromkeys(FORM_2021.by_key, 0), "t3.r3.6.2.total": 2}
    fees = ProcessingFees(notices=1, notified=470_000, received=550_000)
    received, unpaid = found(Report(FORM_2021, 2023, figures, fees=fees), "G1")
    assert (received.left, received.right, unpaid.left, unpaid.right) == ("5500.00", "4700.00", 2, 1)


def test_a_government_says_what_the_regulation_asks_of_it() -> None:
    nothing = dict.fromkeys(FORM_2021.by_key, 0)
    said = {Part.OVERVIEW: "开展工作考核、社会评议，未发生责任追究。", Part.OTHER: "未收取信息处理费。工作要点已落实。"}
    silent = {Part.OVERVIEW: "总体良好。", Part.OTHER: "无。"}
    assert found(Report(FORM_2021, 2023, nothing, scope=Scope.GOVERNMENT, texts=said), "E4") == []
    missing = found(Report(FORM_2021, 2023, nothing, scope=Scope.GOVERNMENT, texts=silent), "E4")
    assert len(missing) == 5
    assert {finding.level for finding in missing} == {Level.BLOCK}
    organ = found(Report(FORM_2021, 2023, nothing, texts=silent), "E4")
    assert [finding.level for finding in organ] == [Level.WARN, Level.WARN]


def test_words_said_again_are_shown_with_their_origin() -> None:
    nothing = dict.fromkeys(FORM_2021.by_key, 0)
    then = "一是公开内容不够全面，部分领域信息更新不及时；二是解读形式单一，图解视频等方式运用不多；" * 2 + (
        "三是依申请公开办理不够规范，答复文书质量有待提高；四是业务培训覆盖面不足，队伍专业能力需要加强。2022年为12次。"
    )
    now = then.replace("2022年为12次", "2023年为15次")
    report = Report(FORM_2021, YEAR, nothing, texts={Part.PROBLEMS: now}, previous_texts={Part.PROBLEMS: then})
    (same,) = found(report, "E3")
    assert same.left == "100%"
    assert same.passages[0].part is Part.PROBLEMS
    assert same.passages[0].text in now
    assert (same.passages[0].previous or "?") in then
    other = "围绕群众关切，今年着力补齐短板：建立目录动态更新机制，编制解读指引，组织三轮培训，" * 4
    assert (
        found(
            Report(FORM_2021, YEAR, nothing, texts={Part.PROBLEMS: other}, previous_texts={Part.PROBLEMS: then}), "E3"
        )
        == []
    )


LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 400)))
OWN = "".join(map(chr, range(0x6E00, 0x6E00 + 400)))


@given(st.integers(100, 300), st.integers(0, 60), st.integers(0, 300))
@unhurried
def test_a_passage_said_before_is_found_wherever_it_stands(length: int, added: int, at: int) -> None:
    then = LETTERS[:length]
    now = then[:at] + OWN[:added] + then[at:]
    percent, passages = repeated(now, then)
    # An end of fewer letters than SHINGLE + STEP may stay unfound.
    assert 100 * (length - 2 * 16) / (length + added) - 1 <= percent <= 100 * length / (length + added) + 1
    assert all(words in now and before in then for words, before in passages)
    assert repeated(then, then) == (100, [(then, then)])
