"""What the office keeps beside an assignment (责任人与备注): who answers for it, and a remark."""

import uuid
from collections.abc import Mapping

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.audit import service as audit
from taizhang.core.problems import Conflict, NotFound
from taizhang.core.versions import require_version
from taizhang.plans import queries
from taizhang.plans.models import Assignment, Plan, PlanStatus
from taizhang.plans.schemas import AssignmentMemo, AssignmentPatch
from taizhang.units.models import Unit


def change(
    session: Session, actor: Actor, assignment_id: uuid.UUID, data: AssignmentPatch, if_match: str | None
) -> Assignment:
    """Change an assignment's contact and note.

    Raises:
        NotFound: absent or outside the scope.
        PreconditionRequired, Stale: see ``core.versions``.
        Conflict: the plan is closed.
    """
    statement = (
        select(Assignment, Plan)
        .join(Plan, col(Plan.id) == Assignment.plan_id)
        .join(Unit, col(Unit.id) == Plan.unit_id)
        .where(Assignment.id == assignment_id, queries.visible_to(actor))
        .with_for_update(of=Assignment)
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    assignment, plan = found
    require_version(if_match, assignment.version, current=lambda: AssignmentMemo.model_validate(assignment))
    if plan.status is PlanStatus.CLOSED:
        raise Conflict("plan-closed", "分解表已办结", detail="办结后不再修改责任人和备注")
    write_memo(session, actor, assignment, data.model_dump(exclude_unset=True))
    return assignment


def write_memo(session: Session, actor: Actor, assignment: Assignment, after: Mapping[str, str]) -> None:
    """Write contact and note as one version with one audit event."""
    before = {name: getattr(assignment, name) for name in after}
    for name, value in after.items():
        setattr(assignment, name, value)
    assignment.version += 1
    session.flush()
    audit.record(session, actor, "assignment.change", "assignment", assignment.id, before=before, after=after)
