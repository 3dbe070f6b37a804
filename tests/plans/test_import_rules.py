"""Fixes and differences as calculations: applied twice as once, taken back as never done, a draft equal to itself."""

import uuid
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from taizhang.plans.importing.comparing import Item, compare, counts, item_of
from taizhang.plans.importing.draft import DraftAssignee, DraftDue, DraftProblem, DraftRow, DraftSource
from taizhang.plans.importing.fixes import (
    AcknowledgeFix,
    AssigneeFix,
    AssignFix,
    ClearDatesFix,
    CreateUnitsFix,
    Fix,
    NewUnit,
    apply_fix,
    undo_fix,
)
from taizhang.plans.importing.problems import group_problems, level_of, rechecked, standing
from taizhang.plans.importing.units import AssigneeState

PHRASES = ["区教体局", "区财政局", "有关部门", "某某银行"]
UNITS = [uuid.UUID(int=number) for number in range(1, 5)]
DATES = st.dates(date(2031, 1, 1), date(2031, 12, 31))


@st.composite
def assignees(draw: st.DrawFn) -> DraftAssignee:
    state = draw(st.sampled_from(list(AssigneeState)))
    known = state in (AssigneeState.MATCHED, AssigneeState.GROUP)
    return DraftAssignee(
        text=draw(st.sampled_from(PHRASES)),
        role=draw(st.sampled_from(["lead", "support", "responsible"])),
        state=state,
        unit_ids=draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True)) if known else [],
        note=None if known else "请核对",
    )


@st.composite
def drafts(draw: st.DrawFn) -> list[DraftRow]:
    rows = []
    for position in range(1, draw(st.integers(1, 5)) + 1):
        on = draw(st.none() | DATES)
        problems = [DraftProblem(code="date-implausible", message=f"时限 {on} 不在本年度")] if on else []
        row = DraftRow(
            position=position,
            category=draw(st.sampled_from(["一、", "二、"])),
            subcategory=None,
            title=draw(st.text("甲乙丙", min_size=1, max_size=3)),
            content=draw(st.text("公开信息。", min_size=1, max_size=12)),
            assignees=draw(st.lists(assignees(), max_size=3)),
            due=DraftDue(text="某日", kind="date", on=on) if on else None,
            duties=[],
            source=DraftSource(sheet=None, row=position, column=1, paragraph=None),
            problems=problems,
            task_id=draw(st.none() | st.just(uuid.UUID(int=99))),
        )
        row.problems = rechecked(row)
        rows.append(row)
    return rows


POSITIONS = st.none() | st.lists(st.integers(1, 5), max_size=3)
FIXES: st.SearchStrategy[Fix] = st.one_of(
    st.builds(
        AssigneeFix,
        kind=st.just("assignee"),
        text=st.sampled_from(PHRASES),
        unit_ids=st.lists(st.sampled_from(UNITS), unique=True),
        rows=POSITIONS,
    ),
    st.builds(
        CreateUnitsFix,
        kind=st.just("create-units"),
        units=st.just([NewUnit(text="某某银行", name="某某银行", kind="other")]),
    ),
    st.builds(AssignFix, kind=st.just("assign"), unit_ids=st.lists(st.sampled_from(UNITS), min_size=1), rows=POSITIONS),
    st.builds(
        AcknowledgeFix,
        kind=st.just("acknowledge"),
        code=st.sampled_from(["no-assignee", "no-duty", "date-implausible"]),
        rows=POSITIONS,
    ),
    st.builds(ClearDatesFix, kind=st.just("clear-dates"), rows=POSITIONS),
)
MADE = {"某某银行": UNITS[3]}


def copied(rows: list[DraftRow]) -> list[DraftRow]:
    return [row.model_copy(deep=True) for row in rows]


@given(drafts(), FIXES)
def test_a_fix_applied_twice_is_applied_once(rows: list[DraftRow], fix: Fix) -> None:
    apply_fix(rows, fix, MADE)
    once = copied(rows)
    assert apply_fix(rows, fix, MADE) == []
    assert rows == once


@given(drafts(), st.lists(FIXES, min_size=1, max_size=4))
def test_fixes_taken_back_in_turn_leave_the_draft_as_it_was(rows: list[DraftRow], fixes: list[Fix]) -> None:
    before = copied(rows)
    done = [apply_fix(rows, fix, MADE) for fix in fixes]
    assert [undo_fix(rows, changes) for changes in reversed(done)] == [0] * len(done)
    assert rows == before


@given(drafts(), FIXES)
def test_a_fix_leaves_alone_what_is_in_a_plan_already(rows: list[DraftRow], fix: Fix) -> None:
    before = {row.position: row.model_copy(deep=True) for row in rows if row.task_id}
    changes = apply_fix(rows, fix, MADE)
    assert not before.keys() & {change.position for change in changes}
    assert all(row == before[row.position] for row in rows if row.task_id)


@given(drafts())
def test_every_open_problem_is_in_one_group(rows: list[DraftRow]) -> None:
    groups = group_problems(rows, {})
    waiting = [row for row in rows if row.task_id is None]
    grouped = {(group.code, position) for group in groups for position in group.rows}
    assert grouped == {(p.code, row.position) for row in waiting for p in row.problems if not p.acknowledged}
    assert sum(group.count for group in groups if group.text) == sum(
        a.is_open for row in waiting for a in row.assignees
    )


@given(drafts())
def test_offered_fixes_answer_their_whole_group(rows: list[DraftRow]) -> None:
    from pydantic import TypeAdapter

    for group in group_problems(rows, {}):
        for offered in group.fixes:
            tried = copied(rows)
            apply_fix(tried, TypeAdapter(Fix).validate_python(offered.fix), {group.text or "": UNITS[0]})
            left = {(each.code, each.text) for each in group_problems(tried, {})}
            assert (group.code, group.text) not in left, offered


@given(drafts())
def test_a_row_that_stands_open_cannot_be_good(rows: list[DraftRow]) -> None:
    for row in rows:
        assert bool(standing(row)) >= any(assignee.is_open for assignee in row.assignees)
        assert all(level_of(problem.code) != "note" for problem in standing(row))


def items(rows: list[DraftRow]) -> list[Item]:
    return [item_of(row, {}) for row in rows]


@given(drafts())
def test_a_draft_does_not_differ_from_itself(rows: list[DraftRow]) -> None:
    assert {change.change for change in compare(items(rows), items(rows))} == {"unchanged"}


@given(drafts(), drafts())
def test_every_row_of_both_sides_is_told_once(old: list[DraftRow], new: list[DraftRow]) -> None:
    changes = compare(items(old), items(new))
    assert [change.position for change in changes if change.position] == [row.position for row in new]
    keys = [change.key for change in changes if change.key]
    assert sorted(keys) == sorted(str(row.position) for row in old)
    found = counts(changes)
    assert found["new"] + found["changed"] + found["unchanged"] == len(new)
    assert found["missing"] == len(old) - found["changed"] - found["unchanged"]


@given(drafts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_no_change(rows: list[DraftRow], chance: st.DataObject) -> None:
    unlike = [
        replace(item, title=f"{item.title}{n}", content=f"{item.content}{n}") for n, item in enumerate(items(rows))
    ]
    shuffled = list(unlike)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {change.change for change in compare(unlike, shuffled)} == {"unchanged"}
