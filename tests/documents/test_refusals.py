"""Files that are not what they say are refused in words that tell what to do; nothing else happens."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from taizhang.documents.child import read_apart
from taizhang.documents.readers import read
from taizhang.documents.unreadable import Unreadable


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def code(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_apart(data, name)
    assert refused.value.detail
    return refused.value.code


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")
HOSTILE_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "document-empty"),
        ("a.txt", b" " * 10_000_000, "document-blank"),
        ("a.txt", b"\x00" * 10_000_000, "document-blank"),
        ("a.docx", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "document-mismatch"),
        ("a.txt", b"%PDF-1.7", "document-mismatch"),
        ("a.txt", b"abc\x00def", "document-mismatch"),
        ("a.docx", OLE + b"x" * 100, "document-mismatch"),
        ("a.docx", ENCRYPTED, "document-encrypted"),
        ("a.doc", b"x", "document-unsupported"),
        ("a.pdf", b"%PDF", "document-unsupported"),
        ("a.png", b"x", "document-unsupported"),
        ("a.exe", b"MZ", "document-unsupported"),
        ("a.docx", b"PK\x03\x04broken", "document-damaged"),
        ("a.docx", packed(xl__workbook=b"<x/>"), "document-mismatch"),
        ("a.xlsx", packed(**{"xl__workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "document-entities"),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), "document-too-large"),
        ("a.txt", "一份通知".encode("utf-16-le")[1:] + b"\xff\xff\xfe", "document-encoding"),
    ],
)
def test_each_kind_of_wrong_file_is_named(name: str, data: bytes, expected: str) -> None:
    assert code(data, name) == expected


def test_a_bomb_is_refused_before_it_is_parsed() -> None:
    assert code(packed(**{"word__document.xml": b"<a>" + b" " * 60_000_000}), "a.docx") == "document-too-large"


def test_a_value_in_the_last_cell_excel_has_is_refused_before_the_parser_asks_for_memory() -> None:
    book = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(book) as written:
        written.add_worksheet().write(0, 0, "x")
    hostile = io.BytesIO()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(hostile, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = HOSTILE_SHEET if entry.filename == "xl/worksheets/sheet1.xml" else source.read(entry)
            target.writestr(entry.filename, data)
    assert code(hostile.getvalue(), "a.xlsx") == "document-too-long"


def test_the_child_reads_what_the_server_would() -> None:
    paper = docx.Document()
    paper.add_paragraph("通知")
    table = paper.add_table(rows=2, cols=2)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "合并"
    table.rows[1].cells[1].text = "一\u3000"
    buffer = io.BytesIO()
    paper.save(buffer)
    apart = read_apart(buffer.getvalue(), "通知.docx")
    assert apart == read(buffer.getvalue(), "通知.docx")
    assert apart.grids[0].at(0, 1) == apart.grids[0].at(0, 0)
    assert apart.grids[0].text(1, 1) == "一"


def test_text_is_read_in_the_encodings_saved_here() -> None:
    text = Path("backend/taizhang/demo/jiangyang-2023.txt").read_text(encoding="utf-8")
    whole = read(text.encode(), "a.txt")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert read(text.encode(encoding), "a.txt") == whole
