"""Role words (牵头、配合、负责): after a run of units, before it, in brackets, or as a mark. Data and patterns."""

import re
from dataclasses import dataclass
from typing import Literal

from taizhang.plans.importing.names import BRACKETS

Role = Literal["lead", "support", "responsible"]

_LEAD = ("牵头", "主办", "主责", "抓总")
_ADVISING = ("指导", "督促", "监督")
_SUPPORT = ("配合", "协办", "会办", "参与", "参加", "协助", "协同", "支持", *_ADVISING)
_RESPONSIBLE = (
    "负责",
    "落实",
    "实施",
    "承办",
    "办理",
    "推进",
    "执行",
    "完成",
    "统筹",
    "协调",
    "主抓",
    "负总责",
    "汇总",
)
_NAMED = ("牵头", "主办", "配合", "协办", "会办", "参与", "责任")
_ADVERBS = (
    *(
        "等",
        "均",
        "都",
        "要",
        "应",
        "须",
        "分别",
        "共同",
        "联合",
        "各自",
        "具体",
        "积极",
        "密切",
        "主动",
        "全力",
        "统一",
    ),
    *(
        "作为",
        "为主",
        "为",
        "是",
        "做好",
        "抓好",
        "抓",
        "和",
        "并",
        "总",
        "工作",
        "按照分工",
        "按分工",
        "分工",
        "各负其责",
    ),
    *("各司其职", "持续", "长期", "常态化", "全面", "组织(?=实施|落实|推进|开展)"),
    "(?:按照?|依据|根据|依)?(?:各自)?的?(?:职责|职能|权限)(?:职责)?和?(?:权限|分工|范围)?",
)
_VERBS = (
    "做好(?:相关|有关|各项)工作",
    "长期坚持",
    *(f"{word}(?:单位|部门)" for word in _NAMED),
    *_LEAD,
    *_SUPPORT,
    *_RESPONSIBLE,
)
# Atomic, so that a long run of role words is read in one way only.
_TAIL = re.compile(rf"(?>{'|'.join((*_VERBS, *_ADVERBS))})+$")
_TELLING = re.compile("|".join((*_VERBS, "职责", "分工", "各负其责", "各司其职", "为主")))
_NOUN = r"(?:责任)?(?:单位|部门|处室|科室|股室|机构|主体|机关|领导|人)?"
_LABELS = "牵头|主办|主责|第一责任|责任|配合|协办|会办|参与|参加|协同|协助|支持|承办|落实|实施|指导|负责"
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:[【\[(（〔](?P<boxed>{_LABELS}){_NOUN}[】\])）〕]\s*[:：]?|(?P<word>{_LABELS}){_NOUN}\s*[:：]"
    r"|(?P<bare>牵头|主办|责任|配合|协办|会办|承办)(?:责任)?(?:单位|部门)(?=\s*\n|\s+\S|[^\s:：,，、;；。()（）为]))"
)
# A role in brackets on the line below its unit.
_BELOW = re.compile(rf"\s+(?=[(（](?:{_LABELS}){_NOUN}[)）])")
_BOXED_LAST = re.compile(rf"[(（](?:{_LABELS}){_NOUN}[)）]\s*$")
_PERSON = re.compile(
    r"(?:责任人|负责人|联系人|联络员|联络人|经办人|(?:分管|责任|牵头|包保|挂联|主要)领导|(?:联系)?(?:电话|方式))\s*[:：]"
)
_LABEL_ROLES: dict[str, Role] = {"牵头": "lead", "主办": "lead", "主责": "lead"}
_LABEL_ROLES |= dict.fromkeys(("配合", "协办", "会办", "参与", "参加", "协同", "协助", "支持", "指导"), "support")
_HINT = re.compile(
    r"[（(【\[〔]?(?:注[:：]?)?(?:排|列|排名|排序)?(?:在)?(?:第一|首)(?:位|个|名)?的?(?:单位|部门)?(?:为|是|系)牵头(?:责任)?(?:单位|部门)?"
    r"(?:[,，；;]?(?P<others>其[他它余](?:的)?(?:单位|部门)?(?:为|是)?配合(?:单位|部门)?))?[）)】\]〕]?"
)
# 各责任单位 and 有关承办单位 are collective words, not roles.
_NO_NAME = re.compile(r"^(?:各|有关|相关|其他|本)+$")
MARK = re.compile(r"[*＊★☆▲△●◆#]+")


@dataclass(frozen=True, slots=True)
class Tail:
    """Role words at the end of a phrase: where they begin, the role, and what a person should know."""

    start: int
    role: Role
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of a cell under one label; ``role`` None before any label."""

    start: int
    end: int
    role: Role | None


def tail_of(text: str) -> Tail | None:
    """The role words a phrase ends with (…牵头, …按职责分工负责)."""
    found = _TAIL.search(text)
    if not found or not _TELLING.search(found[0]) or _NO_NAME.match(text[: found.start()]):
        return None
    return Tail(found.start(), *_role(found[0]))


def role_in_brackets(inner: str) -> Role | None:
    """The role of （牵头）, （配合单位）; None if anything but role words stands in the bracket."""
    text = inner.strip(" 　").translate(BRACKETS)
    found = _TAIL.match(text)
    return _role(text)[0] if found and _TELLING.search(text) else None


def labelled(text: str) -> list[Labelled]:
    """The stretches of a cell by their labels (牵头单位：…；配合单位：…); people's names are left out."""
    marks: list[tuple[int, int, Role | None, bool]] = [(0, 0, None, True)]
    people = [(found.start(), found.end()) for found in _PERSON.finditer(text)]
    marks += [(start, end, None, False) for start, end in people]
    for found in _LABEL.finditer(text):
        if any(found.start() < end and start < found.end() for start, end in people):
            continue
        role = _LABEL_ROLES.get(found["boxed"] or found["word"] or found["bare"], "responsible")
        marks.append((found.start(), found.end(), role, True))
    marks.sort()
    ends = [start for start, *_ in marks[1:]] + [len(text)]
    return [
        Labelled(begins, end, role)
        for (_, begins, role, names_units), end in zip(marks, ends, strict=True)
        if names_units and begins < end
    ]


def brackets_drawn_up(text: str) -> str:
    """The text with （牵头） drawn up behind its unit, where such brackets stand on lines of their own."""
    return _BELOW.sub("", text) if _BOXED_LAST.search(text) else text


def first_leads(text: str) -> tuple[str, bool, bool]:
    """The text with 列第一位的为牵头单位 blanked, whether that stood there, and whether the rest then support."""
    found = _HINT.search(text)
    if not found:
        return text, False, False
    return text[: found.start()] + " " * len(found[0]) + text[found.end() :], True, bool(found["others"])


def _role(words: str) -> tuple[Role, str | None]:
    if any(word in words for word in _LEAD):
        return "lead", None
    advising = next((word for word in _ADVISING if word in words), None)
    if any(word in words for word in _SUPPORT):
        return "support", f"原文为“{advising}”" if advising else None
    return "responsible", None
