"""Readers (读取器): one per format, all giving a :class:`~taizhang.documents.grid.Document`."""

from collections.abc import Callable

from python_calamine import PasswordError

from taizhang.documents.grid import Document
from taizhang.documents.limits import require_bounds
from taizhang.documents.readers import csv, docx, html, text, xlsx
from taizhang.documents.sniffing import format_of
from taizhang.documents.unreadable import Unreadable

READERS: dict[str, Callable[[bytes], Document]] = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "xls": xlsx.read_old,
    "html": html.read,
    "csv": csv.read,
    "text": text.read,
}


def read(data: bytes, filename: str) -> Document:
    """The tables and paragraphs of a file.

    Raises:
        Unreadable: with a code from ``documents.sniffing`` or as ``parsed``.
    """
    return parsed(data, format_of(data, filename))


def parsed(data: bytes, form: str) -> Document:
    """The same of bytes already known to be of a format.

    Raises:
        Unreadable: with a code from ``documents.limits``; ``document-damaged``, the content cannot be parsed;
            ``document-encrypted``; ``document-blank``.
    """
    try:
        document = READERS[form](data)
    except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError as error:
        raise Unreadable("document-encrypted", "文件设了打开密码，请去掉密码后再导入") from error
    except BaseException as error:
        # A hostile or broken file makes parsers fail in every way there is; a panic of calamine is no Exception.
        raise Unreadable("document-damaged", "文件内容无法解析，可能已损坏，请重新保存后再导入") from error
    if not document.grids and not document.paragraphs:
        raise Unreadable("document-blank", "文件里没有文字")
    return require_bounds(document)
