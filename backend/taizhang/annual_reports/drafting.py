"""Drafting (文字起草): parts 一, 五 and 六 from what is known, to be gone on with. Pure.

Part 一 says what reports in 泸州 say of the five aspects, in their order; a clause whose number is not known is left
out rather than guessed. Where a person must write something, the draft says so in 【】, and the check finds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.annual_reports.checks.findings import Part, Scope

BLOCKS = (
    ("r3.1", "予以公开"),
    ("r3.2", "部分公开"),
    ("r3.3", "不予公开"),
    ("r3.4", "无法提供"),
    ("r3.5", "不予处理"),
    ("r3.6", "其他处理"),
)
MOST_TASKS = 30
Numbers = Mapping[str, int | None]


class Task(NamedTuple):
    """One task of the year's plan as this unit did it, with the last words the office accepted."""

    title: str
    completed: bool
    progress: str


@dataclass(frozen=True, slots=True)
class Achieved:
    """年度重点任务落实情况: the plans, how many tasks and how many done, what was accepted of them."""

    plans: Sequence[str] = ()
    tasks: int = 0
    completed: int = 0
    told: Sequence[Task] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What the words are made of."""

    year: int
    scope: Scope
    facts: Numbers
    figures: Numbers
    last_problems: str | None
    achieved: Achieved


def sections(material: Material) -> dict[Part, str | None]:
    """The three parts."""
    return {
        Part.OVERVIEW: "\n".join(_overview(material)),
        Part.PROBLEMS: _problems(material),
        Part.OTHER: "\n".join(_other(material)),
    }


def _overview(material: Material) -> Iterator[str]:
    year, facts, figures = material.year, material.facts, material.figures
    yield (
        "根据《中华人民共和国政府信息公开条例》《中华人民共和国政府信息公开工作年度报告格式》"
        "（国办公开办函〔2021〕30号）编制本报告。全文包括总体情况、主动公开政府信息情况、"
        "收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、"
        f"其他需要报告的事项6个部分。统计期为{year}年1月1日至{year}年12月31日。"
    )
    yield "（一）主动公开"
    yield from _numbered(_published(facts), _answered(facts), _explained(facts, figures))
    yield "（二）依申请公开"
    yield from filter(None, (_applied(figures), _disputed(figures)))
    yield "（三）政府信息管理"
    yield from filter(None, (_documents(figures), _clauses(facts, ("clearings.removed", "清理过时、失效信息{}条"))))
    yield "（四）政府信息公开平台建设"
    yield from filter(
        None,
        (_clauses(facts, ("media.accounts", "运行政务新媒体账号{}个"), ("columns.checked", "检查专题专栏{}次")),),
    )
    yield "（五）监督保障"
    yield from filter(
        None, (_clauses(facts, ("trainings.held", "组织政务公开培训{}次"), ("trainings.people", "参加{}人次")),)
    )


def _numbered(*sentences: tuple[str, str | None]) -> Iterator[str]:
    known = [(head, words) for head, words in sentences if words]
    for number, (head, words) in enumerate(known, start=1):
        yield f"{number}.{head}。{words}"


def _clauses(numbers: Numbers, *clauses: tuple[str, str]) -> str | None:
    """The clauses whose number is known, as one sentence."""
    words = [clause.format(numbers[key]) for key, clause in clauses if numbers.get(key) is not None]
    return "，".join(words) + "。" if words else None


def _published(facts: Numbers) -> tuple[str, str | None]:
    words = _clauses(
        facts,
        ("info.total", "累计公开政府信息{}条（不含政务服务、企业信用等专业平台发布的数据）"),
        ("info.site", "其中政府网站公开{}条"),
        ("info.media", "政务新媒体公开{}条"),
        ("info.traditional", "报刊、电视、公示栏等传统载体公开{}条"),
    )
    return "信息发布情况", words


def _answered(facts: Numbers) -> tuple[str, str | None]:
    words = _clauses(
        facts,
        ("concerns.hotline", "办理12345热线来件{}件"),
        ("concerns.site", "办理网站留言、领导信箱来件{}件"),
        ("concerns.national", "办理人民网、问政四川等来件{}件"),
        ("concerns.visit", "办理来信来访{}件"),
        ("proposals.deputy", "答复人大代表建议{}件"),
        ("proposals.member", "答复政协提案{}件"),
        ("consultations.held", "开展网上意见征集{}期"),
    )
    return "回应关切情况", words


def _explained(facts: Numbers, figures: Numbers) -> tuple[str, str | None]:
    numbers = {**facts, "issued": figures.get("t2.documents.issued")}
    words = _clauses(
        numbers,
        ("issued", "新制发行政规范性文件{}件"),
        ("interpretations.published", "发布政策解读信息{}条"),
        ("interpretations.varied", "其中图解、视频等多元化形式{}条"),
    )
    return "政策解读情况", words


def _applied(figures: Numbers) -> str | None:
    rows = {row: figures.get(f"t3.{row}.total") for row in ("r1", "r2", "r3.7", "r4")}
    words = _clauses(
        rows,
        ("r1", "本年新收政府信息公开申请{}件"),
        ("r2", "上年结转{}件"),
        ("r3.7", "办结{}件"),
        ("r4", "结转下年度{}件"),
    )
    if words is None:
        return None
    results = [(name, _block(figures, row)) for row, name in BLOCKS]
    told = "、".join(f"{name}{number}件" for name, number in results if number)
    return f"{words[:-1]}。办结的申请中，{told}。" if told else words


def _block(figures: Numbers, block: str) -> int:
    return sum(
        value or 0 for key, value in figures.items() if key.startswith(f"t3.{block}.") and key.endswith(".total")
    )


def _disputed(figures: Numbers) -> str | None:
    review, direct, after = (figures.get(f"t4.{kind}.total") for kind in ("review", "direct", "after_review"))
    if review is None or direct is None or after is None:
        return None
    return f"政府信息公开行政复议{review}件，行政诉讼{direct + after}件。"


def _documents(figures: Numbers) -> str | None:
    return _clauses(
        figures,
        ("t2.documents.in_force", "现行有效行政规范性文件{}件"),
        ("t2.documents.repealed", "本年废止行政规范性文件{}件"),
    )


def _problems(material: Material) -> str | None:
    if not material.last_problems:
        return None
    quoted = material.last_problems.strip().replace("\n", "")
    return (
        f"上年报告所列问题的改进情况：上年提出“{quoted}”【请写明改进情况】\n本年度存在的主要问题及改进措施：【请填写】"
    )


def _other(material: Material) -> Iterator[str]:
    yield f"（一）信息处理费收取情况。{_fees(material.facts)}"
    yield from _achieved(material)
    yield "（三）其他需要报告的事项。无。"


def _fees(facts: Numbers) -> str:
    notices, notified, received = (facts.get(f"fees.{name}") or 0 for name in ("notices", "notified", "received"))
    if not notices:
        return "本年度未收取信息处理费。"
    return f"本年度发出收费通知{notices}件，通知收取信息处理费{notified:,}元，实际收取信息处理费{received:,}元。"


def _achieved(material: Material) -> Iterator[str]:
    achieved = material.achieved
    head = "（二）年度重点任务落实情况。"
    if not achieved.plans:
        yield f"{head}【请写明{material.year}年政务公开工作要点的落实情况】"
        return
    whose = "各单位承担" if material.scope is Scope.GOVERNMENT else "承担"
    named = "".join(f"《{plan}》" for plan in achieved.plans)
    yield f"{head}对照{named}，{whose}重点任务{achieved.tasks}项，已完成{achieved.completed}项。"
    for number, task in enumerate(achieved.told[:MOST_TASKS], start=1):
        yield f"{number}.{task.title}。{task.progress.strip()}"
