"""The printed report (成文的年度报告): what every format is made from, and what all of them must say alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.forms import CellKind, Figures, Form, Place, TableSpec
from taizhang.annual_reports.forms.official import DISCLOSURE_2019, DISCLOSURE_2021

# The six parts under their official headings (国办公开办函〔2021〕30号): each is prose, or a table of the form.
SECTIONS: tuple[tuple[str, str, Part | str], ...] = (
    ("一", "总体情况", Part.OVERVIEW),
    ("二", "主动公开政府信息情况", "t2"),
    ("三", "收到和处理政府信息公开申请情况", "t3"),
    ("四", "政府信息公开行政复议、行政诉讼情况", "t4"),
    ("五", "存在的主要问题及改进情况", Part.PROBLEMS),
    ("六", "其他需要报告的事项", Part.OTHER),
)
UNPUBLISHED = "内部稿，尚未发布"
# A money column that does not say so itself says it in brackets, as 本年收费金额（单位：万元） does.
_MONEY_HEADS = {
    label
    for blocks in (DISCLOSURE_2019, DISCLOSURE_2021)
    for _, heads, _ in blocks
    for _, label, kind in heads
    if kind is CellKind.MONEY and "万元" not in label
}
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）")


@dataclass(frozen=True)
class PrintedReport:
    """A report as it goes out. ``published_on`` is None for what is not public, and every format then says so.

    ``figures`` are as stored: ``None`` is blank, money in 分.
    """

    unit_name: str
    unit_code: str
    year: int
    scope: Scope
    form: Form
    figures: Figures
    texts: Mapping[Part, str | None]
    version: int = 1
    published_on: date | None = None

    @property
    def title(self) -> str:
        return f"{self.unit_name}{self.year}年政府信息公开工作年度报告"

    @property
    def notice(self) -> str | None:
        """What a copy that is not public says of itself."""
        return None if self.published_on else UNPUBLISHED

    @property
    def date_words(self) -> str | None:
        on = self.published_on
        return f"{on.year}年{on.month}月{on.day}日" if on else None

    def table(self, slug: str) -> TableSpec:
        """One of the three tables."""
        return next(table for table in self.form.tables if table.slug == slug)

    def lines(self, part: Part) -> list[str]:
        """The paragraphs of a part."""
        return [line for line in (self.texts.get(part) or "").split("\n") if line.strip()]


def label_of(place: Place) -> str:
    """The words of a label as printed."""
    return f"{place.text}（单位：万元）" if place.text in _MONEY_HEADS else place.text


def split_subheading(line: str) -> tuple[str, str]:
    """（一）主动公开。公开信息三百余条。 as its heading and the rest; a line that has none is all rest."""
    if _SUBHEADING.match(line) is None:
        return "", line
    end = line.find("。") + 1
    if end == 0:
        return (line, "") if len(line) <= 40 else ("", line)
    return (line[:end], line[end:]) if end <= 40 else ("", line)
