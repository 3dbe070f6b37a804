"""Reports as they go out: whatever the figures, docx, xlsx, html and JSON say the same, and say it in the form."""

import io
import json
import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.exporting import PrintedReport, document, package, package_schema, page, workbook
from taizhang.annual_reports.forms import FORM_2021, FORMS, CellKind, CellSpec, Form, FormVersion, parse, with_sums
from taizhang.annual_reports.forms.official import COLUMNS
from taizhang.annual_reports.reading import read_report
from taizhang.documents.readers import read

TEXTS = {
    Part.OVERVIEW: "2023年，街道认真贯彻条例。\n（一）主动公开。公开信息三百余条。\n=1+1 <b>原样</b> & “引号”",
    Part.PROBLEMS: "一是解读形式不多。\n二是更新不及时。",
    Part.OTHER: "本年度未收取信息处理费。",
}
both_forms = pytest.mark.parametrize("version", list(FORMS))
Render = Callable[[PrintedReport], bytes]
FILES: dict[str, Render] = {"docx": document, "xlsx": workbook, "html": page}


def report(form: Form = FORM_2021, figures: dict[str, int | None] | None = None, on: bool = True) -> PrintedReport:
    year = 2023 if form is FORM_2021 else 2020
    found = dict.fromkeys(form.by_key, 0) if figures is None else figures
    day = date(year + 1, 1, 25) if on else None
    unit = "泸州市江阳区大山坪街道办事处"
    return PrintedReport(unit, "510502-101", year, Scope.ORGAN, form, found, TEXTS, 3, day)


def any_value(cell: CellSpec, pick: random.Random) -> int | None:
    """A blank, a nought, a usual number or a very large one; money to the 分; a change of either sign."""
    largest = 10**14 if cell.kind is CellKind.MONEY else 10**8
    value = pick.choice((None, 0, pick.randrange(100), pick.randrange(10**5), pick.randrange(largest)))
    return -value if value and cell.kind is CellKind.CHANGE and pick.random() < 0.5 else value


def figures_of(form: Form, seed: int) -> dict[str, int | None]:
    pick = random.Random(seed)
    return with_sums(form, {key: any_value(form.by_key[key], pick) for key in form.leaves})


@both_forms
@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_every_format_is_read_back_to_the_same_figures(version: FormVersion, seed: int) -> None:
    form = FORMS[version]
    made = report(form, figures_of(form, seed))
    for suffix, render in FILES.items():
        back = read_report(read(render(made), f"年报.{suffix}"))
        different = {
            key: (value, back.figures[key]) for key, value in made.figures.items() if back.figures[key] != value
        }
        assert different == {}, suffix
        assert (back.form, back.year, back.unit_name, back.texts) == (form, made.year, made.unit_name, TEXTS), suffix
        assert {problem.code for problem in back.problems} <= {"cell-blank"}, suffix
    sent = json.loads(package(made))
    assert parse(form, sent["figures"]) == (made.figures, [])
    assert sent["texts"] == {part.value: text for part, text in TEXTS.items()}
    jsonschema.validate(sent, package_schema())


@pytest.mark.parametrize(
    ("cell", "value"), [("t3.r1.natural", -1), ("t3.r1.natural", "3"), ("t2.fees.amount", 3), ("t3.r9.natural", 1)]
)
def test_the_schema_refuses_what_no_report_can_say(cell: str, value: int | str) -> None:
    sent = json.loads(package(report()))
    sent["figures"][cell] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(sent, package_schema())


def test_the_workbook_holds_numbers_as_numbers_and_words_as_words() -> None:
    made = report(figures=figures_of(FORM_2021, 7) | {"t3.r1.natural": 42, "t2.fees.amount": 123_456_789})
    book = openpyxl.load_workbook(io.BytesIO(workbook(made)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {42, 123.456789} <= {cell.value for cell in cells if cell.data_type == "n"}
    assert "=1+1 <b>原样</b> & “引号”" in {cell.value for cell in cells if cell.data_type == "s"}


@both_forms
def test_the_document_merges_its_cells_as_the_form_does(version: FormVersion) -> None:
    form = FORMS[version]
    paper = docx.Document(io.BytesIO(document(report(form))))
    for spec, table in zip(form.tables, paper.tables, strict=True):
        assert (len(table.rows), len(table.columns)) == (spec.row_count, spec.column_count)
        grid = [row.cells for row in table.rows]
        for place in spec.places:
            covered = {
                grid[row][column]._tc
                for row in range(place.row, place.row + place.row_span)
                for column in range(place.column, place.column + place.column_span)
            }
            assert covered == {grid[place.row][place.column]._tc}, place


def test_the_document_is_set_as_an_official_document() -> None:
    paper = docx.Document(io.BytesIO(document(report())))
    assert paper.paragraphs[0].text == "泸州市江阳区大山坪街道办事处2023年政府信息公开工作年度报告"
    xml = paper.element.xml
    for font in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"):
        assert f'w:eastAsia="{font}"' in xml
    footer = paper.sections[0].footer.paragraphs[0]
    assert (footer.text.replace("PAGE", ""), "PAGE" in footer._element.xml) == ("—  —", True)


def test_a_screen_reader_hears_each_number_with_its_row_and_its_column() -> None:
    tree: Any = html.fromstring(page(report()).decode())
    ids = {each.get("id"): each for each in tree.iter() if each.get("id")}
    assert len(ids) == len([each for each in tree.iter() if each.get("id")])
    numbers = tree.xpath("//td[@headers]")
    assert len(numbers) == len(FORM_2021.cells)
    for number in numbers:
        heard = [ids[each].text_content() for each in number.get("headers").split()]
        assert len(heard) >= 2, heard
        assert not {"第二十条第（一）项", "第二十条第（八）项"} <= set(heard)
    table = tree.xpath("//table[contains(@class, 't3')]")[0]
    first = [ids[each].text_content() for each in table.xpath(".//td[@headers]")[6].get("headers").split()]
    assert first == ["申请人情况", COLUMNS[-1][1], "一、本年新收政府信息公开申请数量"]


def test_the_page_stands_alone_and_runs_nothing() -> None:
    text = page(report()).decode()
    assert re.findall(r"(?:src|href)=\"(?!#)", text) == []
    assert "<script" not in text
    assert " on" not in re.sub(r">[^<]*<", "><", text).replace(" only", "")
    assert "&lt;b&gt;原样&lt;/b&gt;" in text
    assert '<html lang="zh-CN">' in text


@pytest.mark.parametrize("suffix", FILES)
def test_what_is_not_published_says_so_on_every_copy(suffix: str) -> None:
    def words(on: bool) -> str:
        content = FILES[suffix](report(on=on))
        match suffix:
            case "docx":
                return "".join(each.text for each in docx.Document(io.BytesIO(content)).sections[0].header.paragraphs)
            case "xlsx":
                sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
                return sheet.oddHeader.right.text or ""
            case _:
                return content.decode()

    assert "尚未发布" in words(on=False)
    assert "尚未发布" not in words(on=True)
    assert json.loads(package(report(on=False)))["published_on"] is None
