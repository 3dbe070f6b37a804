"""The forms as data: every cell where the printed table has it, every figure kept as it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.annual_reports.forms import FORM_2019, FORM_2021, FORMS, Form, from_array, parse, present, to_array
from tests.annual_reports.years import any_figures, unhurried

both = pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: f"form-{form.version}")


def test_the_2021_form_has_its_200_cells_in_three_tables() -> None:
    assert [len(table.cells) for table in FORM_2021.tables] == [10, 175, 15]
    # 138 of 自然人…其他 by outcome, 新收 and 上年结转, six 结转下年度, twelve of 表四 and ten of 表二.
    assert len(FORM_2021.leaves) == 138 + 6 + 12 + 10
    assert len(FORM_2021.outcome_rows) == 21
    assert len(FORM_2019.outcome_rows) == 19


@both
def test_the_printed_table_is_covered_once_and_wholly(form: Form) -> None:
    for table in form.tables:
        covered = [
            (row, column)
            for place in table.places
            for row in range(place.row, place.row + place.row_span)
            for column in range(place.column, place.column + place.column_span)
        ]
        assert len(covered) == len(set(covered)) == table.row_count * table.column_count
    assert {key for table in form.tables for key in table.cells} == set(form.by_key)


def test_merged_labels_span_as_printed() -> None:
    spans = {place.text: place.row_span for place in FORM_2021.tables[1].places if place.row_span > 1}
    heads = {
        "三、本年度办理结果": 22,
        "（三）不予公开": 8,
        "（四）无法提供": 3,
        "（五）不予处理": 5,
        "（六）其他处理": 3,
    }
    assert heads.items() <= spans.items()
    old = {place.text: place.row_span for place in FORM_2019.tables[1].places}
    assert (old["三、本年度办理结果"], old["（六）其他处理"]) == (20, 1)


@both
@given(data=st.data())
@unhurried
def test_figures_travel_and_are_stored_unchanged(form: Form, data: st.DataObject) -> None:
    figures = data.draw(any_figures(form))
    assert parse(form, present(form, figures)) == (figures, [])
    assert from_array(form, to_array(form, figures)) == figures


@given(st.integers(0, 999_999_999 * 10**6))
def test_fees_keep_every_fen(fen: int) -> None:
    shown = present(FORM_2021, {"t2.fees.amount": fen})["t2.fees.amount"]
    assert isinstance(shown, str)
    assert parse(FORM_2021, {"t2.fees.amount": shown})[0]["t2.fees.amount"] == fen


@pytest.mark.parametrize(
    ("sent", "fen"),
    [
        ("0.55", 550_000),
        ("0.47", 470_000),
        ("12.5", 12_500_000),
        (0, 0),
        (12.5, 12_500_000),
        ("316441", 316441 * 10**6),
    ],
)
def test_fees_are_sent_in_ten_thousands_of_yuan(sent: Any, fen: int) -> None:
    assert parse(FORM_2021, {"t2.fees.amount": sent}) == (
        {**dict.fromkeys(FORM_2021.by_key), "t2.fees.amount": fen},
        [],
    )


def test_blank_is_not_zero() -> None:
    figures, faults = parse(FORM_2021, {"t3.r1.natural": None, "t3.r2.natural": 0})
    assert (figures["t3.r1.natural"], figures["t3.r2.natural"], figures["t3.r4.natural"]) == (None, 0, None)
    assert faults == []


@pytest.mark.parametrize(
    ("key", "sent", "code"),
    [
        ("t3.r1.natural", -1, "number-negative"),
        ("t3.r1.natural", 1.5, "number-fraction"),
        ("t3.r1.natural", float("nan"), "number-fraction"),
        ("t3.r1.natural", float("inf"), "number-fraction"),
        ("t3.r1.natural", 123_456_789_012, "number-too-large"),
        ("t3.r1.natural", 1e300, "number-too-large"),
        ("t3.r1.natural", "24", "number-type"),
        ("t3.r1.natural", True, "number-type"),
        ("t3.r1.natural", [24], "number-type"),
        ("t3.r1.nobody", 1, "cell-unknown"),
        ("t2.fees.amount", "-1", "number-negative"),
        ("t2.fees.amount", -0.5, "number-negative"),
        ("t2.fees.amount", "1.2345678", "amount-precision"),
        ("t2.fees.amount", "1,000", "amount-format"),
        ("t2.fees.amount", "１２", "amount-format"),
        ("t2.fees.amount", "", "amount-format"),
        ("t2.fees.amount", float("nan"), "amount-format"),
        ("t2.fees.amount", "1000000000", "number-too-large"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_named(key: str, sent: Any, code: str) -> None:
    figures, faults = parse(FORM_2021, {key: sent})
    assert [(fault.key, fault.code) for fault in faults] == [(key, code)]
    assert figures.get(key) is None


def test_whole_floats_are_whole_numbers() -> None:
    assert parse(FORM_2021, {"t3.r1.natural": 24.0})[0]["t3.r1.natural"] == 24


def test_a_change_may_be_negative_on_the_old_form_only_where_it_is_one() -> None:
    assert parse(FORM_2019, {"t2.licensing.change": -3})[0]["t2.licensing.change"] == -3
    assert parse(FORM_2019, {"t2.licensing.decisions": -3})[1][0].code == "number-negative"
