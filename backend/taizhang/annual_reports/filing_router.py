"""Routes of stored annual reports (年度报告的编制与流转)."""

import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.annual_reports import cells, checking, filing, noting, presenting, records, roster, stepping
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing import Filing
from taizhang.annual_reports.filing_schemas import (
    AdjustmentInput,
    AnnualReportPage,
    AnnualReportPublic,
    CompileResult,
    Publication,
    ReportChanges,
    ReportCheck,
    ReportCreate,
    ReportPatch,
    ReportReturn,
    ReportSort,
    WaiverInput,
    WithReason,
    ZeroInput,
)
from taizhang.annual_reports.forms import FormVersion
from taizhang.annual_reports.procedure import ReportAction, ReportState
from taizhang.annual_reports.queries import unit as unit_asked
from taizhang.annual_reports.records import Dossier, Filters
from taizhang.annual_reports.stepping import Words
from taizhang.annual_reports.sum_schemas import CellDetail, ReportRoster
from taizhang.calendars.queries import calendar
from taizhang.core.clock import Now, Today
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.schemas import Query as Search
from taizhang.core.versions import IfMatch, etag
from taizhang.workflow.schemas import Note

router = APIRouter(tags=["年度报告"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.REPORT_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.REPORT_WRITE))]
Signer = Annotated[Actor, Depends(Requires(Permission.REPORT_SIGN))]
Reviewer = Annotated[Actor, Depends(Requires(Permission.REPORT_REVIEW))]
Participant = Annotated[Actor, Depends(Requires(Permission.REPORT_ACT))]
ReportId = Annotated[uuid.UUID, Path(description="年度报告编号")]
NoteId = Annotated[uuid.UUID, Path(description="说明、调整或申报的编号")]


@dataclass(frozen=True)
class Desk:
    """One caller's request: who, at what moment, on which version; and where the answer's ETag goes."""

    session: Transaction
    response: Response
    now: Now
    if_match: IfMatch = None

    def filing(self, actor: Actor) -> Filing:
        return Filing.of(self.session, actor, self.now)

    def shown(self, filing: Filing, dossier: Dossier) -> AnnualReportPublic:
        """The report with its ETag."""
        self.response.headers["ETag"] = etag(dossier.report.version)
        return filing.shown(dossier)

    def step(self, actor: Actor, report_id: uuid.UUID, action: ReportAction, words: Words) -> AnnualReportPublic:
        """Take one step and show the report as it now is."""
        filing = self.filing(actor)
        return self.shown(filing, stepping.act(filing, report_id, action, self.if_match, words))


async def _desk(session: Transaction, response: Response, now: Now, if_match: IfMatch = None) -> Desk:
    return Desk(session, response, now, if_match)


OnDesk = Annotated[Desk, Depends(_desk)]


def _said(note: Note | None) -> Words:
    return Words(reason=note.note if note else None)


@router.get("/annual-reports", response_model=AnnualReportPage)
def list_reports(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    year: Annotated[int | None, Query(ge=2000, le=2100, description="报告年度")] = None,
    unit: Annotated[uuid.UUID | None, Query(description="单位，含其下级")] = None,
    scope: Scope | None = None,
    form: FormVersion | None = None,
    state: Annotated[list[ReportState], Query(description="状态，可重复")] = [],  # noqa: B006
    waiting: Annotated[bool, Query(description="只列等您处理的")] = False,
    q: Search = None,
    sort: ReportSort = ReportSort.YEAR,
) -> Response:
    """年度报告列表：本单位的，或所辖各单位的。"""
    filters = Filters(year, unit, scope, form, state, waiting, q)
    return json_page(session, records.listing(records.seat(session, actor), filters, sort), paging, request)


@router.post("/annual-reports", status_code=201, dependencies=[Once])
def create_report(desk: OnDesk, actor: Writer, data: ReportCreate) -> AnnualReportPublic:
    """新建一份年度报告（草稿）；每个单位每年本机关一份，人民政府另有本级政府一份。不在编制范围的单位拒绝。"""
    at = desk.filing(actor)
    dossier = filing.create(at, data)
    desk.response.headers["Location"] = f"/api/v1/annual-reports/{dossier.report.id}"
    return desk.shown(at, dossier)


@router.get("/annual-reports/missing")
def list_missing(
    session: Transaction,
    actor: Reader,
    today: Today,
    year: Annotated[int, Query(ge=2000, le=2100, description="报告年度")],
    unit_id: Annotated[uuid.UUID | None, Query(description="政府或单位；不填为您所服务的政府或所在单位")] = None,
) -> ReportRoster:
    """谁还没有报：编制范围内各单位的报告到了哪一步，逾期几天；不计入的写明缘由。"""
    return roster.roster(session, unit_asked(session, actor, unit_id), year, calendar(session), today=today)


@router.get("/annual-reports/{report_id}")
def get_report(desk: OnDesk, actor: Reader, report_id: ReportId) -> AnnualReportPublic:
    """一份年度报告的全部：数字、文字、说明、退回要点与经过。"""
    at = desk.filing(actor)
    return desk.shown(at, records.dossier(desk.session, at.seat, report_id))


@router.patch("/annual-reports/{report_id}")
def edit_report(desk: OnDesk, actor: Writer, report_id: ReportId, data: ReportPatch) -> AnnualReportPublic:
    """修改草稿或退回件的几格、几项或几部分，答复退回要点；须带 If-Match。求和的格与取自上年的格不由人填。"""
    at = desk.filing(actor)
    return desk.shown(at, filing.edit(at, report_id, data, desk.if_match))


@router.post("/annual-reports/{report_id}/compile")
def compile_report(desk: OnDesk, actor: Writer, report_id: ReportId) -> CompileResult:
    """汇编：本机关的由各专项台账计数，本级政府的由下级各份报告相加，并起草文字。手工填写的不动，不同之处逐项列出。"""
    at = desk.filing(actor)
    dossier, changes = filing.compile_report(at, report_id, desk.if_match)
    return CompileResult(report=desk.shown(at, dossier), changes=changes)


@router.post("/annual-reports/{report_id}/check")
def check_report(session: Transaction, actor: Reader, report_id: ReportId) -> ReportCheck:
    """核对已存的报告：与上年报告、台账、下级报告、其他单位的文字相比，连同已说明的理由；不保存任何内容。"""
    return checking.check_report(session, records.dossier(session, records.seat(session, actor), report_id))


@router.get("/annual-reports/{report_id}/changes")
def compare_revisions(
    session: Transaction,
    actor: Reader,
    report_id: ReportId,
    from_revision: Annotated[
        int | None, Query(ge=0, le=100_000, description="从哪一版起比；默认为上次退回的那一版")
    ] = None,
) -> ReportChanges:
    """与上次退回的（或前一次提交的）版本相比，改了什么。"""
    dossier = records.dossier(session, records.seat(session, actor), report_id)
    return presenting.differences(session, dossier.report, from_revision)


@router.get("/annual-reports/{report_id}/cells/{cell}")
def get_cell(
    session: Transaction,
    actor: Reader,
    report_id: ReportId,
    cell: Annotated[str, Path(max_length=64, description="格，如 t3.r1.natural")],
) -> CellDetail:
    """一格的来历：计入的台账条目、下级报告、调整，以及上年的数。"""
    return cells.detail(session, records.dossier(session, records.seat(session, actor), report_id), cell)


@router.post("/annual-reports/{report_id}/submit")
def submit_report(desk: OnDesk, actor: Writer, report_id: ReportId, note: Note | None = None) -> AnnualReportPublic:
    """提交，等待分管领导签发；有不能放行的核对发现时逐条指明。"""
    return desk.step(actor, report_id, ReportAction.SUBMIT, _said(note))


@router.post("/annual-reports/{report_id}/sign")
def sign_report(desk: OnDesk, actor: Signer, report_id: ReportId, note: Note | None = None) -> AnnualReportPublic:
    """签发，报政务公开科审核。"""
    return desk.step(actor, report_id, ReportAction.SIGN, _said(note))


@router.post("/annual-reports/{report_id}/accept")
def accept_report(desk: OnDesk, actor: Reviewer, report_id: ReportId, note: Note | None = None) -> AnnualReportPublic:
    """审核通过，从此计入上级政府的汇总。"""
    return desk.step(actor, report_id, ReportAction.ACCEPT, _said(note))


@router.post("/annual-reports/{report_id}/return")
def return_report(desk: OnDesk, actor: Participant, report_id: ReportId, data: ReportReturn) -> AnnualReportPublic:
    """退回，写明要点；须逐条答复后才能重新提交。"""
    return desk.step(actor, report_id, ReportAction.RETURN, Words(data.reason, data.points))


@router.post("/annual-reports/{report_id}/withdraw")
def withdraw_report(
    desk: OnDesk, actor: Participant, report_id: ReportId, note: Note | None = None
) -> AnnualReportPublic:
    """撤回：下一步还没有办理之前，可以收回。"""
    return desk.step(actor, report_id, ReportAction.WITHDRAW, _said(note))


@router.post("/annual-reports/{report_id}/reopen")
def reopen_report(desk: OnDesk, actor: Reviewer, report_id: ReportId, data: WithReason) -> AnnualReportPublic:
    """重新打开已通过的报告，写明理由，退回补正；已公布的须先撤下。"""
    return desk.step(actor, report_id, ReportAction.REOPEN, Words(data.reason))


@router.post("/annual-reports/{report_id}/publish")
def publish_report(
    desk: OnDesk, actor: Participant, report_id: ReportId, data: Publication | None = None
) -> AnnualReportPublic:
    """公布已通过的报告；汇总所取的各份报告及其版本随之冻结。"""
    published_on = data.published_on if data else None
    return desk.step(actor, report_id, ReportAction.PUBLISH, Words(published_on=published_on))


@router.post("/annual-reports/{report_id}/unpublish")
def unpublish_report(desk: OnDesk, actor: Participant, report_id: ReportId, data: WithReason) -> AnnualReportPublic:
    """撤下已公布的报告，写明理由；经过都在。"""
    return desk.step(actor, report_id, ReportAction.UNPUBLISH, Words(data.reason))


@router.post("/annual-reports/{report_id}/waivers", status_code=201, dependencies=[Once])
def waive_finding(desk: OnDesk, actor: Participant, report_id: ReportId, data: WaiverInput) -> AnnualReportPublic:
    """对一条核对发现说明理由，使其放行；数字再变时须重新说明。表内的勾稽关系不能以理由放行。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.waive(at, report_id, data, desk.if_match))


@router.post("/annual-reports/{report_id}/waivers/{note_id}/withdraw")
def withdraw_waiver(desk: OnDesk, actor: Participant, report_id: ReportId, note_id: NoteId) -> AnnualReportPublic:
    """撤回一条理由；记录仍在。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.unwaive(at, report_id, note_id, desk.if_match))


@router.post("/annual-reports/{report_id}/adjustments", status_code=201, dependencies=[Once])
def add_adjustment(desk: OnDesk, actor: Writer, report_id: ReportId, data: AdjustmentInput) -> AnnualReportPublic:
    """加一行调整，写明理由：本级政府报告里汇总的格，本机关报告里取自上年的格。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.adjust(at, report_id, data, desk.if_match))


@router.post("/annual-reports/{report_id}/adjustments/{note_id}/withdraw")
def withdraw_adjustment(desk: OnDesk, actor: Writer, report_id: ReportId, note_id: NoteId) -> AnnualReportPublic:
    """撤回一行调整；记录仍在，数字复原。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.unadjust(at, report_id, note_id, desk.if_match))


@router.post("/annual-reports/{report_id}/zero-declarations", status_code=201, dependencies=[Once])
def declare_zero(desk: OnDesk, actor: Writer, report_id: ReportId, data: ZeroInput) -> AnnualReportPublic:
    """申报“本单位无此项业务”：这一组格写为 0，记下申报人与时间。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.declare_zero(at, report_id, data.group, desk.if_match))


@router.post("/annual-reports/{report_id}/zero-declarations/{note_id}/withdraw")
def withdraw_zero(desk: OnDesk, actor: Writer, report_id: ReportId, note_id: NoteId) -> AnnualReportPublic:
    """撤回“无此项业务”的申报；仍为 0 的格恢复为申报前的样子。"""
    at = desk.filing(actor)
    return desk.shown(at, noting.undeclare_zero(at, report_id, note_id, desk.if_match))
