"""Text gives its table however the cells are set apart, in every encoding files are saved in here."""

import pytest

from taizhang.plans.importing.headers import Column
from tests.plans.layouts import reading_of

EXPECTED = [("公开规划", "区发展改革局"), ("公开预算", "区财政局、区教育局")]

TABBED = "任务分解表\n序号\t任务\t责任单位\n1\t公开规划\t区发展改革局\n2\t公开预算\t区财政局、区教育局\n"
GAPPED = """任务分解表
序号   任务       责任单位
1      公开规划   区发展改革局
2      公开预算   区财政局、区教育局
"""
SPACED = "序号 任务 责任单位\n1 公开规划 区发展改革局\n2 公开预算 区财政局、区教育局\n"
MARKDOWN = """# 任务
| 序号 | 任务 | 责任单位 |
|---|---|---|
| 1 | 公开规划 | 区发展改革局 |
| 2 | 公开预算 | 区财政局、区教育局 |
"""
BOXED = """┌──┬────┬──────┐
│序号│任务│责任单位│
├──┼────┼──────┤
│1 │公开│区发展│
│  │规划│改革局│
├──┼────┼──────┤
│2 │公开│区财政局、│
│  │预算│区教育局│
└──┴────┴──────┘
"""
FLOWED = "序号\n任务\n责任单位\n1\n公开规划\n区发展改革局\n2\n公开预算\n区财政局、区教育局\n第1页 共1页\n"
FLOWED_BELOW_ONE_LINE = "序号　　任务　　责任单位\n1\n公开规划\n区发展改革局\n2\n公开预算\n区财政局、区教育局\n"
COMMAS = "序号,任务,责任单位\n1,公开规划,区发展改革局\n2,公开预算,区财政局、区教育局\n"


@pytest.mark.parametrize("written", [TABBED, GAPPED, SPACED, MARKDOWN, BOXED, FLOWED, FLOWED_BELOW_ONE_LINE])
def test_pasted_tables_are_read_however_they_are_drawn(written: str) -> None:
    rows = reading_of(written.encode(), "表.txt").rows
    assert [(row.title, *(words for _, words in row.units)) for row in rows] == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_delimited_tables_in_every_encoding(encoding: str, delimiter: str) -> None:
    rows = reading_of(COMMAS.replace(",", delimiter).encode(encoding), "表.csv").rows
    assert [(row.title, *(words for _, words in row.units)) for row in rows] == EXPECTED


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    written = '任务,要求,责任单位\n公开规划,"公开规划，\n及时归集。","区财政局\n区教育局"\n'
    for name in ("表.csv", "表.txt"):
        (row,) = reading_of(written.replace(",", "\t").encode(), name).rows
        assert (row.content, row.units) == ("公开规划，\n及时归集。", [(Column.UNITS, "区财政局\n区教育局")])


def test_columns_of_flowed_text_follow_the_order_of_its_headings() -> None:
    lines = """2023年任务分解表
序号
任务名称
工作要求
牵头单位
配合单位
完成时限
一、主动公开
1
做好规划公开
公开规划，做好归集。
区发展改革局
各街镇
6月底前
2
做好预算公开
公开预算。
区财政局
3月底前
第1页 共3页
二、强化保障
3
做好培训
组织培训；
开展交流。
区政府办公室
各街镇、区政府各部门
年底前"""
    rows = reading_of(lines.encode(), "表.txt").rows
    assert [(row.category, row.title, row.content, row.due) for row in rows] == [
        ("一、主动公开", "做好规划公开", "公开规划，做好归集。", "6月底前"),
        ("一、主动公开", "做好预算公开", "公开预算。", "3月底前"),
        ("二、强化保障", "做好培训", "组织培训；\n开展交流。", "年底前"),
    ]
    assert [row.units for row in rows] == [
        [(Column.LEAD, "区发展改革局"), (Column.SUPPORT, "各街镇")],
        [(Column.LEAD, "区财政局")],
        [(Column.LEAD, "区政府办公室"), (Column.SUPPORT, "各街镇、区政府各部门")],
    ]
    assert rows[0].places[Column.DUE] == [(14, 1)]


def test_a_paragraph_that_ends_within_a_cell_does_not_end_its_row() -> None:
    pasted = "序号\t任务\t要求\t责任单位\n1\t公开规划\t第一段。\n第二段。\t区财政局\n2\t公开预算\t公开。\t区教育局\n"
    rows = reading_of(pasted.encode(), "表.txt").rows
    assert [(row.content, row.units[0][1]) for row in rows] == [
        ("第一段。\n第二段。", "区财政局"),
        ("公开。", "区教育局"),
    ]


def test_lines_that_end_as_on_old_machines() -> None:
    assert len(reading_of(COMMAS.replace("\n", "\r").encode(), "表.csv").rows) == 2
