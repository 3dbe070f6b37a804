"""Rules of reporting (填报规则): when a period takes reports, what a report must contain, and where an assignment
stands in view of what was reported and accepted. Pure: no database, no HTTP.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, NamedTuple, TypeVar

from taizhang.plans.judgements import VERDICT_WORDS, Verdict
from taizhang.plans.rules import period_state

Key = TypeVar("Key")

PeriodState = Literal["future", "open", "late", "closed"]
AssignmentState = Literal["not_started", "in_progress", "continuing", "completed"]


class ClaimOutcome(StrEnum):
    """What a unit says of one duty."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    ONGOING = "ongoing"
    NOT_APPLICABLE = "not_applicable"


OUTCOME_WORDS = {
    ClaimOutcome.MET: "已完成",
    ClaimOutcome.PARTLY: "部分完成",
    ClaimOutcome.NOT_MET: "未完成",
    ClaimOutcome.ONGOING: "持续推进",
    ClaimOutcome.NOT_APPLICABLE: "不涉及",
}

FIELD_WORDS = {"progress": "进展情况", "measures": "工作措施", "problems": "存在问题", "next_steps": "下步打算"}

# Kinds that can be finished; the others (continuous, conditional, period, event, ban) go on until the year is over.
FINITE_KINDS = frozenset({"date", "setup", "ratio", "count"})
MEASURED_KINDS = frozenset({"ratio", "count"})

COMPARISONS = {">=": float.__ge__, "<=": float.__le__, "=": float.__eq__}


# -- periods


@dataclass(frozen=True, slots=True)
class Window:
    """When a report on a period may be handed in: three dates on one line, and leave to come after the last."""

    opens_on: date
    due_on: date
    closes_on: date
    plan_issued: bool = True
    permit_until: date | None = None

    def state(self, today: date) -> PeriodState:
        """Where the period stands on a day."""
        return period_state(self.opens_on, self.due_on, self.closes_on, today)

    def refusal(self, today: date) -> str | None:
        """Why nothing can be handed in on a day, as a problem code, or None."""
        if not self.plan_issued:
            return "plan-not-issued"
        state = self.state(today)
        if state == "future":
            return "period-not-open"
        permitted = self.permit_until is not None and today <= self.permit_until
        return "period-closed" if state == "closed" and not permitted else None


def is_late(first_submitted_on: date | None, due_on: date) -> bool:
    """Timeliness is the unit's first hand-in; a return does not make it late, a late permit does not make it timely."""
    return first_submitted_on is not None and first_submitted_on > due_on


# -- what a report must contain


class Fault(NamedTuple):
    """One thing missing or wrong in a report that is to be handed in."""

    pointer: str
    code: str
    detail: str


SAME = 0.05
"""Two figures nearer than this are one figure rounded twice."""


class JudgedDuty(NamedTuple):
    """What a duty's register says: the verdict that counts, and the figure computed."""

    verdict: Verdict
    value: float | None
    unit: str
    done_on: date | None = None
    final: bool = False


class ClaimedDuty(NamedTuple):
    """One claim with what its duty demands, and what its register says where one is kept."""

    kind: str
    due_on: date | None
    threshold: tuple[str, float] | None
    outcome: ClaimOutcome
    value: float | None
    done_on: date | None
    judged: JudgedDuty | None = None
    difference_reason: str | None = None


def difference(outcome: ClaimOutcome, value: float | None, judged: JudgedDuty | None) -> str | None:
    """In what a claim and its register differ, in words; None where they agree or no register is kept."""
    if judged is None or judged.verdict is Verdict.NOT_KEPT:
        return None
    if value is not None and judged.value is not None and abs(value - judged.value) > SAME:
        return f"专项台账算得{judged.value:g}{judged.unit}，填报{value:g}{judged.unit}"
    if outcome in _AGAINST[judged.verdict]:
        return f"专项台账判定{VERDICT_WORDS[judged.verdict]}，申报{OUTCOME_WORDS[outcome]}"
    return None


_AGAINST = {
    Verdict.MET: {ClaimOutcome.PARTLY, ClaimOutcome.NOT_MET, ClaimOutcome.NOT_APPLICABLE},
    Verdict.NOT_MET: {ClaimOutcome.MET, ClaimOutcome.NOT_APPLICABLE},
    Verdict.PENDING: {ClaimOutcome.MET, ClaimOutcome.NOT_APPLICABLE},
    Verdict.NOT_APPLICABLE: {ClaimOutcome.MET, ClaimOutcome.PARTLY, ClaimOutcome.NOT_MET},
}


def prefilled(kind: str, due_on: date | None, judged: JudgedDuty) -> tuple[ClaimOutcome, date | None]:
    """The claim a register makes of itself: outcome, and the day where the duty asks for one."""
    finite = kind in FINITE_KINDS or due_on is not None
    going_on = not finite and not judged.final
    outcomes = {
        Verdict.MET: ClaimOutcome.ONGOING if going_on else ClaimOutcome.MET,
        Verdict.NOT_MET: ClaimOutcome.NOT_MET,
        Verdict.PENDING: ClaimOutcome.PARTLY,
        Verdict.NOT_APPLICABLE: ClaimOutcome.ONGOING if going_on else ClaimOutcome.NOT_APPLICABLE,
    }
    outcome = outcomes[judged.verdict]
    return outcome, judged.done_on if outcome is ClaimOutcome.MET else None


def faults(progress: str, claims: Sequence[ClaimedDuty], answered: Sequence[bool], today: date) -> list[Fault]:
    """What keeps a report from being handed in. Pointers count claims and points as the record shows them."""
    found = [] if progress.strip() else [Fault("#/progress", "progress-empty", "请填写进展情况")]
    for index, claim in enumerate(claims):
        found.extend(_claim_faults(f"#/claims/{index}", claim, today))
    for index, done in enumerate(answered):
        if not done:
            found.append(Fault(f"#/points/{index}/answer", "point-unanswered", "这条退回要点还没有答复"))
    return found


def _claim_faults(pointer: str, claim: ClaimedDuty, today: date) -> Iterator[Fault]:
    if claim.done_on is not None and claim.done_on > today:
        yield Fault(f"{pointer}/done_on", "done-on-future", "完成日期还没有到")
    differs = difference(claim.outcome, claim.value, claim.judged)
    if differs and claim.difference_reason is None:
        yield Fault(f"{pointer}/difference_reason", "difference-unexplained", f"{differs}，请说明原因")
    if claim.outcome is not ClaimOutcome.MET:
        return
    if claim.kind in MEASURED_KINDS:
        if claim.value is None and claim.done_on is None:
            yield Fault(f"{pointer}/value", "figure-missing", "申报已完成，请填数值或完成日期")
    elif claim.done_on is None and (claim.kind == "date" or claim.due_on is not None):
        yield Fault(f"{pointer}/done_on", "done-on-missing", "申报已完成，请填完成日期")
    if claim.threshold is not None and claim.value is not None:
        op, bound = claim.threshold
        if not COMPARISONS[op](float(claim.value), float(bound)):
            words = f"数值没有达到要求（{op} {bound:g}），不能申报已完成"
            yield Fault(f"{pointer}/value", "threshold-not-reached", words)


# -- where an assignment stands


@dataclass(frozen=True, slots=True)
class DutyFact(Generic[Key]):
    """A duty that applies to the assignment."""

    id: Key
    kind: str
    due_on: date | None

    @property
    def finite(self) -> bool:
        return self.due_on is not None or self.kind in FINITE_KINDS


@dataclass(frozen=True, slots=True)
class ClaimFact(Generic[Key]):
    """An accepted claim; ``reported_on`` stands in where the unit gave no day."""

    duty_id: Key
    outcome: ClaimOutcome
    done_on: date | None
    reported_on: date


@dataclass(frozen=True, slots=True)
class PeriodFact(Generic[Key]):
    """A reporting period of the plan."""

    id: Key
    due_on: date


@dataclass(frozen=True, slots=True)
class AssignmentFacts(Generic[Key]):
    """What an assignment's light is read from."""

    state: AssignmentState
    due_on: date | None
    completed_on: date | None
    was_late: bool
    report_period_id: Key | None
    report_due_on: date | None


class Standing(NamedTuple):
    """Where one duty stands by its accepted claims."""

    outcome: ClaimOutcome | None
    done_on: date | None

    @property
    def settled(self) -> bool:
        return self.outcome in (ClaimOutcome.MET, ClaimOutcome.NOT_APPLICABLE)


def standing(claims: Iterable[ClaimFact[Key]]) -> Standing:
    """The latest accepted word on one duty. Said to be met again, it was met when that was first so."""
    outcome, done_on = None, None
    for claim in claims:
        day = claim.done_on or claim.reported_on
        again = outcome is ClaimOutcome.MET and done_on is not None
        done_on = (min(done_on, day) if again and done_on else day) if claim.outcome is ClaimOutcome.MET else None
        outcome = claim.outcome
    return Standing(outcome, done_on)


def judged_standing(duty: DutyFact[Key], judged: JudgedDuty, claimed: Standing) -> Standing:
    """Where a duty stands by its register; by its claims where no register is kept.

    What goes on all year is reached for good only when the year is over.
    """
    if judged.verdict is Verdict.NOT_KEPT:
        return claimed
    kind = "date" if duty.finite else "continuous"
    outcome, done_on = prefilled(kind, duty.due_on, judged)
    return Standing(outcome, done_on or claimed.done_on if outcome is ClaimOutcome.MET else None)


def settlement(
    duties: Sequence[DutyFact[Key]],
    claims: Sequence[ClaimFact[Key]],
    periods: Sequence[PeriodFact[Key]],
    reported: Collection[Key],
    judged: Mapping[Key, JudgedDuty] | None = None,
) -> AssignmentFacts[Key]:
    """Where an assignment stands; ``judged`` is what the registers say, which goes before what was claimed.

    ``claims`` are the accepted ones in the order of their periods, ``periods`` the plan's in order, ``reported`` those
    handed in (a returned report was handed in; a draft, or one the unit took back unread, was not).

    Completed: every duty met or not applicable. In progress: one that can be finished is not. Continuing: only what
    goes on all year is left. The next report owed is the earliest not handed in, missed ones first, until all is done.
    """
    stands = {duty.id: standing(claim for claim in claims if claim.duty_id == duty.id) for duty in duties}
    found = judged or {}
    stands |= {duty.id: judged_standing(duty, found[duty.id], stands[duty.id]) for duty in duties if duty.id in found}
    done = [day for stand in stands.values() if (day := stand.done_on) is not None]
    completed = bool(done) and all(stand.settled for stand in stands.values())
    unmet = [duty for duty in duties if duty.finite and not stands[duty.id].settled]
    owed = None if completed else next((period for period in periods if period.id not in reported), None)
    return AssignmentFacts(
        state=_state(completed=completed, started=bool(reported), unmet=bool(unmet)),
        due_on=min((duty.due_on for duty in unmet if duty.due_on is not None), default=None),
        completed_on=max(done) if completed else None,
        was_late=any(
            duty.due_on is not None and (day := stands[duty.id].done_on) is not None and day > duty.due_on
            for duty in duties
        ),
        report_period_id=owed.id if owed else None,
        report_due_on=owed.due_on if owed else None,
    )


def _state(*, completed: bool, started: bool, unmet: bool) -> AssignmentState:
    if completed:
        return "completed"
    if not started:
        return "not_started"
    return "in_progress" if unmet else "continuing"
