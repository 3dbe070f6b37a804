"""Lights (红黄绿蓝灯): what colour an assignment shows on a day, why, and in which words. Pure: standard library only.

Red is overdue, yellow near its day or done late, green on time, blue without a fixed day. What was once done late
never turns green again. A light is read when somebody looks and never stored, for it changes with the day;
``light_sql`` says the same to the database.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taizhang.core.lights import LightColour


class Reason(StrEnum):
    """Why a light has its colour, the first that applies."""

    OVERDUE = "overdue"
    REPORT_OVERDUE = "report_overdue"
    DONE_LATE = "done_late"
    NEAR = "near"
    REPORT_NEAR = "report_near"
    CAUGHT_UP = "caught_up"
    DONE = "done"
    CONTINUING = "continuing"
    ON_TRACK = "on_track"


COLOURS = {
    Reason.OVERDUE: LightColour.RED,
    Reason.REPORT_OVERDUE: LightColour.RED,
    Reason.DONE_LATE: LightColour.YELLOW,
    Reason.NEAR: LightColour.YELLOW,
    Reason.REPORT_NEAR: LightColour.YELLOW,
    Reason.CAUGHT_UP: LightColour.YELLOW,
    Reason.DONE: LightColour.GREEN,
    Reason.CONTINUING: LightColour.BLUE,
    Reason.ON_TRACK: LightColour.GREEN,
}

COLOUR_WORDS = {
    LightColour.RED: "红灯",
    LightColour.YELLOW: "黄灯",
    LightColour.GREEN: "绿灯",
    LightColour.BLUE: "蓝灯",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How near is near, in days; the district's settings."""

    near_due_days: int
    report_near_due_days: int


@dataclass(frozen=True, slots=True)
class LightFacts:
    """What a light is read from: the facts kept on an assignment, and the words around them.

    ``late_due_on`` and ``late_done_on`` are the days of the duty that was met late, where ``was_late``.
    """

    state: str
    due_on: date | None = None
    completed_on: date | None = None
    was_late: bool = False
    report_due_on: date | None = None
    report_label: str | None = None
    late_due_on: date | None = None
    late_done_on: date | None = None

    @property
    def completed(self) -> bool:
        return self.state == "completed"


@dataclass(frozen=True, slots=True)
class Light:
    """A light with its words; ``days`` counts to or from ``on``."""

    colour: LightColour
    reason: Reason
    on: date | None
    days: int | None
    words: str


def light(facts: LightFacts, today: date, thresholds: Thresholds) -> Light:
    """The light of an assignment on a day."""
    reason = _reason(facts, today, thresholds)
    on = _day(reason, facts)
    counts_days = reason in (Reason.OVERDUE, Reason.REPORT_OVERDUE, Reason.NEAR, Reason.REPORT_NEAR)
    days = abs((on - today).days) if on is not None and counts_days else None
    return Light(COLOURS[reason], reason, on, days, _words(reason, facts, today))


def _reason(facts: LightFacts, today: date, thresholds: Thresholds) -> Reason:
    due_in = None if facts.due_on is None or facts.completed else (facts.due_on - today).days
    report_in = None if facts.report_due_on is None else (facts.report_due_on - today).days
    if due_in is not None and due_in < 0:
        return Reason.OVERDUE
    if report_in is not None and report_in < 0:
        return Reason.REPORT_OVERDUE
    if facts.completed and facts.was_late:
        return Reason.DONE_LATE
    if due_in is not None and due_in <= thresholds.near_due_days:
        return Reason.NEAR
    if report_in is not None and report_in <= thresholds.report_near_due_days:
        return Reason.REPORT_NEAR
    if facts.was_late:
        return Reason.CAUGHT_UP
    if facts.completed:
        return Reason.DONE
    undated = facts.due_on is None and facts.state in ("continuing", "not_started")
    return Reason.CONTINUING if undated else Reason.ON_TRACK


def _day(reason: Reason, facts: LightFacts) -> date | None:
    if reason in (Reason.OVERDUE, Reason.NEAR, Reason.ON_TRACK):
        return facts.due_on
    if reason in (Reason.REPORT_OVERDUE, Reason.REPORT_NEAR, Reason.CONTINUING):
        return facts.report_due_on
    return facts.late_done_on if reason is Reason.CAUGHT_UP else facts.completed_on


def _words(reason: Reason, facts: LightFacts, today: date) -> str:
    if reason is Reason.OVERDUE and facts.due_on:
        return f"逾期 {(today - facts.due_on).days} 天：应于 {day_words(facts.due_on, today)} 完成"
    if reason is Reason.NEAR and facts.due_on:
        return f"临近时限：{day_words(facts.due_on, today)}，{_left(facts.due_on, today)}"
    if reason is Reason.REPORT_OVERDUE and facts.report_due_on:
        return f"{_short(facts.report_label)}填报已逾期 {(today - facts.report_due_on).days} 天"
    if reason is Reason.REPORT_NEAR and facts.report_due_on:
        due = day_words(facts.report_due_on, today)
        return f"{_short(facts.report_label)}填报临近：应 {due}，{_left(facts.report_due_on, today)}"
    if reason in (Reason.DONE_LATE, Reason.CAUGHT_UP):
        return _late_words(reason, facts, today)
    return {
        Reason.DONE: "按时完成",
        Reason.CONTINUING: "持续推进，按期填报",
        Reason.ON_TRACK: "按时推进",
    }[reason]


def _late_words(reason: Reason, facts: LightFacts, today: date) -> str:
    head = "补办完成" if reason is Reason.DONE_LATE else "曾逾期补办"
    if facts.late_due_on is None or facts.late_done_on is None:
        return head
    return f"{head}：应 {day_words(facts.late_due_on, today)}，实 {day_words(facts.late_done_on, today)}"


def day_words(day: date, today: date) -> str:
    """8月31日, with its year when that is not today's."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _left(day: date, today: date) -> str:
    days = (day - today).days
    return f"余 {days} 天" if days else "今日到期"


def _short(label: str | None) -> str:
    """``2023年9月`` is 9月 to those who live in that year."""
    return re.sub(r"^[0-9]+年", "", label or "")
