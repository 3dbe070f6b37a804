"""Findings (核对发现) and the catalogue of checks (勾稽关系). The letters are those of the catalogue in docs/api.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.annual_reports.forms import Figures, Form


class Level(StrEnum):
    """Whether a report may go on with it: not at all, or with a note."""

    BLOCK = "block"
    WARN = "warn"


class Part(StrEnum):
    """The parts of a report that are prose."""

    OVERVIEW = "overview"
    PROBLEMS = "problems"
    OTHER = "other"


PART_WORDS = {
    Part.OVERVIEW: "第一部分（总体情况）",
    Part.PROBLEMS: "第五部分（存在的主要问题及改进情况）",
    Part.OTHER: "第六部分（其他需要报告的事项）",
}
Texts = Mapping[Part, str | None]


class Scope(StrEnum):
    """Whose report: one organ's own, or a government's with all its organs in it."""

    ORGAN = "organ"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. ``needs`` says what it compares with beyond the report itself."""

    id: str
    title: str
    level: Level
    needs: str = ""


_BLOCK, _WARN = Level.BLOCK, Level.WARN
CATALOGUE: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("A1", "本年新收 + 上年结转 = 办理结果总计 + 结转下年度，逐列", _BLOCK),
        Rule("A2", "办理结果总计 = 各项办理结果之和，逐列", _BLOCK),
        Rule("A3", "自然人与法人或其他组织各列之和 = 总计，逐行", _BLOCK),
        Rule("A4", "每格都填，没有填 0", _BLOCK),
        Rule("A5", "上年结转 = 上年报告的结转下年度，逐列", _BLOCK, "上年数字"),
        Rule("A6", "单位撤并的，上年结转 = 本单位与被撤并单位上年的结转下年度之和，逐列", _BLOCK, "撤并单位上年数字"),
        Rule("B1", "结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计，三类各算", _BLOCK),
        Rule("B2", "上年尚未审结的，本年应再出现", _WARN, "上年数字"),
        Rule("B3", "复议后起诉不多于本年与上年审结的行政复议", _WARN, "上年数字"),
        Rule("B4", "有复议、诉讼而没有申请", _WARN),
        Rule("C1", "现行有效 = 上年现行有效 + 本年制发 - 本年废止", _WARN, "上年数字"),
        Rule("C2", "本年废止不多于上年现行有效 + 本年制发", _BLOCK, "上年数字"),
        Rule("C3", "区县及以下没有规章制定权", _WARN),
        Rule("C4", "收费金额以万元计，较上年相差千倍", _WARN, "上年数字"),
        Rule("C5", "行政许可、行政处罚、行政强制与上年有无不同", _WARN, "上年数字"),
        Rule("D1", "本级政府各格 = 编制范围内各份报告之和 + 调整（表二可有差异，须说明）", _BLOCK, "下级报告"),
        Rule("D2", "汇总前，编制范围内的报告都已通过", _BLOCK, "下级报告"),
        Rule("D3", "本级政府的上年结转 = 本级政府上年报告的结转下年度，逐列", _BLOCK, "上年数字"),
        Rule("E1", "文字中的数与表中的数一致", _BLOCK, "正文"),
        Rule("E2", "年份一致，没有遗留上年数字", _WARN, "正文"),
        Rule("E3", "第一、五部分与上年、与其他单位不雷同", _WARN, "正文与上年正文、其他单位正文"),
        Rule("E4", "考核、社会评议、责任追究结果，信息处理费，要点落实情况都要写到", _BLOCK, "正文"),
        Rule("F1", "表三与依申请公开台账一致；表二、表四与台账不一致的，须说明", _BLOCK, "台账"),
        Rule("F2", "结转下年度中没有逾期未答复的", _WARN, "台账"),
        Rule("G1", "信息处理费：收取不多于通知，未缴费不再处理不多于发出通知", _WARN, "信息处理费"),
    )
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words a finding is about, and the words they are like."""

    part: Part
    text: str
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to set an equation right: in words, and the cells as they would then stand, sums that follow included."""

    words: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``left`` and ``right`` are the two sides as they stand; money is in 万元."""

    rule: str
    level: Level
    cells: tuple[str, ...]
    message: str
    left: int | str | None = None
    right: int | str | None = None
    repair: str | None = None
    passages: tuple[Passage, ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessingFees:
    """信息处理费 of the year: notices sent, 分 notified, 分 received (国办函〔2020〕109号)."""

    notices: int
    notified: int
    received: int


@dataclass(frozen=True)
class Peer:
    """Another unit's report of the same year, as far as its words go."""

    unit_name: str
    texts: Texts


@dataclass(frozen=True)
class Ledger:
    """What the ledger knows of a stored report beyond the report itself."""

    merged: tuple[Figures, ...] = ()
    """Last year's figures of units merged into this one since (A6)."""
    lines: Figures = field(default_factory=dict)
    """What signed lines add to a cell: a carried-over or summed-up cell is right with them."""
    summed: Figures | None = None
    """The sum of the reports below, for a government's (D1)."""
    missing: tuple[str, ...] = ()
    """Units whose report is not in that sum and should be (D2)."""
    recounted: Figures | None = None
    """The cells the unit's registers tell, as counted from them (F1)."""
    overdue: tuple[str, ...] = ()
    """Cases still open at the year's end whose term had run out by then (F2)."""
    peers: tuple[Peer, ...] = ()
    """Other units' words (E3)."""


@dataclass(frozen=True)
class Report:
    """What is checked, and what it is compared with."""

    form: Form
    year: int
    figures: Figures
    scope: Scope = Scope.ORGAN
    texts: Texts | None = None
    previous: Figures | None = None
    previous_texts: Texts = field(default_factory=dict)
    fees: ProcessingFees | None = None
    ledger: Ledger | None = None
    makes_rules: bool = False
    """Whether it may make 规章: from 设区的市 upwards."""
