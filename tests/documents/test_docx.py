"""Word documents give what a reader sees, whichever program wrote them and however the table is wrapped."""

from pathlib import Path

import docx
import pytest

from taizhang.documents.readers import read
from tests.documents.papers import HEAD, cell, control, paper, row, table, text, wide
from tests.plans.layouts import reading_of, saved

SAMPLES = Path(__file__).parent / "samples"


def units_of(data: bytes) -> list[tuple[str, str, str]]:
    return [(task.title, task.content, words) for task in reading_of(data, "表.docx").rows for _, words in task.units]


def test_insertions_count_and_deletions_do_not() -> None:
    inserted = '<w:ins w:id="1" w:author="a"><w:r><w:t>规划</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>预算</w:delText></w:r></w:del>'
    tracked = cell(f"<w:p><w:r><w:t>公开</w:t></w:r>{inserted}{deleted}</w:p>")
    gone = row("2", "删去的任务", "删。", "区教育局", properties='<w:del w:id="3" w:author="a"/>')
    data = paper(table(HEAD, row("1", tracked, "及时公开。", "区财政局"), gone))
    assert units_of(data) == [("公开规划", "及时公开。", "区财政局")]


def test_controls_around_tables_rows_cells_and_words_are_seen_through() -> None:
    task = row("1", control(cell("公开规划")), cell(control(text("及时公开。"))), "区财政局")
    assert units_of(paper(control(table(HEAD, control(task))))) == [("公开规划", "及时公开。", "区财政局")]


def test_links_breaks_and_hidden_words() -> None:
    link = "<w:hyperlink><w:r><w:t>《规划》</w:t></w:r></w:hyperlink>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"
    words = cell(f"<w:p><w:r><w:t>公开</w:t></w:r>{link}{hidden}<w:r><w:br/><w:t>并解读。</w:t></w:r></w:p>")
    assert units_of(paper(table(HEAD, row("1", "公开规划", words, "区财政局")))) == [
        ("公开规划", "公开《规划》\n并解读。", "区财政局")
    ]


def test_edges_that_do_not_meet_still_give_each_cell_its_column() -> None:
    head = row(cell("任务", wide(2)), cell("工作要求", wide(2)), cell("责任单位", wide(2)))
    rows = [
        row(cell("公开规划", wide(1)), cell("及时公开。", wide(4)), "区财政局"),
        row(cell("公开预算", wide(2)), cell("按时公开。", wide(3)), "区审计局"),
        row(cell("公开项目", wide(3)), cell("分期公开。", wide(2)), "区统计局"),
    ]
    assert units_of(paper(table(head, *rows))) == [
        ("公开规划", "及时公开。", "区财政局"),
        ("公开预算", "按时公开。", "区审计局"),
        ("公开项目", "分期公开。", "区统计局"),
    ]


def test_a_table_within_a_layout_table_is_the_table_of_tasks() -> None:
    inside = f"{text('一、主动公开')}{table(HEAD, row('1', '公开规划', '及时公开。', '区财政局'))}{text('')}"
    reading = reading_of(paper(table(row(cell(inside)))), "表.docx")
    (task,) = reading.rows
    assert (task.category, task.title, task.grid) == ("一、主动公开", "公开规划", 1)


def test_a_table_within_a_task_is_part_of_its_words() -> None:
    inner = cell(f"{text('公开下列内容：')}{table(row('项目', '数量'), row('甲', '3'))}{text('')}")
    tasks = units_of(paper(table(HEAD, row("1", "公开规划", inner, "区财政局"), row("2", "乙", "丙。", "区审计局"))))
    assert tasks == [("公开规划", "公开下列内容：\n项目\n数量\n甲\n3", "区财政局"), ("乙", "丙。", "区审计局")]


def test_numbers_that_word_writes_by_itself_are_read() -> None:
    made = docx.Document()
    for words in ("公开规划。（区发展改革局负责）", "公开预算。（区财政局负责）"):
        made.add_paragraph(words, style="List Number")
    assert read(saved(made), "表.docx").paragraphs == (
        "1.公开规划。（区发展改革局负责）",
        "2.公开预算。（区财政局负责）",
    )


def test_text_boxes_are_read_where_they_stand() -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>'
    box = f"<w:p><w:r><w:pict>{shape.format(text('一、主动公开'))}</v:shape></w:pict></w:r></w:p>"
    reading = reading_of(paper(box + table(HEAD, row("1", "公开规划", "及时公开。", "区财政局"))), "表.docx")
    assert [task.category for task in reading.rows] == ["一、主动公开"]


@pytest.mark.parametrize("name", ["libreoffice-from-odt.docx", "libreoffice.html"])
def test_a_document_saved_by_libreoffice_reads_as_the_one_word_saved(name: str) -> None:
    reading = reading_of((SAMPLES / name).read_bytes(), name)
    assert [(task.category, task.title, task.due, [words for _, words in task.units]) for task in reading.rows] == [
        ("一、主动公开", "公开规划", "6月底前", ["区发展改革局", "各街镇"]),
        ("一、主动公开", "公开项目", "6月底前", ["区发展改革局", "区住房城乡建设局"]),
        ("二、平台建设", "管好网站", "全年", ["区大数据局"]),
    ]
