"""What leaves in the workbook (导出的内容): the assignments in the caller's sight, and for the office the tasks."""

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.plans.models import Plan
from taizhang.progress.ledger import exporting
from taizhang.progress.ledger.queries import Day
from taizhang.progress.roundtrip import stored
from taizhang.progress.roundtrip.columns import ASSIGNMENTS
from taizhang.progress.roundtrip.workbook import ExportedRow, workbook


def workbook_of(session: Session, actor: Actor, plan: Plan, day: Day) -> bytes:
    """The plan's ledger as an xlsx."""
    assignments = [_assignment(row) for row in exporting.ledger(session, actor, plan.id, day)]
    tasks = _tasks(session, plan) if actor.may(Permission.PLAN_WRITE) else None
    return workbook(plan.title, assignments, tasks, plan.status.value)


def _assignment(row: exporting.LedgerLine) -> ExportedRow:
    shown = dict(zip((column.key for column in ASSIGNMENTS.columns), row.cells, strict=False))
    return ExportedRow(str(row.id), row.version, {**shown, "contact": row.contact, "note": row.note})


def _tasks(session: Session, plan: Plan) -> list[ExportedRow]:
    return [
        ExportedRow(
            str(each.task.id),
            each.task.version,
            {
                "position": str(each.task.position),
                **stored.task_texts(each),
                "assignees_text": each.task.assignees_text,
            },
        )
        for each in stored.tasks(session, plan).values()
    ]
