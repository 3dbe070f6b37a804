"""Judging is arithmetic on whole numbers: monotone, exact at the target, and never flattering in what it shows."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.indicators.definitions import INDICATORS, bound
from taizhang.indicators.formulas import SMALL, Direction, Goal, Shape, Tally, WhenZero, judge
from taizhang.indicators.measures import MEASURES
from taizhang.plans.judgements import Verdict
from taizhang.registers.kinds import REGISTERS

DAY = date(2023, 9, 20)
parts = st.integers(0, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
targets = st.integers(1, 100)


def ratio(target: int, direction: Direction = Direction.AT_LEAST, **rest: object) -> Goal:
    return Goal(Shape.RATIO, direction, Fraction(target), "%", **rest)  # type: ignore[arg-type]


@given(parts, targets)
def test_a_ratio_is_reached_exactly_when_its_whole_numbers_say_so(counted: tuple[int, int], target: int) -> None:
    numerator, denominator = counted
    found = judge(ratio(target), Tally(numerator, denominator, entries=denominator), today=DAY)
    if denominator == 0:
        assert (found.verdict, found.value) == (Verdict.NOT_APPLICABLE, None)
    else:
        assert (found.verdict is Verdict.MET) == (100 * numerator >= target * denominator)
        assert f"{numerator}/{denominator}" in found.words
        assert found.small == (denominator < SMALL)


@given(parts, targets)
def test_what_is_shown_never_reads_as_reaching_a_target_that_was_missed(counted: tuple[int, int], target: int) -> None:
    tally = Tally(*counted, entries=1)
    for direction in (Direction.AT_LEAST, Direction.AT_MOST):
        found = judge(ratio(target, direction), tally, today=DAY)
        if found.verdict is Verdict.NOT_MET and found.value is not None:
            assert found.value < target if direction is Direction.AT_LEAST else found.value > target


@given(parts, targets)
def test_one_more_that_counts_never_makes_a_ratio_worse(counted: tuple[int, int], target: int) -> None:
    numerator, denominator = counted
    before = judge(ratio(target), Tally(numerator, denominator), today=DAY)
    after = judge(ratio(target), Tally(numerator + 1, denominator + 1), today=DAY)
    assert after.value is not None
    assert after.value >= (before.value or 0)
    assert not (before.verdict is Verdict.MET and after.verdict is not Verdict.MET)


@given(st.integers(0, 400), st.integers(0, 60))
def test_the_worst_of_all_decides_a_limit(worst: int, limit: int) -> None:
    goal = Goal(Shape.WORST, Direction.AT_MOST, Fraction(limit), "天")
    assert (judge(goal, Tally(0, 1, worst), today=DAY).verdict is Verdict.MET) == (worst <= limit)


@given(st.integers(-30, 30), st.integers(0, 3))
def test_before_its_day_nothing_is_failed_and_after_it_nothing_is_pending(offset: int, count: int) -> None:
    due = DAY + timedelta(days=offset)
    goal = Goal(Shape.COUNT, Direction.BY_DATE, Fraction(2), "次", due)
    days = tuple(DAY - timedelta(days=step) for step in range(count))
    found = judge(goal, Tally(count, count, entries=count, days=days), today=DAY)
    if count >= 2:
        assert found.verdict is Verdict.MET
        assert found.done_on == sorted(days)[1]
        assert ("逾期" in found.words) == (sorted(days)[1] > due)
    else:
        assert found.verdict is (Verdict.PENDING if due >= DAY else Verdict.NOT_MET)


@given(parts, parts)
def test_against_last_year_it_must_fall_or_stay_at_none(this: tuple[int, int], last: tuple[int, int]) -> None:
    goal = ratio(0, Direction.BELOW_LAST_YEAR)
    found = judge(goal, Tally(*this), today=DAY, last_year=Tally(*last))
    if this[1] == 0 or last[1] == 0:
        assert found.verdict is Verdict.NOT_APPLICABLE
    else:
        now, before = Fraction(*this), Fraction(*last)
        assert (found.verdict is Verdict.MET) == (now < before or now == before == 0)


def test_nothing_recorded_is_not_the_same_as_nothing_to_measure() -> None:
    untested = ratio(100, Direction.BY_DATE, when_zero=WhenZero.NOT_KEPT, zero_words="没有检测")
    assert judge(untested, Tally(entries=3), today=DAY).verdict is Verdict.NOT_KEPT


def test_every_definition_counts_something_and_reads_registers_that_exist() -> None:
    assert set(INDICATORS) == set(MEASURES)
    assert all(slug in REGISTERS for definition in INDICATORS.values() for slug in definition.reads)
    named = {name for kind in REGISTERS.values() for name in kind.indicators}
    assert named <= {definition.name for definition in INDICATORS.values()}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("多元化解读比例不得低于50%要针对社会公众关注的热点、重点、疑点", "interpretation-diversity"),
        ("解读材料要与政策性文件同步审签、同步发布", "interpretation-lag"),
        ("决策承办单位决策过程中公开征求群众意见结束后,1个月内发布意见采纳情况", "adoption-published"),
        ("9月底前实现现行有效行政规范性文件统一查询", "documents-searchable"),
        ("于20238月底前对照政务公开事项标准目录在区政府门户网站完善本地区公开内容", "catalogue-coverage"),
        ("20239月底前对工作情况开展抽查检查", "standard-spot-checks"),
        ("2023年底前实现一级标准率达到100%", "accessibility"),
        ("每年至少组织1次政务公开专题培训", "trainings"),
        ("每年至少开展1次专项检查", "secrecy-inspections"),
        ("加强对政策发布及施行情况的舆情监测", None),
    ],
)
def test_the_numbered_duties_of_the_notice_find_their_indicator(words: str, key: str | None) -> None:
    around = "对照政务公开事项标准目录；各级保密行政管理部门" if re.search("检查", words) else ""
    found = bound(words, around)
    assert (found.key if found else None) == key
