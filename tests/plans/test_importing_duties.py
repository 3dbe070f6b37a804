"""Duties in sentences: nine kinds, with their numbers and their very words, measured on a labelled set."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.plans.importing.draft import DraftDuty, _duty
from taizhang.plans.importing.duties import DutyDraft, find_duties
from tests.plans.duty_scores import SETS, labelled, score

TEXTS = st.text(
    alphabet="每年季度月半周至少不低于超过1230.%百分之五十次场日个工作内后前底，。；：及时公开定期建立机制不得凡的要对％２",
    max_size=80,
)
KINDS = {"date", "event", "ratio", "count", "period", "setup", "continuous", "conditional", "ban"}


@pytest.mark.parametrize("name", sorted(SETS))
def test_duties_are_found_as_labelled(name: str) -> None:
    result = score(labelled(SETS[name]))
    assert result.precision >= 0.95, result.superfluous
    assert result.recall >= 0.9, result.missed


def test_the_labelled_set_is_large_and_covers_every_kind() -> None:
    sentences = [each for path in SETS.values() for each in labelled(path)]
    assert len({each["sentence"] for each in sentences}) >= 200
    assert {duty["kind"] for each in sentences for duty in each["duties"]} == KINDS
    assert sum(not each["duties"] for each in sentences) >= 30
    assert {each["year"] for each in sentences} == set(range(2015, 2026))
    for each in sentences:
        for duty in each["duties"]:
            assert each["sentence"][duty["start"] :].startswith(duty["text"])


def only(text: str, year: int = 2023) -> DutyDraft:
    (duty,) = find_duties(text, year)
    return duty


@pytest.mark.parametrize(
    ("text", "op", "value", "unit", "per"),
    [
        ("多元化解读比例不得低于50%", ">=", 50, "%", None),
        ("多元化解读比例不低于百分之五十", ">=", 50, "%", None),
        ("按时办结率达到９５％以上", ">=", 95, "%", None),
        ("被纠错率控制在3.5%以内", "<=", 3.5, "%", None),
        ("每年至少组织1次专题培训", ">=", 1, "次", "year"),
        ("每年组织两次以上政府开放日", ">=", 2, "次", "year"),
        ("至少每季度更新一次公开指南", ">=", 1, "次", "quarter"),
        ("每个月更新不少于10条", ">=", 10, "条", "month"),
        ("每半年至少开展1次检查", ">=", 1, "次", "half-year"),
        ("每周至少更新3条信息", ">=", 3, "条", "week"),
        ("全年举办新闻发布会不少于十二场", ">=", 12, "场", "year"),
        ("面向基层的检查每年不超过2次", "<=", 2, "次", "year"),
        ("公开征求意见期限不少于30日", ">=", 30, "日", None),
    ],
)
def test_thresholds(text: str, op: str, value: float, unit: str, per: str | None) -> None:
    duty = only(text)
    assert (duty.threshold, duty.per) == ({"op": op, "value": value, "unit": unit}, per)
    assert duty.kind == ("ratio" if unit == "%" else "count")


@pytest.mark.parametrize(
    ("text", "amount", "unit", "trigger"),
    [
        ("公开征求意见结束后，1个月内发布采纳情况", 1, "month", "公开征求意见结束"),
        ("自收到申请之日起20个工作日内答复", 20, "workday", "收到申请"),
        ("文件印发后三个工作日内发布解读", 3, "workday", "文件印发"),
        ("留言须在2日内转办", 2, "day", None),
        ("重大舆情24小时内报告", 1, "day", None),
        ("批复后一周内公开", 7, "day", "批复"),
    ],
)
def test_terms_that_run_from_an_event(text: str, amount: int, unit: str, trigger: str | None) -> None:
    duty = only(text)
    assert (duty.kind, duty.within, duty.trigger) == ("event", {"amount": amount, "unit": unit}, trigger)


def test_hours_that_fill_no_day_have_no_term_but_are_an_event() -> None:
    duty = only("重大突发事件发生后，5小时内发布权威信息")
    assert (duty.kind, duty.within) == ("event", None)


@pytest.mark.parametrize(
    "text",
    [
        "全区共有26个试点领域",
        "12345热线是重要渠道",
        "上年度受理申请42件，同比增长12%",
        "切实加强组织领导",
        "为进一步做好政务公开工作，制定本要点。",
        "得分率为96.5%",
        "近6个月内形成的信息较多",
        "不断提升群众满意度",
        "推动政务公开工作高质量发展",
    ],
)
def test_a_sentence_that_asks_nothing_to_be_checked_gives_none(text: str) -> None:
    assert find_duties(text, 2023) == []


def test_when_and_in_which_case_belong_to_what_they_are_said_of() -> None:
    assert only("9月底前，完成现行有效规范性文件统一查询").text == "9月底前，完成现行有效规范性文件统一查询"
    assert only("凡审计机关公告的问题，被审计单位要全面公开整改结果").kind == "conditional"
    first, second = find_duties("对群众来信回复率要达到100%，一般问题5个工作日内答复", 2023)
    assert (first.kind, second.kind) == ("ratio", "event")


def test_a_day_that_lost_its_year_mark_is_restored_and_one_of_another_year_is_told() -> None:
    assert only("于20238月底前完善公开内容").restored
    assert only("于20238月底前完善公开内容").due_on == date(2023, 8, 31)
    assert not only("到2026年底，全面建成政务公开专区").plausible


@given(TEXTS)
def test_every_duty_is_the_very_words_and_fits_the_draft(text: str) -> None:
    ends = 0
    for number, duty in enumerate(find_duties(text, 2023), 1):
        assert text[duty.start : duty.end] == duty.text
        assert duty.start >= ends
        ends = duty.end
        assert DraftDuty.model_validate(_duty(number, duty)).kind in KINDS


@given(st.integers(0, 100), st.sampled_from(["不低于", "不得低于", "达到", "不少于", "≥"]), st.booleans())
def test_a_percentage_is_read_back(value: int, words: str, wide: bool) -> None:
    written = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else str(value)
    duty = only(f"政策解读比例{words}{written}%")
    assert duty.threshold == {"op": ">=", "value": value, "unit": "%"}
