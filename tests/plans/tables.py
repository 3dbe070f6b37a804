"""Tables of tasks as offices send them, made for the tests."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

HEADINGS = ("序号", "类别", "任务名称", "具体任务内容", "责任单位", "完成时限")
TITLE = "2023年江阳区政务公开重点任务分解表"
Line = tuple[str, str, str, str, str]
"""类别、任务名称、具体任务内容、责任单位、完成时限。"""


def table(lines: Sequence[Line], *, title: str = TITLE) -> bytes:
    """The same as csv, which needs no process of its own to be read."""
    rows = [(title,), HEADINGS, *((str(number), *line) for number, line in enumerate(lines, start=1))]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def workbook(lines: Sequence[Line], *, title: str = TITLE) -> bytes:
    """An xlsx with a title row over all columns, headings, and categories merged downwards."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("分解表")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title)
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(1, column, heading)
        start = 0
        for number, line in enumerate(lines):
            for column, value in enumerate((str(number + 1), *line)):
                if value and column != 1:
                    sheet.write_string(number + 2, column, value)
            if number + 1 == len(lines) or lines[number + 1][0] != line[0]:
                _merged(sheet, start + 2, number + 2, line[0])
                start = number + 1
    return buffer.getvalue()


def _merged(sheet: object, first: int, last: int, text: str) -> None:
    if first == last:
        sheet.write_string(first, 1, text)  # type: ignore[attr-defined]
    else:
        sheet.merge_range(first, 1, last, 1, text)  # type: ignore[attr-defined]


TOPICS = (
    ("财政预决算", "公开部门预算、决算与“三公”经费，附说明"),
    ("义务教育招生", "发布学区划分和入学条件，解答家长咨询"),
    ("重大建设项目", "批准结果、施工进度逐项上网"),
    ("环境监测", "每周通报空气和饮用水水源质量"),
    ("社会救助", "低保对象名单张贴到村，接受监督"),
    ("就业创业", "岗位信息汇集成册，送到园区企业"),
    ("食品抽检", "不合格产品及处置情况同步曝光"),
    ("养老服务", "机构名录连同收费标准一并列明"),
    ("征地补偿", "批文与补偿安置方案在所在村公示"),
    ("安全生产", "事故调查报告经批复后予以刊载"),
    ("公共文化", "图书馆、文化馆开放时间提前告知"),
    ("政务新媒体", "清理僵尸账号，规范备案手续"),
    ("政策解读", "文件印发后三个工作日内配发图解"),
    ("建议提案", "办理复函除涉密外均上专栏"),
)


def line(number: int, units: str, *, category: str = "一、主动公开", due: str = "") -> Line:
    """One task, unlike the thirteen after it."""
    topic, content = TOPICS[number % len(TOPICS)]
    return (category, f"{topic}公开（{number}）", f"{content}，年内不少于{number % 9 + 2}次。", units, due)
