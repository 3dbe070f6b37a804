"""Cells (单元格): what people and spreadsheets write in a cell, and what fits into one. Pure."""

import re
from datetime import date, datetime, time, timedelta

# Excel counts UTF-16 units: a rare character or an emoji is two.
CELL_MAX = 32_767
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_HOUR = re.compile(r"(\d{1,2})\s*[:：时点]\s*(?:(\d{1,2})\s*(?:[:：分]\s*(\d{1,2})?)?)?")
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = date(1899, 12, 30)


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


def require_value(text: str) -> str:
    """The text of a cell that is no error value.

    Raises:
        Unfit: ``cell-error``.
    """
    if text.strip() in ERRORS:
        raise Unfit("cell-error", f"这一格是错误值或没有结果的公式（{text.strip()}）")
    return text


def read_day(text: str) -> date:
    """A day as people and spreadsheets write it.

    Raises:
        Unfit: ``date-unreadable``, or ``date-impossible`` for a day no calendar has.
    """
    written = _DAY.fullmatch(text)
    try:
        if written:
            return date(int(written[1]), int(written[2]), int(written[3]))
        if _SERIAL.fullmatch(text):
            return _SERIAL_ZERO + timedelta(days=int(text))
    except ValueError as error:
        raise Unfit("date-impossible", f"“{text[:20]}”：没有这一天") from error
    raise Unfit("date-unreadable", f"“{text[:20]}”不是日期，请写成 2023-09-30")


def read_moment(text: str) -> datetime:
    """A day and an hour, without a zone.

    Raises:
        Unfit: ``date-unreadable``, ``date-impossible`` or ``time-unreadable``.
    """
    day = _DAY.match(text)
    if day is None:
        raise Unfit("date-unreadable", f"“{text[:20]}”不是时间，请写成 2023-09-30 09:20")
    hour = _HOUR.fullmatch(text[day.end() :].replace("T", " ", 1).strip())
    try:
        if hour:
            at = time(int(hour[1]), int(hour[2] or 0), int(hour[3] or 0))
            return datetime.combine(read_day(day[0].strip()), at)
    except ValueError as error:
        raise Unfit("time-unreadable", f"“{text[:20]}”：没有这个时刻") from error
    raise Unfit("time-unreadable", f"“{text[:20]}”没有时分，请写成 2023-09-30 09:20")
