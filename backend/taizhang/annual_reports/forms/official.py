"""The two official forms as data, labels verbatim (国办公开办函〔2021〕30号、〔2019〕60号)."""

from taizhang.annual_reports.forms.shape import (
    CellKind,
    CellSpec,
    Equation,
    Form,
    FormVersion,
    Place,
    TableSpec,
)

COLUMNS: tuple[tuple[str, str], ...] = (
    ("natural", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("charity", "社会公益组织"),
    ("legal", "法律服务机构"),
    ("other", "其他"),
    ("total", "总计"),
)
PARTY_COLUMNS = tuple(key for key, _ in COLUMNS[:-1])

IDENTITY_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT = "r1", "r2", "r3.7", "r4"
RESULTS_HEAD = "三、本年度办理结果"
ROW_LABELS = {
    RECEIVED: "一、本年新收政府信息公开申请数量",
    CARRIED_IN: "二、上年结转政府信息公开申请数量",
    CLOSED: "（七）总计",
    CARRIED_OUT: "四、结转下年度继续办理",
}
ROW_SHORT = {RECEIVED: "本年新收", CARRIED_IN: "上年结转", CLOSED: "办理结果总计", CARRIED_OUT: "结转下年度"}

OTHER_HANDLING_2021: tuple[str, ...] = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)
# Head of each block of results and the rows under it; a head without rows is itself a row.
RESULT_BLOCKS_2021: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    ("（六）其他处理", OTHER_HANDLING_2021),
)
RESULT_BLOCKS_2019 = (*RESULT_BLOCKS_2021[:-1], ("（六）其他处理", ()))

CASES: tuple[tuple[str, str], ...] = (
    ("review", "行政复议"),
    ("direct", "未经复议直接起诉"),
    ("after_review", "复议后起诉"),
)
OUTCOMES: tuple[tuple[str, str], ...] = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)

Heads = tuple[tuple[str, str, CellKind], ...]
_COUNT, _CHANGE, _MONEY = CellKind.COUNT, CellKind.CHANGE, CellKind.MONEY
_STOCK_2021: Heads = (
    ("issued", "本年制发件数", _COUNT),
    ("repealed", "本年废止件数", _COUNT),
    ("in_force", "现行有效件数", _COUNT),
)
_DECISIONS_2021: Heads = (("decisions", "本年处理决定数量", _COUNT),)
_STOCK_2019: Heads = (
    ("made", "本年新制作数量", _COUNT),
    ("published", "本年新公开数量", _COUNT),
    ("total", "对外公开总数量", _COUNT),
)
_DECISIONS_2019: Heads = (
    ("previous_items", "上一年项目数量", _COUNT),
    ("change", "本年增/减", _CHANGE),
    ("decisions", "处理决定数量", _COUNT),
)
# Blocks of table 二: the article, its columns, its rows.
Blocks = tuple[tuple[str, Heads, tuple[tuple[str, str], ...]], ...]
DISCLOSURE_2021: Blocks = (
    ("第二十条第（一）项", _STOCK_2021, (("rules", "规章"), ("documents", "行政规范性文件"))),
    ("第二十条第（五）项", _DECISIONS_2021, (("licensing", "行政许可"),)),
    ("第二十条第（六）项", _DECISIONS_2021, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
    (
        "第二十条第（八）项",
        (("amount", "本年收费金额（单位：万元）", _MONEY),),
        (("fees", "行政事业性收费"),),
    ),
)
DISCLOSURE_2019: Blocks = (
    ("第二十条第（一）项", _STOCK_2019, (("rules", "规章"), ("documents", "规范性文件"))),
    ("第二十条第（五）项", _DECISIONS_2019, (("licensing", "行政许可"), ("services", "其他对外管理服务事项"))),
    ("第二十条第（六）项", _DECISIONS_2019, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
    ("第二十条第（八）项", _DECISIONS_2019[:2], (("fees", "行政事业性收费"),)),
    (
        "第二十条第（九）项",
        (("items", "采购项目数量", _COUNT), ("amount", "采购总金额", _MONEY)),
        (("procurement", "政府集中采购"),),
    ),
)


def _result_rows(blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[str, str, str]]:
    """(row, head of its block, label) of each outcome; a row that is its own block has no head."""
    rows = []
    for number, (head, labels) in enumerate(blocks, start=1):
        if not labels:
            rows.append((f"r3.{number}", "", head))
        rows += [(f"r3.{number}.{place}", head, label) for place, label in enumerate(labels, start=1)]
    return rows


def _disclosure(blocks: Blocks) -> tuple[list[CellSpec], TableSpec]:
    cells, places, row, width = [], [], 0, 4
    for article, heads, lines in blocks:
        places.append(Place(row, 0, 1, width, article, scope="rowgroup"))
        places.append(Place(row + 1, 0, text="信息内容", scope="col"))
        # One column takes the width of three, two share it: the first takes two thirds.
        spans = {1: (3,), 2: (2, 1), 3: (1, 1, 1)}[len(heads)]
        starts = [1 + sum(spans[:index]) for index in range(len(spans))]
        for (_, label, _), start, span in zip(heads, starts, spans, strict=True):
            places.append(Place(row + 1, start, 1, span, label, scope="col"))
        for offset, (slug, line) in enumerate(lines, start=2):
            places.append(Place(row + offset, 0, text=line, scope="row"))
            for (name, label, kind), start, span in zip(heads, starts, spans, strict=True):
                key = f"t2.{slug}.{name}"
                cells.append(CellSpec(key, f"{line}·{label}", f"{line}{label}", kind))
                places.append(Place(row + offset, start, 1, span, cell=key))
        row += 2 + len(lines)
    return cells, TableSpec("t2", "二", "主动公开政府信息情况", tuple(places))


def _application_cells(row: str, label: str, outcomes: tuple[str, ...]) -> list[CellSpec]:
    cells = []
    for column, name in COLUMNS:
        sums: tuple[str, ...] = ()
        if column == "total":
            sums = tuple(f"t3.{row}.{party}" for party in PARTY_COLUMNS)
        elif row == CLOSED:
            sums = tuple(f"t3.{outcome}.{column}" for outcome in outcomes)
        short = ROW_SHORT.get(row, label)
        cells.append(CellSpec(f"t3.{row}.{column}", f"{label}·{name}", f"{short}（{name}）", sum_of=sums))
    return cells


def _application_places(blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Place]:
    places = [
        Place(0, 0, 3, 3, IDENTITY_NOTE),
        Place(0, 3, 1, 7, "申请人情况", scope="colgroup"),
        Place(1, 3, 2, 1, "自然人", scope="col"),
        Place(1, 4, 1, 5, "法人或其他组织", scope="colgroup"),
        Place(1, 9, 2, 1, "总计", scope="col"),
        *(Place(2, 4 + index, text=name, scope="col") for index, (_, name) in enumerate(COLUMNS[1:6])),
        Place(3, 0, 1, 3, ROW_LABELS[RECEIVED], scope="row"),
        Place(4, 0, 1, 3, ROW_LABELS[CARRIED_IN], scope="row"),
    ]
    row = 5
    height = sum(max(len(labels), 1) for _, labels in blocks) + 1
    places.append(Place(row, 0, height, 1, RESULTS_HEAD, scope="rowgroup"))
    for head, labels in blocks:
        if labels:
            places.append(Place(row, 1, len(labels), 1, head, scope="rowgroup"))
            places += [Place(row + index, 2, text=label, scope="row") for index, label in enumerate(labels)]
        else:
            places.append(Place(row, 1, 1, 2, head, scope="row"))
        row += max(len(labels), 1)
    places.append(Place(row, 1, 1, 2, ROW_LABELS[CLOSED], scope="row"))
    places.append(Place(row + 1, 0, 1, 3, ROW_LABELS[CARRIED_OUT], scope="row"))
    return places


def _applications(blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[list[CellSpec], TableSpec, list[str]]:
    results = _result_rows(blocks)
    outcomes = tuple(row for row, _, _ in results)
    labels = {row: f"{head}{label}" for row, head, label in results}
    order = [RECEIVED, CARRIED_IN, *outcomes, CLOSED, CARRIED_OUT]
    cells, places = [], _application_places(blocks)
    for index, row in enumerate(order):
        made = _application_cells(row, labels.get(row) or ROW_LABELS[row], outcomes)
        cells += made
        places += [Place(3 + index, 3 + column, cell=cell.key) for column, cell in enumerate(made)]
    table = TableSpec("t3", "三", "收到和处理政府信息公开申请情况", tuple(places))
    return cells, table, list(outcomes)


def _disputes() -> tuple[list[CellSpec], TableSpec]:
    cells = []
    places = [
        Place(0, 0, 1, 5, "行政复议", scope="colgroup"),
        Place(0, 5, 1, 10, "行政诉讼", scope="colgroup"),
        Place(1, 5, 1, 5, "未经复议直接起诉", scope="colgroup"),
        Place(1, 10, 1, 5, "复议后起诉", scope="colgroup"),
    ]
    for group, (case, words) in enumerate(CASES):
        leaves = tuple(f"t4.{case}.{outcome}" for outcome, _ in OUTCOMES[:-1])
        for index, (outcome, label) in enumerate(OUTCOMES):
            column = group * 5 + index
            top, tall = (1, 2) if case == "review" else (2, 1)
            places.append(Place(top, column, tall, 1, label, scope="col"))
            places.append(Place(3, column, cell=f"t4.{case}.{outcome}"))
            sums = leaves if outcome == "total" else ()
            cells.append(CellSpec(f"t4.{case}.{outcome}", f"{words}·{label}", f"{words}{label}", sum_of=sums))
    return cells, TableSpec("t4", "四", "政府信息公开行政复议、行政诉讼情况", tuple(places))


def _equations(outcomes: list[str], labels: dict[str, str]) -> tuple[Equation, ...]:
    found = []
    for column, name in COLUMNS:
        key = {row: f"t3.{row}.{column}" for row in (RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT, *outcomes)}
        found.append(Equation("A1", f"“{name}”列", (key[RECEIVED], key[CARRIED_IN]), (key[CLOSED], key[CARRIED_OUT])))
        found.append(Equation("A2", f"“{name}”列", tuple(key[row] for row in outcomes), (key[CLOSED],)))
    for row in (RECEIVED, CARRIED_IN, *outcomes, CLOSED, CARRIED_OUT):
        parts = tuple(f"t3.{row}.{party}" for party in PARTY_COLUMNS)
        found.append(Equation("A3", f"“{labels[f't3.{row}.total']}”一行", parts, (f"t3.{row}.total",)))
    for case, words in CASES:
        parts = tuple(f"t4.{case}.{outcome}" for outcome, _ in OUTCOMES[:-1])
        found.append(Equation("B1", f"“{words}”", parts, (f"t4.{case}.total",)))
    return tuple(found)


def _form(
    version: FormVersion, title: str, disclosure: Blocks, blocks: tuple[tuple[str, tuple[str, ...]], ...]
) -> Form:
    published, table_two = _disclosure(disclosure)
    applied, table_three, outcomes = _applications(blocks)
    disputed, table_four = _disputes()
    return Form(
        version=version,
        title=title,
        cells=(*published, *applied, *disputed),
        tables=(table_two, table_three, table_four),
        equations=_equations(outcomes, {cell.key: cell.label.rsplit("·", 1)[0] for cell in applied}),
        outcome_rows=tuple(outcomes),
    )


FORM_2021 = _form(
    FormVersion.Y2021, "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）", DISCLOSURE_2021, RESULT_BLOCKS_2021
)
FORM_2019 = _form(
    FormVersion.Y2019,
    "政府信息公开工作年度报告格式（试行）（国办公开办函〔2019〕60号）",
    DISCLOSURE_2019,
    RESULT_BLOCKS_2019,
)
FORMS: dict[FormVersion, Form] = {FormVersion.Y2021: FORM_2021, FormVersion.Y2019: FORM_2019}
FIRST_YEAR = {FormVersion.Y2021: 2021, FormVersion.Y2019: 2019}


def form_of_year(year: int) -> FormVersion:
    """The form that reports of a year are on."""
    return FormVersion.Y2021 if year >= FIRST_YEAR[FormVersion.Y2021] else FormVersion.Y2019
