"""Breakdowns as many places issue them are read row for row, in every format they are sent in."""

import pytest

from tests.plans.layout_cases import CASES, Case
from tests.plans.layout_odd_cases import ODD_CASES
from tests.plans.layouts import WRITERS, compared, reading_of


@pytest.mark.parametrize(
    ("case", "form"),
    [pytest.param(case, form, id=f"{case.name}-{form}") for case in (*CASES, *ODD_CASES) for form in case.formats],
)
def test_a_layout_is_read_row_for_row(case: Case, form: str) -> None:
    reading = reading_of(WRITERS[form](*case.blocks), f"表.{form}")
    found = [compared(row, task) for row, task in zip(reading.rows, case.tasks, strict=False)]
    assert found == list(case.tasks)
    assert len(reading.rows) == len(case.tasks)
    assert {problem.code for problem in reading.problems} == case.remarks
