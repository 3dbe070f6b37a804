"""Plans written in paragraphs: who does it stands in brackets behind the sentence, or on a line below."""

import pytest

from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.headers import Column
from tests.plans.layouts import as_docx, as_html, reading_of

ZHOUSHAN = """舟山市2022年政务公开工作实施方案
为贯彻落实国家、省政务公开工作要点，现制定如下方案。
一、总体要求
坚持以人民为中心，深化政务公开。
二、重点任务
（一）深化重点信息公开
1.加强涉企信息公开。及时发布惠企政策。（市府办〔市大数据局〕牵头，市政府各部门、各县〔区〕政府、各功能区管委会配合）
2.加强卫生信息公开。及时发布信息。（市卫生健康委牵头）
（二）强化解读回应
3.提升解读质量。解读比例不低于50%。（各县（市、区）政府、市级各部门负责，9月底前完成）
三、保障措施
（一）加强组织领导。各单位要高度重视。
舟山市人民政府办公室
2022年5月6日"""


@pytest.mark.parametrize("form", ["txt", "docx", "html"])
def test_an_inline_plan_reads_the_same_from_every_format(form: str) -> None:
    lines = ZHOUSHAN.split("\n")
    data = {"txt": ZHOUSHAN.encode(), "docx": as_docx(*lines), "html": as_html(*lines)}[form]
    rows = reading_of(data, f"方案.{form}").rows
    assert [(row.category, row.subcategory, row.title, row.due) for row in rows] == [
        ("二、重点任务", "（一）深化重点信息公开", "加强涉企信息公开", ""),
        ("二、重点任务", "（一）深化重点信息公开", "加强卫生信息公开", ""),
        ("二、重点任务", "（二）强化解读回应", "提升解读质量", "9月底前完成"),
    ]
    assert [row.units for row in rows] == [
        [(Column.UNITS, "市府办〔市大数据局〕牵头，市政府各部门、各县〔区〕政府、各功能区管委会配合")],
        [(Column.UNITS, "市卫生健康委牵头")],
        [(Column.UNITS, "各县（市、区）政府、市级各部门负责")],
    ]
    assert rows[1].content == "2.加强卫生信息公开。及时发布信息。（市卫生健康委牵头）"


def test_each_bracket_of_a_paragraph_assigns_the_sentences_before_it() -> None:
    text = """一、推进决策公开
（一）推进重大决策预公开。各地区各部门要公布决策草案。（国务院办公厅牵头，各部门、各省级政府落实）探索会议开放。（各部门、各省级政府负责落实）
（二）推进执行公开。公开执行措施。（国家发展改革委、审计署负责）
二、推进服务公开
推行一网通办，健全机制。（国务院审改办牵头）"""
    rows = reading_of(text.encode(), "方案.txt").rows
    assert [(row.category, row.title, row.units[0][1]) for row in rows] == [
        ("一、推进决策公开", "推进重大决策预公开", "国务院办公厅牵头，各部门、各省级政府落实"),
        ("一、推进决策公开", "探索会议开放", "各部门、各省级政府负责落实"),
        ("一、推进决策公开", "推进执行公开", "国家发展改革委、审计署负责"),
        ("二、推进服务公开", "推行一网通办，健全机制", "国务院审改办牵头"),
    ]
    assert rows[1].content == "探索会议开放。（各部门、各省级政府负责落实）"


def test_labelled_lines_belong_to_the_paragraph_above() -> None:
    text = """一、主动公开
1.公开规划。
责任单位：区发展改革局
完成时限：6月底前
2.公开预算。
牵头单位：区财政局；配合单位：各街镇；完成时限：3月底前
二、强化保障
3.组织培训。责任单位：区政府办公室。"""
    rows = reading_of(text.encode(), "方案.txt").rows
    assert [(row.category, row.title, row.due, row.units) for row in rows] == [
        ("一、主动公开", "公开规划", "6月底前", [(Column.UNITS, "区发展改革局")]),
        ("一、主动公开", "公开预算", "3月底前", [(Column.LEAD, "区财政局"), (Column.SUPPORT, "各街镇")]),
        ("二、强化保障", "组织培训", "", [(Column.UNITS, "区政府办公室")]),
    ]


def test_paragraphs_under_one_heading_share_the_lines_below_them() -> None:
    text = """（一）推进规划公开
主动公开国民经济规划。
做好历史规划归集。
牵头单位：区发展改革局
配合单位：区自然资源局、各街镇
（二）推进预算公开
公开预算。
牵头单位：区财政局
配合单位：各部门"""
    first, second = reading_of(text.encode(), "方案.txt").rows
    assert (first.title, first.content) == ("推进规划公开", "主动公开国民经济规划。\n做好历史规划归集。")
    assert first.units == [(Column.LEAD, "区发展改革局"), (Column.SUPPORT, "区自然资源局、各街镇")]
    assert second.title == "推进预算公开"


def test_one_bracket_behind_the_last_of_several_is_shared_and_said_so() -> None:
    text = """一、主动公开
1.公开规划。
2.公开预算。
3.公开项目。（区发展改革局、区财政局负责）
二、平台建设
4.管好网站。（区大数据局）
5.管好新媒体。（各街镇）"""
    first, *others = reading_of(text.encode(), "方案.txt").rows
    assert first.content == "1.公开规划。\n2.公开预算。\n3.公开项目。（区发展改革局、区财政局负责）"
    assert [problem.code for problem in first.problems] == ["units-for-several"]
    assert [(row.category, row.title) for row in others] == [
        ("二、平台建设", "管好网站"),
        ("二、平台建设", "管好新媒体"),
    ]


def test_a_paragraph_nobody_is_named_in_stands_with_its_neighbours_and_waits() -> None:
    text = "一、主动公开\n1.公开规划。（区发展改革局）\n2.公开预算，按时公开。\n3.公开项目。（区财政局）"
    rows = reading_of(text.encode(), "方案.txt").rows
    assert [(row.title, len(row.units)) for row in rows] == [
        ("公开规划", 1),
        ("公开预算，按时公开", 0),
        ("公开项目", 1),
    ]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("公开规划——区发展改革局牵头，各街镇配合。", [(Column.UNITS, "区发展改革局牵头，各街镇配合")]),
        (
            "公开规划。牵头单位为区发展改革局，配合单位为各街镇。",
            [(Column.LEAD, "区发展改革局"), (Column.SUPPORT, "各街镇")],
        ),
        ("公开规划。【牵头单位：区发展改革局；时限：6月底前】", [(Column.LEAD, "区发展改革局")]),
        ("区发展改革局：公开规划。", [(Column.UNITS, "区发展改革局")]),
    ],
)
def test_other_ways_to_say_who(words: str, units: list[tuple[Column, str]]) -> None:
    (row,) = reading_of(f"一、主动公开\n1.{words}".encode(), "方案.txt").rows
    assert (row.title, row.units) == ("公开规划", units)


@pytest.mark.parametrize(
    "words",
    [
        "做好“双公示”工作（以下简称公示）。",
        "按要求公开（见附件1）。",
        "确定专人（由专人负责）。",
        "按期完成（9月底前）。",
        "公开下列信息（规划、预算、项目）。",
    ],
)
def test_other_brackets_assign_nobody(words: str) -> None:
    with pytest.raises(Unreadable, match="没有写明责任单位"):
        reading_of(f"一、主动公开\n1.{words}".encode(), "方案.txt")


def test_units_in_brackets_on_a_line_of_their_own() -> None:
    text = """（一）主动公开
公开规划信息，做好归集。
（区发展改革局牵头，区自然资源局配合）
（二）平台建设
每日巡查。
（责任单位：各街镇）"""
    first, second = reading_of(text.encode(), "方案.txt").rows
    assert (first.title, first.content) == ("主动公开", "公开规划信息，做好归集。")
    assert first.units == [(Column.UNITS, "区发展改革局牵头，区自然资源局配合")]
    assert second.units == [(Column.UNITS, "各街镇")]


def test_blocks_of_labelled_lines_are_a_task_each() -> None:
    text = """一、主动公开
任务名称：公开规划
工作内容：及时公开规划，
做好归集。
责任单位：区发展改革局
完成时限：6月底前
任务名称：公开预算
工作内容：及时公开预算。
牵头单位：区财政局
配合单位：各街镇"""
    first, second = reading_of(text.encode(), "方案.txt").rows
    assert (first.category, first.title, first.due) == ("一、主动公开", "公开规划", "6月底前")
    assert first.content == "及时公开规划，\n做好归集。"
    assert second.units == [(Column.LEAD, "区财政局"), (Column.SUPPORT, "各街镇")]
