"""意见征集与采纳: what became of the opinions is published within a month of the end of the consultation."""

from collections.abc import Iterator
from datetime import date

from taizhang.calendars.rules import Term, TermUnit
from taizhang.core.schemas import Input
from taizhang.registers.fields import Count, OptionalArea, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE

USUAL_DAYS = 30
DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"


class Consultation(Entry):
    """一次公开征求意见。"""

    ends_on: date = asked("征求意见截止日期")
    short_reason: OptionalArea = may(
        "少于30日的说明", area=True, hint=f"一般不少于30日，因情况紧急等缩短的应当说明：{DECISIONS}"
    )
    draft_url: OptionalUrl = may("征求意见稿链接")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.ends_on < opened_on:
            yield Fault("data/ends_on", "ends-before-start", "截止日期早于开始日期")
        elif (self.ends_on - opened_on).days + 1 < USUAL_DAYS and self.short_reason is None:
            words = f"征求意见一般不少于{USUAL_DAYS}日，缩短的应当说明（{DECISIONS}）"
            yield Fault("data/short_reason", "period-short", words)


class Published(Input):
    """意见采纳情况。"""

    received: Count = asked("收到意见（条）", "采纳情况")
    adopted: Count = asked("采纳（条）", "采纳情况")
    rejected_reason: OptionalArea = may("未采纳的理由", "采纳情况", area=True)
    url: OptionalUrl = may("采纳情况链接", "采纳情况")


KIND = RegisterKind(
    slug="consultations",
    title="意见征集与采纳",
    group=Group.ACTIVE,
    position=6,
    basis=f"{NOTICE}；{DECISIONS}",
    summary="公开征求意见结束后1个月内发布意见采纳情况。",
    entry=Consultation,
    opened_words="征求意见开始日期",
    title_words="决策事项",
    due=Due("征求意见结束后1个月内发布采纳情况", NOTICE, term=Term(1, TermUnit.MONTH), start="ends_on"),
    events=(EventForm("published", "发布采纳情况", "发布日期", Published, closes=True),),
    indicators=("意见采纳1个月内发布率",),
    examples=(
        {
            "title": "江阳区行政执法协调监督办法（征求意见稿）",
            "opened_on": "2023-07-10",
            "data.ends_on": "2023-08-10",
            "events.published.on": "2023-09-05",
            "events.published.data.received": "12",
            "events.published.data.adopted": "7",
            "events.published.data.rejected_reason": "与上位规定不符的5条未采纳",
        },
    ),
)
