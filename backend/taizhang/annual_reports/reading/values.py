"""Values (格中之数): what is written in a cell as a number, or why it is none. Nothing is guessed."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from taizhang.annual_reports.forms import CellKind
from taizhang.annual_reports.forms.figures import FEN_PER_WAN, LARGEST

FEN_PER_YUAN = 100
_DASHES = dict.fromkeys(map(ord, "－—–―‐‑‒−﹣"), "-")
_EMPTY_MARKS = re.compile(r"[/\\|-]+|无|空|N/?A|\*+", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))")
_WRITTEN = re.compile(
    r"(?P<sign>[+-])?(?P<number>\d{1,15}(?:\.\d{1,12})?)(?P<unit>件次|件|条|宗|个|份|项|起|次|万元|元)?"
)


class Value(NamedTuple):
    """A number (money in 分), or a fault with its code and words."""

    number: int | None
    code: str | None = None
    words: str = ""


def flattened(text: str) -> str:
    """A cell's text on one line, full-width digits and dashes made plain."""
    flat = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return re.sub(r"\s+", " ", flat).strip()


def is_valuelike(text: str) -> bool:
    """Whether a cell holds a number or a mark for none, rather than a label."""
    flat = _GROUPED.sub("", flattened(text))
    return bool(_WRITTEN.fullmatch(flat.replace(" ", "")) or _EMPTY_MARKS.fullmatch(flat))


def read_value(text: str, kind: CellKind, *, unit: str = "") -> Value:
    """The value of a cell. ``unit`` is the money unit its column head names (万元、元)."""
    flat = _GROUPED.sub("", flattened(text))
    if not flat:
        return Value(None, "cell-blank", "空白")
    if _EMPTY_MARKS.fullmatch(flat):
        return Value(None, "cell-mark", f"写的是“{text.strip()}”，不是数字；没有的应填 0")
    written = _WRITTEN.fullmatch(flat.replace(" ", ""))
    if written is None:
        return Value(None, "cell-unreadable", f"写的是“{text.strip()[:40]}”，读不成一个数")
    amount = Decimal(written["number"]) * (-1 if written["sign"] == "-" else 1)
    said = written["unit"] or ""
    if kind is CellKind.MONEY:
        return _money(amount, said if said.endswith("元") else unit)
    if said.endswith("元"):
        return Value(None, "cell-unreadable", f"写的是“{text.strip()}”，应为件数")
    if amount != int(amount):
        return Value(None, "cell-fraction", f"写的是“{text.strip()}”，应为整数")
    if amount < 0 and kind is CellKind.COUNT:
        return Value(None, "cell-negative", f"写的是“{text.strip()}”，不应小于 0")
    if abs(amount) > LARGEST:
        return Value(None, "cell-too-large", f"写的是“{text.strip()}”，大于 {LARGEST:,}")
    return Value(int(amount))


def _money(amount: Decimal, unit: str) -> Value:
    if unit not in ("万元", "元"):
        return Value(None, "unit-unknown", "没有写明是元还是万元")
    fen = amount * (FEN_PER_WAN if unit == "万元" else FEN_PER_YUAN)
    if fen != int(fen):
        return Value(None, "cell-fraction", "小数超出到分的位数")
    if fen < 0:
        return Value(None, "cell-negative", "不应小于 0")
    if fen > LARGEST * FEN_PER_WAN:
        return Value(None, "cell-too-large", f"大于 {LARGEST:,} 万元")
    return Value(int(fen))
