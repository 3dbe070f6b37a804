"""调研: visits to the grass roots, and what was solved."""

from taizhang.registers.fields import Count, Line, OptionalArea, asked, may
from taizhang.registers.kind import Entry, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE


class Visit(Entry):
    """一次调研。"""

    place: Line = asked("调研对象")
    led_by: Line = asked("带队人")
    raised: Count = may("收集问题（个）", default=0)
    solved: Count = may("已解决（个）", default=0)
    report: OptionalArea = may("调研报告要点", area=True)


KIND = RegisterKind(
    slug="research-visits",
    title="调研",
    group=Group.SUPPORT,
    position=17,
    basis=NOTICE,
    summary="深入基层调研、听取意见、指导工作。",
    entry=Visit,
    opened_words="调研日期",
    title_words="调研主题",
    examples=(
        {
            "title": "社区公开栏调研",
            "opened_on": "2023-07-11",
            "data.place": "某社区",
            "data.led_by": "分管副主任",
            "data.raised": "3",
            "data.solved": "2",
        },
    ),
)
