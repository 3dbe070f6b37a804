"""Composing a letter (拟文): the text filled in from the case, its dates reckoned by the clock. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.calendars.derivation import derivation, statement
from taizhang.calendars.rules import Channel
from taizhang.calendars.workdays import Calendar
from taizhang.registers.application_steps import (
    ConsultationStarted,
    CorrectionAsked,
    Decided,
    Extended,
    Relation,
)
from taizhang.registers.grounds import DECISIONS
from taizhang.registers.kind import Happened, RegisterKind, Standing
from taizhang.registers.letters import texts
from taizhang.registers.letters.texts import TITLES, LetterKind
from taizhang.registers.rules import Case, reckoned, stand

EVENT_OF: Mapping[LetterKind, str] = {
    LetterKind.CORRECTION: "correction_asked",
    LetterKind.EXTENSION: "extended",
    LetterKind.THIRD_PARTY: "consultation_started",
    LetterKind.CO_MAKER: "consultation_started",
    LetterKind.ANSWER: "decided",
}
UNSAID = "（待填）"


@dataclass(frozen=True, slots=True)
class Known:
    """What a letter is made of besides the rules: the case, who answers it, and how the applicant is called."""

    kind: RegisterKind
    case: Case
    calendar: Calendar
    today: date
    organ: str
    authority: str
    ref_no: str | None
    applicant: str
    natural: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter before it is laid out: its parts in order."""

    kind: LetterKind
    organ: str
    title: str
    number: str | None
    addressee: str
    paragraphs: Sequence[str]
    dated: date


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether a letter can be made now, and why or why not. ``number`` counts the events it may be made of."""

    kind: LetterKind
    title: str
    ready: bool
    why: str
    on: date | None


def offers(known: Known) -> list[Offer]:
    """Every letter of an application: which can be made now, of what, and what the others wait for."""
    return [_offer(known, kind) for kind in LetterKind]


def _offer(known: Known, kind: LetterKind) -> Offer:
    title = TITLES[kind]
    if kind is LetterKind.RECEIPT:
        return Offer(kind, title, True, f"已登记，{known.kind.opened_words}为{day(known.case.opened_on)}", None)
    event = _event(known, kind)
    form = known.kind.event(EVENT_OF[kind])
    step = form.title if form else ""
    if event is None:
        return Offer(kind, title, False, f"登记“{step}”之后可以制作", None)
    return Offer(kind, title, True, f"{day(event.on)}登记了“{step}”", event.on)


def _event(known: Known, kind: LetterKind) -> Happened | None:
    """The latest event a letter is about."""
    found = [event for event in known.case.events if event.kind == EVENT_OF[kind] and _concerns(event, kind)]
    return found[-1] if found else None


def _concerns(event: Happened, kind: LetterKind) -> bool:
    """A question goes to a third party or to those who made the information too; not said, it may be either."""
    if not isinstance(event.data, ConsultationStarted) or event.data.relation is None:
        return True
    return event.data.relation is (Relation.CO_MAKER if kind is LetterKind.CO_MAKER else Relation.THIRD_PARTY)


def compose(known: Known, kind: LetterKind) -> Paper | None:
    """A letter, or None while what it is about has not happened."""
    event = None if kind is LetterKind.RECEIPT else _event(known, kind)
    if kind is not LetterKind.RECEIPT and event is None:
        return None
    lines, words = _of_kind(known, kind, event)
    data = event.data if event else None
    recipient = words.get("recipient")
    return Paper(
        kind=kind,
        organ=known.organ,
        title=TITLES[kind],
        number=getattr(data, "notice_no", None) if event else known.ref_no,
        addressee=recipient or known.applicant,
        paragraphs=[text for line in lines for text in _filled(line, words).split("\n") if text.strip()],
        dated=event.on if event else _receipt_day(known),
    )


def _filled(line: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], UNSAID), line)


def _of_kind(known: Known, kind: LetterKind, event: Happened | None) -> tuple[Sequence[str], dict[str, str]]:
    common = _common(known)
    data = event.data if event else None
    if event is None:
        return _receipt(known, common)
    if isinstance(data, CorrectionAsked):
        return texts.CORRECTION, common | {"items": data.items, "until": day(data.until)}
    if isinstance(data, Extended):
        return texts.EXTENSION, common | _extension(known, event, data)
    if isinstance(data, ConsultationStarted):
        lines = texts.CO_MAKER if kind is LetterKind.CO_MAKER else texts.THIRD_PARTY
        until = _standing(known, event).waiting_until
        return lines, common | {"recipient": data.asked_of, "until": day(until)}
    assert isinstance(data, Decided)
    return _answer(known, event, data, common)


def _common(known: Known) -> dict[str, str]:
    entry = known.case.entry
    section = getattr(entry, "section", None)
    return {
        "you": "您" if known.natural else "贵单位",
        "opened_on": day(known.case.opened_on),
        "came": texts.CAME[Channel(entry.channel.value)],  # type: ignore[attr-defined]
        "content": entry.content,  # type: ignore[attr-defined]
        "ref_no": known.ref_no or UNSAID,
        "section": section or f"{known.organ}政府信息公开工作机构",
        "authority": known.authority,
    }


def _receipt(known: Known, common: dict[str, str]) -> tuple[Sequence[str], dict[str, str]]:
    """As things stood when the application was received and, where it needs to be, confirmed."""
    confirmed = [event for event in known.case.events if event.kind == "confirmed"]
    found = stand(known.kind, replace(known.case, events=confirmed), known.calendar, today=known.today)
    if found.question is None:
        return texts.RECEIPT_WAITING, common
    return texts.RECEIPT, common | _reckoned(known, found)


def _receipt_day(known: Known) -> date:
    confirmed = [event.on for event in known.case.events if event.kind == "confirmed"]
    return confirmed[0] if confirmed else known.case.opened_on


def _reckoned(known: Known, found: Standing) -> dict[str, str]:
    question = found.question
    assert question is not None
    bare = replace(question, sent_on=None)
    counted = reckoned(bare, known.calendar)
    steps = derivation(bare, counted, known.calendar)
    return {
        "received_on": day(question.received_on),
        "due_on": day(counted.due_on),
        "statement": statement(steps),
    }


def _extension(known: Known, event: Happened, data: Extended) -> dict[str, str]:
    found = _standing(known, event)
    question = found.question
    assert question is not None
    before = reckoned(replace(question, extensions=[], sent_on=None), known.calendar)
    reason = (data.reason or "情况复杂，需要进一步核实").rstrip("。")
    told = _reckoned(known, found)
    return told | {"days": str(data.days), "reason": reason, "base_due_on": day(before.due_on)}


def _answer(
    known: Known, event: Happened, data: Decided, common: dict[str, str]
) -> tuple[Sequence[str], dict[str, str]]:
    found = _standing(known, event)
    received = found.question.received_on if found.question else known.case.opened_on
    words = common | {
        "received_on": day(received),
        "summary": data.summary or "",
        "course": _course(known, event, common),
    }
    decided = _filled(texts.DECIDED[data.ground], words | {"summary": data.summary or (UNSAID if _needs(data) else "")})
    article = DECISIONS[data.ground].article.replace("《政府信息公开条例》", texts.REGULATION)
    remedy = texts.remedy(data.ground, event.on)
    lines = [*texts.ANSWER_OPENING, f"根据{article}的规定，{decided}", *([remedy] if remedy else [])]
    return lines, words


def _needs(data: Decided) -> bool:
    """Whether the answer says nothing without what was typed: a way to get it, a reason, a rule."""
    return texts.DECIDED[data.ground].endswith("：{summary}")


def _course(known: Known, until: Happened, common: dict[str, str]) -> str:
    """What happened between receipt and answer, as far as the applicant must know it."""
    said = []
    for event in known.case.events:
        if event is until:
            break
        if event.kind == "correction_received":
            said.append(_filled(texts.COURSE_CORRECTED, common | {"corrected_on": day(event.on)}))
        if event.kind == "consultation_ended" and texts.COURSE_CONSULTED not in said:
            said.append(texts.COURSE_CONSULTED)
        if isinstance(event.data, Extended):
            said.append(_filled(texts.COURSE_EXTENDED, common | {"days": str(event.data.days)}))
    return "".join(said)


def _standing(known: Known, event: Happened) -> Standing:
    """Where the case stood right after an event."""
    so_far = list(known.case.events[: known.case.events.index(event) + 1])
    return stand(known.kind, replace(known.case, events=so_far), known.calendar, today=known.today)


def day(on: date | None) -> str:
    """2023年9月25日, as a 公文 writes it."""
    return f"{on.year}年{on.month}月{on.day}日" if on else UNSAID
