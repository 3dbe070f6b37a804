"""A letter on paper (公文版式): fonts, sizes, margins and places after GB/T 9704. Pure."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from taizhang.registers.letters.composing import Paper, day

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADLINE, BODY, NUMBER = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
LATIN = "Times New Roman"
# 二号、三号；天头37毫米、订口28毫米，版心156×225毫米，每面22行。
TITLE_SIZE, BODY_SIZE, LINE = Pt(22), Pt(16), Pt(28.95)


def docx(paper: Paper) -> bytes:
    """The letter as docx: organ and title, number, addressee, text, organ and day at the foot."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.organ
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _line(document, paper.organ, font=HEADLINE, size=TITLE_SIZE, align=centre)
    _line(document, paper.title, font=HEADLINE, size=TITLE_SIZE, align=centre)
    if paper.number:
        _line(document, paper.number, font=NUMBER, align=centre)
    _line(document, "")
    _line(document, f"{paper.addressee}：")
    for text in paper.paragraphs:
        _line(document, text, indent=2)
    _line(document, "")
    _line(document, paper.organ, align=right, from_right=2, keep=True)
    _line(document, day(paper.dated), align=right, from_right=4)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _line(
    document: Any,
    text: str,
    *,
    font: str = BODY,
    size: Pt = BODY_SIZE,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: int = 0,
    from_right: int = 0,
    keep: bool = False,
) -> None:
    """A paragraph; ``indent`` and ``from_right`` in characters."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.line_spacing_rule, shape.line_spacing = align, WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)
    shape.keep_with_next = keep
    if indent:
        shape.first_line_indent = size * indent
    if from_right:
        shape.right_indent = size * from_right
    run = paragraph.add_run(text)
    run.font.size, run.font.name = size, LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
