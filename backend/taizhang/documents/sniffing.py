"""Sniffing (类型识别): a file is what its bytes say; its name must agree."""

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from taizhang.documents.unreadable import Unreadable

MAXIMUM_BYTES = 20 * 1024 * 1024
MAXIMUM_ENTRIES = 2_000
MAXIMUM_INFLATED = 200 * 1024 * 1024
MAXIMUM_RATIO = 150
CHUNK = 1024 * 1024

READABLE = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "text",
}
REFUSED = {
    ".doc": "旧版 Word 文件（.doc）请另存为 .docx 后再导入",
    ".wps": "WPS 文字文件请另存为 .docx 后再导入",
    ".xls": "旧版 Excel 文件（.xls）请另存为 .xlsx 后再导入",
    ".et": "WPS 表格文件请另存为 .xlsx 后再导入",
    ".pdf": "PDF 读不准表格，请用原来的 .docx 或 .xlsx 导入，或把正文粘贴为 .txt",
    ".ofd": "OFD 读不准表格，请用原来的 .docx 或 .xlsx 导入",
}
IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def format_of(data: bytes, filename: str) -> str:
    """The format to read a file as.

    Raises:
        Unreadable: ``document-empty``, ``-too-large``, ``-unsupported``, ``-encrypted``, ``-mismatch``, ``-blank``.
    """
    suffix = PurePath(filename).suffix.lower()
    if not data:
        raise Unreadable("document-empty", "文件是空的")
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("document-too-large", f"文件超过 {MAXIMUM_BYTES // 1024 // 1024} MB")
    if suffix in REFUSED:
        raise Unreadable("document-unsupported", REFUSED[suffix])
    if suffix in IMAGES:
        raise Unreadable("document-unsupported", "图片中的文字读不准，请用 .docx、.xlsx 或粘贴为 .txt")
    if suffix not in READABLE:
        raise Unreadable("document-unsupported", "只能读取 .docx、.xlsx、.html、.csv、.txt 文件")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("document-blank", "文件里没有内容")
    _require_agreement(data, READABLE[suffix], suffix)
    return READABLE[suffix]


def _require_agreement(data: bytes, form: str, suffix: str) -> None:
    packaged = form in MAIN_PART
    if data.startswith(OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
            raise Unreadable("document-encrypted", "文件设了打开密码，请去掉密码后再导入")
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是旧版 Office 文件，请另存为 .docx 或 .xlsx")
    if packaged:
        require_package(data, MAIN_PART[form], suffix)
        return
    if data.startswith(ZIP):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是压缩包或 Office 文件，请改回原来的扩展名")
    for magic, words in MAGIC:
        if data.startswith(magic):
            raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是{words}")
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是文字")


def require_package(data: bytes, main_part: str, suffix: str) -> None:
    """Refuse an Office package that is not one, is encrypted, or would inflate beyond reason."""
    if not data.startswith(ZIP):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是 Office 文件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _inspect(package, main_part, suffix, len(data))
    except zipfile.BadZipFile as error:
        raise Unreadable("document-damaged", "文件已损坏，请重新保存后再导入") from error


def _inspect(package: zipfile.ZipFile, main_part: str, suffix: str, packed: int) -> None:
    entries = package.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("document-encrypted", "文件设了密码，请去掉密码后再导入")
    names = [entry.filename for entry in entries]
    if main_part not in names:
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是这种 Office 文件")
    if len(entries) > MAXIMUM_ENTRIES or len(set(names)) != len(names):
        raise Unreadable("document-too-large", "文件结构异常，请重新保存后再导入")
    inflated = 0
    for entry in entries:
        with package.open(entry) as part:
            inflated += _inflate(
                part.read, is_xml=entry.filename.endswith((".xml", ".rels")), allowance=MAXIMUM_INFLATED - inflated
            )
    if inflated > MAXIMUM_RATIO * max(packed, 64 * 1024):
        raise Unreadable("document-too-large", "文件解开后过大，请重新保存后再导入")


def _inflate(read: Callable[[int], bytes], *, is_xml: bool, allowance: int) -> int:
    """Bytes a part really holds, counted while streaming: the directory may lie."""
    size = 0
    while chunk := read(CHUNK):
        if is_xml and size == 0 and (b"<!DOCTYPE" in chunk[:4096] or b"<!ENTITY" in chunk[:4096]):
            raise Unreadable("document-mismatch", "文件含有不允许的外部定义，请重新保存后再导入")
        size += len(chunk)
        if size > allowance:
            raise Unreadable("document-too-large", "文件解开后过大，请重新保存后再导入")
    return size
