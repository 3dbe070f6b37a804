"""The ledger's rows (台账): assignments as labelled columns that PostgreSQL turns into JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, case, func, literal_column, select
from sqlmodel import col

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.plans.judgements import Verdict
from taizhang.plans.models import Assignment, DutyJudgement, Period, Plan, PlanStatus, Task
from taizhang.plans.schemas import ASSIGNMENT_ROLE_WORDS, ASSIGNMENT_STATE_WORDS
from taizhang.progress import light_sql
from taizhang.progress.lights import Thresholds
from taizhang.progress.models import Submission
from taizhang.units.models import Unit
from taizhang.workflow.rules import STATE_WORDS


@dataclass(frozen=True, slots=True)
class Day:
    """The day lights are read on, and how near is near."""

    today: date
    thresholds: Thresholds

    @property
    def colour(self) -> ColumnElement[str]:
        return light_sql.colour(light_sql.of_assignment(self._days), self._days)

    @property
    def words(self) -> ColumnElement[str]:
        return light_sql.words(light_sql.of_assignment(self._days), self._days)

    @property
    def values(self) -> dict[str, date]:
        return light_sql.day_values(self.today, self.thresholds)

    @property
    def _days(self) -> light_sql.Days:
        return light_sql.Days.of(self.today, self.thresholds)


def visible_to(actor: Actor, day: Day) -> Select[Any]:
    """Assignments within the caller's scope, as columns of ``AssignmentPublic``."""
    names = ("id", "role", "phrase", "state", "due_on", "completed_on", "report_due_on")
    plain: list[Any] = [col(getattr(Assignment, name)).label(name) for name in names]
    owed = case((col(Period.id).is_not(None), json_object(Period, "id", "label")), else_=None)
    return (
        select(
            *plain,
            words_of(ASSIGNMENT_ROLE_WORDS, col(Assignment.role)).label("role_words"),
            words_of(ASSIGNMENT_STATE_WORDS, col(Assignment.state)).label("state_words"),
            day.colour.label("light"),
            day.words.label("light_words"),
            json_object(Plan, "id", "year", "title").label("plan"),
            json_object(Task, "id", "position", "category", "title").label("task"),
            json_object(Unit, "id", "name", "short_name", "path").label("unit"),
            owed.label("report_period"),
            _latest_submission().label("submission"),
            _judged_counts().label("duties_judged"),
        )
        .select_from(Assignment)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .outerjoin(Period, col(Period.id) == Assignment.report_period_id)
        .where(in_sight(actor))
    )


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Assignments of the caller's scope; those of a plan still being prepared only for those who prepare it.

    :meth:`Actor.scope` with its value as a named parameter, for lists whose SQL is kept.
    """
    own: ColumnElement[str] = bindparam("scope", scope_of(actor), Text)
    path = col(Unit.path)
    scope = path == own if actor.own_unit_only else and_(path >= own, path < own + "~")
    return scope if actor.may(Permission.PLAN_WRITE) else and_(scope, issued())


def scope_of(actor: Actor) -> str:
    """The unit path at or below which the caller sees."""
    return actor.unit_path if actor.own_unit_only else actor.scope_path


def issued() -> ColumnElement[bool]:
    """Plans that have reached their units."""
    return col(Plan.status) != PlanStatus.DRAFT


def _latest_submission() -> ColumnElement[Any]:
    """The submission of an assignment's latest period. A subquery of the select list: counting does not run it."""
    period = Period.__table__.alias("reported")  # type: ignore[attr-defined]
    words = words_of(STATE_WORDS, col(Submission.state))
    said = ("id", Submission.id, "state", Submission.state, "state_words", words, "period_label", period.c.label)
    return (
        select(func.json_build_object(*said))
        .select_from(Submission)
        .join(period, period.c.id == Submission.period_id)
        .where(col(Submission.assignment_id) == Assignment.id)
        .order_by(period.c.position.desc())
        .limit(1)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _judged_counts() -> ColumnElement[Any]:
    """How an assignment's duties are judged by the registers; for the rows shown alone."""
    verdict = func.coalesce(col(DutyJudgement.overruled_verdict), col(DutyJudgement.verdict))
    counts = (
        *("judged", func.count().filter(verdict != Verdict.NOT_KEPT.value)),
        *("met", func.count().filter(verdict == Verdict.MET.value)),
        *("not_met", func.count().filter(verdict == Verdict.NOT_MET.value)),
        *("overruled", func.count(col(DutyJudgement.overruled_verdict))),
    )
    return (
        select(func.json_build_object(*counts))
        .where(col(DutyJudgement.assignment_id) == Assignment.id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def words_of(words: Mapping[Any, str], column: Any) -> ColumnElement[str]:
    """The Chinese words of an enum's member."""
    return case({member.value: word for member, word in words.items()}, value=column)


def json_object(model: Any, *names: str) -> ColumnElement[Any]:
    """These columns as a JSON object."""
    return func.json_build_object(*(part for name in names for part in (name, getattr(model, name))))


def rows_as_json(statement: Select[Any] | None, name: str) -> ColumnElement[Any]:
    """All rows as one JSON array, in their order; empty where there is nothing to ask."""
    empty: ColumnElement[Any] = literal_column("'[]'::json")
    if statement is None:
        return empty
    whole = func.json_agg(func.row_to_json(literal_column(name)))
    return select(func.coalesce(whole, empty)).select_from(statement.subquery(name)).scalar_subquery()
