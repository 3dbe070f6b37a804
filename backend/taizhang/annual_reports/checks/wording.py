"""Wording (行文): the years a report names (E2) and the sentences it must have (E4)."""

import re
from collections.abc import Iterator

from taizhang.annual_reports.checks.findings import PART_WORDS, Finding, Level, Part, Passage, Report, Scope
from taizhang.annual_reports.forms import form_of_year

_WINDOW = re.compile(r"(20\d\d)年1月1日(?:起)?(?:至|到|—|－|-|～|~)+(?:(20\d\d)年)?12月31日")
_TITLE = re.compile(r"(20\d\d)年(?:度)?政府信息公开(?:工作)?年度报告")
_OPENING = re.compile(r"^[　\s]*(20\d\d)年(?:度|来)?[，,]")
_UNFINISHED = re.compile(r"【请[^】]*】")
REQUIRED_OF_GOVERNMENTS: tuple[tuple[Part, str, str], ...] = (
    (Part.OVERVIEW, "工作考核结果", r"考核"),
    (Part.OVERVIEW, "社会评议结果", r"社会评议"),
    (Part.OVERVIEW, "责任追究结果", r"责任追究|追究责任|追责"),
)
REQUIRED_OF_ALL: tuple[tuple[Part, str, str], ...] = (
    (Part.OTHER, "信息处理费收取情况", r"信息处理费"),
    (Part.OTHER, "年度政务公开工作要点（重点任务）落实情况", r"工作要点|重点任务|重点工作安排|分工方案|分解表"),
)


def years(report: Report) -> Iterator[Finding]:
    """E2: the window of the statistics, the title in the prose, paragraphs that open with another year, the form."""
    for part, text in (report.texts or {}).items():
        if not text:
            continue
        for match in _WINDOW.finditer(text):
            if any(year and int(year) != report.year for year in match.groups()):
                yield _year(report, part, match[0], int(match[1]), f"统计期写为“{match[0]}”")
        for match in _TITLE.finditer(text):
            if int(match[1]) == report.year - 1 and part is not Part.OVERVIEW:
                continue  # 第五部分对上年报告所列问题的回应
            if int(match[1]) != report.year:
                yield _year(report, part, match[0], int(match[1]), f"写有“{match[0]}”")
        for line in text.split("\n"):
            opening = _OPENING.match(line)
            if opening and int(opening[1]) < report.year:
                yield _year(report, part, line[:60], int(opening[1]), f"有一段以“{opening[1]}年”开头，疑为上年文字")
    expected = form_of_year(report.year)
    if expected is not report.form.version:
        message = f"{report.year} 年的报告应使用 {expected} 年表样，所用的是 {report.form.version} 年表样"
        yield Finding("E2", Level.WARN, (), message, report.form.version.value, expected.value)


def _year(report: Report, part: Part, words: str, found: int, message: str) -> Finding:
    whole = f"{PART_WORDS[part]}{message}，报告年度是 {report.year} 年"
    return Finding("E2", Level.WARN, (), whole, found, report.year, passages=(Passage(part, words),))


def unfinished(report: Report) -> Iterator[Finding]:
    """E4: places the draft left for a person to write."""
    for part, text in (report.texts or {}).items():
        for match in _UNFINISHED.finditer(text or ""):
            message = f"{PART_WORDS[part]}还有没有写完的地方：{match[0]}"
            yield Finding("E4", Level.BLOCK, (), message, passages=(Passage(part, match[0]),))


def required(report: Report) -> Iterator[Finding]:
    """E4: what a government's report must say blocks; what an organ's should say in part 六 is a warning."""
    if report.texts is None:
        return
    government = report.scope is Scope.GOVERNMENT
    level = Level.BLOCK if government else Level.WARN
    for part, words, pattern in (*(REQUIRED_OF_GOVERNMENTS if government else ()), *REQUIRED_OF_ALL):
        text = report.texts.get(part)
        if text is None and not government:
            continue
        if not re.search(pattern, text or ""):
            message = f"{PART_WORDS[part]}没有写{words}"
            if words.startswith("信息处理费"):
                message += "；没有收取的，写明“本年度未收取信息处理费”"
            yield Finding("E4", level, (), message)
