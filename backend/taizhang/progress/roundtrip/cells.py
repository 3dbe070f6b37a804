"""Cells (单元格): what a value looks like in a workbook, and what a cell that came back says. Pure.

Excel changes things by itself: line ends, blanks at the end, dates into numbers, "1" into 1.0. None of that is an edit.
"""

import re
from datetime import date, timedelta

from pydantic_core import PydanticCustomError

from taizhang.core.schemas import fit_text
from taizhang.progress.roundtrip.columns import Kind

# Excel counts UTF-16 units: a rare character or an emoji is two.
CELL_MAX = 32_767
SEPARATOR = "、"
DAY_SEPARATOR = "；"
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = date(1899, 12, 30)
_BETWEEN_DAYS = re.compile(r"[;；、,，\s]+")
_BETWEEN_UNITS = re.compile(r"[、,，;；/\s]+")


class Unfit(Exception):
    """What a cell holds cannot be taken: a stable code and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def fitted(text: str) -> str:
    """As much of a text as a cell can hold."""
    if len(text) * 2 <= CELL_MAX or len(text.encode("utf-16-le")) // 2 <= CELL_MAX:
        return text
    return text.encode("utf-16-le")[: CELL_MAX * 2].decode("utf-16-le", errors="ignore")


def canonical(kind: Kind, text: str) -> str:
    """The text without what Excel, or a hand that changed nothing, may have done to it.

    Raises:
        Unfit: an error value, characters no document can carry, or no date where one belongs.
    """
    if text.strip() in ERRORS:
        raise Unfit("cell-error", f"这一格是错误值或没有结果的公式（{text.strip()}）")
    try:
        plain = fit_text(text).strip()
    except PydanticCustomError as fault:
        raise Unfit("text-unfit", "含有不可见的控制字符") from fault
    if kind is Kind.DAYS:
        return DAY_SEPARATOR.join(day.isoformat() for day in read_days(plain))
    if kind is Kind.UNITS:
        return SEPARATOR.join(sorted(set(filter(None, _BETWEEN_UNITS.split(plain)))))
    return plain


def read_days(text: str) -> list[date]:
    """The days in a cell, as people and spreadsheets write them.

    Raises:
        Unfit: something there is no day.
    """
    return [_day(part) for part in _BETWEEN_DAYS.split(text) if part]


def _day(text: str) -> date:
    written = _DAY.fullmatch(text)
    try:
        if written:
            return date(int(written[1]), int(written[2]), int(written[3]))
        if _SERIAL.fullmatch(text):
            return _SERIAL_ZERO + timedelta(days=int(text))
    except ValueError:
        pass
    raise Unfit("date-unreadable", f"“{text[:20]}”不是日期，请写成 2023-09-30")
