"""What fuzzing found: documents of a few cells that no office would send, and that once broke the reading."""

import pytest

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.documents.readers import parsed
from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.rows import read_rows
from tests.documents.test_fuzzing import FILES


def table(*rows: str) -> Document:
    """A document of one table, its rows written with bars between the cells."""
    cells = tuple(
        Cell(text, row, column) for row, line in enumerate(rows) for column, text in enumerate(line.split("|")) if text
    )
    return Document("docx", (), (Grid(cells, width=rows[0].count("|") + 1),))


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(Document("text", ("任务", "责任单位", "区财政局"), ()), id="headings and a unit without a task"),
        pytest.param(table("任务|序号|一、主动公开", "|责任单位|一、主动公开"), id="headings down the side, no task"),
        pytest.param(table("任务|责任单位", "|区财政局"), id="a unit beside no task"),
    ],
)
def test_units_without_a_task_are_no_task(document: Document) -> None:
    with pytest.raises(Unreadable) as refused:
        read_rows(document)
    assert refused.value.code == "not-a-task-table"


def test_headings_twice_of_which_one_half_is_guessed_are_one_table() -> None:
    document = table("序号|责任单位|序号|责任单位", "1|区财政局|注：以上任务责任单位均包含各街镇|区审计局")
    with pytest.raises(Unreadable):
        read_rows(document)


def test_headings_above_a_page_break_with_no_row_of_their_own() -> None:
    head = Grid((Cell("任务", 0, 0), Cell("责任单位", 0, 1), Cell("一、主动公开", 1, 0, 1, 2)), width=2)
    rest = Grid((Cell("公开规划", 0, 0), Cell("区财政局", 0, 1)), width=2)
    (row,) = read_rows(Document("docx", (), (head, rest))).rows
    assert (row.category, row.title, row.grid) == ("一、主动公开", "公开规划", 1)


def test_a_workbook_on_which_the_parser_panics_is_damaged() -> None:
    data = FILES["xls"]
    codes = set()
    for start in range(512, len(data), 97):
        try:
            parsed(data[:start] + b"\x00\x00" + data[start + 7 :], "xls")
        except Unreadable as refusal:
            codes.add(refusal.code)
    assert "document-damaged" in codes
    assert codes <= {"document-damaged", "document-encrypted", "document-blank", "document-too-large"}
