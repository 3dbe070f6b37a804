"""Cells into values (单元格的值): Chinese words into what the interface takes, and back. Pure."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from taizhang.documents.cells import Unfit, read_day, read_moment, require_value
from taizhang.registers.fields import InputKind
from taizhang.registers.importing.columns import Column
from taizhang.registers.kind import BEIJING

YES, NO = {"是", "有", "√", "✓", "true", "1"}, {"否", "无", "×", "false", "0"}
_BETWEEN = re.compile(r"[、,，;；/\s]+")


def value_of(column: Column, text: str) -> Any:
    """What a cell says, as the interface takes it.

    Raises:
        Unfit: an error value, no such day, no such choice, no number.
    """
    text = require_value(text).strip()
    if column.input is InputKind.DATE:
        return read_day(text).isoformat()
    if column.input is InputKind.MOMENT:
        return read_moment(text).replace(tzinfo=BEIJING).isoformat()
    if column.input in (InputKind.INTEGER, InputKind.AMOUNT):
        return _number(column, text)
    if column.input is InputKind.CHECK:
        return _check(text)
    if column.input is InputKind.CHOICE:
        return _choice(column, text)
    return _choices(column, text) if column.input is InputKind.CHOICES else text


def _choices(column: Column, text: str) -> list[str]:
    """Every option named, the longest words first: 视频、音频 is one option, not two."""
    found, left = [], _plain(text)
    for words, value in sorted(_words(column).items(), key=lambda each: -len(each[0])):
        if words in left:
            found.append(value)
            left = left.replace(words, "、")
    for part in _BETWEEN.split(left):
        if part:
            _choice(column, part)
    return [value for value, _ in column.options if value in found]


def _number(column: Column, text: str) -> int | str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if column.input is InputKind.AMOUNT and re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return plain
    if re.fullmatch(r"-?\d{1,12}", plain):
        return int(plain)
    raise Unfit("number-unreadable", f"“{text[:20]}”不是{'数字' if column.input is InputKind.AMOUNT else '整数'}")


def _check(text: str) -> bool:
    plain = text.lower()
    if plain not in YES | NO:
        raise Unfit("check-unreadable", f"“{text[:20]}”：应填是或者否")
    return plain in YES


def _choice(column: Column, text: str) -> str:
    found = _words(column).get(_plain(text))
    if found is None:
        able = "、".join(words for _, words in column.options)
        raise Unfit("choice-unknown", f"“{text[:20]}”不在可选范围内：{able}")
    return found


def _words(column: Column) -> dict[str, str]:
    return {_plain(word): value for value, words in column.options for word in (words, value)}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def text_of(column: Column, value: Any) -> str:
    """A stored value as its cell would say it; the reading of it gives the value again."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = dict(column.options)
    if isinstance(value, list):
        return "、".join(words.get(each, str(each)) for each in value)
    if column.input is InputKind.MOMENT:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        local = at.astimezone(BEIJING)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return words.get(value, str(value))
