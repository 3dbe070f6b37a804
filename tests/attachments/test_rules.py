"""What may be kept: names, types by content, archives opened and counted, links that are links."""

import io
import zipfile
from datetime import date

import pytest

from taizhang.attachments.rules import Refused, clean_name, dates_fault, media_type, url_fault
from tests.attachments.files import PDF, PNG, ooxml


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("方案.pdf", "方案.pdf"),
        ("C:\\桌面\\方案.pdf", "方案.pdf"),
        ("../../etc/方案.pdf", "方案.pdf"),
        ("方案\u202efdp.exe.pdf", "方案fdp.exe.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("\u200b.", "未命名"),
        ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)
def test_a_name_is_its_last_part_without_what_cannot_be_seen(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("台" * 300 + ".docx")
    assert len(name) == 255
    assert name.endswith(".docx")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("方案.pdf", PDF, "application/pdf"),
        ("截图.PNG", PNG, "image/png"),
        ("照片.jpeg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        ("台账.xlsx", ooxml("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("报告.docx", ooxml("docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_what_a_unit_usually_sends_is_kept(name: str, content: bytes, kind: str) -> None:
    assert media_type(name, io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "file-empty"),
        ("程序.exe", b"MZ\x90\x00", "file-type-not-allowed"),
        ("说明.txt", b"hello", "file-type-not-allowed"),
        ("页面.svg", b"<svg onload='x'/>", "file-type-not-allowed"),
        ("无后缀", PDF, "file-type-not-allowed"),
        ("程序.pdf", b"MZ\x90\x00", "file-type-mismatch"),
        ("截图.png", PDF, "file-type-mismatch"),
        ("页面.pdf", b"<html>%PDF-1.7", "file-type-mismatch"),
        ("压缩.docx", ooxml("xlsx"), "file-type-mismatch"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(40), "file-type-mismatch"),
        ("截断.xlsx", ooxml("xlsx")[:-30], "file-type-mismatch"),
        ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file-encrypted"),
        ("宏.xlsx", ooxml("xlsx", {"xl/vbaProject.bin": b"x"}), "file-unsafe"),
        ("宏.docx", ooxml("docx", {"[Content_Types].xml": b"<x>macroEnabled</x>"}), "file-unsafe"),
        ("路径.xlsx", ooxml("xlsx", {"../evil.xml": b"x"}), "file-unsafe"),
        ("绝对.xlsx", ooxml("xlsx", {"/etc/passwd": b"x"}), "file-unsafe"),
        ("嵌套.docx", ooxml("docx", {"word/embeddings/a.bin": ooxml("xlsx")}), "file-unsafe"),
        ("实体.xlsx", ooxml("xlsx", {"xl/a.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>"}), "file-unsafe"),
        ("炸弹.xlsx", ooxml("xlsx", {"xl/a.xml": bytes(30_000_000)}), "file-unsafe"),
        ("多.xlsx", ooxml("xlsx", {f"xl/{n}.xml": b"" for n in range(2001)}), "file-unsafe"),
    ],
)
def test_what_is_not_what_it_says_or_could_do_harm_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        media_type(name, io.BytesIO(content))
    assert refusal.value.code == code


def test_an_entity_split_over_two_reads_is_still_seen() -> None:
    padded = b"<a>" + b" " * (256 * 1024 - 7) + b"<!DOCTYPE x>"
    with pytest.raises(Refused, match="外部实体"):
        media_type("实体.xlsx", io.BytesIO(ooxml("xlsx", {"xl/a.xml": padded})))


def test_an_encrypted_entry_is_refused() -> None:
    content = bytearray(ooxml("xlsx"))
    for at in (index for index in range(len(content) - 3) if content[index : index + 4] == b"PK\x01\x02"):
        content[at + 8] |= 1
    with pytest.raises(Refused, match="加密"):
        media_type("加密.xlsx", io.BytesIO(bytes(content)))


def test_a_link_inside_the_archive_is_refused() -> None:
    buffer = io.BytesIO(ooxml("xlsx"))
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = zipfile.ZipInfo("xl/link.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(Refused, match="路径"):
        media_type("链接.xlsx", buffer)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.jiangyang.gov.cn/zwgk/1.html", None),
        ("http://www.jiangyang.gov.cn:8080/?a=1#b", None),
        ("javascript:alert(1)", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
        ("www.jiangyang.gov.cn", "url-scheme"),
        ("https://", "url-invalid"),
        ("https://a b.gov.cn/", "url-invalid"),
        ("https://user:pw@jiangyang.gov.cn/", "url-userinfo"),
        ("https://jiangyang.gov.cn@evil.example/", "url-userinfo"),
        ("https://[::1/", "url-invalid"),
        ("https://a.gov.cn:99999/", "url-invalid"),
    ],
)
def test_a_link_is_http_without_a_password_in_it(url: str, code: str | None) -> None:
    fault = url_fault(url)
    assert (fault[0] if fault else None) == code


def test_a_document_is_published_after_it_was_formed_and_neither_tomorrow() -> None:
    today = date(2023, 9, 20)
    assert dates_fault(today, today, today) is None
    assert dates_fault(date(2023, 9, 21), None, today) == ("formed_on", "date-in-future", "形成日期还没有到")
    assert dates_fault(None, date(2023, 9, 21), today) == ("published_on", "date-in-future", "公开日期还没有到")
    assert dates_fault(date(2023, 9, 2), date(2023, 9, 1), today) == (
        "published_on",
        "dates-crossed",
        "公开日期早于形成日期",
    )
