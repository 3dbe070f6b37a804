"""Files and evidence as a unit's people keep them, and as nobody else may see them."""

import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from taizhang.attachments.models import Attachment, EvidenceRevision
from taizhang.audit.models import AuditEvent
from tests.attachments.files import PDF, PNG, ooxml

FILES = "/api/v1/attachments"
EVIDENCE = "/api/v1/evidence"
PAGE = "https://www.jiangyang.gov.cn/zwgk/1.html"
Json = dict[str, Any]


@pytest.fixture
def plan_file(reporter: TestClient) -> Json:
    """A plan 大山坪街道 has uploaded."""
    answer = reporter.post(FILES, files={"file": ("工作 方案.pdf", PDF)})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


@pytest.fixture
def page(reporter: TestClient) -> Json:
    """A page of the website 大山坪街道 has entered as evidence."""
    answer = reporter.post(EVIDENCE, json={"title": "公开页面", "url": PAGE, "published_on": "2023-08-25"})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def test_an_uploaded_file_comes_back_byte_for_byte_and_harmless(reporter: TestClient, plan_file: Json) -> None:
    assert plan_file["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (plan_file["name"], plan_file["size"]) == ("工作 方案.pdf", len(PDF))
    assert plan_file["media_type"] == "application/pdf"
    back = reporter.get(f"{FILES}/{plan_file['id']}")
    assert back.content == PDF
    assert back.headers["content-type"] == "application/octet-stream"
    assert back.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%B7%A5")
    assert back.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert back.headers["etag"] == f'"{plan_file["sha256"]}"'


def test_a_file_already_held_is_not_sent_again(reporter: TestClient, plan_file: Json) -> None:
    headers = {"If-None-Match": f'"{plan_file["sha256"]}"'}
    assert reporter.get(f"{FILES}/{plan_file['id']}", headers=headers).status_code == 304


def test_the_office_reads_a_units_file_a_neighbour_does_not(
    office: TestClient, neighbour: TestClient, client_as: Callable[[str], TestClient], plan_file: Json
) -> None:
    place = f"{FILES}/{plan_file['id']}"
    assert office.get(place).status_code == 200
    assert neighbour.get(place).status_code == 404
    assert client_as("naxi").get(place).status_code == 404
    assert client_as("admin").get(place).status_code == 403


def test_one_content_is_stored_once_under_each_owners_name(
    neighbour: TestClient, plan_file: Json, app: FastAPI, session: Session
) -> None:
    theirs = neighbour.post(FILES, files={"file": ("预算.pdf", PDF)}).json()
    assert (theirs["sha256"], theirs["name"]) == (plan_file["sha256"], "预算.pdf")
    store = Path(app.state.settings.data_dir, "store")
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1
    assert len(session.exec(select(Attachment)).all()) == 2


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("空.pdf", b"", 422, "file-empty"),
        ("程序.exe", b"MZ", 415, "file-type-not-allowed"),
        ("程序.pdf", b"MZ" + PDF, 415, "file-type-mismatch"),
        ("截图.pdf", PNG, 415, "file-type-mismatch"),
        ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), 415, "file-encrypted"),
        ("宏.xlsx", ooxml("xlsx", {"xl/vbaProject.bin": b"x"}), 422, "file-unsafe"),
    ],
)
def test_a_file_that_is_not_kept_is_told_why_and_leaves_nothing(
    reporter: TestClient, app: FastAPI, session: Session, name: str, content: bytes, status: int, code: str
) -> None:
    answer = reporter.post(FILES, files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert session.exec(select(Attachment)).all() == []
    assert not Path(app.state.settings.data_dir, "store").exists()


def test_a_file_may_be_larger_than_other_requests_but_not_than_the_limit(reporter: TestClient) -> None:
    two_megabytes = PDF + bytes(2 * 1024 * 1024)
    assert reporter.post(FILES, files={"file": ("大.pdf", two_megabytes)}).status_code == 201
    over = reporter.post(FILES, files={"file": ("超.pdf", PDF + bytes(20 * 1024 * 1024))})
    assert (over.status_code, over.json()["code"]) == (413, "file-too-large")


def test_without_a_file_there_is_nothing_to_keep(reporter: TestClient) -> None:
    assert reporter.post(FILES, data={"file": "not a file"}).status_code == 422


def test_only_a_unit_keeps_files_and_evidence(office: TestClient) -> None:
    assert office.post(FILES, files={"file": ("方案.pdf", PDF)}).status_code == 403
    assert office.post(EVIDENCE, json={"title": "页面", "url": PAGE}).status_code == 403


def test_a_content_that_is_gone_is_reported_not_guessed(reporter: TestClient, app: FastAPI, plan_file: Json) -> None:
    sha256 = plan_file["sha256"]
    Path(app.state.settings.data_dir, "store", sha256[:2], sha256).unlink()
    answer = reporter.get(f"{FILES}/{plan_file['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "file-missing")


# -- evidence


def test_evidence_with_its_file_and_dates(reporter: TestClient, plan_file: Json) -> None:
    body = {
        "title": "工作方案",
        "document_no": "江大街〔2023〕12号",
        "formed_on": "2023-08-20",
        "published_on": "2023-08-25",
        "channel": "区政府网站",
        "attachment_id": plan_file["id"],
        "openness": "open",
        "secrecy_checked": True,
    }
    answer = reporter.post(EVIDENCE, json=body)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    kept = answer.json()
    assert kept["file"] == plan_file
    assert kept["unit"]["name"] == "大山坪街道"
    assert {name: kept[name] for name in body if name != "attachment_id"} == {
        name: value for name, value in body.items() if name != "attachment_id"
    }


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"url": None}, "#/url", "evidence-points-nowhere"),
        ({"url": " "}, "#/url", "evidence-points-nowhere"),
        ({"url": "javascript:alert(1)"}, "#/url", "url-scheme"),
        ({"url": "https://a:b@jiangyang.gov.cn/"}, "#/url", "url-userinfo"),
        ({"formed_on": "2023-09-21"}, "#/formed_on", "date-in-future"),
        ({"formed_on": "2023-09-02", "published_on": "2023-09-01"}, "#/published_on", "dates-crossed"),
        ({"attachment_id": str(uuid.UUID(int=1))}, "#/attachment_id", "attachment-unknown"),
        ({"title": "看\u202e这里"}, "#/", "text_unfit"),
        ({"unit_id": str(uuid.UUID(int=1))}, "#/unit_id", "extra_forbidden"),
    ],
)
def test_evidence_that_cannot_be_is_refused_where_it_is_wrong(
    reporter: TestClient, change: Json, pointer: str, code: str
) -> None:
    answer = reporter.post(EVIDENCE, json={"title": "公开页面", "url": PAGE} | change)
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


def test_a_neighbours_file_cannot_be_evidence(neighbour: TestClient, plan_file: Json) -> None:
    answer = neighbour.post(EVIDENCE, json={"title": "方案", "attachment_id": plan_file["id"]})
    assert answer.json()["errors"][0]["code"] == "attachment-unknown"


def test_changed_evidence_keeps_what_it_said_before(reporter: TestClient, page: Json, session: Session) -> None:
    place = f"{EVIDENCE}/{page['id']}"
    assert reporter.patch(place, json={"title": "新标题"}).status_code == 428
    changed = reporter.patch(place, json={"title": "新标题"}, headers={"If-Match": '"1"'})
    assert (changed.json()["title"], changed.json()["version"], changed.headers["etag"]) == ("新标题", 2, '"2"')
    stale = reporter.patch(place, json={"title": "旧标题"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["title"]) == (412, "新标题")
    kept = session.exec(select(EvidenceRevision)).one()
    assert (kept.version, kept.content["title"], kept.content["published_on"]) == (1, "公开页面", "2023-08-25")


def test_a_change_is_checked_like_the_first_entry(reporter: TestClient, page: Json, session: Session) -> None:
    answer = reporter.patch(f"{EVIDENCE}/{page['id']}", json={"url": None}, headers={"If-Match": '"1"'})
    assert answer.json()["errors"][0]["code"] == "evidence-points-nowhere"
    assert session.exec(select(EvidenceRevision)).all() == []
    assert reporter.get(f"{EVIDENCE}/{page['id']}").json() == page


def test_saving_evidence_unchanged_makes_no_new_version(reporter: TestClient, page: Json) -> None:
    answer = reporter.patch(f"{EVIDENCE}/{page['id']}", json={"title": page["title"]}, headers={"If-Match": '"1"'})
    assert answer.json()["version"] == 1


def test_a_neighbour_neither_sees_nor_changes_it(neighbour: TestClient, office: TestClient, page: Json) -> None:
    place = f"{EVIDENCE}/{page['id']}"
    assert neighbour.get(place).status_code == 404
    assert neighbour.patch(place, json={"title": "x"}, headers={"If-Match": '"1"'}).status_code == 404
    assert office.get(place).json() == page
    assert office.patch(place, json={"title": "x"}, headers={"If-Match": '"1"'}).status_code == 403


def test_a_unit_lists_its_own_evidence_and_finds_it(
    reporter: TestClient, neighbour: TestClient, office: TestClient, page: Json
) -> None:
    theirs = neighbour.post(EVIDENCE, json={"title": "预算公开", "document_no": "江财〔2023〕1号"}).json()
    assert [item["id"] for item in reporter.get(EVIDENCE).json()["items"]] == [page["id"]]
    assert [item["id"] for item in office.get(EVIDENCE).json()["items"]] == [theirs["id"], page["id"]]
    assert office.get(EVIDENCE, params={"q": "江财"}).json()["items"][0]["title"] == "预算公开"
    assert office.get(EVIDENCE, params={"unit": page["unit"]["id"]}).json()["total"] == 1


def test_every_write_is_audited(reporter: TestClient, plan_file: Json, page: Json, session: Session) -> None:
    reporter.patch(f"{EVIDENCE}/{page['id']}", json={"title": "新标题"}, headers={"If-Match": '"1"'})
    about = col(AuditEvent.subject_type).in_(("attachment", "evidence"))
    kept = session.exec(select(AuditEvent).where(about).order_by(col(AuditEvent.id))).all()
    assert [event.action for event in kept] == ["attachment.create", "evidence.create", "evidence.change"]
    assert (kept[-1].before, kept[-1].after) == ({"title": "公开页面"}, {"title": "新标题"})
