"""Nobody reads or touches another's: every route of the application is walked with somebody else's ids.

Made from the route table, so that a new route is walked from its first day; a new kind of id fails until it is given.
"""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.architecture.test_routes import is_open, routes
from tests.district import SignIn
from tests.isolation.conftest import API, SHARED_IN_DISTRICT, Estate

STREAMS = {f"{API}/events"}
# A year of the national calendar, a kind of register are nobody's: who may use them is a matter of permission alone.
NATIONAL = (["year"], ["slug"])
STRANGERS = ["naxi", "caizheng", "caizheng-signer"]
UNKNOWN = "01890000-0000-7000-8000-000000000000"

# What a list must be asked with.
NEEDED: dict[str, dict[str, str | int]] = {
    "/annual-reports/aggregate": {"year": 2023},
    "/annual-reports/missing": {"year": 2022},
    "/deadlines": {"start": "2023-09-25", "days": 20},
}

ENTRY = "/registers/{slug}/entries/{entry_id}"

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
    ("POST", "/plan-imports/{import_id}/fixes"): {"fixes": [{"kind": "acknowledge", "code": "no-duty"}]},
    ("POST", "/plan-imports/{import_id}/fixes/undo"): {"number": 1},
    ("POST", "/plans/{plan_id}/copy"): {"year": 2024},
    ("POST", "/plans/{plan_id}/releases"): {"period_id": UNKNOWN, "statement": "进展"},
    ("POST", "/plans/{plan_id}/releases/{release_id}/withdraw"): {"reason": "有误"},
    ("POST", "/plans/{plan_id}/upstream"): {"links": [{"task_id": UNKNOWN, "version": 1, "upstream": None}]},
    ("POST", "/progress-submissions/{submission_id}/reopen"): {"reason": "数字有误"},
    ("POST", "/progress-submissions/{submission_id}/return"): {"points": [{"reason": "other", "text": "请补充"}]},
    ("POST", f"{ENTRY}/events"): {"kind": "correction_asked", "on": "2023-09-06"},
    ("POST", f"{ENTRY}/events/{{event_id}}/void"): {"reason": "登错"},
    ("POST", f"{ENTRY}/reopen"): {"reason": "送达地址有误"},
    ("POST", f"{ENTRY}/split"): {"titles": ["另一件"]},
    ("POST", f"{ENTRY}/void"): {"reason": "登错"},
    ("POST", "/tasks/{task_id}/assignments"): {"unit_id": UNKNOWN},
}

UPLOADS = {("POST", "/plans/{plan_id}/ledger-imports")}


def walked(app: FastAPI, *, with_ids: bool) -> list[tuple[str, str, list[str]]]:
    """Method, path and path parameters of the guarded routes."""
    found = []
    for route in routes(app):
        names = re.findall(r"{(\w+)}", route.path)
        if is_open(route.path) or route.path in STREAMS or names in NATIONAL or bool(names) != with_ids:
            continue
        found += [(method, route.path, names) for method in sorted(route.methods or set()) if method != "HEAD"]
    return found


@pytest.mark.parametrize("stranger", STRANGERS)
def test_somebody_elses_id_is_not_found_on_any_route(
    app: FastAPI, client_as: SignIn, estate: Estate, stranger: str
) -> None:
    client, wrong = client_as(stranger), []
    for method, path, names in walked(app, with_ids=True):
        assert estate.ids.keys() >= set(names), f"{path}：请在 estate 里给出 {names}"
        body = BODIES.get((method, path.removeprefix(API)), {}) if method in ("POST", "PATCH", "PUT") else None
        files = {"file": ("a.xlsx", b"x")} if (method, path.removeprefix(API)) in UPLOADS else None
        answer = client.request(
            method, path.format(**estate.ids), json=None if files else body, files=files, headers={"If-Match": '"1"'}
        )
        shared = stranger != "naxi" and set(names) <= SHARED_IN_DISTRICT and method == "GET"
        asked = {part for step in answer.url.path.split("/") for part in (step, step.rpartition(".")[0])}
        leaked = [each for each in estate.private - asked if each in answer.text]
        if leaked or (answer.status_code not in (403, 404) and not (shared and answer.status_code == 200)):
            wrong.append((method, path, answer.status_code, leaked))
    assert wrong == []


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_list_shows_a_row_of_somebody_elses(app: FastAPI, client_as: SignIn, estate: Estate, stranger: str) -> None:
    client, wrong = client_as(stranger), []
    # What a register and a cell of the form are called is known to all.
    hidden = set(estate.ids.values()) - {"applications", estate.ids["cell"]} if stranger == "naxi" else estate.private
    lists = [path for method, path, _ in walked(app, with_ids=False) if method == "GET"]
    for path in [*lists, f"{API}/registers/applications/entries"]:
        answer = client.get(path, params={"size": 100, **NEEDED.get(path.removeprefix(API), {})})
        leaked = [each for each in hidden if each in answer.text]
        if leaked or answer.status_code not in (200, 403, 404):
            wrong.append((path, answer.status_code, leaked, answer.text[:200]))
    assert wrong == []


def test_the_owner_and_the_office_do_see_it(office: TestClient, reporter: TestClient, estate: Estate) -> None:
    """Else the walk above would prove nothing."""
    for client in (reporter, office):
        assert estate.ids["submission_id"] in client.get(f"{API}/progress-submissions").text
        assert client.get(f"{API}/evidence/{estate.ids['evidence_id']}").status_code == 200
        assert estate.ids["entry_id"] in client.get(f"{API}/registers/applications/entries").text
        assert estate.ids["assignment_id"] in client.get(f"{API}/assignments?size=100").text
