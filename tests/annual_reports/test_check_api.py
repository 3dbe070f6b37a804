"""Checking and reading over the API: nothing kept, everything refused by name."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, func, select

from taizhang.annual_reports.forms import FORM_2021, present, with_sums
from taizhang.audit.models import AuditEvent
from tests.annual_reports.published import STYLES
from tests.district import SignIn

Json = dict[str, Any]
API = "/api/v1/annual-reports"


@pytest.fixture
def figures() -> Json:
    """42 + 0 = 40 + 2, everything else 0, as it travels."""
    leaves: dict[str, int | None] = {
        **dict.fromkeys(FORM_2021.leaves, 0),
        "t3.r1.natural": 42,
        "t3.r3.1.natural": 13,
        "t3.r3.2.natural": 18,
        "t3.r3.4.1.natural": 9,
        "t3.r4.natural": 2,
    }
    return dict(present(FORM_2021, with_sums(FORM_2021, leaves)))


def checked(client: TestClient, **body: Any) -> list[Json]:
    answer = client.post(f"{API}/check", json={"year": 2023, "form": "2021", **body})
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["findings"]
    return found


def test_a_report_that_balances_has_no_findings(reporter: TestClient, signer: TestClient, figures: Json) -> None:
    assert checked(reporter, figures=figures) == []
    assert checked(signer, figures=figures, form=2021, scope="organ", texts={"overview": "新收申请42件。"}) == []


def test_an_imbalance_is_answered_with_cells_sides_and_repair(office: TestClient, figures: Json) -> None:
    figures |= {"t3.r1.natural": 41, "t3.r1.other": 1}
    natural, other = checked(office, figures=figures)
    assert natural == {
        "rule": "A1",
        "level": "block",
        "cells": ["t3.r1.natural", "t3.r2.natural", "t3.r3.7.natural", "t3.r4.natural"],
        "left": 41,
        "right": 42,
        "message": "“自然人”列不平：本年新收 41 + 上年结转 0 = 41，办理结果总计 40 + 结转下年度 2 = 42，相差 1",
        "repair": natural["repair"],
        "passages": [],
        "fixes": natural["fixes"],
    }
    assert "从 其他 移 1 件到 自然人 即平" in natural["repair"]
    assert natural["fixes"][0]["figures"] == {"t3.r1.natural": 42, "t3.r1.other": 0}
    assert other["rule"] == "A1"


def test_last_year_and_the_words_are_compared(office: TestClient, figures: Json) -> None:
    previous = {"figures": {**figures, "t3.r4.natural": 0, "t3.r4.legal": 2}}
    findings = checked(office, figures=figures, previous=previous, texts={"overview": "新收政府信息公开申请41件。"})
    assert [(each["rule"], each["left"], each["right"]) for each in findings] == [
        ("A5", 0, 2),
        ("A5", 0, 2),
        ("E1", 41, 42),
    ]
    assert [each["cells"] for each in findings[:2]] == [["t3.r2.legal"], ["t3.r2.total"]]
    assert findings[2]["passages"] == [{"part": "overview", "text": "新收政府信息公开申请41件", "previous": None}]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("t3.r1.natural", -1, "number-negative"),
        ("t3.r1.natural", 0.5, "number-fraction"),
        ("t3.r1.natural", 123_456_789_012, "number-too-large"),
        ("t3.r1.natural", "24", "number-type"),
        ("t3.r1.natural", True, "number-type"),
        ("t3.r1.natural", {"deep": []}, "number-type"),
        ("t3.r9.natural", 1, "cell-unknown"),
        ("t2.fees.amount", "十二", "amount-format"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_by_its_cell(
    office: TestClient, figures: Json, key: str, value: Any, code: str
) -> None:
    for body, pointer in (
        ({"figures": {**figures, key: value}}, f"#/figures/{key}"),
        ({"figures": figures, "previous": {"figures": {key: value}}}, f"#/previous/figures/{key}"),
    ):
        answer = office.post(f"{API}/check", json={"year": 2023, "form": "2021", **body})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    ("number", "pointer"),
    [
        (b"NaN", "#/"),  # no JSON at all (RFC 8259): refused before anybody knows what the field is
        (b"Infinity", "#/"),
        (b"1e999", "#/figures/t3.r1.natural"),
        (b"-0.1", "#/figures/t3.r1.natural"),
    ],
)
def test_numbers_that_are_none_are_refused(office: TestClient, number: bytes, pointer: str) -> None:
    content = b'{"year":2023,"form":"2021","figures":{"t3.r1.natural":%s}}' % number
    answer = office.post(f"{API}/check", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("key", ["a/b~c", "\ud800", "x" * 5000, ""])
def test_a_cell_of_any_name_is_refused_in_words(office: TestClient, key: str) -> None:
    content = json.dumps({"year": 2023, "form": "2021", "figures": {key: 1}})
    answer = office.post(f"{API}/check", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("#/figures/")


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"form": "2020"}, "#/form"),
        ({"form": True}, "#/form"),
        ({"year": 1900}, "#/year"),
        ({"scope": "city"}, "#/scope"),
        ({"figures": [1]}, "#/figures"),
        ({"texts": {"overview": "x" * 60_001}}, "#/texts/overview"),
        ({"unit": "x"}, "#/unit"),
    ],
)
def test_a_request_of_another_shape_is_refused_where_it_is_wrong(
    office: TestClient, figures: Json, patch: Json, pointer: str
) -> None:
    answer = office.post(f"{API}/check", json={"year": 2023, "form": "2021", "figures": figures, **patch})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_whole_floats_pass_and_blank_is_told(office: TestClient, figures: Json) -> None:
    figures |= {"t3.r1.natural": 42.0, "t4.review.upheld": None}
    (blank,) = checked(office, figures=figures)
    assert (blank["rule"], blank["cells"]) == ("A4", ["t4.review.upheld"])


@pytest.mark.parametrize("style", ["official", "word", "sheet"])
def test_a_published_report_is_read_and_checked(office: TestClient, figures: Json, style: str) -> None:
    wrong: dict[str, int | None] = {**figures, "t2.fees.amount": 550_000, "t3.r1.natural": 41}
    content, name = STYLES[style](FORM_2021, wrong)
    answer = office.post(f"{API}/read", files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["form"], found["year"], found["scope"]) == ("2021", 2023, "organ")
    assert found["unit_name"] == "泸州市江阳区大山坪街道办事处"
    assert found["figures"] == {**figures, "t2.fees.amount": "0.55", "t3.r1.natural": 41}
    assert [finding["rule"] for finding in found["findings"] if finding["level"] == "block"] == ["A1", "A3"]
    assert found["problems"] == []
    assert found["texts"]["other"] == "本年度未收取信息处理费。"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("通知.html", b"<html><body><p>notice</p></body></html>", "not-an-annual-report"),
        ("年报.pdf", b"%PDF-1.7", "document-unsupported"),
        ("年报.docx", b"PK\x03\x04broken", "document-damaged"),
        ("年报.html", b"", "document-empty"),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(
    reporter: TestClient, name: str, content: bytes, code: str
) -> None:
    answer = reporter.post(f"{API}/read", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == "#/file"


def test_the_forms_are_given_with_labels_geometry_and_checks(reporter: TestClient) -> None:
    current, old = reporter.get(f"{API}/forms").json()
    assert (current["version"], len(current["cells"]), old["version"]) == ("2021", 200, "2019")
    assert current["cells"][0] == {
        "key": "t2.rules.issued",
        "label": "规章·本年制发件数",
        "kind": "count",
        "sum_of": [],
    }
    assert {"A1", "C1", "E1", "G1"} <= {rule["id"] for rule in current["rules"]}


def test_nothing_is_written(office: TestClient, session: Session, figures: Json) -> None:
    def events() -> int:
        return session.exec(select(func.count()).select_from(AuditEvent)).one()

    before = events()
    checked(office, figures={**figures, "t3.r1.natural": 1})
    content, name = STYLES["official"](FORM_2021, {})
    assert office.post(f"{API}/read", files={"file": (name, content)}).status_code == 200
    assert events() == before


def test_only_those_who_read_reports_may_check(client_as: SignIn, figures: Json) -> None:
    body = {"year": 2023, "form": "2021", "figures": figures}
    assert client_as("admin").post(f"{API}/check", json=body).status_code == 403
    assert client_as("admin").post(f"{API}/read", files={"file": ("a.html", b"x")}).status_code == 403
