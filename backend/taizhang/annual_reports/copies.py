"""Copies (报告副本): a stored report as the value every format is made from."""

from typing import Any

from taizhang.annual_reports.exporting import FORMATS, PrintedReport
from taizhang.annual_reports.forms import FORMS, from_array
from taizhang.annual_reports.models import AnnualReport, ReportState
from taizhang.annual_reports.sections import texts
from taizhang.units.models import Unit

FILES: dict[int | str, dict[str, Any]] = {200: {"content": {each.media_type: {} for each in FORMATS.values()}}}
"""What a route that answers with a copy says of itself in the contract."""


def printed(report: AnnualReport, unit: Unit) -> PrintedReport:
    """A stored report as it goes out; unless it is published, every copy says that it is not."""
    form = FORMS[report.form]
    return PrintedReport(
        unit_name=unit.name,
        unit_code=unit.code,
        year=report.year,
        scope=report.scope,
        form=form,
        figures=from_array(form, report.figures),
        texts=texts(report.sections),
        version=report.version,
        published_on=report.published_on if report.state is ReportState.PUBLISHED else None,
    )
