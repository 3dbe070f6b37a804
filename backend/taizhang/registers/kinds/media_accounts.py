"""政务新媒体账号: approved before they open, posting at least every two weeks, deregistered when given up."""

from datetime import date

from taizhang.calendars.rules import Term, TermUnit
from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Count, Line, OptionalArea, OptionalLine, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Group, RegisterKind
from taizhang.registers.kinds.column_checks import SITE_RULES


class Platform(Choice):
    """Where the account lives (平台)."""

    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    VIDEO = "video", "短视频"
    APP = "app", "移动客户端"
    OTHER = "other", "其他"


class MediaAccount(Entry):
    """一个政务新媒体账号。"""

    platform: Platform = asked("平台")
    approval_no: Line = asked("审批单号", hint="开设前须经审批备案（国办发〔2018〕123号）")
    filing_no: OptionalLine = may("备案号")
    approved_on: date | None = may("批准日期")
    last_posted_on: date | None = may("最近更新日期", "运行", hint="两周之内须有更新")
    errors: Count = may("严重表述错误（次）", "运行", default=0)
    interactive: bool = may("提供有效互动功能", "运行", default=True)


class Deregistered(Input):
    """注销。"""

    reason: OptionalArea = may("注销原因", "注销", area=True)


KIND = RegisterKind(
    slug="media-accounts",
    title="政务新媒体账号",
    group=Group.PLATFORM,
    position=11,
    basis=f"国办发〔2018〕123号；{SITE_RULES}",
    summary="账号审批备案、更新与注销；两周不更新为不合格。",
    entry=MediaAccount,
    opened_words="开设日期",
    title_words="账号名称",
    ref_words="账号标识",
    due=Due("最近更新之日起14日内再更新", SITE_RULES, term=Term(14, TermUnit.DAY), start="last_posted_on"),
    events=(EventForm("deregistered", "注销", "注销日期", Deregistered, closes=True),),
    indicators=("新媒体距最近更新天数", "未经审批账号数"),
    examples=(
        {
            "title": "大山坪发布",
            "ref_no": "dashanping-fb",
            "opened_on": "2021-05-10",
            "data.platform": "微信公众号",
            "data.approval_no": "江府办媒批〔2021〕7号",
            "data.last_posted_on": "2023-09-04",
            "data.interactive": "是",
        },
    ),
)
