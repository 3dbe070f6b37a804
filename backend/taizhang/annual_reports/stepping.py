"""Steps of a report (年度报告的流转): handed in, signed, accepted or returned, published, taken down."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.annual_reports import checking, presenting, rolling, telling
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing import Filing, subject
from taizhang.annual_reports.filing_schemas import ReportPointInput
from taizhang.annual_reports.forms import FORMS
from taizhang.annual_reports.models import ReportRevision
from taizhang.annual_reports.procedure import FINAL, ReportAction, ReportState
from taizhang.annual_reports.records import Dossier
from taizhang.core.problems import FieldError, Invalid
from taizhang.workflow import queries as history
from taizhang.workflow import service as workflow
from taizhang.workflow.rules import PointReason, PointTarget


@dataclass(frozen=True, slots=True)
class Words:
    """What a step is taken with: a note or reason, points to answer, the day of publication."""

    reason: str | None = None
    points: Sequence[ReportPointInput] = ()
    published_on: date | None = None


def act(filing: Filing, report_id: uuid.UUID, action: ReportAction, if_match: str | None, words: Words) -> Dossier:
    """Take one step.

    Raises:
        NotFound, Forbidden, Conflict (409 ``step-not-allowed``), Stale.
        Invalid: points unanswered (422 ``point-unanswered``), findings in the way (422 ``report-blocked``, a pointer
            each), or a return whose points aim at nothing.
    """
    dossier, after = filing.open(report_id, action, if_match)
    row = dossier.report
    before = row.state
    if action in (ReportAction.SUBMIT, ReportAction.ACCEPT, ReportAction.PUBLISH):
        checking.require_clear(filing.session, dossier)
    _EFFECTS[action](filing, dossier, words)
    row.state = after
    if after not in FINAL:
        row.accepted_at = row.accepted_by = None
    workflow.record_step(
        filing.session, filing.actor, subject(row), (action, before, after), at=filing.now, reason=words.reason
    )
    told = {"state": after, "revision": row.revision, "reason": words.reason}
    filing.saved(dossier, action, before={"state": before}, after=told)
    telling.of_step(filing.session, dossier, action, now=filing.now)
    return dossier


def _hand_in(filing: Filing, dossier: Dossier, words: Words) -> None:
    row, session = dossier.report, filing.session
    points = history.points(session, row.id)
    open_points = [
        FieldError(f"#/points/{index}/answer", "point-unanswered", f"退回要点第{index + 1}条还没有答复：{point.text}")
        for index, point in enumerate(points)
        if point.answer is None
    ]
    if open_points:
        raise Invalid("point-unanswered", "还不能提交", detail=open_points[0].detail, errors=open_points)
    row.revision += 1
    row.submitted_at = filing.now
    row.first_submitted_at = row.first_submitted_at or filing.now
    session.add(
        ReportRevision(
            report_id=row.id,
            number=row.revision,
            content=presenting.content(row),
            made_at=filing.now,
            made_by=filing.actor.user_id,
        )
    )


def _take_back(filing: Filing, dossier: Dossier, words: Words) -> None:
    """Taken back unread, timeliness is counted from the next hand-in."""
    row = dossier.report
    if row.state is ReportState.SIGNED:
        row.signed_at = row.signed_by = None
    elif not history.points(filing.session, row.id):
        row.first_submitted_at = row.submitted_at = None


def _sign(filing: Filing, dossier: Dossier, words: Words) -> None:
    dossier.report.signed_at, dossier.report.signed_by = filing.now, filing.actor.name


def _accept(filing: Filing, dossier: Dossier, words: Words) -> None:
    dossier.report.accepted_at, dossier.report.accepted_by = filing.now, filing.actor.name


def _send_back(filing: Filing, dossier: Dossier, words: Words) -> None:
    row = dossier.report
    form = FORMS[row.form]
    faults = [
        FieldError(f"#/points/{index}/cell", "cell-unknown", "表样没有这一格")
        for index, point in enumerate(words.points)
        if point.cell is not None and (point.target is not PointTarget.FIGURES or point.cell not in form.by_key)
    ]
    faults += [
        FieldError(f"#/points/{index}/due_on", "date-in-past", "补正期限已经过去")
        for index, point in enumerate(words.points)
        if point.due_on is not None and point.due_on < filing.today
    ]
    if faults:
        raise Invalid(errors=faults, detail=faults[0].detail)
    workflow.raise_points(filing.session, filing.actor, subject(row), words.points, at=filing.now)
    row.signed_at = row.signed_by = None


def _reopen(filing: Filing, dossier: Dossier, words: Words) -> None:
    point = ReportPointInput(target=PointTarget.WHOLE, reason=PointReason.OTHER, text=words.reason or "")
    _send_back(filing, dossier, Words(points=[point]))


def _publish(filing: Filing, dossier: Dossier, words: Words) -> None:
    """What a government's sum was made of is frozen with it, each input in its version."""
    row = dossier.report
    published_on = words.published_on or filing.today
    if published_on > filing.today:
        raise Invalid.field("#/published_on", "date-in-future", "公布日期不能晚于今天")
    if row.accepted_at is None or published_on.year <= row.year:
        raise Invalid.field("#/published_on", "date-too-early", f"{row.year}年的报告在次年公布")
    row.published_on, row.published_at = published_on, filing.now
    row.withdrawn_at = row.withdraw_reason = None
    if row.scope is Scope.GOVERNMENT:
        row.inputs = rolling.inputs(filing.session, row)


def _take_down(filing: Filing, dossier: Dossier, words: Words) -> None:
    row = dossier.report
    row.published_on = row.published_at = None
    row.withdrawn_at, row.withdraw_reason = filing.now, words.reason


_EFFECTS: dict[ReportAction, Callable[[Filing, Dossier, Words], None]] = {
    ReportAction.SUBMIT: _hand_in,
    ReportAction.WITHDRAW: _take_back,
    ReportAction.SIGN: _sign,
    ReportAction.ACCEPT: _accept,
    ReportAction.RETURN: _send_back,
    ReportAction.REOPEN: _reopen,
    ReportAction.PUBLISH: _publish,
    ReportAction.UNPUBLISH: _take_down,
}
