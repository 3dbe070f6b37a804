"""A notice pasted by the office is read as the State Council meant it, and what does not agree in it is said."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.calendars.reading_notice import check_days, read_notice
from taizhang.calendars.shipped import shipped_calendar
from taizhang.calendars.workdays import Calendar, DayKind, SpecialDay, is_weekend, weekday_words
from tests.calendars.notices import NOTICES


@pytest.mark.parametrize("year", NOTICES)
def test_each_years_notice_gives_exactly_the_working_days_of_that_year(year: int) -> None:
    reading = read_notice(NOTICES[year])
    assert reading.year == year
    assert [problem for problem in reading.problems if problem.level == "block"] == []
    # December belongs to next year's notice as well.
    last = read_notice(NOTICES[year + 1]).days if year + 1 in NOTICES else []
    calendar = Calendar.of([*reading.days, *last], {year})
    days = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    assert [day for day in days if calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []
    listed = {day for day in shipped_calendar().in_year(year) if day.kind is DayKind.WORK}
    made_up = {day.on for day in calendar.in_year(year) if day.kind is DayKind.WORK}
    assert made_up == {day.on for day in listed}


@pytest.mark.parametrize("year", [2013, 2017, 2021, 2022, 2023, 2025, 2026])
def test_where_a_notice_lists_its_weekends_the_days_off_are_the_same_too(year: int) -> None:
    off = {day.on for day in read_notice(NOTICES[year]).days if day.kind is DayKind.OFF and day.on.year == year}
    shipped = {day.on for day in shipped_calendar().in_year(year) if day.kind is DayKind.OFF}
    assert {day for day in shipped - off if not (is_weekend(day) and day.month == 12)} == set()
    assert off <= shipped


def test_the_years_the_facts_are_confirmed_for_count_249_and_248_working_days() -> None:
    assert [shipped_calendar().workdays_in(year) for year in (2023, 2024, 2025, 2026)] == [249, 251, 248, 248]


def test_the_notice_of_2023_reaches_into_the_year_before() -> None:
    reading = read_notice(NOTICES[2023])
    assert SpecialDay(date(2022, 12, 31), DayKind.OFF, "元旦") in reading.days
    assert reading.issued_on == date(2022, 12, 8)


def test_the_number_the_day_and_the_title_are_read() -> None:
    reading = read_notice(NOTICES[2026])
    assert (reading.document_no, reading.issued_on) == ("国办发明电〔2025〕7号", date(2025, 11, 4))
    assert reading.title == "国务院办公厅关于2026年部分节假日安排的通知"
    assert [item.name for item in reading.items][-1] == "国庆节"


def test_what_is_only_encouraged_is_no_day_off() -> None:
    assert date(2024, 2, 9) not in {day.on for day in read_notice(NOTICES[2024]).days}


def codes(text: str, year: int | None = None) -> list[tuple[str, date | None]]:
    """The problems that must be put right, with their days."""
    return [(each.code, each.on) for each in read_notice(text, year).problems if each.level == "block"]


def test_a_weekday_that_is_another_is_pointed_out() -> None:
    wrong = NOTICES[2026].replace("1月4日（周日）", "1月4日（周一）")
    assert codes(wrong) == [("weekday-disagrees", date(2026, 1, 4))]
    said = next(each.message for each in read_notice(wrong).problems if each.level == "block")
    assert said == "2026年1月4日是星期日，通知写作星期一"


def test_a_count_that_is_another_is_pointed_out() -> None:
    assert codes(NOTICES[2026].replace("共9天", "共8天")) == [("count-disagrees", date(2026, 2, 15))]


def test_a_make_up_day_on_a_weekday_is_pointed_out() -> None:
    wrong = NOTICES[2026].replace("1月4日（周日）", "1月5日（周一）")
    assert codes(wrong) == [("make-up-on-weekday", date(2026, 1, 5))]


def test_a_day_that_is_both_off_and_worked_is_pointed_out() -> None:
    assert codes(NOTICES[2026].replace("1月4日（周日）", "1月3日（周六）")) == [("day-both", date(2026, 1, 3))]


def test_a_day_that_does_not_exist_is_pointed_out() -> None:
    assert ("date-impossible", None) in codes("关于2026年部分节假日安排的通知\n一、春节：2月30日放假。")


def test_a_range_that_runs_backwards_is_pointed_out() -> None:
    assert codes("关于2026年部分节假日安排的通知\n一、国庆节：10月7日至1日放假。")[0][0] == "range-wrong"


def test_a_notice_without_its_year_and_one_of_another_year_are_refused() -> None:
    assert codes("一、元旦：1月1日放假。") == [("year-missing", None)]
    assert ("year-other", None) in codes(NOTICES[2026], 2027)
    assert codes("一、元旦：1月1日放假。", 2026) == []


def test_a_text_without_any_day_is_refused() -> None:
    assert codes("关于2027年部分节假日安排的通知") == [("no-days", None)]


def test_a_year_short_of_a_holiday_or_of_its_thirteen_days_is_worth_a_look() -> None:
    short = "\n".join(line for line in NOTICES[2026].splitlines() if "端午节" not in line)
    assert [each.message for each in read_notice(short).problems] == ["没有读到：端午节"]
    long = NOTICES[2026].replace("1月4日（周日）上班。", "")
    found = [each.code for each in read_notice(long).problems]
    assert found == ["balance"]


def test_full_width_figures_wide_spaces_and_other_brackets_read_the_same() -> None:
    plain = read_notice(NOTICES[2026])
    odd = NOTICES[2026].replace("1月1日", "１月１日").replace("（", " (").replace("）", ") ").replace("至", "－")
    assert read_notice(odd).days == plain.days
    assert read_notice(odd).problems == []


def test_a_special_notice_about_one_holiday_is_read() -> None:
    days = "2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。"
    reading = read_notice(f"关于调整2019年劳动节假期安排的通知\n{days}", 2019)
    assert [day.on.day for day in reading.days if day.kind is DayKind.OFF] == [1, 2, 3, 4]
    assert {day.name for day in reading.days} == {"劳动节"}


def test_a_list_may_leave_out_the_month() -> None:
    reading = read_notice("关于2023年部分节假日安排的通知\n二、春节：1月21日至27日放假调休，共7天。1月28日、29日上班。")
    assert [day.on.day for day in reading.days if day.kind is DayKind.WORK] == [28, 29]


@given(
    st.lists(
        st.sampled_from(
            [*"一二年月日至、，。；（）：0123456789 \n", "放假", "上班", "共", "天", "星期", "元旦", "2026"]
        )
    )
)
def test_whatever_is_pasted_is_read_or_refused_in_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    reading = read_notice(text, 2026)
    assert [day.on for day in reading.days] == sorted({day.on for day in reading.days})
    assert all(problem.message for problem in reading.problems)


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=1, max_size=20, unique=True))
def test_days_written_out_come_back_as_they_were(days: list[date]) -> None:
    words = "、".join(f"{day.month}月{day.day}日（{weekday_words(day)}）" for day in days)
    reading = read_notice(f"关于2026年部分节假日安排的通知\n一、节日：{words}放假，共{len(days)}天。")
    assert [day.on for day in reading.days] == sorted(days)
    assert [problem for problem in reading.problems if problem.level == "block"] == []


def test_no_year_holds_a_day_of_another_but_for_the_december_before() -> None:
    days = [SpecialDay(date(2026, 12, 31), DayKind.OFF, "元旦"), SpecialDay(date(2028, 1, 1), DayKind.OFF, "元旦")]
    assert [(each.code, each.on) for each in check_days(2027, days)] == [("day-of-another-year", date(2028, 1, 1))]
