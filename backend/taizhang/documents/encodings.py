"""Encodings (文字编码): the text of files saved here, in UTF-8, UTF-16 or one of the GB family."""

import codecs
import re

from taizhang.documents.unreadable import Unreadable

ENCODINGS = ("utf-8-sig", "gb18030")
# So few broken characters and it is this encoding all the same: in the other every second would be.
SURELY = 0.05
# So few and the text may be read, what is broken in it marked.
TOLERATED = 0.001
_USUAL = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uff5e \t\r\n!-~]")


def decode(data: bytes, *, tolerant: bool = False) -> str:
    """The text, what is broken in it as U+FFFD. ``tolerant``: something else says that it is text.

    Raises:
        Unreadable: ``document-encoding``, none fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if wide := utf16_without_mark(data):
        return data.decode(wide, errors="replace")
    guesses = [data.decode(encoding, errors="replace") for encoding in ENCODINGS]
    for text in guesses:
        if _broken(text) == 0:
            return text
        if _broken(text) <= SURELY:
            best = text
            break
    else:
        best = min(guesses, key=_broken)
    if tolerant or _broken(best) <= TOLERATED:
        return best
    raise Unreadable("document-encoding", "文字编码无法识别，或有损坏的字，请另存为 UTF-8 后再导入")


def _broken(text: str) -> float:
    """The share of broken characters among those that are not plain ASCII, which all encodings have in common."""
    written = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / written if written else 0.0


def utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 whose mark was lost: it holds zero bytes, and read so nearly every character is a usual one."""
    head = data[:4096]
    if b"\x00" not in head:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        if len(text) >= 8 and len(_USUAL.findall(text)) >= 0.95 * len(text):
            return encoding
    return None
