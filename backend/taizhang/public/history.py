"""History (历年比较): the cells people compare over the years, and a chart of them. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.annual_reports.forms import Figures

# What is compared, and the cells it is the sum of: 不予公开 and what follows it are heads without a number of their
# own.
_REFUSED = tuple(f"t3.r3.3.{number}.total" for number in range(1, 9))
_UNAVAILABLE = tuple(f"t3.r3.4.{number}.total" for number in range(1, 4))
_UNPROCESSED = tuple(f"t3.r3.5.{number}.total" for number in range(1, 6))
MEASURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("本年新收申请", ("t3.r1.total",)),
    ("上年结转", ("t3.r2.total",)),
    ("予以公开", ("t3.r3.1.total",)),
    ("部分公开", ("t3.r3.2.total",)),
    ("不予公开", _REFUSED),
    ("无法提供", _UNAVAILABLE),
    ("不予处理", _UNPROCESSED),
    ("办理结果总计", ("t3.r3.7.total",)),
    ("结转下年度", ("t3.r4.total",)),
    ("行政复议", ("t4.review.total",)),
    ("行政诉讼", ("t4.direct.total", "t4.after_review.total")),
    ("现行有效行政规范性文件", ("t2.documents.in_force",)),
    ("行政许可决定", ("t2.licensing.decisions",)),
    ("行政处罚决定", ("t2.penalties.decisions",)),
)
CHARTED = ("本年新收申请", "办理结果总计")


class Measure(NamedTuple):
    """One thing over the years; None where a year's form has no such cell, or it is blank."""

    label: str
    values: list[int | None]


class Bar(NamedTuple):
    """A bar of the chart in its own units: where it stands, how tall it is, what it says."""

    x: int
    y: int
    height: int
    value: int
    series: int


class Chart(NamedTuple):
    """Bars by year, two a year."""

    width: int
    height: int
    bars: list[Bar]
    years: list[tuple[int, int]]
    said: str


STEP, BAR, TOP, BASE = 120, 36, 30, 200


def compared(figures: Sequence[Figures]) -> list[Measure]:
    """Every measure over the years, those that no year has left out."""
    found = [Measure(label, [_sum(each, cells) for each in figures]) for label, cells in MEASURES]
    return [measure for measure in found if any(value is not None for value in measure.values)]


def _sum(figures: Figures, cells: tuple[str, ...]) -> int | None:
    values = [figures.get(cell) for cell in cells]
    return None if None in values else sum(value for value in values if value is not None)


def chart(years: Sequence[int], measures: Sequence[Measure]) -> Chart | None:
    """How many applications came in and were dealt with, or None for fewer than two years."""
    if len(years) < 2:
        return None
    series = [measure for measure in measures if measure.label in CHARTED]
    tallest = max((value for measure in series for value in measure.values if value), default=1)
    bars = []
    for number, measure in enumerate(series):
        for place, value in enumerate(measure.values):
            if value is None:
                continue
            height = round(value / tallest * (BASE - TOP))
            bars.append(Bar(20 + place * STEP + number * (BAR + 4), BASE - height, height, value, number))
    said = "；".join(
        f"{year}年" + "、".join(f"{m.label} {m.values[place]}" for m in series if m.values[place] is not None)
        for place, year in enumerate(years)
    )
    named = [(20 + place * STEP + BAR + 2, year) for place, year in enumerate(years)]
    return Chart(len(years) * STEP, BASE + 30, bars, named, said)
