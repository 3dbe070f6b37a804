"""From the city through the county to the town: each level's tasks say which task above they come from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from taizhang.access.permissions import Role
from taizhang.accounts.models import AppUser
from taizhang.plans.models import Assignment, AssignmentRole, Plan, PlanStatus, Task
from taizhang.plans.similarity import profile, rarity, similarity
from taizhang.units import service as units
from taizhang.units.models import Unit, UnitKind
from tests.district import District, SignIn
from tests.progress.ledger import issue

API = "/api/v1"
NOW = datetime(2023, 7, 1, tzinfo=UTC)
Json = dict[str, Any]

CITY_TASKS = [
    ("扎实推进民生保障信息公开", "围绕提升民生保障水平，加强重点群体就业政策公开，做好社会救助、养老服务信息发布。"),
    ("大力提升政策解读实效", "解读材料与政策性文件同步审签、同步发布，多元化解读比例不得低于50%。"),
    ("全力抓好依申请公开工作", "最大限度满足申请人对政府信息的合理需求，提高办理答复质量。"),
]
COUNTY_TASKS = [
    ("提升政策解读实效", "解读材料与政策性文件同步审签、同步发布，全县多元化解读比例不得低于60%。"),
    ("推进民生保障信息公开", "围绕提升民生保障水平，加强就业政策公开，做好社会救助、养老服务信息发布和推送。"),
    ("开展调查研究", "深入基层开展调研，听取意见建议。"),
]
TOWN_TASKS = [("做好政策解读", "解读材料与政策性文件同步审签、同步发布，全镇多元化解读比例不得低于60%。")]


@dataclass
class Level:
    """One level of the chain: its government, its plan, and whoever signs in there."""

    unit: Unit
    plan: Plan
    tasks: list[Task]
    office: TestClient


@dataclass
class Chain:
    city: Level
    county: Level
    town: Level
    reporter: TestClient
    others: dict[str, Level] = field(default_factory=dict)


@pytest.fixture
def sign_in(app: FastAPI, session: Session) -> Callable[[str, Role, Unit], TestClient]:
    """Make a person of a unit and sign in as them."""

    def enter(username: str, role: Role, unit: Unit) -> TestClient:
        user = AppUser(
            username=username,
            name=username,
            role=role,
            unit_id=unit.id,
            password_hash="x",
            password_changed_at=NOW,
            created_at=NOW,
        )
        session.add(user)
        session.commit()
        token = app.state.signer.issue(
            user_id=user.id, session_id=user.id, generation=user.token_gen, now=datetime.now(UTC)
        )
        client = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    return enter


RESPONSIBLE = AssignmentRole.RESPONSIBLE


@pytest.fixture
def chain(session: Session, district: District, sign_in: Callable[[str, Role, Unit], TestClient]) -> Chain:
    """泸州市 → 合江县 → 白米镇, each with an issued plan; a sibling county; a bureau of the county with a reporter."""

    def government(parent: Unit | None, code: str, name: str) -> Unit:
        return units.add(
            session,
            parent,
            code=code,
            name=f"{name}人民政府",
            short_name=name,
            kind=UnitKind.GOVERNMENT,
            holds_tasks=False,
        )

    def level(unit: Unit, words: list[tuple[str, str]], login: str) -> Level:
        office = units.add(
            session,
            unit,
            code=f"{unit.code}-office",
            name=f"{unit.name}办公室",
            short_name="政府办",
            kind=UnitKind.OFFICE,
        )
        plan = Plan(
            unit_id=unit.id,
            year=2023,
            title=f"{unit.short_name}2023年政务公开任务分解表",
            document_no=f"{unit.short_name}办函〔2023〕1号",
            status=PlanStatus.ISSUED,
            created_by=district.people["office"].id,
            created_at=NOW,
        )
        session.add(plan)
        session.flush()
        tasks = [
            Task(plan_id=plan.id, position=n, category="公开", title=title, content=content, assignees_text="各单位")
            for n, (title, content) in enumerate(words, 1)
        ]
        session.add_all(tasks)
        session.flush()
        return Level(unit, plan, tasks, sign_in(login, Role.OFFICE, office))

    city = level(government(None, "510500", "泸州市"), CITY_TASKS, "city")
    county = level(government(city.unit, "510522", "合江县"), COUNTY_TASKS, "county")
    town = level(government(county.unit, "510522100", "白米镇"), TOWN_TASKS, "town")
    sibling = level(government(city.unit, "510521", "泸县"), COUNTY_TASKS, "sibling")
    bureau = units.add(
        session, county.unit, code="510522-9", name="合江县财政局", short_name="县财政局", kind=UnitKind.DEPARTMENT
    )
    task = county.tasks[0]
    session.add(
        Assignment(plan_id=task.plan_id, task_id=task.id, unit_id=bureau.id, role=RESPONSIBLE, phrase="县财政局")
    )
    session.commit()
    return Chain(city, county, town, sign_in("bureau", Role.REPORTER, bureau), {"sibling": sibling})


def link(office: TestClient, task: Task, upstream: Json | None, version: int = 1) -> Any:
    return office.patch(f"{API}/tasks/{task.id}", json={"upstream": upstream}, headers={"If-Match": f'"{version}"'})


words = st.tuples(st.text(max_size=30), st.text(max_size=120))


@given(a=words, b=words, others=st.lists(words, max_size=4))
def test_likeness_is_symmetric_bounded_and_whole_for_the_same(
    a: tuple[str, str], b: tuple[str, str], others: list[tuple[str, str]]
) -> None:
    one, other = profile(*a), profile(*b)
    weights = rarity([one, other, *(profile(*each) for each in others)])
    for known in ({}, weights):
        score = similarity(one, other, known)
        assert 0 <= score <= 1
        assert score == similarity(other, one, known)
        assert similarity(one, one, known) == similarity(one, profile(*a), known) == 1


@given(title=st.text("政务公开解读", min_size=2, max_size=12), content=st.text("政务公开解读", min_size=2, max_size=40))
def test_blanks_punctuation_and_width_make_no_difference(title: str, content: str) -> None:
    padded = profile(f"　{'　'.join(title)}：", f"（{content}）。")
    assert similarity(padded, profile(title, content)) == 1


def test_the_office_confirms_a_whole_plan_in_one_go(chain: Chain, session: Session) -> None:
    page = chain.county.office.get(f"{API}/plans/{chain.county.plan.id}/upstream-suggestions").json()
    assert page["total"] == 3
    suggested = {item["position"]: item["suggested"] for item in page["items"]}
    assert suggested == {1: str(chain.city.tasks[1].id), 2: str(chain.city.tasks[0].id), 3: None}
    assert all(item["candidates"][0]["score"] >= item["candidates"][1]["score"] for item in page["items"])
    links = [
        {"task_id": item["task_id"], "version": item["version"], "upstream": {"task_id": item["suggested"]}}
        for item in page["items"]
        if item["suggested"]
    ]
    answer = chain.county.office.post(f"{API}/plans/{chain.county.plan.id}/upstream", json={"links": links})
    assert answer.json() == {"changed": 2}, answer.text
    task = chain.county.office.get(f"{API}/tasks/{chain.county.tasks[0].id}").json()
    assert task["upstream"]["title"] == CITY_TASKS[1][0]
    assert task["upstream"]["text"] == CITY_TASKS[1][1]
    assert task["upstream"]["plan_title"] == chain.city.plan.title
    assert (task["upstream"]["openable"], task["version"]) == (False, 2)
    listed = chain.county.office.get(f"{API}/tasks", params={"plan": str(chain.county.plan.id)}).json()["items"]
    assert [bool(item["upstream"]) for item in listed] == [True, True, False]
    events = session.connection().execute(text("SELECT count(*) FROM audit_event WHERE action = 'task.link'"))
    assert events.scalar_one() == 2


def test_three_levels_hang_together(chain: Chain) -> None:
    assert link(chain.county.office, chain.county.tasks[0], {"task_id": str(chain.city.tasks[1].id)}).status_code == 200
    candidates = chain.town.office.get(f"{API}/tasks/{chain.town.tasks[0].id}/upstream-candidates").json()
    assert candidates[0]["task_id"] == str(chain.county.tasks[0].id)
    assert {item["unit"]["name"] for item in candidates} == {"合江县人民政府", "泸州市人民政府"}
    assert link(chain.town.office, chain.town.tasks[0], {"task_id": candidates[0]["task_id"]}).status_code == 200
    path = f"{API}/tasks/{chain.county.tasks[0].id}"
    for office in (chain.county.office, chain.city.office):
        assert office.get(path).json()["downstream_count"] == 1
        (below,) = office.get(f"{path}/downstream").json()["items"]
        assert (below["id"], below["unit"]["name"]) == (str(chain.town.tasks[0].id), "白米镇人民政府")
    assert chain.city.office.get(path).json()["upstream"]["openable"] is True
    top = f"{API}/tasks/{chain.city.tasks[1].id}"
    assert chain.city.office.get(top).json()["downstream_count"] == 1
    assert chain.town.office.get(f"{API}/tasks/{chain.town.tasks[0].id}").json()["upstream"]["openable"] is False


def test_what_is_issued_above_is_read_as_words_and_nothing_more(chain: Chain) -> None:
    office = chain.county.office
    candidates = office.get(f"{API}/tasks/{chain.county.tasks[0].id}/upstream-candidates").json()
    told = {"task_id", "plan_title", "document_no", "year", "unit", "position", "category", "title", "text", "score"}
    assert {frozenset(item) for item in candidates} == {frozenset(told)}
    assert {item["unit"]["id"] for item in candidates} == {str(chain.city.unit.id)}
    for path in (
        f"plans/{chain.city.plan.id}",
        f"plans/{chain.city.plan.id}/upstream-suggestions",
        f"plans/{chain.city.plan.id}/ledger.xlsx",
        f"tasks/{chain.city.tasks[0].id}",
        f"tasks/{chain.city.tasks[0].id}/downstream",
        f"tasks/{chain.city.tasks[0].id}/upstream-candidates",
    ):
        assert office.get(f"{API}/{path}").status_code == 404, path
    assert str(chain.city.plan.id) not in office.get(f"{API}/plans").text
    assert str(chain.city.tasks[0].id) not in office.get(f"{API}/tasks?size=100").text


def test_drafts_siblings_the_level_below_and_far_years_are_not_above(chain: Chain, session: Session) -> None:
    office, task = chain.county.office, chain.county.tasks[0]
    strangers = [chain.others["sibling"].tasks[0], chain.town.tasks[0], chain.county.tasks[1], task]
    for stranger in strangers:
        refused = link(office, task, {"task_id": str(stranger.id)})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "upstream-unknown")
        assert refused.json()["errors"][0]["pointer"] == "#/upstream/task_id"
    path = f"{API}/tasks/{task.id}/upstream-candidates"
    plan = session.get_one(Plan, chain.city.plan.id)
    for year, status, seen in [(2024, "issued", 3), (2022, "closed", 3), (2021, "issued", 0), (2023, "draft", 0)]:
        plan.year, plan.status = year, PlanStatus(status)
        session.commit()
        assert len(office.get(path).json()) == seen, (year, status)
    assert link(office, task, {"task_id": str(chain.city.tasks[0].id)}).status_code == 422


def test_a_document_that_is_not_here_is_named_and_quoted(chain: Chain) -> None:
    office, task = chain.county.office, chain.county.tasks[2]
    written = {"document_no": "川办函〔2023〕9号", "title": "深入开展调查研究", "text": "深入基层开展调研。"}
    found = link(office, task, written).json()["upstream"]
    assert (found["task_id"], found["plan_title"]) == (None, None)
    assert {name: found[name] for name in written} == written
    cleared = link(office, task, None, version=2).json()
    assert (cleared["upstream"], cleared["version"]) == (None, 3)
    for upstream, code in [
        ({"title": "只有名字"}, "upstream-source-missing"),
        ({"document_no": "川办函〔2023〕9号"}, "upstream-title-missing"),
        ({}, "upstream-title-missing"),
        ({**written, "task_id": str(chain.city.tasks[0].id)}, "upstream-twice"),
    ]:
        assert link(office, task, upstream, version=3).json()["errors"][0]["code"] == code


def test_what_somebody_changed_in_between_is_not_linked_over(chain: Chain) -> None:
    office, plan = chain.county.office, f"{API}/plans/{chain.county.plan.id}/upstream"
    chosen = {"task_id": str(chain.city.tasks[0].id)}
    assert link(office, chain.county.tasks[0], chosen).status_code == 200
    assert link(office, chain.county.tasks[0], None).status_code == 412
    links = [{"task_id": str(task.id), "version": 1, "upstream": chosen} for task in chain.county.tasks[:2]]
    refused = office.post(plan, json={"links": links})
    assert (refused.status_code, refused.json()["code"]) == (409, "upstream-stale")
    assert refused.json()["errors"][0]["pointer"] == "#/links/0/version"
    assert office.get(f"{API}/tasks/{chain.county.tasks[1].id}").json()["upstream"] is None
    twice = office.post(plan, json={"links": [links[1], links[1]]})
    assert twice.json()["errors"][0]["pointer"] == "#/links/1/task_id"
    foreign = {**links[1], "task_id": str(chain.town.tasks[0].id)}
    assert office.post(plan, json={"links": [foreign]}).json()["errors"][0]["code"] == "task-unknown"


def test_a_unit_reads_where_its_task_comes_from_and_does_not_decide_it(chain: Chain) -> None:
    task = chain.county.tasks[0]
    link(chain.county.office, task, {"task_id": str(chain.city.tasks[1].id)})
    seen = chain.reporter.get(f"{API}/tasks/{task.id}").json()
    assert (seen["upstream"]["text"], seen["upstream"]["openable"]) == (CITY_TASKS[1][1], False)
    assert seen["actions"] == []
    assert link(chain.reporter, task, None, version=2).status_code == 403
    assert chain.reporter.get(f"{API}/tasks/{task.id}/upstream-candidates").status_code == 403
    assert chain.others["sibling"].office.get(f"{API}/tasks/{task.id}/downstream").status_code == 404


def test_the_origin_is_open_until_the_plan_is_closed(chain: Chain, session: Session) -> None:
    path = f"{API}/tasks/{chain.county.tasks[0].id}"
    assert chain.county.office.get(path).json()["actions"] == ["link"]
    session.get_one(Plan, chain.county.plan.id).status = PlanStatus.CLOSED
    session.commit()
    assert chain.county.office.get(path).json()["actions"] == []
    refused = link(chain.county.office, chain.county.tasks[0], {"task_id": str(chain.city.tasks[0].id)})
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-closed")


def test_a_plan_taken_over_remembers_the_year_before_and_not_its_origin(
    office: TestClient, session: Session, district: District, client_as: SignIn
) -> None:
    ledger = issue(session, district)
    session.commit()
    copied = office.post(f"{API}/plans/{ledger.plan.id}/copy", json={"year": 2024}).json()
    rows = session.connection().execute(
        text("SELECT copied_from_id, upstream_task_id FROM task WHERE plan_id = :plan ORDER BY position"),
        {"plan": copied["id"]},
    )
    assert rows.all() == [(ledger.task.id, None), (ledger.other_task.id, None)]
