"""Letters: made from the case, read back from the docx; whole for the handling unit alone, each one recorded."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from taizhang.audit.models import AuditEvent
from taizhang.calendars.shipped import shipped_calendar
from taizhang.registers.application_steps import CorrectionAsked, Decided, FeeNotified
from taizhang.registers.grounds import DECISIONS, Ground
from taizhang.registers.kind import Happened
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.kinds.applications import Application, Arrival
from taizhang.registers.letters.composing import Known, compose
from taizhang.registers.letters.texts import DECIDED, REMEDY_EITHER, REMEDY_REVIEW_FIRST, LetterKind, remedy
from taizhang.registers.rules import Case
from tests.conftest import TODAY
from tests.district import SignIn
from tests.registers.conftest import CASES, LI, Step, application

ORGAN = "泸州市江阳区人民政府大山坪街道办事处"


def paragraphs(client: TestClient, case: dict[str, Any], letter: str) -> list[str]:
    answer = client.get(f"{CASES}/{case['id']}/letters/{letter}.docx")
    assert answer.status_code == 200, answer.text
    return [each.text for each in Document(io.BytesIO(answer.content)).paragraphs if each.text]


def test_a_receipt_says_until_when_and_how_it_was_reckoned(reporter: TestClient, case: dict[str, Any]) -> None:
    lines = paragraphs(reporter, case, "receipt")
    assert lines[:4] == [ORGAN, "政府信息公开申请登记回执", "DSP-2023-001", "李小明："]
    assert lines[-2:] == [ORGAN, "2023年8月28日"]
    text = "".join(lines)
    assert "收到申请之日为2023年8月28日" in text
    assert "将于2023年9月25日前答复" in text
    assert "第20个工作日为2023年9月25日" in text
    assert not any(LI[name] in text for name in ("phone", "id_number", "address"))


def test_by_internet_the_receipt_asks_to_confirm(reporter: TestClient) -> None:
    case = reporter.post(CASES, json=application(data={"channel": "internet", "content": "申请公开年度预算"})).json()
    assert "双方确认之日为收到申请之日" in "".join(paragraphs(reporter, case, "receipt"))


def test_each_step_makes_its_letter(reporter: TestClient, case: dict[str, Any], step: Step) -> None:
    step("correction_asked", "2023-09-01", items="请写明年度", until="2023-09-15", notice_no="补告〔2023〕1号")
    step("correction_received", "2023-09-11")
    step("consultation_started", "2023-09-11", asked_of="某公司", relation="third_party")
    step("consultation_ended", "2023-09-13", opinion="silent")
    step("extended", "2023-09-18", days=10, approver="张主任", reason="涉及多个科室")
    correction = paragraphs(reporter, case, "correction")
    assert correction[2] == "补告〔2023〕1号"
    assert "请写明年度" in correction
    assert any("请于2023年9月15日前补正" in line and "第三十条" in line for line in correction)
    question = "".join(paragraphs(reporter, case, "third_party"))
    assert "某公司：" in question
    assert "李小明" not in question
    assert "至2023年10月8日" in question
    extension = "".join(paragraphs(reporter, case, "extension"))
    assert "因涉及多个科室，本件不能在原定期限2023年10月" in extension
    assert "答复期限延长10个工作日" in extension
    listed = {each["kind"]: each for each in reporter.get(f"{CASES}/{case['id']}/letters").json()["letters"]}
    assert [kind for kind, each in listed.items() if each["ready"]] == [
        "receipt", "correction", "extension", "third_party",
    ]  # fmt: skip
    assert listed["answer"]["why"] == "登记“作出答复”之后可以制作"
    assert reporter.get(f"{CASES}/{case['id']}/letters/answer.docx").json()["code"] == "letter-not-yet"


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_has_an_answer_of_its_own_with_its_article(ground: Ground) -> None:
    kind = REGISTERS["applications"]
    entry = Application(channel=Arrival.IN_PERSON, content="申请公开年度预算")
    decided = Happened("decided", date(2023, 9, 4), Decided(ground=ground, summary="见附件"))
    before = {
        Ground.STILL_UNCLEAR: [
            Happened("correction_asked", date(2023, 7, 4), CorrectionAsked(items="年度", until=date(2023, 7, 14))),
            Happened("correction_received", date(2023, 7, 10)),
        ],
        Ground.NOT_CORRECTED: [
            Happened("correction_asked", date(2023, 7, 4), CorrectionAsked(items="年度", until=date(2023, 7, 14)))
        ],
        Ground.FEE_UNPAID: [Happened("fee_notified", date(2023, 7, 4), FeeNotified(pages=250))],
    }
    case = Case(date(2023, 7, 3), entry, [*before.get(ground, []), decided])
    known = Known(kind, case, shipped_calendar(), TODAY, "某局", "某区人民政府", "1号", "李小明", natural=True)
    paper = compose(known, LetterKind.ANSWER)
    assert paper is not None
    text = "\n".join(paper.paragraphs)
    article = DECISIONS[ground].article.replace("《政府信息公开条例》", "《中华人民共和国政府信息公开条例》")
    assert f"根据{article}的规定" in text
    assert "见附件" in text
    assert "（待填）" not in text
    assert ("某区人民政府申请行政复议" in text) == (ground is not Ground.WITHDRAWN)


def test_an_answer_says_what_happened_on_the_way(reporter: TestClient, case: dict[str, Any], step: Step) -> None:
    step("extended", "2023-09-01", days=10, approver="张主任")
    step("decided", "2023-09-04", ground="partly", notice_no="答〔2023〕1号", summary="第三页涉及他人住址，已作处理。")
    lines = paragraphs(reporter, case, "answer")
    assert lines[2] == "答〔2023〕1号"
    text = "".join(lines)
    assert "期间经批准延长答复期限10个工作日" in text
    assert "第三页涉及他人住址" in text
    assert "60日内向泸州市江阳区人民政府申请行政复议" in text
    assert len(set(DECIDED.values())) == len(DECIDED) == len(Ground)


def test_from_2024_a_refusal_goes_to_review_first() -> None:
    before, since = date(2023, 12, 31), date(2024, 1, 1)
    assert remedy(Ground.PROCESS, before) == remedy(Ground.GRANTED, since) == REMEDY_EITHER
    assert remedy(Ground.PROCESS, since) == remedy(Ground.PARTLY, since) == REMEDY_REVIEW_FIRST


def test_it_is_laid_out_as_official_documents_are(reporter: TestClient, case: dict[str, Any]) -> None:
    answer = reporter.get(f"{CASES}/{case['id']}/letters/receipt.docx")
    paper = Document(io.BytesIO(answer.content))
    runs = [paragraph.runs[0] for paragraph in paper.paragraphs if paragraph.runs]
    fonts = [run._element.xpath("w:rPr/w:rFonts")[0].get(qn("w:eastAsia")) for run in runs]
    assert fonts[:4] == ["方正小标宋简体", "方正小标宋简体", "楷体_GB2312", "仿宋_GB2312"]
    section = paper.sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)  # type: ignore[union-attr]
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_the_handling_unit_makes_one_and_each_is_recorded(
    reporter: TestClient, case: dict[str, Any], client_as: SignIn, session: Session
) -> None:
    place = f"{CASES}/{case['id']}/letters"
    assert reporter.get(f"{place}/receipt").json()["addressee"] == "李**"
    made = select(AuditEvent).where(col(AuditEvent.action) == "register-entry.letter")
    assert session.exec(made).all() == []
    paragraphs(reporter, case, "receipt")
    [event] = session.exec(made).all()
    assert event.after == {"letter": "政府信息公开申请登记回执"}
    others = {who: client_as(who).get(f"{place}/receipt.docx").status_code for who in ("office", "caizheng", "auditor")}
    assert others == {"office": 404, "caizheng": 404, "auditor": 403}
    assert client_as("office").get(place).json()["download"] is False
    assert "李小明" not in client_as("office").get(f"{place}/receipt").text
    training = {"title": "一次", "opened_on": "2023-06-15", "data": {"sort": "other", "topic": "公开", "people": 30}}
    other = reporter.post("/api/v1/registers/trainings/entries", json=training).json()
    empty = reporter.get(f"/api/v1/registers/trainings/entries/{other['id']}/letters").json()
    assert empty == {"letters": [], "download": False}


# -- documents applied for often


def test_what_is_applied_for_often_is_listed_for_review(
    reporter: TestClient, neighbour: TestClient, office: TestClient, step: Step
) -> None:
    for title, client in (("《救助资金 发放办法》", reporter), ("救助资金发放办法", neighbour), ("别的", reporter)):
        assert client.post(CASES, json=application(title=title)).status_code == 201
    named = application(title="想看那个办法")
    reporter.post(CASES, json=named | {"data": named["data"] | {"document": "救助资金发放办法"}})
    path = "/api/v1/registers/applications/frequent"
    page = office.get(path).json()
    [found] = page["items"]
    assert (page["total"], found["count"], len(found["units"]), found["running"]) == (1, 3, 2, 3)
    assert [each["count"] for each in reporter.get(path).json()["items"]] == [2]
    assert found["assessment"] is None
    review = {"title": "救助资金发放办法", "opened_on": "2023-09-01", "data": {"openness": "active"}}
    reporter.post("/api/v1/registers/openness-attributes/entries", json=review)
    assert office.get(path).json()["items"][0]["assessment"]["openness_words"] == "主动公开"
    assert office.get(f"{path}.xlsx").status_code == 200
    assert office.get(f"{path}?opened_from=2023-09-01").json()["total"] == 0
