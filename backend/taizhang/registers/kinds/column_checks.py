"""专栏检查: what columns of the site were looked at, what was wrong, and when it was put right."""

from collections.abc import Iterator
from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Count, Line, OptionalArea, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, RegisterKind

SITE_RULES = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
FIX = "问题与整改"
ACCESS = "适老化检测"


class Sort(Choice):
    """What was looked at (检查对象); each has a limit of its own (国办秘函〔2019〕19号)."""

    HOME = "home", "首页"
    NEWS = "news", "动态要闻类栏目"
    POLICY = "policy", "通知公告、政策文件类一级栏目"
    OTHER = "other", "其他栏目"
    ACCESSIBILITY = "accessibility", "适老化与无障碍检测"


class ColumnCheck(Entry):
    """一次专栏、栏目检查。"""

    sort: Sort = may("检查对象", default=Sort.OTHER)
    column: Line = asked("栏目")
    checked_by: Line = asked("检查人")
    last_updated_on: date | None = may("栏目最近更新日期", FIX)
    blank: bool = may("空白栏目", FIX, default=False)
    sites: Count | None = may("检测站点（个）", ACCESS, hint="适老化与无障碍检测填写")
    passed: Count | None = may("达到一级标准的站点（个）", ACCESS)
    problems: Count = may("发现问题（个）", FIX, default=0)
    findings: OptionalArea = may("问题情况", FIX, area=True)
    rectify_by: date | None = may("整改期限", FIX, hint="由检查单位确定")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.problems and self.findings is None:
            yield Fault("data/findings", "findings-missing", "发现问题的，请写明是什么问题")
        if self.sort is Sort.ACCESSIBILITY and (self.sites is None or self.passed is None):
            yield Fault("data/sites", "figures-missing", "适老化与无障碍检测，请填检测站点数和达标站点数")
        if self.sites is not None and self.passed is not None and self.passed > self.sites:
            yield Fault("data/passed", "more-than-whole", "达标站点数不能多于检测站点数")
        if self.last_updated_on is not None and self.last_updated_on > opened_on:
            yield Fault("data/last_updated_on", "date-after-check", "栏目最近更新日期不能晚于检查日期")


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
    indicators=("动态、政策类栏目不更新个数", "空白栏目个数", "首页距最近更新天数", "适老化与无障碍达标率"),
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
