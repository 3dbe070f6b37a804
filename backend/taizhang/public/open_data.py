"""Open data (开放数据): every published cell as a line of a table, and the dictionary that explains it."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache

from taizhang.annual_reports.forms import FORMS, CellKind, FormVersion, from_array, present, shown
from taizhang.public.reports import Filed
from taizhang.public.schemas import DataCell, DataColumn, Dictionary, OpenReport

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("unit_code", "单位代码", "统一社会信用代码，没有的是本地代码"),
    ("unit_name", "单位名称", "单位全称"),
    ("year", "年度", "报告年度，统计期为该年 1 月 1 日至 12 月 31 日"),
    ("scope", "范围", "organ 本机关，government 本级政府（含所属各单位）"),
    ("form", "表样", "2021 为国办公开办函〔2021〕30号，2019 为〔2019〕60号"),
    ("cell", "格", "格的键，含义见字典 cells"),
    ("label", "栏目", "所在的行与列"),
    ("value", "数值", "空白即未填，与 0 不同；金额以万元计"),
    ("published_on", "公布日期", "年-月-日"),
    ("version", "版本", "报告改过即加一"),
)
KIND_UNITS = {CellKind.COUNT: "件", CellKind.CHANGE: "项", CellKind.MONEY: "万元"}
# Excel opens a CSV in the system's own encoding unless the file says otherwise.
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """What the columns and the cells mean."""
    cells = [
        DataCell(
            form=form.version,
            cell=cell.key,
            table=f"表{table.part}：{table.heading}",
            label=cell.label,
            kind=cell.kind,
            unit=KIND_UNITS[cell.kind],
            sum_of=list(cell.sum_of),
        )
        for form in FORMS.values()
        for table in form.tables
        for cell in form.cells
        if cell.key.startswith(f"{table.slug}.")
    ]
    columns = [DataColumn(name=name, title=title, description=words) for name, title, words in COLUMNS]
    return Dictionary(columns=columns, cells=cells)


def dictionary_csv() -> bytes:
    """The dictionary of the cells as CSV."""
    rows = [
        (each.form, each.cell, each.table, each.label, each.kind, each.unit, " ".join(each.sum_of))
        for each in dictionary().cells
    ]
    return _csv(("form", "cell", "table", "label", "kind", "unit", "sum_of"), rows)


def cells_csv(reports: Sequence[Filed]) -> bytes:
    """Every cell of the reports as CSV in UTF-8, a line each."""
    return _csv([name for name, _, _ in COLUMNS], _lines(reports))


def _lines(reports: Sequence[Filed]) -> Iterable[tuple[object, ...]]:
    for report in reports:
        form = FORMS[FormVersion(report.form)]
        head = (report.unit_code, report.unit_name, report.year, report.scope.value, form.version.value)
        for cell, value in zip(form.cells, report.figures, strict=True):
            told = shown(cell, value)
            said = "" if told is None else told
            yield (*head, cell.key, cell.label, said, report.published_on.isoformat(), report.version)


def open_reports(reports: Sequence[Filed]) -> list[OpenReport]:
    """The reports' cells, one object a report."""
    found = []
    for report in reports:
        form = FORMS[FormVersion(report.form)]
        names = ("unit_code", "unit_name", "year", "scope", "form", "version", "published_on")
        said = {name: getattr(report, name) for name in names}
        found.append(OpenReport(**said, figures=present(form, from_array(form, report.figures))))
    return found


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return (BOM + buffer.getvalue()).encode()


def _plain(value: object) -> object:
    """Words that a spreadsheet would take for a formula are marked as words; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
