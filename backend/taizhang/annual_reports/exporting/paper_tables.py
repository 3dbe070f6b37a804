"""Tables of the docx: written as WordprocessingML, merges and all, because cell by cell it takes a second each."""

from collections.abc import Iterator
from html import escape

from docx.oxml.ns import nsdecls

from taizhang.annual_reports.exporting.printed import PrintedReport, label_of
from taizhang.annual_reports.forms import Place, TableSpec, shown

# Widths of the columns in twentieths of a point; each table is as wide as the text, 156 mm.
TEXT_WIDTH = 8844
WIDTHS = {
    "t2": [2211] * 4,
    "t3": [480, 1000, 2714, *[664] * 6, 666],
    "t4": [590] * 14 + [584],
}
SIZES = {"t2": 24, "t3": 19, "t4": 20}
"""Letters in half points: 小四 in table 二, smaller where there are ten and fifteen columns."""
HEAD_ROWS = {"t2": 0, "t3": 3, "t4": 3}
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'


def table_xml(report: PrintedReport, table: TableSpec) -> str:
    """One table of a report."""
    widths = WIDTHS[table.slug]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(report, table, row, widths) for row in range(table.row_count))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(report: PrintedReport, table: TableSpec, row: int, widths: list[int]) -> str:
    repeated = "<w:tblHeader/>" if row < HEAD_ROWS[table.slug] else ""
    cells = "".join(_cell(report, table, place, row, widths) for place in _places(table, row))
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>{repeated}</w:trPr>{cells}</w:tr>'


def _places(table: TableSpec, row: int) -> Iterator[Place]:
    """What stands in a row from left to right, what began above it included; the tables have no holes."""
    found = [place for place in table.places if place.row <= row < place.row + place.row_span]
    return iter(sorted(found, key=lambda place: place.column))


def _cell(report: PrintedReport, table: TableSpec, place: Place, row: int, widths: list[int]) -> str:
    width = sum(widths[place.column : place.column + place.column_span])
    shape = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if place.column_span > 1:
        shape.append(f'<w:gridSpan w:val="{place.column_span}"/>')
    if place.row_span > 1:
        shape.append('<w:vMerge w:val="restart"/>' if row == place.row else "<w:vMerge/>")
    shape.append('<w:vAlign w:val="center"/>')
    words = _words(report, place) if row == place.row else ""
    aligned = "left" if place.scope == "row" and table.slug == "t3" else "center"
    size = SIZES[table.slug]
    font = _FONT.format(font="黑体" if place.cell is None and place.scope != "row" else "仿宋_GB2312")
    run = f'<w:rPr>{font}<w:sz w:val="{size}"/></w:rPr>'
    said = f'<w:r>{run}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    # A heading does not end a page, and table 四 is not cut at all.
    kept = "<w:keepNext/>" if place.cell is None and place.scope != "row" and table.slug != "t3" else ""
    spacing = '<w:spacing w:before="0" w:after="0"/>'
    paragraph = f'<w:p><w:pPr>{kept}{spacing}<w:jc w:val="{aligned}"/>{run}</w:pPr>{said}</w:p>'
    return f"<w:tc><w:tcPr>{''.join(shape)}</w:tcPr>{paragraph}</w:tc>"


def _words(report: PrintedReport, place: Place) -> str:
    if place.cell is None:
        return label_of(place)
    value = shown(report.form.by_key[place.cell], report.figures.get(place.cell))
    return "" if value is None else str(value)
