"""The demo's released progress (演示的进展公布): the last month that is over, as the office makes it public."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.core.clock import SHANGHAI
from taizhang.plans.models import Period, Plan
from taizhang.progress import releasing
from taizhang.progress.release_schemas import ReleaseCreate

STATEMENT = "各责任单位按分解表推进。\n个别单位填报不及时，已提醒；下一期重点核对政策解读与依申请公开。"
DAYS_TO_REVIEW = 12


def release(session: Session, office: Actor, today: date) -> None:
    """Make the last month that is over public, once there was time to review it."""
    over = select(Period, Plan).join(Plan, col(Plan.id) == Period.plan_id).where(Period.ends_on < today)
    found = session.exec(over.order_by(col(Period.position).desc())).first()
    if found is None:
        return
    period, plan = found
    on = min(period.ends_on + timedelta(days=DAYS_TO_REVIEW), today)
    data = ReleaseCreate(period_id=period.id, statement=STATEMENT)
    releasing.release(session, office, plan.id, data, now=datetime.combine(on, time(9, 30), SHANGHAI))
