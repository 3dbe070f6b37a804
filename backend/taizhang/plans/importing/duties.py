"""Duties (要求): what a sentence of a notice asks that can be checked, with its exact words. Patterns are data.

A suggestion for a person to confirm. Kinds as in the field's table: date, event, ratio, count, period, setup,
continuous, conditional, ban. Hard ones (with a number or a day) are looked for first; a clause gives one duty.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from taizhang.plans.importing.clauses import Clause, clauses
from taizhang.plans.importing.deadlines import WITHIN, find_deadlines, is_plausible, within
from taizhang.plans.importing.numerals import NUMBER, NUMERAL, narrowed, number_of


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """One suggested duty: ``content[start:end] == text``."""

    text: str
    start: int
    end: int
    kind: str
    due_on: date | None = None
    within: dict[str, object] | None = None
    threshold: dict[str, object] | None = None
    per: str | None = None
    trigger: str | None = None
    restored: bool = False
    plausible: bool = True


def find_duties(content: str, year: int) -> list[DutyDraft]:
    """The duties of a task's text, in order of appearance; at most one a clause."""
    found = (_duty(content, clause, year) for clause in clauses(content, year))
    return [duty for duty in found if duty is not None]


def _duty(content: str, clause: Clause, year: int) -> DutyDraft | None:
    text = content[clause.start : clause.end]
    if clause.told:
        return None
    plain = DutyDraft(text, clause.start, clause.end, "")
    narrow = narrowed(text)
    hard = _ratio(plain, narrow, year) or _event(plain, narrow) or _count(plain, narrow, year) or _date(plain, year)
    if hard is not None:
        return hard
    kind = None if clause.reason else _soft(_TITLE.sub("", text), case=clause.case)
    return replace(plain, kind=kind) if kind else None


# ---- ratios

_PERCENT = re.compile(rf"(?P<number>\d{{1,3}}(?:\.\d{{1,4}})?)\s*%|百分之(?P<words>{NUMERAL}{{1,5}})")
_MOST_BEFORE = re.compile(
    r"(?:不得?应?(?:高于|超过|大于)|(?<!不)(?<!不得)(?<!不应)(?:低于|小于)|≤|<=|控制在|降[到至]|压减[到至])$"
)
_LEAST_BEFORE = re.compile(
    r"(?:不[得应能]?(?:低于|少于|小于)|至少|达到?|≥|>=|超过|高于|保持(?:在|为)?|稳定在|提[高升][到至]|实现|做到|确保|[率比例重度])(?:为|在)?$"
)
_CHANGED = re.compile(r"(?:增长|提升|提高|上升|下降|降低|减少|增加|占)(?:了|约)?$")
_AFTER_ALL = re.compile(r"\s*(?:公开|答复|覆盖|办结|回应|落实|完成|达标|解读|审查|到位)")


def _ratio(plain: DutyDraft, text: str, year: int) -> DutyDraft | None:
    for found in _PERCENT.finditer(text):
        before, after = text[: found.start()].rstrip(), text[found.end() :]
        if _CHANGED.search(before):
            continue
        most = bool(_MOST_BEFORE.search(before)) or after.startswith(("以内", "以下"))
        least = _LEAST_BEFORE.search(before) or after.startswith(("以上", "及以上")) or _AFTER_ALL.match(after)
        if most or least:
            value = number_of(found["number"] or found["words"])
            threshold: dict[str, object] = {"op": "<=" if most else ">=", "value": value, "unit": "%"}
            return _dated(replace(plain, kind="ratio", threshold=threshold), year)
    return None


# ---- so long after an event

_AT_MOST = re.compile(
    rf"(?:不(?:得|应)?超过|最长|最多)\s*(?P<number>{NUMBER})\s*(?P<unit>个工作日|工作日|个自然日|个月|个?小时|日|天|周)(?!内|次)"
)
_NEARBY = re.compile(r"(?:近|最近|过去|未来|前|连续|每|第)\s*$")
_TRIGGER = re.compile(
    r"^(?:.*(?:自|(?<![存现所])在|从|(?<![对关属位])于)(?=.{2}))?(?P<event>.{2,}?)"
    r"(?:之日起|之后|以后|(?<!前)后|(?<=之日)起|之时起)[,，]?[^,，]{0,20}$"
)


def _event(plain: DutyDraft, text: str) -> DutyDraft | None:
    found = next((m for m in WITHIN.finditer(text) if not _NEARBY.search(text[: m.start()])), None)
    found = found or _AT_MOST.search(text)
    if found is None:
        return None
    trigger = _TRIGGER.match(text[: found.start()])
    words = plain.text[trigger.start("event") : trigger.end("event")].strip()[:200] if trigger else None
    return replace(plain, kind="event", within=within(found), trigger=words)


# ---- so many in a period

_PER = re.compile(
    r"每(?:一?(?P<each>年|季|周)度?|个?(?P<month>月)|(?P<half>半年)|个(?P<quarter>季)度)|(?P<whole>全年|年度?内|本年度?|当年)"
)
_PER_WORDS = {"年": "year", "季": "quarter", "月": "month", "周": "week", "半年": "half-year"}
_COUNTED = "期次|场次|人次|课时|学时|次|期|场|轮|遍|篇|条|件|份|项|个|部|例|批|家|名|人|日|天"
_COUNT = re.compile(
    rf"(?P<bound>至少|最少|不[得应能]?(?:少于|低于)|不[得应能]?(?:超过|多于))[^,，;；。\d]{{0,14}}?(?P<number>{NUMBER})\s*(?P<unit>{_COUNTED})"
)
_ABOVE = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>{_COUNTED})(?<![日天])(?:及?以上)")
_TIMES = re.compile(rf"(?<!第)(?P<number>{NUMBER})(?:[-—~～至到]{NUMBER})?\s*(?P<unit>次|场|期|轮|遍|篇|条)(?!性|元)")
_ONE_EACH = re.compile(r"每(?:年|季度?|月|周)一(?=[\u4e00-\u9fff])")


def _count(plain: DutyDraft, text: str, year: int) -> DutyDraft | None:
    per = _per(text)
    found = _COUNT.search(text) or _ABOVE.search(text) or (_TIMES.search(text) if per else None)
    if found is None:
        return None
    bound = found.groupdict().get("bound") or ""
    threshold: dict[str, object] = {
        "op": "<=" if bound.endswith(("超过", "多于")) else ">=",
        "value": number_of(found["number"]),
        "unit": found["unit"],
    }
    counted = replace(plain, kind="count", threshold=threshold, per=per)
    return counted if per else _dated(counted, year)


def _per(text: str) -> str | None:
    found = _PER.search(text)
    if found is None:
        return None
    word = found["each"] or found["month"] or found["half"] or found["quarter"]
    return _PER_WORDS[word] if word else "year"


# ---- days


def _date(plain: DutyDraft, year: int) -> DutyDraft | None:
    dated = _dated(plain, year)
    return replace(dated, kind="date") if dated.due_on else None


def _dated(plain: DutyDraft, year: int) -> DutyDraft:
    """The duty with the first deadline its words name."""
    days = find_deadlines(plain.text, year)
    if not days:
        return plain
    first = days[0]
    return replace(plain, due_on=first.on, restored=first.restored, plausible=is_plausible(first.on, year))


# ---- without a number

# Bounded, so that a long text is not tried from each of its places to its end.
_GAP = r"[^,，;；。]{0,80}?"
_OBJECT = (
    r"(?:机制|制度|办法|流程|体系|专区|专栏|知识库|数据库|文件库|台账|清单|样表|预案|程序|措施|目录|指南|规范|规程|标准|平台|细则|方案"
    r"|计划|查阅[点室]|模板|实施意见)(?!的|化|管理|要求|工作的)"
)
_SHOWN = r"(?:公开|公布|发布|公示|回应|更新|转载|解读|清理|推送|报送)"
_SOFT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "ban",
        re.compile(r"不得(?!不|低于|少于|小于|高于|超过|多于|大于)|杜绝|严禁|禁止|不允许|不准|避免出现|严防"),
    ),
    (
        "conditional",
        re.compile(r"^凡|依法公开滥用|(?<!目)的(?:应当|应(?![用急])|要(?![求点素件])|须|必须|一律|依法)(?=.{2})"),
    ),
    (
        "period",
        re.compile(
            r"(?<!不)定期|按(?:月|季度?|周|旬)[^,，]{0,4}(?:更新|公布|公开|公示|报送|通报|调度|发布)|每(?:个?月|半年|[一两二三四五\d]*(?:年|个?季度?|周))(?!龄|级)"
        ),
    ),
    (
        "setup",
        re.compile(
            r"^(?!.*严格(?:执行|落实)).*?"
            r"(?:建立|健全|完善|细化|制定|编制|修订|出台|形成|建设|设立|设置|开设|开通|搭建|构建|打造)"
            rf"{_GAP}{_OBJECT}|做好应急预案"
        ),
    ),
    (
        "continuous",
        re.compile(
            rf"(?:及时|主动|全面|依法|集中|动态|准确|同步|依规|按时|有序)[^,，;；。]{{0,6}}?{_SHOWN}(?!工作|意识|力度)|同步审签"
            rf"|(?:加强|推动|推进|做好|抓好|深化|提高){_GAP}"
            r"(?:(?<!依申请)公开(?!工作|意识|申请|指南|目录|条例|指导|促进|后|水平|力度|培训|改革|制度|栏|平台)"
            r"|发布(?!会)|推送|公示|公开度|覆盖度|监测|内容保障|解读(?!水平|的|能力)|赠阅|回应(?!能力|内容|实效))"
            rf"|向社会(?:公开|公布|公示)|加强对{_GAP}(?:指导|督促|监督)|公开(?:人才|政府|省)|严格(?:落实|执行){_GAP}制度|扎实高效解决|开展调研"
        ),
    ),
)


_TITLE = re.compile(r"《[^《》]*》")


def _soft(text: str, *, case: bool) -> str | None:
    kind = next((kind for kind, pattern in _SOFT if pattern.search(text)), None)
    return "conditional" if case and kind != "ban" else kind
