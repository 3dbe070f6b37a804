"""保密与专项检查: the yearly inspection by the secrecy authority, and others."""

from datetime import date

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Count, Line, OptionalArea, OptionalLine, asked, may
from taizhang.registers.kind import Due, Entry, EventForm, Group, RegisterKind
from taizhang.registers.kinds.interpretations import NOTICE


class Sort(Choice):
    """What was inspected (类别)."""

    SECRECY = "secrecy", "保密专项检查"
    ENFORCEMENT = "enforcement", "行政执法公开检查"
    AUDIT = "audit", "审计整改公开检查"
    STANDARD = "standard", "基层政务公开标准化抽查"
    OTHER = "other", "其他专项检查"


class Inspection(Entry):
    """一次专项检查。"""

    sort: Sort = asked("类别")
    inspector: Line = asked("检查单位")
    inspected: OptionalLine = may("检查对象")
    problems: Count = may("发现问题（个）", default=0)
    findings: OptionalArea = may("检查结果", area=True)
    rectify_by: date | None = may("整改期限", hint="由检查单位确定")


class Rectified(Input):
    """整改情况。"""

    measures: OptionalArea = may("整改情况", "整改", area=True)


KIND = RegisterKind(
    slug="secrecy-inspections",
    title="保密与专项检查",
    group=Group.SUPPORT,
    position=16,
    basis=f"《政府信息公开条例》第十七条；{NOTICE}",
    summary="保密行政管理部门每年至少1次专项检查，以及其他专项检查与整改。",
    entry=Inspection,
    opened_words="检查日期",
    title_words="检查名称",
    ref_words="检查通知文号",
    due=Due("按检查时定的期限整改", NOTICE, on="rectify_by"),
    events=(EventForm("rectified", "检查完毕、整改完成", "完成日期", Rectified, closes=True),),
    indicators=("保密专项检查次数", "标准化工作抽查次数"),
    examples=(
        {
            "title": "政务公开保密专项检查",
            "opened_on": "2023-07-20",
            "data.sort": "保密专项检查",
            "data.inspector": "区保密局",
            "data.problems": "0",
            "events.rectified.on": "2023-07-25",
        },
    ),
)
