"""行政复议: reviews of the work of open government, linked to the application they are about; feeds table 四."""

from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Line, OptionalArea, OptionalLine, asked, may
from taizhang.registers.kind import Entry, EventForm, Group, RegisterKind


class Result(Choice):
    """The columns of table 四 (结果)."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Review(Entry):
    """一件政府信息公开行政复议。"""

    organ: Line = asked("复议机关")
    respondent: OptionalLine = may("被申请人", hint="一般为本单位")
    matter: OptionalArea = may("争议事项", area=True)


class Concluded(Input):
    """复议结果。"""

    result: Result = asked("结果", "结果")
    decision_no: OptionalLine = may("复议决定书文号", "结果")
    summary: OptionalArea = may("结果要点与整改", "结果", area=True)


KIND = RegisterKind(
    slug="reviews",
    title="行政复议",
    group=Group.REQUEST,
    position=4,
    basis="《政府信息公开条例》第五十一条；国办公开办函〔2021〕30号表四",
    summary="政府信息公开工作引起的行政复议，与申请件相连，结果进入表四。",
    entry=Review,
    opened_words="收到复议受理（答复）通知之日",
    title_words="案由",
    ref_words="案号",
    events=(EventForm("concluded", "审结", "收到复议决定之日", Concluded, closes=True),),
    links="applications",
    outcome="result",
    outcomes={result.value: result.words for result in Result},
    indicators=("争议发生率", "被纠错败诉率"),
    cells=tuple(f"t4.review.{column}" for column in ("upheld", "corrected", "other", "pending")),
    examples=(
        {
            "title": "不服部分公开答复",
            "ref_no": "江府复〔2023〕12号",
            "opened_on": "2023-08-18",
            "data.organ": "江阳区人民政府",
            "events.concluded.on": "2023-09-15",
            "events.concluded.data.result": "结果维持",
        },
    ),
)
