"""建议提案办理: replies to deputies and members, and their publication."""

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Line, OptionalLine, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Group, RegisterKind


class Source(Choice):
    """Who raised it (来源)."""

    DEPUTY = "deputy", "人大代表建议"
    MEMBER = "member", "政协委员提案"


class Extent(Choice):
    """How the reply is opened (公开方式)."""

    WHOLE = "whole", "全文公开"
    ABSTRACT = "abstract", "摘要公开"
    NONE = "none", "不公开"


class Proposal(Entry):
    """一件建议、提案的办理复文。"""

    source: Source = asked("来源")
    unit_in_charge: Line = asked("承办单位")
    session: OptionalLine = may("届次")
    extent: Extent = may("公开方式", default=Extent.WHOLE)


class Published(Input):
    """公开情况。"""

    url: OptionalUrl = may("链接", "公开")


KIND = RegisterKind(
    slug="proposals",
    title="建议提案办理",
    group=Group.ACTIVE,
    position=7,
    basis="国办发〔2014〕46号；《政府信息公开条例》第二十六条",
    summary="人大代表建议、政协提案办理结果，复文形成后20个工作日内公开。",
    entry=Proposal,
    opened_words="答复代表、委员之日",
    title_words="建议、提案标题",
    ref_words="建议、提案号",
    due=Due(
        "答复之日起20个工作日内公开",
        "《政府信息公开条例》第二十六条",
        rule="K1",
        when=lambda entry: entry.extent is not Extent.NONE,
    ),
    events=(
        EventForm("published", "公开", "公开日期", Published, closes=True),
        EventForm("settled", "不公开，归档", "归档日期", closes=True),
    ),
    indicators=("建议提案办理结果公开率",),
    examples=(
        {
            "title": "关于完善老旧小区停车设施的建议",
            "ref_no": "第23号",
            "opened_on": "2023-08-01",
            "data.source": "人大代表建议",
            "data.unit_in_charge": "区住房城乡建设局",
            "data.session": "区八届人大三次会议",
            "data.extent": "全文公开",
            "events.published.on": "2023-08-15",
        },
    ),
)
