"""A unit over the years: what is compared, what a year's form does not have, and a chart that says its numbers."""

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from taizhang.public.history import BASE, CHARTED, Measure, chart, compared
from tests.district import District
from tests.public.conftest import Archive


@given(years=st.lists(st.lists(st.none() | st.integers(0, 10**9), min_size=2, max_size=2), min_size=2, max_size=10))
def test_bars_stand_on_the_line_in_proportion_and_say_every_number(years: list[list[int | None]]) -> None:
    measures = [Measure(label, [year[place] for year in years]) for place, label in enumerate(CHARTED)]
    drawn = chart(range(2020, 2020 + len(years)), measures)
    assert drawn is not None
    known = [value for year in years for value in year if value is not None]
    assert sorted(bar.value for bar in drawn.bars) == sorted(known)
    assert all(bar.y + bar.height == BASE and 0 <= bar.y and bar.x < drawn.width for bar in drawn.bars)
    ordered = sorted(drawn.bars, key=lambda bar: bar.value)
    assert [bar.height for bar in ordered] == sorted(bar.height for bar in drawn.bars)
    assert all(str(value) in drawn.said for value in known)


def test_a_sum_with_a_blank_part_is_blank_and_what_no_year_has_is_left_out() -> None:
    refused = {f"t3.r3.3.{number}.total": 1 for number in range(1, 9)}
    found = {measure.label: measure.values for measure in compared([refused, {**refused, "t3.r3.3.8.total": None}])}
    assert found == {"不予公开": [8, None]}


def test_one_year_alone_has_no_chart() -> None:
    assert chart([2022], compared([{"t3.r1.total": 1}])) is None


def test_the_page_of_a_unit_compares_its_published_years_across_forms(
    citizen: TestClient, archive: Archive, district: District
) -> None:
    page = citizen.get(f"/public/annual-reports/{district.units['dashanping'].code}").text
    assert '<th scope="col">2020年</th>' in page.replace("\n", "")
    assert '<tr><th scope="row">本年新收申请</th><td>42</td><td>42</td>' in page.replace("\n", "")
    assert '<tr><th scope="row">现行有效行政规范性文件</th><td>—</td><td>0</td>' in page.replace("\n", "")
    assert 'role="img"' in page
