"""The paper (docx): an official document (GB/T 9704) with the three tables as the form rules them."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from taizhang.annual_reports.checks.findings import Part
from taizhang.annual_reports.exporting.paper_tables import table_xml
from taizhang.annual_reports.exporting.printed import SECTIONS, PrintedReport, split_subheading

TITLE, BODY, FIRST, SECOND, NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# What stands in for a face a machine does not have; Word and LibreOffice both ask the font table.
SUBSTITUTES = {TITLE: "小标宋,华文中宋,宋体", BODY: "仿宋,FangSong", FIRST: "SimHei", SECOND: "楷体,KaiTi"}
# 天头 37、订口 28，版心 156 × 225 (毫米); 二号、三号、四号 in points.
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
TITLE_SIZE, BODY_SIZE, NUMBER_SIZE = 22, 16, 14
LINE = 28


def document(report: PrintedReport) -> bytes:
    """A report as docx."""
    paper = Document()
    paper.core_properties.title = report.title
    paper.core_properties.author = report.unit_name
    paper.core_properties.language = "zh-CN"
    _substitutes(paper)
    _lay_out(paper, report)
    _line(paper, report.title, TITLE, size=TITLE_SIZE, centred=True)
    if report.date_words:
        _line(paper, f"（{report.date_words}发布）", SECOND, centred=True)
    _line(paper, "", BODY)
    for number, heading, content in SECTIONS:
        heading_line = _line(paper, f"{number}、{heading}", FIRST, keep=True)
        if isinstance(content, Part):
            for line in report.lines(content):
                _prose(paper, line)
        else:
            heading_line.paragraph_format.space_after = Pt(6)
            paper.element.body._insert_tbl(parse_xml(table_xml(report, report.table(content))))
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _lay_out(paper: Any, report: PrintedReport) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, side, Mm(width))
    section.footer_distance = Mm(25)
    paper.settings.odd_and_even_pages_header_footer = True
    # Odd pages right and even pages left, a letter in from the edge.
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _page_number(footer.paragraphs[0], side)
    for header in (section.header, section.even_page_header):
        if report.notice:
            run = _run(header.paragraphs[0], report.notice, BODY, NUMBER_SIZE)
            run.bold = True
            header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            header.is_linked_to_previous = False


def _page_number(paragraph: Any, side: str) -> None:
    right = side == "right"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    indent = {"right_indent" if right else "left_indent": Pt(NUMBER_SIZE)}
    for name, width in indent.items():
        setattr(paragraph.paragraph_format, name, width)
    _run(paragraph, "— ", NUMBER, NUMBER_SIZE)
    run = _run(paragraph, "", NUMBER, NUMBER_SIZE)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        if words is None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), str(kind))
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._element.append(mark)
    _run(paragraph, " —", NUMBER, NUMBER_SIZE)


def _line(paper: Any, text: str, font: str, *, size: int = BODY_SIZE, centred: bool = False, keep: bool = False) -> Any:
    paragraph = paper.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE if size == BODY_SIZE else 36)
    shape.space_before = shape.space_after = Pt(0)
    shape.keep_with_next = keep
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif text:
        shape.first_line_indent = Pt(2 * size)
    if text:
        _run(paragraph, text, font, size)
    return paragraph


def _prose(paper: Any, line: str) -> None:
    """A paragraph, its （一） heading in 楷体."""
    heading, rest = split_subheading(line)
    paragraph = _line(paper, heading or rest, SECOND if heading else BODY)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if heading and rest:
        _run(paragraph, rest, BODY, BODY_SIZE)


def _run(paragraph: Any, text: str, font: str, size: int) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _substitutes(paper: Any) -> None:
    table = next(part for part in paper.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = parse_xml(table.blob)
    for name, others in SUBSTITUTES.items():
        font = f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        fonts.append(parse_xml(font))
    table._blob = serialize_part_xml(fonts)
