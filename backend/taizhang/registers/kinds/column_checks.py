"""专栏检查: what columns of the site were looked at, what was wrong, and when it was put right."""

from collections.abc import Iterator
from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import Count, Line, OptionalArea, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, RegisterKind

SITE_RULES = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
FIX = "问题与整改"


class ColumnCheck(Entry):
    """一次专栏、栏目检查。"""

    column: Line = asked("栏目")
    checked_by: Line = asked("检查人")
    last_updated_on: date | None = may("栏目最近更新日期", FIX)
    problems: Count = may("发现问题（个）", FIX, default=0)
    findings: OptionalArea = may("问题情况", FIX, area=True)
    rectify_by: date | None = may("整改期限", FIX, hint="由检查单位确定")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.problems and self.findings is None:
            yield Fault("data/findings", "findings-missing", "发现问题的，请写明是什么问题")


class Rectified(Input):
    """整改情况。"""

    measures: OptionalArea = may("整改情况", FIX, area=True)


KIND = RegisterKind(
    slug="column-checks",
    title="专栏检查",
    group=Group.PLATFORM,
    position=9,
    basis=SITE_RULES,
    summary="栏目内容保障的定期检查、问题与整改。",
    entry=ColumnCheck,
    opened_words="检查日期",
    title_words="检查事项",
    due=Due("按检查时定的期限整改", SITE_RULES, on="rectify_by"),
    events=(EventForm("rectified", "检查完毕、整改完成", "完成日期", Rectified, closes=True),),
    indicators=("栏目更新达标", "检查次数"),
    examples=(
        {
            "title": "社会救助专栏检查",
            "opened_on": "2023-08-12",
            "data.column": "社会救助",
            "data.checked_by": "政务公开科",
            "data.problems": "1",
            "data.findings": "两条链接失效",
            "data.rectify_by": "2023-08-22",
            "events.rectified.on": "2023-08-20",
        },
    ),
)
