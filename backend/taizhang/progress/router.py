"""Routes of progress submissions (进展填报)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now, Today, local_day
from taizhang.core.database import Transaction
from taizhang.core.idempotency import IdempotentRoute, Once
from taizhang.core.paging import Paging, json_page
from taizhang.core.schemas import Query as Search
from taizhang.core.versions import IfMatch, etag
from taizhang.progress import listing, presenting, queries, service
from taizhang.progress.listing import Filters
from taizhang.progress.schemas import (
    BatchInput,
    BatchResult,
    LatePermitInput,
    LatePermitPublic,
    SubmissionChanges,
    SubmissionCreate,
    SubmissionPage,
    SubmissionPatch,
    SubmissionPublic,
    SubmissionSort,
)
from taizhang.workflow.rules import Action, State
from taizhang.workflow.schemas import Note, ReopenInput, ReturnInput

router = APIRouter(tags=["进展填报"], route_class=IdempotentRoute)

Reader = Annotated[Actor, Depends(Requires(Permission.PROGRESS_READ))]
Writer = Annotated[Actor, Depends(Requires(Permission.PROGRESS_WRITE))]
Signer = Annotated[Actor, Depends(Requires(Permission.PROGRESS_SIGN))]
Reviewer = Annotated[Actor, Depends(Requires(Permission.PROGRESS_REVIEW))]
Participant = Annotated[Actor, Depends(Requires(Permission.PROGRESS_ACT))]
Granter = Annotated[Actor, Depends(Requires(Permission.LATE_PERMIT))]
SubmissionId = Annotated[uuid.UUID, Path(description="进展填报编号")]


@dataclass(frozen=True)
class Desk:
    """One caller's request on one submission: act on it, then show it as it now is."""

    session: Session
    response: Response
    submission_id: uuid.UUID
    now: datetime
    if_match: str | None = None

    def shown(self, actor: Actor) -> SubmissionPublic:
        """The submission with its ETag."""
        dossier = queries.dossier(self.session, actor, self.submission_id)
        self.response.headers["ETag"] = etag(dossier.submission.version)
        return presenting.submission(self.session, actor, dossier, local_day(self.now))


async def _desk(
    session: Transaction, response: Response, submission_id: SubmissionId, now: Now, if_match: IfMatch = None
) -> Desk:
    return Desk(session, response, submission_id, now, if_match)


OnDesk = Annotated[Desk, Depends(_desk)]


def _step(desk: Desk, actor: Actor, action: Action, note: Note | None = None) -> SubmissionPublic:
    reason = note.note if note else None
    service.act(desk.session, actor, desk.submission_id, action, now=desk.now, if_match=desk.if_match, reason=reason)
    return desk.shown(actor)


@router.get("/progress-submissions", response_model=SubmissionPage)
def list_submissions(
    request: Request,
    session: Transaction,
    actor: Reader,
    paging: Paging,
    today: Today,
    plan: uuid.UUID | None = None,
    unit: Annotated[uuid.UUID | None, Query(description="单位，含其下级")] = None,
    task: uuid.UUID | None = None,
    assignment: uuid.UUID | None = None,
    period: uuid.UUID | None = None,
    state: Annotated[list[State], Query(description="状态，可重复")] = [],  # noqa: B006
    waiting: Annotated[bool, Query(description="只列等您处理的")] = False,
    q: Search = None,
    sort: SubmissionSort = SubmissionSort.NEWEST,
) -> Response:
    """进展填报列表：按任务、单位、内容查找。"""
    filters = Filters(plan, unit, task, assignment, period, state, waiting, q)
    return json_page(session, listing.page(actor, filters, sort, today), paging, request)


@router.post("/progress-submissions", status_code=201, dependencies=[Once])
def create_submission(
    session: Transaction, response: Response, actor: Writer, data: SubmissionCreate, now: Now
) -> SubmissionPublic:
    """新建一期填报（草稿）；每项分工每期一件。"""
    submission = service.create(session, actor, data, now=now)
    response.headers["Location"] = f"/api/v1/progress-submissions/{submission.id}"
    return Desk(session, response, submission.id, now).shown(actor)


@router.post("/progress-submissions:batch")
def act_on_many(session: Transaction, actor: Participant, data: BatchInput, now: Now) -> BatchResult:
    """成批提交、签发或审核通过；逐件办理，办不了的说明原因。"""
    return service.batch(session, actor, Action(data.action), data.ids, now=now)


@router.get("/progress-submissions/{submission_id}")
def get_submission(desk: OnDesk, actor: Reader) -> SubmissionPublic:
    """一期填报的全部内容与经过。"""
    return desk.shown(actor)


@router.patch("/progress-submissions/{submission_id}")
def edit_submission(desk: OnDesk, actor: Writer, data: SubmissionPatch) -> SubmissionPublic:
    """修改草稿或退回件，答复退回要点；须带 If-Match。"""
    service.edit(desk.session, actor, desk.submission_id, data, desk.if_match, now=desk.now)
    return desk.shown(actor)


@router.get("/progress-submissions/{submission_id}/changes")
def compare_revisions(
    session: Transaction,
    actor: Reader,
    submission_id: SubmissionId,
    from_revision: Annotated[
        int | None, Query(ge=0, le=100_000, description="从哪一版起比；默认为上次退回的那一版")
    ] = None,
) -> SubmissionChanges:
    """与上次退回的（或前一次提交的）版本相比，改了什么。"""
    return presenting.differences(session, queries.dossier(session, actor, submission_id), from_revision)


@router.post("/progress-submissions/{submission_id}/submit")
def submit(desk: OnDesk, actor: Writer, note: Note | None = None) -> SubmissionPublic:
    """提交，等待本单位分管领导签发；内容不全时逐项指明。"""
    return _step(desk, actor, Action.SUBMIT, note)


@router.post("/progress-submissions/{submission_id}/sign")
def sign(desk: OnDesk, actor: Signer, note: Note | None = None) -> SubmissionPublic:
    """签发，报区政务公开科审核。"""
    return _step(desk, actor, Action.SIGN, note)


@router.post("/progress-submissions/{submission_id}/accept")
def accept(desk: OnDesk, actor: Reviewer, note: Note | None = None) -> SubmissionPublic:
    """审核通过。"""
    return _step(desk, actor, Action.ACCEPT, note)


@router.post("/progress-submissions/{submission_id}/return")
def send_back(desk: OnDesk, actor: Participant, data: ReturnInput) -> SubmissionPublic:
    """退回，写明要点；单位须逐条答复后才能重新提交。"""
    service.act(
        desk.session,
        actor,
        desk.submission_id,
        Action.RETURN,
        now=desk.now,
        if_match=desk.if_match,
        points=data.points,
        reason=data.reason,
    )
    return desk.shown(actor)


@router.post("/progress-submissions/{submission_id}/withdraw")
def withdraw(desk: OnDesk, actor: Participant, note: Note | None = None) -> SubmissionPublic:
    """撤回：下一步还没有办理之前，可以收回重写。"""
    return _step(desk, actor, Action.WITHDRAW, note)


@router.post("/progress-submissions/{submission_id}/reopen")
def reopen(desk: OnDesk, actor: Reviewer, data: ReopenInput) -> SubmissionPublic:
    """重新打开已通过的填报，退回单位补正。"""
    service.act(
        desk.session,
        actor,
        desk.submission_id,
        Action.REOPEN,
        now=desk.now,
        if_match=desk.if_match,
        reason=data.reason,
    )
    return desk.shown(actor)


@router.post("/assignments/{assignment_id}/late-permits", status_code=201, dependencies=[Once])
def grant_late_permit(
    session: Transaction, actor: Granter, assignment_id: uuid.UUID, data: LatePermitInput, now: Now
) -> LatePermitPublic:
    """准予补报：周期关闭后仍可填报至所定日期，仍记为逾期。"""
    permit = service.permit(session, actor, assignment_id, data, now=now)
    return LatePermitPublic(
        **permit.model_dump(exclude={"granted_by", "granted_by_name"}), granted_by=permit.granted_by_name
    )
