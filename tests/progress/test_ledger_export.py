"""The ledger on paper: what the office files is what the ledger holds."""

import io
from typing import Any

from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from taizhang.progress.ledger.exporting import COLUMNS, Row, document
from taizhang.progress.roundtrip.columns import ASSIGNMENTS
from taizhang.progress.roundtrip.workbook import ExportedRow, workbook
from tests.district import SignIn
from tests.progress.ledger import Ledger

Json = dict[str, Any]
HEADINGS = tuple(column[0] for column in COLUMNS)
KEPT = tuple(column.heading for column in ASSIGNMENTS.columns)


def sheet_of(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_the_workbook_holds_each_assignment_with_its_latest_words(
    office: TestClient, ledger: Ledger, returned: Json
) -> None:
    answer = office.get(f"/api/v1/plans/{ledger.plan.id}/ledger.xlsx")
    assert answer.status_code == 200
    assert "%E5%B7%A5%E4%BD%9C%E5%8F%B0%E8%B4%A6" in answer.headers["content-disposition"]
    rows = sheet_of(answer.content)
    assert rows[0][0] == ledger.plan.title
    assert rows[1] == (*KEPT, "分工编号", "分工版本")
    assert KEPT[: len(HEADINGS)] == HEADINGS
    assert len(rows) == 2 + 3
    mine = dict(zip(rows[1], next(row for row in rows if row[4] == "大山坪街道"), strict=True))
    assert mine["最新进展"] == "目录已于8月25日公开。"
    assert mine["审核意见"] == "退回：请写明公开在哪个栏目；请附链接"
    assert mine["灯"] == "红（逾期 20 天：应于 8月31日 完成）"
    assert mine["更新日期"] == "2023-09-20"


def test_the_document_holds_the_same(office: TestClient, ledger: Ledger) -> None:
    answer = office.get(f"/api/v1/plans/{ledger.plan.id}/ledger.docx")
    table = Document(io.BytesIO(answer.content)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == list(HEADINGS)
    assert len(table.rows) == 1 + 3


def test_a_unit_takes_home_its_own_rows_and_a_stranger_none(
    reporter: TestClient, client_as: SignIn, ledger: Ledger
) -> None:
    path = f"/api/v1/plans/{ledger.plan.id}/ledger.xlsx"
    assert [row[4] for row in sheet_of(reporter.get(path).content)[2:]] == ["大山坪街道"]
    assert client_as("naxi").get(path).status_code == 404


def test_nothing_a_person_typed_becomes_a_formula_or_breaks_the_file() -> None:
    typed = ("=1+1", "@SUM(A1)", "http://x", *["x" * 40_000] * 14)
    row = ExportedRow("1", 1, dict(zip((column.key for column in ASSIGNMENTS.columns), typed, strict=True)))
    found = load_workbook(io.BytesIO(workbook("题", [row], None, "issued"))).active
    assert found is not None
    assert [found.cell(3, column).data_type for column in (1, 2, 3)] == ["s", "s", "s"]
    paper: Row = typed[: len(HEADINGS)]
    assert document("题", [paper])


def test_an_empty_ledger_is_still_a_file() -> None:
    assert sheet_of(workbook("题", [], [], "draft"))[1][: len(HEADINGS)] == HEADINGS
    assert document("题", [])
