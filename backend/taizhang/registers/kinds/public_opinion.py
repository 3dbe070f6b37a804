"""舆情回应: in hours. Grave incidents: word within 5 hours, a press conference within 24; other opinion within 48."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import AwareDatetime

from taizhang.calendars.workdays import Calendar
from taizhang.core.schemas import Input
from taizhang.registers.fields import Choice, Line, OptionalArea, OptionalUrl, asked, may
from taizhang.registers.kind import BEIJING, Entry, EventForm, Fault, Group, Milestone, Refused, RegisterKind, Standing
from taizhang.registers.rules import Case, late_by

LETTER_80 = "国办发〔2016〕80号"
LETTER_61 = "国办发〔2016〕61号"


class Gravity(Choice):
    """How grave (等级)."""

    GRAVE = "grave", "特别重大、重大突发事件"
    OTHER = "other", "其他政务舆情"


class PublicOpinion(Entry):
    """一起政务舆情。"""

    gravity: Gravity = asked("等级")
    found_at: AwareDatetime = asked("舆情发现时间", hint="时限从此时起算")
    source: Line = asked("舆情来源")
    summary: OptionalArea = may("舆情内容", area=True)


class Answered(Input):
    """回应情况。"""

    channel: Line = asked("发布渠道", "回应")
    url: OptionalUrl = may("链接", "回应")
    result: OptionalArea = may("回应要点、结果", "回应", area=True)


class Term(NamedTuple):
    """An event that must have come within so many hours."""

    event: str
    title: str
    hours: int
    basis: str


TERMS = {
    Gravity.GRAVE: (Term("stated", "发布权威信息", 5, LETTER_80), Term("briefed", "举行新闻发布会", 24, LETTER_61)),
    Gravity.OTHER: (Term("responded", "回应", 48, LETTER_61),),
}


def milestones(entry: PublicOpinion, done: dict[str, datetime]) -> Iterator[Milestone]:
    """The terms of an entry, and which of them were met when."""
    for term in TERMS[entry.gravity]:
        due = entry.found_at + timedelta(hours=term.hours)
        yield Milestone(f"{term.title}（{term.hours}小时内）", due, done.get(term.event), term.basis)


def by_hours(kind: RegisterKind, case: Case, calendar: Calendar) -> Standing:
    """Closed when the last of its terms is met; due when the next runs out."""
    entry = case.entry
    assert isinstance(entry, PublicOpinion)
    if entry.found_at.astimezone(BEIJING).date() != case.opened_on:
        raise Refused(Fault("data/found_at", "day-differs", f"舆情发现时间应在{kind.opened_words}当天"))
    wanted = [term.event for term in TERMS[entry.gravity]]
    done: dict[str, datetime] = {}
    for event in case.events:
        if event.kind not in wanted:
            words = f"{entry.gravity.words}的回应步骤是：{'、'.join(t.title for t in TERMS[entry.gravity])}"
            raise Refused(Fault("kind", "event-unfit", f"{words}（{LETTER_61}、{LETTER_80}）"))
        if event.at is None or event.at < entry.found_at:
            raise Refused(Fault("at", "event-before-opening", "发布时间早于舆情发现时间"))
        if event.kind in done:
            raise Refused(Fault("kind", "event-twice", "这一步已经登记过"))
        done[event.kind] = event.at
    steps = tuple(milestones(entry, done))
    left = tuple(kind_ for kind_ in wanted if kind_ not in done)
    ends = max(done.values()) if not left else None
    pending = [step for step in steps if step.done_at is None]
    late = [step for step in steps if step.done_at and step.done_at > step.due_at]
    worst = max(late, key=lambda step: step.done_at - step.due_at, default=None)  # type: ignore[operator]
    due = pending[0] if pending else worst or steps[-1]
    return Standing(
        due_on=due.due_at.astimezone(BEIJING).date(),
        due_at=due.due_at,
        closed_on=ends.astimezone(BEIJING).date() if ends else None,
        done_at=due.done_at if ends else None,
        next_events=left,
        milestones=steps,
        remarks=tuple(f"{step.title}迟了{late_by(step.done_at, step.due_at)}" for step in late if step.done_at),
    )


KIND = RegisterKind(
    slug="public-opinion",
    title="舆情回应",
    group=Group.PLATFORM,
    position=12,
    basis=f"{LETTER_61}；{LETTER_80}",
    summary="特别重大、重大突发事件5小时内发布权威信息、24小时内举行发布会；其他政务舆情48小时内回应。",
    entry=PublicOpinion,
    opened_words="舆情发现日期",
    title_words="舆情事项",
    due_words="按小时计：5小时、24小时（特别重大、重大突发事件），48小时（其他）",
    events=(
        EventForm("stated", "发布权威信息", "发布时间", Answered, by_hour=True),
        EventForm("briefed", "举行新闻发布会", "发布会时间", Answered, by_hour=True),
        EventForm("responded", "回应", "回应时间", Answered, by_hour=True),
    ),
    replay=by_hours,
    indicators=("舆情按时回应率",),
    examples=(
        {
            "title": "网传某小区停水",
            "opened_on": "2023-08-19",
            "data.gravity": "其他政务舆情",
            "data.found_at": "2023-08-19 09:20",
            "data.source": "本地论坛",
            "events.responded.at": "2023-08-19 15:00",
            "events.responded.data.channel": "区政府网站、微信公众号",
        },
    ),
)
