"""A register on paper (台账导出): the list with its filters as xlsx, every step in it, applicants masked.

What is exported can be imported again: its columns are those of the template, with what is computed beside them.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col

from taizhang.access.actor import Actor
from taizhang.registers import queries
from taizhang.registers.importing.columns import COMPUTED, MASKED, by_key
from taizhang.registers.importing.values import text_of
from taizhang.registers.importing.workbook import EntryCells, StepCells, export
from taizhang.registers.kind import RegisterKind
from taizhang.registers.light_sql import Day
from taizhang.registers.models import ClockEvent, RegisterEntry
from taizhang.registers.queries import Filters
from taizhang.registers.schemas import EntrySort

MOST_ROWS = 20_000
LIGHT_WORDS = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝"}


def workbook(session: Session, actor: Actor, kind: RegisterKind, filters: Filters, sort: EntrySort, day: Day) -> bytes:
    """The entries a list would show, one a row, every field with its label; at most ``MOST_ROWS``."""
    beside: list[Any] = [col(RegisterEntry.data).label("data"), col(RegisterEntry.related_id).label("related_id")]
    statement = queries.listing(actor, kind, filters, sort, day).add_columns(*beside)
    rows = session.connection().execute(statement.limit(MOST_ROWS)).mappings().all()
    events = queries.events_of(session, [row["id"] for row in rows])
    related = queries.ref_numbers(session, actor, [row["related_id"] for row in rows if row["related_id"]])
    entries = [
        EntryCells(
            number=str(number),
            cells=_cells(kind, row, related),
            steps=[_step(kind, event) for event in _in_order(events[row["id"]])],
            extra=_computed(kind, row),
        )
        for number, row in enumerate(rows, start=1)
    ]
    return export(kind, entries, [words for words in COMPUTED if kind.party or words != MASKED])


def _cells(kind: RegisterKind, row: Mapping[Any, Any], related: Mapping[uuid.UUID, str]) -> dict[str, str]:
    known = by_key(kind.slug)
    own = {f"data.{name}": value for name, value in row["data"].items() if f"data.{name}" in known}
    values = {
        "title": row["title"],
        "ref_no": row["ref_no"],
        "unit": row["unit"]["name"],
        "opened_on": row["opened_on"],
        "related": related.get(row["related_id"]),
        "party.kind": row["party"],
        **own,
    }
    return {key: text for key, value in values.items() if key in known and (text := text_of(known[key], value))}


def _step(kind: RegisterKind, event: ClockEvent) -> StepCells:
    known = by_key(kind.slug)
    values = {"on": event.on, "at": event.at, "reason": event.reason}
    values |= {f"data.{name}": value for name, value in (event.data or {}).items()}
    keyed = {f"events.{event.kind}.{name}": value for name, value in values.items()}
    cells = {key: text for key, value in keyed.items() if key in known and (text := text_of(known[key], value))}
    return StepCells(event.kind, cells)


def _in_order(events: Sequence[ClockEvent]) -> list[ClockEvent]:
    valid = [event for event in events if event.voided_at is None]
    return sorted(valid, key=lambda event: (event.on, event.at.timestamp() if event.at else 0.0))


def _computed(kind: RegisterKind, row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "到期日": _day(row["due_on"]),
        "办结日": _day(row["closed_on"]),
        "状态": row["state_words"],
        "灯": f"{LIGHT_WORDS[row['light']]}：{row['light_words']}",
        "结果": kind.outcomes.get(row["outcome"] or "", row["outcome"] or ""),
        MASKED: row["party_name"] or "",
    }


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
