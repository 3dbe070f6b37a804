"""Who reported on time, period by period and unit by unit."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from taizhang.progress.ledger.schemas import Trend
from tests.progress.ledger import Ledger

Json = dict[str, Any]
COUNTS = ("expected", "on_time", "late", "missing", "accepted")


@pytest.fixture
def trend(office: TestClient, ledger: Ledger, signed: Json) -> Json:
    answer = office.get(f"/api/v1/plans/{ledger.mine.plan_id}/trend")
    assert Trend.model_validate_json(answer.content, strict=True).model_dump(mode="json") == answer.json()
    found: Json = answer.json()
    return found


def test_a_report_counts_once_handed_in_or_past_due(trend: Json) -> None:
    september = trend["periods"][-1]
    assert (september["label"], september["expected"], september["on_time"]) == ("2023年9月", 1, 1)
    for each in (*trend["periods"], *trend["units"]):
        assert each["expected"] == each["on_time"] + each["late"] + each["missing"] > 0


def test_periods_and_units_add_up_to_the_same(trend: Json) -> None:
    for count in COUNTS:
        assert sum(each[count] for each in trend["periods"]) == sum(each[count] for each in trend["units"])


def test_the_annual_summary_counts_by_the_same_rule(office: TestClient, trend: Json) -> None:
    for unit in trend["units"]:
        whole = office.get("/api/v1/annual-reports/aggregate", params={"year": 2023, "unit_id": unit["id"]}).json()
        rate = whole["totals"]["on_time_rate"]
        assert (rate["numerator"], rate["denominator"]) == (unit["on_time"], unit["expected"])


def test_a_reporter_sees_the_own_unit_and_a_stranger_nothing(
    reporter: TestClient, ledger: Ledger, signed: Json
) -> None:
    path = f"/api/v1/plans/{ledger.mine.plan_id}/trend"
    assert [unit["short_name"] for unit in reporter.get(path).json()["units"]] == ["大山坪街道"]
    assert reporter.get("/api/v1/plans/00000000-0000-7000-8000-000000000000/trend").status_code == 404
