"""培训: at least one a year on open government."""

from taizhang.registers.fields import Choice, Count, Line, OptionalArea, OptionalLine, asked, may
from taizhang.registers.kind import Entry, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE


class Sort(Choice):
    """What kind of training (类别)."""

    SPECIAL = "special", "政务公开专题培训"
    ROTATION = "rotation", "跟班轮训"
    OTHER = "other", "其他培训"


class Training(Entry):
    """一次培训。"""

    sort: Sort = asked("类别")
    topic: Line = asked("主题")
    lecturer: OptionalLine = may("授课人")
    people: Count = asked("参加人数")
    materials: OptionalArea = may("签到、课件等材料", area=True)


KIND = RegisterKind(
    slug="trainings",
    title="培训",
    group=Group.SUPPORT,
    position=15,
    basis=f"《政府信息公开条例》第四十八条；{NOTICE}",
    summary="政务公开培训；专题培训每年至少1次。",
    entry=Training,
    opened_words="举办日期",
    title_words="培训名称",
    due_words="每年至少1次（专题培训）",
    indicators=("专题培训次数",),
    examples=(
        {
            "title": "依申请公开办理专题培训",
            "opened_on": "2023-06-15",
            "data.sort": "政务公开专题培训",
            "data.topic": "依申请公开办理",
            "data.lecturer": "区司法局",
            "data.people": "36",
        },
    ),
)
