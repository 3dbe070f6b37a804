"""Judging duties (判定要求): a register changes, and the duties it answers for are judged anew in the same transaction.

Nobody types a duty's state again: judgements are written beside the duties, the assignments settled by them, and the
ledger reads on. What the office decided instead stays until it takes it back.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.database import SYSTEM, acting_as
from taizhang.core.problems import Invalid
from taizhang.core.versions import require_version
from taizhang.indicators import queries
from taizhang.indicators.definitions import INDICATORS, Definition, Level, bound, own_target
from taizhang.indicators.formulas import Judged, Tally, judge
from taizhang.indicators.measures import Span
from taizhang.indicators.queries import BY_LAST_YEAR, Reach
from taizhang.indicators.schemas import OverruleInput
from taizhang.plans import queries as plans
from taizhang.plans import service as plan_service
from taizhang.plans.judgements import Ruling, Verdict
from taizhang.plans.models import Assignment, Duty, DutyJudgement, Plan, PlanStatus, Task
from taizhang.progress.settling import settle
from taizhang.registers import standings
from taizhang.registers.models import RegisterEntry
from taizhang.units.models import Unit

SUBJECT = "duty_judgement"


@dataclass(frozen=True, slots=True)
class Part:
    """One bound duty for one unit that owes it."""

    assignment: Assignment
    duty: Duty
    unit: Unit
    definition: Definition


# -- binding


def bind(session: Session, plan: Plan) -> int:
    """Tie a plan's duties to the indicators their words call for; those tied already stay. How many were tied."""
    statement = (
        select(Duty, Task)
        .join(Task, col(Task.id) == Duty.task_id)
        .where(Task.plan_id == plan.id, col(Duty.indicator_key).is_(None))
    )
    tied = 0
    for duty, task in session.exec(statement).all():
        found = bound(duty.text, task.content)
        if found is not None:
            duty.indicator_key = found.key
            duty.register_slug = duty.register_slug or found.register
            tied += 1
    session.flush()
    return tied


def on_issue(session: Session, plan: Plan, today: date) -> None:
    """A plan is issued: its duties are tied and judged by what the registers hold already."""
    with acting_as(session, SYSTEM):  # whoever issued it: what follows is of every unit
        bind(session, plan)
        judge_plan(session, plan, today)


# -- judging


def judge_plan(session: Session, plan: Plan, today: date) -> int:
    """Judge every bound duty of a plan; how many judgements changed."""
    issuer = session.get_one(Unit, plan.unit_id)
    parts = list(_parts(session, plan))
    if not parts:
        return 0
    span = Span(plan.year, today)
    keys = sorted({part.definition.key for part in parts})
    district = Reach(issuer.path, subtree=True)
    whole = queries.tallies(session, span, district, keys)
    by_unit = queries.tallies_by_unit(session, span, district, keys)
    last = Span(plan.year - 1, date(plan.year - 1, 12, 31))
    trends = [key for key in keys if key in BY_LAST_YEAR]
    before = queries.tallies_by_unit(session, last, district, trends) if trends else {}
    return _write(session, parts, plan, today, whole, by_unit, before)


def on_entry(session: Session, entry: RegisterEntry, today: date) -> None:
    """An entry changed: the duties of the units it counts for are judged anew."""
    keys = {key for key, definition in INDICATORS.items() if entry.slug in definition.reads}
    if not keys:
        return
    with acting_as(session, SYSTEM):  # 保密检查 of one unit counts for all: their rows are not the keeper's to touch
        _judge_for(session, entry, keys, today)


def _judge_for(session: Session, entry: RegisterEntry, keys: set[str], today: date) -> None:
    statement = (
        select(Plan, Unit)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(Plan.status == PlanStatus.ISSUED, col(Plan.year) >= entry.opened_on.year)
    )
    for plan, issuer in session.exec(statement).all():
        if not entry.unit_path.startswith(issuer.path):
            continue
        parts = [
            part
            for part in _parts(session, plan, keys)
            if part.definition.level is Level.GOVERNMENT or part.unit.id == entry.unit_id
        ]
        if not parts:
            continue
        used = sorted({part.definition.key for part in parts})
        span = Span(plan.year, today)
        whole = queries.tallies(session, span, Reach(issuer.path, subtree=True), used)
        own = Reach(entry.unit_path, subtree=False)
        by_unit = {entry.unit_id: queries.tallies(session, span, own, used)}
        last = Span(plan.year - 1, date(plan.year - 1, 12, 31))
        trends = [key for key in used if key in BY_LAST_YEAR]
        before = {entry.unit_id: queries.tallies(session, last, own, trends)}
        _write(session, parts, plan, today, whole, by_unit, before)


def _parts(session: Session, plan: Plan, keys: Iterable[str] = ()) -> Iterator[Part]:
    statement = (
        select(Assignment, Duty, Unit)
        .join(Duty, col(Duty.task_id) == Assignment.task_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(Assignment.plan_id == plan.id, col(Duty.indicator_key).is_not(None))
        .order_by(col(Assignment.id), col(Duty.position))
    )
    wanted = set(keys)
    if wanted:
        statement = statement.where(col(Duty.indicator_key).in_(wanted))
    for assignment, duty, unit in session.exec(statement).all():
        definition = INDICATORS.get(duty.indicator_key or "")
        if definition is not None and duty.owner_unit_id in (None, unit.id):
            yield Part(assignment, duty, unit, definition)


def _write(
    session: Session,
    parts: Collection[Part],
    plan: Plan,
    today: date,
    whole: Mapping[str, Tally],
    by_unit: Mapping[uuid.UUID, Mapping[str, Tally]],
    before: Mapping[uuid.UUID, Mapping[str, Tally]],
) -> int:
    changed: dict[uuid.UUID, Part] = {}
    count = 0
    held = queries.judgements_of(session, {part.assignment.id for part in parts})
    for part in parts:
        key = part.definition.key
        own = by_unit.get(part.unit.id, {}).get(key, queries.NOTHING)
        tally = whole[key] if part.definition.level is Level.GOVERNMENT else own
        judged = judged_duty(part.definition, part.duty, tally, plan.year, today, before.get(part.unit.id, {}).get(key))
        if _put(session, part, held.get((part.assignment.id, part.duty.id)), judged, tally, plan.year, today):
            changed[part.assignment.id] = part
            count += 1
    session.flush()
    for part in changed.values():
        locked = session.exec(
            select(Assignment)
            .where(Assignment.id == part.assignment.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if settle(session, locked):
            _publish(session, part.assignment.id, part.unit)
    session.flush()
    return count


def judged_duty(
    definition: Definition, duty: Duty, tally: Tally, year: int, today: date, last_year: Tally | None
) -> Judged:
    """A duty by its own number and day; not kept where the register holds nothing at all."""
    goal = definition.goal(year, target=own_target(definition, duty.threshold), due_on=duty.due_on)
    if not tally.entries:
        return Judged(Verdict.NOT_KEPT, "专项台账没有登记，以填报为准", None)
    return judge(goal, tally, today=today, last_year=last_year)


def _put(
    session: Session, part: Part, held: DutyJudgement | None, judged: Judged, tally: Tally, year: int, today: date
) -> bool:
    """Write a judgement; whether it says anything new."""
    definition = part.definition
    kept = judged.verdict is not Verdict.NOT_KEPT
    values: dict[str, Any] = {
        "indicator_key": definition.key,
        "indicator_name": definition.name,
        "register_slug": definition.register,
        "unit_words": definition.unit,
        "verdict": judged.verdict,
        "words": judged.words,
        "value": judged.value,
        "numerator": tally.numerator if kept else None,
        "denominator": tally.denominator if kept else None,
        "done_on": judged.done_on,
        "final": today > date(year, 12, 31),
    }
    if held is None:
        found = DutyJudgement(assignment_id=part.assignment.id, duty_id=part.duty.id, judged_on=today, **values)
        session.add(found)
        return True
    if all(getattr(held, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(held, name, value)
    held.judged_on = today
    session.add(held)
    return True


def judge_all(session: Session, today: date) -> int:
    """Judge every issued plan by today: days pass, terms run out. How many judgements changed."""
    changed = 0
    for plan in session.exec(select(Plan).where(Plan.status == PlanStatus.ISSUED).order_by(col(Plan.id))).all():
        bind(session, plan)
        changed += judge_plan(session, plan, today)
    return changed


# -- overruling


def overrule(
    session: Session, actor: Actor, judgement_id: uuid.UUID, data: OverruleInput, if_match: str | None, *, now: datetime
) -> DutyJudgement:
    """Decide otherwise than the register says, with a reason.

    Raises:
        NotFound, PreconditionRequired, Stale.
        Invalid: a day given for what was not reached, or one to come.
    """
    found, assignment, unit = queries.judgement(session, actor, judgement_id)
    require_version(if_match, found.version, current=lambda: _shown(found))
    if data.done_on is not None and data.verdict is not Ruling.MET:
        raise Invalid.field("#/done_on", "day-out-of-place", "改判为达到的，才填达到之日")
    if data.done_on is not None and data.done_on > local_day(now):
        raise Invalid.field("#/done_on", "done-on-future", "达到之日还没有到")
    before = {"verdict": found.effective, "reason": found.overrule_reason}
    found.overruled_verdict, found.overruled_done_on = data.verdict, data.done_on
    found.overrule_reason, found.overruled_by_name, found.overruled_at = data.reason, actor.name, now
    after = {"verdict": data.verdict, "reason": data.reason, "computed": found.verdict, "words": found.words}
    return _decided(session, actor, found, assignment, unit, "overrule", before, after)


def restore(session: Session, actor: Actor, judgement_id: uuid.UUID, if_match: str | None) -> DutyJudgement:
    """Take an overruling back: the register's word counts again.

    Raises:
        NotFound, PreconditionRequired, Stale.
        Invalid: nothing was overruled.
    """
    found, assignment, unit = queries.judgement(session, actor, judgement_id)
    require_version(if_match, found.version, current=lambda: _shown(found))
    if found.overruled_verdict is None:
        raise Invalid("not-overruled", "没有改判过", detail="这条判定没有改判过")
    before = {"verdict": found.overruled_verdict, "reason": found.overrule_reason}
    found.overruled_verdict = found.overruled_done_on = None
    found.overrule_reason = found.overruled_by_name = found.overruled_at = None
    return _decided(session, actor, found, assignment, unit, "restore", before, {"verdict": found.verdict})


def _decided(
    session: Session,
    actor: Actor,
    found: DutyJudgement,
    assignment: Assignment,
    unit: Unit,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> DutyJudgement:
    found.version += 1
    session.add(found)
    settle(session, assignment)
    session.flush()
    audit.record(session, actor, f"duty-judgement.{action}", SUBJECT, found.id, before=before, after=after)
    _publish(session, assignment.id, unit)
    return found


def _shown(found: DutyJudgement) -> object:
    return plans.described_judgement(found).model_dump(mode="json")


def _publish(session: Session, assignment_id: uuid.UUID, unit: Unit) -> None:
    notify.publish(session, "assignment", assignment_id, action="judge", unit_id=unit.id, unit_path=unit.path)


standings.ON_CHANGE.append(on_entry)
plan_service.ON_ISSUE.append(on_issue)
