"""The page (html): one self-contained file without script, its tables headed for a screen reader."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from taizhang.annual_reports.checks.findings import Part
from taizhang.annual_reports.exporting.printed import SECTIONS, PrintedReport, label_of, split_subheading
from taizhang.annual_reports.forms import Place, TableSpec, shown
from taizhang.core.templates import render, style

_HERE = "taizhang.annual_reports.exporting"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: a heading with its scope, a number with its headings, or a note."""

    words: str
    spans: Markup
    id: str = ""
    scope: str = ""
    headers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table row by row."""

    slug: str
    lines: list[list[Cell]]


def page(report: PrintedReport) -> bytes:
    """A report as one html file: nothing is loaded from elsewhere, and its own policy forbids it."""
    css = Markup(stylesheet())
    return render(_HERE, "page.html", report=report, article=article(report), css=css, policy=page_policy()).encode()


def article(report: PrintedReport) -> Markup:
    """The report itself, to stand in a page of its own or in one of the public pages."""
    tables = {table.slug: _table(report, table) for table in report.form.tables}

    def lines(part: Part) -> list[tuple[str, str]]:
        return [split_subheading(line) for line in report.lines(part)]

    return render(_HERE, "article.html", report=report, sections=SECTIONS, tables=tables, lines=lines)


def article_css() -> str:
    """The rules an article needs."""
    return style(_HERE, "report.css")


def stylesheet() -> str:
    """All rules of a page that stands by itself."""
    return style(_HERE, "frame.css") + article_css()


@lru_cache(maxsize=1)
def page_policy() -> str:
    """The Content-Security-Policy of such a page: its own style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _table(report: PrintedReport, table: TableSpec) -> Table:
    heads = [place for place in table.places if place.scope]
    lines: list[list[Cell]] = [[] for _ in range(table.row_count)]
    for place in sorted(table.places, key=lambda place: (place.row, place.column)):
        lines[place.row].append(_cell(report, table, place, heads))
    return Table(table.slug, lines)


def _cell(report: PrintedReport, table: TableSpec, place: Place, heads: list[Place]) -> Cell:
    spans = Markup("").join(
        Markup(' {}="{}"').format(name, span)
        for name, span in (("rowspan", place.row_span), ("colspan", place.column_span))
        if span > 1
    )
    if place.cell is None:
        return Cell(label_of(place), spans, _id(table, place), place.scope or "")
    value = shown(report.form.by_key[place.cell], report.figures.get(place.cell))
    over = " ".join(_id(table, head) for head in _heads_of(place, heads))
    return Cell("" if value is None else str(value), spans, headers=over)


def _id(table: TableSpec, place: Place) -> str:
    return f"{table.slug}-{place.row}-{place.column}"


def _heads_of(cell: Place, heads: list[Place]) -> list[Place]:
    """The headings over and beside a cell: those of the nearest block above, from the outside in."""
    beside = [head for head in heads if head.row <= cell.row < head.row + head.row_span and head.column < cell.column]
    above = [
        head
        for head in heads
        if head.row < cell.row and head.column <= cell.column < head.column + head.column_span and head not in beside
    ]
    # Table 二 stacks four blocks: what heads a block above does not head this one.
    start = max((head.row for head in above if head.scope == "rowgroup"), default=0)
    return [head for head in above if head.row >= start] + beside
