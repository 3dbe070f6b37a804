"""A report compiled: a unit's from its registers, a government's from the reports below it."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from taizhang.annual_reports import compiling
from taizhang.annual_reports.forms import FORM_2021, from_array
from taizhang.annual_reports.procedure import ReportState
from taizhang.annual_reports.records import Dossier
from taizhang.units import service as units
from taizhang.units.models import UnitKind
from tests.annual_reports.filed import API, OTHER, begun, step, stored
from tests.counting import statements
from tests.district import District, SignIn
from tests.progress.ledger import Ledger

Json = dict[str, Any]
REGISTERS = "/api/v1/registers"
Event = tuple[str, str, Json]
LI: Json = {"kind": "natural", "name": "李小明"}


def registered(client: TestClient, slug: str, opened_on: str, data: Json, *steps: Event, **more: Any) -> Json:
    """An entry of a register with what happened to it."""
    body = {"title": "某事项", "opened_on": opened_on, "data": data, **more}
    entry = client.post(f"{REGISTERS}/{slug}/entries", json=body)
    assert entry.status_code == 201, entry.text
    found: Json = entry.json()
    for kind, on, filled in steps:
        event = {"kind": kind, "on": on, "data": filled}
        answer = client.post(f"{REGISTERS}/{slug}/entries/{found['id']}/events", json=event)
        assert answer.status_code == 201, answer.text
    return found


@pytest.fixture
def year(reporter: TestClient) -> Json:
    """大山坪街道 2023: two answered, one open, one not yet confirmed, a review, decisions, documents, concerns."""
    paper = {"channel": "in_person", "content": "申请公开"}
    answered = (
        ("legal_reviewed", "2023-08-10", {"reviewer": "法律顾问", "opinion": "同意"}),
        ("decided", "2023-08-11", {"ground": "partly"}),
        ("sent", "2023-08-14", {"way": "post"}),
    )
    firm = {"kind": "business", "name": "某公司"}
    registered(reporter, "applications", "2023-08-01", paper, *answered, party=LI, ref_no="甲1")
    paid: Event = ("fee_paid", "2023-08-04", {})
    asked: Event = ("fee_notified", "2023-08-03", {"items": 45})
    registered(reporter, "applications", "2023-08-01", paper, asked, paid, *answered, party=firm)
    registered(reporter, "applications", "2023-09-01", paper, party=LI)
    registered(reporter, "applications", "2023-09-02", {**paper, "channel": "internet"}, party=LI)
    registered(
        reporter, "reviews", "2023-05-01", {"organ": "市政府"}, ("concluded", "2023-06-01", {"result": "upheld"})
    )
    registered(reporter, "reviews", "2023-09-01", {"organ": "市政府"})
    decided = {"starts_on": "2023-01-01", "licensing": 12, "penalties": 3, "fees": 1.25}
    registered(reporter, "enforcement-decisions", "2023-06-30", decided)
    registered(reporter, "normative-documents", "2023-03-01", {"issuer": "unit"})
    old = {"issuer": "unit", "effect": "repealed", "ended_on": "2023-05-01"}
    registered(reporter, "normative-documents", "2019-03-01", old)
    registered(reporter, "public-concerns", "2023-03-01", {"channel": "hotline"})
    registered(reporter, "trainings", "2023-03-01", {"sort": "special", "topic": "依申请公开", "people": 30})
    compiled = step(reporter, reporter.post(API, json={"year": 2023}).json(), "compile")
    found: Json = compiled["report"] | {"changes": compiled["changes"]}
    return found


def test_every_figure_comes_from_its_register(year: Json) -> None:
    filled = {key: value for key, value in year["figures"].items() if value and key in FORM_2021.leaves}
    assert filled == {
        "t2.documents.issued": 1,
        "t2.documents.repealed": 1,
        "t2.documents.in_force": 1,
        "t2.licensing.decisions": 12,
        "t2.penalties.decisions": 3,
        "t2.fees.amount": "1.25",
        "t3.r1.natural": 2,
        "t3.r1.business": 1,
        "t3.r3.2.natural": 1,
        "t3.r3.2.business": 1,
        "t3.r4.natural": 1,
        "t4.review.upheld": 1,
        "t4.review.pending": 1,
    }
    assert (year["figures"]["t3.r3.7.total"], year["figures"]["t2.rules.issued"]) == (2, 0)
    # No suits are registered: nobody said there were none.
    assert year["figures"]["t4.direct.upheld"] is None
    told = {fact["key"]: fact["value"] for fact in year["facts"] if fact["value"] is not None}
    assert (told["concerns.hotline"], told["trainings.people"], told["fees.notified"]) == (1, 30, 5500)


def test_the_words_are_drafted_with_the_numbers_of_the_tables(reporter: TestClient, year: Json) -> None:
    overview, other = (year["sections"][part]["text"] for part in ("overview", "other"))
    assert "本年新收政府信息公开申请3件，上年结转0件，办结2件，结转下年度1件" in overview
    assert "统计期为2023年1月1日至2023年12月31日" in overview
    assert "办理12345热线来件1件" in overview
    assert "发出收费通知1件，通知收取信息处理费5,500元，实际收取信息处理费5,500元" in other
    assert "【请写明2023年政务公开工作要点的落实情况】" in other
    step(reporter, year, "zero-declarations", group="t4.direct")
    found = step(reporter, year, "check")["findings"]
    assert {each["rule"] for each in found if each["level"] == "block"} == {"A4", "E4"}


def test_each_cell_opens_its_cases(reporter: TestClient, year: Json) -> None:
    url = f"{API}/{year['id']}/cells"
    cell = reporter.get(f"{url}/t3.r1.total").json()
    assert (cell["value"], cell["entry_count"], len(cell["sum_of"])) == (3, 3, 6)
    assert cell["locked"]["reason"] == "sum"
    (first,) = reporter.get(f"{url}/t3.r3.2.natural").json()["entries"]
    assert (first["ref_no"], first["closed_on"], first["register_words"]) == ("甲1", "2023-08-14", "依申请公开")
    assert [each["amount"] for each in reporter.get(f"{url}/t2.fees.amount").json()["entries"]] == ["1.25"]
    assert reporter.get(f"{url}/t3.r9.total").status_code == 404


def test_what_a_person_wrote_survives_a_recompile(reporter: TestClient, year: Json) -> None:
    url = f"{API}/{year['id']}"
    edit = {"figures": {"t2.licensing.decisions": 13}, "facts": {"trainings.held": 4}, "sections": {"other": OTHER}}
    answer = reporter.patch(url, json=edit, headers={"If-Match": f'"{year["version"]}"'})
    assert answer.json()["edited"] == ["t2.licensing.decisions"]
    more = {"starts_on": "2023-07-01", "licensing": 5}
    registered(reporter, "enforcement-decisions", "2023-08-31", more)
    again = step(reporter, year, "compile")
    report = again["report"]
    assert (report["figures"]["t2.licensing.decisions"], report["compiled"]["t2.licensing.decisions"]) == (13, 17)
    change = again["changes"][0]
    assert {key: change[key] for key in ("key", "was", "now", "edited")} == {
        "key": "t2.licensing.decisions",
        "was": 13,
        "now": 17,
        "edited": True,
    }
    assert report["sections"]["other"]["origin"] == "edited"
    restore = {"restore": ["t2.licensing.decisions", "trainings.held", "other"]}
    back = reporter.patch(url, json=restore, headers={"If-Match": f'"{report["version"]}"'}).json()
    assert (back["figures"]["t2.licensing.decisions"], back["edited"]) == (17, [])
    assert back["sections"]["other"]["origin"] == "compiled"


def test_a_declared_table_three_is_held_against_the_register(reporter: TestClient, year: Json) -> None:
    url = f"{API}/{year['id']}"
    wrong = {"figures": {"t3.r1.natural": 1, "t3.r4.natural": 0}}
    assert reporter.patch(url, json=wrong, headers={"If-Match": f'"{year["version"]}"'}).status_code == 200
    found = [each for each in step(reporter, year, "check")["findings"] if each["rule"] == "F1"]
    assert {each["cells"][0]: (each["left"], each["right"]) for each in found} == {
        "t3.r1.natural": (1, 2),
        "t3.r4.natural": (0, 1),
    }


def test_a_document_in_the_governments_name_is_counted_by_its_office_once(
    reporter: TestClient, client_as: SignIn, year: Json
) -> None:
    registered(reporter, "normative-documents", "2023-04-01", {"issuer": "government"})
    assert step(reporter, year, "compile")["report"]["figures"]["t2.documents.issued"] == 1
    office = client_as("office-reporter")
    theirs = step(office, office.post(API, json={"year": 2023}).json(), "compile")["report"]
    assert theirs["figures"]["t2.documents.issued"] == 1
    (entry,) = office.get(f"{API}/{theirs['id']}/cells/t2.documents.issued").json()["entries"]
    assert entry["unit"]["short_name"] == "大山坪街道"


# -- the government's


@pytest.fixture
def below(session: Session, district: District) -> None:
    """Reports on 2022: two accepted, one handed in only; the others have none."""
    stored(session, district.units["dashanping"], 2022, ReportState.ACCEPTED, t3_r1_natural=3, t3_r3_1_natural=3)
    stored(session, district.units["caizheng"], 2022, ReportState.PUBLISHED, t3_r1_natural=2, t3_r4_natural=2)
    stored(session, district.units["minzheng"], 2022, ReportState.SUBMITTED, t3_r1_natural=50, t3_r4_natural=50)


def test_a_governments_report_is_the_sum_of_what_was_accepted_below(
    office: TestClient, below: None, district: District, connection: Connection
) -> None:
    report = office.post(API, json={"year": 2022, "scope": "government"}).json()
    assert report["title"] == "泸州市江阳区人民政府2022年政府信息公开工作年度报告"
    report = step(office, report, "compile")["report"]
    figures = report["figures"]
    assert (figures["t3.r1.natural"], figures["t3.r3.7.total"], figures["t3.r4.total"]) == (5, 3, 2)
    assert [each["unit"]["short_name"] for each in report["inputs"]] == ["区财政局", "大山坪街道"]
    found = {each["rule"]: each for each in step(office, report, "check")["findings"]}
    assert "区民政局" in found["D2"]["message"]
    assert "D1" not in found
    cell = office.get(f"{API}/{report['id']}/cells/t3.r1.natural").json()
    standing = {each["unit"]["short_name"]: (each["standing"], each["value"]) for each in cell["children"]}
    assert standing["区财政局"] == ("counted", 2)
    assert standing["区民政局"] == ("missing", 50)
    assert standing["江阳生态环境局"] == ("excluded", None)


def test_whoever_of_its_office_compiles_it_the_tasks_of_every_unit_are_told(client_as: SignIn, ledger: Ledger) -> None:
    office = client_as("office-reporter")
    report = step(office, office.post(API, json={"year": 2023, "scope": "government"}).json(), "compile")["report"]
    assert f"重点任务{len(ledger.assignments)}项" in report["sections"]["other"]["compiled"]


def test_a_line_with_its_reason_is_the_only_other_thing_in_the_sum(office: TestClient, below: None) -> None:
    report = step(office, office.post(API, json={"year": 2022, "scope": "government"}).json(), "compile")["report"]
    line = {"cell": "t3.r1.natural", "delta": -1, "reason": "同一申请由两个单位各计一次"}
    report = step(office, report, "adjustments", **line)
    assert report["figures"]["t3.r1.total"] == 4
    assert "D1" not in {each["rule"] for each in step(office, report, "check")["findings"]}
    assert step(office, report, "compile")["report"]["figures"]["t3.r1.total"] == 4
    sums = office.get(f"{API}/aggregate", params={"year": 2022}).json()
    assert (sums["figures"]["t3.r1.total"], sums["reports"]["adjusted"]) == (5, {"t3.r1.natural": -1})
    headers = {"If-Match": f'"{report["version"] + 1}"'}
    by_hand = {"figures": {"t3.r1.natural": 9}}
    assert office.patch(f"{API}/{report['id']}", json=by_hand, headers=headers).status_code == 200
    found = [each for each in step(office, report, "check")["findings"] if each["rule"] == "D1"]
    assert [(each["cells"], each["left"], each["right"]) for each in found] == [(["t3.r1.natural"], 9, 4)]


def test_published_it_keeps_the_version_of_every_input(
    office: TestClient, client_as: SignIn, session: Session, district: District
) -> None:
    leader = client_as("office-signer")
    for unit in district.units.values():
        if unit.path.startswith(district.units["district"].path) and unit.kind is not UnitKind.GOVERNMENT:
            if unit.counts_in_report:
                stored(session, unit, 2022, ReportState.ACCEPTED)
    report = step(office, office.post(API, json={"year": 2022, "scope": "government"}).json(), "compile")["report"]
    words = "工作考核优秀。社会评议满意。没有责任追究情形。"
    patch = {"sections": {"overview": words, "other": OTHER}}
    office.patch(f"{API}/{report['id']}", json=patch, headers={"If-Match": f'"{report["version"]}"'})
    for client, action in ((office, "submit"), (leader, "sign"), (office, "accept"), (leader, "publish")):
        report = step(client, report, action)
    assert {each["version"] for each in report["inputs"]} == {1}
    assert len(report["inputs"]) == sum(unit.counts_in_report for unit in district.units.values() if unit.parent_id) - 1
    roster = office.get(f"{API}/missing", params={"year": 2022}).json()
    assert (roster["missing"], roster["government"]["state"], roster["own"]["state"]) == ([], "published", "accepted")


def test_who_is_missing_and_for_how_long(office: TestClient, reporter: TestClient, below: None) -> None:
    roster = office.get(f"{API}/missing", params={"year": 2022}).json()
    assert (roster["due_on"], roster["government_due_on"]) == ("2023-01-31", "2023-03-31")
    assert [unit["short_name"] for unit in roster["counted"]] == ["区财政局", "大山坪街道"]
    missing = {unit["short_name"]: unit for unit in roster["missing"]}
    assert (missing["区民政局"]["late"], missing["区民政局"]["reason"]) == (False, "还没有通过，现为“待签发”")
    assert missing["区司法局"]["days_late"] == (date(2023, 9, 20) - date(2023, 1, 31)).days
    assert [unit["short_name"] for unit in roster["excluded"]] == ["江阳生态环境局"]
    own = reporter.get(f"{API}/missing", params={"year": 2022}).json()
    assert (own["own"]["state"], own["counted"], own["missing"]) == ("accepted", [], [])


def test_a_city_over_a_district_over_its_units(session: Session, district: District, connection: Connection) -> None:
    """Any depth: each level adds up its own children, and reads no further down."""
    government, department = UnitKind.GOVERNMENT, UnitKind.DEPARTMENT
    city = units.add(session, None, code="510500", name="泸州市人民政府", short_name="泸州市", kind=government)
    bureau = units.add(session, city, code="510500-1", name="泸州市财政局", short_name="市财政局", kind=department)
    county = units.add(session, city, code="510521", name="泸县人民政府", short_name="泸县", kind=government)
    town = units.add(session, county, code="510521-1", name="泸县某镇", short_name="某镇", kind=UnitKind.TOWN)
    stored(session, town, 2022, ReportState.ACCEPTED, t3_r1_natural=4, t3_r4_natural=4)
    stored(session, bureau, 2022, ReportState.ACCEPTED, t3_r1_natural=1, t3_r4_natural=1)
    lower = stored(session, county, 2022, ReportState.ACCEPTED)
    upper = stored(session, city, 2022, ReportState.DRAFT)
    for report, unit in ((lower, county), (upper, city)):
        compiling.compile_into(session, Dossier(report, unit), report.created_at)
        session.flush()
    assert from_array(FORM_2021, upper.figures)["t3.r1.total"] == 5
    assert [each["scope"] for each in upper.inputs] == ["organ", "government"]
    with statements(connection) as said:
        compiling.government_figures(session, upper)
    assert len(said) == 2


def test_merged_units_bring_what_they_left_open(
    session: Session, district: District, reporter: TestClient, office: TestClient
) -> None:
    ended, heir = district.units["caizheng"], district.units["dashanping"]
    stored(session, ended, 2022, ReportState.ACCEPTED, t3_r1_natural=2, t3_r4_natural=2)
    stored(session, heir, 2022, ReportState.ACCEPTED, t3_r1_natural=1, t3_r4_natural=1)
    merged = {"valid_to": "2023-06-30", "successor_id": str(heir.id)}
    change = office.patch(f"/api/v1/units/{ended.id}", json=merged, headers={"If-Match": f'"{ended.version}"'})
    assert change.status_code == 200, change.text
    report = step(reporter, begun(reporter, 2023, figures={"t3.r2.natural": 3, "t3.r4.natural": 3}), "check")
    assert "A6" not in {each["rule"] for each in report["findings"]}
    (own,) = reporter.get(API, params={"year": 2023}).json()["items"]
    assert reporter.get(f"{API}/{own['id']}").json()["figures"]["t3.r2.total"] == 3
    # 区财政局 no longer stood at the year's end.
    gone = office.post(API, json={"year": 2023, "unit_id": str(ended.id)})
    assert gone.json()["code"] == "unit-outside-roster"
