"""The unit tree: paths sort as the tree does, and a subtree is one range."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.units.rules import SEGMENTS, ancestors, child_path, depth, existed, segment

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@given(st.integers(0, SEGMENTS - 1), st.integers(0, SEGMENTS - 1))
def test_segments_sort_as_their_numbers(a: int, b: int) -> None:
    assert (segment(a) < segment(b)) == (a < b)


def test_a_segment_cannot_overflow() -> None:
    with pytest.raises(ValueError):
        segment(SEGMENTS)


@given(st.lists(st.integers(1, 500), max_size=6))
def test_every_descendant_lies_in_its_ancestors_range_and_no_stranger_does(steps: list[int]) -> None:
    path = ""
    for step in steps:
        ancestor = path
        path = path + segment(step)
        assert ancestor <= path < ancestor + "~"
        assert not path <= ancestor + segment(step + 1) < path + "~"
    assert depth(path) == len(steps)
    assert ancestors(path) == ["".join(map(segment, steps[:count])) for count in range(1, len(steps))]


def test_a_new_child_stands_after_its_siblings() -> None:
    assert child_path("0001", []) == "00010001"
    assert child_path("0001", ["00010001", "0001000z"]) == "00010010"


@given(DAYS, DAYS, DAYS)
def test_both_ends_belong_to_a_units_life(start: date, end: date, day: date) -> None:
    assert existed(start, end, day) == (start <= day <= end)
    assert existed(None, None, day)
