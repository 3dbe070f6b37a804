"""Plain text (纯文本): a table copied out of a page, each cell a paragraph."""

import codecs

from taizhang.documents.grid import Document
from taizhang.documents.unreadable import Unreadable
from taizhang.documents.words import clean

ENCODINGS = ("utf-8-sig", "gb18030")


def decode(data: bytes) -> str:
    """The text of a file saved here: UTF-8 with or without a mark, UTF-16 with one, else GB18030.

    Raises:
        Unreadable: none of them fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("document-encoding", "文字编码无法识别，请另存为 UTF-8 后再导入")


def read(data: bytes) -> Document:
    """Every non-empty line is a paragraph."""
    return Document("text", tuple(line for line in clean(decode(data)).split("\n") if line), ())
