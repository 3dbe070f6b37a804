"""Lines that are no tasks (非任务行): page furniture, totals, who filled the table in, notes under it."""

import re

from taizhang.documents.words import squeezed

_FURNITURE = re.compile(
    r"第?\d{1,4}页.*|共\d{1,4}页|[-—–－·]{1,2}\d{1,4}[-—–－·]{1,2}|\d{1,3}[/／]\d{1,3}|[(（]?(?:接|续)?(?:续|上)?(?:上?表|上页)[)）]?|[(（]续[)）]"
    r"|扫一扫.*|打印(?:本页)?|关闭(?:窗口)?|分享.*|[上下]一[篇条][:：]?.*|返回.*|相关(?:链接|阅读|文档).*|【?.{0,6}字[体号][:：].*"
    r"|当前位置[:：].*|您的位置[:：].*|浏览次数.*|来源[:：].*|发布(?:时间|日期)[:：].*|附件\d*[:：]?|此件.*公开(?:发布)?|page\d+.*"
    r"|单位[:：](?:万元|元|个|件|次).*|以下空白|[(（]?此页无正文[)）]?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:合计|总计|共计|小计|总数).{0,20}")
_FILLED_IN = re.compile(
    r"(?:制表|填表|填报|审核|审批|复核|签发|经办|联系)(?:人|单位|日期|时间|电话|人签字)?[:：].*|(?:单位|主要|分管)?负责人(?:签字)?[:：].*"
    r"|联系(?:人|电话)[:：]?.*|(?:单位)?[(（]?(?:盖章|公章|签章)[)）]?.*|日期[:：].*"
)
_DATE = re.compile(r"(?:二[〇○零Oo]|20).{2,4}年.{1,3}月(?:.{1,3}日)?")
_TITLE = re.compile(
    r".*(?:任务|责任|分工|工作|重点).{0,10}(?:表|清单|方案|台账|一览|计划)(?:[(（].*[)）])?|.*(?:关于|印发).*通知|附件.{0,4}"
)
_NOTE = re.compile(r"^[（(【]?(?:备注|注释|附注|填表说明|填报说明|说明|注)\d{0,2}[】)）]?(?:[:：.．、]|$)|^[※*＊★]")


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the document."""
    return bool(_FURNITURE.fullmatch(squeezed(text)))


def is_total(text: str) -> bool:
    """Whether a row begins with 合计 or the like."""
    return bool(_TOTAL.fullmatch(squeezed(text)))


def is_filled_in(text: str) -> bool:
    """Whether a text says who filled in or signed the table, or when."""
    word = squeezed(text)
    return bool(_FILLED_IN.fullmatch(word) or _DATE.fullmatch(word))


def is_title(text: str) -> bool:
    """Whether a line is the name of a table or a notice, not a heading within one."""
    return bool(_TITLE.fullmatch(squeezed(text)))


def is_note(text: str) -> bool:
    """Whether a line is a note: 备注：…"""
    return bool(_NOTE.match(squeezed(text)))


def is_example(text: str) -> bool:
    """Whether the number of a row says that it shows how to fill in the table."""
    return bool(re.fullmatch(r"(?:填写|填报)?(?:示例|样例|例)\d*[:：]?", squeezed(text)))
