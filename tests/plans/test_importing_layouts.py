"""Breakdowns as many places issue them are read row for row, in every format they are sent in."""

import pytest

from taizhang.documents.readers import read
from taizhang.plans.importing.draft import read_draft
from taizhang.plans.importing.units import UnitDirectory
from tests.plans.layout_cases import CASES, Case
from tests.plans.layout_odd_cases import ODD_CASES
from tests.plans.layout_odder_cases import ODDER_CASES
from tests.plans.layout_row_cases import ROW_CASES
from tests.plans.layouts import WRITERS, as_docx, compared, reading_of

EVERY = (*CASES, *ROW_CASES, *ODD_CASES, *ODDER_CASES)


@pytest.mark.parametrize(
    ("case", "form"),
    [pytest.param(case, form, id=f"{case.name}-{form}") for case in EVERY for form in case.formats],
)
def test_a_layout_is_read_row_for_row(case: Case, form: str) -> None:
    reading = reading_of(WRITERS[form](*case.blocks), f"表.{form}")
    found = [compared(row, task) for row, task in zip(reading.rows, case.tasks, strict=False)]
    assert found == list(case.tasks)
    assert len(reading.rows) == len(case.tasks)
    assert {problem.code for problem in reading.problems} == case.remarks


@pytest.mark.parametrize(
    ("heading", "note", "roles"),
    [
        ("责任单位（排名第一的为牵头单位）", "", ["lead", "responsible", "responsible"]),
        ("责任单位（第一个为牵头单位，其他为配合单位）", "", ["lead", "support", "support"]),
        ("责任单位", "注：责任单位中排在首位的为牵头单位。", ["lead", "responsible", "responsible"]),
        ("责任单位", "", ["responsible"] * 3),
    ],
)
def test_who_leads_may_stand_in_the_heading_or_in_a_note(
    names: UnitDirectory, heading: str, note: str, roles: list[str]
) -> None:
    table = [["任务", "要求", heading], ["公开规划", "及时公开。", "区政府办公室、区司法局、各街镇"]]
    draft = read_draft(read(as_docx(table, note or "各单位"), "表.docx"), year=2023, directory=names)
    assert [assignee.role for assignee in draft.rows[0].assignees] == roles
