"""Cleaning text (文字清理): padding and page furniture out, the words themselves untouched."""

import re
import unicodedata

_PADDING = "\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\t "
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACE = re.compile(rf"[\s{_PADDING}]+")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Lone surrogates come out of broken escapes; no database takes them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without the characters that no parser and no database takes."""
    return _CONTROL.sub("", text)


def clean(text: str) -> str:
    """A cell's or paragraph's text: lines trimmed of padding, empty lines and invisible marks dropped."""
    text = text.replace("\u00a0", " ")
    text = _INVISIBLE.sub("", writable(_BREAK.sub("\n", unicodedata.normalize("NFC", text))))
    lines = (line.strip(_PADDING) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def squeezed(text: str) -> str:
    """The text without any white space, as headings are compared (具 体 要 求 is 具体要求)."""
    return _SPACE.sub("", text)
