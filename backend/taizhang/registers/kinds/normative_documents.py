"""规范性文件: issued, repealed and in force; published within twenty working days."""

from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, OptionalLine, OptionalUrl, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Group, RegisterKind


class Effect(Choice):
    """Whether the document is in force (清理结果)."""

    IN_FORCE = "in_force", "继续有效"
    AMENDED = "amended", "修改"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class Issuer(Choice):
    """In whose name (以谁的名义印发)."""

    GOVERNMENT = "government", "本级政府"
    OFFICE = "office", "政府办公室"
    UNIT = "unit", "本单位"
    JOINT = "joint", "联合印发（由牵头单位计数）"


class NormativeDocument(Entry):
    """一份行政规范性文件。"""

    issuer: Issuer = asked("印发名义")
    effect: Effect = may("效力状态", default=Effect.IN_FORCE)
    effective_on: date | None = may("施行日期")
    ended_on: date | None = may("废止、失效日期", hint="废止当年计入“本年废止件数”")
    reviewed_no: OptionalLine = may("合法性审核、备案号")
    searchable_on: date | None = may("纳入统一查询日期", hint="可在区政府门户网站统一查到的，填写上线日期")


class Published(Input):
    """公开情况。"""

    channel: OptionalLine = may("公开渠道、栏目", "公开")
    url: OptionalUrl = may("链接", "公开")


KIND = RegisterKind(
    slug="normative-documents",
    title="规范性文件",
    group=Group.ACTIVE,
    position=1,
    basis="《政府信息公开条例》第二十条第一项、第二十六条",
    summary="制发、修改、废止与现行有效的行政规范性文件，印发后20个工作日内公开。",
    entry=NormativeDocument,
    opened_words="印发日期",
    title_words="文件名称",
    ref_words="文号",
    due=Due("印发之日起20个工作日内公开", "《政府信息公开条例》第二十六条", rule="K1"),
    events=(EventForm("published", "公开", "公开日期", Published, closes=True),),
    indicators=("规范性文件统一查询", "规范性文件按期公开率", "多元化解读比例"),
    cells=("t2.documents.issued", "t2.documents.repealed", "t2.documents.in_force"),
    examples=(
        {
            "title": "江阳区财政专项资金管理办法",
            "ref_no": "泸江财规〔2023〕2号",
            "opened_on": "2023-08-01",
            "data.issuer": "本单位",
            "data.effect": "继续有效",
            "data.effective_on": "2023-09-01",
            "data.openness": "主动公开",
            "data.secrecy_reviewer": "办公室",
            "data.secrecy_reviewed_on": "2023-07-31",
            "events.published.on": "2023-08-10",
            "events.published.data.channel": "区政府网站 规范性文件专栏",
        },
    ),
)
