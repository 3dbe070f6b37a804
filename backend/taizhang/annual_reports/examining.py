"""Examining (年报核对): from a request to findings and from a file to a report. Nothing is kept."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from taizhang.annual_reports.checks import check
from taizhang.annual_reports.checks.findings import CATALOGUE, Finding, Part, ProcessingFees, Report
from taizhang.annual_reports.forms import FORMS, Form, parse, present
from taizhang.annual_reports.reading import NotAReport, ReadReport, read_report
from taizhang.annual_reports.report_schemas import (
    CheckRequest,
    CheckResult,
    FindingPublic,
    FormPublic,
    PartsInput,
    PartsPublic,
    ReadProblem,
    ReadResult,
)
from taizhang.core.problems import FieldError, Invalid
from taizhang.documents.child import read_apart
from taizhang.documents.unreadable import Unreadable

FEN_PER_YUAN = 100
MOST_ERRORS = 500
LONGEST_KEY = 100


@lru_cache(maxsize=1)
def forms() -> list[FormPublic]:
    """Both forms, the current first, with the checks that apply to them."""
    rules = list(CATALOGUE.values())
    return [FormPublic.model_validate({**_described(form), "rules": rules}) for form in FORMS.values()]


def _described(form: Form) -> dict[str, Any]:
    return {name: getattr(form, name) for name in ("version", "title", "cells", "tables", "equations")}


def check_request(data: CheckRequest) -> CheckResult:
    """The findings on what was sent.

    Raises:
        Invalid: a value that cannot stand in its cell, or a cell that is not (422, a pointer each).
    """
    form = FORMS[data.form]
    faults: list[FieldError] = []
    figures = _figures(form, data.figures, "#/figures", faults)
    previous = None
    if data.previous is not None:
        earlier = FORMS[data.previous.form or data.form]
        previous = _figures(earlier, data.previous.figures, "#/previous/figures", faults)
    if faults:
        named = "；".join(error.detail for error in faults[:3])
        more = f"等 {len(faults)} 处" if len(faults) > 3 else ""
        raise Invalid("figures-invalid", "表中的数字有误", detail=f"{named}{more}", errors=faults[:MOST_ERRORS])
    report = Report(
        form,
        data.year,
        figures,
        scope=data.scope,
        texts=_texts(data.texts),
        previous=previous,
        previous_texts=(_texts(data.previous.texts) if data.previous else None) or {},
        fees=_fees(data),
        makes_rules=data.makes_rules,
    )
    return CheckResult(findings=_public(check(report)))


def _figures(form: Form, raw: Mapping[str, Any], pointer: str, faults: list[FieldError]) -> dict[str, int | None]:
    figures, found = parse(form, raw)
    for fault in found:
        token = _token(fault.key)
        named = f"{fault.detail}：{token}" if fault.code == "cell-unknown" else fault.detail
        faults.append(FieldError(f"{pointer}/{token}", fault.code, named))
    return figures


def _token(key: str) -> str:
    """A key as part of a JSON pointer, fit to be answered whatever was sent."""
    fit = key[:LONGEST_KEY].encode("utf-8", "replace").decode()
    return fit.replace("~", "~0").replace("/", "~1")


def _texts(parts: PartsInput | None) -> dict[Part, str | None] | None:
    return None if parts is None else {part: getattr(parts, part.value) for part in Part}


def _fees(data: CheckRequest) -> ProcessingFees | None:
    fees = data.processing_fees
    if fees is None:
        return None
    return ProcessingFees(fees.notices, int(fees.notified * FEN_PER_YUAN), int(fees.received * FEN_PER_YUAN))


def _public(findings: list[Finding]) -> list[FindingPublic]:
    return [FindingPublic.model_validate(finding) for finding in findings]


def read_upload(data: bytes, file_name: str) -> ReadResult:
    """A published report as read, and the findings on it.

    Raises:
        Invalid: the file cannot be read (422, the reader's code), or is no report (422 ``not-an-annual-report``).
    """
    name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)[:255] or "未命名"
    try:
        report = read_report(read_apart(data, name))
    except Unreadable as refusal:
        errors = [FieldError("#/file", refusal.code, refusal.detail)]
        raise Invalid(refusal.code, "文件读不了", detail=refusal.detail, errors=errors) from refusal
    except NotAReport as refusal:
        detail = "没有找到年度报告的表格，也没有“总体情况”等标题，请确认文件"
        errors = [FieldError("#/file", "not-an-annual-report", detail)]
        raise Invalid("not-an-annual-report", "不是政府信息公开工作年度报告", detail=detail, errors=errors) from refusal
    return _result(report)


def _result(report: ReadReport) -> ReadResult:
    findings: list[Finding] = []
    if report.year is not None:
        findings = check(Report(report.form, report.year, report.figures, scope=report.scope, texts=report.texts))
    return ReadResult(
        form=report.form.version,
        year=report.year,
        unit_name=report.unit_name,
        scope=report.scope,
        figures=present(report.form, report.figures),
        texts=PartsPublic.model_validate({part.value: report.texts[part] for part in Part}),
        findings=_public(findings),
        problems=[ReadProblem.model_validate(problem) for problem in report.problems],
    )
