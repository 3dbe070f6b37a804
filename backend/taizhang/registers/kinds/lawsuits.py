"""行政诉讼: suits about the work of open government, direct or after a review; feeds table 四."""

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Line, OptionalArea, OptionalLine, asked, may
from taizhang.registers.kind import Entry, EventForm, Group, RegisterKind
from taizhang.registers.kinds.reviews import Result


class Way(Choice):
    """Whether a review came first (table 四)."""

    DIRECT = "direct", "未经复议直接起诉"
    AFTER_REVIEW = "after_review", "复议后起诉"


class Lawsuit(Entry):
    """一件政府信息公开行政诉讼。"""

    court: Line = asked("审理法院")
    way: Way = asked("是否经过复议")
    instance: OptionalLine = may("审级", hint="一审、二审、再审")
    matter: OptionalArea = may("争议事项", area=True)


class Concluded(Input):
    """裁判结果。"""

    result: Result = asked("结果", "结果")
    judgment_no: OptionalLine = may("裁判文书号", "结果")
    summary: OptionalArea = may("结果要点与整改", "结果", area=True)


KIND = RegisterKind(
    slug="lawsuits",
    title="行政诉讼",
    group=Group.REQUEST,
    position=5,
    basis="《政府信息公开条例》第五十一条；国办公开办函〔2021〕30号表四",
    summary="政府信息公开工作引起的行政诉讼，与申请件相连，结果进入表四。",
    entry=Lawsuit,
    opened_words="收到应诉通知之日",
    title_words="案由",
    ref_words="案号",
    events=(EventForm("concluded", "审结", "收到裁判文书之日", Concluded, closes=True),),
    links="applications",
    outcome="result",
    outcomes={result.value: result.words for result in Result},
    indicators=("争议发生率", "被纠错败诉率"),
    cells=tuple(
        f"t4.{way}.{column}"
        for way in ("direct", "after_review")
        for column in ("upheld", "corrected", "other", "pending")
    ),
    examples=(
        {
            "title": "请求撤销政府信息公开答复",
            "ref_no": "（2023）川0502行初15号",
            "opened_on": "2023-06-05",
            "data.court": "江阳区人民法院",
            "data.way": "未经复议直接起诉",
            "data.instance": "一审",
            "events.concluded.on": "2023-08-30",
            "events.concluded.data.result": "结果维持",
        },
    ),
)
