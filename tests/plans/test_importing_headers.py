"""Headings in the words of many offices, and what no heading of a table of tasks is."""

import re

import pytest

from taizhang.plans.importing.headers import Column, first_leads, is_elsewhere, meaning

WORDS: dict[Column | None, str] = {
    Column.NUMBER: "序号 序　号 编号 项次 任务编号 No.",
    Column.CATEGORY: "类别 任务类别 任务分类 重点领域 类型 一级任务 工作大类 工作板块",
    Column.TITLE: """任务名称 工作任务 重点任务 任务 重点工作任务 主要任务 工作项目 任务事项 事项名称 目标任务
        2023年重点工作 工作要点""",
    Column.CONTENT: """具体任务内容 工作要求 具体要求 工作内容 主要任务及内容 工作任务及要求 工作目标 目标要求 工作举措
        推进措施 主要举措 工作标准 任务分解 工作内容及完成时限""",
    Column.LEAD: """牵头单位 牵头处室 牵头部门 牵头责任单位 主办单位 牵头单位（第一责任单位） 牵头（责任）单位 主责单位
        市级牵头部门""",
    Column.SUPPORT: "配合单位 会办处室 协办单位 参与单位 协同单位 镇（街道）配合单位",
    Column.UNITS: """责任单位 责↵任↵单↵位 责任部门 责任科室 负责科室 责任主体 责任单位（部门） 分工 任务分工 责任分工
        承办单位 落实单位 责任（配合）单位 责任处（科）室 责任单位（排名第一的为牵头单位） 牵头单位/责任单位
        牵头、配合单位 责任单位及责任人 区级责任单位""",
    Column.DUE: """时限要求 完成时限 完成时间 时间节点 时间安排 时序进度 计划完成时间 办结时限 完成时限（节点）
        完成时限及要求""",
    Column.STATUS: """落实情况 进展 完成情况 一季度 第二季度 进展情况（截至6月底） 每季度形象进度 存在问题 下步打算
        佐证材料 实际完成时间""",
    Column.PEOPLE: "责任领导 牵头领导 责任人 联系人 电话 联系人及电话 分管领导 第一责任人",
    Column.NOTE: "备注 说明 任务来源 文件依据",
    None: "天气 公开时限 姓氏 区财政局 1 及时公开规划。",
}
FIRST_LEADS = (
    "责任单位（排名第一的为牵头单位）",
    "责任单位（列第一位的为牵头单位）",
    "责任单位\n(第一个为牵头)",
)
ELSEWHERE = ("公开依据", "公开渠道和载体", "预算金额（万元）", "姓名", "办公电话", "评分标准", "实施依据")


@pytest.mark.parametrize(
    ("heading", "column"),
    [(word.replace("↵", "\n"), column) for column, words in WORDS.items() for word in re.split(r"[ \n]+", words)],
)
def test_a_heading_means_its_column(heading: str, column: Column | None) -> None:
    assert meaning(heading) is column


@pytest.mark.parametrize("heading", FIRST_LEADS)
def test_some_headings_say_that_the_first_leads(heading: str) -> None:
    assert first_leads(heading)
    assert not first_leads("责任单位（牵头单位）")


@pytest.mark.parametrize("heading", ELSEWHERE)
def test_headings_of_other_tables_are_known(heading: str) -> None:
    assert is_elsewhere(heading)
