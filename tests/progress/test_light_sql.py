"""The rule in Python and the rule in SQL are one rule: held against each other on random facts."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Text, case, column, select, values
from sqlmodel import Session

from taizhang.progress import light_sql
from taizhang.progress.light_sql import Days, LightColumns
from taizhang.progress.lights import LightFacts, Thresholds, light

NAMES = ("state", "due_on", "was_late", "report_due_on", "report_label", "late_due_on", "late_done_on")
KINDS: dict[str, Any] = {"state": Text, "was_late": Boolean, "report_label": Text}
STATES = ["not_started", "in_progress", "continuing", "completed"]


def random_facts(rng: random.Random, today: date) -> LightFacts:
    def day() -> date | None:
        return (
            None if rng.random() < 0.25 else today + timedelta(days=rng.choice([-400, -40, -1, 0, 1, 5, 15, 30, 200]))
        )

    late = (day(), day())
    return LightFacts(
        state=rng.choice(STATES),
        due_on=day(),
        was_late=rng.random() < 0.3,
        report_due_on=day(),
        report_label=rng.choice([None, "2023年9月", "2024年第一季度", "全年"]),
        late_due_on=late[0] if None not in late else None,
        late_done_on=late[1] if None not in late else None,
    )


@pytest.mark.parametrize("today", [date(2023, 9, 20), date(2023, 1, 1), date(2024, 2, 29)])
def test_python_and_postgresql_say_the_same_of_random_facts(session: Session, today: date) -> None:
    rng = random.Random(today.toordinal())
    facts = [random_facts(rng, today) for _ in range(800)]
    thresholds = Thresholds(rng.randint(0, 20), rng.randint(0, 10))
    table = values(*(column(name, KINDS.get(name, Date)) for name in NAMES), name="fact").data(
        [tuple(getattr(each, name) for name in NAMES) for each in facts]
    )
    days = Days.of(today, thresholds)
    late = light_sql.late_words(table.c.late_due_on, table.c.late_done_on, days.today)
    columns = LightColumns(
        state=table.c.state,
        due_on=table.c.due_on,
        was_late=table.c.was_late,
        report_due_on=table.c.report_due_on,
        report_label=table.c.report_label,
        late_days=case((table.c.late_due_on.is_not(None), late), else_=None),
    )
    found = session.connection().execute(select(light_sql.colour(columns, days), light_sql.words(columns, days)))
    said = [tuple(row) for row in found]
    expected = [(each.colour.value, each.words) for each in (light(fact, today, thresholds) for fact in facts)]
    assert said == expected
