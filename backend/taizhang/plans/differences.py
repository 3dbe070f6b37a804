"""A draft beside what was made of the same table before (与先前那份的差异)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.core.problems import NotFound
from taizhang.plans import drafts, images, queries
from taizhang.plans.import_schemas import Comparable, ImportComparison
from taizhang.plans.importing import comparing
from taizhang.plans.importing.comparing import SAME_TITLE_FROM, ChangeKind, Item
from taizhang.plans.models import Assignment, ImportState, Plan, PlanImport, PlanStatus
from taizhang.units.models import Unit

WORDS = {
    "none": "只供对照；那份草稿还没有成表。",
    "update": "那份分解表还没有印发：可以并入，有改动的任务更新，新增的加上，少了的去留由您定。",
    "supplement": "那份分解表已经印发，各单位正在按它填报，导入不会改动它。需要调整的，请另行印发补充分解表。",
}
OFFERED = 10


def comparison(
    session: Session, actor: Actor, draft_import: PlanImport, *, plan_id: uuid.UUID | None, other_id: uuid.UUID | None
) -> ImportComparison:
    """The difference against the plan or draft named, else against the likeliest that shares a row with this one.

    Raises:
        NotFound: the one named is absent or outside the scope.
    """
    choices = _choices(session, actor, draft_import)
    against = _wanted(choices, plan_id or other_id)
    changes = comparing.compare(_earlier(session, actor, against), _items(session, draft_import)) if against else []
    told = comparing.counts(changes)
    named = plan_id or other_id
    if against is None or (named is None and not told["changed"] + told["unchanged"]):
        empty = comparing.counts([])
        return ImportComparison.model_validate(
            {"against": None, "choices": choices, "into": "none", "words": "", "counts": empty, "rows": []}
            | {"earlier_phrases": []}
        )
    into = _into(against)
    return ImportComparison.model_validate(
        {
            "against": against,
            "choices": choices,
            "into": into,
            "words": WORDS[into],
            "counts": told,
            "rows": [asdict(change) for change in changes],
            "earlier_phrases": _earlier_phrases(session, actor, draft_import, against),
        }
    )


def _earlier_phrases(
    session: Session, actor: Actor, draft_import: PlanImport, against: Comparable
) -> list[dict[str, Any]]:
    """What the phrases that wait for a person here meant there: the units of all their places together."""
    waiting = {each.text for row in drafts.rows_of(draft_import) for each in row.assignees if each.is_open}
    meant: dict[str, dict[uuid.UUID, None]] = {}
    if against.kind == "plan":
        parts = select(Assignment.phrase, Assignment.unit_id).where(
            Assignment.plan_id == against.id, col(Assignment.phrase).in_(waiting)
        )
        for phrase, unit_id in session.exec(parts.order_by(col(Assignment.unit_id))):
            meant.setdefault(phrase, {})[unit_id] = None
    else:
        other, _ = queries.one_import(session, actor, against.id)
        for row in drafts.rows_of(other):
            for each in row.assignees:
                if each.text in waiting and not each.is_open:
                    meant.setdefault(each.text, {}).update(dict.fromkeys(each.unit_ids))
    return [{"text": text, "unit_ids": list(units)} for text, units in meant.items() if units]


def _into(against: Comparable) -> str:
    if against.kind == "import":
        return "none"
    return "update" if against.status == PlanStatus.DRAFT else "supplement"


def _wanted(choices: Sequence[Comparable], named: uuid.UUID | None) -> Comparable | None:
    if named is None:
        best = max(choices, key=lambda choice: (choice.likeness, choice.kind == "plan"), default=None)
        return best if best and best.likeness >= SAME_TITLE_FROM else None
    found = next((choice for choice in choices if choice.id == named), None)
    if found is None:
        raise NotFound
    return found


def _choices(session: Session, actor: Actor, draft_import: PlanImport) -> list[Comparable]:
    """Plans of the same issuer and year, and earlier drafts of it that have not become one."""
    plans = session.exec(
        select(Plan)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(
            Plan.unit_id == draft_import.unit_id,
            Plan.year == draft_import.year,
            queries.visible_to(actor),
            Plan.id != draft_import.plan_id if draft_import.plan_id else True,
        )
        .order_by(col(Plan.created_at).desc())
        .limit(OFFERED)
    ).all()
    others = session.exec(
        select(PlanImport)
        .where(
            PlanImport.unit_id == draft_import.unit_id,
            PlanImport.year == draft_import.year,
            PlanImport.state == ImportState.DRAFT,
            PlanImport.id != draft_import.id,
            PlanImport.created_at < draft_import.created_at,
        )
        .order_by(col(PlanImport.created_at).desc())
        .limit(OFFERED)
    ).all()
    found = [_comparable(plan, "plan", plan.status, draft_import.title) for plan in plans]
    found += [_comparable(other, "import", other.state, draft_import.title) for other in others]
    return sorted(found, key=lambda choice: -choice.likeness)


def _comparable(
    record: Plan | PlanImport, kind: Literal["plan", "import"], status: PlanStatus | ImportState, title: str
) -> Comparable:
    return Comparable(
        kind=kind,
        id=record.id,
        title=record.title,
        year=record.year,
        status=status,
        created_at=record.created_at,
        likeness=round(comparing.title_likeness(record.title, title), 2),
    )


def _items(session: Session, draft_import: PlanImport) -> list[Item]:
    rows = drafts.rows_of(draft_import)
    ids = {unit_id for row in rows for assignee in row.assignees for unit_id in assignee.unit_ids}
    names = _names(session, ids)
    return [comparing.item_of(row, names) for row in rows]


def _earlier(session: Session, actor: Actor, against: Comparable) -> list[Item]:
    if against.kind == "import":
        return _items(session, queries.one_import(session, actor, against.id)[0])
    return _tasks(session, against.id)


def _tasks(session: Session, plan_id: uuid.UUID) -> list[Item]:
    found = images.of_plan(session, plan_id)
    ids = {uuid.UUID(part["unit_id"]) for image in found.values() for part in image["assignments"]}
    names = _names(session, ids)
    return [_item(str(task_id), image, names) for task_id, image in found.items()]


def _item(key: str, image: dict[str, Any], names: dict[uuid.UUID, str]) -> Item:
    days = [date.fromisoformat(duty["due_on"]) if duty["due_on"] else None for duty in image["duties"]]
    return Item(
        key=key,
        position=image["position"],
        category=image["category"],
        subcategory=image["subcategory"],
        title=image["title"],
        content=image["content"],
        units=tuple(sorted(names[uuid.UUID(part["unit_id"])] for part in image["assignments"])),
        phrases=image["assignees_text"],
        due=comparing.first_due(days),
        duties=tuple(
            comparing.duty_words(duty["text"], on)
            for duty, on in zip(image["duties"], days, strict=True)
            if duty["text"] != image["content"]
        ),
    )


def _names(session: Session, unit_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.exec(select(Unit.id, Unit.short_name).where(col(Unit.id).in_(unit_ids)))
    return {unit_id: name for unit_id, name in rows}  # noqa: C416


def partners(session: Session, draft_import: PlanImport, plan: Plan) -> dict[int, uuid.UUID]:
    """The task of a plan that each row of the draft continues, by position; rows committed before keep theirs."""
    changes = comparing.compare(_tasks(session, plan.id), _items(session, draft_import))
    found = {change.position: uuid.UUID(change.key) for change in changes if change.position and change.key}
    own = {row.position: row.task_id for row in drafts.rows_of(draft_import) if row.task_id}
    return {position: task_id for position, task_id in found.items() if task_id not in own.values()} | own


def counts(session: Session, draft_import: PlanImport, plan: Plan) -> dict[ChangeKind, int]:
    """How many rows of a draft are new, changed, unchanged or missing against a plan."""
    return comparing.counts(comparing.compare(_tasks(session, plan.id), _items(session, draft_import)))
