"""过期信息清理: outdated content taken down, against what its sum might give away."""

from taizhang.registers.fields import Count, Line, OptionalArea, asked, may
from taizhang.registers.kind import Entry, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE


class Cleanup(Entry):
    """一次清理。"""

    scope: Line = asked("清理范围", hint="网站、新媒体的哪些栏目")
    checked: Count = may("检查（条）", default=0)
    removed: Count = asked("清理过时、失效内容（条）")
    reasons: OptionalArea = may("清理依据与情况", area=True)


KIND = RegisterKind(
    slug="content-cleanups",
    title="过期信息清理",
    group=Group.SUPPORT,
    position=18,
    basis=NOTICE,
    summary="定期清理过时、失效内容，防范数据汇聚风险。",
    entry=Cleanup,
    opened_words="清理日期",
    title_words="清理事项",
    examples=(
        {
            "title": "网站过时信息清理",
            "opened_on": "2023-08-30",
            "data.scope": "通知公告栏目",
            "data.checked": "240",
            "data.removed": "12",
        },
    ),
)
