"""Lights, said to the database (灯的 SQL 写法): the same rule as :mod:`taizhang.progress.lights`, as CASE expressions
over columns, so that lists filter, sort and count by a light that is stored nowhere and so cannot age.

``tests/progress/test_light_sql.py`` holds the two against each other on random facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Date, Integer, Text, and_, bindparam, case, cast, func, literal, or_, select
from sqlmodel import col

from taizhang.core.clock import SHANGHAI
from taizhang.core.lights import LightColour
from taizhang.plans.models import Assignment, AssignmentState, Duty, Period
from taizhang.progress.lights import COLOURS, Reason, Thresholds
from taizhang.progress.models import Claim, Submission
from taizhang.progress.rules import ClaimOutcome
from taizhang.workflow.rules import State

Column = Any


@dataclass(frozen=True, slots=True)
class LightColumns:
    """Where the facts of :class:`~taizhang.progress.lights.LightFacts` stand in a query."""

    state: Column
    due_on: Column
    was_late: Column
    report_due_on: Column
    report_label: Column
    late_days: Column
    """Text: ``：应 8月31日，实 9月5日``, or null."""


DAY_NAMES = ("today", "near", "report_near")


@dataclass(frozen=True, slots=True)
class Days:
    """The day a light is read on and the days up to which it is near, as named parameters."""

    today: Column
    near: Column
    report_near: Column

    @classmethod
    def of(cls, today: date, thresholds: Thresholds) -> Self:
        """The parameters with their values."""
        return cls(*(bindparam(name, value, Date) for name, value in day_values(today, thresholds).items()))


def day_values(today: date, thresholds: Thresholds) -> dict[str, date]:
    """The values of the parameters, by name."""
    near = today + timedelta(days=thresholds.near_due_days)
    return dict(zip(DAY_NAMES, (today, near, today + timedelta(days=thresholds.report_near_due_days)), strict=True))


def of_assignment(days: Days) -> LightColumns:
    """The columns of an assignment; the query joins its owed :class:`Period` (outer) if it wants words."""
    return LightColumns(
        state=col(Assignment.state),
        due_on=col(Assignment.due_on),
        was_late=col(Assignment.was_late),
        report_due_on=col(Assignment.report_due_on),
        report_label=col(Period.label),
        late_days=_late_days(days),
    )


def conditions(facts: LightColumns, days: Days) -> Mapping[Reason, ColumnElement[bool]]:
    """When each reason applies, in order; the last is whatever is left."""
    completed = facts.state == AssignmentState.COMPLETED
    open_ended = or_(facts.state == AssignmentState.CONTINUING, facts.state == AssignmentState.NOT_STARTED)
    return {
        Reason.OVERDUE: and_(~completed, facts.due_on < days.today),
        Reason.REPORT_OVERDUE: facts.report_due_on < days.today,
        Reason.DONE_LATE: and_(completed, facts.was_late),
        Reason.NEAR: and_(~completed, facts.due_on <= days.near),
        Reason.REPORT_NEAR: facts.report_due_on <= days.report_near,
        Reason.CAUGHT_UP: facts.was_late.is_(True),
        Reason.DONE: completed,
        Reason.CONTINUING: and_(facts.due_on.is_(None), open_ended),
        Reason.ON_TRACK: literal(True).is_(True),
    }


def colour(facts: LightColumns, days: Days) -> ColumnElement[str]:
    """The colour, by columns of the assignment alone."""
    found = conditions(facts, days)
    whens = [(condition, literal(COLOURS[reason].value, Text)) for reason, condition in found.items()]
    return case(*whens[:-1], else_=whens[-1][1])


def words(facts: LightColumns, days: Days) -> ColumnElement[str]:
    """The words beside the colour."""
    found = conditions(facts, days)
    said = _words(facts, days.today)
    whens = [(condition, said[reason]) for reason, condition in found.items()]
    return case(*whens[:-1], else_=whens[-1][1])


def urgency(shown: ColumnElement[str]) -> ColumnElement[int]:
    """Sorts red first."""
    return case({each.value: index for index, each in enumerate(LightColour)}, value=shown)


def tally(shown: ColumnElement[str]) -> ColumnElement[Any]:
    """How many of each colour, as a JSON object."""
    counts = [(each.value, func.count().filter(shown == each.value)) for each in LightColour]
    return func.json_build_object(*(part for pair in counts for part in pair))


def _words(facts: LightColumns, today: Column) -> dict[Reason, ColumnElement[str]]:
    label = func.coalesce(func.regexp_replace(facts.report_label, "^[0-9]+年", ""), "")
    due, report_due = _day_words(facts.due_on, today), _day_words(facts.report_due_on, today)
    late = func.coalesce(facts.late_days, "")
    return {
        Reason.OVERDUE: func.concat("逾期 ", _days(today, facts.due_on), " 天：应于 ", due, " 完成"),
        Reason.REPORT_OVERDUE: func.concat(label, "填报已逾期 ", _days(today, facts.report_due_on), " 天"),
        Reason.DONE_LATE: func.concat("补办完成", late),
        Reason.NEAR: func.concat("临近时限：", due, "，", _left(facts.due_on, today)),
        Reason.REPORT_NEAR: func.concat(label, "填报临近：应 ", report_due, "，", _left(facts.report_due_on, today)),
        Reason.CAUGHT_UP: func.concat("曾逾期补办", late),
        Reason.DONE: literal("按时完成", Text),
        Reason.CONTINUING: literal("持续推进，按期填报", Text),
        Reason.ON_TRACK: literal("按时推进", Text),
    }


def _days(later: Column, earlier: Column) -> ColumnElement[int]:
    """Whole days between two days; PostgreSQL subtracts dates to an integer."""
    return cast(later.op("-", return_type=Integer())(earlier), Integer)


def _left(day: Column, today: Column) -> ColumnElement[str]:
    left = func.concat("余 ", _days(day, today), " 天")
    return case((day == today, literal("今日到期", Text)), else_=left)


def _day_words(day: Column, today: Column) -> ColumnElement[str]:
    return case(
        (func.extract("year", day) == func.extract("year", today), func.to_char(day, 'FMMM"月"FMDD"日"')),
        else_=func.to_char(day, 'FMYYYY"年"FMMM"月"FMDD"日"'),
    )


def late_words(due_on: Column, done_on: Column, today: Column) -> ColumnElement[str]:
    """When it should have been done, and when it was."""
    return func.concat("：应 ", _day_words(due_on, today), "，实 ", _day_words(done_on, today))


def _late_days(days: Days) -> ColumnElement[str]:
    """The first duty met late by accepted word. Only looked up for assignments that have one."""
    period = Period.__table__.alias("reported_in")  # type: ignore[attr-defined]
    handed_in = func.date(func.timezone(SHANGHAI.key, col(Submission.first_submitted_at)))
    done_on = func.coalesce(col(Claim.done_on), func.least(handed_in, period.c.ends_on))
    found = (
        select(late_words(col(Duty.due_on), done_on, days.today))
        .select_from(Claim)
        .join(Submission, col(Submission.id) == Claim.submission_id)
        .join(Duty, col(Duty.id) == Claim.duty_id)
        .join(period, period.c.id == Submission.period_id)
        .where(
            col(Submission.assignment_id) == Assignment.id,
            col(Submission.state) == State.ACCEPTED,
            col(Claim.outcome) == ClaimOutcome.MET,
            done_on > col(Duty.due_on),
        )
        .order_by(col(Duty.due_on), done_on, col(Claim.id))
        .limit(1)
        .correlate(Assignment)
        .scalar_subquery()
    )
    return case((col(Assignment.was_late), found), else_=None)
