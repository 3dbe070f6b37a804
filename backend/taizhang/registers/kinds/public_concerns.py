"""群众关切回应: messages of the public, none unanswered for more than three months."""

from taizhang.calendars.rules import Term, TermUnit
from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, OptionalArea, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Group, RegisterKind
from taizhang.registers.kinds.column_checks import SITE_RULES


class Channel(Choice):
    """Where it was said (渠道)."""

    HOTLINE = "hotline", "12345热线"
    SITE = "site", "网站留言、领导信箱"
    NATIONAL = "national", "人民网、问政四川等"
    VISIT = "visit", "来信来访"
    OTHER = "other", "其他"


class Satisfaction(Choice):
    """满意度."""

    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Concern(Entry):
    """一件群众诉求；不登记诉求人的个人信息。"""

    channel: Channel = asked("渠道")
    content: OptionalArea = may("诉求内容", area=True, hint="不要写入诉求人姓名、电话")


class Answered(Input):
    """办理结果。"""

    result: OptionalArea = may("办理结果", "办理", area=True)
    satisfaction: Satisfaction | None = may("满意度", "办理")
    published_url: OptionalUrl = may("公示链接", "办理")


KIND = RegisterKind(
    slug="public-concerns",
    title="群众关切回应",
    group=Group.PLATFORM,
    position=13,
    basis=SITE_RULES,
    summary="网民诉求、热线来件的办理与公示；有效留言超过3个月未答复为不合格。",
    entry=Concern,
    opened_words="来件日期",
    title_words="诉求事项",
    ref_words="来件编号",
    due=Due("来件之日起3个月内答复", SITE_RULES, term=Term(3, TermUnit.MONTH)),
    events=(EventForm("answered", "答复", "答复日期", Answered, closes=True),),
    indicators=("超过3个月未答复件数",),
    examples=(
        {
            "title": "背街小巷路灯不亮",
            "ref_no": "12345-20230815",
            "opened_on": "2023-08-15",
            "data.channel": "12345热线",
            "events.answered.on": "2023-08-18",
            "events.answered.data.result": "已修复",
            "events.answered.data.satisfaction": "满意",
        },
    ),
)
