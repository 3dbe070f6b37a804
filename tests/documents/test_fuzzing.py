"""Whatever is done to a file, it is read or refused; whatever stands in a table, no unit is made up."""

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.readers import READERS, parsed
from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.rows import read_rows
from tests.documents.papers import BODY, ONE_TASK, SHEET, changed
from tests.plans.layouts import UP, as_csv, as_docx, as_html, as_xlsx

TABLE = [*ONE_TASK, ["2", UP, "区教育局"]]
FILES = {
    "docx": as_docx("2023年任务分解表", TABLE),
    "xlsx": as_xlsx(TABLE),
    "xls": (Path(__file__).parent / "samples" / "libreoffice.xls").read_bytes(),
    "html": as_html("2023年任务分解表", TABLE),
    "csv": as_csv(TABLE),
    "text": "任务\n责任单位\n公开规划\n区财政局".encode(),
}
PARTS = {"docx": BODY, "xlsx": SHEET}
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.binary(max_size=6)), max_size=6)


def damaged(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, instead in changes:
        start = int(where * len(data))
        data = data[:start] + instead + data[start + length :]
    return data


def assert_read_or_refused(form: str, data: bytes) -> None:
    """Either tasks that say something, or a refusal a person can act on; never another exception."""
    refusal, rows = None, []
    try:
        rows = read_rows(parsed(data, form)).rows
    except Unreadable as unreadable:
        refusal = unreadable
    assert refusal is None or (refusal.code and re.search(r"[\u4e00-\u9fff]", refusal.detail))
    assert all(row.title or row.content for row in rows)


@FEW
@given(st.sampled_from(sorted(READERS)), edits)
def test_a_damaged_file_is_read_or_refused(form: str, changes: list[tuple[float, int, bytes]]) -> None:
    assert_read_or_refused(form, damaged(FILES[form], changes))


@FEW
@given(st.sampled_from(sorted(PARTS)), edits)
def test_a_damaged_part_within_a_sound_package_is_read_or_refused(
    form: str, changes: list[tuple[float, int, bytes]]
) -> None:
    assert_read_or_refused(form, changed(FILES[form], PARTS[form], lambda part: damaged(part, changes)))


TAGS = """<table> </table> <tr> <td_rowspan=3> <td_colspan=4> <td_rowspan=0> <p> <div_hidden> </div> <tbody> <br> <!--
    --> &#0; 任务 责任单位 区财政局 一、公开 序号 1"""


@FEW
@given(st.lists(st.sampled_from([tag.replace("_", " ") for tag in TAGS.split()]), max_size=60))
def test_a_page_of_any_tags_is_read_or_refused(tags: list[str]) -> None:
    assert_read_or_refused("html", "".join(tags).encode())


WRITTEN = """序号 任务 任务名称 工作要求 责任单位 牵头单位 配合单位 完成时限 备注 责任分工 进展情况 一、主动公开
    （一）规划 强化保障 1 2 一 公开规划。 及时公开，做好归集。（区司法局负责） 区财政局 各街镇 区财政局牵头，各街镇配合
    6月底前 同上 / 合计 注：以上任务责任单位均包含各街镇 责任单位：区审计局 √"""
WORDS = st.sampled_from([*WRITTEN.split(), "", "", ""])
SPANS = st.sampled_from([1, 1, 1, 1, 2, 3])


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Tables of anything anywhere, with merges that may overlap."""
    height, width = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    cells = [
        Cell(text, row, column, draw(SPANS), draw(SPANS))
        for row in range(height)
        for column in range(width)
        if (text := draw(WORDS))
    ]
    return Grid(tuple(cells), width=width)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(grids(), max_size=3), st.lists(WORDS.filter(bool), max_size=8))
def test_no_unit_is_read_that_does_not_stand_in_the_document(tables: list[Grid], paragraphs: list[str]) -> None:
    document = Document("docx", tuple(paragraphs), tuple(tables))
    try:
        reading = read_rows(document)
    except Unreadable:
        return
    written = "\n".join([*paragraphs, *(cell.text for grid in tables for cell in grid.cells)])
    for row in reading.rows:
        assert row.content or row.title
        for _, words in row.units:
            assert all(name in written for name in re.split(r"[\n、]", words))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(grids(), min_size=1, max_size=3))
def test_every_place_is_a_cell_of_the_table_the_row_was_read_from(tables: list[Grid]) -> None:
    try:
        reading = read_rows(Document("docx", (), tuple(tables)))
    except Unreadable:
        return
    for row in reading.rows:
        assert row.grid is not None
        corners = {(cell.row + 1, cell.column + 1) for cell in tables[row.grid].cells}
        assert {place for places in row.places.values() for place in places} <= corners
