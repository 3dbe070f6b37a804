"""Indicators as people read them (指标的呈现): values with their goals and words, what was frozen, what was stated."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from taizhang.access.actor import Actor, within
from taizhang.access.permissions import Permission
from taizhang.indicators import queries
from taizhang.indicators.definitions import INDICATORS, Definition, Level, own_target
from taizhang.indicators.formulas import Direction, Goal, Judged, Shape, Tally, judge
from taizhang.indicators.measures import Span
from taizhang.indicators.models import IndicatorSnapshot
from taizhang.indicators.queries import BY_LAST_YEAR, NOTHING, Owed, Reach, Stated
from taizhang.indicators.schemas import (
    FrozenValue,
    IndicatorCell,
    IndicatorDetail,
    IndicatorList,
    IndicatorMatrix,
    IndicatorPublic,
    IndicatorRegister,
    IndicatorUnit,
    JudgedDuty,
    MatrixColumn,
    MatrixRow,
    StatedValue,
    UnitValue,
)
from taizhang.plans import queries as plans
from taizhang.plans.judgements import VERDICT_WORDS, Verdict
from taizhang.plans.models import Assignment, DutyJudgement, Plan, PlanStatus
from taizhang.progress import rules as progress
from taizhang.registers.kinds import REGISTERS
from taizhang.units.models import Unit

DIRECTION_WORDS = {
    Direction.AT_LEAST: "不低于",
    Direction.AT_MOST: "不超过",
    Direction.BY_DATE: "限期达到",
    Direction.BELOW_LAST_YEAR: "低于上年",
}


@dataclass(frozen=True, slots=True)
class View:
    """Whose indicators, of which year, on which day."""

    unit: Unit
    subtree: bool
    span: Span

    @property
    def reach(self) -> Reach:
        return Reach(self.unit.path, self.subtree)

    @property
    def last_year(self) -> Span:
        return Span(self.span.year - 1, date(self.span.year - 1, 12, 31))


def view(session: Session, actor: Actor, year: int, unit_id: uuid.UUID | None, today: date) -> View:
    """What the caller looks at: one unit with what lies below it.

    Raises:
        NotFound: the unit is outside the caller's scope.
    """
    unit = queries.unit_in_scope(session, actor, unit_id)
    return View(unit, not actor.own_unit_only, Span(year, min(today, date(year, 12, 31))))


# -- goals


def own_goals(session: Session, year: int, path: str) -> dict[str, Goal]:
    """What must be reached, by the numbers and days of the plans in force for a unit."""
    return {key: goal for key, (goal, _) in _goals(queries.owed(session, year, path), year).items()}


def _goals(owed: list[Owed], year: int) -> dict[str, tuple[Goal, list[Owed]]]:
    by_key: dict[str, list[Owed]] = {}
    for duty in owed:
        by_key.setdefault(duty.key, []).append(duty)
    return {
        key: (_goal(definition, by_key.get(key, []), year), by_key.get(key, []))
        for key, definition in INDICATORS.items()
    }


def _goal(definition: Definition, owed: list[Owed], year: int) -> Goal:
    first = owed[0] if owed else None
    target = own_target(definition, first.threshold) if first else None
    return definition.goal(year, target=target, due_on=first.due_on if first else None)


# -- lists


def listing(session: Session, view: View) -> IndicatorList:
    """Every indicator for one view."""
    found = queries.tallies(session, view.span, view.reach)
    before = queries.tallies(session, view.last_year, view.reach, BY_LAST_YEAR)
    frozen = {each.indicator_key: each for each in _frozen(session, view)}
    said = queries.stated(session, view.span.year, Reach(view.unit.path, subtree=False))
    goals = _goals(queries.owed(session, view.span.year, view.unit.path), view.span.year)
    items = [
        _public(
            view, INDICATORS[key], goal, found[key], before.get(key), frozen.get(key), said.get((view.unit.id, key))
        )
        for key, (goal, _) in goals.items()
    ]
    return IndicatorList(
        year=view.span.year,
        as_of=view.span.as_of,
        unit=IndicatorUnit.model_validate(view.unit),
        subtree=view.subtree,
        items=items,
        total=len(items),
    )


def matrix(session: Session, view: View, verdict: Verdict | None) -> IndicatorMatrix:
    """Units by indicators: every unit that holds tasks, keeps a register, or stated a number."""
    by_unit = queries.tallies_by_unit(session, view.span, view.reach)
    before = queries.tallies_by_unit(session, view.last_year, view.reach, BY_LAST_YEAR)
    said = queries.stated(session, view.span.year, view.reach)
    goals = _goals(queries.owed(session, view.span.year, view.unit.path), view.span.year)
    rows = []
    for unit in session.exec(_units(view)):
        cells = {}
        for key, (goal, _) in goals.items():
            tally = by_unit.get(unit.id, {}).get(key, NOTHING)
            words = said.get((unit.id, key))
            own = INDICATORS[key].level is Level.UNIT
            if tally.entries or (words and own):
                cell = _cell(INDICATORS[key], goal, tally, before.get(unit.id, {}).get(key), words, view.span)
                if verdict is None or cell.verdict is verdict:
                    cells[key] = cell
        if cells or verdict is None:
            rows.append(MatrixRow(unit=IndicatorUnit.model_validate(unit), cells=cells))
    columns = [_column(INDICATORS[key], goal) for key, (goal, _) in goals.items()]
    return IndicatorMatrix(
        year=view.span.year,
        as_of=view.span.as_of,
        unit=IndicatorUnit.model_validate(view.unit),
        columns=columns,
        rows=rows,
    )


def _units(view: View) -> SelectOfScalar[Unit]:
    where = within(col(Unit.path), view.unit.path) if view.subtree else col(Unit.id) == view.unit.id
    return select(Unit).where(where, col(Unit.holds_tasks).is_(True)).order_by(col(Unit.path))


def detail(session: Session, actor: Actor, view: View, key: str) -> IndicatorDetail:
    """One indicator with everything behind it."""
    definition = queries.definition(key)
    owed = queries.owed(session, view.span.year, view.unit.path, [key])
    goal = _goal(definition, owed, view.span.year)
    tally = queries.tallies(session, view.span, view.reach, [key])[key]
    trends = [key] if key in BY_LAST_YEAR else []
    before = queries.tallies(session, view.last_year, view.reach, trends).get(key)
    history = queries.snapshots(session, view.unit.id, view.span.year, subtree=view.subtree, key=key)
    said = queries.stated(session, view.span.year, view.reach, [key])
    head = _public(
        view, definition, goal, tally, before, history[-1] if history else None, said.get((view.unit.id, key))
    )
    return IndicatorDetail(
        **dict(head),
        year=view.span.year,
        as_of=view.span.as_of,
        unit=IndicatorUnit.model_validate(view.unit),
        subtree=view.subtree,
        duties=[
            JudgedDuty(
                **{name: getattr(duty, name) for name in JudgedDuty.model_fields},
            )
            for duty in owed
        ],
        units=_unit_values(session, view, definition, goal, said),
        history=[_frozen_value(each) for each in history],
        may_overrule=actor.may(Permission.JUDGEMENT_OVERRULE),
    )


def _unit_values(
    session: Session,
    view: View,
    definition: Definition,
    goal: Goal,
    said: Mapping[tuple[uuid.UUID, str], Stated],
) -> list[UnitValue]:
    key = definition.key
    by_unit = queries.tallies_by_unit(session, view.span, view.reach, [key])
    trends = [key] if key in BY_LAST_YEAR else []
    before = queries.tallies_by_unit(session, view.last_year, view.reach, trends) if trends else {}
    judged = _judgements(session, view, key)
    values = []
    for unit in session.exec(_units(view)):
        tally, words = by_unit.get(unit.id, {}).get(key, NOTHING), said.get((unit.id, key))
        found = judged.get(unit.id)
        if tally.entries or words or found:
            cell = _cell(definition, goal, tally, before.get(unit.id, {}).get(key), words, view.span)
            values.append(
                UnitValue(
                    **dict(cell),
                    unit=IndicatorUnit.model_validate(unit),
                    judgement=plans.described_judgement(found) if found else None,
                    assignment_id=found.assignment_id if found else None,
                )
            )
    return values


def _judgements(session: Session, view: View, key: str) -> dict[uuid.UUID, DutyJudgement]:
    statement = (
        select(DutyJudgement, Assignment.unit_id)
        .join(Assignment, col(Assignment.id) == DutyJudgement.assignment_id)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(
            DutyJudgement.indicator_key == key,
            Plan.year == view.span.year,
            Plan.status != PlanStatus.DRAFT,
            view.reach.holds(col(Unit.path)),
        )
        .order_by(col(DutyJudgement.id))
    )
    return {unit_id: found for found, unit_id in session.exec(statement)}


# -- one value


def _cell(
    definition: Definition, goal: Goal, tally: Tally, last_year: Tally | None, said: Stated | None, span: Span
) -> IndicatorCell:
    judged = _judged(definition, goal, tally, last_year, span)
    return IndicatorCell(
        key=definition.key,
        value=judged.value,
        numerator=tally.numerator,
        denominator=tally.denominator,
        kept=tally.entries > 0,
        verdict=judged.verdict,
        verdict_words=VERDICT_WORDS[judged.verdict],
        words=judged.words,
        small=judged.small,
        done_on=judged.done_on,
        stated=_stated(definition, judged, tally, said),
    )


def _judged(definition: Definition, goal: Goal, tally: Tally, last_year: Tally | None, span: Span) -> Judged:
    return judge(goal, tally, today=span.as_of, last_year=last_year)


def _stated(definition: Definition, judged: Judged, tally: Tally, said: Stated | None) -> StatedValue | None:
    if said is None:
        return None
    verdict = judged.verdict if tally.entries else Verdict.NOT_KEPT
    known = progress.JudgedDuty(verdict, judged.value, definition.unit)
    return StatedValue(
        value=said.value,
        outcome_words=progress.OUTCOME_WORDS[said.outcome],
        period_label=said.period_label,
        submission_id=said.submission_id,
        accepted=said.accepted,
        difference=progress.difference(said.outcome, said.value, known),
        reason=said.reason,
    )


def _public(
    view: View,
    definition: Definition,
    goal: Goal,
    tally: Tally,
    last_year: Tally | None,
    frozen: IndicatorSnapshot | None,
    said: Stated | None,
) -> IndicatorPublic:
    cell = _cell(definition, goal, tally, last_year, said, view.span)
    each = view.subtree and definition.level is Level.UNIT and definition.direction is Direction.BY_DATE
    if each and definition.shape is Shape.COUNT:
        cell = cell.model_copy(update={"words": f"{cell.words}（合计）；要求按单位计，请看各单位"})
    if not view.subtree and definition.level is Level.GOVERNMENT:
        cell = cell.model_copy(update={"words": f"{cell.words}（本单位登记的）；要求按全区合计判定，见任务"})
    names = ("name", "shape", "direction", "level", "version", "basis", "zero_words")
    return IndicatorPublic(
        **dict(cell),
        **{name: getattr(definition, name) for name in names},
        registers=[IndicatorRegister(slug=slug, title=REGISTERS[slug].title) for slug in definition.reads],
        direction_words=DIRECTION_WORDS[definition.direction],
        unit_of_value=definition.unit,
        numerator_words=definition.numerator,
        denominator_words=definition.denominator,
        target=float(goal.target),
        target_words=target_words(definition, goal),
        due_on=goal.due_on,
        frozen=_frozen_value(frozen) if frozen else None,
        rows=f"/api/v1/indicators/{definition.key}/rows?year={view.span.year}&unit={view.unit.id}",
    )


def target_words(definition: Definition, goal: Goal) -> str:
    """不低于50%；2023年8月31日前达到100%；每年至少1次."""
    number = f"{float(goal.target):g}{definition.unit}"
    if definition.direction is Direction.BELOW_LAST_YEAR:
        return "低于上年"
    if goal.due_on is not None:
        at_least = "不少于" if definition.shape is Shape.COUNT else "达到"
        return f"{goal.due_on.month}月{goal.due_on.day}日前{at_least}{number}"
    return f"{DIRECTION_WORDS[definition.direction]}{number}"


def _column(definition: Definition, goal: Goal) -> MatrixColumn:
    return MatrixColumn(
        key=definition.key,
        name=definition.name,
        target_words=target_words(definition, goal),
        unit_of_value=definition.unit,
        level=definition.level,
    )


def _frozen(session: Session, view: View) -> list[IndicatorSnapshot]:
    """Oldest first, so that a mapping by key keeps the newest."""
    return queries.snapshots(session, view.unit.id, view.span.year, subtree=view.subtree)


def _frozen_value(found: IndicatorSnapshot) -> FrozenValue:
    plain = {name: getattr(found, name) for name in FrozenValue.model_fields if name != "verdict_words"}
    return FrozenValue(**plain, verdict_words=VERDICT_WORDS[found.verdict])
