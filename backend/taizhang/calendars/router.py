"""Routes of calendars and deadlines (工作日历、期限计算)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.calendars import deadlines, queries, service
from taizhang.calendars.reading_notice import read_notice
from taizhang.calendars.rules import RULES
from taizhang.calendars.schemas import (
    CalendarBrief,
    CalendarPut,
    CalendarYear,
    Deadline,
    DeadlineQuery,
    NoticeRead,
    NoticeText,
    RulePublic,
)
from taizhang.calendars.shipped import FIRST_YEAR
from taizhang.core.clock import Now, Today
from taizhang.core.database import Transaction
from taizhang.core.settings import Settings
from taizhang.core.versions import IfMatch, etag

router = APIRouter()

Reader = Annotated[Actor, Depends(Requires(Permission.CALENDAR_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.CALENDAR_WRITE))]
Year = Annotated[int, Path(ge=FIRST_YEAR, le=2099, description="年度")]


@router.get("/deadlines", tags=["期限计算"])
def get_deadline(
    request: Request, session: Transaction, _: Reader, today: Today, asked: Annotated[DeadlineQuery, Query()]
) -> Deadline:
    """推算一个期限，连同可以写进复议答复的推算过程；不保存任何东西。

    期间开始之日不计；补正重新起算；征求意见自次日起至收到意见之日不计；延期一次，至多 20 个工作日。
    按日、按月的期限止于休息日的不顺延。跨入尚未公布放假安排的年份，`known` 为假，日期按周末推算，只供参考。
    """
    settings: Settings = request.app.state.settings
    return deadlines.answer(asked, queries.calendar(session), today, near_workdays=settings.deadline_near_workdays)


@router.get("/deadlines/rules", tags=["期限计算"])
def list_deadline_rules(_: Reader) -> list[RulePublic]:
    """可选的法定期限：名称、条文、起算事由、期限、逾期的后果。verified 为假的，条文未经核对原文。"""
    return [deadlines.described(rule) for rule in RULES.values()]


@router.get("/calendars", tags=["工作日历"])
def list_calendars(session: Transaction, _: Reader) -> list[CalendarBrief]:
    """各年工作日历从哪里来，新的在前；最前一年是还没有公布的下一年。"""
    return queries.years(session)


@router.post("/calendars/read", tags=["工作日历"])
def read_calendar_notice(_: Reader, data: NoticeText) -> NoticeRead:
    """读一份粘贴的节假日安排通知，列出放假与调休上班的日子和对不上的地方；不保存任何东西。"""
    return NoticeRead.model_validate(read_notice(data.text, data.year))


@router.get("/calendars/{year}", tags=["工作日历"])
def get_calendar(session: Transaction, response: Response, actor: Reader, year: Year) -> CalendarYear:
    """一年的放假日、调休上班日与出处。"""
    return _answer(session, response, actor, year)


@router.put("/calendars/{year}", tags=["工作日历"])
def confirm_calendar(
    session: Transaction,
    response: Response,
    actor: Writer,
    now: Now,
    year: Year,
    data: CalendarPut,
    if_match: IfMatch = None,
) -> CalendarYear:
    """确认一年的节假日安排，整年代替原有的；从未确认过的年份版本是 "0"。可再次确认，也可撤回。"""
    service.confirm(session, actor, year, data, if_match, now=now)
    return _answer(session, response, actor, year)


@router.delete("/calendars/{year}", tags=["工作日历"])
def take_back_calendar(
    session: Transaction, response: Response, actor: Writer, year: Year, if_match: IfMatch = None
) -> CalendarYear:
    """撤回确认的安排，回到随软件提供的安排；没有随软件提供的，回到未公布。"""
    service.take_back(session, actor, year, if_match)
    return _answer(session, response, actor, year)


def _answer(session: Transaction, response: Response, actor: Actor, year: int) -> CalendarYear:
    found = queries.one_year(session, actor, year)
    response.headers["ETag"] = etag(found.version)
    return found
