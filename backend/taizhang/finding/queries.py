"""Finding (查找): units, tasks, plans and register entries by a few words, each within the caller's scope."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, literal, null, or_, select, union_all
from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.finding.schemas import KIND_WORDS, FoundKind
from taizhang.plans import queries as plans
from taizhang.plans.models import Plan, Task
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.models import EntryState, RegisterEntry
from taizhang.units.models import Unit
from taizhang.units.queries import escaped_like, in_order, named_like
from taizhang.units.queries import visible_to as visible_units

WORDS_AT_MOST = 6


def found(session: Session, actor: Actor, q: str, each: int) -> list[dict[str, Any]]:
    """The best ``each`` of every kind the caller may read, as columns of ``Found``. One round trip.

    Every word of ``q`` must be in the row: 「华阳 培训」 finds the trainings of 华阳街道.
    """
    likes = [literal(escaped_like(word), Text) for word in q.split()[:WORDS_AT_MOST]]
    parts = [_best(statement, kind, q, each) for kind, needed, statement in _kinds(actor, likes) if actor.may(needed)]
    if not parts or not likes:
        return []
    rows = union_all(*(select(part) for part in parts)).subquery()
    ordered = select(rows).order_by(rows.c.rank, rows.c.score, func.length(rows.c.title), rows.c.title, rows.c.id)
    return [dict(row) for row in session.connection().execute(ordered).mappings()]


def _kinds(actor: Actor, likes: Sequence[Any]) -> list[tuple[FoundKind, Permission, Select[Any]]]:
    return [
        (FoundKind.UNIT, Permission.UNIT_READ, _units(actor, likes)),
        (FoundKind.TASK, Permission.PLAN_READ, _tasks(actor, likes)),
        (FoundKind.PLAN, Permission.PLAN_READ, _plans(actor, likes)),
        (FoundKind.ENTRY, Permission.REGISTER_READ, _entries(actor, likes)),
    ]


def _best(statement: Select[Any], kind: FoundKind, q: str, each: int) -> Any:
    """The kind's best hits: the very name, what begins with it, what holds it, what is merely like it."""
    rows = statement.subquery()
    exact, inside = literal(q, Text), literal(escaped_like(q), Text)
    score = case(
        (rows.c.title == exact, 0),
        (rows.c.title.ilike(func.ltrim(inside, "%")), 1),
        (rows.c.title.ilike(inside), 2),
        else_=3,
    )
    scored: Select[Any] = select(
        literal(list(FoundKind).index(kind)).label("rank"),
        cast(literal(kind.value), Text).label("kind"),
        cast(literal(KIND_WORDS[kind]), Text).label("kind_words"),
        rows,
        score.label("score"),
    )
    return scored.order_by(score, func.length(rows.c.title), rows.c.title, rows.c.id).limit(each).subquery()


def _columns(key: Any, title: Any, detail: Any, slug: Any = None) -> Select[Any]:
    place = cast(null() if slug is None else slug, Text).label("slug")
    return select(key.label("id"), place, cast(title, Text).label("title"), cast(detail, Text).label("detail"))


def _all(likes: Sequence[Any], match: Any) -> ColumnElement[bool]:
    return and_(*(match(like) for like in likes))


def _units(actor: Actor, likes: Sequence[Any]) -> Select[Any]:
    mine = visible_units(actor).with_only_columns(col(Unit.id)).order_by(None)
    statement = _columns(col(Unit.id), col(Unit.short_name), col(Unit.name))
    return statement.where(col(Unit.id).in_(mine), _all(likes, named_like))


def _tasks(actor: Actor, likes: Sequence[Any]) -> Select[Any]:
    def match(like: Any) -> ColumnElement[bool]:
        texts = or_(
            col(Task.title).ilike(in_order(like)), col(Task.content).ilike(like), col(Task.category).ilike(like)
        )
        return or_(texts, cast(col(Plan.year), Text).ilike(like))

    detail = func.concat(cast(col(Plan.year), Text), "年 · ", col(Task.category))
    return (
        _columns(col(Task.id), col(Task.title), detail)
        .join(Plan, col(Plan.id) == Task.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(plans.visible_to(actor), plans.own_task(actor), _all(likes, match))
    )


def _plans(actor: Actor, likes: Sequence[Any]) -> Select[Any]:
    def match(like: Any) -> ColumnElement[bool]:
        return or_(
            col(Plan.title).ilike(in_order(like)), col(Plan.document_no).ilike(like), col(Unit.short_name).ilike(like)
        )

    return (
        _columns(col(Plan.id), col(Plan.title), func.concat_ws(" · ", col(Unit.short_name), col(Plan.document_no)))
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(plans.visible_to(actor), _all(likes, match))
    )


def _entries(actor: Actor, likes: Sequence[Any]) -> Select[Any]:
    """Applicants are not searched: their names are sealed."""
    titles = case({slug: kind.title for slug, kind in REGISTERS.items()}, value=col(RegisterEntry.slug))

    def match(like: Any) -> ColumnElement[bool]:
        texts = (RegisterEntry.title, RegisterEntry.ref_no, Unit.short_name, Unit.name)
        return or_(*(col(text).ilike(like) for text in texts), titles.ilike(like))

    return (
        _columns(
            col(RegisterEntry.id),
            col(RegisterEntry.title),
            func.concat_ws(" · ", titles, col(RegisterEntry.ref_no), col(Unit.short_name)),
            col(RegisterEntry.slug),
        )
        .join(Unit, col(Unit.id) == RegisterEntry.unit_id)
        .where(
            actor.scope(col(RegisterEntry.unit_path)),
            col(RegisterEntry.state) != EntryState.VOIDED,
            _all(likes, match),
        )
    )
