"""Keeping views (常用筛选): one's own, and those the office shares."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.audit import service as audit
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, Invalid, NotFound
from taizhang.finding.models import SavedView
from taizhang.finding.schemas import SavedViewCreate

CONSTRAINTS["uq_saved_view_user_id_page_name"] = "这一页已有同名的常用筛选"
AT_MOST = 50


def listing(actor: Actor, page: str) -> Select[Any]:
    """A page's views the caller may use, the own first, as columns of ``SavedViewPublic``."""
    mine = col(SavedView.user_id) == actor.user_id
    plain: list[Any] = [col(getattr(SavedView, name)).label(name) for name in ("id", "page", "query", "name", "shared")]
    return (
        select(*plain, mine.label("mine"), func.guard.owner_of_view(col(SavedView.id)).label("owner_name"))
        .where(
            col(SavedView.page) == page,
            or_(mine, and_(col(SavedView.shared), col(SavedView.scope_path) == actor.scope_path)),
        )
        .order_by(mine.desc(), col(SavedView.created_at), col(SavedView.id))
    )


def create(session: Session, actor: Actor, data: SavedViewCreate, *, now: datetime) -> SavedView:
    """Keep a view.

    Raises:
        Invalid: shared by somebody who does not keep the plan.
        Conflict: the caller has enough of them.
    """
    if data.shared and not actor.may(Permission.PLAN_WRITE):
        raise Invalid.field("#/shared", "sharing-not-allowed", "只有政务公开科可以存给大家共用")
    kept = (
        session.connection().execute(select(func.count()).where(col(SavedView.user_id) == actor.user_id)).scalar_one()
    )
    if kept >= AT_MOST:
        raise Conflict("too-many-views", f"至多存 {AT_MOST} 个常用筛选，请先删去不用的")
    view = SavedView(**data.model_dump(), user_id=actor.user_id, scope_path=actor.scope_path, created_at=now)
    session.add(view)
    session.flush()
    audit.record(session, actor, "saved-view.create", "saved_view", view.id, after=data.model_dump())
    return view


def delete(session: Session, actor: Actor, view_id: uuid.UUID) -> None:
    """Remove one of the caller's own views.

    Raises:
        NotFound: absent, or somebody else's.
    """
    view = session.exec(
        rows(SavedView).where(SavedView.id == view_id, SavedView.user_id == actor.user_id)
    ).one_or_none()
    if view is None:
        raise NotFound
    audit.record(
        session, actor, "saved-view.delete", "saved_view", view.id, before={"page": view.page, "name": view.name}
    )
    session.delete(view)
