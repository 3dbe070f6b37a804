"""Statutory terms: processor time a reckoning and a derivation take on the shipped calendar, without any request."""

import statistics
import time
from collections.abc import Callable
from datetime import date

from taizhang.calendars.clock import Extension, Pause, Question, reckon
from taizhang.calendars.derivation import derivation, statement
from taizhang.calendars.rules import RULES, Term, TermUnit
from taizhang.calendars.shipped import shipped_calendar

TIMES = 2000
REPLY = Question(date(2023, 9, 25), Term(20, TermUnit.WORKDAY), RULES["K5"])
LONG = Question(
    date(2023, 9, 25),
    Term(20, TermUnit.WORKDAY),
    RULES["K5"],
    restarts=[date(2023, 9, 27)],
    pauses=[Pause(date(2023, 10, 9), date(2023, 10, 20))],
    extensions=[Extension(20, date(2023, 10, 30))],
)


def report(*, rounds: int) -> None:
    """One line a case: the median of the rounds."""
    calendar = shipped_calendar()

    def written(question: Question) -> None:
        statement(derivation(question, reckon(question, calendar), calendar))

    cases: dict[str, Callable[[], object]] = {
        "期限：20 个工作日，只算日期": lambda: reckon(REPLY, calendar),
        "期限：同上，连同推算说明": lambda: written(REPLY),
        "期限：补正、征求意见、延期俱全": lambda: written(LONG),
    }
    for words, case in cases.items():
        micros = statistics.median(_microseconds(case) for _ in range(rounds))
        print(f"{words:<22}{micros:>10,.0f} 微秒，每秒 {1e6 / micros:,.0f} 个")


def _microseconds(case: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(TIMES):
        case()
    return (time.process_time() - began) / TIMES * 1e6
