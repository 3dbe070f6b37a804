"""Exporting (年度报告成文): one value to docx, xlsx, html and JSON, the same numbers in all four. Pure."""

from taizhang.annual_reports.exporting.formats import FORMATS, headers
from taizhang.annual_reports.exporting.package import package, package_schema
from taizhang.annual_reports.exporting.page import article, page
from taizhang.annual_reports.exporting.paper import document
from taizhang.annual_reports.exporting.printed import PrintedReport
from taizhang.annual_reports.exporting.workbook import workbook

__all__ = [
    "FORMATS",
    "PrintedReport",
    "article",
    "document",
    "headers",
    "package",
    "package_schema",
    "page",
    "workbook",
]
