"""A request that fails half-way leaves nothing behind (要么全成，要么全无), and sent again it is carried out.

A trigger on every table counts the statements of a request and makes the second fail, as a full disk would.
"""

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, text

from taizhang.core.database import SYSTEM
from taizhang.tables import METADATA
from tests.annual_reports.filed import NOTHING, OTHER
from tests.attachments.files import PNG
from tests.district import PASSWORD, District, SignIn
from tests.isolation.conftest import API, APPLICATION, Estate
from tests.isolation.test_matrix import walked

COUNT = """
CREATE FUNCTION count_writes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE written int := coalesce(nullif(current_setting('test.written', true), ''), '0')::int + 1;
BEGIN
    PERFORM set_config('test.written', written::text, false);
    IF written = nullif(current_setting('test.fails_at', true), '')::int THEN
        RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full';
    END IF;
    RETURN NULL;
END $$
"""
ENTRY = "/registers/applications/entries"
IMPORT = "/registers/applications/imports/{register_import_id}"
OVERRULED = "/duty-judgements/{judgement_id}/overrule"
POINTS = {"points": [{"target": "whole", "reason": "other", "text": "请补充"}]}


class Step(NamedTuple):
    """A request that succeeds when it comes after those before it; ``{names}`` stand for ids of the estate."""

    who: str
    method: str
    path: str
    body: dict[str, Any] | None = None
    file: tuple[str, bytes] | None = None
    keeps: str = ""
    """The name its answer's id goes by from here on."""
    version: int = 0
    """What If-Match says where no GET tells it."""


REVIEWED = {"kind": "legal_reviewed", "on": "2023-09-05", "data": {"reviewer": "王律师", "opinion": "同意"}}
UNIT = {"code": "T-1", "name": "江阳区测试局", "short_name": "区测试局", "kind": "department"}
PERSON = {"username": "newcomer", "name": "新同志", "role": "reporter", "unit_id": "{unit_id}"}
VIEW = {"page": "/board", "query": "light=red", "name": "红灯"}
REPORT = {"year": 2021, "figures": NOTHING, "sections": {"other": OTHER}}
OFF = {"title": "2027年安排", "days": [{"on": "2027-10-01", "kind": "off", "name": "国庆节"}]}
STEPS = (
    Step("dashanping", "POST", "/attachments", file=("另一张.png", PNG + b"\n")),
    Step("dashanping", "POST", "/evidence", {"title": "目录截图", "document_no": "江阳府办〔2023〕1号"}),
    Step("dashanping", "PATCH", "/evidence/{evidence_id}", {"title": "公开截图（更正）"}),
    Step("dashanping-signer", "POST", "/progress-submissions/{submission_id}/sign"),
    Step("office", "POST", "/progress-submissions/{submission_id}/return", POINTS),
    Step("dashanping", "PATCH", "/progress-submissions/{submission_id}", {"measures": "另附目录。"}),
    Step("office", "POST", "/units", UNIT, keeps="new_unit"),
    Step("office", "PATCH", "/units/{new_unit}", {"short_name": "测试局"}),
    Step("admin", "POST", "/users", PERSON, keeps="new_user"),
    Step("admin", "PATCH", "/users/{new_user}", {"name": "老同志"}),
    Step("admin", "POST", "/users/{new_user}/reset-password"),
    Step("office", "PUT", "/calendars/2027", OFF),
    Step("office", "DELETE", "/calendars/2027"),
    Step("office", "PATCH", "/assignments/{assignment_id}", {"contact": "张同志"}),
    Step("office", "PATCH", "/plan-imports/{import_id}", {"title": "另一题名"}),
    Step("office", "POST", "/plans", {"year": 2024, "title": "2024年分解表"}, keeps="new_plan"),
    Step("office", "PATCH", "/plans/{new_plan}", {"title": "2024年任务分解表"}),
    Step("office", "POST", "/plans/{plan_id}/copy", {"year": 2025}, keeps="draft"),
    Step("office", "PATCH", "/tasks/{draft_task}", {"title": "推进公开（更正）"}),
    Step("office", "POST", "/tasks/{draft_task}/assignments", {"unit_id": "{new_unit}"}, keeps="new_assignment"),
    Step("office", "DELETE", "/assignments/{new_assignment}"),
    Step("dashanping", "POST", ENTRY, APPLICATION, keeps="case"),
    Step("dashanping", "PATCH", ENTRY + "/{case}", {"title": "更正后的题名"}),
    Step("dashanping", "POST", ENTRY + "/{case}/split", {"titles": ["另一件"]}),
    Step("dashanping", "POST", ENTRY + "/{case}/events", REVIEWED),
    Step("dashanping", "POST", ENTRY + "/{case}/void", {"reason": "登错"}),
    Step("dashanping", "POST", IMPORT + "/commit"),
    Step("dashanping", "POST", IMPORT + "/undo"),
    Step("dashanping", "POST", IMPORT + "/discard", version=3),
    Step("dashanping", "PATCH", "/annual-reports/{report_id}", {"sections": {"other": OTHER}}),
    Step("dashanping", "POST", "/annual-reports/{report_id}/zero-declarations/{note_id}/withdraw"),
    Step("dashanping", "POST", "/annual-reports/{report_id}/zero-declarations", {"group": "t4"}),
    Step("dashanping", "POST", "/annual-reports/{report_id}/compile"),
    Step("dashanping", "POST", "/annual-reports", REPORT, keeps="report"),
    Step("dashanping", "POST", "/annual-reports/{report}/submit"),
    Step("dashanping-signer", "POST", "/annual-reports/{report}/sign"),
    Step("office", "POST", "/annual-reports/{report}/accept"),
    Step("office", "POST", "/annual-reports/{report}/publish", {"published_on": "2022-02-01"}),
    Step("office", "POST", "/annual-reports/{report}/unpublish", {"reason": "表三有误"}),
    Step("office", "POST", "/annual-reports/{report}/reopen", {"reason": "请更正表三"}),
    Step("office", "PUT", OVERRULED, {"verdict": "not_met", "reason": "不实"}, version=1),
    Step("office", "DELETE", OVERRULED, version=2),
    Step("dashanping", "POST", "/saved-views", VIEW, keeps="view"),
    Step("dashanping", "DELETE", "/saved-views/{view}"),
    Step("office", "POST", "/plans/{plan_id}/releases/{release_id}/withdraw", {"reason": "有误"}),
    Step("dashanping-signer", "POST", "/notifications/{notification_id}/read"),
    Step("office", "POST", "/plans/{plan_id}/close"),
    Step(
        "dashanping",
        "POST",
        "/auth/password",
        {"current_password": PASSWORD, "new_password": "Lantern-sixty-meadow4"},
    ),
)

# Not walked here: what writes nothing; what is one more of the same shape; what needs a workbook of its own.
LEFT_OUT = {
    ("POST", "/api-clients"),
    ("PATCH", "/api-clients/{client_id}"),
    ("POST", "/api-clients/{client_id}/rotate"),
    ("POST", "/api-clients/{client_id}/disable"),
    ("POST", "/users/{user_id}/end-sessions"),
    ("POST", "/users/{user_id}/reset-totp"),
    ("POST", "/annual-reports/check"),
    ("POST", "/annual-reports/read"),
    ("POST", "/annual-reports/{report_id}/adjustments"),
    ("POST", "/annual-reports/{report_id}/adjustments/{note_id}/withdraw"),
    ("POST", "/annual-reports/{report_id}/check"),
    ("POST", "/annual-reports/{report_id}/return"),
    ("POST", "/annual-reports/{report_id}/waivers"),
    ("POST", "/annual-reports/{report_id}/waivers/{note_id}/withdraw"),
    ("POST", "/annual-reports/{report_id}/withdraw"),
    ("POST", "/calendars/read"),
    ("POST", "/assignments/{assignment_id}/late-permits"),
    ("POST", "/ledger-imports/{ledger_import_id}/apply"),
    ("POST", "/plan-imports"),
    ("POST", "/plan-imports/{import_id}/commit"),
    ("POST", "/plan-imports/{import_id}/fixes"),
    ("POST", "/plan-imports/{import_id}/fixes/undo"),
    ("POST", "/plan-imports/{import_id}/undo"),
    ("POST", "/plans/{plan_id}/issue"),
    ("POST", "/plans/{plan_id}/ledger-imports"),
    ("POST", "/plans/{plan_id}/releases"),
    ("POST", "/plans/{plan_id}/upstream"),
    ("POST", "/progress-submissions"),
    ("POST", "/progress-submissions:batch"),
    ("POST", "/progress-submissions/{submission_id}/accept"),
    ("POST", "/progress-submissions/{submission_id}/reopen"),
    ("POST", "/progress-submissions/{submission_id}/submit"),
    ("POST", "/progress-submissions/{submission_id}/withdraw"),
    ("POST", "/registers/{slug}/entries/{entry_id}/events/{event_id}/void"),
    ("POST", "/registers/{slug}/entries/{entry_id}/reopen"),
    ("POST", "/registers/{slug}/imports/{register_import_id}/fixes"),
    ("POST", "/registers/{slug}/imports/{register_import_id}/fixes/undo"),
}


@pytest.fixture
def counted(connection: Connection, estate: Estate) -> Iterator[Connection]:
    """The test's connection, its tables counting what is written."""
    connection.exec_driver_sql("SET LOCAL ROLE taizhang_owner")
    connection.exec_driver_sql(COUNT)
    for table in METADATA.tables:
        connection.exec_driver_sql(
            f"CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_writes()"
        )
    connection.exec_driver_sql(SYSTEM.call)
    yield connection
    for name in ("written", "fails_at"):
        connection.exec_driver_sql(f"SELECT set_config('test.{name}', '', false)")


def written(connection: Connection) -> str:
    """A fingerprint of every row there is."""
    parts = " UNION ALL ".join(
        f"SELECT '{name}' AS name, md5(string_agg(t::text, '' ORDER BY t::text)) AS rows FROM {name} AS t"
        for name in sorted(METADATA.tables)
    )
    found: str = connection.execute(
        text(f"SELECT md5(string_agg(name || rows, '' ORDER BY name)) FROM ({parts})")
    ).scalar_one()
    return found


def fail_at(connection: Connection, statement: int | str) -> None:
    connection.exec_driver_sql(
        f"SELECT set_config('test.written', '0', false), set_config('test.fails_at', '{statement}', false)"
    )


def filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: filled(each, ids) for name, each in value.items()}
    return value.format(**ids) if isinstance(value, str) and value.startswith("{") else value


def named(made: dict[str, Any], name: str) -> str:
    """The id of what was made, wherever this answer puts it."""
    if name == "new_assignment":
        return next(str(part["id"]) for part in made["assignments"] if part["short_name"] == "测试局")
    found: str = made.get("id") or made["user"]["id"]
    return found


def test_what_fails_half_way_leaves_nothing_and_succeeds_when_sent_again(
    client_as: SignIn, district: District, estate: Estate, counted: Connection
) -> None:
    ids, number, failed = dict(estate.ids), itertools.count(), 0
    for step in STEPS:
        client, path = client_as(step.who), API + step.path.format(**ids)
        headers = {"Idempotency-Key": f"whole-or-nothing-{next(number):04d}"}
        if step.method != "POST" and "etag" in (current := client.get(path)).headers:
            headers["If-Match"] = current.headers["etag"]
        if step.version:
            headers["If-Match"] = f'"{step.version}"'
        sent: dict[str, Any] = {"headers": headers}
        sent |= {"files": {"file": step.file}} if step.file else {"json": filled(step.body, ids)}
        before = written(counted)
        fail_at(counted, 2)
        answer = client.request(step.method, path, **sent)
        if answer.status_code >= 400:
            failed += 1
            assert (answer.status_code, answer.json()["code"]) in ((503, "unavailable"), (507, "storage-full")), (
                step,
                answer.text,
            )
            assert "Retry-After" in answer.headers
            assert written(counted) == before, step
            fail_at(counted, "")
            answer = client.request(step.method, path, **sent)
        assert answer.status_code < 300, (step, answer.text)
        if step.keeps:
            made = answer.json()
            ids[step.keeps] = named(made, step.keeps)
        if step.keeps == "draft":
            tasks = client.get(f"{API}/tasks", params={"plan": ids["draft"]}).json()["items"]
            ids["draft_task"] = tasks[0]["id"]
    assert failed >= len(STEPS) - 3


def test_every_writing_route_is_walked_or_named(app: FastAPI) -> None:
    taken = {
        (step.method, step.path.count("/"), step.path.split("/")[1], step.path.rsplit("/", 1)[-1]) for step in STEPS
    }
    missing = []
    for with_ids in (True, False):
        for method, path, _ in walked(app, with_ids=with_ids):
            place = path.removeprefix(API)
            last = place.rsplit("/", 1)[-1]
            known = any(
                (method, place.count("/"), place.split("/")[1]) == each[:3]
                and (last.startswith("{") or last == each[3])
                for each in taken
            )
            if method != "GET" and not known and (method, place) not in LEFT_OUT and not place.startswith("/auth"):
                missing.append((method, place))
    assert missing == []
