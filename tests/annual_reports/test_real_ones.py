"""Layouts and figures of reports really published: 杭州 2025, 上海 2019, 长春 2023."""

import pytest

from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import Level, Report, Scope
from taizhang.annual_reports.forms import FORM_2019, FORM_2021, with_sums
from taizhang.annual_reports.forms.official import CARRIED_IN, CARRIED_OUT, CLOSED, COLUMNS, RECEIVED
from taizhang.annual_reports.reading import ReadReport, read_report
from taizhang.documents.readers import read
from tests.annual_reports.published import html_table, printed

HANGZHOU_2025 = """
13612 252 0 45 128 32 14069
535 6 0 1 18 0 560
5345 129 0 41 19 14 5548
2120 39 0 1 6 2 2168
13 0 0 0 0 0 13
30 0 0 0 0 0 30
11 0 0 0 0 0 11
49 2 0 0 0 0 51
103 1 0 0 0 0 104
84 1 0 0 0 0 85
282 4 0 0 0 0 286
147 0 0 0 1 2 150
3075 50 0 0 89 8 3222
177 3 0 0 0 0 180
19 0 0 0 0 0 19
199 1 0 0 3 0 203
147 1 0 0 0 0 148
0 0 0 0 0 0 0
100 1 0 0 0 0 101
5 0 0 0 0 0 5
315 3 0 0 0 0 318
202 0 0 1 0 0 203
941 17 0 1 3 3 965
13364 252 0 44 121 29 13810
783 6 0 2 25 3 819
"""
DISPUTES = [376, 97, 196, 121, 790, 16, 1, 12, 27, 56, 74, 1, 30, 51, 156]


@pytest.fixture
def hangzhou() -> dict[str, int | None]:
    rows = [RECEIVED, CARRIED_IN, *FORM_2021.outcome_rows, CLOSED, CARRIED_OUT]
    lines = [line.split() for line in HANGZHOU_2025.strip().split("\n")]
    figures: dict[str, int | None] = {
        f"t3.{row}.{column}": int(number)
        for row, line in zip(rows, lines, strict=True)
        for (column, _), number in zip(COLUMNS, line, strict=True)
    }
    published = [3, 5, 74, 564, 984, 4185, 11_398_889, 6_937_489, 166_105, 316_441 * 10**6]
    figures |= dict(zip([cell.key for cell in FORM_2021.cells[:10]], published, strict=True))
    return figures | dict(zip([cell.key for cell in FORM_2021.cells[-15:]], DISPUTES, strict=True))


def html(*parts: str) -> ReadReport:
    return read_report(read(f"<html><body>{''.join(parts)}</body></html>".encode(), "年报.html"))


def test_hangzhou_balances_to_the_last_case(hangzhou: dict[str, int | None]) -> None:
    report = Report(FORM_2021, 2025, hangzhou, scope=Scope.GOVERNMENT, makes_rules=True)
    assert check(report) == []
    assert with_sums(FORM_2021, hangzhou) == hangzhou
    totals = [hangzhou[f"t3.{row}.total"] for row in (RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT)]
    assert totals == [14069, 560, 13810, 819]


def test_hangzhou_with_its_empty_header_cells_is_read(hangzhou: dict[str, int | None]) -> None:
    """The heads of 行政复议 stand a row higher than those of 行政诉讼, over empty cells; there is no title."""
    second, third = (html_table(printed(FORM_2021, table, hangzhou)) for table in FORM_2021.tables[:2])
    outcomes = "".join(f"<td>{name}</td>" for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    fourth = (
        '<table><tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>'
        f'<tr>{outcomes}<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
        f"<tr>{'<td></td>' * 5}{outcomes}{outcomes}</tr>"
        f"<tr>{''.join(f'<td>{number}</td>' for number in DISPUTES)}</tr></table>"
    )
    report = html("<p>本报告中所列数据统计期限为2025年1月1日至12月31日。</p>", second, third, fourth)
    assert report.figures == hangzhou
    assert (report.year, report.unit_name) == (2025, None)
    assert {problem.code for problem in report.problems} == {"unit-unknown", "part-missing"}


def test_shanghai_left_zeros_blank_on_the_old_form_and_they_stay_blank() -> None:
    """Empty cells hold a non-breaking space; heads of three columns are shared by spans of one, two and one."""
    figures: dict[str, int | None] = dict.fromkeys(FORM_2019.by_key)
    figures |= {"t3.r1.natural": 821, "t3.r1.business": 35, "t3.r1.legal": 2, "t3.r1.other": 1, "t3.r1.total": 859}
    figures |= {"t3.r2.natural": 18, "t3.r2.total": 18, "t3.r4.natural": 72, "t3.r4.total": 72}
    figures |= {"t3.r3.7.natural": 767, "t3.r3.7.business": 35, "t3.r3.7.legal": 2, "t3.r3.7.other": 1}
    figures |= {"t3.r3.7.total": 805, "t4.review.upheld": 5, "t4.review.pending": 2, "t4.review.total": 7}
    second = (
        '<table><tr><td colspan="5">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年新<br>制作数量</td>'
        '<td colspan="2">本年新<br>公开数量</td><td>对外公开总数量</td></tr><tr><td>规章</td><td>13</td>'
        '<td colspan="2">13</td><td>524</td></tr>'
        '<tr><td>规范性文件</td><td>60</td><td colspan="2">60</td><td>368</td></tr>'
        '<tr><td colspan="5">第二十条第（五）项</td></tr><tr><td>信息内容</td><td>上一年项目数量</td>'
        '<td colspan="2">本年增/减</td><td>处理决定数量</td></tr><tr><td>行政许可</td><td colspan="2">4</td><td>-1</td>'
        "<td>0</td></tr></table>"
    )
    third, fourth = (html_table(printed(FORM_2019, table, figures)) for table in FORM_2019.tables[1:])
    report = html("<p>2019年上海市人民政府办公厅政府信息公开工作年度报告</p>", second, third, fourth)
    assert report.form is FORM_2019
    assert (report.unit_name, report.year) == ("上海市人民政府办公厅", 2019)
    assert {key: report.figures[key] for key in figures if key.startswith(("t3.", "t4."))} == {
        key: value for key, value in figures.items() if key.startswith(("t3.", "t4."))
    }
    documents = [report.figures[f"t2.documents.{name}"] for name in ("made", "published", "total")]
    assert documents == [60, 60, 368]
    assert report.figures["t2.licensing.change"] == -1
    found = check(Report(FORM_2019, 2019, report.figures))
    assert [finding.rule for finding in found if finding.level is Level.BLOCK] == ["A4", "A4", "A4"]


def test_table_two_as_changchun_prints_it_with_its_articles_at_the_side() -> None:
    rows = (
        '<tr><td rowspan="3">第二十条第(一)项</td><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>'
        "<td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>"
        "<tr><td>行政规范性文件</td><td>1</td><td>2</td><td>3</td></tr>"
        '<tr><td rowspan="2">第二十条第(五)项</td><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr>'
        '<tr><td>行政许可</td><td colspan="3">1,234</td></tr>'
        '<tr><td rowspan="2">第二十条第(八)项</td><td>信息内容</td><td colspan="3">本年收费金额（单位:万元）</td></tr>'
        '<tr><td>行政事业性收费</td><td colspan="3">56.78</td></tr>'
    )
    report = html("<h2>长春市某局2023年政府信息公开工作年度报告</h2>", f"<table>{rows}</table>")
    read_back = {key: value for key, value in report.figures.items() if value}
    assert read_back == {
        "t2.documents.issued": 1,
        "t2.documents.repealed": 2,
        "t2.documents.in_force": 3,
        "t2.licensing.decisions": 1234,
        "t2.fees.amount": 56_780_000,
    }
