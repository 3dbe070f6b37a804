"""The indicators (指标定义) as data: what is divided by what, which way it must go, and which words bind a duty. Pure.

A plan's own number and day go before those given here (``goal_of``): what the notice says is what is owed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from taizhang.indicators.formulas import Direction, Goal, Shape, WhenZero
from taizhang.registers.kinds.column_checks import SITE_RULES
from taizhang.registers.kinds.consultations import DECISIONS
from taizhang.registers.kinds.interpretations import NOTICE
from taizhang.registers.kinds.public_opinion import LETTER_61, LETTER_80

ARTICLE_26 = "《政府信息公开条例》第二十六条"
ARTICLE_33 = "《政府信息公开条例》第三十三条"


class Level(StrEnum):
    """Whose rows a duty is judged by: each unit's own, or all of the government's (保密检查 is made once for all)."""

    UNIT = "unit"
    GOVERNMENT = "government"


@dataclass(frozen=True)
class Definition:
    """One indicator (指标). ``binds``: words of a duty judged by it; ``context``: a word its task must hold besides."""

    key: str
    name: str
    register: str
    shape: Shape
    direction: Direction
    target: int
    unit: str
    numerator: str
    denominator: str
    basis: str
    zero_words: str = "本年没有可以计算的事项，不适用"
    when_zero: WhenZero = WhenZero.NOT_APPLICABLE
    due: tuple[int, int] | None = None
    level: Level = Level.UNIT
    registers: tuple[str, ...] = ()
    binds: str | None = None
    context: str | None = None
    stock: bool = False
    version: int = 1

    @property
    def reads(self) -> tuple[str, ...]:
        """The registers whose entries count."""
        return (self.register, *self.registers)

    def due_on(self, year: int) -> date | None:
        """The day it must be reached by in a year, where it has one."""
        return date(year, *self.due) if self.due else None

    def goal(self, year: int, *, target: float | None = None, due_on: date | None = None) -> Goal:
        """What must be reached in a year; a plan's own number and day before the usual ones."""
        return Goal(
            shape=self.shape,
            direction=self.direction,
            target=Fraction(self.target if target is None else target).limit_denominator(10_000),
            unit=self.unit,
            due_on=(due_on or self.due_on(year)) if self.direction is Direction.BY_DATE else None,
            when_zero=self.when_zero,
            zero_words=self.zero_words,
        )


def own_target(definition: Definition, threshold: Mapping[str, Any] | None) -> float | None:
    """The number a duty itself names, where it is of the indicator's unit."""
    if not threshold or threshold.get("unit") != definition.unit:
        return None
    return float(threshold["value"])


def _ratio(key: str, name: str, register: str, target: int = 100, **rest: Any) -> Definition:
    rest.setdefault("direction", Direction.AT_LEAST)
    return Definition(key, name, register, Shape.RATIO, target=target, unit="%", **rest)


def _times(key: str, name: str, register: str, **rest: Any) -> Definition:
    rest.setdefault("due", (12, 31))
    return Definition(
        key, name, register, Shape.COUNT, Direction.BY_DATE, target=1, unit="次", denominator="——", **rest
    )


def _limit(key: str, name: str, register: str, target: int, unit: str, **rest: Any) -> Definition:
    shape = Shape.WORST if unit == "天" else Shape.COUNT
    rest.setdefault("denominator", "——")
    return Definition(key, name, register, shape, Direction.AT_MOST, target=target, unit=unit, **rest)


_ALL = (
    _ratio(
        "interpretation-diversity",
        "多元化解读比例",
        "interpretations",
        50,
        numerator="有文字以外解读形式的文件",
        denominator="以区政府、区政府办公室名义印发的政策性文件（解读台账与规范性文件台账合计，同一文件只计一次）",
        basis=NOTICE,
        zero_words="本年没有以区政府、区政府办公室名义印发的政策性文件，不适用",
        registers=("normative-documents",),
        binds="多元化解读",
    ),
    _limit(
        "interpretation-lag",
        "解读同步天数",
        "interpretations",
        0,
        "天",
        numerator="当天发布解读的文件",
        denominator="本年公开并登记解读的文件",
        basis=NOTICE,
        zero_words="本年没有登记解读的文件，不适用",
        binds="同步审签|同步发布",
    ),
    _ratio(
        "adoption-published",
        "意见采纳1个月内发布率",
        "consultations",
        numerator="结束后1个月内发布采纳情况的",
        denominator="已经发布或者已到期的征求意见",
        basis=f"{NOTICE}；{DECISIONS}",
        zero_words="本年没有到期的公开征求意见，不适用",
        binds="意见采纳",
    ),
    _ratio(
        "documents-searchable",
        "规范性文件统一查询",
        "normative-documents",
        direction=Direction.BY_DATE,
        due=(9, 30),
        numerator="已纳入统一查询的",
        denominator="现行有效的规范性文件（与年报表二现行有效件数同源）",
        basis=NOTICE,
        zero_words="没有现行有效的规范性文件，不适用",
        binds="规范性文件统一查询",
        stock=True,
    ),
    _ratio(
        "documents-in-time",
        "规范性文件按期公开率",
        "normative-documents",
        numerator="20个工作日内公开的",
        denominator="本年印发、已经公开或者已到期的",
        basis=ARTICLE_26,
        zero_words="本年没有到期的规范性文件，不适用",
    ),
    _ratio(
        "catalogue-coverage",
        "目录对照率",
        "catalogue-checks",
        direction=Direction.BY_DATE,
        due=(8, 31),
        numerator="已有公开内容的事项",
        denominator="目录事项（各领域最近一次对照）",
        basis=f"国办发〔2019〕54号；{NOTICE}",
        zero_words="没有登记目录对照",
        when_zero=WhenZero.NOT_KEPT,
        binds="对照.*目录",
    ),
    _times(
        "standard-spot-checks",
        "标准化工作抽查次数",
        "secrecy-inspections",
        due=(9, 30),
        numerator="本年的基层政务公开标准化抽查",
        basis=NOTICE,
        level=Level.GOVERNMENT,
        binds="抽查检查",
        context="目录",
    ),
    _ratio(
        "accessibility",
        "适老化与无障碍达标率",
        "column-checks",
        direction=Direction.BY_DATE,
        due=(12, 31),
        numerator="达到一级标准的站点",
        denominator="检测站点（最近一次检测）",
        basis=f"国办公开办函〔2021〕28号；GB/T 37668—2019；{NOTICE}",
        zero_words="没有登记适老化与无障碍检测",
        when_zero=WhenZero.NOT_KEPT,
        level=Level.GOVERNMENT,
        binds="一级标准率|适老化",
    ),
    _times(
        "trainings",
        "专题培训次数",
        "trainings",
        numerator="本年的政务公开专题培训",
        basis=f"《政府信息公开条例》第四十八条；{NOTICE}",
        binds="专题培训",
    ),
    _times(
        "secrecy-inspections",
        "保密专项检查次数",
        "secrecy-inspections",
        numerator="本年的保密专项检查",
        basis=f"《政府信息公开条例》第十七条；{NOTICE}",
        level=Level.GOVERNMENT,
        binds="专项检查",
        context="保密",
    ),
    _ratio(
        "answered-in-time",
        "答复按期率",
        "applications",
        numerator="按期答复的",
        denominator="本年办结的和已经逾期未办结的申请",
        basis=ARTICLE_33,
        zero_words="本年没有应当答复的申请，不适用",
        binds="依法.*答复",
    ),
    _ratio(
        "dispute-rate",
        "争议发生率",
        "reviews",
        0,
        direction=Direction.BELOW_LAST_YEAR,
        numerator="本年收到的行政复议、行政诉讼",
        denominator="本年办结的申请",
        basis=f"《政府信息公开条例》第五十一条；{NOTICE}",
        zero_words="本年没有办结的申请，不适用",
        registers=("lawsuits", "applications"),
    ),
    _ratio(
        "corrected-rate",
        "被纠错败诉率",
        "reviews",
        0,
        direction=Direction.BELOW_LAST_YEAR,
        numerator="结果纠正的",
        denominator="本年审结的行政复议、行政诉讼",
        basis=f"《政府信息公开条例》第五十一条；{NOTICE}",
        zero_words="本年没有审结的行政复议、行政诉讼，不适用",
        registers=("lawsuits",),
        binds="纠错",
    ),
    _ratio(
        "proposals-in-time",
        "建议提案办理结果公开率",
        "proposals",
        numerator="20个工作日内公开的",
        denominator="本年答复、已经公开或者已到期的（不公开的除外）",
        basis=f"国办发〔2014〕46号；{ARTICLE_26}",
        zero_words="本年没有到期的建议提案，不适用",
        binds="建议.*提案.*办理(?:结果|情况)",
    ),
    _limit(
        "media-idle",
        "新媒体距最近更新天数",
        "media-accounts",
        14,
        "天",
        numerator="14日内有更新的账号",
        denominator="在用的账号",
        basis=SITE_RULES,
        zero_words="没有在用的政务新媒体账号，不适用",
        stock=True,
    ),
    _limit(
        "media-unapproved",
        "未经审批账号数",
        "media-accounts",
        0,
        "个",
        numerator="批准之前就开设的账号",
        basis="国办发〔2018〕123号",
        binds="新账号.*审批备案",
        stock=True,
    ),
    _limit(
        "columns-stale",
        "动态、政策类栏目不更新个数",
        "column-checks",
        4,
        "个",
        numerator="动态要闻类超过2周、通知公告和政策文件类超过6个月没有更新的栏目",
        basis=f"{SITE_RULES}：合计达到5个的单项否决",
    ),
    _limit(
        "columns-blank",
        "空白栏目个数",
        "column-checks",
        4,
        "个",
        numerator="最近一次检查为空白的栏目",
        basis=f"{SITE_RULES}：达到5个的单项否决",
    ),
    _limit(
        "home-idle",
        "首页距最近更新天数",
        "column-checks",
        14,
        "天",
        numerator="检查时14日内有更新的首页",
        denominator="检查过的首页（最近一次）",
        basis=f"{SITE_RULES}：首页2周未更新的单项否决",
        zero_words="没有登记首页检查，不适用",
    ),
    _limit(
        "concerns-unanswered",
        "超过3个月未答复件数",
        "public-concerns",
        0,
        "件",
        numerator="来件超过3个月没有答复的",
        basis=f"{SITE_RULES}：有效留言超过3个月未答复的单项否决",
        stock=True,
    ),
    _ratio(
        "opinion-in-time",
        "舆情按时回应率",
        "public-opinion",
        numerator="各步都按时的",
        denominator="本年发现、已经回应或者已到时限的舆情",
        basis=f"{LETTER_61}；{LETTER_80}",
        zero_words="本年没有到时限的政务舆情，不适用",
    ),
    _ratio(
        "gazette-coverage",
        "公报场所覆盖率",
        "gazettes",
        numerator="已投放的场所（各期合计）",
        denominator="应投放的场所（各期合计）",
        basis="《政府信息公开条例》第二十五条；国办发〔2018〕22号",
        zero_words="本年没有登记公报投放",
        when_zero=WhenZero.NOT_KEPT,
    ),
)

INDICATORS: dict[str, Definition] = {definition.key: definition for definition in _ALL}


def bound(text: str, around: str) -> Definition | None:
    """The indicator a duty's words call for; ``around`` is the task's text, where some duties have their subject."""
    for definition in INDICATORS.values():
        if definition.binds is None or not re.search(definition.binds, text):
            continue
        if definition.context is None or definition.context in around:
            return definition
    return None
