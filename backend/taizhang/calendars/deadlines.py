"""Answering a deadline (期限计算的应答): the question as asked, the clock, and the answer with its words."""

from collections.abc import Sequence
from datetime import date

from taizhang.calendars.clock import Arrival, Fault, ImpossibleClock, Question, Reckoning, reckon, under_rule
from taizhang.calendars.derivation import Step, derivation, full_words, statement
from taizhang.calendars.lights import term_light
from taizhang.calendars.rules import RULES, Rule, Term, TermUnit
from taizhang.calendars.schemas import (
    DayCounted,
    Deadline,
    DeadlineLight,
    DeadlineQuery,
    DerivationStep,
    RulePublic,
    extension_of,
    pause_of,
)
from taizhang.calendars.workdays import Calendar
from taizhang.core.problems import FieldError, Invalid


def described(rule: Rule) -> RulePublic:
    """A rule as the page lists it."""
    return RulePublic(
        key=rule.key,
        name=rule.name,
        article=rule.article,
        event=rule.event,
        amount=rule.term.amount if rule.term else None,
        unit=rule.term.unit if rule.term else None,
        term_words=rule.term.words if rule.term else "由行政机关确定",
        consequence=rule.consequence,
        verified=rule.verified,
        restarts=rule.restarts,
        pauses=rule.pauses,
        extends=rule.extends,
        received=rule.received,
    )


def answer(asked: DeadlineQuery, calendar: Calendar, today: date, *, near_workdays: int) -> Deadline:
    """The deadline with its derivation.

    Raises:
        Invalid: no such rule, no term or two, or events that cannot have happened so; each with its parameter.
    """
    question = _question(asked)
    try:
        reckoning = reckon(question, calendar)
    except ImpossibleClock as error:
        raise _refused(error.faults) from error
    return _answered(question, reckoning, calendar, today, near_workdays)


def _question(asked: DeadlineQuery) -> Question:
    rule = _rule(asked.rule)
    term, extensions = under_rule(rule, _term(asked, rule), [extension_of(text) for text in asked.extend])
    if asked.confirmed is not None and asked.channel is None:
        raise Invalid.field("query:channel", "channel-missing", "给出确认之日的，请一并给出提交方式")
    return Question(
        start=asked.start,
        term=term,
        rule=rule,
        restarts=asked.restart,
        pauses=[pause_of(text) for text in asked.pause],
        extensions=extensions,
        arrival=Arrival(asked.channel, asked.confirmed) if asked.channel else None,
        sent_on=asked.sent,
    )


def _rule(key: str | None) -> Rule | None:
    if key is None or not key.strip():
        return None
    rule = RULES.get(key.strip().upper())
    if rule is None:
        known = "、".join(f"{each.key} {each.name}" for each in RULES.values())
        raise Invalid.field("query:rule", "rule-unknown", f"没有这条规定，可选：{known}")
    return rule


def _term(asked: DeadlineQuery, rule: Rule | None) -> Term:
    given = {
        "days": (asked.days, TermUnit.WORKDAY),
        "calendar_days": (asked.calendar_days, TermUnit.DAY),
        "months": (asked.months, TermUnit.MONTH),
    }
    terms = [(name, Term(amount, unit)) for name, (amount, unit) in given.items() if amount is not None]
    if len(terms) > 1:
        raise Invalid.field(f"query:{terms[1][0]}", "term-twice", "工作日、自然日、月只能给出一种")
    if terms:
        return terms[0][1]
    if rule is None:
        raise Invalid.field("query:days", "term-missing", "请给出期限：days、calendar_days、months 之一，或者 rule")
    if rule.term is None:
        words = f"“{rule.name}”的期限由行政机关确定，请给出 days、calendar_days 或 months（{rule.article}）"
        raise Invalid.field("query:days", "term-missing", words)
    return rule.term


def _refused(faults: Sequence[Fault]) -> Invalid:
    errors = [FieldError(f"query:{fault.field}", fault.code, fault.words) for fault in faults]
    return Invalid("impossible-clock", "这样的经过推算不出期限", detail=errors[0].detail, errors=errors)


def _answered(
    question: Question, reckoning: Reckoning, calendar: Calendar, today: date, near_workdays: int
) -> Deadline:
    steps = derivation(question, reckoning, calendar)
    due = reckoning.due_on
    light = term_light(reckoning, today, calendar, near_workdays=near_workdays, done_on=question.sent_on)
    return Deadline(
        due_on=due,
        known=reckoning.known,
        derivation=[_shown(step) for step in steps],
        statement=statement(steps),
        due_words=full_words(due) if due else None,
        received_on=question.received_on,
        runs_from=question.runs_from,
        total=question.term.amount + (question.extension.amount if question.extension else 0),
        unit=question.term.unit,
        due_is_workday=due is not None and calendar.is_workday(due),
        last_workday=calendar.last_workday_until(due) if due else None,
        today=today,
        remaining=light.remaining,
        light=DeadlineLight(colour=light.colour, words=light.words),
        rule=described(question.rule) if question.rule else None,
        days=[DayCounted.model_validate(day) for day in reckoning.days],
    )


def _shown(step: Step) -> DerivationStep:
    return DerivationStep(
        on=step.on,
        until=step.until,
        kind=step.kind,
        step=step.words,
        rule=step.rule,
        article=step.article,
        counted=step.counted,
        remaining=step.remaining,
    )
