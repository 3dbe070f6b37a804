"""政府公报投放: paper gazettes at the service halls."""

from collections.abc import Iterator
from datetime import date

from taizhang.registers.fields import Choice, Count, Line, OptionalLine, asked, may
from taizhang.registers.kind import Entry, Fault, Group, RegisterKind


class Gazette(Choice):
    """Which gazette (公报)."""

    PROVINCE = "province", "省政府公报"
    CITY = "city", "市政府公报"


class Placing(Entry):
    """一期公报的投放。"""

    gazette: Gazette = asked("公报")
    issue: Line = asked("期号")
    venues: Count = asked("应投放场所（个）", hint="行政服务中心、各级便民服务中心")
    placed: Count = asked("已投放场所（个）")
    copies: Count = may("份数", default=0)
    places: OptionalLine = may("未投放的场所")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.placed > self.venues:
            yield Fault("data/placed", "more-than-whole", "已投放场所不能多于应投放场所")


KIND = RegisterKind(
    slug="gazettes",
    title="政府公报投放",
    group=Group.PLATFORM,
    position=14,
    basis="《政府信息公开条例》第二十五条；国办发〔2018〕22号",
    summary="行政服务中心和便民服务中心公开省、市政府公报。",
    entry=Placing,
    opened_words="投放日期",
    title_words="投放事项",
    indicators=("公报场所覆盖率",),
    examples=(
        {
            "title": "第8期市政府公报投放",
            "opened_on": "2023-08-20",
            "data.gazette": "市政府公报",
            "data.issue": "2023年第8期",
            "data.venues": "12",
            "data.placed": "12",
            "data.copies": "60",
        },
    ),
)
