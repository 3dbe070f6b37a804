"""Any plan laid out in any usual way reads as it was: the layout is chosen at random, the plan must not change."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.plans.importing.headers import Column
from tests.plans.layouts import LEFT, UP, WRITERS, Block, reading_of

HEADINGS = {
    Column.NUMBER: ["序号", "编号", "项 次"],
    Column.CATEGORY: ["类别", "任务分类", "重点领域"],
    Column.TITLE: ["任务名称", "工作任务", "重 点\n任 务", "事项名称"],
    Column.CONTENT: ["具体要求", "工作内容", "主要任务及内容", "工作举措"],
    Column.LEAD: ["牵头单位", "牵头部门（第一责任单位）", "主办单位"],
    Column.UNITS: ["责任单位", "责任\n科室", "落实单位", "任务分工"],
    Column.SUPPORT: ["配合单位", "协办部门", "会办处室"],
    Column.DUE: ["完成时限", "时间要求", "时间节点"],
    Column.STATUS: ["进展情况", "落实情况", "一季度"],
}
CATEGORIES = ["一、主动公开", "二、政策解读", "三、平台建设"]
TITLES = ["公开规划", "做好预算公开", "政策性文件解读", "办理依申请公开", "管好政务新媒体"]
CONTENTS = [
    "及时公开，做好归集。",
    "（1）编制目录；（2）更新指南。",
    "推行多元解读，不得简单摘抄。",
    "依法答复。每年至少培训1次。",
]
UNITS = ["区财政局", "各街镇、园区管委会，区政府各部门", "区司法局牵头，各部门配合", "办公室", "区发展改革局、区统计局"]
DUES = ["6月底前", "年底前", "持续推进", "每季度", "2023年9月30日"]


@dataclass(frozen=True)
class Row:
    """One task and the category it is under."""

    category: str
    title: str
    content: str
    words: dict[Column, str]


@st.composite
def plans(draw: st.DrawFn) -> list[Row]:
    """Tasks under one to three categories."""
    rows = []
    for category in CATEGORIES[: draw(st.integers(1, 3))]:
        for _ in range(draw(st.integers(1, 3))):
            words = {column: draw(st.sampled_from(UNITS)) for column in (Column.LEAD, Column.UNITS, Column.SUPPORT)}
            words[Column.DUE] = draw(st.sampled_from(DUES))
            words[Column.STATUS] = draw(st.sampled_from(["", "已完成", "区审计局已办"]))
            rows.append(Row(category, draw(st.sampled_from(TITLES)), draw(st.sampled_from(CONTENTS)), words))
    return rows


@dataclass(frozen=True)
class Layout:
    """How the plan is written down."""

    columns: list[Column]
    headings: dict[Column, str]
    categories: str
    repeats: int
    splits: bool
    form: str


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Columns in some order under some words, categories in a column, over the rows or nowhere."""
    form = draw(st.sampled_from(sorted(WRITERS)))
    categories = draw(st.sampled_from(["column", "banner", "none"]))
    units = draw(
        st.sampled_from([[Column.UNITS], [Column.LEAD], [Column.LEAD, Column.SUPPORT], [Column.LEAD, Column.UNITS]])
    )
    more = [column for column in (Column.DUE, Column.STATUS) if draw(st.booleans())]
    columns = draw(st.permutations([Column.TITLE, Column.CONTENT, *units, *more]))
    first = [Column.NUMBER] if draw(st.booleans()) else []
    category = [Column.CATEGORY] if categories == "column" else []
    headings = {column: draw(st.sampled_from(words)) for column, words in HEADINGS.items()}
    splits = draw(st.booleans()) and form in ("docx", "html")
    return Layout([*first, *category, *columns], headings, categories, draw(st.sampled_from([0, 2, 3])), splits, form)


def written(plan: list[Row], layout: Layout) -> list[Block]:
    """The blocks of a document that holds the plan."""
    heading = [layout.headings[column] for column in layout.columns]
    table = [heading]
    above = ""
    for number, row in enumerate(plan, 1):
        if layout.categories == "banner" and row.category != above:
            table.append([row.category, *[LEFT] * (len(layout.columns) - 1)])
        elif layout.repeats and number % layout.repeats == 0:
            table.append(heading)
            above = ""
        cells: dict[Column, str] = {**row.words, Column.NUMBER: str(number)}
        cells |= {Column.TITLE: row.title, Column.CONTENT: row.content}
        cells[Column.CATEGORY] = UP if row.category == above else row.category
        table.append([cells[column] for column in layout.columns])
        above = row.category
    if not layout.splits:
        return ["2023年政务公开重点任务分解表", table]
    place = next((n for n in range(len(table) - 1, 1, -1) if UP not in table[n] and LEFT not in table[n]), len(table))
    return ["2023年政务公开重点任务分解表", table[:place], *([table[place:]] if place < len(table) else [])]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), layouts())
def test_a_plan_reads_as_it_was_however_it_is_laid_out(plan: list[Row], layout: Layout) -> None:
    reading = reading_of(WRITERS[layout.form](*written(plan, layout)), f"表.{layout.form}")

    def expected(row: Row) -> dict[str, Any]:
        units = {column: row.words[column] for column in layout.columns if column in row.words}
        units.pop(Column.STATUS, None)
        due = units.pop(Column.DUE, "")
        category = "" if layout.categories == "none" else row.category
        return {"category": category, "title": row.title, "content": row.content, "units": units, "due": due}

    found = [
        {"category": row.category, "title": row.title, "content": row.content, "units": dict(row.units), "due": row.due}
        for row in reading.rows
    ]
    assert found == [expected(row) for row in plan]
