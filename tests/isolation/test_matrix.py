"""Nobody reads or touches another's: every route × people × own, somebody else's and absent ids (访问矩阵).

Made from the route table, so that a new route is walked from its first day; a new kind of id fails until it is given.
Walked twice: as it is, and with the application's own scope gone, so that only row-level security stands.
"""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.architecture.test_routes import is_open, routes
from tests.district import SignIn
from tests.isolation.conftest import API, SHARED_IN_DISTRICT, VOCABULARY, Estate

# A stream that never ends, and a chain that is whole only of what is committed, which in a test nothing is.
APART = {f"{API}/events", f"{API}/audit-events/chain"}
# A year of the national calendar, a kind of register, an indicator are nobody's: who may use them is a matter of
# permission alone.
NATIONAL = (["year"], ["slug"], ["key"])
STRANGERS = ["naxi", "caizheng", "caizheng-signer"]
UNKNOWN = "01890000-0000-7000-8000-000000000000"

# What a list must be asked with.
NEEDED: dict[str, dict[str, str | int]] = {
    "/annual-reports/aggregate": {"year": 2023},
    "/api-clients/scopes": {"unit_id": UNKNOWN},
    "/annual-reports/missing": {"year": 2022},
    "/saved-views": {"page": "/ledger"},
    "/search": {"q": "社会救助"},
    "/deadlines": {"start": "2023-09-25", "days": 20},
}

ENTRY = "/registers/{slug}/entries/{entry_id}"
IMPORT = "/registers/{slug}/imports/{register_import_id}"

# Bodies good enough to get past the shape, so that it is the id that is refused.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/assignments/{assignment_id}/late-permits"): {
        "period_id": UNKNOWN,
        "reason": "补报",
        "until": "2023-10-01",
    },
    ("POST", "/annual-reports/{report_id}/adjustments"): {"cell": "t3.r2.natural", "delta": 1, "reason": "漏计"},
    ("POST", "/annual-reports/{report_id}/reopen"): {"reason": "数字有误"},
    ("POST", "/annual-reports/{report_id}/return"): {"points": [{"reason": "other", "text": "请补充"}]},
    ("POST", "/annual-reports/{report_id}/unpublish"): {"reason": "数字有误"},
    ("POST", "/annual-reports/{report_id}/waivers"): {"rule": "A5", "cells": [], "reason": "上年误刊"},
    ("POST", "/annual-reports/{report_id}/zero-declarations"): {"group": "t4"},
    ("PUT", "/duty-judgements/{judgement_id}/overrule"): {"verdict": "not_met", "reason": "不实"},
    ("POST", "/plan-imports/{import_id}/fixes"): {"fixes": [{"kind": "acknowledge", "code": "no-duty"}]},
    ("POST", "/plan-imports/{import_id}/fixes/undo"): {"number": 1},
    ("POST", "/plans/{plan_id}/copy"): {"year": 2024},
    ("POST", "/plans/{plan_id}/releases"): {"period_id": UNKNOWN, "statement": "进展"},
    ("POST", "/plans/{plan_id}/releases/{release_id}/withdraw"): {"reason": "有误"},
    ("POST", "/plans/{plan_id}/upstream"): {"links": [{"task_id": UNKNOWN, "version": 1, "upstream": None}]},
    ("POST", "/progress-submissions/{submission_id}/reopen"): {"reason": "数字有误"},
    ("POST", "/progress-submissions/{submission_id}/return"): {"points": [{"reason": "other", "text": "请补充"}]},
    ("PATCH", IMPORT): {"rows": [{"position": 1, "cells": {}}]},
    ("POST", f"{IMPORT}/fixes"): {"fixes": [{"kind": "acknowledge", "code": "remark"}]},
    ("POST", f"{IMPORT}/fixes/undo"): {"number": 1},
    ("POST", f"{ENTRY}/events"): {"kind": "correction_asked", "on": "2023-09-06"},
    ("POST", f"{ENTRY}/events/{{event_id}}/void"): {"reason": "登错"},
    ("POST", f"{ENTRY}/reopen"): {"reason": "送达地址有误"},
    ("POST", f"{ENTRY}/split"): {"titles": ["另一件"]},
    ("POST", f"{ENTRY}/void"): {"reason": "登错"},
    ("POST", "/users/{user_id}/end-sessions"): {"reason": "账号疑似被借用"},
    ("POST", "/users/{user_id}/reset-totp"): {"reason": "手机丢失"},
    ("POST", "/tasks/{task_id}/assignments"): {"unit_id": UNKNOWN},
}

UPLOADS = {("POST", "/plans/{plan_id}/ledger-imports")}


def walked(app: FastAPI, *, with_ids: bool) -> list[tuple[str, str, list[str]]]:
    """Method, path and path parameters of the guarded routes."""
    found = []
    for route in routes(app):
        names = re.findall(r"{(\w+)}", route.path)
        if is_open(route.path) or route.path in APART or names in NATIONAL or bool(names) != with_ids:
            continue
        found += [(method, route.path, names) for method in sorted(route.methods or set()) if method != "HEAD"]
    return found


def asked(
    client: TestClient, method: str, path: str, names: list[str], ids: Mapping[str, str]
) -> tuple[Response, dict[str, Any]]:
    """One request with these ids, and what it says but for what names the request itself."""
    place = path.removeprefix(API)
    body = BODIES.get((method, place), {}) if method in ("POST", "PATCH", "PUT") else None
    files = {"file": ("a.xlsx", b"x")} if (method, place) in UPLOADS else None
    headers = {"If-Match": '"1"'}
    answer = client.request(method, path.format(**ids), json=None if files else body, files=files, headers=headers)
    said = answer.json() if answer.headers.get("content-type") == "application/problem+json" else {}
    return answer, {name: value for name, value in said.items() if name not in ("request_id", "instance")}


def test_somebody_elses_id_reads_like_one_that_is_not(
    app: FastAPI, client_as: SignIn, estate: Estate, wall: str
) -> None:
    """Every route, every method, people of another unit and of another district."""
    nobody = {name: value if name in VOCABULARY else UNKNOWN for name, value in estate.ids.items()}
    wrong: list[tuple[object, ...]] = []
    for stranger in STRANGERS:
        client = client_as(stranger)
        for method, path, names in walked(app, with_ids=True):
            assert estate.ids.keys() >= set(names), f"{path}：请在 estate 里给出 {names}"
            answer, said = asked(client, method, path, names, estate.ids)
            leaked = [each for each in estate.private if each in answer.text and each not in answer.url.path]
            shared = stranger != "naxi" and set(names) <= SHARED_IN_DISTRICT and method == "GET"
            if leaked or answer.status_code >= 500:
                wrong.append((stranger, method, path, answer.status_code, leaked))
            elif not (shared and answer.status_code == 200):
                absent, nothing = asked(client, method, path, names, nobody)
                if answer.status_code not in (403, 404) or (answer.status_code, said) != (absent.status_code, nothing):
                    wrong.append((stranger, method, path, answer.status_code, [str(absent.status_code)]))
    assert wrong == []


def test_no_list_shows_a_row_of_somebody_elses(app: FastAPI, client_as: SignIn, estate: Estate, wall: str) -> None:
    wrong = []
    lists = [path for method, path, _ in walked(app, with_ids=False) if method == "GET"]
    for stranger in [*STRANGERS, "admin", "audit"]:
        client = client_as(stranger)
        hidden = estate.private - ({estate.ids["user_id"], estate.ids["client_id"]} if stranger == "admin" else set())
        if stranger == "naxi":
            hidden |= {value for name, value in estate.ids.items() if name not in VOCABULARY}
        for path in [*lists, *(f"{API}/registers/applications/{name}" for name in ("entries", "imports", "frequent"))]:
            if stranger == "audit" and path.endswith("/audit-events"):
                continue  # it names every record anybody touched, which is its purpose
            answer = client.get(path, params={"size": 100, **NEEDED.get(path.removeprefix(API), {})})
            leaked = [each for each in hidden if each in answer.text]
            if leaked or answer.status_code not in (200, 403, 404):
                wrong.append((stranger, path, answer.status_code, leaked, answer.text[:200]))
    assert wrong == []


def test_the_id_of_somebody_elses_in_a_body_is_refused_like_one_that_is_not(
    client_as: SignIn, estate: Estate, wall: str
) -> None:
    client = client_as("caizheng")
    evidence = {"title": "截图", "attachment_id": estate.ids["attachment_id"]}
    report = {"assignment_id": estate.ids["assignment_id"], "progress": "已公开。"}
    for path, body in ((f"{API}/evidence", evidence), (f"{API}/progress-submissions", report)):
        ours = client.post(path, json=body)
        none = client.post(
            path, json={name: UNKNOWN if name.endswith("_id") else value for name, value in body.items()}
        )
        assert ours.status_code in (404, 422), (path, ours.text)
        assert (ours.status_code, ours.json()["detail"]) == (none.status_code, none.json()["detail"])


def test_each_role_reaches_what_is_its_own_and_nothing_breaks(app: FastAPI, client_as: SignIn, estate: Estate) -> None:
    """The same walk by people within the district: refused in words or served, never found broken by the database."""
    found: dict[str, set[int]] = {}
    for person in ("dashanping", "dashanping-signer", "auditor", "admin", "audit", "office"):
        client = client_as(person)
        for method, path, _ in walked(app, with_ids=True) + walked(app, with_ids=False):
            if method == "GET":
                query = NEEDED.get(path.removeprefix(API), {})
                answer = client.get(path.format(**estate.ids), params=query)
                assert answer.status_code in (200, 403, 404), (person, path, answer.text)
                found.setdefault(person, set()).add(answer.status_code)
    assert all(200 in statuses for statuses in found.values())


def test_the_owner_and_the_office_do_see_it(office: TestClient, reporter: TestClient, estate: Estate) -> None:
    """Else the walk above would prove nothing."""
    for client in (reporter, office):
        assert estate.ids["submission_id"] in client.get(f"{API}/progress-submissions").text
        assert client.get(f"{API}/evidence/{estate.ids['evidence_id']}").status_code == 200
        assert estate.ids["entry_id"] in client.get(f"{API}/registers/applications/entries").text
        assert estate.ids["assignment_id"] in client.get(f"{API}/assignments?size=100").text
