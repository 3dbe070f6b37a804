"""The procedure of an application (依申请公开办理程序): from receipt to sending, by the 条例. Pure.

Each event is a method of the docket: it says under which rule it may happen and changes what follows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from taizhang.calendars.clock import Arrival, Extension, Pause, Question
from taizhang.calendars.rules import RECEIPTS, RULES, Channel, Term, TermUnit
from taizhang.calendars.workdays import Calendar
from taizhang.registers.application_steps import EVENTS, CorrectionAsked, Decided, Extended, FeeNotified, fee_of
from taizhang.registers.fees import FEE_MEASURES
from taizhang.registers.grounds import DECISIONS, Ground
from taizhang.registers.kind import Fault, Happened, Refused, RegisterKind, Standing, Waiting
from taizhang.registers.rules import Case, reckoned

REGULATION = "《政府信息公开条例》"
REPLY, CORRECTION, OPINION, PAYMENT = RULES["K5"], RULES["K2"], RULES["K4"], RULES["K11"]


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
            asked = self.pauses[-1].start  # withdrawn while others were asked: the question ends with the case
            question = replace(question, pauses=[*self.pauses[:-1], Pause(asked, max(asked, self.closed_on))])
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
