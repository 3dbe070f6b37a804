"""A workbook that nobody edited says nothing new, whatever the texts hold and whatever Excel does to them."""

import io
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taizhang.core.schemas import UNFIT
from taizhang.documents import verbatim
from taizhang.documents.cells import CELL_MAX, Unfit, fitted
from taizhang.documents.grid import Cell, Document, Grid
from taizhang.progress.roundtrip.cells import canonical, read_days
from taizhang.progress.roundtrip.columns import ASSIGNMENTS, SHEETS, TASKS, Kind, LedgerSheet
from taizhang.progress.roundtrip.comparing import Outcome, RowState, Stored, compare, counted
from taizhang.progress.roundtrip.reading import Reading, read_back
from taizhang.progress.roundtrip.workbook import ExportedRow, workbook

ODD = [
    "=1+1",
    "+86 830",
    "-5",
    "@SUM(A1)",
    "'引号",
    '"双引号"',
    "007",
    "1",
    "1.0",
    "TRUE",
    "#N/A",
    "_x000D_",
    "_x005F_",
    "2023-9-1",
    "首行\n\n次行",
    " 前后有空 ",
    "全角　空格，（）：",
    "😀🧧",
    "e\u0301",
    "a\tb",
    "长" * 40_000,
    "😀" * 20_000,
]
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]).filter(lambda letter: not UNFIT.match(letter)), max_size=60),
)
days = st.lists(st.dates(date(2022, 1, 1), date(2025, 12, 31)).map(date.isoformat), max_size=3).map("；".join)
names = st.lists(st.sampled_from(["区财政局", "区民政局", "大山坪街道", "江南科技产业园管委会"]), unique=True)
BY_KIND = {Kind.FIXED: texts, Kind.TEXT: texts, Kind.DAYS: days, Kind.UNITS: names.map("、".join)}


def exported(sheet: LedgerSheet) -> st.SearchStrategy[ExportedRow]:
    cells = st.fixed_dictionaries({column.key: BY_KIND[column.kind] for column in sheet.columns})
    return st.builds(ExportedRow, st.uuids().map(str), st.integers(1, 9999), cells)


def rows_of(sheet: LedgerSheet, most: int = 3) -> st.SearchStrategy[list[ExportedRow]]:
    return st.lists(exported(sheet), min_size=1, max_size=most, unique_by=lambda row: row.id)


def stored(sheet: LedgerSheet, row: ExportedRow) -> Stored:
    return Stored(sheet.name, uuid.UUID(row.id), uuid.UUID(row.id), row.version, "一行", row.cells)


def outcomes(reading: Reading, held: Mapping[LedgerSheet, list[ExportedRow]], status: str = "draft") -> list[Outcome]:
    rows = [stored(sheet, row) for sheet, rows in held.items() for row in rows]
    return compare(reading.lines, reading.sheets, rows, status)


def grid(sheet: LedgerSheet, rows: list[ExportedRow], name: str, order: list[int] | None = None) -> Grid:
    """The sheet as a grid, its columns in another order if told."""
    headings = [*(column.heading for column in sheet.columns), sheet.id_heading, sheet.version_heading]
    lines = [[*(row.cells[column.key] for column in sheet.columns), row.id, str(row.version)] for row in rows]
    order = order or list(range(len(headings)))
    cells = [
        Cell(line[column], number, place)
        for number, line in enumerate([headings, *lines])
        for place, column in enumerate(order)
    ]
    return Grid(tuple(cells), name=name)


@settings(max_examples=60, deadline=None)
@given(assignments=rows_of(ASSIGNMENTS), tasks=rows_of(TASKS), status=st.sampled_from(["draft", "issued", "closed"]))
def test_export_then_import_is_the_identity_for_every_column(
    assignments: list[ExportedRow], tasks: list[ExportedRow], status: str
) -> None:
    reading = read_back(verbatim.read(workbook("题", assignments, tasks, status), "台账.xlsx"))
    assert reading.notices == []
    for line, row in zip(reading.lines, [*assignments, *tasks], strict=True):
        assert line.cells == {key: fitted(text) for key, text in row.cells.items()}
        assert (str(line.id), line.version) == (row.id, row.version)
    found = outcomes(reading, {ASSIGNMENTS: assignments, TASKS: tasks}, status)
    assert [(outcome.state, outcome.problems) for outcome in found] == [(RowState.UNCHANGED, ())] * len(found)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of(TASKS), shuffled=st.randoms(use_true_random=False), dropped=st.sets(st.integers(0, 9), max_size=3))
def test_sorting_rows_and_moving_or_dropping_columns_changes_nothing(
    rows: list[ExportedRow], shuffled: object, dropped: set[int]
) -> None:
    order = [number for number in range(len(TASKS.columns) + 2) if number not in dropped]
    shuffled.shuffle(order)  # type: ignore[attr-defined]
    sheets = (grid(TASKS, list(reversed(rows)), "任务", order), grid(TASKS, rows, TASKS.copy_title))
    reading = read_back(Document("xlsx", (), sheets))
    assert {outcome.state for outcome in outcomes(reading, {TASKS: rows})} == {RowState.UNCHANGED}
    assert [notice.code for notice in reading.notices] == ["column-missing"] * bool(dropped)


@given(text=texts, kind=st.sampled_from([Kind.TEXT, Kind.UNITS]))
@example("首行\n次行", Kind.TEXT)
def test_line_ends_blanks_at_the_ends_and_composition_are_no_edit(text: str, kind: Kind) -> None:
    if text.strip() == "#N/A":
        return
    for done in (text.replace("\n", "\r\n"), f"{text} \n", f"　{text}", unicodedata.normalize("NFC", text)):
        assert canonical(kind, done) == canonical(kind, text)
    assert canonical(kind, canonical(kind, text)) == canonical(kind, text)


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_people_and_spreadsheets_write_it(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    written = [day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", serial]
    assert [read_days(text) for text in written] == [[day]] * 4
    assert read_days("；".join(written)) == [day] * 4


@pytest.mark.parametrize("text", ["9月底前", "2023-02-30", "2023", "尽快", "99"])
def test_what_is_no_day_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Unfit) as refusal:
        canonical(Kind.DAYS, text)
    assert refusal.value.code == ("date-impossible" if text == "2023-02-30" else "date-unreadable")


@given(
    text=st.one_of(
        texts,
        st.builds(lambda n, m: "长" * n + "😀" * m, st.integers(CELL_MAX - 3, CELL_MAX + 3), st.integers(0, 3)),
    )
)
@settings(max_examples=40, deadline=None)
def test_a_cell_never_holds_more_than_excel_counts(text: str) -> None:
    held = fitted(text)
    assert text.startswith(held)
    assert len(held.encode("utf-16-le")) // 2 <= CELL_MAX
    assert held == text or len(held.encode("utf-16-le")) // 2 >= CELL_MAX - 1


def test_numbers_dates_and_errors_are_what_a_person_would_read() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("表")
        sheet.write_number(0, 0, 1.0)
        sheet.write_number(0, 1, 13900001111)
        sheet.write_number(0, 2, 0.5)
        sheet.write_datetime(0, 3, date(2023, 9, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula(0, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 5, '="甲"', None, "甲")
        sheet.write_boolean(0, 6, True)
        sheet.merge_range(1, 0, 2, 0, "并格")
    found = verbatim.read(buffer.getvalue(), "表.xlsx").grids[0]
    row = [found.text(0, column) for column in range(7)]
    assert row == ["1", "13900001111", "0.5", "2023-09-30", "#VALUE!", "甲", "TRUE"]
    assert (found.text(1, 0), found.text(2, 0)) == ("并格", "并格")


@settings(max_examples=80, deadline=None)
@given(row=exported(TASKS), key=st.sampled_from([c.key for c in TASKS.columns if c.kind is Kind.TEXT]), text=texts)
def test_an_edit_is_seen_in_its_column_and_nowhere_else(row: ExportedRow, key: str, text: str) -> None:
    mine = replace(row, cells={**row.cells, key: text})
    sheets = (grid(TASKS, [mine], "任务"), grid(TASKS, [row], TASKS.copy_title))
    (outcome,) = outcomes(read_back(Document("xlsx", (), sheets)), {TASKS: [row]})
    assert {change.column for change in outcome.changes} <= {key}
    if outcome.state is RowState.CHANGED:
        assert outcome.after == {key: canonical(Kind.TEXT, text)}
        assert (outcome.changes[0].before, outcome.changes[0].current) == (row.cells[key], row.cells[key])


@settings(max_examples=80, deadline=None)
@given(row=exported(ASSIGNMENTS), mine=texts, theirs=texts, kept_copy=st.booleans())
def test_a_row_that_moved_on_is_never_written_over_unseen(
    row: ExportedRow, mine: str, theirs: str, kept_copy: bool
) -> None:
    edited = replace(row, cells={**row.cells, "note": mine})
    now = replace(row, version=row.version + 1, cells={**row.cells, "note": theirs})
    copies = (grid(ASSIGNMENTS, [row], ASSIGNMENTS.copy_title),) if kept_copy else ()
    reading = read_back(Document("xlsx", (), (grid(ASSIGNMENTS, [edited], "工作台账"), *copies)))
    (outcome,) = outcomes(reading, {ASSIGNMENTS: [now]}, "issued")
    assert outcome.state is not RowState.CHANGED
    if outcome.state is RowState.CONFLICT and kept_copy:
        (change,) = outcome.changes
        assert (change.before, change.after, change.current) == (row.cells["note"], canonical(Kind.TEXT, mine), theirs)


def test_what_is_only_shown_is_reported_and_not_dropped() -> None:
    for sheet in SHEETS:
        row = ExportedRow(str(uuid.uuid4()), 1, {column.key: "" for column in sheet.columns})
        mine = replace(row, cells=dict.fromkeys(row.cells, "改"))
        sheets = (grid(sheet, [mine], sheet.title), grid(sheet, [row], sheet.copy_title))
        found = outcomes(read_back(Document("xlsx", (), sheets)), {sheet: [row]}, "closed")
        assert found[0].state is RowState.UNCHANGED
        assert counted(found)["ignored"] == len(sheet.columns)
