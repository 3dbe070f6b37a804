"""The package (数据包): a report as JSON, and the JSON Schema it obeys. Keys and cells are those of the API."""

import json
from functools import lru_cache
from typing import Any

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.exporting.printed import PrintedReport
from taizhang.annual_reports.forms import FORMS, CellKind, CellSpec, Form, present

SCHEMA_ID = "/public/v1/annual-reports/schema.json"
_AMOUNT = r"^\d{1,9}(\.\d{1,6})?$"
_DATE = {"type": ["string", "null"], "format": "date", "description": "发布日期；未发布的为 null"}
_PROSE = {"type": ["string", "null"], "maxLength": 60_000}


def package(report: PrintedReport) -> bytes:
    """A report as JSON in UTF-8: every cell present, blank as null, 万元 as a decimal string."""
    body = {
        "$schema": SCHEMA_ID,
        "title": report.title,
        "unit": {"code": report.unit_code, "name": report.unit_name},
        "year": report.year,
        "scope": report.scope.value,
        "form": report.form.version.value,
        "version": report.version,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "figures": present(report.form, report.figures),
        "texts": {part.value: report.texts.get(part) for part in Part},
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


@lru_cache(maxsize=1)
def package_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of :func:`package`; the figures depend on the form."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "政府信息公开工作年度报告",
        "description": "数字为空写 null，与 0 不同；金额以万元计，是小数文字",
        "type": "object",
        "additionalProperties": False,
        "required": [
            *("$schema", "title", "unit", "year", "scope", "form", "version", "published_on", "figures", "texts"),
        ],
        "properties": {
            "$schema": {"const": SCHEMA_ID},
            "title": {"type": "string"},
            "unit": _closed({"code": {"type": "string"}, "name": {"type": "string"}}),
            "year": {"type": "integer", "minimum": 2000, "maximum": 2100, "description": "报告年度"},
            "scope": {"enum": [scope.value for scope in Scope], "description": "organ 本机关，government 本级政府"},
            "form": {"enum": [version.value for version in FORMS], "description": "表样"},
            "version": {"type": "integer", "minimum": 1, "description": "版本号，改过即加一"},
            "published_on": _DATE,
            "figures": {"type": "object"},
            "texts": _closed({part.value: _PROSE for part in Part}),
        },
        "oneOf": [
            {"properties": {"form": {"const": form.version.value}, "figures": _figures(form)}}
            for form in FORMS.values()
        ],
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _figures(form: Form) -> dict[str, Any]:
    return _closed({cell.key: _cell(cell) for cell in form.cells})


def _cell(cell: CellSpec) -> dict[str, Any]:
    match cell.kind:
        case CellKind.MONEY:
            return {"type": ["string", "null"], "pattern": _AMOUNT, "description": cell.label}
        case CellKind.CHANGE:
            return {"type": ["integer", "null"], "description": cell.label}
        case CellKind.COUNT:
            return {"type": ["integer", "null"], "minimum": 0, "description": cell.label}
