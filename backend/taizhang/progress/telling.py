"""Who is told of what (填报消息): the leader of what waits for a signature, the unit of what was decided.

The office is not written to for every signed report: its queue and the live page show them, and an inbox of
hundreds a month would hide what matters.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from taizhang.access.permissions import Role
from taizhang.notifications.service import notify_unit
from taizhang.plans.models import Assignment, Period
from taizhang.progress.models import LatePermit
from taizhang.progress.queries import Dossier
from taizhang.units.models import Unit
from taizhang.workflow.rules import Action

TITLE_MAX = 200
UNIT = {Role.REPORTER, Role.SIGNER}


class Message(NamedTuple):
    """What one step says, and to whom in the unit."""

    kind: str
    roles: set[Role]
    title: str
    text: str


MESSAGES = {
    Action.SUBMIT: Message("to_sign", {Role.SIGNER}, "待签发：{task}", "{period}的进展填报已提交，请签发。"),
    Action.ACCEPT: Message("accepted", UNIT, "已通过：{task}", "{period}的进展填报已审核通过。"),
    Action.RETURN: Message("returned", UNIT, "被退回：{task}", "{period}的进展填报被退回，请逐条答复后重新提交。"),
    Action.REOPEN: Message("returned", UNIT, "重新打开：{task}", "{period}的进展填报被重新打开，请答复后重新提交。"),
}


def of_step(session: Session, dossier: Dossier, action: Action, *, now: datetime) -> None:
    """Tell the unit of a step that concerns it."""
    message = MESSAGES.get(action)
    if message is None:
        return
    notify_unit(
        session,
        dossier.unit.id,
        message.roles,
        kind=message.kind,
        title=message.title.format(task=dossier.task.title)[:TITLE_MAX],
        text=message.text.format(period=dossier.period.label),
        subject_type="submission",
        subject_id=dossier.submission.id,
        now=now,
    )


def of_permit(session: Session, unit: Unit, assignment: Assignment, period: Period, permit: LatePermit) -> None:
    """Tell the unit that it may still report."""
    notify_unit(
        session,
        unit.id,
        UNIT,
        kind="late_permit",
        title=f"准予补报：{period.label}",
        text=f"可补报至{permit.until}，仍记为逾期。理由：{permit.reason}",
        subject_type="assignment",
        subject_id=assignment.id,
        now=permit.granted_at,
    )
