"""``GET /deadlines``: the date, and a derivation in words a reviewing organ can follow."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.calendars.test_clock import GOLDEN

API = "/api/v1/deadlines"


def asked(client: TestClient, query: str) -> dict[str, Any]:
    """The answer to a deadline asked for."""
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("start", "amount", "expected"), GOLDEN)
def test_golden_values(reporter: TestClient, start: str, amount: int, expected: str) -> None:
    found = asked(reporter, f"start={start}&days={amount}")
    assert (found["due_on"], found["known"]) == (expected, True)
    last = found["derivation"][-1]
    assert (last["on"], last["counted"], last["kind"]) == (expected, amount, "due")
    assert {"on", "step", "rule", "article", "counted"} <= last.keys()


def test_the_derivation_reads_as_a_file_of_review_wants_it(reporter: TestClient) -> None:
    assert asked(reporter, "start=2023-09-25&rule=K5")["statement"] == (
        "2023年9月25日（星期一）收到申请（《政府信息公开条例》第三十一条）；"
        "期间开始之日不计，9月26日（星期二）起算，为第1个工作日，周六、周日不计；"
        "9月29日至10月6日中秋节、国庆节放假，不计（国务院办公厅2023年节假日安排）；"
        "10月7日（星期六）、10月8日（星期日）调休上班，计入，为第4、5个工作日；"
        "第20个工作日为2023年10月27日（星期五），答复期限于该日届满（《政府信息公开条例》第三十三条）。"
    )


def test_restart_pause_extension_and_sending_are_each_a_step(reporter: TestClient) -> None:
    found = asked(
        reporter,
        "start=2023-09-25&rule=k5&channel=internet&confirmed=2023-09-26&restart=2023-09-27"
        "&pause=2023-10-09/2023-10-20&extend=2023-10-30/20&sent=2023-12-11",
    )
    assert found["due_on"] == "2023-12-11"
    assert [(each["kind"], each["on"], each["counted"]) for each in found["derivation"]] == [
        ("received", "2023-09-26", 0),
        ("restarted", "2023-09-27", 0),
        ("started", "2023-09-28", 1),
        ("day_off", "2023-09-29", 1),
        ("make_up", "2023-10-07", 3),
        ("paused", "2023-10-09", 4),
        ("resumed", "2023-10-20", 4),
        ("extended", "2023-10-30", 10),
        ("due", "2023-12-11", 40),
        ("sent", "2023-12-11", 40),
    ]
    assert found["derivation"][5]["remaining"] == 16
    assert found["derivation"][-1]["step"] == "12月11日（星期一）答复付邮或者由申请人签收，在期限之内"
    assert found["light"] == {"colour": "green", "words": "按期办结"}


def test_while_it_stands_still_there_is_no_date_and_what_is_left_is_kept(reporter: TestClient) -> None:
    found = asked(reporter, "start=2023-09-25&rule=K5&pause=2023-10-09/")
    assert (found["due_on"], found["remaining"], found["light"]["colour"]) == (None, 14, "blue")
    assert "尚余14个工作日" in found["statement"]


def test_into_a_year_without_notice_the_date_is_flagged(reporter: TestClient) -> None:
    found = asked(reporter, "start=2026-12-20&days=20")
    assert (found["known"], found["due_on"]) == (False, "2027-01-15")
    assert "2027年的放假安排尚未公布" in found["statement"]
    assert "暂推算为2027年1月15日" in found["statement"]


def test_a_month_that_ends_on_a_day_off_is_not_rolled_forward(reporter: TestClient) -> None:
    found = asked(reporter, "start=2023-08-31&months=1")
    assert (found["due_on"], found["due_is_workday"], found["last_workday"]) == ("2023-09-30", False, "2023-09-28")
    assert "不予顺延" in found["derivation"][-1]["step"]


def test_a_pause_outside_the_running_term_changes_nothing_and_says_so(reporter: TestClient) -> None:
    late = asked(reporter, "start=2023-09-25&rule=K5&pause=2023-11-06/2023-11-10")
    assert late["due_on"] == "2023-10-27"
    assert "不影响期限" in late["statement"]


def test_what_is_left_is_counted_from_the_business_day(reporter: TestClient) -> None:
    found = asked(reporter, "start=2023-09-01&days=20")
    assert (found["today"], found["due_on"], found["remaining"]) == ("2023-09-20", "2023-10-07", 7)
    assert found["light"] == {"colour": "green", "words": "剩余7个工作日"}


def test_an_organ_may_set_itself_less_and_must_set_what_the_rule_leaves_open(reporter: TestClient) -> None:
    assert asked(reporter, "start=2023-09-28&rule=K5&days=7")["due_on"] == "2023-10-13"
    assert asked(reporter, "start=2023-09-28&rule=K3&days=7")["due_on"] == "2023-10-13"
    assert asked(reporter, "start=2023-09-28&rule=K3&calendar_days=15")["due_on"] == "2023-10-13"


def test_every_day_is_there_to_be_drawn(reporter: TestClient) -> None:
    days = {each["on"]: each for each in asked(reporter, "start=2023-09-25&days=20")["days"]}
    assert days["2023-09-29"] == {"on": "2023-09-29", "status": "holiday", "number": 3}
    assert days["2023-10-07"] == {"on": "2023-10-07", "status": "make_up", "number": 4}
    assert days["2023-10-27"]["number"] == 20


def test_every_rule_is_listed_with_its_article(reporter: TestClient) -> None:
    rules = {each["key"]: each for each in reporter.get(f"{API}/rules").json()}
    assert list(rules) == ["K1", "K2", "K3", "K4", "K5", "K6", "K8", "K9", "K10", "K11"]
    assert (rules["K5"]["term_words"], rules["K5"]["article"]) == ("20个工作日", "《政府信息公开条例》第三十三条")
    assert [key for key, each in rules.items() if not each["verified"]] == ["K8", "K9", "K10", "K11"]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("days=20", "query:start", "missing"),
        ("start=2023-02-30&days=20", "query:start", "date_from_datetime_parsing"),
        ("start=2023-09-25", "query:days", "term-missing"),
        ("start=2023-09-25&rule=K3", "query:days", "term-missing"),
        ("start=2023-09-25&days=20&months=1", "query:months", "term-twice"),
        ("start=2023-09-25&rule=K99", "query:rule", "rule-unknown"),
        ("start=2023-09-25&days=0", "query:days", "term-absurd"),
        ("start=2023-09-25&days=100000", "query:days", "term-absurd"),
        ("start=2023-09-25&days=41&rule=K5", "query:days", "term-too-long"),
        ("start=2012-09-25&days=20", "query:start", "date-out-of-reach"),
        ("start=2030-09-25&days=20", "query:start", "date-out-of-reach"),
        ("start=2023-09-25&days=20&restart=2023-09-01", "query:restart/0", "restart-before-start"),
        ("start=2023-09-25&days=20&pause=2023-09-20/2023-09-26", "query:pause/0", "pause-before-start"),
        ("start=2023-09-25&days=20&pause=2023-09-28/2023-09-26", "query:pause/0", "pause-crossed"),
        ("start=2023-09-25&days=20&pause=2023-09-28", "query:pause/0", "pause_format"),
        ("start=2023-09-25&days=20&pause=2023-09-28/2023-09-31", "query:pause/0", "pause_format"),
        ("start=2023-09-25&rule=K5&extend=20&extend=5", "query:extend/1", "extension-twice"),
        ("start=2023-09-25&rule=K5&extend=21", "query:extend/0", "extension-too-long"),
        ("start=2023-09-25&rule=K5&extend=2023-10-28/20", "query:extend/0", "extension-too-late"),
        ("start=2023-09-25&rule=K5&extend=x", "query:extend/0", "extension_format"),
        ("start=2023-09-25&rule=K5&confirmed=2023-09-26", "query:channel", "channel-missing"),
        ("start=2023-09-25&rule=K1&pause=2023-09-26/2023-09-27", "query:pause", "pause-unfit"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_parameter(
    reporter: TestClient, query: str, pointer: str, code: str
) -> None:
    answer = reporter.get(f"{API}?{query}")
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [(pointer, code)]
    assert "…" not in answer.json()["detail"]


def test_overlapping_pauses_are_refused_with_the_article_of_the_rule_they_break(reporter: TestClient) -> None:
    query = "start=2023-09-25&rule=K5&pause=2023-10-09/2023-10-20&pause=2023-10-12/2023-10-13"
    answer = reporter.get(f"{API}?{query}").json()
    assert (answer["code"], answer["errors"][0]["code"]) == ("impossible-clock", "pause-overlap")
    assert "第三十三条" in answer["detail"]


def test_nobody_without_an_account_may_ask(citizen: TestClient) -> None:
    assert citizen.get(f"{API}?start=2023-09-25&days=20").status_code == 401
