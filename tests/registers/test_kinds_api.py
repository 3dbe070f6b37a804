"""Every register takes an entry, counts its term, and closes; a new one is a module and nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from taizhang.calendars.clock import Question, reckon
from taizhang.calendars.lights import term_light
from taizhang.calendars.rules import RULES
from taizhang.calendars.shipped import shipped_calendar
from taizhang.registers import kinds
from tests.conftest import TODAY
from tests.district import District
from tests.registers.conftest import API, LI, application

NINETEEN = (
    "规范性文件 政策解读 依申请公开 行政复议 行政诉讼 意见征集与采纳 建议提案办理 公文公开属性 专栏检查 事项目录对照 "
    "政务新媒体账号 舆情回应 群众关切回应 政府公报投放 培训 保密与专项检查 调研 过期信息清理 行政执法决定汇总"
).split()

# What each register asks at least, entered 2023-09-01, and until when it must be done.
LEAST: dict[str, tuple[dict[str, Any], str | None]] = {
    "normative-documents": ({"issuer": "unit"}, "2023-10-07"),
    "interpretations": ({"document_title": "关于…的通知", "forms": ["text", "chart"]}, "2023-09-01"),
    "reviews": ({"organ": "江阳区人民政府"}, None),
    "lawsuits": ({"court": "江阳区人民法院", "way": "direct"}, None),
    "consultations": ({"ends_on": "2023-09-30"}, "2023-10-30"),
    "proposals": ({"source": "deputy", "unit_in_charge": "大山坪街道"}, "2023-10-07"),
    "openness-attributes": ({"openness": "active"}, "2023-10-07"),
    "column-checks": ({"column": "乡村振兴", "checked_by": "许雪梅", "rectify_by": "2023-09-22"}, "2023-09-22"),
    "catalogue-checks": ({"field": "养老服务", "matters": 20, "covered": 20, "deadline": "2023-08-31"}, "2023-08-31"),
    "media-accounts": (
        {"platform": "wechat", "approval_no": "江媒批1号", "last_posted_on": "2023-09-15"},
        "2023-09-29",
    ),
    "public-opinion": (
        {"gravity": "other", "found_at": "2023-09-01T09:00:00+08:00", "source": "网络"},
        "2023-09-03",
    ),
    "public-concerns": ({"channel": "hotline"}, "2023-12-01"),
    "gazettes": ({"gazette": "city", "issue": "2023年第8期", "venues": 12, "placed": 11}, None),
    "trainings": ({"sort": "special", "topic": "依申请公开", "people": 40}, None),
    "secrecy-inspections": ({"sort": "secrecy", "inspector": "区保密局"}, None),
    "research-visits": ({"place": "某社区", "led_by": "张主任"}, None),
    "content-cleanups": ({"scope": "通知公告", "removed": 12}, None),
    "enforcement-decisions": ({"starts_on": "2023-07-01", "licensing": 12, "fees": "3.5"}, None),
}


def entry(data: dict[str, Any]) -> dict[str, Any]:
    return {"title": "一件", "opened_on": "2023-09-01", "data": data}


def test_there_are_nineteen_each_with_its_basis_and_form(reporter: TestClient) -> None:
    registers = reporter.get(API).json()
    assert {register["title"] for register in registers} == set(NINETEEN)
    assert len(registers) == len(NINETEEN)
    for register in registers:
        assert register["basis"]
        assert register["actions"] == ["create"]
        for field in register["fields"]:
            assert not field["label"].isascii(), (register["slug"], field["name"])
    schema = reporter.get(f"{API}/lawsuits").json()["data_schema"]
    assert schema["required"] == ["court", "way"]
    assert reporter.get(f"{API}/no-such").status_code == 404


@pytest.mark.parametrize("slug", LEAST)
def test_each_takes_an_entry_and_counts_its_term(reporter: TestClient, slug: str) -> None:
    data, due = LEAST[slug]
    answer = reporter.post(f"{API}/{slug}/entries", json=entry(data))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["due_on"] == due
    clock = reporter.get(f"{API}/{slug}/entries/{made['id']}/clock").json()
    listed = reporter.get(f"{API}/{slug}/entries").json()["items"][0]
    assert clock["due_on"] == listed["due_on"] == due
    assert clock["light_words"] == listed["light_words"] == made["light_words"]
    assert made["state"] == ("open" if made["next_events"] else "closed")


def test_only_what_a_register_asks_is_taken(reporter: TestClient) -> None:
    place = f"{API}/trainings/entries"
    faults = [
        ({"sort": "special", "topic": "题", "people": -1}, "#/data/people"),
        ({"sort": "special", "topic": "题", "people": 3, "unknown": 1}, "#/data/unknown"),
        ({"sort": "banquet", "topic": "题", "people": 3}, "#/data/sort"),
        ({"sort": "special", "people": 3}, "#/data/topic"),
        ({"sort": "special", "topic": "题", "people": 3, "openness": "closed"}, "#/data/closed_reason"),
    ]
    for data, pointer in faults:
        answer = reporter.post(place, json=entry(data))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
    future = reporter.post(place, json=entry(LEAST["trainings"][0]) | {"opened_on": "2023-09-21"})
    assert future.json()["errors"][0]["pointer"] == "#/opened_on"
    party = reporter.post(place, json=entry(LEAST["trainings"][0]) | {"party": LI})
    assert party.json()["errors"][0]["code"] == "party-unfit"
    assert reporter.get(place).json()["total"] == 0


def test_a_short_consultation_must_be_explained(reporter: TestClient) -> None:
    answer = reporter.post(f"{API}/consultations/entries", json=entry({"ends_on": "2023-09-15"}))
    assert answer.json()["errors"][0]["code"] == "period-short"
    assert "国务院令第713号" in answer.json()["detail"]


def test_published_late_it_is_closed_but_never_green(reporter: TestClient) -> None:
    body = entry({"issuer": "unit"}) | {"opened_on": "2023-07-07"}
    made = reporter.post(f"{API}/normative-documents/entries", json=body).json()
    assert (made["light"], made["light_words"]) == ("red", "已逾期33个工作日")
    event = {"kind": "published", "on": "2023-08-07", "data": {"url": "https://www.jiangyang.gov.cn/a"}}
    done = reporter.post(f"{API}/normative-documents/entries/{made['id']}/events", json=event).json()
    assert (done["light"], done["light_words"]) == ("yellow", "逾期1个工作日办结")


def test_a_document_older_than_the_calendar_joins_the_stock(reporter: TestClient) -> None:
    body = entry({"issuer": "government"}) | {"opened_on": "2008-05-01"}
    made = reporter.post(f"{API}/normative-documents/entries", json=body).json()
    assert (made["due_on"], made["light_words"]) == (None, "没有固定期限")
    event = {"kind": "published", "on": "2008-06-30", "data": {}}
    done = reporter.post(f"{API}/normative-documents/entries/{made['id']}/events", json=event).json()
    assert (done["state"], done["light_words"]) == ("closed", "已办结")


def test_an_entry_is_changed_by_whoever_holds_its_version(reporter: TestClient) -> None:
    place = f"{API}/trainings/entries"
    made = reporter.post(place, json=entry(LEAST["trainings"][0])).json()
    change = {"data": {"people": 45, "lecturer": "王律师"}}
    assert reporter.patch(f"{place}/{made['id']}", json=change).status_code == 428
    changed = reporter.patch(f"{place}/{made['id']}", json=change, headers={"If-Match": '"1"'})
    assert (changed.json()["data"]["people"], changed.json()["data"]["topic"]) == (45, "依申请公开")
    assert changed.headers["ETag"] == '"2"'
    assert reporter.patch(f"{place}/{made['id']}", json=change, headers={"If-Match": '"1"'}).status_code == 412


def test_a_voided_entry_counts_nowhere_and_stays(reporter: TestClient) -> None:
    place = f"{API}/trainings/entries"
    made = reporter.post(place, json=entry(LEAST["trainings"][0])).json()
    voided = reporter.post(f"{place}/{made['id']}/void", json={"reason": "重复登记"}).json()
    assert (voided["state_words"], voided["void_reason"], voided["actions"]) == ("已作废", "重复登记", [])
    assert reporter.get(place).json()["total"] == 0
    assert reporter.get(f"{place}?state=voided").json()["total"] == 1
    counts = next(each["counts"] for each in reporter.get(API).json() if each["slug"] == "trainings")
    assert counts["total"] == 0


def test_the_office_keeps_for_a_unit_and_sees_the_district(
    office: TestClient, neighbour: TestClient, reporter: TestClient, district: District
) -> None:
    body = application(unit_id=str(district.units["dashanping"].id))
    made = office.post(f"{API}/applications/entries", json=body).json()
    assert made["unit"]["short_name"] == "大山坪街道"
    assert reporter.get(f"{API}/applications/entries").json()["total"] == 1
    assert neighbour.get(f"{API}/applications/entries").json()["total"] == 0
    assert neighbour.post(f"{API}/applications/entries", json=body).json()["errors"][0]["pointer"] == "#/unit_id"
    unit = district.units["caizheng"].id
    assert office.get(f"{API}/applications/entries?unit={unit}").json()["total"] == 0
    assert office.get(f"{API}/applications/entries?q=救助&light=yellow&due_to=2023-09-30").json()["total"] == 1


@pytest.mark.parametrize("days_ago", [0, 7, 20, 22, 26, 27, 28, 29, 60, 300])
def test_the_list_says_of_a_term_what_the_calendar_says(reporter: TestClient, days_ago: int) -> None:
    opened = TODAY - timedelta(days=days_ago)
    body = entry({"issuer": "unit"}) | {"opened_on": opened.isoformat()}
    reporter.post(f"{API}/normative-documents/entries", json=body)
    row = reporter.get(f"{API}/normative-documents/entries").json()["items"][0]
    rule, calendar = RULES["K1"], shipped_calendar()
    assert rule.term is not None
    light = term_light(reckon(Question(opened, rule.term, rule), calendar), TODAY, calendar, near_workdays=5)
    assert (row["light"], row["light_words"], row["remaining"]) == (light.colour, light.words, light.remaining)


NEW = """
from taizhang.registers.fields import asked, Line
from taizhang.registers.kind import Entry, Group, RegisterKind


class OpenDay(Entry):
    theme: Line = asked("主题")


KIND = RegisterKind("open-days", "政府开放日", Group.SUPPORT, 99, "本区制度", "开放日活动。", OpenDay, "举办日期")
"""


def test_a_new_register_is_one_new_module_and_nothing_else(
    reporter: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open_days.py").write_text(NEW, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    monkeypatch.setitem(kinds.REGISTERS, "open-days", kinds.discover()["open-days"])
    fields = reporter.get(f"{API}/open-days").json()["fields"]
    assert (fields[0]["label"], fields[0]["input"], fields[0]["required"]) == ("主题", "line", True)
    made = reporter.post(f"{API}/open-days/entries", json=entry({"theme": "走进政务服务中心"}))
    assert made.status_code == 201
    assert reporter.get(f"{API}/open-days/entries").json()["total"] == 1
