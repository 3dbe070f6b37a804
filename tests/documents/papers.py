"""Office files written by hand, for what no library writes: changes tracked, controls, damaged and hostile parts."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.plans.layouts import saved


def text(words: str) -> str:
    """A paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def cell(inside: str, properties: str = "") -> str:
    """A cell of words or of XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else text(inside)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; words are cells."""
    made = "".join(inside if inside.startswith("<") else cell(inside) for inside in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(inside: str) -> str:
    """A content control around anything."""
    return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def wide(columns: int) -> str:
    """The property of a cell that spans columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def paper(xml: str) -> bytes:
    """A Word document with this body."""
    made = docx.Document()
    body = made.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    inserted = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    for element in reversed(list(inserted)):
        body.insert(0, element)
    return saved(made)


def book(write: Callable[[Any], None]) -> bytes:
    """A workbook as a function writes it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        write(made)
    return buffer.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry.filename, change(part) if entry.filename == name else part)
    return buffer.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """A package with one part more."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(name, part)
    return buffer.getvalue()


HEAD = row("序号", "任务", "工作要求", "责任单位", properties="<w:tblHeader/>")
ONE_TASK = [["序号", "任务", "责任单位"], ["1", "公开规划", "区财政局"]]
SHEET = "xl/worksheets/sheet1.xml"
BODY = "word/document.xml"
