"""Small files of the kinds units send."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
ROOTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}


def ooxml(kind: str, parts: dict[str, bytes] | None = None) -> bytes:
    """A minimal OOXML container, with extra parts."""
    entries = {"[Content_Types].xml": b"<Types/>", ROOTS[kind]: b"<root/>"} | (parts or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
