"""The procedure of an application (依申请公开办理程序): from receipt to sending, by the 条例. Pure.

Each event is a method of the docket: it says under which rule it may happen and changes what follows.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import Field

from taizhang.calendars.clock import Arrival, Extension, Pause, Question, resumed
from taizhang.calendars.rules import RECEIPTS, RULES, Channel, Term, TermUnit
from taizhang.calendars.workdays import Calendar
from taizhang.core.schemas import Input
from taizhang.registers.fees import FEE_MEASURES, fee_by_items, fee_by_pages
from taizhang.registers.fields import Choice, Count, OptionalArea, OptionalLine, asked, may
from taizhang.registers.grounds import DECISIONS, ROW_WORDS, Ground
from taizhang.registers.kind import EventForm, Fault, Happened, Refused, RegisterKind, Standing, Waiting
from taizhang.registers.rules import Case, reckoned

REGULATION = "《政府信息公开条例》"
REPLY, CORRECTION, OPINION, PAYMENT = RULES["K5"], RULES["K2"], RULES["K4"], RULES["K11"]
STEP = "办理"


class CorrectionAsked(Input):
    """补正告知书。"""

    items: Annotated[str, Field(max_length=2000, min_length=1)] = asked(
        "需要补正的事项", STEP, area=True, hint="一次性告知（第三十条）"
    )
    until: date = asked("补正期限", STEP, hint="逾期无正当理由不补正的，视为放弃申请（第三十条）")
    notice_no: OptionalLine = may("告知书文号", STEP)


class ConsultationStarted(Input):
    """征求意见函。"""

    asked_of: Annotated[str, Field(max_length=200, min_length=1)] = asked(
        "征求谁的意见", STEP, hint="第三方，或者共同制作的机关"
    )
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


class Docket:
    """One application on its way; each event checks that it may happen and moves the case on."""

    def __init__(self, case: Case, calendar: Calendar) -> None:
        self.case = case
        self.calendar = calendar
        self.channel = Channel(case.entry.channel.value)  # type: ignore[attr-defined]
        self.confirmed_on: date | None = None
        self.correction: Happened | None = None
        self.asked_before = False
        self.corrected: list[date] = []
        self.pauses: list[Pause] = []
        self.paid: list[date] = []
        self.fee: Happened | None = None
        self.extension: Extension | None = None
        self.reviewed = False
        self.ground: Ground | None = None
        self.decided_on: date | None = None
        self.sent_on: date | None = None
        self.remarks: list[str] = []

    # -- what may happen next

    @property
    def awaits_confirmation(self) -> bool:
        return RECEIPTS[self.channel].by_confirmation and self.confirmed_on is None

    @property
    def closed_on(self) -> date | None:
        if self.ground is not None and DECISIONS[self.ground].ends:
            return self.decided_on
        return self.sent_on

    @property
    def waiting(self) -> Waiting | None:
        if self.closed_on or self.ground:
            return None
        if self.awaits_confirmation:
            return Waiting.CONFIRMATION
        if self.correction:
            return Waiting.CORRECTION
        if self.pauses and self.pauses[-1].end is None:
            return Waiting.CONSULTATION
        return Waiting.PAYMENT if self.fee else None

    def next_events(self) -> tuple[str, ...]:
        """What may be entered now."""
        if self.closed_on:
            return ()
        if self.ground:
            return ("sent",)
        by_waiting = {
            Waiting.CONFIRMATION: ("confirmed", "decided"),
            Waiting.CORRECTION: ("correction_received", "decided"),
            Waiting.CONSULTATION: ("consultation_ended", "legal_reviewed", "decided"),
            Waiting.PAYMENT: ("fee_paid", "decided"),
        }
        if self.waiting:
            return by_waiting[self.waiting]
        open_steps = ["correction_asked", "consultation_started", "legal_reviewed", "decided"]
        if self.extension is None:
            open_steps.insert(2, "extended")
        if not self.paid:
            open_steps.insert(-2, "fee_notified")
        return tuple(open_steps)

    def take(self, event: Happened) -> None:
        """Enter an event.

        Raises:
            Refused: it cannot follow what happened before, with the article.
        """
        if self.closed_on:
            words = f"本件已于{self.closed_on.isoformat()}办结，不能再登记；确需更正的，先说明理由重新打开"
            raise Refused(Fault("kind", "entry-closed", words))
        if event.kind == "extended" and self.extension is not None:
            raise Refused(
                Fault("kind", "extension-twice", f"延长答复期限以一次为限，本件已经延期（{REGULATION}第三十三条）")
            )
        if event.kind not in self.next_events():
            raise Refused(Fault("kind", "event-out-of-order", self._why_not(event.kind)))
        step: Callable[[Happened], None] = getattr(self, f"_{event.kind}")
        step(event)

    def _why_not(self, kind: str) -> str:
        titles = {event.kind: event.title for event in EVENTS}
        now = {
            Waiting.CONFIRMATION: f"还没有与申请人确认收到，收到申请之日未定（{REGULATION}第三十一条）",
            Waiting.CORRECTION: f"正在等待申请人补正（{REGULATION}第三十条）",
            Waiting.CONSULTATION: f"正在征求意见（{REGULATION}第三十二条）",
            Waiting.PAYMENT: f"正在等待申请人缴费（{FEE_MEASURES}）",
        }
        why = now[self.waiting] if self.waiting else "已经作出答复，待送出" if self.ground else "此前没有相应的经过"
        able = "、".join(titles[each] for each in self.next_events())
        return f"现在不能登记“{titles[kind]}”：{why}；可以登记的是：{able}"

    # -- the events

    def _confirmed(self, event: Happened) -> None:
        self.confirmed_on = event.on

    def _correction_asked(self, event: Happened) -> None:
        assert isinstance(event.data, CorrectionAsked)
        if event.data.until < event.on:
            raise Refused(Fault("data/until", "term-before-start", f"补正期限早于告知之日（{REGULATION}第三十条）"))
        last = reckoned(self._asked(CORRECTION.term, plain=True), self.calendar).due_on
        if not self.corrected and last and event.on > last:
            self.remarks.append(f"补正告知晚于{last.isoformat()}（收到申请之日起7个工作日，{REGULATION}第三十条）")
        if self.asked_before:
            self.remarks.append(f"不止一次告知补正；补正应当一次性告知（{REGULATION}第三十条）")
        self.correction, self.asked_before = event, True

    def _correction_received(self, event: Happened) -> None:
        self.correction = None
        self.corrected.append(event.on)

    def _consultation_started(self, event: Happened) -> None:
        self.pauses.append(Pause(event.on, None))

    def _consultation_ended(self, event: Happened) -> None:
        self.pauses[-1] = Pause(self.pauses[-1].start, event.on)

    def _extended(self, event: Happened) -> None:
        assert isinstance(event.data, Extended)
        if event.data.days > 20:
            words = f"延长的期限最长不得超过20个工作日（{REGULATION}第三十三条）"
            raise Refused(Fault("data/days", "extension-too-long", words))
        self.extension = Extension(event.data.days, event.on)

    def _fee_notified(self, event: Happened) -> None:
        assert isinstance(event.data, FeeNotified)
        fee_of(event.data)
        self.fee = event

    def _fee_paid(self, event: Happened) -> None:
        self.fee = None
        self.paid.append(event.on)

    def _legal_reviewed(self, event: Happened) -> None:
        self.reviewed = True

    def _decided(self, event: Happened) -> None:
        assert isinstance(event.data, Decided)
        ground = event.data.ground
        self._require_grounded(ground, event.on)
        if not self.reviewed and not DECISIONS[ground].ends:
            self.remarks.append("答复之前没有登记法制审核")
        self.ground, self.decided_on = ground, event.on

    def _require_grounded(self, ground: Ground, on: date) -> None:
        article = DECISIONS[ground].article
        if self.waiting and not DECISIONS[ground].ends:
            raise Refused(Fault("kind", "event-out-of-order", self._why_not("decided")))
        if ground is Ground.NOT_CORRECTED:
            until = self.correction.data.until if self.correction else None  # type: ignore[union-attr]
            if until is None or on <= until:
                words = "补正期限还没有过" if until else "没有告知补正，或者申请人已经补正"
                raise Refused(Fault("data/ground", "ground-unfit", f"不能按逾期不补正办结：{words}（{article}）"))
        if ground is Ground.FEE_UNPAID:
            last = self._until(PAYMENT.term, self.fee.on) if self.fee else None
            if last is None or on <= last:
                words = f"缴费期限至{last.isoformat()}，还没有过" if last else "没有发出收费通知，或者已经缴清"
                raise Refused(Fault("data/ground", "ground-unfit", f"不能按逾期未缴费办结：{words}（{article}）"))
        if ground is Ground.STILL_UNCLEAR and not self.corrected:
            raise Refused(Fault("data/ground", "ground-unfit", f"没有经过补正，不能答复“补正后仍不明确”（{article}）"))

    def _sent(self, event: Happened) -> None:
        if self.decided_on and event.on < self.decided_on:
            raise Refused(Fault("on", "sent-before-decision", f"送出早于作出答复之日（{self.decided_on.isoformat()}）"))
        self.sent_on = event.on

    # -- the clock

    def _asked(self, term: Term | None, *, plain: bool = False) -> Question:
        restarts = [] if plain else sorted([*self.corrected, *self.paid])
        extended = self.extension and (not restarts or (self.extension.on or date.min) >= restarts[-1])
        return Question(
            start=self.case.opened_on,
            term=term or Term(20, TermUnit.WORKDAY),
            rule=CORRECTION if plain else REPLY,
            restarts=restarts,
            pauses=[] if plain else self.pauses,
            extensions=[self.extension] if extended and self.extension and not plain else [],
            arrival=Arrival(self.channel, self.confirmed_on),
            sent_on=None if plain else self.closed_on if self.waiting is None else None,
        )

    def _until(self, term: Term | None, start: date) -> date | None:
        return reckoned(Question(start=start, term=term or Term(20, TermUnit.WORKDAY)), self.calendar).due_on

    def waiting_until(self) -> date | None:
        """The last day of what is waited for (K3, K4, K11)."""
        if self.waiting is Waiting.CORRECTION and self.correction:
            until: date = self.correction.data.until  # type: ignore[union-attr]
            return until
        if self.waiting is Waiting.CONSULTATION:
            return self._until(OPINION.term, self.pauses[-1].start)
        return self._until(PAYMENT.term, self.fee.on) if self.waiting is Waiting.PAYMENT and self.fee else None

    def standing(self) -> Standing:
        """Where the case stands now."""
        question = None if self.awaits_confirmation else self._asked(REPLY.term)
        if question and self.closed_on and self.pauses and self.pauses[-1].end is None:
            question = resumed(question, self.closed_on)
        found = reckoned(question, self.calendar) if question else None
        stands_still = self.awaits_confirmation or self.correction or self.fee
        return Standing(
            due_on=found.due_on if found and not stands_still else None,
            known=found.known if found else True,
            waiting=self.waiting,
            waiting_until=self.waiting_until(),
            closed_on=self.closed_on,
            outcome=DECISIONS[self.ground].row if self.ground else None,
            next_events=self.next_events(),
            question=question,
            remarks=tuple(self.remarks),
            paid_on=tuple(self.paid),
        )


def proceed(kind: RegisterKind, case: Case, calendar: Calendar) -> Standing:
    """The standing of an application: every event in its order, checked against the 条例.

    Raises:
        Refused: an event that cannot have happened so.
    """
    docket = Docket(case, calendar)
    for event in case.events:
        docket.take(event)
        # The clock sees each event as it comes: an extension after the term had run out is refused here.
        docket.standing()
    return docket.standing()
