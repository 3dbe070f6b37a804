"""The difference between two revisions shows everything that changed and nothing else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from taizhang.progress.changes import difference
from taizhang.progress.rules import FIELD_WORDS

TEXTS = st.fixed_dictionaries({name: st.sampled_from(["", "已制定方案", "正在推进"]) for name in FIELD_WORDS})
CLAIM = st.fixed_dictionaries(
    {
        "duty_id": st.sampled_from("甲乙丙丁"),
        "outcome": st.sampled_from(["met", "ongoing"]),
        "value": st.none() | st.integers(0, 100),
    }
)
EVIDENCE = st.fixed_dictionaries(
    {"id": st.sampled_from("abcd"), "title": st.just("方案"), "version": st.integers(1, 2), "duty_ids": st.just([])}
)
CONTENT = st.builds(
    lambda texts, claims, evidence: {**texts, "claims": claims, "evidence": evidence},
    TEXTS,
    st.lists(CLAIM, unique_by=lambda claim: claim["duty_id"]),
    st.lists(EVIDENCE, unique_by=lambda item: item["id"]),
)


def test_a_reviewer_sees_the_words_before_and_after() -> None:
    found = difference({"progress": "推进中"}, {"progress": "8月25日印发"})
    assert [(change.label, change.before, change.after) for change in found.fields] == [
        ("进展情况", "推进中", "8月25日印发")
    ]


@given(content=CONTENT)
def test_nothing_changed_shows_nothing(content: dict[str, Any]) -> None:
    found = difference(content, content)
    assert not any((found.fields, found.claims, found.added, found.removed, found.changed))


@given(content=CONTENT)
def test_against_nothing_everything_is_new(content: dict[str, Any]) -> None:
    found = difference(None, content)
    assert [item["id"] for item in found.added] == [item["id"] for item in content["evidence"]]
    assert [shift.after for shift in found.claims] == content["claims"]
    assert {change.field for change in found.fields} == {name for name in FIELD_WORDS if content[name]}


@given(before=CONTENT, after=CONTENT)
def test_the_difference_leads_from_the_one_to_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = difference(before, after)
    texts = {name: before[name] for name in FIELD_WORDS} | {change.field: change.after for change in found.fields}
    assert texts == {name: after[name] for name in FIELD_WORDS}
    claims = {claim["duty_id"]: claim for claim in before["claims"]}
    for shift in found.claims:
        assert claims.get(shift.duty_id) == shift.before
        claims[shift.duty_id] = shift.after
    kept = {key: claim for key, claim in claims.items() if claim is not None}
    assert kept == {claim["duty_id"]: claim for claim in after["claims"]}
    evidence = {item["id"]: item for item in before["evidence"]}
    for item in found.removed:
        del evidence[item["id"]]
    evidence |= {item["id"]: item for item in (*found.added, *found.changed)}
    assert evidence == {item["id"]: item for item in after["evidence"]}
