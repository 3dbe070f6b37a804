"""Formats (格式): in what a report goes out, and what an answer says of each."""

from collections.abc import Callable
from typing import NamedTuple

from taizhang.annual_reports.exporting.package import package
from taizhang.annual_reports.exporting.page import page, page_policy
from taizhang.annual_reports.exporting.paper import document
from taizhang.annual_reports.exporting.printed import PrintedReport
from taizhang.annual_reports.exporting.workbook import workbook
from taizhang.core.downloads import attached


class Format(NamedTuple):
    """How a report is written, and the media type of what comes of it."""

    write: Callable[[PrintedReport], bytes]
    media_type: str


FORMATS = {
    "docx": Format(document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": Format(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": Format(page, "text/html; charset=utf-8"),
    "json": Format(package, "application/json"),
}


def headers(report: PrintedReport, suffix: str) -> dict[str, str]:
    """What goes with a file: the name to save it under, and of a page what it may do."""
    found = {"Content-Disposition": attached(f"{report.title}.{suffix}")}
    return found | {"Content-Security-Policy": f"{page_policy()}; sandbox"} if suffix == "html" else found
