"""The steps of an application (依申请公开的步骤): what each is called and asks for. Pure."""

from datetime import date
from typing import Annotated

from pydantic import Field

from taizhang.core.schemas import Input
from taizhang.registers.fees import FEE_MEASURES, fee_by_items, fee_by_pages
from taizhang.registers.fields import Choice, Count, OptionalArea, OptionalLine, asked, may
from taizhang.registers.grounds import DECISIONS, ROW_WORDS, Ground
from taizhang.registers.kind import EventForm, Fault, Refused

STEP = "办理"


class CorrectionAsked(Input):
    """补正告知书。"""

    items: Annotated[str, Field(max_length=2000, min_length=1)] = asked(
        "需要补正的事项", STEP, area=True, hint="一次性告知（第三十条）"
    )
    until: date = asked("补正期限", STEP, hint="逾期无正当理由不补正的，视为放弃申请（第三十条）")
    notice_no: OptionalLine = may("告知书文号", STEP)


class Relation(Choice):
    """What the one who is asked has to do with the information (征求意见的对象)."""

    THIRD_PARTY = "third_party", "第三方（第三十二条）"
    CO_MAKER = "co_maker", "共同制作的机关（第三十四条）"


class ConsultationStarted(Input):
    """征求意见函。"""

    asked_of: Annotated[str, Field(max_length=200, min_length=1)] = asked(
        "征求谁的意见", STEP, hint="第三方，或者共同制作的机关"
    )
    relation: Relation | None = may("对方是", STEP)
    notice_no: OptionalLine = may("征求意见函文号", STEP)


class Opinion(Choice):
    """What was answered (意见)."""

    AGREED = "agreed", "同意公开"
    REFUSED = "refused", "不同意公开"
    SILENT = "silent", "逾期未提出意见"


class ConsultationEnded(Input):
    """征求意见的结果。"""

    opinion: Opinion = asked("意见", STEP)
    reasons: OptionalArea = may("理由", STEP, area=True)


class Extended(Input):
    """延期告知书。"""

    days: Annotated[int, Field(ge=1, le=1000)] = asked(
        "延长几个工作日", STEP, hint="至多20个，以一次为限（第三十三条）"
    )
    approver: Annotated[str, Field(max_length=100, min_length=1)] = asked(
        "同意延期的负责人", STEP, hint="政府信息公开工作机构负责人（第三十三条）"
    )
    notice_no: OptionalLine = may("延期告知书文号", STEP)
    reason: OptionalArea = may("延期理由", STEP, area=True)


class FeeNotified(Input):
    """收费通知：按件或者按页，只能取其一。"""

    items: Annotated[int, Field(ge=1, le=10_000)] | None = may("本次计费件数（按件）", STEP)
    items_before: Count = may("同一申请人本月此前已有件数", STEP, default=0, hint="按件计费的，同一自然月累计")
    pages: Annotated[int, Field(ge=1, le=1_000_000)] | None = may("页数（按量）", STEP)


class LegallyReviewed(Input):
    """法制审核。"""

    reviewer: Annotated[str, Field(max_length=100, min_length=1)] = asked(
        "审核人", STEP, hint="法制机构、法律顾问、公职律师"
    )
    opinion: Annotated[str, Field(max_length=2000, min_length=1)] = asked("审核意见", STEP, area=True)


class Decided(Input):
    """答复决定。"""

    ground: Ground = asked("答复理由", STEP, hint="由理由归入年度报告表三的一行；区分处理的只计部分公开")
    notice_no: OptionalLine = may("答复书文号", STEP)
    summary: OptionalArea = may("答复要点", STEP, area=True)


class Way(Choice):
    """How an answer reaches the applicant (送达方式)."""

    IN_PERSON = "in_person", "直接、委托送达"
    POST = "post", "邮寄"
    ELECTRONIC = "electronic", "电子邮件、网上平台"


class Sent(Input):
    """答复送出。"""

    way: Way = asked(
        "送达方式", STEP, hint="邮寄以付邮之日为准，直接、委托送达以签收之日为准（国办公开办函〔2016〕235号）"
    )
    tracking_no: OptionalLine = may("邮件号", STEP)


def _fee_said(notice: FeeNotified) -> list[tuple[str, str]]:
    return [("收费金额", f"{fee_of(notice):,}元")]


def _decision_said(decided: Decided) -> list[tuple[str, str]]:
    decision = DECISIONS[decided.ground]
    return [("答复", decision.answer), ("计入表三", ROW_WORDS[decision.row]), ("依据", decision.article)]


EVENTS = (
    EventForm(
        "confirmed", "与申请人确认", "确认之日", hint="平常信函、互联网、传真以确认之日为收到申请之日（第三十一条）"
    ),
    EventForm(
        "correction_asked", "告知补正", "告知之日", CorrectionAsked, hint="收到申请之日起7个工作日内（第三十条）"
    ),
    EventForm("correction_received", "收到补正", "收到补正之日", hint="答复期限自收到补正之日起重新计算"),
    EventForm(
        "consultation_started", "征求意见", "发出之日", ConsultationStarted, hint="所需时间不计入答复期限（第三十三条）"
    ),
    EventForm("consultation_ended", "收到意见", "收到或者届满之日", ConsultationEnded),
    EventForm("extended", "延期答复", "决定并告知之日", Extended),
    EventForm(
        "fee_notified", "收费通知", "申请人收到通知之日", FeeNotified, hint="收费通知应在答复期限内发出", says=_fee_said
    ),
    EventForm("fee_paid", "收到缴费", "缴清之日", hint="缴清之后，答复期限重新计算"),
    EventForm("legal_reviewed", "法制审核", "审核之日", LegallyReviewed),
    EventForm("decided", "作出答复", "决定之日", Decided, says=_decision_said),
    EventForm("sent", "送出答复", "付邮或者签收之日", Sent),
)


def fee_of(notice: FeeNotified) -> int:
    """Yuan of a notice.

    Raises:
        Refused: both bases, none, or nothing to pay.
    """
    if notice.items is not None and notice.pages is not None:
        raise Refused(
            Fault("data/pages", "fee-both", f"按件、按量只能选择一种，不得同时按照两种标准计算（{FEE_MEASURES}）")
        )
    if notice.items is None and notice.pages is None:
        raise Refused(Fault("data/items", "fee-none", f"请填写件数或者页数（{FEE_MEASURES}）"))
    if notice.pages is not None:
        amount = fee_by_pages(notice.pages)
    else:
        before = notice.items_before
        amount = fee_by_items(before + (notice.items or 0)) - fee_by_items(before)
    if amount == 0:
        words = f"在免费的范围之内（每月10件、每件30页），不收取信息处理费（{FEE_MEASURES}）"
        raise Refused(Fault("data/pages" if notice.pages else "data/items", "fee-free", words))
    return amount
