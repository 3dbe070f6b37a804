"""Reading (读取年度报告): a published report into figures, texts and what could not be read. Pure, on documents' grids.

A number is read by the labels around it or not at all: there is no confidence, only a figure or a problem.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.forms import FORMS, Form, FormVersion, form_of_year
from taizhang.annual_reports.reading import applications, disclosure, disputes
from taizhang.annual_reports.reading.disclosure import Figure
from taizhang.annual_reports.reading.labels import plain
from taizhang.annual_reports.reading.sheets import Problem, Sheet, Written
from taizhang.annual_reports.reading.texts import parts_of, title_of
from taizhang.annual_reports.reading.values import read_value
from taizhang.documents.grid import Document, Grid

# The three tables have 46 rows and 360 cells; whatever is far larger is another table, and may be meant to tire us.
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 400, 80, 8_000
MOST_LINES = 5_000
LONGEST_PART = 60_000
FEWEST_ROWS = 3
FEWEST_HEADINGS = 3
# Labels of the tables themselves, which may have a row to themselves too (第二十条第（一）项).
_PRINTED = {plain(place.text) for form in FORMS.values() for table in form.tables for place in table.places}
# 区人民政府 and plain 江阳区, but not 镇人民政府 (an organ's report) nor 园区、开发区、新区.
_GOVERNMENT = re.compile(r"(?<![园发新景])(?:省|市|区|县|自治州|旗)(?:人民政府)?$")


class NotAReport(Exception):
    """The document holds neither the statutory tables nor the headings of an annual report."""


@dataclass(frozen=True)
class ReadReport:
    """A published report as read."""

    form: Form
    year: int | None
    unit_name: str | None
    scope: Scope
    figures: dict[str, int | None]
    texts: dict[Part, str | None]
    problems: tuple[Problem, ...]


@dataclass
class _Tables:
    """What all tables of a file were read into."""

    published: list[Figure]
    written: list[Written]
    problems: list[Problem]
    rows: dict[str, int]


def read_report(document: Document) -> ReadReport:
    """Read a report.

    Raises:
        NotAReport: neither its tables nor its headings are there.
    """
    grids = _worth_reading(document)
    tables = _tables(grids, rigid=document.format != "html")
    lines = _lines(document.paragraphs, grids)
    title, (texts, headings) = title_of(lines), parts_of(lines)
    found = any(rows >= FEWEST_ROWS for rows in tables.rows.values())
    if not found and not (title.found and len(headings) >= FEWEST_HEADINGS):
        raise NotAReport
    form = FORMS[_version(tables, title.year)]
    problems = [*_of_texts(title.unit_name, title.year, texts), *tables.problems]
    written = [*_for_form(form, tables.published, problems), *tables.written]
    figures = _figures(form, written, problems)
    problems += _missing(form, written, tables)
    unit = title.unit_name
    scope = Scope.GOVERNMENT if unit and _GOVERNMENT.search(unit) else Scope.ORGAN
    return ReadReport(form, title.year, unit, scope, figures, texts, tuple(problems))


def _worth_reading(document: Document) -> list[tuple[int, Grid]]:
    """The grids, numbered from 1, that can be tables of a report."""
    found, cells = [], 0
    for number, grid in enumerate(document.grids, start=1):
        cells += len(grid.cells)
        if cells > MOST_CELLS:
            break
        if grid.row_count <= MOST_ROWS and grid.column_count <= MOST_COLUMNS:
            found.append((number, grid))
    return found


def _tables(grids: Iterable[tuple[int, Grid]], *, rigid: bool) -> _Tables:
    """Each table as it stands, and turned only where nothing is read upright."""
    found = _Tables([], [], [], {"二": 0, "三": 0, "四": 0})
    header = None
    for number, grid in grids:
        sheet = Sheet(grid, number, rigid)
        published = disclosure.read(sheet)
        if not published.figures:
            published = disclosure.read(sheet.turned)
        found.published += published.figures
        found.rows["二"] += published.rows if published.figures else 0
        applied, header = applications.read(sheet, header)
        if not applied.is_filled:
            turned, header = applications.read(sheet.turned, header)
            applied = turned if turned.is_filled else applied
        disputed = disputes.read(sheet)
        if not disputed.is_filled:
            turned = disputes.read(sheet.turned)
            disputed = turned if turned.is_filled else disputed
        for table, harvest in (("三", applied), ("四", disputed)):
            found.written += harvest.written
            found.problems += harvest.problems
            found.rows[table] += harvest.rows if harvest.written or harvest.problems else 0
    return found


def _lines(paragraphs: Sequence[str], grids: Iterable[tuple[int, Grid]]) -> list[str]:
    """Paragraphs; of a workbook or a page laid out in tables, the cells that have a row to themselves."""
    lines = list(paragraphs[:MOST_LINES])
    for _, grid in grids:
        for row in range(grid.row_count):
            cells = [cell for cell in grid.row_cells(row) if cell.row == row]
            if len(cells) == 1 and plain(cells[0].text) not in _PRINTED:
                lines += cells[0].text.split("\n")
    return lines[:MOST_LINES]


def _version(tables: _Tables, year: int | None) -> FormVersion:
    """By table 三, which tells the forms apart by its （六）其他处理; else by table 二, else by the year."""
    rows = {each.key[3:].rsplit(".", 1)[0] for each in tables.written if each.key.startswith("t3.")}
    filled = {each.key[3:].rsplit(".", 1)[0] for each in tables.written if each.text}
    if rows & {"r3.6.1", "r3.6.2"}:
        return FormVersion.Y2021
    if "r3.6" in filled or "r3.6" in rows:
        return FormVersion.Y2019
    if year is not None:
        return form_of_year(year)
    heads = {each.version for each in tables.published}
    return FormVersion.Y2019 if heads == {FormVersion.Y2019} else FormVersion.Y2021


def _for_form(form: Form, published: list[Figure], problems: list[Problem]) -> list[Written]:
    """Table 二's numbers under this form's cells. On a hybrid report only what means the same is taken over."""
    written, foreign = [], list[Figure]()
    for figure in published:
        key = f"t2.{figure.slug}.{figure.name}"
        # 处理决定数量 of 2019 and 本年处理决定数量 of 2021 count the same.
        if key in form.by_key and (figure.version is form.version or figure.name == "decisions"):
            written.append(Written(key, figure.text, figure.where, figure.unit))
        else:
            foreign.append(figure)
    if foreign:
        other = foreign[0].version
        message = f"表二是 {other} 年表样，报告是 {form.version} 年表样：有 {len(foreign)} 个数没有对应的格，未读入"
        problems.append(Problem("table-other-form", message, where=foreign[0].where))
    return written


def _figures(form: Form, written: list[Written], problems: list[Problem]) -> dict[str, int | None]:
    """The value of each cell. One written twice is read if both say the same, or one is blank."""
    places: dict[str, list[Written]] = {}
    for each in written:
        if each.key in form.by_key:
            places.setdefault(each.key, []).append(each)
    figures: dict[str, int | None] = dict.fromkeys(form.by_key)
    for key, found in places.items():
        cell = form.by_key[key]
        said = {plain(each.text): each for each in found if each.text} or {"": found[0]}
        if len(said) > 1:
            message = f"“{cell.label}”出现两次而数字不同（{'、'.join(each.text for each in said.values())}）"
            problems.append(Problem("cell-twice", message, key, found[-1].where))
            continue
        only = next(iter(said.values()))
        value = read_value(only.text, cell.kind, unit=only.unit)
        figures[key] = value.number
        if value.code:
            problems.append(Problem(value.code, f"“{cell.label}”{value.words}", key, only.where))
    return figures


def _missing(form: Form, written: list[Written], tables: _Tables) -> list[Problem]:
    """Tables that are not there, and cells of tables that are."""
    present = {each.key for each in written}
    found = []
    for table in form.tables:
        absent = [key for key in table.cells if key not in present]
        if len(absent) == len(table.cells):
            found.append(Problem("table-missing", f"没有找到表{table.part}（{table.heading}）"))
            continue
        misread = any(problem.code == "row-misaligned" for problem in tables.problems)
        if absent and not misread:
            found.append(Problem("cells-missing", f"表{table.part}没有找到 {len(absent)} 格：{form.names(absent)}"))
    return found


def _of_texts(unit_name: str | None, year: int | None, texts: dict[Part, str | None]) -> list[Problem]:
    found = []
    if year is None:
        found.append(Problem("year-unknown", "标题和统计期里都没有找到年份"))
    if unit_name is None:
        found.append(Problem("unit-unknown", "标题里没有找到机关名称"))
    for part, number in ((Part.OVERVIEW, "一"), (Part.PROBLEMS, "五"), (Part.OTHER, "六")):
        text = texts[part]
        if text is not None and len(text) > LONGEST_PART:
            texts[part] = text[:LONGEST_PART]
            found.append(Problem("part-too-long", f"第{number}部分的文字太长，只读了前 {LONGEST_PART:,} 字"))
        if text is None:
            found.append(Problem("part-missing", f"没有找到第{number}部分的文字"))
    return found
