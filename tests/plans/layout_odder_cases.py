"""More odd breakdowns: marks, cards, units in odd places, headings of odd length."""

from tests.plans.layout_cases import ALL, MERGED, Case
from tests.plans.layout_odd_cases import CHECK, LONG, NOTE
from tests.plans.layouts import LEFT, UP, Task

ODDER_CASES: tuple[Case, ...] = (
    Case(
        "a rule that names nobody is shown on every row",
        (
            [
                ["序号", "任务", "要求", "责任单位"],
                ["1", "公开规划", "及时公开。", "区发展改革局"],
                ["注：所有任务均由各有关方面按职责抓好落实。", LEFT, LEFT, LEFT],
            ],
        ),
        (Task("", "公开规划", "区发展改革局", flags=frozenset({"blanket-rule"})),),
        ALL,
    ),
    Case(
        "a mark says which unit leads",
        (
            "注：标★的为牵头单位。",
            [
                ["序号", "任务", "要求", "责任单位"],
                ["1", "公开规划", "及时公开。", "★区发展改革局、区财政局"],
            ],
        ),
        (Task("", "公开规划", "区财政局", lead="区发展改革局"),),
        ("docx", "html"),
    ),
    Case(
        "lines of an example are no task",
        (
            [
                ["序号", "任务", "要求", "责任单位"],
                ["示例", "某项任务", "某项要求。", "某单位"],
                ["1", "公开规划", "及时公开。", "区发展改革局"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"),),
        ALL,
        frozenset({"line-not-read"}),
    ),
    Case(
        "blank rows between, blank columns beside",
        (
            [
                ["", "序号", "任务", "", "责任单位"],
                ["", "", "", "", ""],
                ["", "1", "公开规划", "", "区发展改革局"],
                ["", "", "", "", ""],
                ["", "2", "公开预算", "", "区财政局"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"), Task("", "公开预算", "区财政局")),
        ALL,
    ),
    Case(
        "one text column, its first line the title",
        (
            [
                ["序号", "工作任务及要求", "责任单位"],
                ["1", "推进规划公开\n主动公开各类规划，做好历史规划归集。", "区发展改革局"],
                ["2", "1.推进预算公开。公开预决算和“三公”经费。", "区财政局"],
            ],
        ),
        (Task("", "推进规划公开", "区发展改革局"), Task("", "推进预算公开", "区财政局")),
        ALL,
    ),
    Case(
        "同上 and 〃",
        (
            [
                ["序号", "任务", "责任单位", "时限"],
                ["1", "公开规划", "区发展改革局", "6月底前"],
                ["2", "公开项目", "同上", "〃"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局", "6月底前"), Task("", "公开项目", "区发展改革局", "6月底前")),
        ALL,
    ),
    Case(
        "a column for every unit, marked where it takes part",
        (
            [
                ["序号", "任务", "责任单位", LEFT, LEFT],
                [UP, UP, "区政府办公室", "区财政局", "各街镇"],
                ["1", "公开规划", "牵头", "", "√"],
                ["2", "公开预算", "√", "√", "配合"],
            ],
        ),
        (
            Task("", "公开规划", "各街镇", lead="区政府办公室"),
            Task("", "公开预算", "区政府办公室\n区财政局", support="各街镇"),
        ),
    ),
    Case(
        "headings down the side, tasks across",
        (
            [
                ["序号", "1", "2"],
                ["任务名称", "公开规划", "公开预算"],
                ["工作要求", "及时公开。", "按时公开。"],
                ["责任单位", "区发展改革局", "区财政局"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局"), Task("", "公开预算", "区财政局")),
        ("docx", "xlsx"),
    ),
    Case(
        "a card a task",
        (
            "任务一",
            [["任务名称", "公开规划"], ["工作要求", "及时公开。"], ["责任单位", "区发展改革局"], ["时限", "6月底前"]],
            "任务二",
            [["任务名称", "公开预算"], ["工作要求", "按时公开。"], ["责任单位", "区财政局"], ["时限", "3月底前"]],
        ),
        (Task("", "公开规划", "区发展改革局", "6月底前"), Task("", "公开预算", "区财政局", "3月底前")),
        ("docx", "html"),
    ),
    Case(
        "cards two pairs wide",
        ([["任务名称", "公开规划", "责任单位", "区发展改革局"], ["工作要求", "及时公开。", "完成时限", "6月底前"]],),
        (Task("", "公开规划", "区发展改革局", "6月底前"),),
    ),
    Case(
        "a note is shown, a date in it is the deadline",
        (
            [
                ["任务", "要求", "责任单位", "备注"],
                ["公开规划", "及时公开。", "区发展改革局", "持续推进"],
                ["公开预算", "按时公开。", "区财政局", "涉密除外"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局", "持续推进"), Task("", "公开预算", "区财政局", flags=NOTE)),
        ALL,
    ),
    Case(
        "a blank cell of units says what stood above",
        (
            [
                ["序号", "任务", "要求", "责任单位"],
                ["1", "公开规划", "及时公开。", "区发展改革局"],
                ["2", "公开项目", "按期公开。", ""],
            ],
        ),
        (
            Task("", "公开规划", "区发展改革局"),
            Task("", "公开项目", flags=frozenset({"units-blank"})),
        ),
        ALL,
    ),
    Case(
        "headings without numbers on two levels",
        (
            [
                ["任务", "要求", "责任单位"],
                ["主动公开", LEFT, LEFT],
                ["政策公开", LEFT, LEFT],
                ["公开规章", "分类展示。", "区司法局"],
                ["项目公开", LEFT, LEFT],
                ["公开项目", "分期展示。", "区发展改革局"],
            ],
        ),
        (
            Task("主动公开", "公开规章", "区司法局", sub="政策公开"),
            Task("主动公开", "公开项目", "区发展改革局", sub="项目公开"),
        ),
        ALL,
    ),
    Case(
        "the same category again after the page, marked 续",
        (
            [
                ["任务", "要求", "责任单位"],
                ["一、主动公开", LEFT, LEFT],
                ["公开规章", "分类展示。", "区司法局"],
                ["一、主动公开（续）", LEFT, LEFT],
                ["公开项目", "分期展示。", "区发展改革局"],
            ],
        ),
        (Task("一、主动公开", "公开规章", "区司法局"), Task("一、主动公开", "公开项目", "区发展改革局")),
        ALL,
    ),
    Case(
        "a heading longer than a line, and one with a sentence behind it",
        (
            [
                ["序号", "任务", "责任单位"],
                [LONG, LEFT, LEFT],
                ["1", "公开规划", "区发展改革局"],
                ["二、平台建设。围绕集约化，做好以下工作：", LEFT, LEFT],
                ["2", "管好网站", "区大数据局"],
            ],
        ),
        (Task(LONG, "公开规划", "区发展改革局"), Task("二、平台建设", "管好网站", "区大数据局")),
        ALL,
        frozenset({"line-not-read"}),
    ),
    Case(
        "a category's own unit beside its heading is not spread over tasks that have theirs",
        (
            [
                ["序号", "任务", "责任单位"],
                ["（一）主动公开", LEFT, "区政府办公室"],
                ["1", "公开规划", "区发展改革局"],
                ["2", "公开项目", ""],
            ],
        ),
        (
            Task("（一）主动公开", "公开规划", "区发展改革局", flags=CHECK),
            Task("（一）主动公开", "公开项目", "区政府办公室", flags=CHECK),
        ),
    ),
    Case(
        "tasks under the name of the unit that owes them",
        (
            [
                ["序号", "工作任务", "完成时限"],
                ["区发展改革局", LEFT, LEFT],
                ["1", "公开规划", "6月底前"],
                ["区财政局", LEFT, LEFT],
                ["2", "公开预算", "3月底前"],
            ],
        ),
        (
            Task("区发展改革局", "公开规划", "区发展改革局", "6月底前", flags=CHECK),
            Task("区财政局", "公开预算", "区财政局", "3月底前", flags=CHECK),
        ),
        ALL,
    ),
    Case(
        "tasks grouped by the unit in the first column",
        (
            [
                ["责任单位", "序号", "工作任务", "完成时限"],
                ["区发展改革局", "1", "公开规划", "6月底前"],
                [UP, "2", "公开项目", "9月底前"],
                ["区财政局", "3", "公开预算", "3月底前"],
            ],
        ),
        (
            Task("", "公开规划", "区发展改革局", "6月底前"),
            Task("", "公开项目", "区发展改革局", "9月底前"),
            Task("", "公开预算", "区财政局", "3月底前"),
        ),
    ),
    Case(
        "from and to under one heading of time",
        (
            [
                ["序号", "任务", "责任单位", "完成时间", LEFT],
                [UP, UP, UP, "起", "止"],
                ["1", "公开规划", "区发展改革局", "3月", "6月底"],
            ],
        ),
        (Task("", "公开规划", "区发展改革局", "6月底"),),
        MERGED,
        frozenset({"column-not-read"}),
    ),
    Case(
        "an attached table stands under no heading of the letter, whose own tasks are said",
        (
            "一、重点任务",
            "（一）公开规划。及时公开。（区发展改革局负责）",
            "附表",
            [["序号", "任务", "责任单位"], ["1", "公开预算", "区财政局"]],
        ),
        (Task("", "公开预算", "区财政局"),),
        ("docx",),
        frozenset({"prose-not-read"}),
    ),
    Case(
        "blank cells of number and task go on with units of their own",
        (
            [
                ["序号", "工作任务", "具体措施", "责任单位", "完成时限"],
                ["1", "公开规划", "1.编制。", "区发展改革局", "6月底前"],
                ["", "", "2.公开。", "区自然资源局", "9月底前"],
                ["", "", "3.归集。", "", ""],
                ["2", "公开预算", "公开。", "区财政局", "全年"],
            ],
        ),
        (
            Task("", "公开规划", "区发展改革局", "6月底前", "1.编制。"),
            Task("", "公开规划", "区自然资源局", "9月底前", "2.公开。\n3.归集。"),
            Task("", "公开预算", "区财政局", "全年"),
        ),
        ALL,
    ),
    Case(
        "a unit a row beside a task merged down over them",
        (
            [
                ["任务", "具体要求", "责任单位"],
                ["公开规划", "及时公开。", "区财政局"],
                [UP, UP, "区教育局"],
                ["公开预算", "按时公开。", "区财政局"],
            ],
        ),
        (Task("", "公开规划", "区财政局\n区教育局"), Task("", "公开预算", "区财政局")),
    ),
    Case(
        "a rule between two tables covers the one below it",
        (
            [["任务", "责任单位"], ["公开规划", "区发展改革局"]],
            "以下任务责任单位均包含各街镇",
            [["任务", "责任单位"], ["公开预算", "区财政局"]],
        ),
        (
            Task("", "公开规划", "区发展改革局"),
            Task("", "公开预算", "区财政局\n各街镇", flags=frozenset({"blanket-rule"})),
        ),
        ("docx", "html"),
    ),
    Case(
        "units of two levels and scores beside",
        (
            [
                ["序号", "任务", "市级责任单位", "区级责任单位", "考核分值"],
                ["1", "公开规划", "市发展改革委", "区发展改革局", "5"],
            ],
        ),
        (Task("", "公开规划", "市发展改革委\n区发展改革局"),),
        ALL,
        frozenset({"column-not-read"}),
    ),
)
