"""Facts (文字里的数): which phrase of the prose speaks of which cells of the tables, and how surely."""

import re
from dataclasses import dataclass
from functools import lru_cache

from taizhang.annual_reports.forms import Form
from taizhang.annual_reports.forms.official import ROW_LABELS


@dataclass(frozen=True, slots=True)
class Fact:
    """A phrase and the cells whose sum it states. ``sure`` is the match quality that makes a difference block."""

    name: str
    pattern: re.Pattern[str]
    trigger: str
    """Letters without which the phrase cannot match: looked for first, as it is a hundred times cheaper."""
    cells: tuple[str, ...]
    sure: bool
    standing: bool = False
    """The phrase says by itself that applications are meant; others need to stand among such words."""
    money: bool = False
    alternative: tuple[str, ...] = ()
    """A second sum the same words may honestly mean (受理 with or without last year's)."""


_REQUEST = r"(?:的?(?:政府)?信息公开|的?依申请公开)?(?:的)?(?:申请)?"
_DOCUMENT = r"(?:并公开|并发布|并公布)?了?(?:的)?(?:各类)?(?:行政)?规范性文件"
_MADE = r"(?:新?制定|新?制发|印发|出台|新制作)"

# (name, trigger, phrase, row or block of table 三, sure, standing)
_APPLICATIONS: tuple[tuple[str, str, str, str, bool, bool], ...] = (
    ("上年结转", "结转", rf"(?:上年度?|上一年度?|去年)结转{_REQUEST}", "r2", True, True),
    ("结转下年度", "转", r"(?:结转|转)(?:至|到|入)?(?:下年度?|下一年度?|次年)(?:继续)?(?:办理)?", "r4", True, True),
    ("结转下年度", "转", r"结转(?:至|到|入)20\d\d年度?(?:继续)?(?:办理)?", "r4", True, True),
    ("结转下年度", "延", r"(?:顺延|延续|延期)(?:至|到)(?:下年度?|下一年度?|次年)", "r4", False, False),
    ("结转下年度", "转", r"(?<![年度])结转", "r4", False, False),
    ("本年新收", "新", rf"(?:本年)?新(?:收|受理|收到|接收|增){_REQUEST}", "r1", True, True),
    ("本年新收", "申请", r"(?:收到|受理|接收|接到)[^，。；：、]{0,14}申请", "r1", False, True),
    ("办理结果总计", "办结", rf"办结{_REQUEST}", "r3.7", True, False),
    ("办理结果总计", "办理完", rf"办理完[结毕成]{_REQUEST}", "r3.7", True, False),
    ("办理结果总计", "答复", rf"答复{_REQUEST}", "r3.7", False, False),
    ("予以公开", "予以公开", r"(?<!不)予以公开", "r3.1", True, False),
    ("部分公开", "部分公开", r"部分公开", "r3.2", True, True),
    ("不予公开", "不予公开", r"不予公开", "r3.3", True, True),
    ("无法提供", "无法提供", r"无法提供", "r3.4", True, True),
    ("不予处理", "不予处理", r"不予处理", "r3.5", True, True),
    ("其他处理", "处理", r"其他(?:方式)?处理", "r3.6", True, False),
    ("属于国家秘密", "国家秘密", r"属于国家秘密", "r3.3.1", True, False),
    ("本机关不掌握相关政府信息", "不掌握", r"本机关不掌握(?:相关)?(?:政府)?信息", "r3.4.1", True, False),
    ("没有现成信息需要另行制作", "现成", r"没有现成信息(?:需要)?(?:另行制作)?", "r3.4.2", True, False),
    ("补正后申请内容仍不明确", "补正", r"补正后(?:申请内容)?仍不明确", "r3.4.3", True, False),
    ("信访举报投诉类申请", "信访", r"信访(?:举报)?投诉类申请", "r3.5.1", True, False),
    ("重复申请", "重复", r"(?<!反)重复申请", "r3.5.2", True, False),
)
_DISPUTES: tuple[tuple[str, str, str, tuple[str, ...], bool], ...] = (
    ("行政复议", "复议", r"行政复议(?:案件|申请)?", ("t4.review.total",), True),
    ("行政复议", "复议", r"(?<!行政)(?<!经)复议(?!后)(?:案件|申请)?", ("t4.review.total",), False),
    ("行政诉讼", "诉讼", r"行政诉讼(?:案件)?", ("t4.direct.total", "t4.after_review.total"), True),
    ("行政诉讼", "诉讼", r"(?<!行政)诉讼(?:案件)?", ("t4.direct.total", "t4.after_review.total"), False),
    ("未经复议直接起诉", "起诉", r"未经复议直接起诉", ("t4.direct.total",), True),
    ("复议后起诉", "诉", r"复议后(?:提起诉讼|起诉)", ("t4.after_review.total",), True),
)
_DISCLOSURE: tuple[tuple[str, str, str, str, bool], ...] = (
    ("行政规范性文件本年制发", "规范性文件", _MADE + _DOCUMENT, "t2.documents.issued", True),
    ("行政规范性文件本年制发", "规范性文件", rf"(?:发布|公开|公布){_DOCUMENT}", "t2.documents.issued", False),
    ("行政规范性文件本年废止", "规范性文件", rf"废止{_DOCUMENT}", "t2.documents.repealed", True),
    ("行政规范性文件现行有效", "规范性文件", rf"现行有效{_DOCUMENT}", "t2.documents.in_force", True),
    ("行政规范性文件现行有效", "规范性文件", rf"现行{_DOCUMENT}", "t2.documents.in_force", True),
    ("规章本年制发", "规章", _MADE + r"(?:政府)?规章", "t2.rules.issued", True),
    ("规章本年废止", "规章", r"废止(?:政府)?规章", "t2.rules.repealed", True),
    ("规章现行有效", "规章", r"现行有效(?:的)?(?:政府)?规章", "t2.rules.in_force", True),
    ("行政许可处理决定", "行政许可", r"行政许可(?:处理)?决定", "t2.licensing.decisions", True),
    ("行政许可处理决定", "行政许可", r"作出(?:各类)?行政许可", "t2.licensing.decisions", True),
    ("行政许可处理决定", "行政许可", r"行政许可(?!信息|事项|结果|目录)", "t2.licensing.decisions", False),
    ("行政处罚处理决定", "行政处罚", r"行政处罚(?:处理)?决定", "t2.penalties.decisions", True),
    ("行政处罚处理决定", "行政处罚", r"作出(?:各类)?行政处罚", "t2.penalties.decisions", True),
    ("行政处罚处理决定", "行政处罚", r"行政处罚(?!信息|事项|结果|目录)", "t2.penalties.decisions", False),
    ("行政强制处理决定", "行政强制", r"行政强制(?:处理)?决定", "t2.coercion.decisions", True),
    ("行政强制处理决定", "行政强制", r"(?:实施|采取)行政强制(?:措施)?", "t2.coercion.decisions", True),
    ("行政强制处理决定", "行政强制", r"行政强制(?!信息|事项|结果|目录)", "t2.coercion.decisions", False),
    ("行政事业性收费金额", "收费", r"行政事业性收费(?:的)?(?:总)?(?:金额|收入|额)?", "t2.fees.amount", True),
)


@lru_cache(maxsize=4)
def facts_of(form: Form) -> tuple[Fact, ...]:
    """The phrases whose cells this form has; the longer match wins where two begin together."""
    found = []
    for name, trigger, phrase, row, sure, standing in _APPLICATIONS:
        if cells := _totals(form, row):
            both = ("t3.r1.total", "t3.r2.total") if row == "r1" and not sure else ()
            found.append(Fact(name, re.compile(phrase), trigger, cells, sure, standing, alternative=both))
    for name, trigger, phrase, cells, sure in _DISPUTES:
        found.append(Fact(name, re.compile(phrase), trigger, cells, sure))
    for name, trigger, phrase, key, sure in _DISCLOSURE:
        if key in form.by_key:
            found.append(
                Fact(name, re.compile(phrase), trigger, (key,), sure, standing=True, money=key == "t2.fees.amount")
            )
    return tuple(found)


@lru_cache(maxsize=4)
def any_trigger(form: Form) -> re.Pattern[str]:
    """Whether a text can speak of any cell at all: most clauses with a number do not."""
    return re.compile("|".join(sorted({re.escape(fact.trigger) for fact in facts_of(form)})))


def _totals(form: Form, row: str) -> tuple[str, ...]:
    """The 总计 cells of a row, or of all rows under the head of a block."""
    if row in (*ROW_LABELS, *form.outcome_rows):
        return (f"t3.{row}.total",)
    return tuple(f"t3.{each}.total" for each in form.outcome_rows if each.startswith(f"{row}."))
