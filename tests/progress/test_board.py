"""The board as each role sees it."""

import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from taizhang.plans.models import PlanStatus
from taizhang.progress.ledger.schemas import Board
from tests.counting import statements
from tests.district import District, SignIn
from tests.progress.ledger import Ledger

Json = dict[str, Any]
API = "/api/v1/board"


def test_the_office_sees_units_by_tasks_in_the_latest_open_period(
    office: TestClient, ledger: Ledger, signed: Json
) -> None:
    board = office.get(API).json()
    assert (board["plan"]["year"], board["period"]["label"], len(board["periods"])) == (2023, "2023年9月", 6)
    assert [task["title"] for task in board["tasks"]] == ["公开政务目录"]
    assert {unit["short_name"] for unit in board["units"]} == {"大山坪街道", "区财政局", "区民政局"}
    assert board["totals"] == {
        "lights": {"red": 3, "yellow": 0, "green": 0, "blue": 0},
        "owed": 3,
        "submitted": 1,
        "accepted": 0,
        "overdue": 3,
        "waiting": 1,
    }
    cell = next(cell for cell in board["cells"] if cell["assignment_id"] == str(ledger.mine.id))
    assert (cell["submission_state"], cell["submission_id"]) == ("signed", signed["id"])
    assert cell["light_words"] == "逾期 20 天：应于 8月31日 完成"


def test_rows_and_columns_add_up_to_the_whole(office: TestClient, ledger: Ledger, signed: Json) -> None:
    board = office.get(API).json()
    for lines in (board["tasks"], board["units"]):
        for count in ("owed", "submitted", "accepted"):
            assert sum(line[count] for line in lines) == board["totals"][count]
        for light, number in board["totals"]["lights"].items():
            assert sum(line["lights"][light] for line in lines) == number
    assert len(board["cells"]) == sum(board["totals"]["lights"].values())


def test_the_answer_is_what_the_contract_promises(office: TestClient, ledger: Ledger, signed: Json) -> None:
    answer = office.get(API)
    assert Board.model_validate_json(answer.content, strict=True).model_dump(mode="json") == answer.json()
    assert office.get(API, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_another_period_shows_its_own_reports(office: TestClient, ledger: Ledger, signed: Json) -> None:
    august = office.get(API, params={"period": str(ledger.periods[8].id)}).json()
    assert (august["period"]["label"], august["totals"]["submitted"]) == ("2023年8月", 0)
    assert office.get(API, params={"period": str(uuid.uuid4())}).status_code == 404


def test_a_reporter_sees_its_own_row_alone(reporter: TestClient, ledger: Ledger) -> None:
    board = reporter.get(API).json()
    assert [unit["short_name"] for unit in board["units"]] == ["大山坪街道"]
    assert len(board["cells"]) == 1


def test_the_board_narrows_to_a_category_and_a_unit(office: TestClient, district: District, ledger: Ledger) -> None:
    assert len(office.get(API, params={"category": "主动公开"}).json()["cells"]) == 3
    empty = office.get(API, params={"category": "解读回应"}).json()
    assert (empty["cells"], empty["tasks"], empty["totals"]["owed"]) == ([], [], 0)
    assert len(office.get(API, params={"unit": str(district.units["caizheng"].id)}).json()["cells"]) == 1
    assert len(office.get(API, params={"unit": str(district.units["district"].id)}).json()["cells"]) == 3


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.ISSUED])
def test_without_an_issued_plan_there_is_no_board(
    client_as: SignIn, office: TestClient, session: Session, ledger: Ledger, status: PlanStatus
) -> None:
    assert client_as("naxi").get(API).json()["code"] == "no-plan"
    assert client_as("naxi").get(API, params={"plan": str(ledger.plan.id)}).status_code == 404
    ledger.plan.status = status
    session.add(ledger.plan)
    session.commit()
    assert office.get(API).status_code == (404 if status is PlanStatus.DRAFT else 200)


def test_the_board_costs_five_queries_whatever_its_size(
    office: TestClient, connection: Connection, ledger: Ledger
) -> None:
    with statements(connection) as said:
        assert office.get(API).status_code == 200
    assert len(said) == 5, said
