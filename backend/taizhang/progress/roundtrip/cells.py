"""Cells (单元格): what a value looks like in a workbook, and what a cell that came back says. Pure.

Excel changes things by itself: line ends, blanks at the end, dates into numbers, "1" into 1.0. None of that is an edit.
"""

import re
from datetime import date

from pydantic_core import PydanticCustomError

from taizhang.core.schemas import fit_text
from taizhang.documents.cells import Unfit, read_day, require_value
from taizhang.progress.roundtrip.columns import Kind

SEPARATOR = "、"
DAY_SEPARATOR = "；"

_BETWEEN_DAYS = re.compile(r"[;；、,，\s]+")
_BETWEEN_UNITS = re.compile(r"[、,，;；/\s]+")


def canonical(kind: Kind, text: str) -> str:
    """The text without what Excel, or a hand that changed nothing, may have done to it.

    Raises:
        Unfit: an error value, characters no document can carry, or no date where one belongs.
    """
    try:
        plain = fit_text(require_value(text)).strip()
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
    return [read_day(part) for part in _BETWEEN_DAYS.split(text) if part]
