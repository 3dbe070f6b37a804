"""From a draft to a plan, and back while nothing was built on it (成表与撤销).

What a commit wrote is kept beside the draft: the digest of every task it touched, and the earlier image of those it
changed or took away. An undo compares the digests first, so it never undoes anybody's later work.
"""

import uuid
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.problems import Conflict, FieldError, Invalid
from taizhang.core.versions import check_version
from taizhang.plans import differences, drafts, images, queries
from taizhang.plans.import_schemas import ImportCommit, PlanImportPublic
from taizhang.plans.importing.draft import DraftRow
from taizhang.plans.importing.problems import standing
from taizhang.plans.models import ImportState, Plan, PlanImport, PlanStatus


@dataclass(frozen=True)
class Committed:
    """A plan, and the rows of this commit that went into it and that stayed behind."""

    plan: Plan
    rows: list[DraftRow]
    left: list[DraftRow]


def commit(
    session: Session,
    actor: Actor,
    import_id: uuid.UUID,
    data: ImportCommit,
    *,
    now: datetime,
    if_match: str | None = None,
) -> Committed:
    """Write rows of a draft into a plan in draft: a new one, the one named, or the one its good rows went into.

    Raises:
        Stale: somebody changed the draft, where ``if_match`` was given (412).
        Conflict: committed before (409 ``plan-import-committed``), phrases still wait for a person
            (``plan-import-undecided``, a pointer each), no good row (``plan-import-nothing-good``), or the plan has
            been issued (``plan-issued``, with what would change).
    """
    draft_import, unit = queries.one_import(session, actor, import_id, lock=True)
    check_version(if_match, draft_import.version, current=lambda: drafts.present(draft_import, unit, actor))
    if draft_import.state is ImportState.COMMITTED:
        raise Conflict("plan-import-committed", "这份导入已经成表", plan_id=str(draft_import.plan_id))
    rows = drafts.rows_of(draft_import)
    chosen = _chosen(rows, data.mode)
    made: dict[str, Any] = deepcopy(draft_import.made or {"created_plan": False, "tasks": {}, "before": {}})
    plan, is_new = _plan(session, actor, draft_import, data, now=now)
    made["created_plan"] |= is_new
    _write(session, plan, chosen, made, _partners(session, draft_import, plan, data), remove_missing=_removes(data))
    left = [row for row in rows if row.task_id is None]
    plan.version += not is_new
    made["plan_version"] = plan.version
    draft_import.plan_id, draft_import.made = plan.id, made
    draft_import.state = ImportState.PARTLY if left else ImportState.COMMITTED
    drafts.keep(session, draft_import, rows)
    told = {"plan_id": plan.id, "mode": data.mode, "rows": len(chosen), "left": len(left)}
    audit.record(session, actor, "plan-import.commit", "plan_import", draft_import.id, after=told)
    return Committed(plan, chosen, left)


def _removes(data: ImportCommit) -> bool:
    return data.plan_id is not None and data.missing == "remove"


def _chosen(rows: Sequence[DraftRow], mode: str) -> list[DraftRow]:
    waiting = [row for row in rows if row.task_id is None]
    if mode == "all":
        _require_decided(waiting)
        return waiting
    good = [row for row in waiting if not standing(row)]
    if not good:
        raise Conflict("plan-import-nothing-good", "没有可以成表的行", detail="剩下的每一行都还有问题没有定")
    return good


def _require_decided(rows: Sequence[DraftRow]) -> None:
    errors = [
        FieldError(
            f"#/rows/{row.position - 1}/assignees/{a}",
            f"assignee-{assignee.state}",
            f"第 {row.position} 行“{assignee.text}”还没有指定",
        )
        for row in rows
        for a, assignee in enumerate(row.assignees)
        if assignee.is_open
    ]
    if errors:
        detail = f"还有 {len(errors)} 处责任单位需要指定；也可以只把没有问题的行成表"
        raise Conflict("plan-import-undecided", "有责任单位还没有指定", detail=detail, errors=errors)


def _plan(
    session: Session, actor: Actor, draft_import: PlanImport, data: ImportCommit, *, now: datetime
) -> tuple[Plan, bool]:
    """The plan to write into, and whether it is new."""
    plan_id = draft_import.plan_id or data.plan_id
    if data.plan_id is not None and plan_id != data.plan_id:
        raise Invalid.field("#/plan_id", "plan-other", "这份导入已有一部分成了另一份表，其余只能并入同一份")
    if plan_id is None:
        return _new_plan(session, actor, draft_import, now=now), True
    plan, _ = queries.one(session, actor, plan_id, lock=True)
    if plan.unit_id != draft_import.unit_id:
        raise Invalid.field("#/plan_id", "plan-of-another", "那份分解表不是这个单位印发的")
    if plan.status is not PlanStatus.DRAFT:
        raise Conflict(
            "plan-issued",
            "分解表已印发",
            detail="已印发的分解表不会被导入悄悄改动；请先核对差异，需要调整的另行印发补充分解表",
            differences=differences.counts(session, draft_import, plan),
        )
    return plan, False


def _new_plan(session: Session, actor: Actor, draft_import: PlanImport, *, now: datetime) -> Plan:
    own = ("unit_id", "year", "title", "document_no", "issued_on")
    fields = {name: getattr(draft_import, name) for name in own}
    plan = Plan(**fields, created_by=actor.user_id, created_at=now)
    session.add(plan)
    session.flush()
    return plan


def _partners(session: Session, draft_import: PlanImport, plan: Plan, data: ImportCommit) -> dict[int, uuid.UUID]:
    """The task each row continues, by position, where the draft goes into a plan that had tasks before."""
    if data.plan_id is None and (draft_import.made or {}).get("created_plan", True):
        return {}
    return differences.partners(session, draft_import, plan)


def _write(
    session: Session,
    plan: Plan,
    rows: Sequence[DraftRow],
    made: dict[str, Any],
    partners: dict[int, uuid.UUID],
    *,
    remove_missing: bool,
) -> None:
    """Add, change and, where asked, remove tasks; remember what was there before and what is there now."""
    had = images.of_plan(session, plan.id)
    continued = {row.position: partners[row.position] for row in rows if row.position in partners}
    gone = set(had) - set(partners.values()) - {uuid.UUID(key) for key in made["tasks"]} if remove_missing else set()
    ids = iter(images.new_ids(session, len(rows) - len(continued)))
    wanted: dict[uuid.UUID, images.Image] = {}
    for row in rows:
        row.task_id = continued.get(row.position) or next(ids)
        wanted[row.task_id] = images.of_row(row, earlier=had.get(row.task_id))
    stay = {task_id: image for task_id, image in had.items() if task_id not in wanted and task_id not in gone}
    _settle_positions(wanted, stay)
    changed = {key: image for key, image in (stay | wanted).items() if key in had and image != had[key]}
    images.remove(session, gone)
    images.replace(session, plan.id, changed)
    images.add(session, plan.id, {key: image for key, image in wanted.items() if key not in had})
    for key in {*wanted, *changed, *gone}:
        made["before"].setdefault(str(key), had.get(key))
        made["tasks"][str(key)] = None if key in gone else images.digest((stay | wanted)[key])


def _settle_positions(wanted: dict[uuid.UUID, images.Image], stay: dict[uuid.UUID, images.Image]) -> None:
    """The draft's order holds; a task that stays and whose place was taken goes to the end, in its order."""
    taken = {image["position"] for image in wanted.values()}
    last = max([*taken, *(image["position"] for image in stay.values())], default=0)
    for key, image in sorted(stay.items(), key=lambda each: each[1]["position"]):
        if image["position"] in taken:
            last += 1
            stay[key] = {**image, "position": last}


def undo(session: Session, actor: Actor, import_id: uuid.UUID, *, if_match: str | None = None) -> PlanImportPublic:
    """Take back everything an import wrote, while nothing was built on it; its rows are a draft again.

    Raises:
        Stale: somebody changed the draft, where ``if_match`` was given (412).
        Conflict: nothing was committed (409 ``plan-import-not-committed``), or something stands on it
            (``plan-import-built-upon``, with the reason).
    """
    draft_import, unit = queries.one_import(session, actor, import_id, lock=True)
    check_version(if_match, draft_import.version, current=lambda: drafts.present(draft_import, unit, actor))
    made, plan_id = draft_import.made, draft_import.plan_id
    if made is None or plan_id is None:
        raise Conflict("plan-import-not-committed", "还没有成表，没有可撤销的")
    plan, _ = queries.one(session, actor, plan_id, lock=True)
    now = images.of_plan(session, plan.id)
    _require_untouched(session, draft_import, plan, made, now)
    _put_back(session, plan, made, now)
    rows = drafts.rows_of(draft_import)
    for row in rows:
        row.task_id = None
    draft_import.state, draft_import.plan_id, draft_import.made = ImportState.DRAFT, None, None
    drafts.keep(session, draft_import, rows)
    if made["created_plan"]:
        session.connection().execute(delete(Plan).where(col(Plan.id) == plan_id))
    told = {"plan_id": plan_id, "tasks": len(made["tasks"])}
    audit.record(session, actor, "plan-import.undo", "plan_import", draft_import.id, before=told)
    return drafts.present(draft_import, unit, actor, rows)


def _require_untouched(
    session: Session,
    draft_import: PlanImport,
    plan: Plan,
    made: dict[str, Any],
    now: dict[uuid.UUID, images.Image],
) -> None:
    reasons = []
    if plan.status is not PlanStatus.DRAFT:
        reasons.append("分解表已经印发")
    elif plan.version != made["plan_version"]:
        reasons.append("分解表的标题、周期等已被修改，或又并入了别的导入")
    digests = {str(key): images.digest(image) for key, image in now.items()}
    touched = [key for key, was in made["tasks"].items() if digests.get(key) != was]
    if touched:
        title = now.get(uuid.UUID(touched[0]), {}).get("title", "已删除的一项")
        reasons.append(f"有 {len(touched)} 项任务成表后又被改过，如“{title}”")
    if made["created_plan"] and digests.keys() - made["tasks"].keys():
        reasons.append("成表后又加了别的任务")
    others = select(func.count()).where(PlanImport.plan_id == plan.id, PlanImport.id != draft_import.id)
    if made["created_plan"] and session.exec(others).one():
        reasons.append("另一份导入也并入了这份分解表，请先撤销那一份")
    if reasons:
        raise _built_upon(reasons)


def _built_upon(reasons: list[str]) -> Conflict:
    return Conflict("plan-import-built-upon", "已有后续工作，不能撤销", detail="；".join(reasons), reasons=reasons)


def _put_back(session: Session, plan: Plan, made: dict[str, Any], now: dict[uuid.UUID, images.Image]) -> None:
    before = {uuid.UUID(key): image for key, image in made["before"].items()}
    try:
        with session.begin_nested():
            images.remove(session, [key for key, image in before.items() if image is None and key in now])
    except IntegrityError as error:
        raise _built_upon(["有下级、下一年度的任务或别的记录以这里的任务为来源"]) from error
    images.replace(session, plan.id, {key: image for key, image in before.items() if image is not None and key in now})
    images.add(session, plan.id, {key: image for key, image in before.items() if image is not None and key not in now})
    if not made["created_plan"]:
        plan.version += 1
