"""The workbooks of a register (台账工作簿): template, export and what is handed back, all of one make. Pure.

Whatever is written here can be read back by ``importing.lines``.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from taizhang.documents.cells import fitted
from taizhang.documents.workbooks import TEXT_FORMAT, TEXT_ONLY
from taizhang.registers.fields import InputKind
from taizhang.registers.importing.columns import EXAMPLE, MANUAL, NUMBER, OPTIONS, REMARKS, Column, columns
from taizhang.registers.kind import RegisterKind

BLANK_LINES = 300
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
FIRST_DAY, LAST_DAY = "1949-10-01", "2099-12-31"
WIDTHS = {InputKind.AREA: 36, InputKind.DATE: 12, InputKind.MOMENT: 17, InputKind.INTEGER: 10, InputKind.AMOUNT: 10}
YES_NO = ("是", "否")
SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class StepCells:
    """One step of an entry to be written: its kind, its cells by key, and which of them are wrong."""

    kind: str
    cells: Mapping[str, str]
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EntryCells:
    """One entry to be written. ``extra`` are cells by heading that are no columns of the register."""

    number: str
    cells: Mapping[str, str]
    steps: Sequence[StepCells] = ()
    wrong: frozenset[str] = frozenset()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Line:
    number: str
    cells: dict[str, str]
    wrong: set[str]
    extra: Mapping[str, str]
    last: int = -1


def export(kind: RegisterKind, entries: Sequence[EntryCells], extra: Sequence[str]) -> bytes:
    """Entries, one a line and more where a step came twice; ``extra`` headings after those of the entry itself."""
    used = {key for entry in entries for step in entry.steps for key in step.cells}
    shown = [column for column in columns(kind.slug) if not column.rare or column.key in used]
    return _book(lambda book, looks: _entries(book, looks, kind, shown, entries, extra))


def handed_back(kind: RegisterKind, entries: Sequence[EntryCells]) -> bytes:
    """The rows of a draft with what is wrong in each, beside its number and tinted in its cells."""
    used = {key for entry in entries for step in entry.steps for key in step.cells}
    shown = [column for column in columns(kind.slug) if not column.rare or column.key in used]

    def write(book: Any, looks: dict[str, Any]) -> None:
        _entries(book, looks, kind, shown, entries, (), remarks=True)
        _manual(book, looks, kind, shown)

    return _book(write)


def template(kind: RegisterKind, units: Sequence[str]) -> bytes:
    """An empty sheet to fill in, one filled in to look at, and how to."""
    shown = [column for column in columns(kind.slug) if not column.rare]

    def write(book: Any, looks: dict[str, Any]) -> None:
        sheet = book.add_worksheet(kind.title[:SHEET_NAME])
        _bands(sheet, looks, shown)
        _headings(sheet, looks, shown, row=1)
        lists = book.add_worksheet(OPTIONS)
        _validations(sheet, lists, shown, {"unit": tuple(units)})
        lists.hide()
        for line in range(BLANK_LINES):
            sheet.write_string(line + 2, 0, str(line + 1), looks["number"])
        sheet.freeze_panes(2, 2)
        _example(book, looks, kind, shown)
        _manual(book, looks, kind, shown)

    return _book(write)


def _book(write: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_ONLY) as book:
        write(book, _looks(book))
    return buffer.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    heading = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    text = {"text_wrap": True, "valign": "top", "border": 1, "num_format": TEXT_FORMAT}
    return {
        "band": book.add_format({**heading, "bg_color": "#DCE5EC"}),
        "heading": book.add_format({**heading, "bg_color": "#E8EEF3"}),
        "required": book.add_format({**heading, "bg_color": "#FFF1C9"}),
        "text": book.add_format(text),
        "wrong": book.add_format({**text, "bg_color": "#FBEAE6"}),
        "number": book.add_format({"font_color": "#6B7680", "align": "center"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "blank": book.add_format({"num_format": TEXT_FORMAT, "text_wrap": True}),
        "day": book.add_format({"num_format": DAY_FORMAT}),
        "moment": book.add_format({"num_format": MOMENT_FORMAT}),
    }


# -- lines


def laid_out(kind: RegisterKind, entries: Iterable[EntryCells]) -> list[_Line]:
    """Entries as lines: a step goes on in the line as long as the steps' order goes on, else into the next."""
    order = {form.kind: place for place, form in enumerate(kind.events)}
    lines: list[_Line] = []
    for entry in entries:
        line = _Line(entry.number, dict(entry.cells), set(entry.wrong), entry.extra)
        lines.append(line)
        for step in entry.steps:
            if order[step.kind] <= line.last:
                line = _Line(entry.number, {}, set(), {})
                lines.append(line)
            line.last = order[step.kind]
            line.cells |= step.cells
            line.wrong |= step.wrong
    return lines


def _entries(
    book: Any,
    looks: dict[str, Any],
    kind: RegisterKind,
    shown: Sequence[Column],
    entries: Sequence[EntryCells],
    extra: Sequence[str],
    *,
    remarks: bool = False,
) -> None:
    sheet = book.add_worksheet(kind.title[:SHEET_NAME])
    own = [column for column in shown if column.event is None]
    order: list[Column | str] = [*own, *extra, *(column for column in shown if column.event is not None)]
    if remarks:
        order.insert(0, REMARKS)
    _headings(sheet, looks, order, row=0, marked=remarks)
    for number, line in enumerate(laid_out(kind, entries), start=1):
        sheet.write_string(number, 0, line.number, looks["text"])
        for place, column in enumerate(order, start=1):
            text = line.extra.get(column, "") if isinstance(column, str) else line.cells.get(column.key, "")
            wrong = column == REMARKS and text if isinstance(column, str) else column.key in line.wrong
            sheet.write_string(number, place, fitted(text), looks["wrong" if wrong else "text"])
    sheet.freeze_panes(1, 2)


def _headings(
    sheet: Any, looks: dict[str, Any], order: Sequence[Column | str], *, row: int, marked: bool = True
) -> None:
    sheet.write_string(row, 0, NUMBER, looks["heading"])
    sheet.set_column(0, 0, 6)
    for place, column in enumerate(order, start=1):
        if isinstance(column, str):
            sheet.write_string(row, place, column, looks["heading"])
            sheet.set_column(place, place, 40 if column == REMARKS else 14, looks["blank"])
            continue
        mark = "*" if marked and column.required and column.event is None else ""
        sheet.write_string(row, place, f"{column.heading}{mark}", looks["required" if mark else "heading"])
        look = {InputKind.DATE: "day", InputKind.MOMENT: "moment"}.get(column.input, "blank")
        sheet.set_column(place, place, WIDTHS.get(column.input, 18), looks[look])


# -- the template


def _bands(sheet: Any, looks: dict[str, Any], shown: Sequence[Column]) -> None:
    """What belongs together, named above the headings."""
    start = 1
    for place, column in enumerate(shown, start=1):
        following = shown[place].band if place < len(shown) else None
        if following == column.band:
            continue
        if start == place:
            sheet.write_string(0, place, column.band, looks["band"])
        else:
            sheet.merge_range(0, start, 0, place, column.band, looks["band"])
        start = place + 1


def _validations(sheet: Any, lists: Any, shown: Sequence[Column], given: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from, days and whole numbers where they belong. Longer lists stand in a hidden sheet."""
    for place, column in enumerate(shown, start=1):
        words = given.get(column.key) or tuple(word for _, word in column.options)
        if column.input is InputKind.CHECK:
            words = YES_NO
        rule = _rule(column, words, place, lists)
        if rule is not None:
            hint = {"input_title": column.heading[:32], "input_message": column.hint[:255]} if column.hint else {}
            sheet.data_validation(2, place, BLANK_LINES + 1, place, {**rule, **hint, "ignore_blank": True})


def _rule(column: Column, words: Sequence[str], place: int, lists: Any) -> dict[str, Any] | None:
    if words and column.input is not InputKind.CHOICES:
        lists.write_column(0, place, words)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        source = f"={OPTIONS}!${letter}$1:${letter}${len(words)}"
        return {
            "validate": "list",
            "source": source,
            "error_title": "不在可选范围内",
            "error_message": "请从下拉中选择",
        }
    if column.input is InputKind.DATE:
        days = {"minimum": f'=DATEVALUE("{FIRST_DAY}")', "maximum": f'=DATEVALUE("{LAST_DAY}")'}
        words_ = {"error_title": "应为日期", "error_message": "请写成 2023-09-30"}
        return {"validate": "date", "criteria": "between", **days, **words_}
    if column.input is InputKind.INTEGER:
        words_ = {"error_title": "应为整数", "error_message": "请填整数"}
        return {"validate": "integer", "criteria": ">=", "value": 0, **words_}
    return {"validate": "any"} if column.hint else None


def _example(book: Any, looks: dict[str, Any], kind: RegisterKind, shown: Sequence[Column]) -> None:
    sheet = book.add_worksheet(EXAMPLE)
    _headings(sheet, looks, shown, row=0)
    for line, cells in enumerate(kind.examples, start=1):
        sheet.write_string(line, 0, str(line), looks["text"])
        for place, column in enumerate(shown, start=1):
            sheet.write_string(line, place, cells.get(column.key, ""), looks["text"])
    sheet.freeze_panes(1, 2)


def _manual(book: Any, looks: dict[str, Any], kind: RegisterKind, shown: Sequence[Column]) -> None:
    sheet = book.add_worksheet(MANUAL)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 80)
    sheet.write_string(0, 0, f"{kind.title}台账　填写说明", looks["title"])
    for number, words in enumerate(_rules(kind), start=1):
        sheet.merge_range(number, 0, number, 2, words, looks["plain"])
        sheet.set_row(number, 32)
    top = len(_rules(kind)) + 2
    for place, words in enumerate(("栏", "必填", "怎么填")):
        sheet.write_string(top, place, words, looks["heading"])
    for line, column in enumerate(shown, start=top + 1):
        sheet.write_string(line, 0, column.heading, looks["text"])
        sheet.write_string(line, 1, _must(column), looks["text"])
        sheet.write_string(line, 2, _how(column), looks["text"])


def _rules(kind: RegisterKind) -> list[str]:
    common = [
        f"依据：{kind.basis}。{kind.summary}",
        "一行一条，从第三行填起；黄底带 * 的栏必填。栏的次序可以换，不用的栏可以删，表头的字不要改。",
        "日期写成 2023-09-30；有下拉的从下拉里选。不存在的日期、晚于今天的日期，导入时逐格指出。",
        "导入先成草稿，逐行核对，改好之后再登记；登记之前台账里什么也不会有。",
    ]
    steps = "经过（表头带“：”的栏）没有发生就空着。同一步有两次的，在下面另起一行，序号写同一个，只填那一步。"
    party = "申请人信息加密保存，草稿与退回的表里都已遮掩；填好的表请妥善保管，导入后删去。"
    return common + [steps] * bool(kind.events) + [party] * kind.party


def _must(column: Column) -> str:
    if not column.required:
        return ""
    return "必填" if column.event is None else "有这一步则必填"


def _how(column: Column) -> str:
    forms = {
        InputKind.DATE: "日期，如 2023-09-30",
        InputKind.MOMENT: "日期与时分，如 2023-09-30 09:20",
        InputKind.INTEGER: "整数",
        InputKind.AMOUNT: "数字",
        InputKind.CHECK: "是、否",
        InputKind.CHOICES: "可以填几项，用顿号隔开",
    }
    options = "、".join(word for _, word in column.options)
    said = [column.hint or "", forms.get(column.input, ""), f"可选：{options}" if options else ""]
    return "。".join(filter(None, said))
