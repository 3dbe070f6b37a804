"""Sniffing (类型识别): a file is what its bytes say; its name must agree."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

from taizhang.documents.encodings import utf16_without_mark
from taizhang.documents.unreadable import Unreadable

MAXIMUM_BYTES = 20 * 1024 * 1024
MAXIMUM_ENTRIES = 2_000
MAXIMUM_INFLATED = 100 * 1024 * 1024
MAXIMUM_RATIO = 150
CHUNK = 1024 * 1024

READABLE = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "text",
    ".md": "text",
}
REFUSED = {
    ".doc": "旧版 Word 文件（.doc）请另存为 .docx 后再导入",
    ".wps": "WPS 文字文件请另存为 .docx 后再导入",
    ".rtf": "RTF 文件请另存为 .docx 后再导入",
    ".odt": "ODF 文字文件请另存为 .docx 后再导入",
    ".et": "WPS 表格文件请另存为 .xlsx 后再导入",
    ".ods": "ODF 表格文件请另存为 .xlsx 后再导入",
    ".xlsb": "二进制工作簿（.xlsb）请另存为 .xlsx 后再导入",
    ".pdf": "PDF 读不准表格，请用原来的 .docx 或 .xlsx 导入，或把正文粘贴为 .txt",
    ".ofd": "OFD 读不准表格，请用原来的 .docx 或 .xlsx 导入",
    ".mht": "单个文件网页（.mht）请另存为 .html 后再导入",
    ".mhtml": "单个文件网页（.mhtml）请另存为 .html 后再导入",
    ".zip": "压缩包请解压后，再导入其中的 .docx 或 .xlsx",
    ".rar": "压缩包请解压后，再导入其中的 .docx 或 .xlsx",
    ".7z": "压缩包请解压后，再导入其中的 .docx 或 .xlsx",
}
WITH_MACROS = {".docm": ".docx", ".dotm": ".docx", ".xlsm": ".xlsx", ".xltm": ".xlsx", ".xlam": ".xlsx"}
IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"}
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
    (b"{\\rtf", "RTF 文件"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OFFICE = {"word/": "Word 文档，请把扩展名改为 .docx", "xl/": "Excel 工作簿，请把扩展名改为 .xlsx", "ppt/": "演示文稿"}
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


def format_of(data: bytes, filename: str) -> str:
    """The format to read a file as.

    Raises:
        Unreadable: ``document-empty``, ``-too-large``, ``-unsupported``, ``-macros``, ``-encrypted``, ``-mismatch``,
            ``-entities``, ``-damaged``, ``-blank``.
    """
    suffix = PurePath(filename).suffix.lower()
    if not data:
        raise Unreadable("document-empty", "文件是空的")
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("document-too-large", f"文件超过 {MAXIMUM_BYTES // 1024 // 1024} MB")
    if suffix in REFUSED:
        raise Unreadable("document-unsupported", REFUSED[suffix])
    if suffix in WITH_MACROS:
        raise Unreadable("document-macros", f"带宏的文件（{suffix}）请另存为不带宏的 {WITH_MACROS[suffix]} 后再导入")
    if suffix in IMAGES:
        raise Unreadable("document-unsupported", "图片中的文字读不准，请用 .docx、.xlsx 或粘贴为 .txt")
    if suffix not in READABLE:
        raise Unreadable("document-unsupported", "只能读取 .docx、.xlsx、.xls、.html、.csv、.txt 文件")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("document-blank", "文件里没有内容")
    _require_agreement(data, READABLE[suffix], suffix)
    return READABLE[suffix]


def _require_agreement(data: bytes, form: str, suffix: str) -> None:
    if data.startswith(OLE):
        _require_old_workbook(data, form, suffix)
    elif form in MAIN_PART:
        require_package(data, MAIN_PART[form], suffix)
    else:
        _require_text(data, form, suffix)


def _require_old_workbook(data: bytes, form: str, suffix: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("document-encrypted", "文件设了打开密码，请去掉密码后再导入")
    has_book = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00"))
    if form != "xls" or not has_book:
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是旧版 Office 文件，请另存为 .docx 或 .xlsx")
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        raise Unreadable("document-macros", "文件里有宏，请另存为不带宏的 .xlsx 后再导入")


def _require_text(data: bytes, form: str, suffix: str) -> None:
    if data.startswith(ZIP):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是{_packed(data)}")
    for magic, words in MAGIC:
        if data.startswith(magic):
            raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是{words}")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(data) is not None
    if b"\x00" in data and not marked:
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是文字（含有空字节），请重新保存后再导入")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"mime-version:"):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是单个文件网页，请另存为 .html 后再导入")
    if form != "html" and (head.startswith((b"<!doctype html", b"<html")) or b"<table" in head):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却是网页，请把扩展名改为 .html 后再导入")
    if form == "xls":
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是 Excel 文件，请另存为 .xlsx 后再导入")


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except _BROKEN:
        return "压缩包或 Office 文件，请改回原来的扩展名"
    return next(
        (words for folder, words in _OFFICE.items() if any(name.startswith(folder) for name in names)),
        "压缩包，请解压后再导入",
    )


def require_package(data: bytes, main_part: str, suffix: str) -> None:
    """Refuse an Office package that is not one, is encrypted, or would inflate beyond reason."""
    if not data.startswith(ZIP):
        raise Unreadable("document-mismatch", f"文件名是 {suffix}，内容却不是 Office 文件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _inspect(package, main_part, suffix, len(data))
    except _BROKEN as error:
        raise Unreadable("document-damaged", "文件已损坏或不完整，请重新保存后再导入") from error


def _inspect(package: zipfile.ZipFile, main_part: str, suffix: str, packed: int) -> None:
    entries = package.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("document-encrypted", "文件设了密码，请去掉密码后再导入")
    names = [entry.filename for entry in entries]
    if main_part not in names:
        kind = next((words for folder, words in _OFFICE.items() if any(n.startswith(folder) for n in names)), None)
        raise Unreadable(
            "document-mismatch", f"文件名是 {suffix}，内容却{f'是{kind}' if kind else '不是这种 Office 文件'}"
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("document-macros", f"文件里有宏，请另存为不带宏的 {suffix} 后再导入")
    if len(entries) > MAXIMUM_ENTRIES or len(set(names)) != len(names):
        raise Unreadable("document-too-large", "文件结构异常，请重新保存后再导入")
    inflated = 0
    for entry in entries:
        with package.open(entry) as part:
            is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
            inflated += _inflate(part.read, is_xml=is_xml, allowance=MAXIMUM_INFLATED - inflated)
    if inflated > MAXIMUM_RATIO * max(packed, 64 * 1024):
        raise Unreadable("document-too-large", "文件解开后过大，请重新保存后再导入")


_DEFINITIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def _inflate(read: Callable[[int], bytes], *, is_xml: bool, allowance: int) -> int:
    """Bytes a part really holds, counted while streaming: the directory may lie."""
    size = 0
    tail = b""
    while chunk := read(CHUNK):
        if is_xml and any(word in tail + chunk for word in _DEFINITIONS):
            raise Unreadable("document-entities", "文件含有不允许的外部定义（DOCTYPE），请重新保存后再导入")
        tail = chunk[-32:]
        size += len(chunk)
        if size > allowance:
            raise Unreadable("document-too-large", "文件解开后过大，请重新保存后再导入")
    return size
