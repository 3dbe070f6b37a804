"""A report as its reader sees it (年度报告全貌): figures, words, history, and what this caller may do next."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from taizhang.annual_reports import carrying, deadlines, records, zeros
from taizhang.annual_reports.carrying import Before
from taizhang.annual_reports.checks.findings import PART_WORDS, Part
from taizhang.annual_reports.filing_schemas import (
    AdjustmentPublic,
    AnnualReportPublic,
    FactChange,
    FactPublic,
    FigureChange,
    LockedCell,
    PreviousReport,
    ReportChanges,
    ReportInput,
    ReportPoint,
    ReportUnit,
    SectionChange,
    SectionPublic,
    SectionsPublic,
    WaiverPublic,
    ZeroGroup,
    ZeroPublic,
)
from taizhang.annual_reports.forms import FORMS, Form, from_array, present, shown
from taizhang.annual_reports.models import AnnualReport, ReportAdjustment, ReportWaiver, ZeroDeclaration
from taizhang.annual_reports.part_one import FACTS
from taizhang.annual_reports.procedure import ACTION_WORDS, STATE_WORDS, WRITABLE, ReportAction, allowed_actions
from taizhang.annual_reports.records import SCOPE_WORDS, TITLE, Dossier, Seat
from taizhang.annual_reports.sections import Kept, load, texts
from taizhang.calendars.queries import calendar
from taizhang.core.clock import local_day
from taizhang.workflow import queries as history
from taizhang.workflow.models import ReviewPoint, ReviewStep
from taizhang.workflow.rules import REASON_WORDS, TARGET_WORDS
from taizhang.workflow.schemas import StepPublic

_ROW = (
    "id",
    "version",
    "year",
    "scope",
    "form",
    "state",
    "revision",
    "first_submitted_at",
    "submitted_at",
    "published_on",
    "updated_at",
    "edited",
    "compiled_at",
    "signed_at",
    "signed_by",
    "accepted_at",
    "accepted_by",
    "published_at",
    "withdrawn_at",
    "withdraw_reason",
    "created_at",
)


def title(unit_name: str, year: int) -> str:
    """``<机关全称><年份>年政府信息公开工作年度报告``."""
    return TITLE.format(unit=unit_name, year=year)


def annual_report(session: Session, seat: Seat, dossier: Dossier, today: date) -> AnnualReportPublic:
    """Everything about one report."""
    row, unit = dossier
    form = FORMS[row.form]
    earlier = carrying.before(session, row)
    points = history.points(session, row.id)
    first_day = local_day(row.first_submitted_at) if row.first_submitted_at else None
    figures = from_array(form, row.figures)
    return AnnualReportPublic(
        **row.model_dump(include=set(_ROW)),
        unit=ReportUnit.model_validate(unit),
        scope_words=SCOPE_WORDS[row.scope],
        title=title(unit.name, row.year),
        state_words=STATE_WORDS[row.state],
        due_on=deadlines.due_on(row.year, row.scope),
        alert_on=deadlines.alert_on(row.year, row.scope, calendar(session)),
        late=first_day is not None and deadlines.days_late(row.year, row.scope, first_day, today) > 0,
        open_points=sum(1 for point in points if point.answer is None),
        actions=allowed_actions(row.state, seat.parts(row.scope, row.unit_path)),
        figures=present(form, figures),
        compiled=present(form, from_array(form, row.compiled)) if row.compiled else None,
        locked=locked_cells(form, earlier),
        facts=_facts(row),
        sections=_sections(row),
        previous=_previous(earlier.own),
        zero_groups=_zero_groups(form, figures),
        zero_declarations=[_zero(form, each) for each in records.zero_declarations(session, row.id)],
        waivers=[waiver(each) for each in records.waivers(session, row.id)],
        adjustments=[adjustment(form, each) for each in records.adjustments(session, row.id)],
        inputs=[ReportInput.model_validate(each) for each in row.inputs],
        points=[_point(point) for point in points],
        steps=[_step(step) for step in history.steps(session, row.id)],
        created_by=records.author(session, row),
    )


def locked_cells(form: Form, earlier: Before) -> list[LockedCell]:
    """Cells nobody types: sums, and what last year's report carried over."""
    found = [LockedCell(cell=cell.key, reason="sum", words="由各格相加得出") for cell in form.cells if cell.sum_of]
    words = "取自" + "、".join(f"{each.year}年报告" for each in earlier.all[:1]) + "的结转下年度"
    if earlier.merged:
        words += f"，含撤并来的{len(earlier.merged)}个单位"
    return found + [LockedCell(cell=cell, reason="carried", words=words) for cell in carrying.carried(earlier)]


def _facts(row: AnnualReport) -> list[FactPublic]:
    return [
        FactPublic(**spec._asdict(), value=kept.value, compiled=kept.compiled, edited=kept.edited)
        for spec in FACTS.values()
        for kept in (load(row.facts, spec.key),)
    ]


def _section(kept: Kept) -> SectionPublic:
    return SectionPublic(text=kept.value or "", compiled=kept.compiled or "", origin=kept.origin)


def _sections(row: AnnualReport) -> SectionsPublic:
    return SectionsPublic(**{part.value: _section(load(row.sections, part.value)) for part in Part})


def _previous(last_year: AnnualReport | None) -> PreviousReport | None:
    if last_year is None:
        return None
    form = FORMS[last_year.form]
    return PreviousReport(
        report_id=last_year.id,
        year=last_year.year,
        form=last_year.form,
        state=last_year.state,
        figures=present(form, from_array(form, last_year.figures)),
        sections={part.value: text for part, text in texts(last_year.sections).items()},  # type: ignore[arg-type]
    )


def _zero_groups(form: Form, figures: Mapping[str, int | None]) -> list[ZeroGroup]:
    return [
        ZeroGroup(**group._asdict() | {"cells": list(group.cells)}, filled=any(figures[cell] for cell in group.cells))
        for group in zeros.groups(form).values()
    ]


def _signed(each: ReportWaiver | ReportAdjustment | ZeroDeclaration) -> dict[str, Any]:
    return {
        "id": each.id,
        "made_by": each.made_by_name,
        "made_at": each.made_at,
        "withdrawn_by": each.withdrawn_by_name,
        "withdrawn_at": each.withdrawn_at,
    }


def _zero(form: Form, each: ZeroDeclaration) -> ZeroPublic:
    group = zeros.groups(form)[each.group]
    return ZeroPublic(**_signed(each), group=group.key, label=group.label, cells=list(group.cells))


def waiver(each: ReportWaiver, *, holds: bool = True) -> WaiverPublic:
    """A reason given for a finding."""
    return WaiverPublic(
        **_signed(each),
        rule=each.rule,
        cells=each.cells,
        message=each.message,
        reason=each.reason,
        holds=holds and each.withdrawn_at is None,
    )


def adjustment(form: Form, each: ReportAdjustment) -> AdjustmentPublic:
    """A line added to a sum."""
    cell = form.by_key[each.cell]
    return AdjustmentPublic(
        **_signed(each), cell=each.cell, label=cell.label, delta=shown(cell, each.delta), reason=each.reason
    )


def _point(point: ReviewPoint) -> ReportPoint:
    return ReportPoint(
        target_words=TARGET_WORDS[point.target],
        reason_words=REASON_WORDS[point.reason],
        raised_by=point.raised_by_name,
        answered_by=point.answered_by_name,
        **point.model_dump(
            include={
                "id",
                "target",
                "cell",
                "reason",
                "text",
                "due_on",
                "raised_at",
                "answer",
                "answered_at",
                "revision",
            }
        ),
    )


def _step(step: ReviewStep) -> StepPublic:
    return StepPublic(
        action_words=ACTION_WORDS[ReportAction(step.action)],
        **step.model_dump(include={"action", "actor_name", "unit_name", "at", "reason", "revision"}),
    )


# -- snapshots and what changed between them


def content(row: AnnualReport) -> dict[str, Any]:
    """What a report says, as it is kept word for word when it is handed in."""
    return {
        "form": row.form.value,
        "figures": row.figures,
        "facts": {key: load(row.facts, key).value for key in FACTS},
        "sections": {part.value: text for part, text in texts(row.sections).items()},
        "inputs": row.inputs,
    }


def differences(session: Session, row: AnnualReport, from_revision: int | None) -> ReportChanges:
    """What changed since a revision; unless one is named, since the one last returned, or the one before."""
    at_work = row.state in WRITABLE
    to_revision = row.revision + 1 if at_work else row.revision
    if from_revision is None:
        returned = [point.revision for point in history.points(session, row.id) if point.revision < to_revision]
        from_revision = max(returned, default=to_revision - 1)
    before = records.revision(session, row.id, from_revision) if from_revision < to_revision else None
    after = None if at_work else records.revision(session, row.id, to_revision)
    was: dict[str, Any] = before.content if before else {"figures": None, "facts": {}, "sections": {}}
    now = after.content if after else content(row)
    form = FORMS[row.form]
    return ReportChanges(
        from_revision=before.number if before else None,
        to_revision=to_revision,
        figures=figure_changes(form, was["figures"] or [None] * len(form.cells), now["figures"]),
        facts=[
            FactChange(key=key, label=spec.label, before=was["facts"].get(key), after=now["facts"].get(key))
            for key, spec in FACTS.items()
            if was["facts"].get(key) != now["facts"].get(key)
        ],
        sections=[
            SectionChange(
                part=part,
                label=PART_WORDS[part],
                before=was["sections"].get(part) or "",
                after=now["sections"].get(part) or "",
            )
            for part in Part
            if (was["sections"].get(part) or "") != (now["sections"].get(part) or "")
        ],
    )


def figure_changes(form: Form, was: Sequence[int | None], now: Sequence[int | None]) -> list[FigureChange]:
    """Cells that differ, with both values as they travel."""
    return [
        FigureChange(cell=cell.key, label=cell.label, before=shown(cell, before), after=shown(cell, after))
        for cell, before, after in zip(form.cells, was, now, strict=True)
        if before != after
    ]
