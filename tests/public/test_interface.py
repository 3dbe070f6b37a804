"""The interface a portal pulls from: list, copies, tombstones, open data, each with its ETag."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import jsonschema
import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlmodel import Session

from taizhang.annual_reports.forms import FORM_2021, from_array, present
from taizhang.annual_reports.reading import read_report
from taizhang.documents.readers import read
from taizhang.public.schemas import Dictionary, OpenData, PublicReport, ReportSummaryPage
from tests.district import District
from tests.public.conftest import Archive, filed, published

V1 = "/public/v1"


def test_the_list_is_newest_year_first_and_as_its_shape_says(
    citizen: TestClient, archive: Archive, district: District
) -> None:
    answer = citizen.get(f"{V1}/annual-reports")
    page = ReportSummaryPage.model_validate_json(answer.content)
    assert [(item.year, item.status) for item in page.items] == [(2022, "published"), (2020, "published")]
    assert page.items[0].title == "泸州市江阳区人民政府大山坪街道办事处2022年政府信息公开工作年度报告"
    links = page.items[0].links or {}
    assert [citizen.get(address).status_code for address in links.values()] == [200] * 5
    code = district.units["dashanping"].code
    assert citizen.get(f"{V1}/annual-reports?unit={code}&year=2020").json()["total"] == 1


def test_the_list_can_be_kept_and_asked_for_again(citizen: TestClient, archive: Archive) -> None:
    for path in ("/annual-reports", f"/annual-reports/{archive.published.id}.docx", "/open-data/annual-reports.csv"):
        first = citizen.get(V1 + path)
        assert first.headers["cache-control"] == "public, max-age=60"
        again = citizen.get(V1 + path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_portal_that_comes_back_gets_the_changes_and_what_was_taken_back(
    session: Session, citizen: TestClient, archive: Archive, district: District
) -> None:
    since = "2023-01-01T00:00:00%2B08:00"
    items = citizen.get(f"{V1}/annual-reports?updated_since={since}").json()["items"]
    assert [(item["status"], item["reason"]) for item in items] == [
        ("published", None),
        ("withdrawn", "表三数字有误，更正后再公布"),
    ]
    assert (items[1]["withdrawn_on"], items[1]["links"], items[1]["published_on"]) == ("2023-02-06", None, None)


def test_a_portal_walks_all_changes_a_page_at_a_time_and_misses_none(
    session: Session, citizen: TestClient, archive: Archive, district: District
) -> None:
    at = datetime(2023, 1, 25, 2, tzinfo=UTC)
    for number, login in enumerate(["beicheng", "nancheng", "lantian", "huangyi", "tongtan"]):
        row = filed(session, district, login, 2022, **published(2022))
        row.published_at = at + timedelta(microseconds=number // 2)
    session.commit()
    seen: list[str] = []
    query = {"updated_since": "2000-01-01T00:00:00Z", "size": "2"}
    while items := citizen.get(f"{V1}/annual-reports", params=query).json()["items"]:
        seen += [item["id"] for item in items]
        query |= {"updated_since": items[-1]["changed_at"], "after_id": items[-1]["id"]}
    assert len(seen) == len(set(seen)) == 8


def test_one_report_in_every_form_says_the_same(citizen: TestClient, archive: Archive) -> None:
    figures = from_array(FORM_2021, archive.published.figures)
    address = f"{V1}/annual-reports/{archive.published.id}"
    told = PublicReport.model_validate_json(citizen.get(address).content)
    assert told.figures == present(FORM_2021, figures)
    for suffix in ("docx", "xlsx", "html"):
        answer = citizen.get(f"{address}.{suffix}")
        name = f"泸州市江阳区人民政府大山坪街道办事处2022年政府信息公开工作年度报告.{suffix}"
        assert unquote(answer.headers["content-disposition"]) == f"attachment; filename*=UTF-8''{name}"
        assert read_report(read(answer.content, name)).figures == figures
    package = citizen.get(f"{address}.json").json()
    assert package["figures"] == told.figures
    jsonschema.validate(package, citizen.get(package["$schema"]).json())


def test_a_page_saved_or_opened_may_load_and_run_nothing(citizen: TestClient, archive: Archive) -> None:
    policy = citizen.get(f"{V1}/annual-reports/{archive.published.id}.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy


def test_the_open_data_is_every_cell_once_with_its_meaning(citizen: TestClient, archive: Archive) -> None:
    answer = citizen.get(f"{V1}/open-data/annual-reports.csv?year=2022")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(FORM_2021.cells)
    assert {row["cell"]: row["value"] for row in rows}["t3.r1.total"] == "42"
    meaning = Dictionary.model_validate_json(citizen.get(f"{V1}/open-data/dictionary.json").content)
    assert [column.name for column in meaning.columns] == list(rows[0])
    assert {row["cell"] for row in rows} <= {cell.cell for cell in meaning.cells}
    assert len(citizen.get(f"{V1}/open-data/dictionary.csv").text.splitlines()) == len(meaning.cells) + 1
    whole = OpenData.model_validate_json(citizen.get(f"{V1}/open-data/annual-reports.json").content)
    assert [report.year for report in whole.reports] == [2020, 2022]


def test_a_name_that_looks_like_a_formula_is_marked_as_words(
    session: Session, citizen: TestClient, archive: Archive, district: District
) -> None:
    session.merge(district.units["dashanping"]).name = "=HYPERLINK(1)"
    session.commit()
    rows = csv.reader(io.StringIO(citizen.get(f"{V1}/open-data/annual-reports.csv").content.decode("utf-8-sig")))
    assert "'=HYPERLINK(1)" in {row[1] for row in rows}


def test_more_than_can_be_sent_at_once_is_refused_with_the_way_out(
    citizen: TestClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taizhang.public.router.MOST_REPORTS", 1)
    answer = citizen.get(f"{V1}/open-data/annual-reports.csv")
    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-reports")
    assert citizen.get(f"{V1}/open-data/annual-reports.csv?year=2022").status_code == 200


def test_what_is_listed_is_as_the_contract_says(citizen: TestClient, archive: Archive) -> None:
    query = "?updated_since=2000-01-01T00:00:00Z"
    content = citizen.get(f"{V1}/annual-reports{query}").content
    page = TypeAdapter(ReportSummaryPage).validate_json(content)
    sent = json.loads(content)["items"]
    assert sent
    assert all(set(each) == set(type(page.items[0]).model_fields) for each in sent)
