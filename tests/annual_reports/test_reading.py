"""Published reports read back: whatever the style, the figures that were printed and no others."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.forms import FORM_2019, FORM_2021, Form
from taizhang.annual_reports.reading import NotAReport, ReadReport, read_report
from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.readers import read
from tests.annual_reports import published
from tests.annual_reports.published import STYLES, Item, Style, as_html, printed, without_column
from tests.annual_reports.years import any_figures

few = settings(max_examples=4, deadline=None)
styles = pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))


def back(content: bytes, name: str = "年度报告.html") -> ReadReport:
    return read_report(read(content, name))


def codes(report: ReadReport) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.cell) for problem in report.problems}


@styles
@given(figures=any_figures(FORM_2021))
@few
def test_every_style_is_read_back_to_its_figures(style: Style, figures: Mapping[str, int | None]) -> None:
    report = back(*style(FORM_2021, figures))
    assert {key: value for key, value in report.figures.items() if value != figures[key]} == {}
    assert report.problems == ()
    assert (report.form, report.year) == (FORM_2021, 2023)
    assert (report.unit_name, report.scope) == ("泸州市江阳区大山坪街道办事处", Scope.ORGAN)
    assert report.texts == {
        Part.OVERVIEW: published.OVERVIEW,
        Part.PROBLEMS: published.PROBLEMS,
        Part.OTHER: published.OTHER,
    }


@styles
@given(figures=any_figures(FORM_2021), seed=st.integers(0, 2**32), share=st.sampled_from([0.05, 0.5, 0.9]))
@few
def test_a_figure_is_read_as_printed_or_not_at_all(
    style: Style, figures: Mapping[str, int | None], seed: int, share: float
) -> None:
    pick = random.Random(seed)
    blanked = {key: None if pick.random() < share else value for key, value in figures.items()}
    report = back(*style(FORM_2021, blanked))
    assert {key: value for key, value in report.figures.items() if value not in (None, blanked[key])} == {}
    told = {problem.cell for problem in report.problems}
    untold = {key for key, value in report.figures.items() if value is None and key not in told}
    assert not untold or {"row-misaligned", "cells-missing", "table-missing"} & {
        problem.code for problem in report.problems
    }


@given(figures=any_figures(FORM_2019))
@few
def test_the_old_form_is_read_as_what_it_is(figures: Mapping[str, int | None]) -> None:
    named = {**figures, "t2.licensing.change": -3}
    for style in ("official", "blocks-apart", "word", "sheet"):
        report = back(*STYLES[style](FORM_2019, {**named, "t2.procurement.amount": None}))
        assert report.form is FORM_2019
        wrong = {key: value for key, value in report.figures.items() if value != named[key]}
        assert set(wrong) == {"t2.procurement.amount"}


def page(figures: Mapping[str, int | None], instead: Mapping[str, str] | None = None, form: Form = FORM_2021) -> bytes:
    """The official page, some cells written otherwise."""
    tables = []
    for table in form.tables:
        items = printed(form, table, figures)
        at = {place.cell: index for index, place in enumerate(table.places) if place.cell}
        for key, text in (instead or {}).items():
            if key in at:
                old = items[at[key]]
                items[at[key]] = Item(text, old.row, old.column, old.row_span, old.column_span)
        tables.append([items])
    return as_html(tables)


ZEROS = dict.fromkeys(FORM_2021.by_key, 0)


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        ("/", "cell-mark", None),
        ("—", "cell-mark", None),
        ("－－", "cell-mark", None),
        ("无", "cell-mark", None),
        ("", "cell-blank", None),
        ("约3", "cell-unreadable", None),
        ("3（其中网上2）", "cell-unreadable", None),
        ("1.5", "cell-fraction", None),
        ("-3", "cell-negative", None),
        ("123456789012", "cell-too-large", None),
        ("3元", "cell-unreadable", None),
        ("１２３", None, 123),
        ("1,234", None, 1234),
        ("1，234", None, 1234),
        ("12 件", None, 12),
        ("3.0", None, 3),
    ],
)
def test_a_cell_is_a_number_or_a_problem(written: str, code: str | None, value: int | None) -> None:
    key = "t3.r2.research"
    report = back(page(ZEROS, {key: written}))
    assert report.figures[key] == value
    assert codes(report) == ({(code, key)} if code else set())
    assert all(each == 0 for other, each in report.figures.items() if other != key)
    if code:
        (problem,) = report.problems
        assert problem.where == "第 2 张表第 5 行第 6 列"
        assert "上年结转政府信息公开申请数量·科研机构" in problem.message


@pytest.mark.parametrize(
    ("written", "fen"), [("12.5", 12_500_000), ("5500元", 550_000), ("0.55万元", 550_000), ("316,441", 316_441 * 10**6)]
)
def test_fees_are_read_in_the_unit_they_are_written_in(written: str, fen: int) -> None:
    assert back(page(ZEROS, {"t2.fees.amount": written})).figures["t2.fees.amount"] == fen


def test_what_the_old_form_spends_without_a_unit_is_not_guessed() -> None:
    zeros = dict.fromkeys(FORM_2019.by_key, 0)
    report = back(page(zeros, {"t2.procurement.amount": "251000"}, FORM_2019))
    assert codes(report) == {("unit-unknown", "t2.procurement.amount")}
    yuan = back(page(zeros, {"t2.procurement.amount": "251000元"}, FORM_2019))
    assert yuan.figures["t2.procurement.amount"] == 25_100_000


def test_a_table_without_its_total_column_lacks_totals_only() -> None:
    figures = {**ZEROS, "t3.r1.natural": 4, "t3.r1.other": 2}
    second, third, fourth = (printed(FORM_2021, table, figures) for table in FORM_2021.tables)
    report = back(as_html([[second], [without_column(third, 9)], [fourth]]))
    assert (report.figures["t3.r1.natural"], report.figures["t3.r1.other"]) == (4, 2)
    missing = {key for key, value in report.figures.items() if value is None}
    assert missing == {key for key in ZEROS if key.startswith("t3.") and key.endswith(".total")}
    assert codes(report) == {("cells-missing", None)}


def test_the_old_table_two_in_a_new_report_gives_only_what_means_the_same() -> None:
    old = printed(FORM_2019, FORM_2019.tables[0], {**dict.fromkeys(FORM_2019.by_key, 7)})
    third, fourth = (printed(FORM_2021, table, ZEROS) for table in FORM_2021.tables[1:])
    report = back(as_html([[old], [third], [fourth]]))
    assert report.form is FORM_2021
    assert {key: value for key, value in report.figures.items() if key.startswith("t2.") and value is not None} == {
        "t2.licensing.decisions": 7,
        "t2.penalties.decisions": 7,
        "t2.coercion.decisions": 7,
    }
    assert "table-other-form" in {problem.code for problem in report.problems}


def test_the_same_cell_twice_with_two_numbers_is_neither() -> None:
    second, third, fourth = (printed(FORM_2021, table, ZEROS) for table in FORM_2021.tables)
    again = printed(FORM_2021, FORM_2021.tables[1], {**ZEROS, "t3.r1.natural": 5})
    report = back(as_html([[second], [third, again], [fourth]]))
    assert report.figures["t3.r1.natural"] is None
    assert codes(report) == {("cell-twice", "t3.r1.natural")}


@pytest.mark.parametrize(
    ("title", "unit", "year", "scope"),
    [
        ("泸州市江阳区人民政府2023年政府信息公开工作年度报告", "泸州市江阳区人民政府", 2023, Scope.GOVERNMENT),
        ("2023年泸州市江阳区人民政府办公室政府信息公开工作年度报告", "泸州市江阳区人民政府办公室", 2023, Scope.ORGAN),
        ("泸州市江阳区通滩镇人民政府二〇二三年度政府信息公开年度报告", "泸州市江阳区通滩镇人民政府", 2023, Scope.ORGAN),
        ("泸州市江阳区民政局</h1><h1>2022年政府信息公开工作年度报告", "泸州市江阳区民政局", 2022, Scope.ORGAN),
        ("2022年政府信息公开工作年度报告", None, 2022, Scope.ORGAN),
        ("2023年泸州市江阳区政府信息公开工作年度报告", "泸州市江阳区", 2023, Scope.GOVERNMENT),
        ("泸州市江阳区财政局政府信息公开工作年度报告（2023年度）", "泸州市江阳区财政局", 2023, Scope.ORGAN),
        ("泸州白酒产业园区2023年度政府信息公开年报", "泸州白酒产业园区", 2023, Scope.ORGAN),
    ],
)
def test_the_title_names_the_organ_and_the_year(title: str, unit: str | None, year: int, scope: Scope) -> None:
    tables = [[printed(FORM_2021, table, ZEROS)] for table in FORM_2021.tables]
    report = back(as_html(tables, title=title))
    assert (report.unit_name, report.year, report.scope) == (unit, year, scope)
    assert ("unit-unknown", None) in codes(report) or unit is not None


def test_without_a_title_the_year_is_that_of_the_statistics() -> None:
    tables = [[printed(FORM_2021, table, ZEROS)] for table in FORM_2021.tables]
    report = back(as_html(tables, title="本报告数据统计期限为2025年1月1日至12月31日。"))
    assert (report.unit_name, report.year) == (None, 2025)


def test_a_table_of_contents_does_not_cut_the_text_short() -> None:
    contents = "".join(f"<p>{heading}</p>" for heading in published.HEADINGS)
    content = page(ZEROS).replace(b"</h1>", b"</h1>" + contents.encode(), 1)
    assert back(content).texts[Part.OVERVIEW] == published.OVERVIEW


@pytest.mark.parametrize(
    "text",
    [
        "<p>关于做好2023年政府信息公开工作年度报告编制工作的通知</p><p>各单位：请按要求编制。</p>",
        "<table><tr><td>项目</td><td>数量</td></tr><tr><td>其他</td><td>3</td></tr><tr><td>总计</td><td>3</td></tr></table>",
        "<table><tr><td>行政许可</td><td>依据</td></tr><tr><td>行政处罚</td><td>依据</td></tr></table>",
    ],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(NotAReport):
        back(f"<html><body>{text}</body></html>".encode())


def test_a_report_whose_tables_are_pictures_says_so() -> None:
    report = back(as_html([[], [], []]))
    assert report.texts[Part.OTHER] == published.OTHER
    assert [problem.code for problem in report.problems] == ["table-missing"] * 3


def test_a_file_made_to_tire_the_reader_is_left_unread() -> None:
    wide = Grid(tuple(Cell("属于国家秘密的", row, column) for row in range(500) for column in range(100)))
    many = tuple(Grid((Cell("（七）总计", 0, 0), Cell("无法提供的信息", 0, 1))) for _ in range(20_000))
    with pytest.raises(NotAReport):
        read_report(Document("xlsx", (), (wide, *many)))
    lines = ["一、总体情况", *("复议" * 50 for _ in range(4000)), *published.HEADINGS[1:], published.TITLE]
    report = read_report(Document("docx", tuple(lines), ()))
    assert len(report.texts[Part.OVERVIEW] or "") == 60_000
    assert "part-too-long" in {problem.code for problem in report.problems}
