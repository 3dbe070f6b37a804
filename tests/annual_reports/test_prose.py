"""Numbers in the prose (E1) and the years it names (E2)."""

import pytest

from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import Finding, Level, Part, Report
from taizhang.annual_reports.checks.prose import chinese_number, mentions
from taizhang.annual_reports.forms import FORM_2019, FORM_2021

NOTHING = dict.fromkeys(FORM_2021.by_key, 0)


def said(text: str, year: int = 2023) -> list[tuple[int, str]]:
    report = Report(FORM_2021, year, NOTHING)
    return [(mention.value, "+".join(fact.name for fact in mention.facts)) for mention in mentions(report, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收政府信息公开申请42件", [(42, "本年新收")]),
        ("新收申请，共４２件", [(42, "本年新收")]),
        ("共收到信息公开申请四十二件", [(42, "本年新收")]),
        ("上年度结转0件，结转至下一年度继续办理2件", [(0, "上年结转"), (2, "结转下年度")]),
        ("新收3件，结转至2024年2件", [(3, "本年新收"), (2, "结转下年度")]),
        ("受理申请9件，已办结7件，结转2件", [(9, "本年新收"), (7, "办理结果总计"), (2, "结转下年度")]),
        ("办结申请40件，其中13件予以公开，18件部分公开", [(40, "办理结果总计"), (13, "予以公开"), (18, "部分公开")]),
        ("予以公开、部分公开、不予公开分别为13件、18件、0件", [(13, "予以公开"), (18, "部分公开"), (0, "不予公开")]),
        ("予以公开及部分公开258件", [(258, "予以公开+部分公开")]),
        ("因本机关不掌握等原因无法提供265件", [(265, "无法提供")]),
        ("信息公开行政复议、行政诉讼各2件", [(2, "行政复议+行政诉讼")]),
        ("现行有效的行政规范性文件20件", [(20, "行政规范性文件现行有效")]),
        ("全年制定了3件行政规范性文件", [(3, "行政规范性文件本年制发")]),
        ("作出行政许可决定1,234件", [(1234, "行政许可处理决定")]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼", [(0, "行政复议"), (0, "行政诉讼")]),
        ("未收到政府信息公开申请。", [(0, "本年新收")]),
        ("无上年结转。", [(0, "上年结转")]),
        ("收取行政事业性收费12.5万元", [(12_500_000, "行政事业性收费金额")]),
        ("收取行政事业性收费5500元", [(550_000, "行政事业性收费金额")]),
    ],
)
def test_numbers_are_read_with_the_words_that_name_them(text: str, expected: list[tuple[int, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "办结12345热线工单5000件",
        "新收申请较上年增加5件",
        "2022年新收申请38件",
        "主动予以公开各类信息300条",
        "依据《条例》第二十条公开信息",
        "公开行政许可信息120条",
        "新收申请近40余件",
        "办结人大建议12件、政协提案30件",
        "收取信息处理费400元",
        "本机关无法提供所需信息",
        "没有发现泄密问题",
    ],
)
def test_numbers_of_other_things_are_let_be(text: str) -> None:
    assert said(text) == []


def against(figures: dict[str, int], text: str) -> list[Finding]:
    report = Report(FORM_2021, 2023, {**NOTHING, **figures}, texts={Part.OVERVIEW: text})
    return [finding for finding in check(report) if finding.rule == "E1"]


def test_a_sure_difference_blocks_and_shows_both_sides() -> None:
    (finding,) = against({"t3.r1.total": 42}, "新收政府信息公开申请41件。")
    assert (finding.level, finding.left, finding.right, finding.cells) == (Level.BLOCK, 41, 42, ("t3.r1.total",))
    assert "“新收政府信息公开申请41件”" in finding.message
    assert finding.passages[0].text == "新收政府信息公开申请41件"


def test_a_loose_difference_warns_and_an_honest_second_meaning_passes() -> None:
    figures = {"t3.r1.total": 42, "t3.r2.total": 3}
    assert against(figures, "共受理政府信息公开申请45件。") == []
    (finding,) = against(figures, "共受理政府信息公开申请44件。")
    assert finding.level is Level.WARN


def test_a_zero_in_words_against_a_number_warns() -> None:
    (finding,) = against({"t4.review.total": 2}, "未发生因政府信息公开工作被申请行政复议的情况。")
    assert (finding.level, finding.left, finding.right) == (Level.WARN, 0, 2)


def test_a_block_of_rows_is_summed() -> None:
    figures = {"t3.r3.3.1.total": 2, "t3.r3.3.8.total": 3}
    assert against(figures, "不予公开5件。") == []
    (finding,) = against(figures, "不予公开4件。")
    assert len(finding.cells) == 8


def test_a_number_left_over_from_last_year_is_called_so() -> None:
    report = Report(
        FORM_2021,
        2023,
        {**NOTHING, "t3.r1.total": 42},
        previous={**NOTHING, "t3.r1.total": 38},
        texts={Part.OVERVIEW: "新收政府信息公开申请38件。"},
    )
    assert any("38 是上年的数字，疑为沿用" in finding.message for finding in check(report))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("统计期为2022年1月1日至2022年12月31日。", "统计期写为"),
        ("统计期限为2023年1月1日至2022年12月31日。", "统计期写为"),
        ("现编制2022年政府信息公开工作年度报告。", "2022年政府信息公开工作年度报告"),
        ("2022年，全区各单位认真落实。", "疑为上年文字"),
    ],
)
def test_a_wrong_year_is_pointed_out(text: str, words: str) -> None:
    findings = check(Report(FORM_2021, 2023, NOTHING, texts={Part.OVERVIEW: text}))
    assert [finding.right for finding in findings if finding.rule == "E2" and words in finding.message] == [2023]


def test_the_right_years_pass() -> None:
    text = "2023年，依据条例编制2023年政府信息公开工作年度报告，统计期为2023年1月1日至12月31日。较2022年有所提升。"
    assert check(Report(FORM_2021, 2023, NOTHING, texts={Part.OVERVIEW: text})) == []


def test_the_form_goes_with_the_year() -> None:
    old = dict.fromkeys(FORM_2019.by_key, 0)
    assert [finding.rule for finding in check(Report(FORM_2019, 2021, old))] == ["E2"]
    assert check(Report(FORM_2019, 2020, old)) == []


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("十二", 12), ("两百零三", 203), ("一千零一十", 1010), ("〇", 0)]
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert chinese_number(words) == value


def test_a_flood_of_words_is_read_in_a_straight_line() -> None:
    report = Report(FORM_2021, 2023, NOTHING)
    assert len(list(mentions(report, "复议" * 25_000 + "1件" + "，新收申请1件" * 5_000))) == 5_001
