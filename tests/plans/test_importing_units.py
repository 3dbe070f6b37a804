"""Units in a cell: who is named, in what part, who is meant by a collective word, and what only a person can say."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.demo.units import UNITS
from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.lives import UnitLife, directory_on
from taizhang.plans.importing.names import guess_kind, place_of, short_name_of
from taizhang.plans.importing.units import AssigneeState, GroupEntry, UnitDirectory, UnitEntry, read_units

HERE = Path(__file__).parent
NEAR = [line.split("\t") for line in (HERE / "near_names.tsv").read_text().splitlines()]
FOREIGN = (HERE / "foreign_names.txt").read_text().splitlines()
SHORT = sorted(seed.short_name for seed in UNITS)
STREETS_AND_TOWNS = 15
OPEN = (AssigneeState.SUGGESTED, AssigneeState.UNDECIDED, AssigneeState.UNKNOWN)
# Units of other districts, which no directory here knows.
ELSEWHERE = [
    "县人力资源和社会保障局",
    "县经济和信息化局",
    "县退役军人事务局",
    "县文化广播电视和旅游局",
    "县发展和改革委员会",
    "县住房和城乡建设局",
    "县委宣传部（县政府新闻办）",
    "县自然资源和规划局",
    "县政府办公室（县大数据局）",
    "县城市管理和综合行政执法局",
    "和平街道办事处",
    "太和镇人民政府",
    "县残疾人联合会",
    "团县委",
]


@pytest.fixture(scope="module")
def larger(names: UnitDirectory) -> UnitDirectory:
    """江阳区 with four more departments than the notice names."""
    more = ("区文化广播电视和旅游局", "区退役军人事务局", "区水务局", "区综合行政执法局")
    added = tuple(UnitEntry(uuid.uuid4(), f"泸州市江阳{name}", name, "department") for name in more)
    return UnitDirectory(names.units + added, names.groups)


def parts(names: UnitDirectory, text: str, column: Column = Column.UNITS) -> list[tuple[str, str]]:
    return [(a.text, a.role) for a in read_units(text, column, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区财政局牵头，区审计局、各街镇配合", "区财政局=lead 区审计局=support 各街镇=support"),
        ("区财政局、区审计局分别牵头", "区财政局=lead 区审计局=lead"),
        ("由区财政局牵头，会同区审计局、区司法局", "区财政局=lead 区审计局=support 区司法局=support"),
        ("区财政局会同区审计局负责", "区财政局=responsible 区审计局=support"),
        ("牵头单位：区财政局；配合单位：区审计局、各街镇", "区财政局=lead 区审计局=support 各街镇=support"),
        ("牵头单位：区财政局\n区审计局\n配合单位：各街镇", "区财政局=lead 区审计局=lead 各街镇=support"),
        ("【牵头单位】区财政局【配合单位】区审计局", "区财政局=lead 区审计局=support"),
        ("牵头单位 区财政局 配合单位 区审计局", "区财政局=lead 区审计局=support"),
        ("区财政局（牵头）、区审计局、区司法局", "区财政局=lead 区审计局=responsible 区司法局=responsible"),
        ("区财政局\n（牵头）\n各街镇\n（配合）", "区财政局=lead 各街镇=support"),
        ("区财政局*、区审计局", "区财政局=lead 区审计局=responsible"),
        ("★区财政局、区审计局", "区财政局=lead 区审计局=responsible"),
        ("●区财政局 ●区审计局", "区财政局=responsible 区审计局=responsible"),
        ("区财政局、区审计局（列第一位的为牵头单位）", "区财政局=lead 区审计局=responsible"),
        ("区财政局、区审计局（排第一的为牵头单位，其余为配合单位）", "区财政局=lead 区审计局=support"),
        ("区财政局负责牵头，区审计局协助，各街镇按职责分工负责", "区财政局=lead 区审计局=support 各街镇=responsible"),
        ("区财政局为牵头单位，区审计局为配合单位", "区财政局=lead 区审计局=support"),
        ("区财政局主办，区审计局协办，区司法局会办", "区财政局=lead 区审计局=support 区司法局=support"),
        ("区应急局指导，各街镇负责落实", "区应急局=support 各街镇=responsible"),
        ("区财政局、区审计局等按职责分工负责", "区财政局=responsible 区审计局=responsible"),
        ("区财政局，区审计局、区司法局配合", "区财政局=responsible 区审计局=support 区司法局=support"),
        ("各街镇配合区财政局落实", "各街镇=support 区财政局=responsible"),
        ("区财政局、区审计局", "区财政局=responsible 区审计局=responsible"),
        ("（区财政局牵头，区审计局配合）", "区财政局=lead 区审计局=support"),
        ("责任领导：张三 责任单位：区财政局", "区财政局=responsible"),
        ("区财政局牵头，9月底前完成", "区财政局=lead"),
        ("区财政局、各街镇等按照职责分工做好相关工作，持续推进", "区财政局=responsible 各街镇=responsible"),
        ("按职责分工负责", ""),
        ("/", ""),
    ],
)
def test_every_unit_has_the_part_the_words_give_it(names: UnitDirectory, text: str, expected: str) -> None:
    assert " ".join(f"{name}={role}" for name, role in parts(names, text)) == expected


def test_the_first_unit_leads_only_where_the_heading_says_so(names: UnitDirectory) -> None:
    text = "区财政局、区审计局"
    assert [a.role for a in read_units(text, Column.UNITS, names)] == ["responsible", "responsible"]
    assert [a.role for a in read_units(text, Column.UNITS, names, first_leads=True)] == ["lead", "responsible"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区财政局和区审计局", ["区财政局", "区审计局"]),
        ("区民政局及各街镇", ["区民政局", "各街镇"]),
        ("区科技和人才局和区经济和信息化局", ["区科技和人才局", "区经济和信息化局"]),
        ("县教育局和体育局", ["县教育局", "体育局"]),
        ("县财政局以及县审计局", ["县财政局", "县审计局"]),
        ("区人力资源社\n会保障局、区财政局", ["区人力资源社会保障局", "区财政局"]),
        ("县人力资源\n和社会保障局", ["县人力资源和社会保障局"]),
        ("区财政局\n区审计局", ["区财政局", "区审计局"]),
        ("区财政局　区审计局/区司法局；区统计局", ["区财政局", "区审计局", "区司法局", "区统计局"]),
        ("区 民 政 局", ["区民政局"]),
        ("1.区财政局 2.区审计局", ["区财政局", "区审计局"]),
        ("区财政局+区审计局", ["区财政局", "区审计局"]),
        ("区财政局、区审计局.", ["区财政局", "区审计局"]),
        ("(区财政局、区审计局", ["区财政局", "区审计局"]),
        ("各街道办事处、镇人民政府,各园区管委会", ["各街道办事处、镇人民政府", "各园区管委会"]),
        ("(市府办〔市大数据局〕牵头,各县〔区〕政府)", ["市府办〔市大数据局〕", "各县〔区〕政府"]),
        ("市、区有关部门", ["市、区有关部门"]),
        ("各县（市、区）人民政府、各镇（街道）", ["各县（市、区）人民政府", "各镇（街道）"]),
    ],
)
def test_names_are_parted_and_never_broken(names: UnitDirectory, text: str, expected: list[str]) -> None:
    assert [name for name, _ in parts(names, text)] == expected


@given(
    st.lists(st.sampled_from(ELSEWHERE), min_size=1, max_size=6, unique=True),
    st.sampled_from(["、", "，", ",", "；", "\n", "/", "　", "和", "及", "以及", "与", "、\n"]),
)
def test_names_of_another_district_survive_whole_and_unknown(
    names: UnitDirectory, units: list[str], separator: str
) -> None:
    found = read_units(separator.join(units), Column.UNITS, names)
    assert [a.text for a in found] == units
    assert {a.state for a in found} == {AssigneeState.UNKNOWN}


@given(
    st.lists(st.sampled_from(SHORT), min_size=1, max_size=8, unique=True),
    st.sampled_from(["、", "，", ",", "；", "\n", "/", " ", "和", "及", "以及", "与"]),
    st.sampled_from([("", "responsible"), ("牵头", "lead"), ("配合", "support"), ("按职责分工负责", "responsible")]),
)
def test_known_units_are_matched_in_order_whatever_joins_them(
    names: UnitDirectory, units: list[str], separator: str, said: tuple[str, str]
) -> None:
    words, role = said
    found = read_units(separator.join(units) + words, Column.UNITS, names)
    assert [a.text for a in found] == units
    assert all(a.state is AssigneeState.MATCHED and len(a.unit_ids) == 1 for a in found)
    assert found[-1].role == role


@given(
    st.text(
        alphabet="区县市各街镇道局委办和及与、，；（）()〔 \n等有关除外牵头配合负责单位部门财政审计南城*：", max_size=60
    )
)
def test_nothing_is_invented_and_every_phrase_is_of_the_cell(names: UnitDirectory, text: str) -> None:
    known = {unit.id for unit in names.units}
    written = "".join(text.split())
    for assignee in read_units(text, Column.UNITS, names):
        assert set(assignee.unit_ids) <= known
        assert not (assignee.state in OPEN and assignee.unit_ids)
        assert assignee.state not in OPEN or assignee.note
        words = "".join(assignee.text.split())
        assert words in written or set(words) <= set(written) | set("等、")


def sizes(names: UnitDirectory, text: str) -> list[tuple[str, int]]:
    return [(a.state.value, len(a.unit_ids)) for a in read_units(text, Column.UNITS, names)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("各街镇", 15),
        ("各镇街", 15),
        ("各镇（街道）", 15),
        ("各街道办事处、镇人民政府", 15),
        ("各乡镇（街道）", 15),
        ("全区各街镇", 15),
        ("各街道", 9),
        ("各园区管委会", 1),
        ("各园区（管委会）", 1),
        ("区政府各部门", 23),
        ("区级各部门", 23),
        ("区直各部门", 23),
        ("区直各部门（单位）", 23),
        ("各镇街（不包括园区）", 15),
        ("江阳区各部门", 23),
        ("各部门", 23),
        ("全区各单位", 40),
        ("各级各部门", 40),
        ("各街镇（大山坪街道除外）", 14),
        ("各街镇（不含大山坪街道、南城街道）", 13),
        ("除大山坪街道外，各街镇", 14),
        ("除大山坪街道外的各街镇", 14),
        ("各街镇（南城街道、北城街道）", 2),
        ("有关街镇（南城街道、北城街道）", 2),
        ("各街镇（含园区管委会）", 16),
    ],
)
def test_collective_words_are_sets_of_the_units_of_the_day(names: UnitDirectory, text: str, count: int) -> None:
    assert sizes(names, text) == [("group", count)]


def test_each_is_said_once_for_a_whole_list(names: UnitDirectory) -> None:
    assert sizes(names, "各街镇、园区管委会") == [("group", 15), ("group", 1)]
    assert sizes(names, "各街道、镇") == [("group", 9), ("group", 6)]
    assert sizes(names, "各镇人民政府、街道办事处") == [("group", 6), ("group", 9)]


@pytest.mark.parametrize(
    "text",
    [
        "有关部门",
        "区政府有关部门",
        "区级有关部门",
        "各有关单位",
        "其他有关单位",
        "相关街镇",
        "各责任单位",
        "各成员单位",
        "决策承办单位",
        "市级各部门",
        "龙马潭区各部门",
        "各县（市、区）人民政府",
        "驻区各单位",
        "区属国有企业",
        "区级部门",
        "各村（社区）",
        "各街镇（除偏远的外）",
        "同上",
    ],
)
def test_what_only_a_person_can_say_stays_undecided(names: UnitDirectory, text: str) -> None:
    (assignee,) = read_units(text, Column.UNITS, names)
    assert (assignee.text, assignee.state, assignee.unit_ids) == (text, AssigneeState.UNDECIDED, ())
    assert assignee.note


def test_a_group_nobody_belongs_to_is_not_silently_empty(names: UnitDirectory) -> None:
    without = UnitDirectory(tuple(unit for unit in names.units if unit.kind != "zone"), names.groups)
    (assignee,) = read_units("各园区管委会", Column.UNITS, without)
    assert assignee.state is AssigneeState.UNDECIDED


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("区财政局、区审计局等有关部门", ["matched", "matched", "undecided"]),
        ("区财政局等部门", ["matched", "undecided"]),
        ("区财政局、区审计局等5个部门", ["matched", "matched", "undecided"]),
        ("区财政局、区审计局等2个部门", ["matched", "matched"]),
        ("区财政局、区审计局等", ["matched", "matched"]),
    ],
)
def test_and_others_is_said_not_dropped(names: UnitDirectory, text: str, states: list[str]) -> None:
    assert [a.state.value for a in read_units(text, Column.UNITS, names)] == states


def test_a_bare_and_others_leaves_a_note(names: UnitDirectory) -> None:
    *_, last = read_units("区财政局、区审计局等", Column.UNITS, names)
    assert last.note
    assert "等" in last.note


def test_an_ending_said_once_is_only_a_suggestion(names: UnitDirectory) -> None:
    first, second, third = read_units("区教育、财政、民政局", Column.UNITS, names)
    assert (first.text, second.text, third.text) == ("区教育", "财政", "民政局")
    assert (first.state, second.state) == (AssigneeState.SUGGESTED, AssigneeState.SUGGESTED)
    assert second.candidates[0].name == "区财政局"
    assert third.state is AssigneeState.MATCHED


def test_the_place_may_be_dropped_after_the_first(names: UnitDirectory) -> None:
    assert sizes(names, "区发展改革局、财政局、审计局") == [("matched", 1)] * 3


def test_a_place_said_once_holds_for_the_names_after_it(names: UnitDirectory) -> None:
    county = read_units("县教育局、财政局、民政局，区审计局、司法局、大山坪街道", Column.UNITS, names)
    assert [(a.text, a.state.value) for a in county] == [
        ("县教育局", "unknown"),
        ("财政局", "unknown"),
        ("民政局", "unknown"),
        ("区审计局", "matched"),
        ("司法局", "matched"),
        ("大山坪街道", "matched"),
    ]


@pytest.mark.parametrize(("written", "meant"), NEAR)
def test_the_right_unit_is_suggested_first(larger: UnitDirectory, written: str, meant: str) -> None:
    (assignee,) = read_units(written, Column.UNITS, larger)
    by_id = {unit.id: unit.short_name for unit in larger.units}
    if assignee.state is AssigneeState.MATCHED:
        assert by_id[assignee.unit_ids[0]] == meant
    else:
        assert assignee.state is AssigneeState.SUGGESTED
        assert assignee.candidates[0].name == meant
        assert 0.6 <= assignee.candidates[0].score < 1


def test_enough_near_names_are_labelled() -> None:
    assert len(NEAR) >= 60


@pytest.mark.parametrize("written", FOREIGN)
def test_nobody_is_suggested_for_another_body(larger: UnitDirectory, written: str) -> None:
    for assignee in read_units(written, Column.UNITS, larger):
        assert assignee.candidates == () or assignee.state is AssigneeState.UNDECIDED
        assert assignee.unit_ids == ()


# ---- units over time


def life(name: str, short: str, **over: object) -> UnitLife:
    return UnitLife(UnitEntry(uuid.uuid4(), name, short, "department"), **over)  # type: ignore[arg-type]


def test_a_former_name_reads_as_who_carries_on(names: UnitDirectory) -> None:
    agriculture = life("泸州市江阳区农业农村局", "区农业农村局")
    poverty = life(
        "泸州市江阳区乡村振兴局",
        "区乡村振兴局",
        valid_to=date(2024, 3, 31),
        successor_id=agriculture.entry.id,
    )
    then = directory_on([agriculture, poverty], names.groups, date(2023, 7, 7))
    (assignee,) = read_units("区乡村振兴局", Column.UNITS, then)
    assert (assignee.unit_ids, assignee.note) == ((poverty.entry.id,), None)
    later = directory_on([agriculture, poverty], names.groups, date(2025, 7, 7))
    (assignee,) = read_units("江阳区乡村振兴局", Column.UNITS, later)
    assert (assignee.state, assignee.unit_ids) == (AssigneeState.MATCHED, (agriculture.entry.id,))
    assert assignee.note == "区乡村振兴局已于2024-03-31撤并，由区农业农村局承继"


def test_a_name_not_yet_in_use_reads_as_who_stood_there_then() -> None:
    data = life("泸州市江阳区数据局", "区数据局", valid_from=date(2024, 4, 1))
    approval = life("泸州市江阳区行政审批局", "区行政审批局", valid_to=date(2024, 3, 31), successor_id=data.entry.id)
    (assignee,) = read_units("区数据局", Column.UNITS, directory_on([data, approval], (), date(2023, 7, 7)))
    assert assignee.unit_ids == (approval.entry.id,)
    assert assignee.note


def test_a_body_that_ended_without_an_heir_is_for_a_person() -> None:
    ended = life("泸州市江阳区农机局", "区农机局", valid_to=date(2019, 3, 31))
    (assignee,) = read_units("区农机局", Column.UNITS, directory_on([ended], (), date(2023, 7, 7)))
    assert (assignee.state, assignee.unit_ids) == (AssigneeState.UNKNOWN, ())
    assert assignee.note == "区农机局已于2019-03-31撤并，没有登记承继单位"


def test_heirs_that_point_at_each_other_end_nowhere() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    ended = date(2019, 3, 31)
    lives = [
        UnitLife(UnitEntry(first, "区甲局", "区甲局", "department"), None, ended, second),
        UnitLife(UnitEntry(second, "区乙局", "区乙局", "department"), None, ended, first),
    ]
    (assignee,) = read_units("区甲局", Column.UNITS, directory_on(lives, (), date(2023, 7, 7)))
    assert assignee.state is AssigneeState.UNKNOWN


def test_the_offices_own_word_goes_before_grammar(names: UnitDirectory) -> None:
    own = UnitDirectory(names.units, (GroupEntry("各部门", ("zone",)),))
    assert sizes(own, "各部门") == [("group", 1)]


# ---- names without a directory


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区水务局", "department"),
        ("县发展和改革委员会", "department"),
        ("区国有资产监督管理委员会", "department"),
        ("区机关事务管理局", "department"),
        ("区政府办公室", "office"),
        ("泸州市江阳区人民政府办公室", "office"),
        ("县府办", "office"),
        ("和平街道", "subdistrict"),
        ("泸州市江阳区人民政府大山坪街道办事处", "subdistrict"),
        ("太和镇", "town"),
        ("泸州市江阳区黄舣镇人民政府", "town"),
        ("白马乡", "town"),
        ("江南科技产业园管委会", "zone"),
        ("泸州国家高新区江南科技产业园管理委员会", "zone"),
        ("经济技术开发区管理委员会", "zone"),
        ("江阳生态环境局", "branch"),
        ("泸州市江阳生态环境局", "branch"),
        ("区生态环境局", "department"),
        ("区税务局", "branch"),
        ("区公安分局", "branch"),
        ("泸州市江阳区人民政府", "government"),
        ("区委宣传部", "other"),
        ("区委编办", "other"),
        ("区纪委监委", "other"),
        ("区人民法院", "other"),
        ("团区委", "other"),
        ("区残联", "other"),
        ("区融媒体中心", "other"),
    ],
)
def test_a_new_units_kind_is_guessed_from_its_name(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


@pytest.mark.parametrize("seed", UNITS, ids=lambda seed: seed.short_name)
def test_the_districts_own_kinds_are_guessed_right(seed: object) -> None:
    assert guess_kind(seed.name) == seed.kind.value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("泸州市江阳区民政局", "区民政局"),
        ("泸州市江阳区人民政府大山坪街道办事处", "大山坪街道"),
        ("泸州市江阳区黄舣镇人民政府", "黄舣镇"),
        ("泸州市江阳区人民政府办公室", "区政府办公室"),
        ("江南科技产业园管理委员会", "江南科技产业园管委会"),
        ("龙马潭区民政局", "龙马潭区民政局"),
        ("区水务局", "区水务局"),
    ],
)
def test_a_short_name_is_what_a_breakdown_writes(full: str, short: str) -> None:
    assert short_name_of(full) == short


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("龙马潭区民政局", "龙马潭区"),
        ("泸县财政局", "泸县"),
        ("市财政局", "市"),
        ("市场监管局", ""),
        ("社区管理中心", ""),
        ("城市管理局", ""),
        ("人力资源市场", ""),
        ("行政审批局", ""),
        ("杭州市民政局", "杭州市"),
    ],
)
def test_the_place_a_name_begins_with(name: str, place: str) -> None:
    assert place_of(name) == place
