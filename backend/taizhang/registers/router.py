"""Routes of registers (专项台账)."""

import uuid
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi import Query as QueryParameter

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.audit.deps import Exported
from taizhang.calendars.queries import calendar
from taizhang.core.clock import Now, Today
from taizhang.core.database import Transaction, apart
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.lights import LightColour
from taizhang.core.paging import Paging, json_page
from taizhang.core.schemas import Query
from taizhang.core.settings import Settings
from taizhang.core.versions import IfMatch, etag
from taizhang.documents.workbooks import XLSX
from taizhang.registers import exporting, frequent, parties, presenting, queries, service
from taizhang.registers.frequent import Asked, FrequentPage
from taizhang.registers.kind import RegisterKind
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.light_sql import Day
from taizhang.registers.models import EntryState, RegisterEntry
from taizhang.registers.party import PARTY_WORDS, PartyKind
from taizhang.registers.queries import Filters
from taizhang.registers.schemas import (
    EntryClock,
    EntryCreate,
    EntryPage,
    EntryPatch,
    EntryPublic,
    EntrySort,
    EventCreate,
    PartyOpen,
    RegisterDetail,
    RegisterPublic,
    Split,
    WithReason,
)
from taizhang.registers.service import Keeping

router = APIRouter(route_class=IdempotentRoute, tags=["专项台账"])

EXPORTED = Depends(Exported("register.export", "register"), scope="function")

Reader = Annotated[Actor, Depends(Requires(Permission.REGISTER_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.REGISTER_WRITE))]
PartyReader = Annotated[Actor, Depends(Requires(Permission.PARTY_READ))]
Slug = Annotated[str, Path(max_length=64, description="台账种类，如 applications")]


def _kind(slug: Slug) -> RegisterKind:
    return service.register(slug)


Kind = Annotated[RegisterKind, Depends(_kind)]


def _day(request: Request, session: Transaction, today: Today, now: Now) -> Day:
    settings: Settings = request.app.state.settings
    return Day.of(today, now, calendar(session), settings.deadline_near_workdays)


LightDay = Annotated[Day, Depends(_day)]


def _keeping(request: Request, session: Transaction, actor: Writer, kind: Kind, now: Now) -> Keeping:
    return Keeping(session, actor, kind, request.app.state.party_keys(), now)


Keep = Annotated[Keeping, Depends(_keeping)]


def _answer(keeping: Keeping, response: Response, entry: RegisterEntry, day: Day) -> EntryPublic:
    response.headers["ETag"] = etag(entry.version)
    return presenting.entry(keeping.session, keeping.actor, keeping.kind, entry, day)


@router.get("/registers")
def list_registers(session: Transaction, actor: Reader, day: LightDay) -> list[RegisterPublic]:
    """全部专项台账：依据、各栏与各步怎么填、期限，以及我看得到的件数。"""
    counts, writes = queries.counts(session, actor, day), actor.may(Permission.REGISTER_WRITE)
    return [
        presenting.register(kind, counts.get(slug, presenting.NOTHING), may_write=writes)
        for slug, kind in REGISTERS.items()
    ]


def _asked(
    least: Annotated[int, QueryParameter(ge=1, le=1000, description="至少申请过几次")] = 2,
    opened_from: date | None = None,
    opened_to: date | None = None,
) -> Asked:
    return Asked(least, opened_from, opened_to)


Frequently = Annotated[Asked, Depends(_asked)]


@router.get("/registers/applications/frequent", response_model=FrequentPage)
def list_frequent_documents(
    request: Request, session: Transaction, actor: Reader, paging: Paging, asked: Frequently
) -> Response:
    """申请频次高的文件，次数多的在前，供评估审查（条例第四十四条）：怎样答复过，公文公开属性台账里评估到哪一步。

    按登记时填的文件名称归并，没有填的按申请事项；标点、空格、书名号不计。
    """
    return json_page(session, frequent.listing(actor, asked), paging, request)


@router.get("/registers/applications/frequent.xlsx", response_class=Response)
def export_frequent_documents(session: Transaction, actor: Reader, asked: Frequently, today: Today) -> Response:
    """申请频次高的文件（xlsx）。"""
    name = f"申请频次高的文件（{today.isoformat()}）.xlsx"
    return attached(frequent.workbook(session, actor, asked), name)


def attached(content: bytes, name: str) -> Response:
    """A workbook to be saved, and kept by nobody on the way."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)


@router.get("/registers/{slug}")
def get_register(session: Transaction, actor: Reader, kind: Kind, day: LightDay) -> RegisterDetail:
    """一种专项台账，连同 data 的 JSON Schema。"""
    counts = queries.counts(session, actor, day).get(kind.slug, presenting.NOTHING)
    found = presenting.register(kind, counts, may_write=actor.may(Permission.REGISTER_WRITE))
    return RegisterDetail(**dict(found), data_schema=kind.entry.model_json_schema())


def _filters(
    unit: Annotated[uuid.UUID | None, QueryParameter(description="单位，含下级")] = None,
    state: Annotated[list[EntryState], QueryParameter(description="状态；不给则不含已作废")] = [],  # noqa: B006
    light: Annotated[list[LightColour], QueryParameter(description="灯")] = [],  # noqa: B006
    due_from: date | None = None,
    due_to: date | None = None,
    opened_from: date | None = None,
    opened_to: date | None = None,
    party: Annotated[list[PartyKind], QueryParameter(description="申请人类型")] = [],  # noqa: B006
    q: Annotated[Query, QueryParameter(description="标题、编号、单位名称，部分即可")] = None,
) -> Filters:
    return Filters(unit, state, light, due_from, due_to, opened_from, opened_to, party, q)


Filtered = Annotated[Filters, Depends(_filters)]


@router.get("/registers/{slug}/entries", response_model=EntryPage)
def list_entries(
    request: Request,
    session: Transaction,
    actor: Reader,
    kind: Kind,
    paging: Paging,
    day: LightDay,
    filters: Filtered,
    sort: EntrySort = EntrySort.DUE,
) -> Response:
    """一种台账的条目，每条带灯与剩余工作日；默认在办的在前、先到期的在前。个人信息已遮掩。"""
    return json_page(session, queries.listing(actor, kind, filters, sort, day), paging, request)


@router.get("/registers/{slug}/entries.xlsx", response_class=Response, dependencies=[EXPORTED])
def export_entries(
    session: Transaction,
    actor: Reader,
    kind: Kind,
    day: LightDay,
    filters: Filtered,
    sort: EntrySort = EntrySort.DUE,
) -> Response:
    """按同样的条件导出（xlsx），各栏与各步经过俱全，可以再导入；申请人只有类型与遮掩后的名字。"""
    content = exporting.workbook(session, actor, kind, filters, sort, day)
    return attached(content, f"{kind.title}台账（{day.today.isoformat()}）.xlsx")


@router.post("/registers/{slug}/entries", status_code=201, dependencies=[Once])
def create_entry(keeping: Keep, response: Response, day: LightDay, data: EntryCreate) -> EntryPublic:
    """登记一条。政务公开科可以登记到所辖单位名下。"""
    entry = service.create(keeping, data)
    response.headers["Location"] = f"/api/v1/registers/{entry.slug}/entries/{entry.id}"
    return _answer(keeping, response, entry, day)


@router.get("/registers/{slug}/entries/{entry_id}")
def get_entry(
    session: Transaction, response: Response, actor: Reader, kind: Kind, day: LightDay, entry_id: uuid.UUID
) -> EntryPublic:
    """一条的全部内容：各栏、经过、相连的条目；actions 与 next_events 是现在可以做的。"""
    entry = queries.one(session, actor, kind.slug, entry_id)
    response.headers["ETag"] = etag(entry.version)
    return presenting.entry(session, actor, kind, entry, day)


@router.patch("/registers/{slug}/entries/{entry_id}")
def change_entry(
    keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, data: EntryPatch, if_match: IfMatch = None
) -> EntryPublic:
    """修改一条；期限随之重新推算。已办结的须先重新打开。"""
    return _answer(keeping, response, service.change(keeping, entry_id, data, if_match), day)


@router.post("/registers/{slug}/entries/{entry_id}/events", status_code=201, dependencies=[Once])
def add_event(
    keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, data: EventCreate, if_match: IfMatch = None
) -> EntryPublic:
    """登记一步经过：补正、征求意见、延期、答复、送出、公开等；不合规定的写明条文退回。应答是整条的现状。"""
    return _answer(keeping, response, service.add_event(keeping, entry_id, data, if_match), day)


@router.post("/registers/{slug}/entries/{entry_id}/events/{event_id}/void")
def void_event(
    keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, event_id: uuid.UUID, data: WithReason
) -> EntryPublic:
    """作废登错的一步，写明原因；记录仍在，期限重新推算。"""
    return _answer(keeping, response, service.void_event(keeping, entry_id, event_id, data.reason), day)


@router.post("/registers/{slug}/entries/{entry_id}/reopen")
def reopen_entry(
    keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, data: WithReason
) -> EntryPublic:
    """重新打开已办结的一条，写明原因：作废使它办结的那一步。"""
    return _answer(keeping, response, service.reopen(keeping, entry_id, data.reason), day)


@router.post("/registers/{slug}/entries/{entry_id}/void")
def void_entry(keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, data: WithReason) -> EntryPublic:
    """作废登错的一条，写明原因；不再计入任何数字，仍可查阅。"""
    return _answer(keeping, response, service.void(keeping, entry_id, data.reason), day)


@router.post("/registers/{slug}/entries/{entry_id}/split")
def split_entry(keeping: Keep, response: Response, day: LightDay, entry_id: uuid.UUID, data: Split) -> EntryPublic:
    """一封来信有几项申请的，拆成几件：申请人、收到日相同，各自计时、各自答复。"""
    return _answer(keeping, response, service.split(keeping, entry_id, data.titles), day)


@router.get("/registers/{slug}/entries/{entry_id}/clock")
def get_entry_clock(session: Transaction, actor: Reader, kind: Kind, day: LightDay, entry_id: uuid.UUID) -> EntryClock:
    """这一条的期限与推算过程，每一步写明依据，可以入卷。"""
    return presenting.clock(session, actor, kind, queries.one(session, actor, kind.slug, entry_id), day)


@router.get("/registers/{slug}/entries/{entry_id}/party")
def reveal_party(
    request: Request,
    response: Response,
    actor: PartyReader,
    kind: Kind,
    entry_id: uuid.UUID,
) -> PartyOpen:
    """申请人的完整信息。只有承办单位看得到，每看一次在审计日志记一次。"""
    with apart(request) as session:  # a view is written down before it is given
        party = parties.reveal(session, actor, kind, entry_id, request.app.state.party_keys())
        session.commit()
    response.headers["Cache-Control"] = "no-store"
    return PartyOpen(kind_words=PARTY_WORDS[party.kind], **party.model_dump())
