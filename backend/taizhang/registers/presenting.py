"""Entries as people read them (条目的呈现): values with their labels, events in order, the clock in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.calendars.derivation import Step, StepKind, derivation, statement
from taizhang.calendars.queries import calendar as calendar_of
from taizhang.calendars.workdays import Calendar
from taizhang.core.clock import SHANGHAI
from taizhang.core.lights import LightColour
from taizhang.registers import queries, standings
from taizhang.registers.fees import FEE_MEASURES
from taizhang.registers.fields import FieldShape, InputKind, shapes
from taizhang.registers.kind import GROUP_WORDS, EventForm, Milestone, RegisterKind, Standing
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.light_sql import NEAR_HOURS, Day
from taizhang.registers.models import STATE_WORDS, ClockEvent, RegisterEntry
from taizhang.registers.party import PARTY_WORDS
from taizhang.registers.rules import late_by, reckoned
from taizhang.registers.schemas import (
    ChoiceOption,
    ClockStep,
    EntryClock,
    EntryCounts,
    EntryPublic,
    EventFormPublic,
    EventPublic,
    Fact,
    FieldPublic,
    MilestonePublic,
    PartyMasked,
    RegisterPublic,
    RelatedEntry,
    SectionFacts,
)

NOTHING = EntryCounts(total=0, open=0, overdue=0, near=0)


# -- registers


def register(kind: RegisterKind, counts: EntryCounts, *, may_write: bool) -> RegisterPublic:
    """A register's description."""
    plain = ("slug", "title", "group", "basis", "summary", "title_words", "ref_words", "opened_words", "term_words")
    return RegisterPublic(
        **{name: getattr(kind, name) for name in (*plain, "records", "party", "links")},
        group_words=GROUP_WORDS[kind.group],
        term_basis=kind.due.basis if kind.due else None,
        indicators=list(kind.indicators),
        cells=list(kind.cells),
        fields=[_field(each) for each in kind.fields],
        events=[_event_form(each) for each in kind.events],
        counts=counts,
        actions=["create"] if may_write else [],
    )


def _field(shape: FieldShape) -> FieldPublic:
    options = [ChoiceOption(value=value, words=words) for value, words in shape.options]
    names = ("name", "label", "hint", "section", "input", "required", "longest", "least", "most")
    return FieldPublic(options=options, **{name: getattr(shape, name) for name in names})


def _event_form(form: EventForm) -> EventFormPublic:
    names = ("kind", "title", "on_words", "hint", "closes", "by_hour")
    fields = [_field(shape) for shape in shapes(form.form)] if form.form else []
    return EventFormPublic(fields=fields, **{name: getattr(form, name) for name in names})


# -- entries


def entry(session: Session, actor: Actor, kind: RegisterKind, found: RegisterEntry, day: Day) -> EntryPublic:
    """An entry whole, with what this caller may do."""
    session.flush()
    events = queries.events(session, found.id)
    now = standings.standing(kind, found, events, calendar_of(session), day.today)
    own = found.unit_id == actor.unit_id and found.party_sealed is not None
    actions = queries.allowed(actor, found.state, own=own, records=kind.records)
    linked = queries.related(session, actor, found)
    row = queries.summary(session, actor, found.id, day) | {"actions": actions}
    return EntryPublic(
        **row,
        data=found.data,
        facts=_sections(kind, found.data),
        party_masked=_masked(found),
        outcome_words=kind.outcomes.get(found.outcome or "", found.outcome),
        remarks=list(now.remarks),
        events=[_event(kind, event) for event in _by_day(events)],
        next_events=list(now.next_events) if "event" in actions else [],
        related=next((_related(each) for each in linked if each.id == found.related_id), None),
        relating=[_related(each) for each in linked if each.id != found.related_id],
        **{name: getattr(found, name) for name in ("void_reason", "created_by_name", "created_at", "updated_at")},
    )


def _by_day(events: Sequence[ClockEvent]) -> list[ClockEvent]:
    return sorted(events, key=lambda event: (event.on, event.at.timestamp() if event.at else 0.0))


def _masked(found: RegisterEntry) -> PartyMasked | None:
    if found.party is None or found.party_masked is None:
        return None
    return PartyMasked(kind=found.party, kind_words=PARTY_WORDS[found.party], **found.party_masked)


def _related(found: RegisterEntry) -> RelatedEntry:
    kind = REGISTERS.get(found.slug)
    return RelatedEntry(
        id=found.id,
        slug=found.slug,
        register_title=kind.title if kind else found.slug,
        title=found.title,
        ref_no=found.ref_no,
        state_words=STATE_WORDS[found.state],
    )


def _event(kind: RegisterKind, event: ClockEvent) -> EventPublic:
    form = kind.event(event.kind)
    facts: list[Fact] = []
    if form and form.form and event.data is not None:
        facts = [Fact(label=label, words=words) for label, words in said(shapes(form.form), event.data)]
        if form.says:
            facts += [
                Fact(label=label, words=words) for label, words in form.says(form.form.model_validate(event.data))
            ]
    names = (
        "id",
        "kind",
        "on",
        "at",
        "reason",
        "actor_name",
        "recorded_at",
        "voided_at",
        "voided_by_name",
        "void_reason",
    )
    plain = {name: getattr(event, name) for name in names}
    return EventPublic(title=form.title if form else event.kind, data=event.data or {}, facts=facts, **plain)


def _sections(kind: RegisterKind, data: dict[str, Any]) -> list[SectionFacts]:
    sections: dict[str, list[Fact]] = {}
    for shape in kind.fields:
        for label, words in said([shape], data):
            sections.setdefault(shape.section, []).append(Fact(label=label, words=words))
    return [SectionFacts(section=section, facts=facts) for section, facts in sections.items()]


def said(fields: Sequence[FieldShape], data: dict[str, Any]) -> list[tuple[str, str]]:
    """Labels with their values in words; what was left empty is left out."""
    found = [(shape.label, _words(shape, data.get(shape.name))) for shape in fields]
    return [(label, words) for label, words in found if words]


def _words(shape: FieldShape, value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = dict(shape.options)
    if isinstance(value, list):
        return "、".join(words.get(item, str(item)) for item in value)
    if shape.input is InputKind.DATE:
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if shape.input is InputKind.MOMENT:
        at = datetime.fromisoformat(value).astimezone(SHANGHAI)
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    return words.get(value, str(value))


# -- the clock


def clock(session: Session, actor: Actor, kind: RegisterKind, found: RegisterEntry, day: Day) -> EntryClock:
    """The term of an entry, step by step."""
    working = calendar_of(session)
    now = standings.standing(kind, found, queries.events(session, found.id), working, day.today)
    row = queries.summary(session, actor, found.id, day)
    steps, left, reached = _steps(now, working)
    question = now.question
    return EntryClock(
        due_on=now.due_on,
        due_at=now.due_at,
        known=now.known,
        term_words=kind.term_words,
        basis=kind.due.basis if kind.due else kind.basis if now.milestones else None,
        received_on=question.received_on if question else None,
        runs_from=question.runs_from if question else None,
        total=reached,
        unit=question.term.unit if question else None,
        remaining=left if left is not None else row["remaining"],
        light=row["light"],
        light_words=row["light_words"],
        waiting=now.waiting,
        waiting_until=now.waiting_until,
        derivation=[_step(step) for step in steps],
        statement=statement(steps) if steps else None,
        milestones=[_milestone(each, day.now) for each in now.milestones],
        remarks=list(now.remarks),
    )


def _steps(now: Standing, working: Calendar) -> tuple[list[Step], int | None, int | None]:
    """The derivation, the days left while the clock stands still, and the length of the term."""
    question = now.question
    if question is None:
        return [], None, None
    found = reckoned(question, working)
    steps = [
        _paid(step) if step.kind is StepKind.RESTARTED and step.on in now.paid_on else step
        for step in derivation(question, found, working)
    ]
    if now.waiting and now.due_on is None:
        steps = [step for step in steps if step.kind is not StepKind.DUE]
    length = question.term.amount + (question.extension.amount if question.extension else 0)
    return steps, found.total - found.counted_by(date.max) if found.due_on is None else None, length


def _paid(step: Step) -> Step:
    words = step.words.replace(
        "收到申请人的补正，期限自收到补正之日起重新计算", "申请人缴清信息处理费，答复期限重新计算"
    )
    return replace(step, words=words, rule="K11", article=FEE_MEASURES)


def _step(step: Step) -> ClockStep:
    return ClockStep(
        step=step.words,
        **{name: getattr(step, name) for name in ("on", "until", "kind", "rule", "article", "counted", "remaining")},
    )


def _milestone(each: Milestone, now: datetime) -> MilestonePublic:
    if each.done_at is not None:
        late = each.done_at > each.due_at
        words = f"迟了{late_by(each.done_at, each.due_at)}" if late else "按时"
        colour = LightColour.YELLOW if late else LightColour.GREEN
    elif now > each.due_at:
        words, colour = f"已逾期{late_by(now, each.due_at)}", LightColour.RED
    else:
        soon = each.due_at - now <= timedelta(hours=NEAR_HOURS)
        words, colour = f"剩余{late_by(each.due_at, now)}", LightColour.YELLOW if soon else LightColour.GREEN
    return MilestonePublic(light=colour, words=words, **each._asdict())
