"""事项目录对照: every matter of the standard catalogue has its content on the site."""

from collections.abc import Iterator
from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import Count, Line, OptionalArea, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE


class CatalogueCheck(Entry):
    """一个领域的目录对照。"""

    field: Line = asked("领域", hint="基层政务公开标准目录的试点领域")
    matters: Count = asked("目录事项（项）")
    covered: Count = asked("已有公开内容（项）")
    missing: OptionalArea = may("缺项清单", area=True)
    url: OptionalUrl = may("栏目链接")
    deadline: date | None = may("完成时限", hint="2023年分解表：2023年8月31日")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.covered > self.matters:
            yield Fault("data/covered", "more-than-whole", "已有公开内容的项数不能多于目录事项数")
        if self.covered < self.matters and self.missing is None:
            yield Fault("data/missing", "missing-unnamed", "还有缺项的，请列出缺项清单")


class Completed(Input):
    """对照完成。"""

    note: OptionalArea = may("说明", "完成", area=True)


KIND = RegisterKind(
    slug="catalogue-checks",
    title="事项目录对照",
    group=Group.ACTIVE,
    position=10,
    basis=f"国办发〔2019〕54号；{NOTICE}",
    summary="对照基层政务公开标准目录完善门户网站内容，目录事项与公开内容一致。",
    entry=CatalogueCheck,
    opened_words="对照日期",
    title_words="对照事项",
    due=Due("按分解表的时限完成", NOTICE, on="deadline"),
    events=(EventForm("completed", "对照完成", "完成日期", Completed, closes=True),),
    indicators=("目录对照率",),
    examples=(
        {
            "title": "养老服务领域目录对照",
            "opened_on": "2023-08-01",
            "data.field": "养老服务",
            "data.matters": "20",
            "data.covered": "20",
            "data.deadline": "2023-08-31",
            "events.completed.on": "2023-08-25",
        },
    ),
)
