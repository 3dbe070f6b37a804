"""Clock (业务日期): today and now as arguments; a pinned day serves demonstrations and tests.

Tokens, sessions and the audit log never use this clock: they run on real time. The dependencies are ``async`` because
FastAPI calls plain functions in a thread of their own, which costs more than what these do.
"""

from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in Beijing time; deadlines are days there."""
    return moment.astimezone(SHANGHAI).date()


def business_now(pinned: date | None, real: datetime) -> datetime:
    """The moment business rules see: real, or the same time of day on the pinned date. Aware, UTC."""
    if pinned is None:
        return real
    local = real.astimezone(SHANGHAI)
    return datetime.combine(pinned, local.timetz()).astimezone(UTC)


async def _now(request: Request) -> datetime:
    return business_now(request.app.state.settings.today, datetime.now(UTC))


Now = Annotated[datetime, Depends(_now)]


async def _today(now: Now) -> date:
    return local_day(now)


Today = Annotated[date, Depends(_today)]
