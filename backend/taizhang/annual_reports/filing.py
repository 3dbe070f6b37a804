"""Filing a report (年度报告的编制与流转): create, edit, and every step, each in the caller's transaction.

Time is an argument, so that these functions serve requests, tests and the demonstration alike.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.annual_reports import carrying, checking, compiling, presenting, records, roster
from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.filing_schemas import (
    AnnualReportPublic,
    CompileChange,
    ReportCreate,
    ReportPatch,
    SectionsInput,
)
from taizhang.annual_reports.forms import (
    FORMS,
    Form,
    form_of_year,
    from_array,
    parse,
    shown,
    to_array,
    with_sums,
)
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.part_one import FACTS
from taizhang.annual_reports.procedure import (
    ACTION_WORDS,
    STATE_WORDS,
    ReportAction,
    ReportState,
    allowed_actions,
    ever_may,
    next_state,
)
from taizhang.annual_reports.records import Dossier, Seat
from taizhang.annual_reports.sections import dump, load
from taizhang.audit import service as audit
from taizhang.core import notify
from taizhang.core.clock import local_day
from taizhang.core.errors import CONSTRAINTS
from taizhang.core.problems import Conflict, FieldError, Forbidden, Invalid
from taizhang.core.versions import check_version, require_version
from taizhang.units.models import Unit, UnitKind
from taizhang.workflow import queries as history
from taizhang.workflow import service as workflow
from taizhang.workflow.service import Subject

SUBJECT = "annual_report"
CONSTRAINTS["uq_annual_report_unit_id_year_scope"] = "该单位这一年度已有这一份年度报告，请打开已有的继续"
MOST_ERRORS = 500


@dataclass(frozen=True)
class Filing:
    """One caller at work on reports in one transaction, at a moment."""

    session: Session
    actor: Actor
    seat: Seat
    now: datetime

    @classmethod
    def of(cls, session: Session, actor: Actor, now: datetime) -> "Filing":
        return cls(session, actor, records.seat(session, actor), now)

    @property
    def today(self) -> date:
        return local_day(self.now)

    def shown(self, dossier: Dossier) -> AnnualReportPublic:
        """The report as the caller sees it."""
        return presenting.annual_report(self.session, self.seat, dossier, self.today)

    def open(
        self,
        report_id: uuid.UUID,
        action: ReportAction,
        if_match: str | None,
        *,
        required: bool = False,
    ) -> tuple[Dossier, ReportState]:
        """A report locked for this action, and the state it leads to.

        Raises:
            NotFound, PreconditionRequired, Stale.
            Forbidden: the action is never this caller's.
            Conflict: it is, but not in the present state (409, with ``state`` and ``actions``).
        """
        dossier = records.dossier(self.session, self.seat, report_id, lock=True)
        row = dossier.report
        guard = require_version if required else check_version
        guard(if_match, row.version, current=lambda: self.shown(dossier))
        parts = self.seat.parts(row.scope, row.unit_path)
        if not ever_may(action, parts):
            raise Forbidden
        returned = action is ReportAction.WITHDRAW and bool(history.points(self.session, row.id))
        after = next_state(row.state, action, parts, returned_before=returned)
        if after is None:
            raise Conflict(
                "report-not-editable" if action is ReportAction.EDIT else "step-not-allowed",
                "当前状态不允许这一步",
                detail=f"现为“{STATE_WORDS[row.state]}”，不能{ACTION_WORDS[action]}",
                state=row.state,
                actions=allowed_actions(row.state, parts),
            )
        return dossier, after

    def saved(
        self,
        dossier: Dossier,
        action: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> Dossier:
        """The report with its new version, the audit event, and those who look at it told."""
        row, unit = dossier
        row.version += 1
        row.updated_at = self.now
        self.session.flush()
        audit.record(self.session, self.actor, f"annual-report.{action}", SUBJECT, row.id, before=before, after=after)
        notify.publish(self.session, SUBJECT, row.id, action=action, unit_id=unit.id, unit_path=unit.path)
        return dossier


# -- writing


def create(filing: Filing, data: ReportCreate) -> Dossier:
    """Begin a report.

    Raises:
        NotFound: no such unit within the caller's scope.
        Forbidden: not this caller's to write.
        Conflict: there is one already (409 ``report-exists``, with ``existing``).
        Invalid: outside the roster (422 ``unit-outside-roster``), or figures that cannot be (422 ``figures-invalid``).
    """
    session, actor, now = filing.session, filing.actor, filing.now
    unit = _unit(filing, data)
    if not roster.makes_report(unit, data.year, data.scope):
        detail = f"{unit.short_name}不是{data.year}年{records.SCOPE_WORDS[data.scope]}年度报告的编制主体"
        raise Invalid("unit-outside-roster", "不在编制范围", detail=detail, errors=[_at("unit_id", detail)])
    if not ever_may(ReportAction.EDIT, filing.seat.parts(data.scope, unit.path)):
        raise Forbidden
    if (found := records.existing(session, unit.id, data.year, data.scope)) is not None:
        detail = f"{unit.short_name}已有{data.year}年{records.SCOPE_WORDS[data.scope]}的年度报告，请打开已有的继续"
        raise Conflict("report-exists", "已有这一份年度报告", detail=detail, existing=str(found))
    form = FORMS[form_of_year(data.year)]
    if data.form not in (None, form.version):
        detail = f"{data.year}年的报告使用{form.version}年表样"
        raise Invalid.field("#/form", "form-unfit", detail)
    report = AnnualReport(
        unit_id=unit.id,
        unit_path=unit.path,
        year=data.year,
        scope=data.scope,
        form=form.version,
        figures=[None] * len(form.cells),
        created_by=actor.user_id,
        created_at=now,
        updated_at=now,
    )
    session.add(report)
    session.flush()
    write(filing, Dossier(report, unit), data.figures, data.facts, data.sections)
    session.flush()
    after = {"unit": unit.name, "year": data.year, "scope": data.scope}
    audit.record(session, actor, "annual-report.create", SUBJECT, report.id, after=after)
    notify.publish(session, SUBJECT, report.id, action="create", unit_id=unit.id, unit_path=unit.path)
    return Dossier(report, unit)


def _at(field: str, detail: str) -> FieldError:
    return FieldError(f"#/{field}", "unit-outside-roster", detail)


def _unit(filing: Filing, data: ReportCreate) -> Unit:
    found = records.unit(filing.session, filing.seat, data.unit_id, data.scope)
    if (data.scope is Scope.GOVERNMENT) is not (found.kind is UnitKind.GOVERNMENT):
        detail = "本级政府的报告由人民政府编制，本机关的报告由各机关编制"
        raise Invalid("unit-outside-roster", "不在编制范围", detail=detail, errors=[_at("scope", detail)])
    return found


def edit(filing: Filing, report_id: uuid.UUID, data: ReportPatch, if_match: str | None) -> Dossier:
    """Change a draft or a returned report, cell by cell, and answer the points it was returned with.

    Raises:
        NotFound, Forbidden, Conflict (409 ``report-not-editable``), PreconditionRequired, Stale.
        Invalid: figures that cannot be (422 ``figures-invalid``), a locked cell (``cell-locked``), an unknown fact,
            a point that is not one.
    """
    dossier, _ = filing.open(report_id, ReportAction.EDIT, if_match, required=True)
    row = dossier.report
    before = presenting.content(row)
    restore(dossier, data.restore)
    write(filing, dossier, data.figures, data.facts, data.sections)
    answered = workflow.answer(filing.session, filing.actor, subject(row), data.answers, at=filing.now)
    now = presenting.content(row)
    if before == now and not answered and not data.restore:
        return dossier
    changed = _audited(FORMS[row.form], before, now)
    if answered:
        changed[1]["answers"] = [answer.model_dump(mode="json") for answer in data.answers]
    return filing.saved(dossier, "edit", before=changed[0], after=changed[1])


def _audited(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what changed, for the audit log; of words only that they did."""
    changes = presenting.figure_changes(form, before["figures"], after["figures"])
    was: dict[str, Any] = {change.cell: change.before for change in changes}
    now: dict[str, Any] = {change.cell: change.after for change in changes}
    for key in FACTS:
        if before["facts"][key] != after["facts"][key]:
            was[key], now[key] = before["facts"][key], after["facts"][key]
    for part in Part:
        if before["sections"][part.value] != after["sections"][part.value]:
            was[part.value], now[part.value] = (len(each["sections"][part.value] or "") for each in (before, after))
    return was, now


def write(
    filing: Filing,
    dossier: Dossier,
    figures: Mapping[str, Any],
    facts: Mapping[str, int | None],
    sections: SectionsInput,
) -> None:
    """Put figures, facts and words in place of those that stand; sums follow.

    Raises:
        Invalid: a value that cannot stand where it was sent (422, a pointer each). Nothing is written then.
    """
    row = dossier.report
    form = FORMS[row.form]
    if figures:
        _write_figures(filing, row, form, figures)
    unknown = [FieldError(f"#/facts/{key}", "fact-unknown", "第一部分没有这一项") for key in facts if key not in FACTS]
    if unknown:
        raise Invalid("fact-unknown", "没有这一项", detail=unknown[0].detail, errors=unknown)
    row.facts = {**row.facts, **{key: dump(load(row.facts, key).edit(value)) for key, value in facts.items()}}
    given = {part.value: text for part in Part if (text := getattr(sections, part.value)) is not None}
    row.sections = {
        **row.sections,
        **{key: dump(load(row.sections, key).edit(text or None)) for key, text in given.items()},
    }


def _write_figures(filing: Filing, row: AnnualReport, form: Form, sent: Mapping[str, Any]) -> None:
    parsed, faults = parse(form, sent)
    if faults:
        errors = [FieldError(f"#/figures/{checking.token(fault.key)}", fault.code, fault.detail) for fault in faults]
        detail = "；".join(fault.detail for fault in faults[:3])
        raise Invalid("figures-invalid", "表中的数字有误", detail=detail, errors=errors[:MOST_ERRORS])
    carried = carrying.carried(carrying.before(filing.session, row))
    lines = records.lines(filing.session, row.id)
    carried = {key: value + lines.get(key, 0) for key, value in carried.items()}
    leaves = {key: parsed[key] for key in sent if not form.by_key[key].sum_of}
    figures = with_sums(form, {**from_array(form, row.figures), **leaves, **carried})
    errors = [
        FieldError(f"#/figures/{key}", "cell-locked", _locked_words(form, key, figures[key], key in carried))
        for key in sent
        if (form.by_key[key].sum_of or key in carried) and parsed[key] not in (figures[key], None)
    ]
    if errors:
        raise Invalid("cell-locked", "这一格不由人填", detail=errors[0].detail, errors=errors[:MOST_ERRORS])
    compiled = from_array(form, row.compiled) if row.compiled else {}
    by_hand = {key for key in leaves if key not in carried}
    kept = {key for key in row.edited if key not in by_hand}
    row.edited = sorted(kept | {key for key in by_hand if not compiled or figures[key] != compiled.get(key)})
    row.figures = to_array(form, figures)


def _locked_words(form: Form, key: str, value: int | None, carried: bool) -> str:
    cell = form.by_key[key]
    due = "空" if value is None else shown(cell, value)
    if carried:
        return f"“{cell.label}”取自上年报告的结转下年度，应为 {due}；确需更正的，加一行调整并说明理由"
    return f"“{cell.label}”由各格相加得出，应为 {due}"


def restore(dossier: Dossier, keys: Sequence[str]) -> None:
    """Put what was compiled back in these cells, facts and parts.

    Raises:
        Invalid: a key that is none of them.
    """
    row = dossier.report
    form = FORMS[row.form]
    parts = {part.value for part in Part}
    for index, key in enumerate(keys):
        if key in parts:
            row.sections = {**row.sections, key: dump(load(row.sections, key).restore())}
        elif key in FACTS:
            row.facts = {**row.facts, key: dump(load(row.facts, key).restore())}
        elif key not in form.by_key:
            raise Invalid.field(f"#/restore/{index}", "cell-unknown", "没有这一格、这一项或这一部分")
    cells = [key for key in keys if key in row.edited]
    if cells:
        compiled = from_array(form, row.compiled) if row.compiled else {}
        figures = {**from_array(form, row.figures), **{key: compiled.get(key) for key in cells}}
        row.figures = to_array(form, with_sums(form, figures))
        row.edited = [key for key in row.edited if key not in cells]


def compile_report(filing: Filing, report_id: uuid.UUID, if_match: str | None) -> tuple[Dossier, list[CompileChange]]:
    """Compile a report from its registers, or a government's from its units' reports; what changed."""
    dossier, _ = filing.open(report_id, ReportAction.COMPILE, if_match)
    changes = compiling.compile_into(filing.session, dossier, filing.now)
    after = {change.key: change.now for change in changes if change.kind == "figure" and not change.edited}
    return filing.saved(dossier, "compile", after=after), changes


def subject(row: AnnualReport) -> Subject:
    """The report as the workflow knows it, at its present revision."""
    return Subject(SUBJECT, row.id, row.revision)
