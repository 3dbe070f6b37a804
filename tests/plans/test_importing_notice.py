"""The 2023 notice of 江阳区 reads in exactly: five categories, nineteen tasks, every word of every cell."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
import xlsxwriter

from taizhang.documents.readers import read
from taizhang.documents.words import squeezed
from taizhang.plans.importing.draft import Draft, DraftDuty, read_draft
from taizhang.plans.importing.units import AssigneeState, UnitDirectory

COLLECTIVE = {
    "各街镇",
    "园区管委会",
    "区政府各部门",
    "区政府有关部门",
    "有关街镇",
    "有关建议和提案办理单位",
    "有关被审计单位",
}


def test_five_categories_and_nineteen_tasks(draft: Draft) -> None:
    assert list(dict.fromkeys(row.category for row in draft.rows)) == [
        "积极深化主动公开",
        "切实推动政务公开转型升级",
        "深化政务公开促进基层政府治理能力提升",
        "着力加强平台载体信息化建设",
        "强化管理保障",
    ]
    assert [row.position for row in draft.rows] == list(range(1, 20))
    assert draft.rows[0].title == "扎实推进重大战略部署信息公开"
    assert draft.rows[18].title == "切实做好各类保障"


def test_the_head_of_the_notice_is_read(draft: Draft) -> None:
    assert draft.title == "2023年泸州市江阳区政务公开重点任务分解表"
    assert (draft.year, draft.document_no, draft.issued_on) == (2023, "泸江府办函〔2023〕29号", date(2023, 7, 7))
    assert draft.issuer_text == "泸州市江阳区人民政府办公室"


def test_every_cell_is_kept_whole(draft: Draft, notice: bytes) -> None:
    paragraphs = {line.strip() for line in notice.decode().splitlines() if line.strip()}
    for row in draft.rows:
        assert row.content in paragraphs
        assert row.title in paragraphs
    assert draft.rows[8].content.startswith("切实提高群众关切回应实效。促进")
    assert not any("扫一扫" in row.content for row in draft.rows)


def test_thirty_two_phrases_all_resolved(draft: Draft) -> None:
    assignees = [assignee for row in draft.rows for assignee in row.assignees]
    phrases = {assignee.text: assignee.state for assignee in assignees}
    assert len(phrases) == 32
    named = {text for text, state in phrases.items() if state is AssigneeState.MATCHED}
    assert phrases.keys() - named == COLLECTIVE
    assert len(named) == 25
    assert draft.summary.tokens.model_dump() == {"collective": 7, "named": 25, "undecided": 4, "unknown": 0}


def test_collective_words_become_the_units_of_the_day(draft: Draft) -> None:
    sizes = {assignee.text: len(assignee.unit_ids) for row in draft.rows for assignee in row.assignees}
    assert (sizes["各街镇"], sizes["园区管委会"], sizes["区政府各部门"]) == (15, 1, 23)
    assert sizes["区政府有关部门"] == 0


def test_nothing_is_invented_for_what_only_a_person_can_say(draft: Draft) -> None:
    undecided = [a for row in draft.rows for a in row.assignees if a.state is AssigneeState.UNDECIDED]
    assert {a.text for a in undecided} == {text for text in COLLECTIVE if "有关" in text}
    assert all(a.unit_ids == [] and a.candidates and a.is_open for a in undecided)


def duties(draft: Draft, kind: str) -> list[tuple[int, DraftDuty]]:
    return [(row.position, duty) for row in draft.rows for duty in row.duties if duty.kind == kind]


def test_the_dates_are_found_and_the_lost_character_restored(draft: Draft) -> None:
    assert [(n, d.due_on) for n, d in duties(draft, "date")] == [
        (5, date(2023, 9, 30)),
        (12, date(2023, 8, 31)),
        (12, date(2023, 9, 30)),
    ]
    restored = [problem for problem in draft.rows[11].problems if problem.code == "date-restored"]
    assert len(restored) == 2


def test_the_numbers_are_found(draft: Draft) -> None:
    ratios = [(n, d.threshold.op, d.threshold.value, d.due_on) for n, d in duties(draft, "ratio") if d.threshold]
    assert ratios == [(7, ">=", 50.0, None), (13, ">=", 100.0, date(2023, 12, 31))]
    counts = [(n, d.threshold.value, d.per) for n, d in duties(draft, "count") if d.threshold]
    assert counts == [(16, 1.0, "year"), (19, 1.0, "year")]
    ((row, event),) = duties(draft, "event")
    assert row == 4
    assert event.within is not None
    assert event.within.model_dump() == {"amount": 1, "unit": "month"}


def test_a_duty_is_the_very_words_of_the_task(draft: Draft) -> None:
    for row in draft.rows:
        assert row.duties
        for duty in row.duties:
            assert row.content[duty.start : duty.end] == duty.text


def rows_of(draft: Draft) -> list[tuple[str, str, str, str]]:
    return [(row.category, row.title, row.content, "、".join(a.text for a in row.assignees)) for row in draft.rows]


def as_workbook(rows: list[tuple[str, str, str, str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "2023年泸州市江阳区政务公开重点任务分解表")
        sheet.merge_range(1, 0, 1, 1, "任 务 名 称")
        sheet.write_row(1, 2, ["具体任务内容", "责任\n单位"])
        start = 2
        while start < len(rows) + 2:
            category = rows[start - 2][0]
            end = start
            while end + 1 < len(rows) + 2 and rows[end - 1][0] == category:
                end += 1
            if end > start:
                sheet.merge_range(start, 0, end, 0, category)
            else:
                sheet.write(start, 0, category)
            start = end + 1
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 1, row[1:])
    return buffer.getvalue()


def as_document(rows: list[tuple[str, str, str, str]]) -> bytes:
    paper = docx.Document()
    paper.add_paragraph("2023年泸州市江阳区政务公开重点任务分解表")
    table = paper.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ["任务名称", "具体任务内容", "责任单位"], strict=True):
        cell.text = words
    category = ""
    for row in rows:
        if row[0] != category:
            category = row[0]
            line = table.add_row().cells
            line[0].merge(line[2]).text = category
        for cell, words in zip(table.add_row().cells, row[1:], strict=True):
            cell.text = words
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def as_page(rows: list[tuple[str, str, str, str]]) -> bytes:
    lines = ["<tr><th>序号</th><th>类别</th><th>工作任务</th><th>工作要求</th><th>责任单位</th></tr>"]
    for number, row in enumerate(rows, 1):
        first = number == 1 or rows[number - 2][0] != row[0]
        span = sum(other[0] == row[0] for other in rows)
        lines.append(
            f"<tr><td>{number}</td>"
            + (f'<td rowspan="{span}">{row[0]}</td>' if first else "")
            + "".join(f"<td><p>&nbsp;{cell}</p></td>" for cell in row[1:])
            + "</tr>"
        )
    page = '<meta charset="gb2312"><p>2023年政务公开重点任务分解表</p><table><tr><td><table>' + "".join(lines)
    return (page + "</table></td></tr></table>").encode("gb18030")


def as_csv(rows: list[tuple[str, str, str, str]]) -> bytes:
    lines = ["类别\t任务名称\t具体任务内容\t责任单位", *("\t".join(row) for row in rows)]
    return "\n".join(lines).encode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "write"), [("表.xlsx", as_workbook), ("表.docx", as_document), ("表.html", as_page), ("表.csv", as_csv)]
)
def test_the_same_table_reads_the_same_from_every_format(
    draft: Draft, names: UnitDirectory, name: str, write: Callable[[list[tuple[str, str, str, str]]], bytes]
) -> None:
    again = read_draft(read(write(rows_of(draft)), name), year=2023, directory=names)
    assert [tuple(map(squeezed, row)) for row in rows_of(again)] == [
        tuple(map(squeezed, row)) for row in rows_of(draft)
    ]
    assert again.summary.tokens == draft.summary.tokens
    assert again.summary.duties == draft.summary.duties
