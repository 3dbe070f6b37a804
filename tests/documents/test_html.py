"""Web pages give their tables as a browser lays them out, whatever is wrong with the spans."""

import pytest

from taizhang.documents.readers import read
from taizhang.plans.importing.headers import Column
from tests.plans.layouts import reading_of

PAGE = "<table><tr><th>任务<th>责任单位<tr><td>{}<td>区财政局</table>"

TALL = [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)]
HIDDEN = ('<i style="display: none">暗</i>', "<i hidden>暗</i>", "<i style='mso-hide:all'>暗</i>", "<!--暗-->")
ENCODINGS = (
    ("gb2312", "gb18030"),
    ("gb2312", "utf-8"),
    ("utf-8", "utf-8"),
    ("utf-8", "gb18030"),
    ("", "gb18030"),
    ("", "utf-8-sig"),
)


def cells(page: str) -> list[tuple[str, int, int, int, int]]:
    (grid,) = read(page.encode(), "表.html").grids
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # 0 reaches to the end of the table.
        (
            "<table><tr><td rowspan=0>甲<td>乙<tr><td>丙</table>",
            [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        # One that reaches past the last row ends there.
        (
            "<table><tr><td rowspan=99>甲<td>乙<tr><td>丙</table>",
            [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        # Two that overlap: the one from above stays.
        (
            "<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙</table>",
            [("甲", 0, 0, 1, 1), ("乙", 0, 1, 2, 1), ("丙", 1, 0, 1, 1)],
        ),
        (
            "<table><tr><td colspan=100000>甲<tr><td>乙<td>丙</table>",
            [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        ("<table><tr><td colspan=x rowspan=-2>甲</table>", [("甲", 0, 0, 1, 1)]),
        ("<table><td>甲<td>乙</table>", [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)]),
    ],
)
def test_spans_right_and_wrong(page: str, expected: list[tuple[str, int, int, int, int]]) -> None:
    assert cells(page) == expected


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_a_reader_does_not_see_is_not_read(hidden: str) -> None:
    (row,) = reading_of(PAGE.format(f"公开规划{hidden}").encode(), "表.html").rows
    assert row.title == "公开规划"


@pytest.mark.parametrize(("declared", "encoding"), ENCODINGS)
def test_the_bytes_decide_where_the_declared_encoding_is_wrong(declared: str, encoding: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    (row,) = reading_of(f"<html>{meta}{PAGE.format('公开镕㛃规划')}".encode(encoding), "表.html").rows
    assert row.title == "公开镕㛃规划"


def test_a_page_saved_by_word() -> None:
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><meta http-equiv=Content-Type '
        'content="text/html; charset=gb2312"><table class=MsoNormalTable><![if !supportMisalignedColumns]>'
        "<tr height=0><td width=50></td></tr><![endif]><tr><td><p class=MsoNormal>序号<o:p></o:p></p></td>"
        "<td><p>任&nbsp;务</p></td><td><p>责任单位</p></td></tr><tr><td><p>1</p></td><td><p>公开规划</p></td>"
        "<td><p>区财政局、<br>区教育局</p></td></tr></table>"
    )
    (row,) = reading_of(page.encode("gb18030"), "表.htm").rows
    assert (row.title, row.units) == ("公开规划", [(Column.UNITS, "区财政局、\n区教育局")])


def test_a_table_drawn_with_paragraphs() -> None:
    words = ["任务名称", "具体任务内容", "责任单位", "公开规划", "公开规划，及时归集。", "区财政局"]
    (row,) = reading_of("".join(f"<p>{word}</p>" for word in words).encode(), "表.html").rows
    assert (row.title, row.content, row.paragraph) == ("公开规划", "公开规划，及时归集。", 5)


def test_a_page_of_much_markup_and_few_words_without_a_declaration() -> None:
    page = f"<div class='{'wide ' * 5000}'></div>{PAGE.format('公开规划')}"
    (row,) = reading_of(page.encode("gb18030"), "表.html").rows
    assert row.title == "公开规划"
