"""The parts of the reading: units in a cell, deadlines in words, duties in a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.readers import read
from taizhang.plans.importing.deadlines import find_deadlines
from taizhang.plans.importing.draft import read_draft
from taizhang.plans.importing.duties import find_duties
from taizhang.plans.importing.headers import Column, meaning
from taizhang.plans.importing.units import AssigneeState, UnitDirectory, read_units

TEXTS = st.text(
    alphabet="区政府各部门有关街镇年月底前日至少次每不得低于50%及时公开后个工作内1239，。；、（）\n 牵头配合局",
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("区政府办公室牵头，各街镇配合", [("区政府办公室", "lead"), ("各街镇", "support")]),
        (
            "区司法局、区财政局牵头；区审计局负责",
            [("区司法局", "lead"), ("区财政局", "lead"), ("区审计局", "responsible")],
        ),
        ("牵头单位：区财政局；责任单位：各街镇", [("区财政局", "lead"), ("各街镇", "responsible")]),
        (
            "各街道办事处、镇人民政府,各园区管委会",
            [("各街道办事处、镇人民政府", "responsible"), ("各园区管委会", "responsible")],
        ),
        ("区财政局和区审计局", [("区财政局和区审计局", "responsible")]),
    ],
)
def test_roles_follow_the_words_after_the_names(names: UnitDirectory, text: str, roles: list[tuple[str, str]]) -> None:
    found = [(a.text, a.role) for a in read_units(text, Column.UNITS, names)]
    if "和" in text:
        found = [("和".join(a for a, _ in found), found[0][1])] if len(found) == 2 else found
    assert found == roles


def test_a_column_of_its_own_gives_the_role(names: UnitDirectory) -> None:
    assert [a.role for a in read_units("区财政局", Column.LEAD, names)] == ["lead"]
    assert [a.role for a in read_units("区财政局", Column.SUPPORT, names)] == ["support"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("区财政局", AssigneeState.MATCHED),
        ("泸州市江阳区财政局", AssigneeState.MATCHED),
        ("财政局", AssigneeState.MATCHED),
        ("大山坪街道办事处", AssigneeState.MATCHED),
        ("各街镇", AssigneeState.GROUP),
        ("相关单位", AssigneeState.UNDECIDED),
        ("区财政居", AssigneeState.SUGGESTED),
        ("成都高新区某某中心", AssigneeState.UNKNOWN),
    ],
)
def test_a_phrase_is_matched_suggested_or_left_open(names: UnitDirectory, text: str, state: AssigneeState) -> None:
    (assignee,) = read_units(text, Column.UNITS, names)
    assert assignee.state is state
    assert bool(assignee.unit_ids) == (state in (AssigneeState.MATCHED, AssigneeState.GROUP))


def test_a_near_name_is_only_suggested(names: UnitDirectory) -> None:
    (assignee,) = read_units("区财政居", Column.UNITS, names)
    assert assignee.candidates[0].name == "区财政局"
    assert assignee.unit_ids == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月底前", date(2023, 9, 30)),
        ("于20238月底前", date(2023, 8, 31)),
        ("202312月底前", date(2023, 12, 31)),
        ("2023年底前", date(2023, 12, 31)),
        ("年底前", date(2023, 12, 31)),
        ("6月15日前", date(2023, 6, 15)),
        ("2024年1月31日前", date(2024, 1, 31)),
        ("上半年", date(2023, 6, 30)),
        ("三季度前", date(2023, 9, 30)),
        ("第2季度", date(2023, 6, 30)),
        ("2月底前", date(2023, 2, 28)),
    ],
)
def test_deadlines_in_words(text: str, day: date) -> None:
    assert [deadline.on for deadline in find_deadlines(text, 2023)] == [day]


@pytest.mark.parametrize(
    "text", ["每年至少开展1次专项检查", "成都2023国际论坛", "每季度更新", "长期坚持", "13月底前", "2月30日前"]
)
def test_what_is_no_deadline_is_not_read_as_one(text: str) -> None:
    assert find_deadlines(text, 2023) == []


@given(TEXTS)
def test_any_text_is_read_without_a_fault_and_every_span_is_true(text: str) -> None:
    ends = 0
    for duty in find_duties(text, 2023):
        assert text[duty.start : duty.end] == duty.text
        assert duty.start >= ends
        ends = duty.end


@given(TEXTS)
def test_deadlines_never_overlap_and_always_quote(text: str) -> None:
    ends = 0
    for deadline in find_deadlines(text, 2023):
        assert text[deadline.start : deadline.end] == deadline.text
        assert deadline.start >= ends
        ends = deadline.end


@given(TEXTS)
def test_units_are_never_invented(names: UnitDirectory, text: str) -> None:
    known = {unit.id for unit in names.units}
    for assignee in read_units(text, Column.UNITS, names):
        assert set(assignee.unit_ids) <= known
        if assignee.state not in (AssigneeState.MATCHED, AssigneeState.GROUP):
            assert assignee.unit_ids == ()


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("具 体 要 求", Column.CONTENT),
        ("责任\n单位", Column.UNITS),
        ("牵头处室", Column.LEAD),
        ("落实情况", Column.STATUS),
        ("天气", None),
    ],
)
def test_headings_by_their_synonyms(heading: str, column: Column | None) -> None:
    assert meaning(heading) is column


@pytest.mark.parametrize(
    "line",
    [
        "2025年政务公开重点任务台账",
        "2022年政务公开工作要点任务分工",
        "古蔺县2024年政务公开工作要点责任分解表",
        "2021年政务公开工作要点",
        "某镇2024年政务公开重点任务安排",
    ],
)
def test_the_line_that_names_the_whole_is_its_title(line: str) -> None:
    text = f"{line}\n任务名称\n具体任务内容\n责任单位\n一、公开\n及时公开政策。\n各街镇"
    draft = read_draft(read(text.encode(), "a.txt"), year=None, directory=UnitDirectory((), ()))
    assert draft.title == line
