"""Who is told of what (年度报告消息): the leader of what waits for a signature, the unit of what was decided."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from taizhang.access.permissions import Role
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.procedure import ReportAction
from taizhang.annual_reports.records import SCOPE_WORDS, Dossier
from taizhang.notifications.service import notify_unit
from taizhang.units.models import Unit, UnitKind

UNIT = {Role.REPORTER, Role.SIGNER}


class Message(NamedTuple):
    """What one step says, and to whom in the unit."""

    kind: str
    roles: set[Role]
    title: str
    text: str


MESSAGES = {
    ReportAction.SUBMIT: Message("to_sign", {Role.SIGNER}, "待签发：{report}", "年度报告已提交，请签发。"),
    ReportAction.ACCEPT: Message("accepted", UNIT, "已通过：{report}", "年度报告已审核通过，可以公布。"),
    ReportAction.RETURN: Message("returned", UNIT, "被退回：{report}", "年度报告被退回，请逐条答复后重新提交。"),
    ReportAction.REOPEN: Message("returned", UNIT, "重新打开：{report}", "年度报告被重新打开，请答复后重新提交。"),
    ReportAction.PUBLISH: Message("published", UNIT, "已公布：{report}", "年度报告已公布。"),
    ReportAction.UNPUBLISH: Message("withdrawn", UNIT, "已撤下：{report}", "年度报告已从公开页面撤下，请查看理由。"),
}


def of_step(session: Session, dossier: Dossier, action: ReportAction, *, now: datetime) -> None:
    """Tell the people of the report of a step that concerns them; a government's are those of its office."""
    message = MESSAGES.get(action)
    if message is None:
        return
    report, unit = dossier
    told = unit.id
    if report.scope is Scope.GOVERNMENT:
        office = session.exec(
            select(Unit.id).where(col(Unit.parent_id) == unit.id, col(Unit.kind) == UnitKind.OFFICE)
        ).first()
        told = office or unit.id
    name = f"{report.year}年年度报告（{SCOPE_WORDS[report.scope]}）"
    notify_unit(
        session,
        told,
        message.roles,
        kind=message.kind,
        title=message.title.format(report=name),
        text=message.text,
        subject_type="annual_report",
        subject_id=report.id,
        now=now,
    )
