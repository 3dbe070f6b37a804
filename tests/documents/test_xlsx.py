"""Workbooks give what Excel shows, and say what is hidden, broken or not a table of tasks."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taizhang.documents.readers import read
from taizhang.plans.importing.raw import Reading
from tests.documents.papers import ONE_TASK, SHEET, book, changed
from tests.plans.layouts import as_xlsx, reading_of

SAMPLES = Path(__file__).parent / "samples"


def ledger(made: Any) -> None:
    cover = made.add_worksheet("封面")
    cover.write(3, 2, "2023年政务公开任务分解")
    cover.write(5, 2, "区政府办公室")
    sheet = made.add_worksheet("任务")
    sheet.merge_range("A1:XFD1", "2023年任务分解表")
    sheet.write_row(3, 1, ["序号", "任务", "责任单位", "完成时限"])
    sheet.write_row(4, 1, [1.0, "公开规划", "区发展改革局"])
    sheet.write_datetime(4, 4, date(2023, 9, 1), made.add_format({"num_format": 'yyyy"年"m"月"'}))
    sheet.write_row(5, 1, [2.0, "公开预算", "区财政局"])
    sheet.write_datetime(5, 4, date(2023, 9, 30), made.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_row(6, 1, [3.0, "公开项目"])
    sheet.write_formula(6, 3, "=VLOOKUP(1,A1:B2,2)", None, "")
    sheet.write_row(7, 1, [4.0, "公开目录"])
    sheet.write_formula(7, 3, "=X9", None, "#REF!")
    sheet.write_formula(8, 1, "=B8+1", None, 5)
    sheet.write_row(8, 2, ["公开指南", "区政府办公室"])
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    old = made.add_worksheet("旧表")
    old.write_row(0, 0, ["序号", "任务", "责任单位"])
    old.write_row(1, 0, ["1", "旧任务", "区财政局"])
    old.hide()
    people = made.add_worksheet("通讯录")
    people.write_row(0, 0, ["姓名", "单位", "电话"])
    people.write_row(1, 0, ["张三", "区财政局", "1234"])


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reading_of(book(ledger), "表.xlsx")


def test_headings_below_titles_dates_and_numbers(reading: Reading) -> None:
    assert [(row.title, row.due, [words for _, words in row.units]) for row in reading.rows] == [
        ("公开规划", "2023年9月", ["区发展改革局"]),
        ("公开预算", "2023年9月30日", ["区财政局"]),
        ("公开项目", "", []),
        ("公开目录", "", []),
        ("公开指南", "", ["区政府办公室"]),
    ]
    assert (reading.rows[0].sheet, reading.rows[0].row, reading.rows[0].column) == ("任务", 5, 3)


def test_what_cannot_be_taken_over_is_said_on_its_row(reading: Reading) -> None:
    codes = [{problem.code for problem in row.problems} for row in reading.rows]
    assert codes[2] >= {"formula-without-value"}
    assert codes[3] >= {"cell-error"}
    assert codes[4] == {"row-hidden"}


def test_what_was_left_out_of_the_workbook_is_said(reading: Reading) -> None:
    said = {problem.code: problem.message for problem in reading.problems}
    assert "旧表" in said["sheet-hidden"]
    assert "完成时限" in said["column-hidden"]
    assert any("通讯录" in problem.message for problem in reading.problems)


def test_a_sheet_a_category() -> None:
    tables = {name: [["任务", "责任单位"], [f"{name}任务", "区财政局"]] for name in ("主动公开", "平台建设")}
    reading = reading_of(as_xlsx(sheets=tables), "表.xlsx")
    assert [(row.category, row.sheet) for row in reading.rows] == [("主动公开", "主动公开"), ("平台建设", "平台建设")]


def test_rich_text_is_read_whole_and_its_pronunciation_is_not() -> None:
    def write(made: Any) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["任务", "责任单位"])
        sheet.write_rich_string(1, 0, "公开", made.add_format({"bold": True}), "规划", "。")
        sheet.write(1, 1, "区财政局")

    data = changed(
        book(write),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"</si>", b'<rPh sb="0" eb="1"><t>gong</t></rPh></si>'),
    )
    assert [row.content for row in reading_of(data, "表.xlsx").rows] == ["公开规划。"]


def test_a_sheet_that_claims_every_cell_there_is_reads_as_what_it_holds() -> None:
    def claim(part: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
        return part.replace(b"A1:C2", b"A1:XFD1048576").replace(b"</sheetData>", far)

    assert [row.title for row in reading_of(changed(as_xlsx(ONE_TASK), SHEET, claim), "表.xlsx").rows] == ["公开规划"]


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.xls"])
def test_a_workbook_saved_by_libreoffice_old_or_new_keeps_merges_and_dates(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    reading = reading_of(data, name)
    assert [(row.category, row.title, row.due, [words for _, words in row.units]) for row in reading.rows] == [
        ("一、主动公开", "公开规划", "2023年6月30日", ["区发展改革局", "各街镇"]),
        ("一、主动公开", "公开项目", "2023年6月30日", ["区发展改革局", "区住房城乡建设局"]),
        ("二、平台建设", "管好网站", "全年", ["区大数据局"]),
    ]
    assert read(data, name).format == name.rpartition(".")[2]
