"""Hostile and broken files: each is refused with its own reason, soon, in little memory, in a process of its own."""

from collections.abc import Callable

import pytest

from taizhang.documents.child import read_apart
from taizhang.documents.unreadable import Unreadable
from taizhang.plans.importing.rows import read_rows
from tests.documents.papers import BODY, ONE_TASK, SHEET, changed, with_part
from tests.plans.layouts import as_csv, as_docx, as_xlsx

PAPER, BOOK = as_docx(ONE_TASK), as_xlsx(ONE_TASK)
ROWS = "<tr><td>任务<td>责任单位<tr><td>公开规划<td>区财政局"
SURROGATE = "\ud83d".encode("utf-8", "surrogatepass")
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def into_body(before: bytes, after: bytes = b"") -> bytes:
    return changed(
        PAPER,
        BODY,
        lambda part: part.replace(b"<w:body>", b"<w:body>" + before).replace(b"</w:body>", after + b"</w:body>"),
    )


def far_rows(part: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(3, 200_000))
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def doctype(encoding: str) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        text = part.decode().replace("<w:document", f"{DOCTYPE}<w:document", 1)
        return text.replace("UTF-8", encoding.upper()).encode(encoding)

    return change


BAD: dict[str, tuple[str, bytes, str]] = {
    "a bomb": ("a.docx", changed(PAPER, BODY, lambda _: b"<a>" + b" " * 150_000_000), "document-too-large"),
    "a document named a workbook": ("a.xlsx", PAPER, "document-mismatch"),
    "a workbook named a document": ("a.docx", BOOK, "document-mismatch"),
    "a document named text": ("a.txt", PAPER, "document-mismatch"),
    "a page named a workbook": ("a.xls", b"<html><table><tr><td>x</table>", "document-mismatch"),
    "half a workbook": ("a.xlsx", BOOK[: len(BOOK) // 2], "document-damaged"),
    "a document short of its end": ("a.docx", PAPER[:-60], "document-damaged"),
    "an entity": ("a.docx", changed(PAPER, BODY, doctype("utf-8")), "document-entities"),
    "an entity in UTF-16": ("a.docx", changed(PAPER, BODY, doctype("utf-16")), "document-entities"),
    "macros by name": ("a.xlsm", BOOK, "document-macros"),
    "macros inside": ("a.docx", with_part(PAPER, "word/vbaProject.bin", b"x"), "document-macros"),
    "a lone surrogate in XML": (
        "a.docx",
        changed(PAPER, BODY, lambda part: part.replace("公开规划".encode(), b"&#xD800;")),
        "document-damaged",
    ),
    "nesting in a document": (
        "a.docx",
        into_body(b"<w:sdt><w:sdtContent>" * 5000, b"</w:sdtContent></w:sdt>" * 5000),
        "document-too-complex",
    ),
    "nesting in a page": ("a.html", b"<div>" * 100_000 + b"x" + b"</div>" * 100_000, "document-too-complex"),
    "rows without end": ("a.xlsx", changed(BOOK, SHEET, far_rows), "document-too-long"),
    "columns without end": ("a.xlsx", as_xlsx([[f"列{n}" for n in range(300)]] * 3), "document-too-wide"),
    "a million columns": ("a.csv", b"a," * 1_000_000 + b"\n", "document-too-wide"),
    "a million rows": ("a.csv", b"a,b\n" * 1_000_000, "document-too-long"),
    "a million lines": ("a.txt", "甲\n".encode() * 1_000_000, "document-too-long"),
    "blanks": ("a.txt", b" " * 10_000_000, "document-blank"),
    "wide blanks": ("a.txt", "\u3000".encode() * 1_000_000, "document-blank"),
    "a page of blanks": ("a.html", b"<p>" + b" " * 4_000_000, "document-blank"),
    "more text than a plan has": ("a.txt", b"a" * 6_000_000, "document-too-large"),
    "one huge cell": ("a.csv", as_csv([*ONE_TASK, ["2", "公" * 200_000, "区财政局"]]), "document-cell-too-long"),
    "one huge cell of a document": (
        "a.docx",
        as_docx([["任务", "责任单位"], ["公" * 200_000, "区"]]),
        "document-cell-too-long",
    ),
    "spans past all columns": (
        "a.docx",
        changed(PAPER, BODY, lambda part: part.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="100000"/>')),
        "document-too-wide",
    ),
    "spans that fill the page": (
        "a.html",
        b"<table>" + b"<tr><td colspan=200 rowspan=9999>x" * 5000,
        "document-too-wide",
    ),
    "zero bytes": ("a.txt", b"\x00" * 100 + "任务".encode(), "document-mismatch"),
    "zero bytes far into a text": ("a.csv", as_csv([*ONE_TASK, *[["", "", ""]] * 3000]) + b"\x00", "document-mismatch"),
    "lone surrogates in a text": (
        "a.csv",
        as_csv(ONE_TASK).decode("gb18030").encode() + SURROGATE,
        "document-encoding",
    ),
    "neither encoding": ("a.txt", b"\xed\xa0\x80\xed\xb0\x80\xff\xff abc", "document-encoding"),
}


@pytest.mark.parametrize("kind", BAD)
def test_each_kind_of_bad_file_has_its_own_reason(kind: str) -> None:
    name, data, code = BAD[kind]
    with pytest.raises(Unreadable) as refused:
        read_apart(data, name)
    assert refused.value.code == code
    assert refused.value.detail


MISLEADING: dict[str, tuple[str, bytes]] = {
    "a sheet that claims a billion cells": (
        "a.xlsx",
        changed(BOOK, SHEET, lambda part: part.replace(b"A1:C2", b"A1:XFD1048576")),
    ),
    "a merge over all cells there are": (
        "a.xlsx",
        changed(
            BOOK,
            SHEET,
            lambda part: part.replace(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>'
            ),
        ),
    ),
    "a span of a hundred thousand columns": (
        "a.html",
        f"<table><tr><td colspan=100000>表{ROWS}".encode(),
    ),
    "surrogates in a page": (
        "a.html",
        "<table><tr><td>任务<td>责任单位<tr><td>公开规划&#xD800;&#0;<td>区财政局".encode(),
    ),
}


@pytest.mark.parametrize("kind", MISLEADING)
def test_what_only_looks_too_much_is_read(kind: str) -> None:
    name, data = MISLEADING[kind]
    (row,) = read_rows(read_apart(data, name)).rows
    assert row.content.startswith("公开规划")
    row.content.encode()
