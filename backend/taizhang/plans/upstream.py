"""The task a task comes from, one level up (上级任务), and those that take it on below (下级承接).

What an ancestor has issued is a document for the whole chain below it: the texts of its tasks, and nothing of how they
are being carried out, may be read by the governments under it. Drafts, siblings and progress stay out of sight.
"""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.paging import PageParams
from taizhang.core.problems import Conflict, FieldError, Invalid
from taizhang.plans import queries, similarity
from taizhang.plans.models import Plan, PlanStatus, Task
from taizhang.plans.similarity import Profile
from taizhang.plans.upstream_schemas import (
    UpstreamCandidate,
    UpstreamInput,
    UpstreamLinks,
    UpstreamSuggestion,
    UpstreamSuggestionPage,
)
from taizhang.units.models import Unit
from taizhang.units.rules import ancestors

YEARS_APART = 1
CANDIDATES = 100
SUGGESTIONS = 3
# A city has some twenty tasks a year; a bound for whoever has not.
CANDIDATES_READ = 1000
TEXT_FIELDS = ("upstream_plan_title", "upstream_document_no", "upstream_title", "upstream_text")


def issued_above(unit_path: str) -> ColumnElement[bool]:
    """Plans issued by the governments above a unit. Wants ``Unit`` joined as the issuer."""
    return and_(col(Unit.path).in_(ancestors(unit_path)), col(Plan.status) != PlanStatus.DRAFT)


def above(session: Session, plan: Plan, unit: Unit) -> list[tuple[Task, Plan, Unit]]:
    """Tasks of the plans issued above a plan, of its year and those beside it; the nearest level and year first."""
    statement = (
        rows(Task, Plan, Unit)
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(issued_above(unit.path), func.abs(col(Plan.year) - plan.year) <= YEARS_APART)
        .order_by(
            func.length(Unit.path).desc(),
            func.abs(col(Plan.year) - plan.year),
            col(Plan.id),
            col(Task.position),
        )
        .limit(CANDIDATES_READ)
    )
    return list(session.exec(statement).all())


def candidates(session: Session, actor: Actor, task_id: uuid.UUID) -> list[UpstreamCandidate]:
    """The tasks above that a task may come from, the most alike first.

    Raises:
        NotFound: the task is absent or outside the scope.
    """
    task = session.get_one(Task, queries.task(session, actor, task_id)["id"])
    found = _Above(session, *queries.one(session, actor, task.plan_id), [task])
    return found.nearest(task, CANDIDATES)


class _Above:
    """What was issued above a plan, ready to be compared with its tasks."""

    def __init__(self, session: Session, plan: Plan, unit: Unit, tasks: list[Task]) -> None:
        self.found = above(session, plan, unit)
        self.profiles = [similarity.profile(task.title, task.content) for task, _, _ in self.found]
        own = [similarity.profile(task.title, task.content) for task in tasks]
        self.weights = similarity.rarity([*self.profiles, *own])

    def nearest(self, task: Task, most: int) -> list[UpstreamCandidate]:
        words: Profile = similarity.profile(task.title, task.content)
        scores = similarity.ranked(words, enumerate(self.profiles), self.weights)[:most]
        return [self._candidate(number, score) for score, number in scores]

    def _candidate(self, number: int, score: float) -> UpstreamCandidate:
        task, plan, unit = self.found[number]
        return UpstreamCandidate.model_validate(
            {
                "task_id": task.id,
                "plan_title": plan.title,
                "document_no": plan.document_no,
                "year": plan.year,
                "unit": {"id": unit.id, "name": unit.name},
                "position": task.position,
                "category": task.category,
                "title": task.title,
                "text": task.content,
                "score": score,
            }
        )


def suggestions(session: Session, actor: Actor, plan_id: uuid.UUID, paging: PageParams) -> UpstreamSuggestionPage:
    """A plan's tasks, each with the tasks above that look most like it.

    Raises:
        NotFound: the plan is absent or outside the scope.
    """
    plan, unit = queries.one(session, actor, plan_id)
    statement = queries.tasks(actor, plan_id=plan_id)
    total = session.connection().execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    page = session.connection().execute(statement.limit(paging.size).offset(paging.offset)).mappings().all()
    by_id = {task.id: task for task in session.exec(rows(Task).where(col(Task.id).in_([row["id"] for row in page])))}
    found = _Above(session, plan, unit, list(by_id.values()))
    return UpstreamSuggestionPage(
        items=[_suggestion(dict(row), found.nearest(by_id[row["id"]], SUGGESTIONS)) for row in page],
        total=total,
        page=paging.page,
        size=paging.size,
    )


def _suggestion(row: dict[str, Any], near: list[UpstreamCandidate]) -> UpstreamSuggestion:
    best = near[0] if near and near[0].score >= similarity.SUGGEST_FROM else None
    own = {name: row[name] for name in ("version", "position", "category", "title", "upstream")}
    return UpstreamSuggestion.model_validate(
        {
            **own,
            "task_id": row["id"],
            "text": row["content"],
            "suggested": best.task_id if best else None,
            "candidates": near,
        }
    )


def link(
    session: Session, actor: Actor, task: Task, plan: Plan, upstream: UpstreamInput | None, *, pointer: str = "#"
) -> None:
    """Say where a task comes from, or take it back. The caller has checked the version and raises it.

    Raises:
        Conflict: the plan is closed.
        Invalid: both a task and a text, neither, or a task that is not of a plan issued above this one.
    """
    if plan.status is PlanStatus.CLOSED:
        raise Conflict("plan-closed", "分解表已办结", detail="办结后不再指定上级任务")
    values = {"upstream_task_id": None, **dict.fromkeys(TEXT_FIELDS)}
    if upstream is not None:
        values |= _values(session, plan, upstream, f"{pointer}/upstream")
    before = {name: getattr(task, name) for name in values}
    for name, value in values.items():
        setattr(task, name, value)
    session.flush()
    audit.record(session, actor, "task.link", "task", task.id, before=before, after=values)


def _values(session: Session, plan: Plan, upstream: UpstreamInput, pointer: str) -> dict[str, Any]:
    written = {name: getattr(upstream, name.removeprefix("upstream_")) or None for name in TEXT_FIELDS}
    if upstream.task_id is None:
        if not written["upstream_title"]:
            raise Invalid.field(f"{pointer}/title", "upstream-title-missing", "请写明上级任务的名称")
        if not (written["upstream_plan_title"] or written["upstream_document_no"]):
            raise Invalid.field(f"{pointer}/document_no", "upstream-source-missing", "请写明上级文件的标题或文号")
        return {**written, "upstream_text": written["upstream_text"] or ""}
    if any(written.values()):
        raise Invalid.field(f"{pointer}/title", "upstream-twice", "已选本系统里的任务，不要再写出处")
    unit = session.get_one(Unit, plan.unit_id)
    statement = (
        select(col(Task.id))
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(col(Task.id) == upstream.task_id, issued_above(unit.path))
    )
    if session.connection().execute(statement).one_or_none() is None:
        raise Invalid.field(f"{pointer}/task_id", "upstream-unknown", "上级印发的分解表里没有这项任务")
    return {"upstream_task_id": upstream.task_id}


def link_many(session: Session, actor: Actor, plan_id: uuid.UUID, data: UpstreamLinks) -> int:
    """Link tasks of one plan, all or none; how many changed.

    Raises:
        NotFound: the plan is absent or outside the scope.
        Conflict: a task was changed since it was read (409 ``upstream-stale``, a pointer each), or the plan is closed.
        Invalid: a task that is not of the plan, or is named twice; see also :func:`link`.
    """
    plan, _ = queries.one(session, actor, plan_id, lock=True)
    wanted = [item.task_id for item in data.links]
    statement = (
        rows(Task).where(Task.plan_id == plan.id, col(Task.id).in_(wanted)).order_by(col(Task.id)).with_for_update()
    )
    found = {task.id: task for task in session.exec(statement.execution_options(populate_existing=True))}
    strange = [index for index, task_id in enumerate(wanted) if task_id not in found or task_id in wanted[:index]]
    if strange:
        words = "分解表里没有这项任务，或重复了"
        raise Invalid.field(f"#/links/{strange[0]}/task_id", "task-unknown", words)
    stale = [index for index, item in enumerate(data.links) if item.version != found[item.task_id].version]
    if stale:
        errors = [FieldError(f"#/links/{index}/version", "version-conflict", "这项任务已被他人修改") for index in stale]
        raise Conflict(
            "upstream-stale", "内容已被他人修改", detail="有任务在您打开之后被修改，请刷新后再定", errors=errors
        )
    for index, item in enumerate(data.links):
        task = found[item.task_id]
        link(session, actor, task, plan, item.upstream, pointer=f"#/links/{index}")
        task.version += 1
    session.flush()
    return len(data.links)


def downstream(actor: Actor, task_id: uuid.UUID) -> Select[Any]:
    """Tasks in the caller's sight that come from a task, as labelled columns of ``DownstreamTask``, in tree order."""
    return (
        select(
            col(Task.id).label("id"),
            col(Task.position).label("position"),
            col(Task.title).label("title"),
            func.json_build_object("id", Plan.id, "name", Plan.title).label("plan"),
            col(Plan.year).label("plan_year"),
            col(Plan.status).label("plan_status"),
            func.json_build_object("id", Unit.id, "name", Unit.name).label("unit"),
        )
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(col(Task.upstream_task_id) == task_id, queries.visible_to(actor), queries.own_task(actor))
        .order_by(col(Unit.path), col(Plan.year), col(Task.position), col(Task.id))
    )
