"""Rules of a register (台账规则): from an entry's fields and events to where it stands. Pure.

Nothing here is typed in by anybody: due date, state and next steps follow from what happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.calendars.clock import ImpossibleClock, Question, Reckoning, reckon
from taizhang.calendars.rules import RULES, Term
from taizhang.calendars.workdays import Calendar
from taizhang.registers.kind import Due, Entry, Fault, Happened, Refused, RegisterKind, Standing

ORDER_RULE = "经过应当依次登记"


@dataclass(frozen=True, slots=True)
class Case:
    """An entry as the rules see it; events in the order they happened."""

    opened_on: date
    entry: Entry
    events: Sequence[Happened] = ()


def stand(kind: RegisterKind, case: Case, calendar: Calendar, *, today: date) -> Standing:
    """Where the entry stands.

    Raises:
        Refused: an event before the entry opened, in the future, after its close, or against a rule.
    """
    _check_order(kind, case, today)
    return (kind.replay or standard)(kind, case, calendar)


def _check_order(kind: RegisterKind, case: Case, today: date) -> None:
    if case.opened_on > today:
        raise Refused(Fault("opened_on", "date-in-future", f"{kind.opened_words}不能晚于今天"))
    closed: date | None = None
    for event in case.events:
        form = kind.event(event.kind)
        if form is None:
            known = "、".join(each.title for each in kind.events) or "无"
            raise Refused(Fault("kind", "event-unknown", f"{kind.title}没有这一步，可选：{known}"))
        if event.on > today:
            raise Refused(Fault("on", "date-in-future", f"{form.on_words}不能晚于今天：没有发生的事不登记"))
        if event.on < case.opened_on:
            words = f"{form.on_words}早于{kind.opened_words}（{case.opened_on.isoformat()}），{ORDER_RULE}"
            raise Refused(Fault("on", "event-before-opening", words))
        if closed is not None:
            words = f"已于{closed.isoformat()}办结，不能再登记{form.title}；确需更正的，先说明理由重新打开"
            raise Refused(Fault("kind", "entry-closed", words))
        if form.closes:
            closed = event.on


def standard(kind: RegisterKind, case: Case, calendar: Calendar) -> Standing:
    """Opened, done by a day, closed by one event: all registers but those with a procedure of their own."""
    closing = next((event for event in case.events if (form := kind.event(event.kind)) and form.closes), None)
    closed_on = case.opened_on if kind.records else closing.on if closing else None
    outcome = getattr(closing.data, kind.outcome) if closing and kind.outcome else None
    question = due_question(kind.due, case, sent_on=closed_on) if kind.due else None
    if question and question.start.year < calendar.first_year:
        question = None  # kept for the stock of documents in force; no calendar reaches back to its term
    found = reckoned(question, calendar) if question else None
    due_on = found.due_on if found else fixed_due(kind.due, case)
    done = {event.kind for event in case.events}
    return Standing(
        due_on=due_on,
        known=found.known if found else True,
        closed_on=closed_on,
        outcome=outcome,
        question=question,
        next_events=()
        if closed_on
        else tuple(form.kind for form in kind.events if form.closes or form.kind not in done),
    )


def due_question(due: Due, case: Case, *, sent_on: date | None) -> Question | None:
    """What the clock is asked for this entry, or None: no term here, or the day it runs from is not known yet."""
    rule = RULES[due.rule] if due.rule else None
    term: Term | None = due.term or (rule.term if rule else None)
    start = getattr(case.entry, due.start) if due.start else case.opened_on
    if term is None or start is None or not due.when(case.entry):
        return None
    return Question(start=start, term=term, rule=rule, sent_on=sent_on if sent_on and sent_on >= start else None)


def fixed_due(due: Due | None, case: Case) -> date | None:
    """The day an entry itself names as its last."""
    if due is None or due.on is None or not due.when(case.entry):
        return None
    day: date | None = case.opened_on if due.on == "opened_on" else getattr(case.entry, due.on)
    return day


def reckoned(question: Question, calendar: Calendar) -> Reckoning:
    """The clock's count, its faults as ours.

    Raises:
        Refused: see :class:`~taizhang.calendars.clock.ImpossibleClock`.
    """
    try:
        return reckon(question, calendar)
    except ImpossibleClock as error:
        raise Refused(*(Fault(_place(fault.field), fault.code, fault.words) for fault in error.faults)) from error


def _place(field: str) -> str:
    return "opened_on" if field == "start" else "on"


def in_order(events: Sequence[Happened], added: Happened | None = None) -> list[Happened]:
    """Events as they happened; of one day, in the order they were entered."""
    every = [*events, *([added] if added else [])]
    return sorted(every, key=lambda event: (event.on, event.at.timestamp() if event.at else 0.0))


def late_by(done_at: datetime, due_at: datetime) -> str:
    """3小时20分."""
    minutes = int((done_at - due_at).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时{rest}分" if hours else f"{rest}分钟"
