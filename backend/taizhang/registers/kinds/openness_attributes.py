"""公文公开属性: decided when a document is drafted, before it is passed on for signature."""

from collections.abc import Iterator
from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import OptionalLine, OptionalUrl, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, Openness, RegisterKind

LETTER_80 = "国办发〔2016〕80号"


class OfficialDocument(Entry):
    """一份公文的公开属性认定。"""

    drafted_by: OptionalLine = may("拟稿科室")
    drafted_on: date | None = may("拟稿日期")
    decided_by: OptionalLine = may("属性认定人")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.openness is None:
            words = f"公文须先定公开属性再运转审签（{LETTER_80}：拟制公文时明确公开属性，随公文一并报批）"
            yield Fault("data/openness", "openness-missing", words)


class Settled(Input):
    """公开或者归档。"""

    url: OptionalUrl = may("链接", "公开", hint="主动公开的填写")


KIND = RegisterKind(
    slug="openness-attributes",
    title="公文公开属性",
    group=Group.ACTIVE,
    position=8,
    basis=f"{LETTER_80}；《政府信息公开条例》第十七条、第二十六条",
    summary="公文先定公开属性再运转审签；主动公开的，印发后20个工作日内公开。",
    entry=OfficialDocument,
    opened_words="印发日期",
    title_words="公文标题",
    ref_words="文号",
    due=Due(
        "主动公开的，印发之日起20个工作日内公开",
        "《政府信息公开条例》第二十六条",
        rule="K1",
        when=lambda entry: entry.openness is Openness.ACTIVE,
    ),
    events=(EventForm("settled", "公开、归档", "公开或者归档日期", Settled, closes=True),),
    examples=(
        {
            "title": "关于做好汛期安全工作的通知",
            "ref_no": "泸江府办〔2023〕15号",
            "opened_on": "2023-08-01",
            "data.drafted_by": "应急管理科",
            "data.openness": "主动公开",
            "events.settled.on": "2023-08-04",
        },
    ),
)
