"""Breakdowns laid out in odd ways, thought up to find what the reading does not stand."""

from tests.plans.layout_cases import ALL, MERGED, Case
from tests.plans.layouts import LEFT, UP, Task

NOTE = frozenset({"note"})
LONG = "一、聚焦高质量发展、共同富裕、改革创新和营商环境优化提升等重点领域，深入推进政府信息主动公开，助力经济社会发展"
CHECK = frozenset({"category-units"})

ODD_CASES: tuple[Case, ...] = (
    Case(
        "titles above, headings in the fourth row",
        (
            "附件1",
            "某县2023年政务公开重点任务分解表",
            "（2023年6月）",
            [["序号", "重点任务", "工作要求", "责任单位"], ["1", "公开规划", "及时公开。", "县发展改革局"]],
        ),
        (Task("", "公开规划", "县发展改革局"),),
        ALL,
    ),
    Case(
        "headings three rows deep",
        (
            [
                ["序号", "任务", "要求", "责任落实", LEFT, LEFT, "时限"],
                [UP, UP, UP, "单位", LEFT, "人员", UP],
                [UP, UP, UP, "牵头单位", "配合单位", "责任人", UP],
                ["1", "公开规划", "及时公开。", "县发改局", "县财政局", "张三", "6月底前"],
            ],
        ),
        (Task("", "公开规划", due="6月底前", lead="县发改局", support="县财政局"),),
        MERGED,
        frozenset({"column-not-read"}),
    ),
    Case(
        "the units stand behind the category",
        (
            [
                ["序号", "任务", "要求"],
                ["一、主动公开（牵头单位：区政府办公室）", LEFT, LEFT],
                ["1", "公开规划", "及时公开。"],
                ["二、平台建设（区大数据局牵头，各街镇配合）", LEFT, LEFT],
                ["2", "管好网站", "每日巡查。"],
            ],
        ),
        (
            Task("一、主动公开", "公开规划", lead="区政府办公室", flags=CHECK),
            Task("二、平台建设", "管好网站", "区大数据局牵头，各街镇配合", flags=CHECK),
        ),
        ALL,
    ),
    Case(
        "task and demand in one merged cell, lead and helper in another",
        (
            [
                ["序号", "任务名称", "工作要求", "牵头单位", "配合单位"],
                ["1", "公开规划", "及时公开。", "区发展改革局", "各街镇"],
                ["2", "各单位都要公开预算。", LEFT, "区政府各部门", LEFT],
            ],
        ),
        (
            Task("", "公开规划", lead="区发展改革局", support="各街镇"),
            Task("", "各单位都要公开预算", "区政府各部门", content="各单位都要公开预算。"),
        ),
    ),
    Case(
        "a task merged down over demands with units of their own, no numbers",
        (
            [
                ["工作任务", "工作要求", "责任单位", "完成时限"],
                ["推进决策公开", "公开草案。", "区司法局", "全年"],
                [UP, "公开结果。", "区政府办公室", UP],
                ["推进服务公开", "公开指南。", "区行政审批局", "9月底前"],
            ],
        ),
        (
            Task("", "推进决策公开", "区司法局", "全年"),
            Task("", "推进决策公开", "区政府办公室", "全年"),
            Task("", "推进服务公开", "区行政审批局", "9月底前"),
        ),
    ),
    Case(
        "labels within the cell of units",
        (
            [
                ["序号", "任务", "要求", "责任分工"],
                ["1", "公开规划", "及时公开。", "牵头单位：区发展改革局\n配合单位：各街镇\n完成时限：6月底前"],
                ["2", "公开预算", "及时公开。", "责任单位：区财政局"],
            ],
        ),
        (
            Task("", "公开规划", due="6月底前", lead="区发展改革局", support="各街镇"),
            Task("", "公开预算", "区财政局"),
        ),
        ALL,
    ),
    Case(
        "first and second level in columns, the demand beside",
        (
            [
                ["一级任务", "二级任务", "具体内容", "落实单位"],
                ["主动公开", "政策公开", "公开规章。", "区司法局"],
                [UP, "项目公开", "公开项目。", "区发展改革局"],
                ["平台建设", "网站", "每日巡查。", "区大数据局"],
            ],
        ),
        (
            Task("主动公开", "公开规章", "区司法局", sub="政策公开"),
            Task("主动公开", "公开项目", "区发展改革局", sub="项目公开"),
            Task("平台建设", "每日巡查", "区大数据局", sub="网站"),
        ),
        ALL,
    ),
    Case(
        "重点任务 over 工作任务 over 具体举措",
        (
            [
                ["序号", "重点任务", "工作任务", "具体举措", "责任部门"],
                ["1", "深化公开", "公开规章", "分类展示。", "区司法局"],
                ["2", UP, "公开项目", "分期展示。", "区发展改革局"],
            ],
        ),
        (Task("深化公开", "公开规章", "区司法局"), Task("深化公开", "公开项目", "区发展改革局")),
        ALL,
    ),
    Case(
        "a row that counts the columns",
        (
            [
                ["序号", "任务", "要求", "责任单位"],
                ["1", "2", "3", "4"],
                ["1", "公开规划", "及时公开。", "区发展改革局"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"),),
        ALL,
    ),
    Case(
        "title and headings again on every page",
        (
            [
                ["2023年任务分解表", LEFT, LEFT],
                ["任务", "要求", "责任单位"],
                ["公开规划", "及时公开。", "区发展改革局"],
                ["2023年任务分解表（续）", LEFT, LEFT],
                ["任务", "要求", "责任单位"],
                ["公开预算", "及时公开。", "区财政局"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"), Task("", "公开预算", "区财政局")),
        ALL,
    ),
    Case(
        "letters one below the other in a narrow category",
        (
            [
                ["类\n别", "任务", "要求", "责任单位"],
                ["主\n动\n公\n开", "公开规划", "及时公开。", "区发展改革局"],
                [UP, "公开预算", "及时公开。", "区财政局"],
            ],
        ),
        (Task("主动公开", "公开规划", "区发展改革局"), Task("主动公开", "公开预算", "区财政局")),
        ALL,
    ),
    Case(
        "a category without a heading over it, as in the notice of 2023",
        (
            [
                ["任务名称", LEFT, "具体任务内容", "责任单位"],
                ["强化保障", "做好培训", "组织培训。", "各街镇"],
                [UP, "做好考核", "加强考核。", "区政府各部门"],
            ],
        ),
        (Task("强化保障", "做好培训", "各街镇"), Task("强化保障", "做好考核", "区政府各部门")),
    ),
    Case(
        "a blank heading over the merged categories",
        (
            [
                ["", "任务名称", "具体任务内容", "责任单位"],
                ["强化保障", "做好培训", "组织培训。", "各街镇"],
                [UP, "做好考核", "加强考核。", "区政府各部门"],
            ],
        ),
        (Task("强化保障", "做好培训", "各街镇"), Task("强化保障", "做好考核", "区政府各部门")),
    ),
    Case(
        "columns that say nothing the importer knows are named, not dropped",
        (
            [
                ["序号", "任务", "要求", "条线", "责任单位", "难易程度"],
                ["1", "公开规划", "及时公开。", "经济", "区发展改革局", "中"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"),),
        ALL,
        frozenset({"column-not-read"}),
    ),
    Case(
        "two tables of one sheet, each with its own headings",
        (
            [
                ["序号", "任务", "责任单位", ""],
                ["1", "公开规划", "区发展改革局", ""],
                ["序号", "工作任务", "牵头单位", "配合单位"],
                ["1", "管好网站", "区大数据局", "各街镇"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"), Task("", "管好网站", lead="区大数据局", support="各街镇")),
        ALL,
    ),
    Case(
        "a catalogue behind the table of tasks is left out and named",
        (
            [["序号", "任务", "责任单位"], ["1", "公开规划", "区发展改革局"]],
            "附件2",
            [["序号", "公开事项", "公开依据", "公开时限"], ["1", "机构", "条例", "20日"]],
        ),
        (Task("", "公开规划", "区发展改革局"),),
        ("docx",),
        frozenset({"table-not-read"}),
    ),
    Case(
        "an address list of the same width behind the table",
        (
            [["序号", "任务", "责任单位"], ["1", "公开规划", "区发展改革局"]],
            [["姓名", "单位", "电话"], ["张三", "区财政局", "1234"]],
        ),
        (Task("", "公开规划", "区发展改革局"),),
        ("docx",),
        frozenset({"table-not-read"}),
    ),
    Case(
        "a category that goes on into a table without headings",
        (
            [
                ["类别", "任务", "要求", "责任单位"],
                ["强化保障", "做好培训", "组织培训。", "各街镇"],
            ],
            [
                ["", "做好考核", "加强考核。", "区政府各部门"],
                ["平台建设", "管好网站", "每日巡查。", "区大数据局"],
            ],
        ),
        (
            Task("强化保障", "做好培训", "各街镇"),
            Task("强化保障", "做好考核", "区政府各部门"),
            Task("平台建设", "管好网站", "区大数据局"),
        ),
        ("docx", "html"),
    ),
    Case(
        "numbers such as 1.1 and 第一部分",
        (
            [
                ["编号", "工作事项", "工作标准", "责任科室"],
                ["第一部分 主动公开", LEFT, LEFT, LEFT],
                ["1.1", "1.1公开规划", "及时公开。", "规划科"],
                ["1.2", "1.2公开预算", "及时公开。", "财务科"],
                ["第二部分 平台建设", LEFT, LEFT, LEFT],
                ["2.1", "2.1管好网站", "每日巡查。", "信息科"],
            ],
        ),
        (
            Task("第一部分 主动公开", "公开规划", "规划科"),
            Task("第一部分 主动公开", "公开预算", "财务科"),
            Task("第二部分 平台建设", "管好网站", "信息科"),
        ),
        ALL,
    ),
    Case(
        "units written behind the title of the task",
        (
            [
                ["序号", "工作任务", "完成时限"],
                ["1", "公开规划（区发展改革局）", "6月底前"],
                ["2", "公开预算（区财政局牵头，各部门配合）", "3月底前"],
            ],
        ),
        (
            Task("", "公开规划（区发展改革局）", "区发展改革局", "6月底前"),
            Task("", "公开预算（区财政局牵头，各部门配合）", "区财政局牵头，各部门配合", "3月底前"),
        ),
        ALL,
    ),
    Case(
        "a rule that names the units before 均",
        (
            [
                ["序号", "任务", "要求", "牵头单位"],
                ["1", "公开规划", "及时公开。", "区发展改革局"],
                ["说明：以上各项任务，各街镇、园区管委会均为配合单位。", LEFT, LEFT, LEFT],
            ],
        ),
        (Task("", "公开规划", lead="区发展改革局", support="各街镇、园区管委会", flags=frozenset({"blanket-rule"})),),
        ALL,
    ),
)
