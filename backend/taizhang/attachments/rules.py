"""What may be kept (附件规则): file names, file types by content, links. Pure: standard library only.

A file is what its first bytes and its name agree on, or it is refused; OOXML is opened as the archive it is and
counted while it inflates, so that neither a bomb nor a macro gets in.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

OOXML_ROOT = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MAGIC = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "xlsx": (b"PK\x03\x04",),
    "docx": (b"PK\x03\x04",),
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old Office container; under a new name it is an encrypted document
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", COMPOUND)

NAME_MAX = 255
ENTRIES_MAX = 2000
INFLATED_MAX = 200 * 1024 * 1024
RATIO_MAX = 150
RATIO_FLOOR = 1024 * 1024  # below a megabyte nothing is a bomb, and blank sheets compress very well
CHUNK = 256 * 1024
URL_MAX = 2000

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class Refused(ValueError):
    """A file that is not kept: a stable code and the reason in words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def clean_name(name: str) -> str:
    """The last part of a name in NFC, without what cannot be seen; long names keep their ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(char for char in last if unicodedata.category(char) not in _HIDDEN).strip(" .")
    if len(seen) > NAME_MAX:
        suffix = PurePosixPath(seen).suffix[:16]
        seen = seen[: NAME_MAX - len(suffix)] + suffix
    return seen or "未命名"


def media_type(name: str, file: BinaryIO) -> str:
    """The type of a file by its content, if its name says the same.

    Raises:
        Refused: empty, of a type that is not kept, not what its name says, or unsafe inside.
    """
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    head = file.read(16)
    if not head:
        raise Refused("file-empty", "文件是空的")
    if extension not in MEDIA_TYPES:
        raise Refused("file-type-not-allowed", "只接收 pdf、png、jpg、xlsx、docx 文件")
    if extension in OOXML_ROOT and head.startswith(COMPOUND):
        raise Refused("file-encrypted", "文件已加密，或是旧版 Office 格式改了扩展名，请另存为未加密的新格式")
    if not head.startswith(MAGIC[extension]):
        raise Refused("file-type-mismatch", f"文件内容不是 {extension}，请勿只改扩展名")
    if extension in OOXML_ROOT:
        _inspect(file, extension)
    return MEDIA_TYPES[extension]


def _inspect(file: BinaryIO, extension: str) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive.infolist(), extension)
            _check_contents(archive)
    except Refused:
        raise
    except Exception as error:  # zipfile and zlib meet damage with a dozen kinds of exception
        raise Refused("file-type-mismatch", f"文件已损坏，或内容不是 {extension}") from error


def _check_entries(entries: list[zipfile.ZipInfo], extension: str) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > ENTRIES_MAX or len(set(names)) != len(names):
        raise Refused("file-unsafe", "文件内部结构异常")
    if not {"[Content_Types].xml", OOXML_ROOT[extension]} <= set(names):
        raise Refused("file-type-mismatch", f"文件内容不是 {extension}，请勿只改扩展名")
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if entry.flag_bits & 0x1:
            raise Refused("file-encrypted", "文件已加密，请取消加密后再上传")
        link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if link or ".." in parts or entry.filename.startswith(("/", "\\")) or "\\" in entry.filename:
            raise Refused("file-unsafe", "文件内部含有不安全的路径")
        if PurePosixPath(entry.filename).name.lower() in {"vbaproject.bin", "vbadata.xml"}:
            raise Refused("file-unsafe", "文件含有宏，请另存为不含宏的格式")


def _check_contents(archive: zipfile.ZipFile) -> None:
    inflated = 0
    packed = max(1, sum(entry.compress_size for entry in archive.infolist()))
    for entry in archive.infolist():
        first = True
        tail = b""
        for chunk in _chunks(archive, entry):
            inflated += len(chunk)
            if inflated > INFLATED_MAX or (inflated > RATIO_FLOOR and inflated > RATIO_MAX * packed):
                raise Refused("file-unsafe", "文件解压后过大")
            if first and chunk.startswith(ARCHIVES):
                raise Refused("file-unsafe", "文件内嵌了其他压缩包或文档，请拆开上传")
            if _is_markup(entry.filename) and (b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk):
                raise Refused("file-unsafe", "文件内含有外部实体声明")
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in tail + chunk:
                raise Refused("file-unsafe", "文件含有宏，请另存为不含宏的格式")
            first, tail = False, chunk[-16:]


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def url_fault(url: str) -> tuple[str, str] | None:
    """Why a link is not accepted, as code and words, or None. It is shown to people, never fetched from here."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "url-invalid", "网址格式不对"
    if parts.scheme.lower() not in {"http", "https"}:
        return "url-scheme", "网址应以 http:// 或 https:// 开头"
    if not host or re.search(r"\s", url):
        return "url-invalid", "网址格式不对"
    if parts.username is not None or parts.password is not None:
        return "url-userinfo", "网址中不得含有账号口令"
    return None


def dates_fault(formed_on: date | None, published_on: date | None, today: date) -> tuple[str, str, str] | None:
    """Why the dates of a document cannot be: field, code and words, or None."""
    if formed_on is not None and formed_on > today:
        return "formed_on", "date-in-future", "形成日期还没有到"
    if published_on is not None and published_on > today:
        return "published_on", "date-in-future", "公开日期还没有到"
    if formed_on is not None and published_on is not None and published_on < formed_on:
        return "published_on", "dates-crossed", "公开日期早于形成日期"
    return None
