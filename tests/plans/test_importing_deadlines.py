"""Deadlines in words: every style of writing a day gives it back, and what is no day is said, never guessed."""

import calendar
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.readers import read
from taizhang.plans.importing.dates import named_days
from taizhang.plans.importing.deadlines import find_deadlines, impossible_deadlines, read_due
from taizhang.plans.importing.draft import read_draft
from taizhang.plans.importing.numerals import number_of
from taizhang.plans.importing.units import UnitDirectory

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
TEXTS = st.text(
    alphabet="二〇三十一九年月日号底末前后内旬季度上下半明次每至到-—/.“”《》十四五20239 01完成开展于截",
    max_size=40,
)


def chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")


def chinese_year(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


DAY_STYLES: dict[str, Callable[[date], str]] = {
    "年月日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "两位": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日前",
    "点": lambda d: f"{d.year}.{d.month}.{d.day}",
    "横线": lambda d: d.isoformat(),
    "斜线": lambda d: f"{d.year}/{d.month}/{d.day}",
    "时刻": lambda d: f"{d.isoformat()} 00:00:00",
    "短年": lambda d: f"{d.year % 100}年{d.month}月{d.day}号",
    "全角": lambda d: wide(f"{d.year}年{d.month}月{d.day}日"),
    "汉字": lambda d: f"{chinese_year(d.year)}年{chinese(d.month)}月{chinese(d.day)}日前",
    "丢年字": lambda d: f"{d.year}{d.month}月{d.day}日前",
    "丢日字": lambda d: f"{d.year}年{d.month}月{d.day}前",
    "八位": lambda d: f"{d:%Y%m%d}",
    "起止": lambda d: f"{d.year}年1月1日—{d.month}月{d.day}日",
}
MONTH_STYLES: dict[str, Callable[[date], str]] = {
    "月底前": lambda d: f"{d.year}年{d.month}月底前",
    "丢年字": lambda d: f"{d.year}{d.month}月底前",
    "点": lambda d: f"{d.year}.{d.month}",
    "斜线": lambda d: f"{d.year}/{d.month:02}",
    "六位": lambda d: f"{d:%Y%m}",
    "份": lambda d: f"{d.year}年{d.month}月份",
    "汉字": lambda d: f"{chinese_year(d.year)}年{chinese(d.month)}月底前",
    "下旬": lambda d: f"{d.year}年{d.month}月下旬",
    "起止": lambda d: f"{d.year}年1月—{d.month}月",
}


@given(DAYS, st.sampled_from(sorted(DAY_STYLES)))
def test_a_day_written_in_any_style_is_read_back(day: date, style: str) -> None:
    due = read_due(DAY_STYLES[style](day), day.year)
    assert due is not None
    assert (due.kind, due.on) == ("date", day)


@given(DAYS, st.sampled_from(sorted(MONTH_STYLES)))
def test_a_month_written_in_any_style_is_its_last_day(day: date, style: str) -> None:
    due = read_due(MONTH_STYLES[style](day), day.year)
    assert due is not None
    assert due.on == date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


@given(DAYS)
def test_the_plans_year_fills_in(day: date) -> None:
    text = f"{day.month}月{day.day}日前"
    assert [(found.on, found.text) for found in find_deadlines(f"于{text}完成", day.year)] == [(day, text)]


@given(DAYS)
def test_a_day_run_together_is_read_only_if_it_can_mean_one_day(day: date) -> None:
    text = f"{day.year}{day.month}{day.day}"
    due = read_due(text, day.year)
    assert due is not None
    if due.on is None:
        assert [problem.code for problem in due.problems] == ["date-impossible"]
    else:
        assert due.on.year == day.year
        if len(text) == 7:
            assert due.on == day


@given(TEXTS)
def test_never_a_day_outside_the_texts_own_numbers(text: str) -> None:
    """A month's last day, a quarter's, a half's and a year's aside, day and month stand in the text."""
    written = {int(number_of(part)) for part in _numbers(text)}
    for named in named_days(text, 2023):
        if named.on is not None and named.style == "day":
            assert {named.on.month, named.on.day} <= written


def _numbers(text: str) -> set[str]:
    runs = {text[a:b] for a in range(len(text)) for b in range(a + 1, min(a + 4, len(text)) + 1)}
    return {run for run in runs if run.isascii() and run.isdigit() or all(char in "〇一二三四五九十" for char in run)}


@given(TEXTS)
def test_deadlines_never_overlap_and_always_quote(text: str) -> None:
    ends = 0
    for deadline in find_deadlines(text, 2023):
        assert text[deadline.start : deadline.end] == deadline.text
        assert deadline.start >= ends
        ends = deadline.end


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("9月底前", "2023-09-30"),
        ("年底前", "2023-12-31"),
        ("2023年底", "2023-12-31"),
        ("三季度前", "2023-09-30"),
        ("三季度末", "2023-09-30"),
        ("上半年", "2023-06-30"),
        ("下半年", "2023-12-31"),
        ("年内", "2023-12-31"),
        ("本年度内", "2023-12-31"),
        ("2023年", "2023-12-31"),
        ("明年1月", "2024-01-31"),
        ("次年一季度", "2024-03-31"),
        ("9月", "2023-09-30"),
        ("9-10月", "2023-10-31"),
        ("3月—6月", "2023-06-30"),
        ("2023年3月-2024年6月", "2024-06-30"),
        ("2024年3月1日—6月30日", "2024-06-30"),
        ("7月10日至15日", "2023-07-15"),
        ("23年9月", "2023-09-30"),
        ("9月上旬", "2023-09-10"),
        ("9月中旬", "2023-09-20"),
        ("十二月底", "2023-12-31"),
        ("2023年930日前", "2023-09-30"),
        ("立即整改，6月底前完成", "2023-06-30"),
        ("2023年 9月 底前", "2023-09-30"),
        ("9.30前", "2023-09-30"),
        ("9/30", "2023-09-30"),
        ("09-30", "2023-09-30"),
        ("20230930前", "2023-09-30"),
        ("9月30日（星期六）前", "2023-09-30"),
        ("即日起至年底", "2023-12-31"),
    ],
)
def test_the_column_of_deadlines(text: str, on: str) -> None:
    due = read_due(text, 2023)
    assert due is not None
    assert (due.kind, str(due.on), due.text) == ("date", on, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("每季度", "periodic"),
        ("每年6月、12月", "periodic"),
        ("各季度末", "periodic"),
        ("每月25日前", "periodic"),
        ("每年12月底前", "periodic"),
        ("按季度推进", "periodic"),
        ("定期", "periodic"),
        ("长期坚持", "continuous"),
        ("持续推进", "continuous"),
        ("全年", "continuous"),
        ("贯穿全年", "continuous"),
        ("7月—持续", "continuous"),
        ("立行立改", "continuous"),
        ("立即", "continuous"),
        ("接到通知后", "event"),
        ("收到申请后20个工作日内", "event"),
        ("征求意见结束后1个月内", "event"),
        ("2023年世界读书日后1个月内", "event"),
        ("一周内", "event"),
        ("会议召开前", "event"),
    ],
)
def test_what_recurs_lasts_or_waits_for_an_event_has_no_day(text: str, kind: str) -> None:
    due = read_due(text, 2023)
    assert due is not None
    assert (due.kind, due.on, due.problems) == (kind, None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("国庆节前", "date-unread"),
        ("月底前", "date-unread"),
        ("按上级要求", "date-unread"),
        ("2023年12月31日后", "date-unread"),
        ("2022年度考核", "date-unread"),
        ("2月30日前", "date-impossible"),
        ("13月底前", "date-impossible"),
        ("2023111", "date-impossible"),
        ("9-10", "date-unread"),
        ("春节前", "date-unread"),
        ("本月底", "date-unread"),
    ],
)
def test_what_names_no_day_is_said(text: str, code: str) -> None:
    due = read_due(text, 2023)
    assert due is not None
    assert (due.kind, due.on, [problem.code for problem in due.problems]) == ("none", None, [code])


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("2025年底", "2025-12-31", "date-implausible"),
        ("“十四五”末", "2025-12-31", "date-implausible"),
        ("2022年12月底前", "2022-12-31", "date-implausible"),
        ("20238月底前", "2023-08-31", "date-restored"),
        ("2023930", "2023-09-30", "date-restored"),
        ("9月底前完成自查，12月底前完成整改", "2023-12-31", "date-several"),
    ],
)
def test_a_doubtful_day_is_read_and_flagged(text: str, on: str, code: str) -> None:
    due = read_due(text, 2023)
    assert due is not None
    assert (str(due.on), [problem.code for problem in due.problems]) == (on, [code])


@pytest.mark.parametrize("text", ["", " ", "/", "—", "无"])
def test_a_blank_cell_is_no_deadline(text: str) -> None:
    assert read_due(text, 2023) is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("于20238月底前对照事项目录完善", "2023-08-31"),
        ("2021910日前报送", "2021-09-10"),
        ("9月组织开展政务公开日活动", "2023-09-30"),
        ("6月中旬完成自查", "2023-06-20"),
        ("最迟不晚于9月10日", "2023-09-10"),
        ("力争年内实现全覆盖", "2023-12-31"),
        ("上半年完成排查", "2023-06-30"),
        ("第四季度组织一次评估", "2023-12-31"),
        ("次年1月31日前公布", "2024-01-31"),
    ],
)
def test_deadlines_within_a_sentence(text: str, on: str) -> None:
    assert [str(deadline.on) for deadline in find_deadlines(text, 2023)] == [on]


@pytest.mark.parametrize(
    "text",
    [
        "每年至少开展1次专项检查",
        "成都2023国际论坛",
        "2023年4月23日世界读书日期间开展宣传",
        "贯彻2022年底召开的会议精神",
        "自2023年9月1日起施行",
        "截至9月底，全区公开信息100条",
        "纳入年底考核",
        "一季度一考评",
        "近三年内形成的信息",
        "按照《2023年9月底前任务清单》办理",
        "落实2022年9月印发的通知",
        "2023年12月31日后失效",
        "每年12月底前总结",
        "泸江府办函〔2023〕29号",
    ],
)
def test_a_year_or_month_that_is_no_deadline(text: str) -> None:
    assert find_deadlines(text, 2023) == []


def test_a_deadline_among_the_units_of_a_cell_is_the_rows(names: UnitDirectory) -> None:
    page = (
        "<table><tr><th>工作任务</th><th>具体要求</th><th>责任单位</th></tr>"
        "<tr><td>公开目录</td><td>编制目录</td><td>区财政局牵头，9月底前完成</td></tr></table>"
    )
    (row,) = read_draft(read(page.encode(), "表.html"), year=2023, directory=names).rows
    assert [assignee.text for assignee in row.assignees] == ["区财政局"]
    assert row.due is not None
    assert (row.due.kind, row.due.on) == ("date", date(2023, 9, 30))


def test_what_is_doubtful_about_a_deadline_stands_with_the_row(names: UnitDirectory) -> None:
    page = (
        "<table><tr><th>工作任务</th><th>具体要求</th><th>责任单位</th><th>完成时限</th></tr>"
        "<tr><td>公开目录</td><td>编制目录，2月30日前报送</td><td>区财政局</td><td>国庆节前</td></tr></table>"
    )
    (row,) = read_draft(read(page.encode(), "表.html"), year=2023, directory=names).rows
    assert row.due is not None
    assert (row.due.text, row.due.kind, row.due.on) == ("国庆节前", "none", None)
    assert [(p.code, p.column) for p in row.problems if p.code.startswith("date-")] == [
        ("date-unread", "due"),
        ("date-impossible", "content"),
    ]


def test_a_deadline_that_is_no_day_is_told_apart() -> None:
    assert impossible_deadlines("2月30日前报送，6月底前完成", 2023) == ["2月30日前"]
