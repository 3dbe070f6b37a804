"""Aggregating (年度汇总): a year's facts, put together by task and category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from taizhang.annual_reports import rules
from taizhang.annual_reports.queries import Facts
from taizhang.annual_reports.rules import AssignmentFact, ReportFact, Verdict
from taizhang.annual_reports.schemas import (
    AcceptedText,
    Aggregate,
    AggregateCategory,
    AggregateStats,
    AggregateTask,
    CountedUnit,
    DutyRow,
    ExcludedUnit,
    MissingUnit,
    Roster,
)
from taizhang.annual_reports.sum_schemas import ReportSums
from taizhang.core.schemas import Ref
from taizhang.progress.rules import ClaimFact, ClaimOutcome, standing
from taizhang.units.models import Unit, UnitKind

Row = dict[str, Any]

BRANCH_REASON = "派出（垂管）机构，不列入本级政府汇总"
OTHER_REASON = "非本级政府年度报告编制主体"


@dataclass(frozen=True, slots=True)
class Part:
    """One assignment with the rows that are shown of it."""

    task_id: str
    fact: AssignmentFact
    met: Sequence[DutyRow]
    not_met: Sequence[DutyRow]
    texts: Sequence[AcceptedText]


def aggregate(facts: Facts, top: Unit, year: int, reports: ReportSums, *, now: datetime, today: date) -> Aggregate:
    """The year of a unit and what lies below it."""
    year_of = _Year(facts, year, today)
    parts = [year_of.part(assignment) for assignment in facts["assignments"]]
    categories: dict[str, list[Row]] = {}
    for task in facts["tasks"]:
        categories.setdefault(task["category"], []).append(task)
    return Aggregate(
        year=year,
        unit=Ref.model_validate(top),
        generated_at=now,
        plans=facts["plans"],  # type: ignore[arg-type]
        by_category=[_category(name, tasks, parts) for name, tasks in categories.items()],
        totals=AggregateStats.model_validate(_shown(part.fact for part in parts)),
        roster=_roster(facts["units"], [part.fact for part in parts]),
        figures=reports.figures if any(each.counted for each in reports.cells.values()) else None,
        reports=reports,
    )


class _Year:
    """A year's facts, by the keys they are asked for."""

    def __init__(self, facts: Facts, year: int, today: date) -> None:
        self.year = year
        self.today = today
        self.units = {row["id"]: Ref(id=row["id"], name=row["name"]) for row in facts["units"]}
        self.duties = _by(facts["duties"], "task_id")
        self.periods = _by(facts["periods"], "plan_id")
        self.submissions = _by(facts["submissions"], "assignment_id")
        self.claims = _by(facts["claims"], "assignment_id")

    def part(self, assignment: Row) -> Part:
        """One assignment's share of the year."""
        unit = self.units[assignment["unit_id"]]
        duties = [self._duty(duty, assignment) for duty in self._applying(assignment)]
        shown = {
            verdict: [
                DutyRow(duty_id=duty["id"], text=duty["text"], unit=unit, assignment_id=assignment["id"], done_on=done)
                for duty, found, done in duties
                if found is verdict
            ]
            for verdict in (Verdict.MET, Verdict.NOT_MET)
        }
        fact = AssignmentFact(
            unit=assignment["unit_id"],
            state=assignment["state"],
            light=assignment["light"],
            reports=self._reports(assignment),
            verdicts=[verdict for _, verdict, _ in duties],
        )
        return Part(
            assignment["task_id"], fact, shown[Verdict.MET], shown[Verdict.NOT_MET], self._texts(assignment, unit)
        )

    def _applying(self, assignment: Row) -> list[Row]:
        mine = (None, assignment["unit_id"])
        return [duty for duty in self.duties.get(assignment["task_id"], ()) if duty["owner_unit_id"] in mine]

    def _duty(self, duty: Row, assignment: Row) -> tuple[Row, Verdict, date | None]:
        claims = (
            ClaimFact(
                duty["id"], ClaimOutcome(row["outcome"]), _day(row["done_on"]), date.fromisoformat(row["reported_on"])
            )
            for row in self.claims.get(assignment["id"], ())
            if row["duty_id"] == duty["id"]
        )
        stands = standing(claims)
        found = rules.verdict(duty["kind"], _day(duty["due_on"]), stands.outcome, year=self.year, today=self.today)
        return duty, found, stands.done_on

    def _reports(self, assignment: Row) -> list[ReportFact]:
        handed_in = {row["period_id"]: row for row in self.submissions.get(assignment["id"], ())}
        found = []
        for period in self.periods.get(assignment["plan_id"], ()):
            row = handed_in.get(period["id"])
            if rules.expected(
                starts_on=date.fromisoformat(period["starts_on"]),
                due_on=date.fromisoformat(period["due_on"]),
                handed_in=row is not None,
                completed_on=_day(assignment["completed_on"]),
                today=self.today,
            ):
                found.append(ReportFact(row is not None, bool(row and row["on_time"]), bool(row and row["accepted"])))
        return found

    def _texts(self, assignment: Row, unit: Ref) -> list[AcceptedText]:
        labels = {period["id"]: period["label"] for period in self.periods.get(assignment["plan_id"], ())}
        return [
            AcceptedText(
                unit=unit,
                period_label=labels[row["period_id"]],
                text=row["progress"],
                submission_id=row["id"],
                accepted_at=row["accepted_at"],
            )
            for row in self.submissions.get(assignment["id"], ())
            if row["accepted"]
        ]


def _by(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _category(name: str, tasks: Sequence[Row], parts: Sequence[Part]) -> AggregateCategory:
    ids = {task["id"] for task in tasks}
    shown = _shown(part.fact for part in parts if part.task_id in ids)
    return AggregateCategory.model_validate(
        {**shown, "category": name, "tasks": [_task(task, parts) for task in tasks]}
    )


def _task(task: Row, parts: Sequence[Part]) -> AggregateTask:
    own = [part for part in parts if part.task_id == task["id"]]
    return AggregateTask.model_validate(
        {
            **_shown(part.fact for part in own),
            "task": task,
            "duties_met": [row for part in own for row in part.met],
            "duties_not_met": [row for part in own for row in part.not_met],
            "texts": [text for part in own for text in part.texts],
        }
    )


def _shown(facts: Iterable[AssignmentFact]) -> Row:
    found = rules.stats(facts)
    total = sum(number for verdict, number in found.verdicts.items() if verdict is not Verdict.NOT_APPLICABLE)
    return {
        "assignments": {"total": sum(found.states.values()), **found.states},
        "lights": found.lights,
        "on_time_rate": found.on_time,
        "accepted_rate": found.accepted,
        "duties": {"total": total, **found.verdicts},
    }


def _roster(units: Sequence[Row], facts: Sequence[AssignmentFact]) -> Roster:
    named = {unit["id"]: {key: unit[key] for key in ("id", "name", "short_name")} for unit in units}
    standings = rules.standings(facts)
    return Roster(
        counted=[
            CountedUnit(**named[each.unit], assignments=each.assignments, submissions=each.accepted)
            for each in standings
            if each.accepted
        ],
        missing=[
            MissingUnit(**named[each.unit], assignments=each.assignments, owed=each.owed, submitted=each.submitted)
            for each in standings
            if not each.accepted
        ],
        excluded=[
            ExcludedUnit(**named[unit["id"]], reason=BRANCH_REASON if unit["kind"] == UnitKind.BRANCH else OTHER_REASON)
            for unit in units
            if unit["excluded"]
        ],
    )
