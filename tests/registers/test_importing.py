"""Workbooks in and out: what is written can be read back to the same entries, and nothing read is ever a fault."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from taizhang.calendars.shipped import shipped_calendar
from taizhang.documents import verbatim
from taizhang.documents.readers import READERS
from taizhang.documents.unreadable import Unreadable
from taizhang.registers.fields import InputKind
from taizhang.registers.importing.checking import Around, check
from taizhang.registers.importing.columns import EXAMPLE, Column, by_key, columns, plain_heading
from taizhang.registers.importing.lines import read_rows
from taizhang.registers.importing.values import text_of, value_of
from taizhang.registers.importing.workbook import EntryCells, StepCells, export, template
from taizhang.registers.kinds import REGISTERS
from tests.registers.workbooks import filled

NOW = datetime(2023, 9, 20, 4, tzinfo=UTC)
AROUND = Around(shipped_calendar(), NOW, uuid.UUID(int=1), {"大山坪街道": uuid.UUID(int=1)})


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_template_shows_an_example_that_is_right(slug: str) -> None:
    kind = REGISTERS[slug]
    headings = [plain_heading(column.heading) for column in columns(slug)]
    assert len(set(headings)) == len(headings)
    assert kind.examples
    draft = read_rows(kind, verbatim.read(template(kind, ["大山坪街道"]), "模板.xlsx"), only=EXAMPLE)
    assert draft.notices == []
    for row, cells in zip(draft.rows, REGISTERS[slug].examples, strict=True):
        assert check(kind, row, AROUND) is not None, row.problems
        assert row.cells.keys() | {key for step in row.steps for key in step.cells} == cells.keys()


def test_the_empty_sheet_of_a_template_is_no_entry() -> None:
    draft = read_rows(REGISTERS["trainings"], verbatim.read(template(REGISTERS["trainings"], []), "模板.xlsx"))
    assert (draft.rows, [notice.code for notice in draft.notices]) == ([], ["no-rows"])


# -- out and in again

DAYS = st.dates(date(2023, 1, 3), date(2023, 9, 20))
WORDS = st.text("甲乙丙丁公开申请〔〕2023第号、，。 =+-'\"<&\n", min_size=1, max_size=30).map(str.strip).filter(bool)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Stored values a column can hold."""
    by_input: dict[InputKind, st.SearchStrategy[Any]] = {
        InputKind.DATE: DAYS.map(date.isoformat),
        InputKind.MOMENT: st.integers(0, 20_000_000).map(lambda ago: (NOW - timedelta(seconds=ago)).isoformat()),
        InputKind.INTEGER: st.integers(0, 10**8),
        InputKind.AMOUNT: st.decimals(0, 10**6, places=4).map(str),
        InputKind.CHECK: st.booleans(),
    }
    options = [value for value, _ in column.options]
    if column.input is InputKind.CHOICE:
        return st.sampled_from(options)
    if column.input is InputKind.CHOICES:
        return st.sets(st.sampled_from(options), min_size=1).map(lambda found: [o for o in options if o in found])
    return by_input.get(column.input, WORDS)


EVERY = [(slug, column) for slug in REGISTERS for column in columns(slug)]


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_value_written_in_a_cell_is_read_as_itself(data: st.DataObject) -> None:
    _, column = data.draw(st.sampled_from(EVERY))
    value = data.draw(values(column))
    read = value_of(column, text_of(column, value))
    if column.input is InputKind.MOMENT:
        assert datetime.fromisoformat(read) == datetime.fromisoformat(value)
    else:
        assert read == value


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """An application with steps, as it may have gone; the same step may come twice, several on one day."""
    opened = draw(DAYS)
    day, steps = opened, []
    kinds = ["legal_reviewed", "consultation_started", "correction_asked", "extended"]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=6)):
        day = min(day + timedelta(days=draw(st.integers(0, 3))), date(2023, 9, 20))
        of_kind: dict[str, dict[str, Any]] = {
            "legal_reviewed": {"reviewer": draw(WORDS), "opinion": draw(WORDS)},
            "consultation_started": {"asked_of": draw(WORDS), "notice_no": None},
            "correction_asked": {"items": draw(WORDS), "until": (day + timedelta(days=9)).isoformat()},
            "extended": {"days": draw(st.integers(1, 20)), "approver": draw(WORDS)},
        }
        steps.append((kind, day, of_kind[kind]))
        end = {"consultation_started": "consultation_ended", "correction_asked": "correction_received"}.get(kind)
        if end:
            steps.append((end, day, {"opinion": "silent"} if end == "consultation_ended" else {}))
    return {"opened_on": opened, "title": draw(WORDS), "content": draw(WORDS), "steps": steps}


def written(slug: str, number: str, cells: dict[str, Any], steps: list[tuple[str, date, dict[str, Any]]]) -> EntryCells:
    known = by_key(slug)

    def texts(found: dict[str, Any]) -> dict[str, str]:
        return {key: text for key, value in found.items() if (text := text_of(known[key], value))}

    return EntryCells(
        number,
        texts(cells),
        [
            StepCells(kind, texts({f"events.{kind}.on": on, **{f"events.{kind}.data.{n}": v for n, v in data.items()}}))
            for kind, on, data in steps
        ],
    )


@given(entries=st.lists(cases(), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_exported_workbook_imported_again_gives_the_same_entries(entries: list[dict[str, Any]]) -> None:
    slug = "applications"
    lines = [
        written(
            slug,
            str(number),
            {
                "title": each["title"],
                "opened_on": each["opened_on"],
                "party.kind": "natural",
                "party.name": "甲",
                "data.channel": "in_person",
                "data.content": each["content"],
            },
            each["steps"],
        )
        for number, each in enumerate(entries, start=1)
    ]
    again = read_rows(REGISTERS[slug], verbatim.read(export(REGISTERS[slug], lines, ["状态"]), "台账.xlsx"))
    assert [row.cells for row in again.rows] == [line.cells for line in lines]
    assert [[(step.kind, step.cells) for step in row.steps] for row in again.rows] == [
        [(step.kind, dict(step.cells)) for step in line.steps] for line in lines
    ]
    for row in again.rows:
        ready = check(REGISTERS[slug], row, AROUND)
        # Of a random course of events the rules refuse what they refuse of typed entry; nothing is lost on the way.
        assert ready is None or [event.on.isoformat() for event in ready.events] == [
            step.cells[f"events.{step.kind}.on"] for step in row.steps
        ]


# -- anything at all

CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2999, 1, 1)),
    st.sampled_from(["#N/A", "=1+1", "2023-02-30", "是", "自然人", "当面提交", "*", "99999999999", "0001-01-01"]),
)


@given(data=st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_random_sheet_gives_rows_with_problems_or_a_refusal_and_never_a_fault(data: st.DataObject) -> None:
    slug = data.draw(st.sampled_from(sorted(REGISTERS)))
    headings = [column.heading for column in columns(slug)]
    heads = data.draw(st.lists(st.sampled_from([*headings, "序号", "状态", "别的"]), max_size=12))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([columns(slug)[0].heading, *heads] if data.draw(st.booleans()) else heads)
    for row in data.draw(st.lists(st.lists(CELLS, max_size=13), max_size=6)):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    try:
        draft = read_rows(REGISTERS[slug], verbatim.read(buffer.getvalue(), "随便.xlsx"))
    except Unreadable:
        return
    for each in draft.rows:
        assert (check(REGISTERS[slug], each, AROUND) is None) == each.blocked
        assert all(any("\u4e00" <= letter <= "\u9fff" for letter in problem.message) for problem in each.problems)


def test_a_csv_of_the_same_headings_is_read_as_well() -> None:
    text = "培训名称,举办日期,类别,主题,参加人数\n一次培训,2023-06-15,其他培训,公开,30\n"
    draft = read_rows(REGISTERS["trainings"], READERS["csv"](text.encode()))
    assert check(REGISTERS["trainings"], draft.rows[0], AROUND) is not None


def test_what_stands_in_no_known_column_is_said() -> None:
    book = filled(
        "trainings", [{"title": "一次", "opened_on": "2023-06-15"}], keys=["title", "opened_on", "data.topic"]
    )
    draft = read_rows(REGISTERS["trainings"], verbatim.read(book, "台账.xlsx"))
    assert [notice.code for notice in draft.notices] == ["column-missing"]
    assert "类别、参加人数" in draft.notices[0].message
