"""Figures (报表数字): what is in the cells. Blank is ``None`` and never 0; money is held in 分."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from taizhang.annual_reports.forms.shape import CellKind, CellSpec, Form

Figures = Mapping[str, int | None]

LARGEST = 999_999_999
"""No count and no sum in 万元 of a report is larger; more is a slip of the finger."""
FEN_PER_WAN = 1_000_000
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)
_DECIMALS = 6


class Fault(NamedTuple):
    """Why a value cannot stand in a cell."""

    key: str
    code: str
    detail: str


class _Refused(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def parse(form: Form, raw: Mapping[str, Any]) -> tuple[dict[str, int | None], list[Fault]]:
    """The figures as sent, every cell of the form present, and what is wrong with them."""
    figures: dict[str, int | None] = dict.fromkeys(form.by_key)
    faults = []
    for key, value in raw.items():
        cell = form.by_key.get(key)
        if cell is None:
            faults.append(Fault(key, "cell-unknown", f"{form.version} 年表样没有这一格"))
            continue
        try:
            figures[key] = None if value is None else _number(cell, value)
        except _Refused as refusal:
            faults.append(Fault(key, refusal.code, f"“{cell.label}”{refusal.detail}"))
    return figures, faults


def _number(cell: CellSpec, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _Refused("number-type", "应为数字或空")
    if cell.kind is CellKind.MONEY:
        return _fen(value)
    if isinstance(value, str):
        raise _Refused("number-type", "应为数字，不是文字")
    if isinstance(value, float):
        if not value.is_integer():  # also true of NaN and the infinities
            raise _Refused("number-fraction", "应为整数")
        value = int(value)
    if value < 0 and cell.kind is CellKind.COUNT:
        raise _Refused("number-negative", "不得小于 0")
    if abs(value) > LARGEST:
        raise _Refused("number-too-large", f"不得大于 {LARGEST:,}")
    return value


def _fen(value: float | str) -> int:
    """万元 as a decimal string (or a JSON number) in 分.

    A number in JSON has no more digits than its shortest writing, so ``repr`` is exact.
    """
    text = value if isinstance(value, str) else format(Decimal(repr(value)), "f")
    if text.startswith("-"):
        raise _Refused("number-negative", "不得小于 0")
    text = text.removesuffix(".0")
    if not _AMOUNT.fullmatch(text):
        raise _Refused("amount-format", "应为以万元计的小数，如 12.5")
    if len(text.partition(".")[2]) > _DECIMALS:
        raise _Refused("amount-precision", "万元后至多六位小数（到分）")
    amount = Decimal(text)
    if amount > LARGEST:
        raise _Refused("number-too-large", f"不得大于 {LARGEST:,} 万元")
    return int(amount * FEN_PER_WAN)


def wan(fen: int) -> str:
    """分 as 万元 without idle zeros: 55000 is 0.055."""
    text = f"{Decimal(fen) / FEN_PER_WAN:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(cell: CellSpec, value: int | None) -> int | str | None:
    """A figure as it travels: counts as numbers, money as a decimal string in 万元."""
    return wan(value) if value is not None and cell.kind is CellKind.MONEY else value


def present(form: Form, figures: Figures) -> dict[str, int | str | None]:
    """All figures as they travel, in the order of the form."""
    return {cell.key: shown(cell, figures.get(cell.key)) for cell in form.cells}


def to_array(form: Form, figures: Figures) -> list[int | None]:
    """Figures as one array in the form's cell order."""
    return [figures.get(cell.key) for cell in form.cells]


def from_array(form: Form, array: Sequence[int | None]) -> dict[str, int | None]:
    """The inverse of :func:`to_array`."""
    return {cell.key: value for cell, value in zip(form.cells, array, strict=True)}


def with_sums(form: Form, figures: Figures) -> dict[str, int | None]:
    """The figures with every locked cell computed; a sum with a blank part is blank."""
    known = dict(figures)

    def total(key: str) -> int | None:
        parts = form.by_key[key].sum_of
        if not parts:
            return known.get(key)
        values = [total(part) for part in parts]
        known[key] = None if None in values else sum(value for value in values if value is not None)
        return known[key]

    return {cell.key: total(cell.key) for cell in form.cells}
