"""政策解读: signed off and published together with its document; in more forms than plain text."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Line, OptionalLine, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Fault, Group, RegisterKind

NOTICE = "《2023年泸州市江阳区政务公开重点任务分解表》（泸江府办函〔2023〕29号）"


class Form(Choice):
    """How a policy is explained (解读形式)."""

    TEXT = "text", "文字"
    CHART = "chart", "图解"
    VIDEO = "video", "视频、音频"
    PRESS = "press", "新闻发布会"
    INTERVIEW = "interview", "访谈"
    EXPERT = "expert", "专家解读"
    MEDIA = "media", "媒体解读"
    ANIMATION = "animation", "H5、动漫"


class Interpretation(Entry):
    """一份解读材料。"""

    document_title: Line = asked("被解读的文件")
    document_no: OptionalLine = may("文件文号")
    for_government: bool = may("以区政府、区政府办公室名义印发的政策性文件", default=False)
    forms: Annotated[list[Form], Field(min_length=1, max_length=8)] = asked(
        "解读形式", hint="多元化解读：有文字以外的形式"
    )
    interpreter: OptionalLine = may("解读人、职务", hint="主要负责人是第一解读人")
    document_signed_on: date | None = may("文件审签日期", "同步")
    interpretation_signed_on: date | None = may("解读材料审签日期", "同步")
    linked: bool = may("文件与解读已双向关联", "同步", default=False)

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if len(set(self.forms)) < len(self.forms):
            yield Fault("data/forms", "form-twice", "同一种形式只选一次")


class Published(Input):
    """发布情况。"""

    url: OptionalUrl = may("链接", "发布")


KIND = RegisterKind(
    slug="interpretations",
    title="政策解读",
    group=Group.ACTIVE,
    position=2,
    basis=f"{NOTICE}；国办发〔2016〕80号",
    summary="解读材料与文件同步审签、同步发布；多元化解读比例不低于50%。",
    entry=Interpretation,
    opened_words="文件公开日期",
    title_words="解读材料标题",
    due=Due("与文件同步发布", NOTICE, on="opened_on"),
    events=(EventForm("published", "发布", "解读发布日期", Published, closes=True),),
    indicators=("多元化解读比例", "解读同步天数"),
    examples=(
        {
            "title": "一图读懂《江阳区财政专项资金管理办法》",
            "opened_on": "2023-08-10",
            "data.document_title": "江阳区财政专项资金管理办法",
            "data.document_no": "泸江财规〔2023〕2号",
            "data.for_government": "否",
            "data.forms": "文字、图解",
            "data.interpreter": "区财政局局长",
            "data.linked": "是",
            "events.published.on": "2023-08-10",
        },
    ),
)
